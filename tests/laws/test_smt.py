"""The encoding of rulesets for z3 says what an ordinary assessment says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import full_size
import pytest
import smt
import strategies
import z3
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from smt_cases import FINE, ON, judged, solved
from smt_histories import Stream, classes, streams
from smt_interviews import Interviewed, model_interview

from ecei_rules import assess, check_interview
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.evaluation.assessment import Assessment, DimensionOutcome, LabelOutcome
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Breakdown, Choice, Dimension, Indicator
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import Conducted, Interview
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.rulesets.ruleset import Ruleset

pytestmark = pytest.mark.oracle


def agree(ruleset: Ruleset, assessment: Assessment, view: smt.View, model: z3.ModelRef) -> None:
    """Compare the outcomes in a model with those of the interview's assessment."""

    def true(formula: z3.BoolRef) -> bool:
        return z3.is_true(model.eval(formula, model_completion=True))

    claimed = {}
    for each in ruleset.criteria:
        held = smt.held(each.requirement, each.dimension, ruleset, view)
        met = Outcome.MET if true(held.met) else Outcome.NOT_MET
        claimed[each.id] = met if true(held.applies) else Outcome.NOT_APPLICABLE
    assert claimed == {each.criterion: each.outcome for each in assessment.all_findings}
    label = assessment.outcome is LabelOutcome.AWARDED
    assert true(smt.awards(ruleset, view)) == label
    for each in assessment.dimensions:
        passed = each.outcome is DimensionOutcome.PASSED
        assert true(smt.awards(ruleset, view, each.id)) == passed


class TestEncoding:
    """The formulas over answers follow docs/semantics.md."""

    @given(judged())
    def test_given_interview_has_the_outcomes_of_assess(
        self, case: tuple[Interview, Ruleset]
    ) -> None:
        """
        With the answers of an interview fixed, each criterion, dimension and the label
        have the outcomes of its assessment.
        """
        interview, ruleset = case
        on = interview.conducted.on
        variables = Interviewed(ruleset.catalogue, on, [ruleset], **FINE)
        saying = variables.saying(interview).values()
        model = solved(*variables.valid.values(), *saying)
        agree(ruleset, assess(interview, ruleset), variables, model)

    @given(case=judged(), awarded=st.booleans())
    def test_model_is_a_valid_interview(
        self, case: tuple[Interview, Ruleset], *, awarded: bool
    ) -> None:
        """
        The solver finds complete interviews without problems, with the outcomes that
        the model states.
        """
        interview, ruleset = case
        variables = Interviewed(ruleset.catalogue, interview.conducted.on, [ruleset])
        solver = z3.Solver()
        solver.add([one for each in variables.valid.values() for one in each])
        solver.push()
        solver.add(smt.awards(ruleset, variables) == awarded)
        if solver.check() == z3.unsat:
            solver.pop()
            assert solver.check() == z3.sat
        found = model_interview(variables, solver.model())
        assert check_interview(found) == ()
        assert found.unanswered == ()
        agree(ruleset, assess(found, ruleset), variables, solver.model())


class TestEdges:
    """Cases that are rare at random: docs/semantics.md, 1.3, 2.5, 2.11, 3.3 and 3.4."""

    @pytest.mark.parametrize("chosen", ["north", "south", "east", NotApplicable("none")])
    @pytest.mark.parametrize(
        "counted",
        [
            FrozenMap(),
            FrozenMap({"north": 1, "south": 1}),
            FrozenMap({"north": 1, "south": 9}),
            FrozenMap({"north": 1, "south": 10}),
            FrozenMap({"south": 1, "east": 0}),
            NotApplicable("none"),
        ],
    )
    def test_every_case(
        self, chosen: str | NotApplicable, counted: FrozenMap[str, int] | NotApplicable
    ) -> None:
        """
        Shares of nothing and of exactly a bound, percentages between two points, and
        indicators that do not apply alone, together, and in combinations.
        """
        ruleset = _edges()
        answers = {"chosen": chosen, "counted": counted}
        interview = Interview(
            ruleset.catalogue, Cluster("Example Cluster", "IT"), Conducted(ON), answers
        )
        variables = Interviewed(ruleset.catalogue, ON, [ruleset])
        saying = variables.saying(interview).values()
        model = solved(*variables.valid.values(), *saying)
        agree(ruleset, assess(interview, ruleset), variables, model)


