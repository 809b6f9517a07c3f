"""Improvements where the catalogues of two rulesets differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_rulesets import ON, YES, catalogue, indicator, interview, meets, ruleset
from two_catalogues import Pair, pairs

from ecei_rules.analysis.classes.improvement_classes import (
    ConfirmedImprovements,
    EnoughImprovements,
    improvement_classes,
)
from ecei_rules.comparison.certificate import Case, Certificate, CertifiedQuestion, Proof
from ecei_rules.comparison.checking.certificate_check import check_certificate
from ecei_rules.comparison.checking.probes import probed_questions
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import Shares, Verdict, Witness
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.catalogue import Count, YesNo
from ecei_rules.interviews.interview import Improvement, check_interview
from ecei_rules.report.text.comparison import explain_comparison
from ecei_rules.rulesets.criteria import Improvements

if TYPE_CHECKING:
    from ecei_rules.interviews.catalogue import Indicator

#: At least 300 pairs in each profile.
HUNDREDS = settings(max_examples=max(300, settings().max_examples))
VERDICTS = {
    (False, False): Verdict.EQUIVALENT,
    (True, False): Verdict.STRICTER,
    (False, True): Verdict.LOOSER,
    (True, True): Verdict.INCOMPARABLE,
}
KEY = "improvements/improvements"


def numbers(common: int, old: int, new: int) -> FrozenMap[str, int]:
    """Return numbers of improvements as a certificate lists them."""
    return FrozenMap({"common": common, "only-old": old, "only-new": new})


@pytest.mark.oracle
class TestBruteForce:
    """docs/semantics.md, 9.2: three numbers decide; here every set of improvements is tried."""

    @pytest.mark.oracle
    @HUNDREDS
    @given(pairs())
    def test_verdicts_shares_and_witnesses(self, pair: Pair) -> None:
        """
        Each direction has a witness, which the ordinary assessments confirm and which has the
        fewest changes, or else a certificate that is accepted.
        """
        compared = compare_rulesets(pair.old, pair.new, on=ON)

        shares = pair.shares()
        assert compared.label.shares == shares
        assert compared.label.verdict is VERDICTS[shares.old_only > 0, shares.new_only > 0]
        assert compared.origin is not None
        start = pair.situation((compared.origin.old, compared.origin.new))
        for awarding, found in enumerate((compared.label.lost, compared.label.gained)):
            fewest = pair.fewest_changes(start, awarding)
            if fewest is None:
                assert isinstance(found, Certificate)
                assert check_certificate(found, pair.old, pair.new) == ()
                continue
            assert isinstance(found, Witness)
            assert len(found.changed) == fewest
            assert check_interview(found.old) == check_interview(found.new) == ()
            situation = pair.situation((found.old, found.new))
            assert pair.awards(situation, awarding)
            assert not pair.awards(situation, 1 - awarding)

    @pytest.mark.oracle
    @HUNDREDS
    @given(pairs())
    def test_checker_tries_an_example_of_each_class(self, pair: Pair) -> None:
        """The checker finds by itself the classes of improvements that all sets together have."""
        probed = probed_questions((pair.old, pair.new), ON)
        question = next(
            each for (subject, _, _), each in probed.items() if subject == "improvements"
        )
        tried = {question.behaviour(each)[1:] for each in question.probes()}

        # equal requirements of one ruleset are one test, and the brute force keeps both
        distinct = {signature[-1] for signature in pair.classes}
        assert len(tried) == len(distinct)

    @given(pairs(), st.data())
    def test_base_of_either_catalogue_is_kept(self, pair: Pair, data: st.DataObject) -> None:
        """
        A witness keeps the answers and improvements of a base but for the changed questions.
        """
        side = data.draw(st.sampled_from((0, 1)))
        asked = (pair.old, pair.new)[side].catalogue
        base = interview(
            asked,
            ON,
            improvements=[
                Improvement(name, "better", confirmed=data.draw(st.booleans()))
                for name in asked.asked
                if data.draw(st.booleans())
            ],
            **{
                name: data.draw(st.booleans())
                if isinstance(one.answer, YesNo)
                else data.draw(st.integers(0, 1))
                for name, one in asked.asked.items()
            },
        )
        compared = compare_rulesets(pair.old, pair.new, base=base)

        assert compared.origin is not None
        start = (compared.origin.old, compared.origin.new)
        assert start[side] == base
        for awarding, found in enumerate((compared.label.lost, compared.label.gained)):
            fewest = pair.fewest_changes(pair.situation(start), awarding)
            if isinstance(found, Witness):
                assert len(found.changed) == fewest
                if KEY.partition("/")[0] not in found.changed:
                    assert (found.old, found.new)[side].improvements == base.improvements
            else:
                assert fewest is None


class TestOneMoreThanCommon:
    """An old ruleset requires two improvements, and one indicator is common."""

    A = indicator("a", YesNo())
    OLD = ruleset(catalogue(A, indicator("b", YesNo())), Improvements(2))

    @pytest.mark.parametrize("other", [[], [indicator("b", Count(unit="firms"))]])
    def test_somebody_loses_by_the_answer_to_a(self, other: list[Indicator]) -> None:
        """
        Both improvements are confirmed and a is no: awarded by the old ruleset alone.
        """
        new = ruleset(catalogue(self.A, *other, version="2"), meets("a"), version="2")

        label = compare_rulesets(self.OLD, new).label

        assert label.verdict is Verdict.INCOMPARABLE
        assert isinstance(label.lost, Witness)
        assert [each.indicator for each in label.lost.old.improvements] == ["a", "b"]
        assert [each.indicator for each in label.lost.new.improvements] == ["a"]
        assert label.lost.new.answers["a"] is False
        assert label.lost.changed == ("a",)
        # a is yes or no, and there are two improvements or fewer
        assert label.shares == Shares(1, 1, 1, 1)

    def test_certificate_of_the_contrary_is_refused(self) -> None:
        """
        It says that nobody has two improvements: without a case, or by its classes of numbers.
        """
        new = ruleset(catalogue(self.A, version="2"), meets("a"), version="2")

        def claim(*cases: Case, questions: tuple[CertifiedQuestion, ...] = ()) -> Certificate:
            proof = Proof("criterion-0", ["criterion-0"], cases)
            return Certificate(None, "bronze@1", "bronze@2", ON, questions, [proof])

        def improved(*answers: object) -> tuple[CertifiedQuestion, ...]:
            return (CertifiedQuestion(KEY, (0, 1), answers),)  # type: ignore[arg-type]

        assert check_certificate(claim(), self.OLD, new) == (
            'the proof of "criterion-0" rests on improvements/improvements, which is not listed',
        )
        # a number that says nothing of the catalogues, as certificates had it once
        assert check_certificate(claim(questions=improved(0)), self.OLD, new) == (
            f"{KEY} cannot be answered with 0",
        )
        assert check_certificate(claim(questions=improved(numbers(0, 0, 0))), self.OLD, new) == (
            f"{KEY} has no class for the answer common 1, only-old 1, only-new 0",
        )
        assert check_certificate(claim(questions=improved(numbers(2, 0, 0))), self.OLD, new) == (
            f"{KEY} cannot be answered with common 2, only-old 0, only-new 0",
        )

    def test_proof_that_needs_the_indicators_of_one_catalogue(self) -> None:
        """
        Three improvements in the old catalogue of two common indicators and b are one more
        than the two that the new one requires, of which b is not one.
        """
        a, c = self.A, indicator("c", YesNo())
        old = ruleset(catalogue(a, c, indicator("b", YesNo())), Improvements(3))
        new = ruleset(catalogue(a, c, version="2"), Improvements(2), version="2")

        label = compare_rulesets(old, new).label

        assert label.verdict is Verdict.LOOSER
        assert isinstance(label.lost, Certificate)
        assert check_certificate(label.lost, old, new) == ()
        # c and a without b, or all three; b or not with fewer is neither
        assert label.shares == Shares(1, 0, 1, 1)


class TestWords:
    """A comparison says which improvements differ."""

    def test_numbers_of_two_catalogues_are_named(self) -> None:
        """
        Without b the old ruleset counts one improvement in place of two, the new one still
        one; with nothing common both numbers change.
        """
        a, b, c = (indicator(name, YesNo()) for name in "abc")
        old = ruleset(catalogue(a, b), Improvements(2))
        new = ruleset(catalogue(a, version="2"), Improvements(1), version="2")

        def improvements(text: str) -> list[str]:
            return [line.strip(" -") for line in text.splitlines() if "Improvements" in line]

        gained = improvements(explain_comparison(compare_rulesets(old, new)))
        assert gained == ["Improvements confirmed in indicators of tiny@1: 1 instead of 2"]

        asked = [catalogue(b, version="1"), catalogue(c, version="2")]
        either = [ruleset(each, Improvements(1), version=each.version) for each in asked]
        both = improvements(explain_comparison(compare_rulesets(*either)))
        assert both == [
            "Improvements confirmed in indicators of tiny@2: 0 instead of 1",
            "Improvements confirmed in indicators of tiny@1: 0 instead of 1",
        ]

        same = [ruleset(asked[0], Improvements(1)), ruleset(asked[0], version="2")]
        assert improvements(explain_comparison(compare_rulesets(*same))) == [
            "Improvements confirmed: 0 instead of 1"
        ]


class TestOrder:
    """docs/semantics.md, 9.6: the order of the classes of improvements."""

    def test_fewer_come_first_then_more_common_ones_then_more_of_the_old(self) -> None:
        """
        One or two of the old ruleset and one of the new: of two common and two of each.
        """
        tests = [EnoughImprovements(0, 1), EnoughImprovements(0, 2), EnoughImprovements(1, 1)]

        found = improvement_classes(tests, ConfirmedImprovements(2, (2, 2)))

        assert [(each.common, *each.own) for each in found] == [
            (0, 0, 0),
            (1, 0, 0),  # both count one
            (0, 1, 0),
            (0, 0, 1),
            (2, 0, 0),  # two and one, as (1, 1, 0), of which fewer are common
            (0, 2, 0),
        ]

    def test_numbers_beyond_all_indicators_are_never_reached(self) -> None:
        """
        No class has three improvements in two indicators, and a bound of 0 divides nothing.
        """
        tests = [EnoughImprovements(0, 3), EnoughImprovements(0, 0)]

        assert improvement_classes(tests, ConfirmedImprovements(2, (0,))) == (
            ConfirmedImprovements(0, (0,)),
        )

    def test_best_class_meets_most_requirements(self) -> None:
        """
        The base without an interview has as many improvements as both rulesets require.
        """
        a, b, c = (indicator(name, YesNo()) for name in "abc")
        old = ruleset(catalogue(a, b), Improvements(2), meets("a", YES))
        new = ruleset(catalogue(a, c, version="2"), Improvements(2), version="2")

        compared = compare_rulesets(old, new)

        assert compared.origin is not None
        assert [each.indicator for each in compared.origin.old.improvements] == ["a", "b"]
        assert [each.indicator for each in compared.origin.new.improvements] == ["a", "c"]
