"""docs/semantics.md, 10.1 and 10.4: indicators that nobody can improve."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from small_rulesets import FIRST_DAY, SCALE, VALIDITY

import ecei_rules as er
from ecei_rules.interviews.catalogue import Catalogue, Count, Dimension, Indicator
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import Conducted, Interview
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.planning.planner import plan
from ecei_rules.report.text.plan import explain_plan
from ecei_rules.rulesets.conditions import Threshold
from ecei_rules.rulesets.criteria import Complete, Criterion, Floor, ScoreReaches
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset

IMPROVABLE, REASONABLE, EXCELLENT = SCALE
WORDS = Text({"en": "a text"})
CATALOGUE = Catalogue(
    "harbour",
    "1",
    WORDS,
    [Dimension("quay", WORDS)],
    [
        Indicator(
            name,
            "quay",
            Text({"en": name.capitalize()}),
            WORDS,
            Count(),
            improvable=name != "age",
            provenance=Attestation("attested"),
        )
        for name in ("age", "cranes")
    ],
)


def ruleset(*requirements: Complete | Floor | ScoreReaches) -> Ruleset:
    """Return a ruleset that requires these, with 15 and 40 as the bounds of two grades."""
    grades = [
        Grade(grade, points, when=Threshold("value", "at_least", Decimal(bound)))
        for grade, points, bound in ((EXCELLENT, 2, 40), (REASONABLE, 1, 15))
    ]
    return Ruleset(
        "bronze",
        "1",
        WORDS,
        in_force=er.Period(FIRST_DAY),
        catalogue=CATALOGUE,
        scale=SCALE,
        grading={name: Grading(1, [*grades, Grade(IMPROVABLE, 0)]) for name in CATALOGUE.asked},
        criteria=[Criterion(f"c{at}", "required", each) for at, each in enumerate(requirements)],
        validity=VALIDITY,
    )


def interview(**answers: int) -> Interview:
    """Return an interview of an invented cluster."""
    return Interview(CATALOGUE, Cluster("Example Cluster", "EE"), Conducted(FIRST_DAY), answers)


def changed(found: er.Plan) -> list[list[tuple[str, str | None]]]:
    """Return the indicators that each way changes, with the grades that they reach."""
    return [[(each.indicator, each.target) for each in way.changes] for way in found.ways]


class TestWays:
    """docs/semantics.md, 10.1: no way to a label changes such an indicator."""

    def test_the_points_come_from_the_others(self) -> None:
        """
        The age would be as cheap, and comes first in the catalogue.
        """
        found = plan(interview(age=2, cranes=2), ruleset(ScoreReaches(Decimal(1), "points")))

        assert changed(found) == [[("cranes", REASONABLE)]]

    def test_a_criterion_on_it_alone_is_blocked(self) -> None:
        """
        As one on a locked indicator is, with a reason of its own.
        """
        found = plan(interview(age=2, cranes=2), ruleset(Floor(["age"], REASONABLE)))

        assert [(each.criterion, each.obstacles) for each in found.blocked] == [
            ("c0", ("not_improvable",))
        ]
        assert "c0: an indicator that nobody can improve" in explain_plan(found)

    def test_a_lock_is_named_first(self) -> None:
        """
        Whoever locks it is told of the lock.
        """
        rules = ruleset(Floor(["age"], REASONABLE))

        (blocked,) = plan(interview(age=2), rules, locked=["age"]).blocked

        assert blocked.obstacles == ("locked",)


class TestMissingAnswer:
    """docs/semantics.md, 10.4: nothing better than the lowest grade is assumed of it."""

    def test_it_can_be_answered(self) -> None:
        """
        Completeness asks for an answer, whatever it is.
        """
        found = plan(interview(cranes=2), ruleset(Complete()))

        assert changed(found) == [[("age", IMPROVABLE)]]

    @pytest.mark.parametrize("grade", [REASONABLE, EXCELLENT])
    def test_it_meets_no_floor_above(self, grade: str) -> None:
        """
        Nobody knows how old the cluster is.
        """
        found = plan(interview(cranes=2), ruleset(Floor(["age"], grade)))

        assert [each.obstacles for each in found.blocked] == [("not_improvable",)]


class TestLoss:
    """docs/semantics.md, 10.1: no award is lost by it either."""

    def test_the_loss_is_by_another_indicator(self) -> None:
        """
        Two points of three are required: one step down of the age would be enough.
        """
        held = interview(age=15, cranes=40)
        rules = ruleset(ScoreReaches(Decimal(2), "points"))
        found = plan(held, rules).loses

        assert found is not None
        assert [(each.indicator, each.steps) for each in found.changes] == [("cranes", 2)]

    def test_an_award_on_it_alone_is_safe(self) -> None:
        """
        An improvable age would be one step away from losing it.
        """
        held, rules = interview(age=15), ruleset(Floor(["age"], REASONABLE))
        improvable = evolve(
            CATALOGUE, indicators=[evolve(each, improvable=True) for each in CATALOGUE.indicators]
        )
        unsafe = plan(evolve(held, catalogue=improvable), evolve(rules, catalogue=improvable))

        assert plan(held, rules).loses is None
        assert unsafe.loses is not None


def test_shipped_catalogues_name_the_age_and_the_legal_form() -> None:
    """
    In both editions of the benchmarking; the quality audit asks for neither.
    """
    fixed = {
        each.reference: [entry.id for entry in each.asked.values() if not entry.improvable]
        for each in er.shipped().catalogues
    }

    assert fixed == {
        "benchmarking@2010-11": ["year-established", "legal-form"],
        "benchmarking@2019-11": ["year-established", "legal-form"],
        "quality@2012-04": [],
        "quality@2019-11": [],
    }
