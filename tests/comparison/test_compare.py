"""Comparisons of small rulesets and of the shipped ones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, ClassVar

import pytest
from attrs import evolve
from brute_force import ON
from comparison_samples import (
    MEMBERS,
    passed,
    scopes,
)
from tiny_rulesets import (
    EXCELLENT,
    REASONABLE,
    YES,
    at_least,
    catalogue,
    grades,
    indicator,
    interview,
    meets,
    options,
    ruleset,
)

import ecei_rules as er
from ecei_rules.analysis.encoding.constraints import Constraints
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass, Shares, Verdict, Witness
from ecei_rules.comparison.proofs import prove
from ecei_rules.interviews.catalogue import Choice, Year, YesNo
from ecei_rules.interviews.dates import Period
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    Complete,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)

if TYPE_CHECKING:
    from ecei_rules.interviews.history import Label
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.criteria import Requirement
    from ecei_rules.rulesets.ruleset import Grading


COUNTING = "ecei_rules.analysis.solver.counting"


class TestBounds:
    """Bounds that moved past an answer, and bounds that did not."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (Threshold("value", "at_least", Decimal(15)), at_least("14.5")),
            (Threshold("value", "more_than", Decimal(14)), at_least(15)),
            (
                Threshold("value", "at_most", Decimal("7.9")),
                Threshold("value", "less_than", Decimal(8)),
            ),
        ],
    )
    def test_bound_moved_inside_a_gap_makes_no_difference(
        self, one: Condition, other: Condition
    ) -> None:
        """
        No count lies between 14.5 and 15, so both require the same.
        """
        graded = [
            ruleset(MEMBERS, Floor(["members"], EXCELLENT), grading={"members": grades(each)})
            for each in (one, other)
        ]
        required = [ruleset(MEMBERS, meets("members", each)) for each in (one, other)]

        for old, new in (graded, required):
            compared = compare_rulesets(old, new)
            assert compared.label.verdict is Verdict.EQUIVALENT
            assert compared.label.shares is not None
            # awarded or not; the plan is not looked at, and one class
            assert compared.label.shares == Shares(1, 0, 0, 1)
            assert compared.change_class is ChangeClass.HOLDER_SAFE
            assert len(compared.changes) == 1

    def test_bound_moved_past_an_answer_makes_it_the_witness(self) -> None:
        """
        From 15 to 16 members: only the old ruleset awards 15, and the plan is the best one.
        """
        old, new = (
            ruleset(MEMBERS, meets("members", at_least(n)), meets("plan")) for n in (15, 16)
        )

        compared = compare_rulesets(old, new).label

        assert compared.verdict is Verdict.STRICTER
        assert isinstance(compared.lost, Witness)
        assert compared.lost.old.answers == {"members": 15, "plan": True}
        assert compared.lost.changed == ("members",)
        assert compared.lost.fails == ("criterion-0",)
        # 0 to 14, 15, 16 and more, with a plan or without
        assert compared.shares == Shares(1, 1, 0, 4)

    def test_witness_is_made_from_the_given_interview(self) -> None:
        """
        The necessary answers change, the others stay; an open one becomes the best.
        """
        old, new = (ruleset(MEMBERS, meets("members", at_least(n))) for n in (15, 16))
        near = interview(MEMBERS, members=40, plan=False)

        compared = compare_rulesets(old, new, base=near)
        opened = compare_rulesets(old, new, base=interview(MEMBERS, plan=False))

        for each in (compared.label.lost, opened.label.lost):
            assert isinstance(each, Witness)
            assert each.old == evolve(near, answers={"members": 15, "plan": False})
            assert each.changed == ("members",)
        assert compared.on == near.conducted.on
        assert compared.origin is not None
        assert compared.origin.given is True

    def test_witness_is_made_from_the_best_interview_otherwise(self) -> None:
        """
        The comparison says that nobody gave it.
        """
        rules = ruleset(MEMBERS, meets("members", at_least(15)))

        origin = compare_rulesets(rules, rules).origin

        assert origin is not None
        assert origin.given is False

    def test_day_must_be_that_of_the_base(self) -> None:
        """
        Another day is an error; the same day is allowed.
        """
        rules = ruleset(MEMBERS, meets("members", at_least(15)))
        base = interview(MEMBERS, members=40)
        day = base.conducted.on

        assert compare_rulesets(rules, rules, base=base, on=day).on == day
        message = "^a comparison with a base is on the day of the base; leave the other day out$"
        with pytest.raises(TypeError, match=message):
            compare_rulesets(rules, rules, base=base, on=day + timedelta(days=1))

    def test_base_of_another_catalogue_is_refused(self) -> None:
        """
        The catalogue of the base must be that of one of the rulesets.
        """
        other = interview(catalogue(indicator("plan", YesNo()), version="3"), plan=True)

        with pytest.raises(er.WrongCatalogue) as refused:
            compare_rulesets(ruleset(MEMBERS), ruleset(MEMBERS, version="2"), base=other)

        assert refused.value.args == ("tiny@3", "bronze@2", "tiny@1")


