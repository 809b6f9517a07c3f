"""Made-up interviews of given classes, and the order of preference of classes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from small_worlds import World, interview_days, small_interviews, worlds
from tiny_rulesets import (
    ON,
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

from ecei_rules.analysis.encoding.space import encode
from ecei_rules.comparison.witnesses import base_of, best_interview, interview_from
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Choice, Count, YesNo
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.interview import Improvement, check_interview
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import Earlier, Improvements

if TYPE_CHECKING:
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


@given(worlds(), interview_days, st.data())
def test_interview_has_the_classes_it_was_made_from(
    world: World, on: date, data: st.DataObject
) -> None:
    """
    It is complete and valid, whatever the classes and the base.
    """
    space = encode((world.old, world.new), on)
    given_one = data.draw(st.none() | small_interviews(world, complete=data.draw(st.booleans())))
    base = best_interview(space)
    if given_one is not None:
        given_one = evolve(given_one, conducted=evolve(given_one.conducted, on=on))
        base = base_of(given_one, space)
    cells = [data.draw(st.sampled_from(order)) for order in base.orders]

    for side in (0, 1):
        made = interview_from(space, cells, base, side)
        assert list(space.classes_of(made, side)) == cells
        assert made.unanswered == ()
        assert check_interview(made) == ()
        assert made.conducted.on == on


def preferred(*rules: Ruleset) -> list[Answer]:
    """Return one answer from each class of the first question, the preferred one first."""
    space = encode(rules, ON)
    cells = space.questions[0].classes
    return [cells[number].answers[0] for number in best_interview(space).orders[0]]


class TestOrder:
    """The order of preference of classes (docs/semantics.md, 9.6)."""

    ASKED = catalogue(indicator("focus", Choice(options("north", "south", "east"))))

    def test_grade_of_the_first_ruleset_comes_before_that_of_the_second(self) -> None:
        """
        The first prefers south to all others, the second prefers east to north.
        """
        first = ruleset(self.ASKED, grading={"focus": grades(OneOf(["south"]))})
        second = ruleset(self.ASKED, grading={"focus": grades(OneOf(["east"]))})

        assert preferred(first, second) == ["south", "east", "north"]
        assert preferred(second, first) == ["east", "south", "north"]

    def test_more_conditions_met_come_next(self) -> None:
        """
        East meets two criteria, south one, north none; equals are in the order of the
        criteria that they meet.
        """
        both, east = OneOf(["south", "east"]), OneOf(["east"])

        assert preferred(ruleset(self.ASKED, meets("focus", both), meets("focus", east))) == [
            "east",
            "south",
            "north",
        ]
        one, other = OneOf(["east"]), OneOf(["north"])
        assert preferred(ruleset(self.ASKED, meets("focus", one), meets("focus", other))) == [
            "east",
            "north",
            "south",
        ]

    def test_not_applicable_is_ordered_by_points_and_last_of_equals(self) -> None:
        """
        It has no grade, so it is compared with the lowest grade by its points.
        """
        asked = catalogue(indicator("plan", YesNo(), not_applicable=True))
        aside = NotApplicable("does not apply")

        def order(points: int) -> list[Answer]:
            grading = {"plan": grades(YES, not_applicable_points=points)}
            return preferred(ruleset(asked, grading=grading))

        assert order(0) == [True, False, aside]
        assert order(1) == [True, aside, False]
        assert preferred(ruleset(asked)) == [True, aside]

    def test_own_classes_come_first_and_cost_nothing(self) -> None:
        """
        Every other class costs one; an open question has its best class.
        """
        asked = catalogue(*self.ASKED.indicators, indicator("plan", YesNo()))
        rules = ruleset(asked, meets("plan"), grading={"focus": grades(OneOf(["south"]))})
        space = encode((rules,), ON)
        names = [[cell.answers[0] for cell in each.classes] for each in space.questions]

        base = base_of(interview(asked, focus="east"), space)

        first = [each[order[0]] for each, order in zip(names, base.orders, strict=True)]
        # north and east are of one class, in which north is the first
        assert first == ["north", True]
        assert base.answered == (True, False)
        assert [list(each.values()) for each in base.costs] == [[0, 1], [0, 1]]
        made = interview_from(space, [order[0] for order in base.orders], base, 0)
        assert made.answers == {"focus": "east", "plan": True}


class TestHistoriesAndImprovements:
    """The histories and improvements of made-up interviews."""

    ASKED = catalogue(indicator("plan", YesNo()), indicator("team", YesNo()))
    RULES = ruleset(ASKED, Earlier("bronze", "awarded", at_least_months=12), Improvements(1))

    def made(self, base: Interview, *, other: bool) -> Interview:
        """Return an interview of the base's classes, or of the other ones."""
        space = encode((self.RULES,), ON)
        start = base_of(base, space)
        cells = [order[-1] if other else order[0] for order in start.orders]
        return interview_from(space, cells, start, 0)

    def test_same_class_keeps_them(self) -> None:
        """
        Events of any label stay, and improvements, confirmed or not.
        """
        base = interview(
            self.ASKED,
            plan=True,
            team=False,
            history=[
                LabelEvent("gold", "benchmarked", date(2024, 1, 1)),
                LabelEvent("bronze", "awarded", date(2020, 1, 1), valid_until=date(2022, 1, 1)),
            ],
            improvements=[Improvement("team", "more"), Improvement("plan", "new", confirmed=True)],
        )

        assert self.made(base, other=False) == base

    def test_another_class_replaces_the_events_of_one_kind_alone(self) -> None:
        """
        The events of gold stay; the only award of bronze and the improvements are dropped.
        """
        gold = LabelEvent("gold", "benchmarked", date(2024, 1, 1))
        award = LabelEvent("bronze", "awarded", date(2020, 1, 1), valid_until=date(2022, 1, 1))
        improved = Improvement("plan", "new", confirmed=True)
        base = interview(
            self.ASKED, plan=True, team=True, history=[gold, award], improvements=[improved]
        )

        made = self.made(base, other=True)

        assert made.history == (gold,)
        assert made.improvements == ()

    def test_missing_events_and_improvements_are_made_up(self) -> None:
        """
        An award of a year ago, for two years, and an improvement of the first indicator.
        """
        made = self.made(interview(self.ASKED, plan=True, team=True), other=True)

        assert made.history == (
            LabelEvent("bronze", "awarded", date(2023, 3, 18), valid_until=date(2025, 3, 18)),
        )
        assert [each.indicator for each in made.improvements] == ["plan"]
        assert all(each.confirmed for each in made.improvements)

    def test_improvements_are_of_common_indicators(self) -> None:
        """
        The new catalogue does not have the first indicator of the old one.
        """
        new = ruleset(
            evolve(self.ASKED, version="2", indicators=self.ASKED.indicators[1:]), Improvements(1)
        )
        space = encode((self.RULES, new), ON)
        base = best_interview(space)

        for side in (0, 1):
            made = interview_from(space, [order[0] for order in base.orders], base, side)
            assert [each.indicator for each in made.improvements] == ["team"]
            assert check_interview(made) == ()


def test_class_of_numbers_has_the_smallest_one() -> None:
    """
    40 members for at least 40, none for fewer.
    """
    asked = catalogue(indicator("members", Count(maximum=100)))
    rules = ruleset(asked, meets("members", at_least(40)))

    assert preferred(rules) == [40, 0]
    few = ruleset(asked, meets("members", Threshold("value", "at_most", Decimal(7))))
    assert preferred(few) == [0, 8]
