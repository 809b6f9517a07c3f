"""Formulas, their opposites and the boxes that they fall into."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from formula_strategies import holds, problems
from hypothesis import given

from ecei_rules.analysis.solver.formulas import (
    ALWAYS,
    NEVER,
    AtLeast,
    Below,
    Box,
    Conjunction,
    Disjunction,
    In,
    boxes,
    conjunction,
    disjunction,
    membership,
    negated,
)
from ecei_rules.diagnostics.errors import BeyondMethod

if TYPE_CHECKING:
    from formula_strategies import Problem

    from ecei_rules.analysis.solver.formulas import Formula


@given(problems())
def test_the_opposite_holds_where_the_formula_does_not(problem: Problem) -> None:
    """
    Of every choice, and the opposite of the opposite is the formula again.
    """
    formula, sizes, sums = problem
    opposite = negated(formula, sizes)
    again = negated(opposite, sizes)

    for cells in product(*map(range, sizes)):
        assert holds(opposite, sums, cells) is not holds(formula, sums, cells)
        assert holds(again, sums, cells) is holds(formula, sums, cells)


@given(problems())
def test_the_boxes_together_are_what_the_formula_says(problem: Problem) -> None:
    """
    A choice is in some box just if the formula holds of it.
    """
    formula, sizes, sums = problem
    found = boxes(formula)

    for cells in product(*map(range, sizes)):
        inside = any(holds(_conjunction(box), sums, cells) for box in found)
        assert inside is holds(formula, sums, cells)


def _conjunction(box: Box) -> Formula:
    return Conjunction(
        [
            *(In(*each) for each in box.classes.items()),
            *(AtLeast(*each) for each in box.at_least.items()),
            *(Below(*each) for each in box.below.items()),
        ]
    )


@given(problems())
def test_a_formula_that_is_made_is_flat_and_says_the_same(problem: Problem) -> None:
    """
    No conjunction stands in a conjunction, no disjunction in a disjunction, none has just
    one part, and none a part twice.
    """
    formula, sizes, sums = problem
    made = _made(formula)

    assert_flat(made)
    for cells in product(*map(range, sizes)):
        assert holds(made, sums, cells) is holds(formula, sums, cells)


def _made(formula: Formula) -> Formula:
    match formula:
        case Conjunction(parts=parts):
            return conjunction(_made(part) for part in parts)
        case Disjunction(parts=parts):
            return disjunction(_made(part) for part in parts)
        case _:
            return formula


def assert_flat(formula: Formula) -> None:
    """Hold a formula, and what it is made of, to being flat."""
    if isinstance(formula, Conjunction | Disjunction):
        assert len(formula.parts) == len(set(formula.parts)) != 1
        assert type(formula) not in map(type, formula.parts)
        for part in formula.parts:
            assert_flat(part)


class TestConstants:
    """What always and never holds."""

    ONE, OTHER = In(0, 0b01), AtLeast(0, 2)

    def test_they_decide_or_fall_away(self) -> None:
        """
        Never decides a conjunction, always a disjunction; elsewhere they say nothing.
        """
        assert conjunction([self.ONE, NEVER]) == NEVER
        assert disjunction([self.ONE, ALWAYS]) == ALWAYS
        assert conjunction([self.ONE, ALWAYS]) == disjunction([self.ONE, NEVER]) == self.ONE
        assert conjunction([]) == ALWAYS
        assert disjunction([]) == NEVER

    def test_what_is_said_twice_is_said_once(self) -> None:
        """
        Within each other too.
        """
        assert conjunction([self.ONE, Conjunction([self.ONE, self.OTHER])]) == Conjunction(
            [self.ONE, self.OTHER]
        )
        assert disjunction([Disjunction([self.ONE, self.OTHER]), self.ONE]) == Disjunction(
            [self.ONE, self.OTHER]
        )
        assert disjunction([self.ONE, self.ONE]) == self.ONE

    def test_all_or_none_of_the_classes(self) -> None:
        """
        Of a question of three classes.
        """
        assert membership(1, 0b111, 3) == ALWAYS
        assert membership(1, 0b000, 3) == NEVER
        assert membership(1, 0b101, 3) == In(1, 0b101)
        assert negated(In(1, 0b101), [2, 3]) == In(1, 0b010)
        assert negated(ALWAYS, []) == NEVER


class TestBoxes:
    """Conjunctions of classes and bounds."""

    def test_the_narrower_bound_is_kept(self) -> None:
        """
        The higher of what is to be reached, the lower of what is not to be.
        """
        formula = Conjunction(
            [AtLeast(0, 2), AtLeast(0, 3), Below(0, 7), Below(0, 5), In(0, 0b011), In(0, 0b110)]
        )

        assert boxes(formula) == (Box({0: 0b010}, {0: 3}, {0: 5}),)

    def test_what_excludes_itself_is_left_out(self) -> None:
        """
        By the classes alone; bounds are left to the search.
        """
        assert boxes(Conjunction([In(0, 0b01), In(0, 0b10)])) == ()
        (contradiction,) = boxes(Conjunction([AtLeast(0, 3), Below(0, 3)]))
        assert contradiction.contradicts_itself
        (single,) = boxes(Conjunction([AtLeast(0, 3), Below(0, 4)]))
        assert not single.contradicts_itself
        (other,) = boxes(Conjunction([AtLeast(0, 3), Below(1, 1)]))
        assert not other.contradicts_itself

    def test_too_many_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Two alternatives twice are four boxes.
        """
        formula = Conjunction([Disjunction([In(at, 0b01), AtLeast(at, 1)]) for at in range(2)])
        monkeypatch.setattr("ecei_rules.analysis.solver.formulas.MAX_BOXES", 4)
        assert len(boxes(formula)) == 4

        monkeypatch.setattr("ecei_rules.analysis.solver.formulas.MAX_BOXES", 3)
        with pytest.raises(BeyondMethod) as caught:
            boxes(formula)
        assert str(caught.value) == "a combination of so many alternatives is beyond the method"
