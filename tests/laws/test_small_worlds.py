"""Exhaustive search over small rulesets, compared with results worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod
from typing import TYPE_CHECKING

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
from interview_cells import interview_of
from small_rulesets import SCALE, VALIDITY
from small_worlds import World

import ecei_rules as er
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
    """Return a ruleset with these required criteria, named `criterion-0` and so on."""
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
    """Return an interview with these answers."""
    where = {"members": "indicator", "plan": "indicator", "listed": "fact"}
    return interview_of(CATALOGUE, ON, {(where[name], name): v for name, v in values.items()})


class TestRegions:
    """Counts of classes, and the verdicts that follow from them."""

    def test_higher_floor_is_stricter(self) -> None:
        """
        Members have the classes 0, 1 to 2, 3 to 4; plan has no, yes, not applicable; no
        criterion depends on listed, which has one class: 3 x 3 x 1 = 9 classes. Both
        require a plan, which is met by yes and passed by not applicable; so 2 x 1
        classes are for both (3 to 4 members), 2 x 1 for the old alone (1 to 2), the
        other 5 for neither.
        """
        old = ruleset(Floor(["members"], REASONABLE), PLANNED)
        new = ruleset(Floor(["members"], EXCELLENT), PLANNED)

        assert regions(old, new) == Regions(2, 2, 0, 5)
        assert verdict(old, new) == "stricter"
        assert regions(new, old) == Regions(2, 0, 2, 5)
        assert verdict(new, old) == "looser"

    def test_dimension_has_its_own_regions(self) -> None:
        """
        Of the 9 classes, 3 to 4 members have 3 and 1 to 2 members 3. Criteria of the
        other dimension, and of none, have no effect.
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

    def test_each_ruleset_may_award_alone(self) -> None:
        """
        The old one requires a plan, the new one being listed: of 3 x 3 x 2 classes, 12
        have a plan or do not need one, 9 are listed, and 6 are both.
        """
        old, new = ruleset(PLANNED), ruleset(LISTED)

        assert regions(old, new) == Regions(6, 6, 3, 3)
        assert verdict(old, new) == "incomparable"

    def test_bound_in_a_gap_and_doubled_weights_make_no_difference(self) -> None:
        """
        No count is between 2 and 3, so more than 2, at least 2.5 and at least 3 have
        the same effect; and half of the points is half of twice the points.
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
        Points of members are 0, 1, 2, of plan 0, 6, and 3 if it does not apply. At
        least 3 of them: 6 classes; at least 50 % of 8, which is 4: 6 + 0, 6 + 1, 6 + 2,
        3 + 1 and 3 + 2.
        """
        old = ruleset(ScoreReaches(Decimal(3), "points"))
        new = ruleset(ScoreReaches(Decimal(50), "percent"))

        assert regions(old, new) == Regions(5, 1, 0, 3)


class TestHistories:
    """docs/semantics.md, 2.12: the classes of histories."""

    def test_two_overlapping_ages_make_four_classes(self) -> None:
        """
        An event can be 18 to 24 months old, at least 24, both (at 24 to the day), or
        neither.
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

    def test_exclusive_ages_need_two_events(self) -> None:
        """
        No event is both at most 6 and at least 12 months old, but two events can be; an
        event 6 months before another one, both of them older than 6 months, makes a
        repeated one; and a repeated one with a young event needs three.
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

    def test_three_exclusive_ages_need_three_events(self) -> None:
        """
        At most 6, exactly 12 and at least 18 months are three days, in 2 x 2 x 2
        classes, each with one event for each requirement that is met.
        """
        young = Earlier("gold", "benchmarked", at_most_months=6)
        middle = Earlier("gold", "benchmarked", at_least_months=12, at_most_months=12)
        old = Earlier("gold", "benchmarked", at_least_months=18)

        found = classes_of_interviews(ruleset(young, middle), ruleset(old))

        cells = found["history", "gold", "benchmarked"]
        assert {each.signature: len(each.value) for each in cells} == {
            each: each.count("met") for each in product(("met", "not_met"), repeat=3)
        }

    def test_day_too_early_or_too_late_is_in_another_class(self) -> None:
        """
        On 29 February 2024, events of 29 to 31 August 2023 are exactly six months old,
        since 29 February is the last day of its month; those of 28 August and 1
        September are not.
        """
        exactly = ruleset(Earlier("silver", "benchmarked", at_least_months=6, at_most_months=6))
        on = date(2024, 2, 29)

        found = classes_of_interviews(exactly, exactly, on=on)

        cells = found["history", "silver", "benchmarked"]
        assert [each.signature for each in cells] == [("not_met",), ("met",)]
        (event,) = cells[1].value
        assert date(2023, 8, 29) <= event.on <= date(2023, 8, 31)

    def test_events_since_an_award_are_one_question_with_it(self) -> None:
        """
        Without an award any event will do; with one it is before or after it.
        """
        earlier = Earlier("bronze", "benchmarked")
        rules = ruleset(evolve(earlier, since_award_of="silver"), Earlier("silver", "awarded"))

        found = classes_of_interviews(ruleset(earlier), rules)

        cells = found["history", "bronze", "benchmarked", "silver", "awarded"]
        assert {each.signature: len(each.value) for each in cells} == {
            ("not_met", "not_met", "not_met"): 0,
            ("met", "met", "not_met"): 1,
            ("not_met", "not_met", "met"): 1,
            ("met", "met", "met"): 2,
            ("met", "not_met", "met"): 2,
        }
        assert regions(ruleset(earlier), rules) == Regions(9, 18, 0, 18)


