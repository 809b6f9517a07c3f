"""Formulas, their negations and their boxes."""

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
    in_classes,
    negated,
)
from ecei_rules.diagnostics.errors import BeyondMethod

if TYPE_CHECKING:
    from formula_strategies import Problem

    from ecei_rules.analysis.solver.formulas import Formula


@given(problems())
def test_negation_holds_where_the_formula_does_not(problem: Problem) -> None:
    """
    That is so for every choice, and two negations cancel.
    """
    formula, sizes, sums = problem
    opposite = negated(formula, sizes)
    again = negated(opposite, sizes)

    for cells in product(*map(range, sizes)):
        assert holds(opposite, sums, cells) is not holds(formula, sums, cells)
        assert holds(again, sums, cells) is holds(formula, sums, cells)


@given(problems())
def test_boxes_are_equivalent_to_the_formula(problem: Problem) -> None:
    """
    A choice is in some box exactly if it satisfies the formula.
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
def test_built_formulas_are_flat_and_equivalent(problem: Problem) -> None:
    """
    No conjunction contains a conjunction, no disjunction a disjunction, none has just one
    part, and none a part twice.
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
    """Assert that a formula and all its parts are flat."""
    if isinstance(formula, Conjunction | Disjunction):
        assert len(formula.parts) == len(set(formula.parts)) != 1
        assert type(formula) not in map(type, formula.parts)
        for part in formula.parts:
            assert_flat(part)


class TestConstants:
    """`ALWAYS` and `NEVER`."""

    ONE, OTHER = In(0, 0b01), AtLeast(0, 2)

    def test_constants_decide_or_disappear(self) -> None:
        """
        `NEVER` decides a conjunction, `ALWAYS` a disjunction; elsewhere they disappear.
        """
        assert conjunction([self.ONE, NEVER]) == NEVER
        assert disjunction([self.ONE, ALWAYS]) == ALWAYS
        assert conjunction([self.ONE, ALWAYS]) == disjunction([self.ONE, NEVER]) == self.ONE
        assert conjunction([]) == ALWAYS
        assert disjunction([]) == NEVER

    def test_repeated_parts_are_dropped(self) -> None:
        """
        Parts of nested conjunctions and disjunctions count too.
        """
        assert conjunction([self.ONE, Conjunction([self.ONE, self.OTHER])]) == Conjunction(
            [self.ONE, self.OTHER]
        )
        assert disjunction([Disjunction([self.ONE, self.OTHER]), self.ONE]) == Disjunction(
            [self.ONE, self.OTHER]
        )
        assert disjunction([self.ONE, self.ONE]) == self.ONE

    def test_all_or_no_classes_are_constants(self) -> None:
        """
        The question has three classes.
        """
        assert in_classes(1, 0b111, 3) == ALWAYS
        assert in_classes(1, 0b000, 3) == NEVER
        assert in_classes(1, 0b101, 3) == In(1, 0b101)
        assert negated(In(1, 0b101), [2, 3]) == In(1, 0b010)
        assert negated(ALWAYS, []) == NEVER


class TestBoxes:
    """Boxes: products of class sets with bounds on sums."""

    def test_narrower_bound_is_kept(self) -> None:
        """
        A box keeps the highest lower bound and the lowest upper bound.
        """
        formula = Conjunction(
            [AtLeast(0, 2), AtLeast(0, 3), Below(0, 7), Below(0, 5), In(0, 0b011), In(0, 0b110)]
        )

        assert boxes(formula) == (Box({0: 0b010}, {0: 3}, {0: 5}),)

    def test_box_without_classes_is_left_out(self) -> None:
        """
        Bounds that contradict each other are left to the search.
        """
        assert boxes(Conjunction([In(0, 0b01), In(0, 0b10)])) == ()
        (contradiction,) = boxes(Conjunction([AtLeast(0, 3), Below(0, 3)]))
        assert contradiction.contradicts_itself
        (single,) = boxes(Conjunction([AtLeast(0, 3), Below(0, 4)]))
        assert not single.contradicts_itself
        (other,) = boxes(Conjunction([AtLeast(0, 3), Below(1, 1)]))
        assert not other.contradicts_itself

    def test_too_many_boxes_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
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