def _edges() -> Ruleset:
    kinds = {"chosen": Choice(strategies.OPTIONS), "counted": Breakdown(strategies.OPTIONS)}
    asked = [
        Indicator(
            name,
            "structure",
            Text({"en": name}),
            Text({"en": name}),
            kind,
            not_applicable=True,
            provenance=Attestation("attested", sources=[]),
        )
        for name, kind in kinds.items()
    ]
    over = full_size.catalogue(0)
    catalogue = evolve(
        over, dimensions=[Dimension("structure", Text({"en": "s"}))], indicators=asked, facts=[]
    )
    bounds = (("at_least", 10), ("less_than", 50), ("at_most", 10), ("more_than", 50))
    shares = [
        Threshold("share_of", way, Decimal(bound), options=["north"]) for way, bound in bounds
    ]
    north, tenth = OneOf(["north"]), shares[0]
    either = AnswerMeets("indicator", "chosen", north), AnswerMeets("indicator", "counted", tenth)
    both = Floor(["chosen", "counted"], "reasonable")
    requirements = [
        *(AnswerMeets("indicator", "counted", each) for each in shares),
        both,
        # of 8 points: 3, 3.008, 5
        *(ScoreReaches(Decimal(each), "percent") for each in ("37.5", "37.6", "62.5")),
        CountGraded(1, "excellent"),
        EveryRequirement(either),
        SomeRequirement(either),
        EveryRequirement([*either, both, CountGraded(1, "improvable")]),
        SomeRequirement([*either, both]),
    ]
    return evolve(
        full_size.ruleset(over, 0),
        catalogue=catalogue,
        grading={
            "chosen": Grading(
                3,
                [Grade("excellent", 2, when=north), Grade("improvable", 1)],
                not_applicable_points=1,
            ),
            "counted": Grading(1, [Grade("reasonable", 2, when=tenth), Grade("improvable", 0)]),
        },
        criteria=[Criterion(f"c-{n}", "required", one) for n, one in enumerate(requirements)],
    )


class TestHistories:
    """Days and months follow the calendar: docs/semantics.md, 2.12 and 6.3."""

    @given(strategies.days, st.integers(0, 60), st.integers(-1, 1))
    @example(date(2022, 8, 31), 18, 0)
    @example(date(2022, 8, 31), 18, 1)
    def test_months_are_counted_as_in_the_calendar(
        self, event: date, months: int, days: int
    ) -> None:
        """
        `add_calendar_years` gives the first day of at least, and the last day of at
        most, a number of months.
        """
        turning = add_calendar_years(event, 0, "same_day", months=months)
        on = max(turning + timedelta(days), event + timedelta(1))
        for bounds in ({"at_least_months": months}, {"at_most_months": months}):
            sought = Earlier("bronze", "benchmarked", **bounds)
            stream = _stream(sought, on)
            held = (("bronze", "benchmarked"), event)
            model = solved(stream.valid(), stream.only([held]))
            fits = z3.is_true(model.eval(stream.fits(sought), model_completion=True))
            assert fits == (on >= turning if "at_least_months" in bounds else on <= turning)
            assert stream.days(model) == {held}

    def test_each_possible_history_has_a_class(self) -> None:
        """
        An event at least 18 months old is at least 12 months old; two that are at least
        12 months apart include one that is as old; the rest is free.
        """
        old = Earlier("bronze", "benchmarked", at_least_months=18)
        older_than_a_year = Earlier("bronze", "benchmarked", at_least_months=12)
        twice = Earlier("bronze", "benchmarked", repeated=True, at_least_months=12)
        found = [set(met) for met, _ in classes([old, older_than_a_year, twice], ON)]
        expected = [
            set(),
            {older_than_a_year},
            {older_than_a_year, twice},
            {old, older_than_a_year},
            {old, older_than_a_year, twice},
        ]
        assert len(found) == len(expected)
        assert all(each in found for each in expected)

    def test_leap_years_and_centuries(self) -> None:
        """
        2024 and 2000 have a 29 February, 2023, 1900 and 2100 do not.
        """
        for year, there in (
            (2024, True),
            (2000, True),
            (2023, False),
            (1900, False),
            (2100, False),
        ):
            stream = _stream(Earlier("bronze", "benchmarked"), date(year, 3, 1))
            solver = z3.Solver()
            solver.add(stream.valid())
            solver.add(stream.events[0].day == (year << 9) + (2 << 5) + 29)
            assert (solver.check() == z3.sat) == there


def _stream(sought: Earlier, on: date) -> Stream:
    over = full_size.ruleset(full_size.catalogue(0), 0)
    asking = evolve(over, criteria=[Criterion("earlier", "required", sought)])
    return streams([asking], on)[sought.label, sought.event]