class TestImprovements:
    """The classes of numbers of confirmed improvements."""

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
    """The distance to an interview with different outcomes under two rulesets."""

    OLD = ruleset(Floor(["members"], REASONABLE), PLANNED)
    NEW = ruleset(Floor(["members"], EXCELLENT), PLANNED)

    def test_distance_counts_questions(self) -> None:
        """
        One or two members and a plan are awarded by the old ruleset alone. From there
        the distance is 0, from 4 members 1, from none and no plan 2; the fact has no
        effect.
        """
        for members, plan, least in ((2, True, 0), (4, True, 1), (1, False, 1), (0, False, 2)):
            base = interview(members=members, plan=plan, listed=False)
            assert fewest_changes(base, self.OLD, self.NEW) == least

    def test_unanswered_question_counts_as_a_change(self) -> None:
        """
        The witness is complete, so an answer missing from the base counts: here the
        fact.
        """
        base = interview(members=2, plan=True)

        assert fewest_changes(base, self.OLD, self.NEW) == 1

    def test_stricter_ruleset_awards_nothing_alone(self) -> None:
        """
        There is no distance in this direction, and one in the other.
        """
        base = interview(members=2, plan=True, listed=False)

        assert fewest_changes(base, self.OLD, self.NEW, awarded_by="new") is None
        assert fewest_changes(base, self.NEW, self.OLD, awarded_by="new") == 0

    def test_history_and_improvements_count_as_one_change_each(self) -> None:
        """
        From a base without either, an award of the old one alone needs a confirmed
        improvement (two would be too many) and an event.
        """
        event = Earlier("bronze", "awarded", at_least_months=12)
        old = ruleset(Improvements(1), event)
        new = ruleset(Improvements(2), event)
        base = interview(members=2, plan=True, listed=False)

        assert fewest_changes(base, old, new) == 2


class TestCheapestImprovement:
    """The lowest cost of earning the label."""

    def plan(self, requirement: Requirement, effort: int = 1, **values: object) -> object:
        """Return the lowest cost, and the cheapest sets as indicators with their grades."""
        found = cheapest_improvement(
            interview(**values),
            ruleset(requirement),
            lambda name, steps: steps * (effort if name == "plan" else 1),
        )
        return found and (
            found.cost,
            {frozenset((c.indicator, c.grade) for c in each) for each in found.changes},
        )

    def test_heavier_indicator_is_cheaper(self) -> None:
        """
        2 of 8 points are required: two steps of members earn 2, one of plan earns 6.
        """
        asked = ScoreReaches(Decimal(25), "percent")

        assert self.plan(asked, members=0, plan=False) == (1, {frozenset({("plan", EXCELLENT)})})

    def test_all_cheapest_sets_are_found(self) -> None:
        """
        If a step of plan takes twice the effort, the two ways cost the same.
        """
        asked = ScoreReaches(Decimal(25), "percent")

        assert self.plan(asked, 2, members=0, plan=False) == (
            2,
            {frozenset({("plan", EXCELLENT)}), frozenset({("members", EXCELLENT)})},
        )

    def test_unanswered_is_a_step_below_the_lowest_grade(self) -> None:
        """
        From unanswered to excellent there are three steps for three grades.
        """
        asked = Floor(["members"], EXCELLENT)

        assert self.plan(asked, plan=False) == (3, {frozenset({("members", EXCELLENT)})})

    def test_awarded_interview_costs_nothing(self) -> None:
        """
        An awarded interview needs no change.
        """
        assert self.plan(PLANNED, plan=True) == (0, {frozenset()})

    def test_another_answer_of_the_same_grade_is_one_step(self) -> None:
        """
        Three members are excellent and so are four, but only four are enough here.
        """
        four = AnswerMeets("indicator", "members", Threshold("value", "at_least", Decimal(4)))

        assert self.plan(four, members=3) == (1, {frozenset({("members", EXCELLENT)})})
        # one step to excellent, whether or not to four
        assert self.plan(four, members=1) == (1, {frozenset({("members", EXCELLENT)})})

    def test_facts_and_inapplicable_indicators_do_not_change(self) -> None:
        """
        Too many members cannot become fewer, a fact does not change, and a plan that
        does not apply always earns 3 of 8 points.
        """
        few = AnswerMeets("indicator", "members", Threshold("value", "at_most", Decimal(1)))
        most = ScoreReaches(Decimal(75), "percent")

        assert self.plan(few, members=4) is None
        assert self.plan(LISTED, listed=False) is None
        assert self.plan(most, members=4, plan=NotApplicable("young")) is None
        assert self.plan(most, members=4, plan=False) is not None

    def test_ungraded_indicator_takes_one_step(self) -> None:
        """
        If plan is not graded, any other answer to it is one step.
        """
        ungraded = ruleset(PLANNED, grading={"members": MEMBERS})

        for start in (interview(plan=False), interview()):
            found = cheapest_improvement(start, ungraded)
            assert found is not None
            assert found.cost == 1


