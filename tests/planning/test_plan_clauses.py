"""docs/semantics.md, 10.4, 10.6 and 10.7, where another implementation could differ."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve
from tiny_rulesets import (
    EXCELLENT,
    IMPROVABLE,
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
from ecei_rules.interviews.catalogue import Choice, Count, Number, YesNo
from ecei_rules.planning.planner import plan
from ecei_rules.report.text.plan import explain_plan
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    CountGraded,
    EveryRequirement,
    Floor,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)

A, B = indicator("a", YesNo()), indicator("b", YesNo())
ASKED = catalogue(A, B)
GRADED = {name: grades(YES) for name in "ab"}
SMALL = grades(at_least(40))
MEMBERS = catalogue(indicator("members", Count(maximum=100)), A)


def losing(rules: er.Ruleset, **answers: object) -> dict[str, object]:
    """Return the answers by which an award is lost, each with its indicator."""
    held = interview(rules.catalogue, **answers)
    found = plan(held, rules)
    assert found.outcome is er.LabelOutcome.AWARDED
    assert found.loses is not None
    return {each.indicator: each.answer for each in found.loses.changes}


class TestLoss:
    """10.7: "after which the label is no longer awarded: not awarded, or undetermined"."""

    def test_loss_may_leave_the_label_undetermined(self) -> None:
        """
        One excellent indicator is required and a is one; without it b could be one, too.
        """
        rules = ruleset(ASKED, CountGraded(1, EXCELLENT), grading=GRADED)
        held = interview(ASKED, a=True)

        assert losing(rules, a=True) == {"a": False}
        outcome = er.assess(evolve(held, answers={"a": False}), rules).outcome
        assert outcome is er.LabelOutcome.UNDETERMINED
        assert "The smallest change after which the label is no longer awarded: 1 step down" in (
            explain_plan(plan(held, rules))
        )

    def test_unanswered_alternative_does_not_prevent_the_loss(self) -> None:
        """
        The same of a combination, a score and a floor beside what does not apply.
        """
        some = ruleset(ASKED, SomeRequirement([meets("a"), meets("b")]))
        score = ruleset(ASKED, ScoreReaches(Decimal(50), "percent"), grading=GRADED)

        for rules in (some, score):
            assert losing(rules, a=True) == {"a": False}

    def test_fewest_steps_include_one_that_refuses(self) -> None:
        """
        Two steps in members leave the label open, one step in a refuses it.
        """
        asked = catalogue(*MEMBERS.indicators, B)
        rules = ruleset(
            asked,
            meets("a"),
            SomeRequirement([Floor(["members"], REASONABLE), meets("b")]),
            grading={"members": grades(at_least(40), at_least(15))},
        )

        assert losing(rules, members=63, a=True) == {"a": False}


class TestSteps:
    """10.4: the classes that an improvement can bring an indicator to."""

    def way(self, rules: er.Ruleset, **answers: object) -> list[tuple[object, int]]:
        """Return the answers of the cheapest way, with their steps."""
        found = plan(interview(rules.catalogue, **answers), rules, alternatives=0)
        assert found.blocked == ()
        return [(each.answer, each.steps) for way in found.ways for each in way.changes]

    def test_steps_are_counted_among_the_grades_of_the_indicator(self) -> None:
        """
        From improvable to excellent is one step where nothing is graded reasonable.
        """
        two = {"members": grades(at_least(40))}
        three = {"members": grades(at_least(40), at_least(15))}
        wanted = Floor(["members"], EXCELLENT)

        assert self.way(ruleset(MEMBERS, wanted, grading=two), members=0) == [(40, 1)]
        assert self.way(ruleset(MEMBERS, wanted, grading=three), members=0) == [(40, 2)]

    def test_unattained_grades_count_as_steps(self) -> None:
        """
        No answer is reasonable, and the way past it is two steps all the same.
        """
        none = grades(at_least(40), Threshold("value", "more_than", Decimal(100)))
        rules = ruleset(MEMBERS, Floor(["members"], EXCELLENT), grading={"members": none})

        assert self.way(rules, members=0) == [(40, 2)]

    def test_unanswered_indicator_is_a_step_below_its_lowest_grade(self) -> None:
        """
        An answer of the lowest grade is one step, of the next one two.
        """
        lowest = ruleset(MEMBERS, Floor(["members"], IMPROVABLE), grading={"members": SMALL})
        next_one = ruleset(MEMBERS, Floor(["members"], EXCELLENT), grading={"members": SMALL})

        assert self.way(lowest) == [(0, 1)]
        assert self.way(next_one) == [(40, 2)]

    def test_unanswered_indicator_without_grades_is_one_step(self) -> None:
        """
        Whatever the answer, it is one step, and so is another answer.
        """
        rules = ruleset(MEMBERS, meets("members", at_least(40)))

        assert self.way(rules) == [(40, 1)]
        assert self.way(rules, members=0) == [(40, 1)]

    def test_another_class_of_the_same_grade_may_meet_fewer_conditions(self) -> None:
        """
        Every answer is improvable; from meeting one condition to meeting the other is a step
        that loses the first.
        """
        asked = catalogue(indicator("focus", Choice(options("north", "south"))))
        graded = {"focus": grades()}
        north, south = (meets("focus", OneOf([name])) for name in ("north", "south"))
        rules = ruleset(asked, south, SomeRequirement([north, south]), grading=graded)

        assert self.way(rules, focus="north") == [("south", 1)]

    def test_number_is_the_nearest_of_the_examples(self) -> None:
        """
        An example of a class is its least and its greatest number, or a number between bounds.
        """
        asked = catalogue(indicator("share", Number(minimum=Decimal(0), maximum=Decimal(9))))
        some = ruleset(asked, meets("share", at_least(4)))
        fewer = ruleset(asked, meets("share", Threshold("value", "at_most", Decimal(3))))

        assert self.way(some, share=Decimal(1)) == [(4, 1)]
        assert self.way(fewer, share=Decimal(8)) == [(3, 1)]


class TestAlternatives:
    """10.6: "a way is dropped if a kept one costs no more in any indicator"."""

    def ways(self, *requirements: Requirement, **answers: object) -> list[dict[str, object]]:
        """Return all ways, each as the new answers."""
        asked = catalogue(indicator("members", Count(maximum=100)), A, B)
        graded = {"members": grades(at_least(40), at_least(15)), **GRADED}
        rules = ruleset(asked, *requirements, grading=graded)
        found = plan(interview(asked, **answers), rules, alternatives=99)
        return [{c.indicator: c.answer for c in way.changes} for way in found.ways]

    def test_way_with_more_of_the_same_is_dropped(self) -> None:
        """
        40 members are enough where 15 are, and a beside them is no other way.
        """
        some = SomeRequirement([Floor(["members"], REASONABLE), meets("a")])

        assert self.ways(some, members=0, a=False, b=False) == [{"a": True}, {"members": 15}]

    def test_dearer_way_without_one_of_the_changes_is_kept(self) -> None:
        """
        Two steps in members alone, or one step each in members and in a.
        """
        either = SomeRequirement([Floor(["members"], EXCELLENT), meets("a")])
        both = EveryRequirement([Floor(["members"], REASONABLE), either])

        # of two ways of two steps the one with less of the first indicator comes first
        assert self.ways(both, members=0, a=False, b=False) == [
            {"members": 15, "a": True},
            {"members": 40},
        ]

    def test_cost_at_each_indicator_goes_before_the_class(self) -> None:
        """
        Of an ungraded focus, each option is one step. With north (which meets more, and is
        preferred) two steps in members are needed, with south one there and one in b: the
        second costs less at the second indicator.
        """
        focus = indicator("focus", Choice(options("none", "north", "south")))
        asked = catalogue(focus, indicator("members", Count(maximum=100)), B)
        north, south = (meets("focus", OneOf([name])) for name in ("north", "south"))
        wanted = SomeRequirement(
            [
                EveryRequirement([north, Floor(["members"], EXCELLENT)]),
                EveryRequirement([south, Floor(["members"], REASONABLE), meets("b")]),
            ]
        )
        graded = {"members": grades(at_least(40), at_least(15))}
        rules = ruleset(asked, wanted, grading=graded)
        held = interview(asked, focus="none", members=0, b=False)

        def ways(alternatives: int) -> list[dict[str, object]]:
            found = plan(held, rules, alternatives=alternatives)
            return [{c.indicator: c.answer for c in way.changes} for way in found.ways]

        first = {"focus": "south", "members": 15, "b": True}
        assert ways(0) == [first]
        assert ways(9) == [first, {"focus": "north", "members": 40}]