class TestWhatNeedNotApply:
    """docs/semantics.md, 3.4: parts that do not apply are left aside."""

    def test_every_part_may_be_left_aside(self) -> None:
        """
        Two floors, each good, missed or left aside, with improvements or without. If both
        are left aside, so is the combination, and the improvements decide.
        """
        asked = catalogue(*(indicator(each, YesNo(), not_applicable=True) for each in "ab"))
        grading = {each: grades(YES) for each in "ab"}
        floors = EveryRequirement([Floor([each], EXCELLENT) for each in "ab"])
        old = ruleset(asked, SomeRequirement([floors, Improvements(1)]), grading=grading)
        new = ruleset(asked, Improvements(1), grading=grading)

        compared = compare_rulesets(old, new).label

        # without improvements: both are good, or one is and the other is left aside
        assert compared.shares == Shares(9, 3, 0, 6)
        assert compared.verdict is Verdict.STRICTER


class TestBase:
    """The interview that witnesses are made from."""

    def test_base_with_answers_that_do_not_fit_is_refused(self) -> None:
        """
        As it is by an assessment.
        """
        bronze = ruleset(MEMBERS, meets("members", at_least(15)))

        with pytest.raises(er.InvalidAnswers, match="ECEI305 /answers/members: "):
            compare_rulesets(bronze, bronze, base=interview(MEMBERS, members=-1))


class TestDay:
    """The day of the interviews that are compared."""

    def test_default_is_the_first_day_of_the_later_ruleset(self) -> None:
        """
        A given day, or that of the base, is used instead.
        """
        old = ruleset(MEMBERS, in_force=Period(date(2012, 1, 1), date(2016, 12, 31)))
        new = ruleset(MEMBERS, in_force=Period(date(2017, 1, 1)))
        base = interview(MEMBERS, date(2020, 2, 29))

        assert compare_rulesets(old, new).on == date(2017, 1, 1)
        assert compare_rulesets(new, old).on == date(2017, 1, 1)
        assert compare_rulesets(old, new, on=date(2018, 5, 1)).on == date(2018, 5, 1)
        assert compare_rulesets(old, new, base=base).on == date(2020, 2, 29)

    def test_years_ago_are_counted_from_it(self) -> None:
        """
        At most 4 years ago, from 2024, is 2020 or later; that is another rule from 2025.
        """
        asked = catalogue(indicator("plan", Year(minimum=2000, maximum=2030)))
        ago = ruleset(asked, meets("plan", Threshold("years_ago", "at_most", Decimal(4))))
        since = ruleset(asked, meets("plan", at_least(2020)))

        assert compare_rulesets(ago, since, on=date(2024, 1, 1)).label.verdict is Verdict.EQUIVALENT
        assert compare_rulesets(ago, since, on=date(2025, 1, 1)).label.verdict is Verdict.LOOSER


SHIPPED = [
    ("bronze", "2010-11", "2019-11", Verdict.INCOMPARABLE, ChangeClass.INCOMPARABLE),
    ("silver", "2014-10", "2017-01", Verdict.EQUIVALENT, ChangeClass.HOLDER_SAFE),
    ("silver", "2017-01", "2019-11", Verdict.STRICTER, ChangeClass.DATA_BREAKING),
    ("gold", "2012-04", "2019-11", Verdict.STRICTER, ChangeClass.DATA_BREAKING),
]


@pytest.mark.parametrize(("label", "before", "after", "verdict", "change_class"), SHIPPED)
def test_shipped_rulesets_compare_as_the_scheme_developed(
    label: Label, before: str, after: str, verdict: Verdict, change_class: ChangeClass
) -> None:
    """
    In 2019 all three labels began to require facts about the applicant that nobody was
    asked before; in 2017 the audit of Silver did not change. For Bronze an interview by
    video was new.
    """
    old, new = (er.shipped().ruleset(label, version=each) for each in (before, after))

    compared = compare_rulesets(old, new)

    assert (compared.label.verdict, compared.change_class) == (verdict, change_class)
    assert all(each.beyond == () for each in scopes(compared))
    assert bool(compared.missing) is (after == "2019-11")
    witness = compared.label.lost
    assert isinstance(witness, Witness) is (verdict is not Verdict.EQUIVALENT)
    if isinstance(witness, Witness):
        for rules, one in ((old, witness.old), (new, witness.new)):
            edition = er.shipped()
            assert er.read_interview(er.write_interview(one), edition=edition) == one
            assert one.unanswered == ()
            assert passed(one, rules, None) is (rules is old)


