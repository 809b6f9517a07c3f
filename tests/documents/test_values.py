"""Values validate themselves, do not change, and contain tuples."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from paths import EXAMPLES, ROOT
from strategies import judged

import ecei_rules as er
from ecei_rules.interviews.answers import plain_answer
from ecei_rules.interviews.catalogue import Count, Year
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import Conducted
from ecei_rules.rulesets.ruleset import Grade, Grading
from ecei_rules.rulesets.validity import FirstAward

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

INTERVIEW = er.load_interview(EXAMPLES / "awarded.json")


@given(judged())
def test_values_are_frozen_hashable_and_survive_pickling(
    case: tuple[er.Interview, er.Ruleset],
) -> None:
    """
    Interviews, rulesets and assessments can be stored, sent and compared.
    """
    for value in (*case, case[0].catalogue, er.assess(*case)):
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value
        assert hash(value) == hash(copy.deepcopy(value))
        with pytest.raises(FrozenInstanceError):
            # the type checker says so too; here the value has to
            value.extensions = {}  # type: ignore[misc]


def test_sequences_in_tuples_out_and_mappings_are_read_only() -> None:
    """
    Changing an argument later does not change the value.
    """
    answers = {"committed-participants": 63}
    interview = evolve(INTERVIEW, answers=answers, history=[])
    answers["committed-participants"] = 1

    assert interview.answers == {"committed-participants": 63}
    assert interview.history == ()
    with pytest.raises(AttributeError, match=r"^a FrozenMap does not change"):
        # as above: refused by the types and, here, by the value
        interview.answers.other = 1  # type: ignore[attr-defined]
    assert repr(interview.answers) == "FrozenMap({'committed-participants': 63})"


@pytest.mark.parametrize(
    "make",
    [
        lambda: er.Text({"de": "Struktur"}),
        lambda: er.Text({"en": ""}),
        lambda: er.Text({"en": "a", "not a tag": "b"}),
        lambda: er.NotApplicable(""),
        lambda: Cluster("", "IT"),
        lambda: Cluster("Example", "Italy"),
        lambda: Cluster("Example", "IT", website="example.org"),
        lambda: Conducted(date(1899, 12, 31)),
        lambda: Conducted(date(3000, 1, 1)),
        lambda: LabelEvent("bronze", "awarded", date(2024, 1, 1)),
        lambda: LabelEvent("bronze", "benchmarked", date(2024, 1, 1), valid_until=date(2026, 1, 1)),
        lambda: evolve(INTERVIEW, remarks={"composition": ""}),
        lambda: Grading(0, [Grade("low", 0)]),
        lambda: Grade("low", -1),
        lambda: Grade("x-low", 0),
        lambda: FirstAward(0, "same_day"),
        lambda: FirstAward(101, "same_day"),
    ],
)
def test_impossible_value_is_refused(make: Callable[[], object]) -> None:
    """
    A value checks itself when it is made.
    """
    # each of them has words of its own, and attrs words some of them
    with pytest.raises(ValueError):  # noqa: PT011
        make()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (63, "63"),
        (Decimal("1.50"), "1.5"),
        (False, "false"),
        ("written", "written"),
        ((), "none"),
        (("sme", "research"), "sme, research"),
        (er.FrozenMap({"sme": 40, "research": 6}), "sme 40, research 6"),
        (er.FrozenMap(), "none"),
        (er.NotApplicable("too young"), "not applicable (too young)"),
    ],
)
def test_answer_text_of_each_kind(answer: er.Answer, text: str) -> None:
    """
    Each kind of answer has one form in messages.
    """
    assert plain_answer(answer) == text


def test_expected_form_has_unit_and_bounds() -> None:
    """
    The words for the expected form include the unit and the bounds.
    """
    from ecei_rules.interviews.answers import expected
    from ecei_rules.interviews.catalogue import Number

    assert expected(Count(minimum=1)) == "a whole number, 1 or more"
    assert expected(Number(unit="FTE")) == "a number of FTE"
    assert expected(Number(maximum=Decimal("2.50"))) == "a number, at most 2.5"
    assert expected(Number(minimum=Decimal(0), maximum=Decimal(1))) == "a number, 0 to 1"
    assert expected(Year()) == "a year, 1 to 9999"


class TestEdition:
    """docs/semantics.md, 5.1 to 5.5: the ruleset that applies."""

    EDITION = er.shipped()

    @pytest.mark.parametrize(
        ("day", "version"),
        [
            (date(2010, 11, 1), "2010-11"),
            (date(2019, 11, 14), "2010-11"),
            (date(2019, 11, 15), "2019-11"),
            (date(2999, 12, 31), "2019-11"),
        ],
    )
    def test_ruleset_in_force_on_the_day_applies(self, day: date, version: str) -> None:
        """
        Both ends of a period count, and the last ruleset is in force until another
        begins.
        """
        assert self.EDITION.ruleset("bronze", on=day).version == version

    def test_ruleset_needs_either_day_or_version(self) -> None:
        """
        Neither and both are mistakes of the caller.
        """
        for more in ({}, {"on": date(2024, 1, 1), "version": "2019-11"}):
            with pytest.raises(TypeError, match=r"^give either the day \(on\) or the version"):
                # what the types refuse is refused at run time as well
                self.EDITION.ruleset("bronze", **more)  # type: ignore[arg-type]

    def test_unknown_version_lists_the_known_ones(self) -> None:
        """
        The error lists the accepted references.
        """
        with pytest.raises(er.UnknownEdition) as caught:
            self.EDITION.ruleset("bronze", version="2020")
        assert str(caught.value) == (
            'there is no edition "bronze@2020" (known: bronze@2010-11, bronze@2019-11)'
        )

    def test_successor_ends_a_ruleset_without_a_last_day(self) -> None:
        """
        A ruleset without a last day ends on the day before a later one begins.
        """
        current = self.EDITION.ruleset("bronze", version="2019-11")
        successor = evolve(current, version="2027", in_force=er.Period(date(2027, 1, 1)))
        edition = er.Edition(self.EDITION.catalogues, rulesets=[successor, current])

        assert edition.ruleset("bronze", on=date(2026, 12, 31)) is current
        assert edition.ruleset("bronze", on=date(2027, 1, 1)) is successor

    def test_undeclared_gap_is_refused(self) -> None:
        """
        A gap is a mistake unless the later ruleset declares it.
        """
        old = self.EDITION.ruleset("bronze", version="2010-11")
        late = evolve(
            self.EDITION.ruleset("bronze", version="2019-11"),
            in_force=er.Period(date(2019, 12, 1)),
        )

        with pytest.raises(er.ConflictingEditions) as caught:
            er.Edition(self.EDITION.catalogues, rulesets=[old, late])
        assert caught.value.conflicts == (
            "no ruleset of bronze is in force from 2019-11-15 to 2019-11-30",
        )
        edition = er.Edition(self.EDITION.catalogues, rulesets=[old, evolve(late, after_gap=True)])
        with pytest.raises(er.NoRulesetInForce):
            edition.ruleset("bronze", on=date(2019, 11, 20))

    def test_name_is_unique(self) -> None:
        """
        Two editions cannot have the same name.
        """
        with pytest.raises(er.ConflictingEditions, match=r"^benchmarking@2010-11 is given twice"):
            er.Edition([*self.EDITION.catalogues, *self.EDITION.catalogues])


class TestCheckRuleset:
    """docs/formats.md: checks of a ruleset beyond those with their own messages."""

    CURRENT = er.shipped().ruleset("bronze", version="2019-11")

    def test_conflict_between_siblings_is_not_reported(self) -> None:
        """
        Overlaps of other rulesets with each other are not reported here.
        """
        one = evolve(
            self.CURRENT, version="a", in_force=er.Period(date(2011, 1, 1), date(2012, 1, 1))
        )
        other = evolve(one, version="b")

        problems = er.check_ruleset(
            evolve(self.CURRENT, in_force=er.Period(date(2012, 1, 2))), siblings=[one, other]
        )

        assert [each.code for each in problems if each.code == "ECEI330"] == []

    def test_advice_below_a_grade_needs_a_grading(self) -> None:
        """
        Advice for those below a grade needs a graded indicator.
        """
        grading = {n: g for n, g in self.CURRENT.grading.items() if n != "composition"}
        ungraded = evolve(self.CURRENT, grading=grading)

        assert [str(each) for each in er.check_ruleset(ungraded)] == [
            'ECEI328 /recommendations/composition/below: "composition" is not graded'
        ]

    def test_reader_agrees_with_the_check(self) -> None:
        """
        A ruleset has the same problems as a value and as a file.
        """
        again = er.read_ruleset(er.write_ruleset(self.CURRENT))

        assert again == self.CURRENT
        assert er.check_ruleset(again, siblings=er.shipped().rulesets) == ()


def test_assessment_is_loaded_from_its_file(tmp_path: Path) -> None:
    """
    An assessment written to a file is read from it.
    """
    assessment = er.assess(INTERVIEW, er.shipped().ruleset("bronze", version="2019-11"))
    path = tmp_path / "assessment.json"
    path.write_text(er.write_assessment(assessment), encoding="utf-8")

    assert er.load_assessment(path) == assessment


def test_later_events_do_not_change_an_assessment() -> None:
    """
    docs/semantics.md, 7.2: the same rules give the same result for ever.
    """
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    later = LabelEvent("bronze", "awarded", date(2025, 1, 1), valid_until=date(2028, 1, 31))

    one = er.assess(INTERVIEW, ruleset)
    other = er.assess(evolve(INTERVIEW, history=[later]), ruleset)

    assert evolve(one, interview=other.interview) == other


def test_different_catalogue_of_the_same_name_is_refused() -> None:
    """
    docs/semantics.md, 5.6: a reworded catalogue is the same one, a shorter one is not.
    """
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    catalogue = INTERVIEW.catalogue
    reworded = evolve(catalogue, title=er.Text({"en": "Another title"}))
    shorter = evolve(catalogue, facts=catalogue.facts[1:])

    assert er.assess(evolve(INTERVIEW, catalogue=reworded), ruleset).outcome.value == "awarded"
    with pytest.raises(er.WrongCatalogue) as caught:
        er.assess(evolve(INTERVIEW, catalogue=shorter), ruleset)
    assert str(caught.value) == (
        "the interview was held with benchmarking@2019-11,"
        " but bronze@2019-11 judges a different catalogue of that name"
    )


def test_extension_without_its_place_is_dropped() -> None:
    """
    A note on a removed item is not written elsewhere.
    """
    document = (
        '{"format": "ecei-interview/1", "x-top": [1],'
        ' "catalogue": {"id": "benchmarking", "version": "2010-11"},'
        ' "cluster": {"name": "Example", "country": "IT"}, "conducted": {"on": "2014-01-01"},'
        ' "answers": {}, "facts": {"x-facts": {"a": true}},'
        ' "history": [{"label": "bronze", "event": "benchmarked", "on": "2012-01-01",'
        ' "x-event": "seen"}]}'
    )
    interview = er.read_interview(document)

    kept = er.write_interview(evolve(interview, history=[]))
    second = LabelEvent("bronze", "benchmarked", date(2013, 1, 1))
    moved = evolve(
        interview,
        history=[second],
        extensions={"/history/1/x-event": "seen", "/history/0/x-other": "kept"},
    )

    assert '"x-event"' in er.write_interview(interview)
    assert '"x-event"' not in kept
    assert '"history"' not in kept
    assert '"x-event"' not in er.write_interview(moved)
    assert '"x-other":"kept"' in er.write_interview(moved)
    assert '"x-top":[1]' in kept
    assert '"facts":{"x-facts":{"a":true}}' in kept


def test_example_of_a_user_works() -> None:
    """
    The file that the type checker checks as a user's also runs.
    """
    import importlib.util

    path = ROOT / "tests" / "usage" / "user.py"
    spec = importlib.util.spec_from_file_location("user", path)
    assert spec is not None
    assert spec.loader is not None
    user = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(user)

    assert user.outcome(EXAMPLES / "awarded.json") == "until 2026-03-31"
    assert user.outcome(EXAMPLES / "not-awarded-not-eligible.json") == (
        "dedicated-management, enough-committed-participants, eccp-listing"
    )
    assert user.outcome(EXAMPLES / "undetermined-incomplete.json").startswith("specialisation, ")
    assert len(user.problems("{}")) == 1
    assert user.problems((EXAMPLES / "awarded.json").read_text(encoding="utf-8")) == ()
    assert user.gap() == "bronze"
    assert user.lowest(INTERVIEW) == Decimal("79.1")