class TestFewestDowngrades:
    """The fewest downgrades that lose an award."""

    def test_downgrades_count_steps(self) -> None:
        """
        Of 2 + 6 points, 4 are lost with one step of plan; to be below 2 members has to
        go down as well; facts have no steps.
        """
        best = interview(members=4, plan=True, listed=True)

        assert fewest_downgrades(best, ruleset(ScoreReaches(Decimal(50), "percent"))) == 1
        assert fewest_downgrades(best, ruleset(ScoreReaches(Decimal(25), "percent"))) == 2
        assert fewest_downgrades(best, ruleset(LISTED)) is None
        assert fewest_downgrades(best, ruleset(Floor(["members"], REASONABLE))) == 2

    def test_refused_label_cannot_be_lost(self) -> None:
        """
        A refused and an undetermined label have no distance.
        """
        assert fewest_downgrades(interview(plan=False), ruleset(PLANNED)) is None
        assert fewest_downgrades(interview(), ruleset(PLANNED)) is None


class TestSettled:
    """The outcomes that all completions of an interview have in common."""

    def test_score_is_settled_once_the_rest_cannot_matter(self) -> None:
        """
        With a plan 6 to 8 of 8 points are at least 50 % in any case; without one 0 to 2
        never are; with 4 members and plan open 2, 5 or 8 points are possible.
        """
        half = ruleset(ScoreReaches(Decimal(50), "percent"))

        assert settled(interview(plan=True), half).label == {AWARDED}
        assert settled(interview(plan=False), half).label == {REFUSED}
        assert settled(interview(members=4), half).label == {AWARDED, REFUSED}

    def test_completion_may_be_not_applicable(self) -> None:
        """
        An unanswered plan may be yes, no, or not applicable.
        """
        found = settled(interview(), ruleset(PLANNED, Complete()))

        assert found.criteria["criterion-0"] == {MET, NOT_MET, NOT_APPLICABLE}
        assert found.criteria["criterion-1"] == {MET}

    def test_outcome_of_every_completion_is_settled(self) -> None:
        """
        Two required criteria of which one always fails settle the label, although
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
    """Criteria of a ruleset that are implied, irrelevant or unattainable."""

    def test_higher_floor_implies_the_lower(self) -> None:
        """
        An excellent indicator is also reasonable, but not the reverse.
        """
        both = ruleset(Floor(["members"], REASONABLE), Floor(["members"], EXCELLENT))

        assert implied(both.criteria[0], both)
        assert not implied(both.criteria[1], both)

    def test_advisory_criterion_implies_nothing(self) -> None:
        """
        Only required criteria imply others.
        """
        high = Criterion("high", "advisory", Floor(["members"], EXCELLENT))
        low = Criterion("low", "required", Floor(["members"], REASONABLE))

        assert not implied(low, ruleset(criteria=[high, low]))

    def test_relevant_answer_changes_some_outcome(self) -> None:
        """
        In complete interviews *complete* is always met, so it makes no answer relevant;
        one member more or less can cross a floor; advisory criteria count too.
        """
        rules = ruleset(Complete(), Floor(["members"], REASONABLE))
        advised = evolve(rules, criteria=[*rules.criteria, Criterion("fact", "advisory", LISTED)])

        assert matters("members", rules)
        assert not matters("plan", rules)
        assert not matters("listed", rules)
        assert matters("listed", advised)

    def test_too_few_points_are_irrelevant(self) -> None:
        """
        With 6 points for a plan, 3 if it does not apply and 6 required, up to 2 points
        of members make no difference; with 4 required they do.
        """
        assert not matters("members", ruleset(ScoreReaches(Decimal(6), "points")))
        assert matters("members", ruleset(ScoreReaches(Decimal(4), "points")))

    def test_three_of_two_indicators_are_unattainable(self) -> None:
        """
        A label and a dimension are attainable if some interview attains them.
        """
        count = Criterion("count", "required", CountGraded(3, IMPROVABLE), dimension="structure")
        rules = ruleset(criteria=[count])

        assert not attainable(rules)
        assert not attainable(rules, "structure")
        assert attainable(rules, "services")


def test_complete_interviews_cover_all_classes() -> None:
    """
    Members are 0 to 4, plan 3 ways, listed 2, with 0, 1 or 2 improvements: 90 interviews
    for each history. An event is at least 12 months old on 18 March 2023 and before; the
    critical days are 17, 18 and 19 March 2023, the same around 18 February, a month older
    than any bound, and 17 March 2024: 7 days, with 1 + 7 + 21 + 35 = 64 histories. In
    classes: 3 members, 3 plans, 1 listed, 2 improvements, 2 histories.
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
