"""The brute-force answers about small rulesets, against worlds worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from brute_force import (
    ON,
    Regions,
    attainable,
    cells_of,
    cheapest_improvement,
    classes_of_interviews,
    complete_interviews,
    fewest_changes,
    fewest_downgrades,
    implied,
    matters,
    regions,
    settled,
    verdict,
)
from hypothesis import given
from hypothesis import strategies as st
from interview_cells import interview_of
from small_rulesets import SCALE, VALIDITY
from small_worlds import World, small_interviews, worlds

import ecei_rules as er
from ecei_rules.analysis.checks.ruleset import check_ruleset
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Catalogue, Count, Dimension, Fact, Indicator, YesNo
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Criterion,
    Earlier,
    Floor,
    Improvements,
    ScoreReaches,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset

if TYPE_CHECKING:
    from ecei_rules.rulesets.criteria import Requirement

pytestmark = pytest.mark.oracle

WORDS = Text({"en": "a text"})
IMPROVABLE, REASONABLE, EXCELLENT = SCALE
YES = OneOf([True])
AWARDED, REFUSED = er.LabelOutcome.AWARDED, er.LabelOutcome.NOT_AWARDED
MET, NOT_MET, NOT_APPLICABLE = er.Outcome.MET, er.Outcome.NOT_MET, er.Outcome.NOT_APPLICABLE

# "members" is asked in one dimension, "plan", which may not apply, in the other
CATALOGUE = Catalogue(
    "tiny",
    "1",
    WORDS,
    [Dimension("structure", WORDS), Dimension("services", WORDS)],
    [
        Indicator(
            "members",
            "structure",
            WORDS,
            WORDS,
            Count(maximum=4),
            provenance=Attestation("attested"),
        ),
        Indicator(
            "plan",
            "services",
            WORDS,
            WORDS,
            YesNo(),
            not_applicable=True,
            provenance=Attestation("attested"),
        ),
    ],
    facts=[Fact("listed", WORDS, YesNo())],
)
MEMBERS = Grading(
    1,
    [
        Grade(EXCELLENT, 2, when=Threshold("value", "at_least", Decimal(3))),
        Grade(REASONABLE, 1, when=Threshold("value", "at_least", Decimal(1))),
        Grade(IMPROVABLE, 0),
    ],
)
PLAN = Grading(3, [Grade(EXCELLENT, 2, when=YES), Grade(IMPROVABLE, 0)], not_applicable_points=1)
GRADING = {"members": MEMBERS, "plan": PLAN}
PLANNED = AnswerMeets("indicator", "plan", YES)
LISTED = AnswerMeets("fact", "listed", YES)


def ruleset(*requirements: Requirement, **more: object) -> Ruleset:
    """A ruleset that requires these, as `criterion-0` and so on."""
    required = [
        Criterion(f"criterion-{number}", "required", each)
        for number, each in enumerate(requirements)
    ]
    given_or_not = {"grading": GRADING, "criteria": required, **more}
    return Ruleset(
        "bronze",
        "1",
        WORDS,
        Period(date(2010, 11, 1)),
        CATALOGUE,
        SCALE,
        validity=VALIDITY,
        **given_or_not,
    )


def interview(**values: object) -> er.Interview:
    """An interview that answers these."""
    where = {"members": "indicator", "plan": "indicator", "listed": "fact"}
    return interview_of(CATALOGUE, ON, {(where[name], name): v for name, v in values.items()})


class TestRegions:
    """Counts of classes, and the verdict that follows from them."""

    def test_a_higher_floor_is_stricter(self) -> None:
        """
        Members fall into 0, 1 to 2, 3 to 4; plan into no, yes, not applicable; listed is
        asked by none and has one cell: 3 x 3 x 1 = 9 classes. Both want a plan, which is
        met by yes and passed by not applicable; so 2 x 1 classes are for both (3 to 4
        members), 2 x 1 for the old alone (1 to 2), the other 5 for none.
        """
        old = ruleset(Floor(["members"], REASONABLE), PLANNED)
        new = ruleset(Floor(["members"], EXCELLENT), PLANNED)

        assert regions(old, new) == Regions(2, 2, 0, 5)
        assert verdict(old, new) == "stricter"
        assert regions(new, old) == Regions(2, 0, 2, 5)
        assert verdict(new, old) == "looser"

    def test_a_dimension_has_regions_of_its_own(self) -> None:
        """
        Of the 9 classes, 3 to 4 members have 3 and 1 to 2 members 3. A criterion of the
        other dimension, and one of none, have no say.
        """
        floors = [
            Criterion("floor", "required", Floor(["members"], grade), dimension="structure")
            for grade in (REASONABLE, EXCELLENT)
        ]
        plan = Criterion("plan", "required", PLANNED, dimension="services")
        listed = Criterion("listed", "advisory", LISTED)
        old, new = (ruleset(criteria=[floor, plan, listed]) for floor in floors)

        # the advisory criterion tells listed from not listed, in 18 classes
        assert regions(old, new, "structure") == Regions(6, 6, 0, 6)
        assert regions(old, new, "services") == Regions(12, 0, 0, 6)
        assert verdict(old, new, "services") == "equivalent"

    def test_each_may_award_what_the_other_does_not(self) -> None:
        """
        The old wants a plan, the new being listed: of 3 x 3 x 2 classes, a plan that is
        there or does not apply has 12, being listed 9, both together 6.
        """
        old, new = ruleset(PLANNED), ruleset(LISTED)

        assert regions(old, new) == Regions(6, 6, 3, 3)
        assert verdict(old, new) == "incomparable"

    def test_a_bound_in_a_gap_and_doubled_weights_are_no_difference(self) -> None:
        """
        No count lies between 2 and 3, so more than 2, at least 2.5 and at least 3 are one
        cell boundary; and half of the points is half of twice the points.
        """
        bounds = [
            ("more_than", Decimal(2)),
            ("at_least", Decimal("2.5")),
            ("at_least", Decimal(3)),
        ]
        first, *others = [
            ruleset(AnswerMeets("indicator", "members", Threshold("value", *each)))
            for each in bounds
        ]
        half = ScoreReaches(Decimal(50), "percent")
        doubled = {name: evolve(each, weight=2 * each.weight) for name, each in GRADING.items()}

        for other in others:
            # of 3 x 3 classes those of 3 to 4 members
            assert regions(first, other) == Regions(3, 0, 0, 6)
        assert verdict(ruleset(half), ruleset(half, grading=doubled)) == "equivalent"

    def test_points_are_counted_with_weights(self) -> None:
        """
        Points of members are 0, 1, 2, of plan 0, 6, and 3 where it does not apply. At
        least 3 of them: 6 classes; at least 50 % of 8, which is 4: 6 + 0, 6 + 1, 6 + 2,
        3 + 1 and 3 + 2.
        """
        old = ruleset(ScoreReaches(Decimal(3), "points"))
        new = ruleset(ScoreReaches(Decimal(50), "percent"))

        assert regions(old, new) == Regions(5, 1, 0, 3)


class TestHistories:
    """docs/semantics.md, 2.12, in cells."""

    def test_two_overlapping_ages_are_four_cells(self) -> None:
        """
        An event can be 18 to 24 months old, at least 24, both (at 24 to the day), or none.
        """
        some = Earlier("bronze", "benchmarked", at_least_months=18, at_most_months=24)
        old = Earlier("bronze", "benchmarked", at_least_months=24)

        found = classes_of_interviews(ruleset(some), ruleset(old))

        cells = found["history", "bronze", "benchmarked"]
        assert {each.signature: len(each.value) for each in cells} == {
            ("not_met", "not_met"): 0,
            ("met", "not_met"): 1,
            ("not_met", "met"): 1,
            ("met", "met"): 1,
        }

    def test_what_excludes_itself_in_one_event_takes_two(self) -> None:
        """
        No event is both at most 6 and at least 12 months old, but two events can be; an
        event 6 months before another one, both of them older than 6 months, makes a
        repeated one; and a repeated one of which one is young makes three.
        """
        young = Earlier("gold", "awarded", at_most_months=6)
        old = Earlier("gold", "awarded", at_least_months=12)
        twice = Earlier("gold", "awarded", repeated=True, at_least_months=6)

        found = classes_of_interviews(ruleset(young, old), ruleset(twice))

        cells = found["history", "gold", "awarded"]
        assert {each.signature: len(each.value) for each in cells} == {
            ("not_met", "not_met", "not_met"): 0,
            ("met", "not_met", "not_met"): 1,
            ("not_met", "met", "not_met"): 1,
            # two that are 6 months apart, of which one is young and none 12 months old
            ("met", "not_met", "met"): 2,
            ("not_met", "met", "met"): 2,
            # one of less than 6 months and one of at least 12 are at least 6 apart
            ("met", "met", "met"): 2,
        }

    def test_three_ages_that_exclude_one_another_take_three(self) -> None:
        """
        At most 6, exactly 12 and at least 18 months are three days, in 2 x 2 x 2 cells, each
        with one event for each requirement that is met.
        """
        young = Earlier("gold", "benchmarked", at_most_months=6)
        middle = Earlier("gold", "benchmarked", at_least_months=12, at_most_months=12)
        old = Earlier("gold", "benchmarked", at_least_months=18)

        found = classes_of_interviews(ruleset(young, middle), ruleset(old))

        cells = found["history", "gold", "benchmarked"]
        assert {each.signature: len(each.value) for each in cells} == {
            each: each.count("met") for each in product(("met", "not_met"), repeat=3)
        }

    def test_a_day_too_early_or_too_late_is_another_cell(self) -> None:
        """
        Seen from 29 February 2024, what is of 29 to 31 August 2023 is exactly six months
        old, since those days in February are its last; 28 August and 1 September are not.
        """
        exactly = ruleset(Earlier("silver", "benchmarked", at_least_months=6, at_most_months=6))
        on = date(2024, 2, 29)

        found = classes_of_interviews(exactly, exactly, on=on)

        cells = found["history", "silver", "benchmarked"]
        assert [each.signature for each in cells] == [("not_met",), ("met",)]
        (event,) = cells[1].value
        assert date(2023, 8, 29) <= event.on <= date(2023, 8, 31)


class TestImprovements:
    """Numbers of confirmed improvements, in cells."""

    def test_no_more_improvements_than_indicators(self) -> None:
        """
        With two indicators 0, 1 or 2 can be confirmed and never 3.
        """
        old = ruleset(Improvements(1), Improvements(3))
        new = ruleset(Improvements(2))

        found = classes_of_interviews(old, new)

        assert [each.signature for each in found["improvements",]] == [
            ("not_met", "not_met", "not_met"),
            ("met", "not_met", "not_met"),
            ("met", "not_met", "met"),
        ]
        assert regions(new, ruleset(Improvements(1))) == Regions(9, 0, 9, 9)


class TestFewestChanges:
    """The distance to an interview that tells two rulesets apart."""

    OLD = ruleset(Floor(["members"], REASONABLE), PLANNED)
    NEW = ruleset(Floor(["members"], EXCELLENT), PLANNED)

    def test_as_many_questions_as_must_change(self) -> None:
        """
        One or two members and a plan are awarded by the old alone. From there it is no
        change, from 4 members one, from none and no plan two; the fact is never asked.
        """
        for members, plan, least in ((2, True, 0), (4, True, 1), (1, False, 1), (0, False, 2)):
            base = interview(members=members, plan=plan, listed=False)
            assert fewest_changes(base, self.OLD, self.NEW) == least

    def test_what_is_unanswered_has_to_be_answered(self) -> None:
        """
        The witness is complete, so what the base leaves out differs: here the fact.
        """
        base = interview(members=2, plan=True)

        assert fewest_changes(base, self.OLD, self.NEW) == 1

    def test_there_is_none_the_other_way(self) -> None:
        """
        Nothing is awarded by the stricter alone; told the other way round it is.
        """
        base = interview(members=2, plan=True, listed=False)

        assert fewest_changes(base, self.OLD, self.NEW, awarded_by="new") is None
        assert fewest_changes(base, self.NEW, self.OLD, awarded_by="new") == 0

    def test_a_history_and_improvements_count_as_one_each(self) -> None:
        """
        From a base without either, an award of the old alone takes a confirmed improvement
        (two would be too many) and an event.
        """
        event = Earlier("bronze", "awarded", at_least_months=12)
        old = ruleset(Improvements(1), event)
        new = ruleset(Improvements(2), event)
        base = interview(members=2, plan=True, listed=False)

        assert fewest_changes(base, old, new) == 2


class TestCheapestImprovement:
    """The least cost of earning the label."""

    def plan(self, requirement: Requirement, effort: int = 1, **values: object) -> object:
        """The least cost, and the cheapest sets as indicators with their grades."""
        found = cheapest_improvement(
            interview(**values),
            ruleset(requirement),
            lambda name, steps: steps * (effort if name == "plan" else 1),
        )
        return found and (
            found.cost,
            {frozenset((c.indicator, c.grade) for c in each) for each in found.changes},
        )

    def test_the_heavier_indicator_is_cheaper(self) -> None:
        """
        2 of 8 points are asked for: two steps of members earn 2, one of plan earns 6.
        """
        asked = ScoreReaches(Decimal(25), "percent")

        assert self.plan(asked, members=0, plan=False) == (1, {frozenset({("plan", EXCELLENT)})})

    def test_all_cheapest_sets_are_found(self) -> None:
        """
        Where a step of plan takes twice the effort, the two ways cost the same.
        """
        asked = ScoreReaches(Decimal(25), "percent")

        assert self.plan(asked, 2, members=0, plan=False) == (
            2,
            {frozenset({("plan", EXCELLENT)}), frozenset({("members", EXCELLENT)})},
        )

    def test_unanswered_stands_a_step_below_the_lowest_grade(self) -> None:
        """
        From unanswered to excellent are three steps for three grades.
        """
        asked = Floor(["members"], EXCELLENT)

        assert self.plan(asked, plan=False) == (3, {frozenset({("members", EXCELLENT)})})

    def test_nothing_to_do_costs_nothing(self) -> None:
        """
        An awarded interview needs no change.
        """
        assert self.plan(PLANNED, plan=True) == (0, {frozenset()})

    def test_another_answer_of_the_same_grade_is_one_step(self) -> None:
        """
        Three members are excellent and four are, but only four are enough here.
        """
        four = AnswerMeets("indicator", "members", Threshold("value", "at_least", Decimal(4)))

        assert self.plan(four, members=3) == (1, {frozenset({("members", EXCELLENT)})})
        # one step to excellent, whether or not to four
        assert self.plan(four, members=1) == (1, {frozenset({("members", EXCELLENT)})})

    def test_no_answer_gets_worse_facts_and_what_does_not_apply_stay(self) -> None:
        """
        Too many members cannot become fewer, a fact is what it is, and a plan that does
        not apply earns 3 of 8 points for ever.
        """
        few = AnswerMeets("indicator", "members", Threshold("value", "at_most", Decimal(1)))
        most = ScoreReaches(Decimal(75), "percent")

        assert self.plan(few, members=4) is None
        assert self.plan(LISTED, listed=False) is None
        assert self.plan(most, members=4, plan=NotApplicable("young")) is None
        assert self.plan(most, members=4, plan=False) is not None

    def test_an_ungraded_indicator_is_one_step(self) -> None:
        """
        Where plan is not graded, any other answer to it is one step.
        """
        ungraded = ruleset(PLANNED, grading={"members": MEMBERS})

        for start in (interview(plan=False), interview()):
            found = cheapest_improvement(start, ungraded)
            assert found is not None
            assert found.cost == 1


class TestFewestDowngrades:
    """How far an award is from being lost."""

    def test_as_many_steps_as_are_needed(self) -> None:
        """
        Of 2 + 6 points, 4 are gone with one step of plan; to be below 2 members has to go
        down as well; no step touches a fact.
        """
        best = interview(members=4, plan=True, listed=True)

        assert fewest_downgrades(best, ruleset(ScoreReaches(Decimal(50), "percent"))) == 1
        assert fewest_downgrades(best, ruleset(ScoreReaches(Decimal(25), "percent"))) == 2
        assert fewest_downgrades(best, ruleset(LISTED)) is None
        assert fewest_downgrades(best, ruleset(Floor(["members"], REASONABLE))) == 2

    def test_what_is_not_awarded_cannot_be_lost(self) -> None:
        """
        A refused and an undetermined label have no distance.
        """
        assert fewest_downgrades(interview(plan=False), ruleset(PLANNED)) is None
        assert fewest_downgrades(interview(), ruleset(PLANNED)) is None


class TestSettled:
    """What all completions of an interview have in common."""

    def test_a_score_is_settled_once_the_rest_cannot_matter(self) -> None:
        """
        With a plan 6 to 8 of 8 points are at least 50 % in any case; without one 0 to 2
        never are; with 4 members and plan open 2, 5 or 8 points are both.
        """
        half = ruleset(ScoreReaches(Decimal(50), "percent"))

        assert settled(interview(plan=True), half).label == {AWARDED}
        assert settled(interview(plan=False), half).label == {REFUSED}
        assert settled(interview(members=4), half).label == {AWARDED, REFUSED}

    def test_a_completion_may_say_that_an_indicator_does_not_apply(self) -> None:
        """
        An unanswered plan may come to be there, be missing, or not apply.
        """
        found = settled(interview(), ruleset(PLANNED, Complete()))

        assert found.criteria["criterion-0"] == {MET, NOT_MET, NOT_APPLICABLE}
        assert found.criteria["criterion-1"] == {MET}

    def test_what_holds_in_every_way_is_settled_though_it_is_unknown(self) -> None:
        """
        Two required criteria of which one fails whatever comes settle the label, though
        neither is settled.
        """
        few = AnswerMeets("indicator", "members", Threshold("value", "less_than", Decimal(2)))
        many = AnswerMeets("indicator", "members", Threshold("value", "more_than", Decimal(2)))
        criteria = [
            Criterion("few", "required", few, dimension="structure"),
            Criterion("many", "required", many),
        ]
        start = interview(plan=True)

        found = settled(start, ruleset(criteria=criteria))

        assert er.assess(start, ruleset(criteria=criteria)).outcome.value == "undetermined"
        assert found.label == {REFUSED}
        assert found.criteria == {"few": {MET, NOT_MET}, "many": {MET, NOT_MET}}
        assert found.dimensions == {
            "structure": {er.DimensionOutcome.PASSED, er.DimensionOutcome.FAILED},
            "services": {er.DimensionOutcome.PASSED},
        }


class TestOneRuleset:
    """What a ruleset says too much or in vain."""

    def test_the_lower_floor_is_implied_by_the_higher(self) -> None:
        """
        Who is excellent is reasonable; not so the other way round.
        """
        both = ruleset(Floor(["members"], REASONABLE), Floor(["members"], EXCELLENT))

        assert implied(both.criteria[0], both)
        assert not implied(both.criteria[1], both)

    def test_advice_implies_nothing(self) -> None:
        """
        Only required criteria stand in for one another.
        """
        high = Criterion("high", "advisory", Floor(["members"], EXCELLENT))
        low = Criterion("low", "required", Floor(["members"], REASONABLE))

        assert not implied(low, ruleset(criteria=[high, low]))

    def test_what_matters_changes_the_outcome_of_some_criterion(self) -> None:
        """
        In complete interviews *complete* is always met, so that it makes nothing matter;
        one member more or less can cross a floor; advice counts too.
        """
        rules = ruleset(Complete(), Floor(["members"], REASONABLE))
        advised = evolve(rules, criteria=[*rules.criteria, Criterion("fact", "advisory", LISTED)])

        assert matters("members", rules)
        assert not matters("plan", rules)
        assert not matters("listed", rules)
        assert matters("listed", advised)

    def test_points_too_few_to_tip_the_scale_do_not_matter(self) -> None:
        """
        With 6 points for a plan, 3 where it does not apply and 6 asked for, up to 2 of
        members make no difference; with 4 asked for they do.
        """
        assert not matters("members", ruleset(ScoreReaches(Decimal(6), "points")))
        assert matters("members", ruleset(ScoreReaches(Decimal(4), "points")))

    def test_three_of_two_indicators_are_out_of_reach(self) -> None:
        """
        A label and a dimension are attainable when some interview attains them.
        """
        count = Criterion("count", "required", CountGraded(3, IMPROVABLE), dimension="structure")
        rules = ruleset(criteria=[count])

        assert not attainable(rules)
        assert not attainable(rules, "structure")
        assert attainable(rules, "services")


def outcomes(given: er.Interview, rules: Ruleset) -> tuple[object, ...]:
    """The label, the dimensions and the criteria of an ordinary assessment."""
    found = er.assess(given, rules)
    return (
        found.outcome,
        tuple(each.outcome for each in found.dimensions),
        {each.criterion: each.outcome for each in found.all_findings},
    )


@given(worlds(), st.data())
def test_every_interview_has_its_class_and_one_of_a_class_stands_for_all(
    world: World, data: st.DataObject
) -> None:
    """
    Any complete interview, with any history, is of a class, and comes out as the one
    that represents it.
    """
    complete = data.draw(small_interviews(world))
    on = complete.conducted.on
    classes = classes_of_interviews(world.old, world.new, on=on)
    own = cells_of(complete, world.old, world.new)

    values = {
        question: next(each for each in classes[question] if each == cell).value
        for question, cell in own.items()
    }

    representative = interview_of(world.catalogue, on, values)
    for rules in (world.old, world.new):
        assert outcomes(representative, rules) == outcomes(complete, rules)


@given(worlds())
def test_regions_are_those_of_the_ordinary_assessment(world: World) -> None:
    """
    Counting over what each criterion looks at is counting over whole interviews.
    """
    classes = classes_of_interviews(world.old, world.new)
    counted: Counter[tuple[str | None, bool, bool]] = Counter()
    for each in product(*classes.values()):
        values = {q: cell.value for q, cell in zip(classes, each, strict=True)}
        whole = interview_of(world.catalogue, ON, values)
        old, new = (er.assess(whole, rules) for rules in (world.old, world.new))
        counted[None, old.outcome is AWARDED, new.outcome is AWARDED] += 1
        for one, other in zip(old.dimensions, new.dimensions, strict=True):
            passed = er.DimensionOutcome.PASSED
            counted[one.id, one.outcome is passed, other.outcome is passed] += 1

    for scope in (None, "structure", "services"):
        signs = ((True, True), (True, False), (False, True), (False, False))
        expected = Regions(*(counted[scope, *each] for each in signs))
        assert regions(world.old, world.new, scope) == expected


@given(worlds())
def test_comparing_is_mirrored_and_silent_with_itself(world: World) -> None:
    """
    The other way round old and new change places; nothing differs from itself.
    """
    there, back = regions(world.old, world.new), regions(world.new, world.old)

    assert back == evolve(there, old_only=there.new_only, new_only=there.old_only)
    assert verdict(world.old, world.old) == "equivalent"


@given(worlds(), st.data())
def test_no_completion_overturns_what_is_settled(world: World, data: st.DataObject) -> None:
    """
    What an assessment settles, every completion has; what has no question open is settled.
    """
    given_answers = data.draw(small_interviews(world, complete=data.draw(st.booleans())))
    label, dimensions, criteria = outcomes(given_answers, world.old)

    found = settled(given_answers, world.old)

    kept = [(label, found.label)]
    kept += zip(dimensions, found.dimensions.values(), strict=True)
    kept += [(outcome, found.criteria[name]) for name, outcome in criteria.items()]
    for before, after in kept:
        assert before.value == "undetermined" or after == {before}
    if not given_answers.unanswered:
        assert all(before.value != "undetermined" for before, _ in kept)


@given(worlds(), st.data())
def test_the_cheapest_changes_earn_the_label(world: World, data: st.DataObject) -> None:
    """
    Applying all of a cheapest set is enough, and leaving one of it out is not.
    """
    start = data.draw(small_interviews(world, complete=data.draw(st.booleans())))
    found = cheapest_improvement(start, world.new)

    def awarded(changes: list[tuple[str, object]]) -> bool:
        changed = evolve(start, answers={**start.answers, **dict(changes)})
        return er.assess(changed, world.new).outcome is AWARDED

    assert (found is not None and found.cost == 0) is awarded([])
    for changes in found.changes if found else ():
        applied = [(each.indicator, each.cell.value) for each in changes]
        assert awarded(applied)
        for left_out in applied:
            assert not awarded([each for each in applied if each != left_out])


def test_all_complete_interviews_fall_into_all_the_classes() -> None:
    """
    Members are 0 to 4, plan 3 ways, listed 2, with 0, 1 or 2 improvements: 90 interviews
    for each history. At least 12 months old, an event is so on 18 March 2023 and before;
    the telling days are 17, 18 and 19 March 2023, the same around 18 February, a month
    older than any bound, and 17 March 2024: 7 days, with 1 + 7 + 21 + 35 = 64 histories.
    In classes: 3 members, 3 plans, 1 listed, 2 improvements, 2 histories.
    """
    rules = ruleset(
        Floor(["members"], REASONABLE),
        Improvements(2),
        Earlier("bronze", "benchmarked", at_least_months=12),
    )

    found = Counter(
        tuple(cells_of(each, rules).values()) for each in complete_interviews(World(rules, rules))
    )

    assert sum(found.values()) == 90 * 64
    classes = classes_of_interviews(rules, rules)
    assert set(found) == set(product(*classes.values()))
    assert len(found) == prod((3, 3, 1, 2, 2))


@given(worlds())
def test_worlds_are_well_formed_but_for_what_is_out_of_reach(world: World) -> None:
    """
    What no answer attains and what can never be met is a ruleset all the same.
    """
    for rules in (world.old, world.new):
        assert {each.code for each in check_ruleset(rules)} <= {"ECEI323", "ECEI327"}