class TestProofs:
    """The criteria by which a proof excludes a failure."""

    GRADING: ClassVar = {"members": grades(at_least(6), at_least(3)), "plan": grades(YES)}

    def proved(self, *by: Requirement, failing: Requirement) -> tuple[str, ...] | None:
        """Return the criteria by which a failure is excluded, `None` if it is possible."""
        old = ruleset(MEMBERS, *by, grading=self.GRADING)
        new = ruleset(MEMBERS, failing, grading=self.GRADING, version="2")
        lost = prove(Constraints(encode((old, new), ON)), None, 0)
        return lost and lost.proofs[0].by

    def test_single_criterion_if_one_suffices(self) -> None:
        """
        The one with the same id is preferred; no criterion is needed if nobody fails.
        """
        enough, more = meets("members", at_least(5)), meets("members", at_least(7))

        assert self.proved(more, enough, failing=enough) == ("criterion-0",)
        assert self.proved(meets("plan"), more, failing=enough) == ("criterion-1",)
        # each of the two suffices, and the second has the id of the failed one
        one = Criterion("one", "required", more)
        two = Criterion("criterion-0", "required", enough)
        old = ruleset(MEMBERS, criteria=[one, two])
        new = ruleset(MEMBERS, enough, version="2")
        lost = prove(Constraints(encode((old, new), ON)), None, 0)
        assert lost is not None
        assert lost.proofs[0].by == ("criterion-0",)
        assert self.proved(meets("plan"), more, failing=Complete()) == ()

    def test_minimal_set_of_criteria(self) -> None:
        """
        A plan and a floor together earn 2 of 3 points, and each of them earns one; an
        earlier award is not needed.
        """
        floor = Floor(["members"], REASONABLE)
        two = ScoreReaches(Decimal(2), "points")
        award = Earlier("bronze", "awarded")

        assert self.proved(award, meets("plan"), floor, failing=two) == (
            "criterion-1",
            "criterion-2",
        )

    def test_certificate_names_its_scope(self) -> None:
        """
        Each dimension has one of its own, and so has the label.
        """
        plan = Criterion("plan", "required", meets("plan"), dimension="structure")
        rules = ruleset(MEMBERS, criteria=[plan])

        compared = scopes(compare_rulesets(rules, rules))

        lost = [each.lost for each in compared]
        assert all(isinstance(each, Certificate) for each in lost)
        assert [each.scope for each in lost] == [None, "structure", "services"]
        assert [len(each.proofs) for each in lost] == [1, 1, 0]

    def test_there_is_no_proof_if_a_failure_is_possible(self) -> None:
        """
        A plan alone earns only one point.
        """
        assert self.proved(meets("plan"), failing=ScoreReaches(Decimal(2), "points")) is None
        assert self.proved(failing=meets("plan")) is None


class TestBeyondTheMethod:
    """Results beyond the method are left out, with the reason (docs/semantics.md, 9.12)."""

    OLD = ruleset(
        MEMBERS,
        SomeRequirement([meets("plan"), ScoreReaches(Decimal(1), "points")]),
        Earlier("bronze", "awarded", at_least_months=12),
        grading={"members": grades(at_least(3)), "plan": grades(YES)},
    )
    NEW = ruleset(
        MEMBERS,
        SomeRequirement([meets("plan"), ScoreReaches(Decimal(2), "points")]),
        Earlier("bronze", "awarded", at_least_months=18),
        grading={"members": grades(at_least(4)), "plan": grades(YES)},
        version="2",
    )

    def test_everything_is_known_with_the_ordinary_limits(self) -> None:
        """
        The tests below lower the limits for the same rulesets.
        """
        compared = compare_rulesets(self.OLD, self.NEW).label

        assert compared.verdict is Verdict.STRICTER
        assert compared.shares is not None
        assert compared.beyond == ()

    @pytest.mark.parametrize(
        ("limit", "reason"),
        [
            ("analysis.solver.formulas.MAX_BOXES", "a combination of so many alternatives"),
            ("analysis.solver.shortest_path.MAX_QUESTIONS", "a search through so many questions"),
        ],
    )
    def test_without_a_verdict_the_rest_is_known(
        self, limit: str, reason: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Shares, changes and days need no search.
        """
        whole = compare_rulesets(self.OLD, self.NEW)
        monkeypatch.setattr(f"ecei_rules.{limit}", 0)

        compared = compare_rulesets(self.OLD, self.NEW)

        assert compared.label.verdict is None
        assert compared.label.lost is None
        assert set(compared.label.beyond) == {f"{reason} is beyond the method"}
        assert compared.label.shares == whole.label.shares
        assert compared.change_class is ChangeClass.INCOMPARABLE
        assert (compared.changes, compared.validity) == (whole.changes, whole.validity)

    @pytest.mark.parametrize("limit", ["MAX_COUNT_STATES", "MAX_BYTES"])
    def test_without_shares_the_verdict_is_known(
        self, limit: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Witnesses and certificates need no count.
        """
        whole = compare_rulesets(self.OLD, self.NEW)
        monkeypatch.setattr(f"{COUNTING}.{limit}", 0)

        compared = compare_rulesets(self.OLD, self.NEW)

        assert compared.label.shares is None
        assert compared.label.beyond == (
            "a count over sums of so many values is beyond the method",
        )
        assert evolve(compared.label, shares=whole.label.shares, beyond=()) == whole.label
        assert compared.change_class is whole.change_class

    def test_shares_of_a_stricter_ruleset_need_no_count_of_both(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Both award what the stricter one awards, so that each is counted alone.
        """

        def least_limit(old: er.Ruleset, new: er.Ruleset) -> int:
            for limit in count():
                monkeypatch.setattr(f"{COUNTING}.MAX_COUNT_STATES", limit)
                if compare_rulesets(old, new).label.shares is not None:
                    return limit
            raise AssertionError

        alone = [least_limit(each, each) for each in (self.OLD, self.NEW)]

        assert least_limit(self.OLD, self.NEW) == least_limit(self.NEW, self.OLD) == max(alone)

    def test_without_classes_changes_and_days_are_known(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        If histories have no classes, no outcomes can be compared.
        """
        whole = compare_rulesets(self.OLD, self.NEW)
        monkeypatch.setattr("ecei_rules.analysis.classes.history_classes.MAX_REQUIREMENTS", 1)

        compared = compare_rulesets(self.OLD, self.NEW)

        reason = "a history with so many requirements on one kind of event is beyond the method"
        for each, known in zip(scopes(compared), scopes(whole), strict=True):
            assert (each.scope, each.title) == (known.scope, known.title)
            assert each.beyond == (reason,)
            assert (each.verdict, each.lost, each.gained, each.shares) == (None,) * 4
        assert (compared.changes, compared.validity) == (whole.changes, whole.validity)
        assert (compared.only_old, compared.only_new) == ((), ())
        assert compared.change_class is ChangeClass.INCOMPARABLE

    def test_search_with_conflicting_needs_can_be_too_long(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Two rulesets grade four indicators with three answers each, and the best answers of
        the one earn nothing under the other.
        """
        names = ("alliances", "branding", "contacts", "duties")
        asked = catalogue(
            *(indicator(each, Choice(options("north", "south", "east"))) for each in names)
        )

        def graded(weights: tuple[int, ...], *best: str) -> dict[str, Grading]:
            rows = zip(names, weights, [each.split() for each in best], strict=True)
            return {
                name: grades(OneOf([first]), OneOf([second]), weight=weight)
                for name, weight, (first, second) in rows
            }

        old = ruleset(
            asked,
            ScoreReaches(Decimal(37), "percent"),
            CountGraded(3, EXCELLENT),
            grading=graded((3, 2, 4, 1), "east north", "north south", "north south", "east south"),
        )
        new = ruleset(
            asked,
            ScoreReaches(Decimal(51), "percent"),
            CountGraded(1, REASONABLE),
            grading=graded((4, 4, 3, 1), "east south", "north south", "north east", "south north"),
        )
        whole = compare_rulesets(old, new).label
        monkeypatch.setattr("ecei_rules.analysis.solver.shortest_path.MAX_STATES", 0)

        compared = compare_rulesets(old, new).label

        assert whole.beyond == ()
        assert compared.verdict is None
        assert set(compared.beyond) == {"a search through so many states is beyond the method"}
        assert compared.shares == whole.shares

    def test_proof_can_be_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Then that direction has neither a witness nor a certificate.
        """
        monkeypatch.setattr("ecei_rules.comparison.proofs.MAX_STATES", 0)
        light, heavy = (
            {"members": grades(at_least(3)), "plan": grades(YES, weight=each)} for each in (1, 2)
        )
        # one of two points, and then three of three
        old = ruleset(MEMBERS, ScoreReaches(Decimal(1), "points"), grading=light)
        new = ruleset(MEMBERS, ScoreReaches(Decimal(3), "points"), grading=heavy)

        compared = compare_rulesets(old, new).label

        assert isinstance(compared.lost, Witness)
        assert compared.gained is None
        assert compared.verdict is None
        assert compared.beyond == ("a proof with so many bounds is beyond the method",)
