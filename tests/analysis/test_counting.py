"""Counts of the choices that a formula holds of, against trying every one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from formula_strategies import holds, problems
from hypothesis import given, settings

from ecei_rules.analysis.solver.counting import count, questions_in, replaced
from ecei_rules.analysis.solver.formulas import (
    ALWAYS,
    NEVER,
    AtLeast,
    Below,
    Conjunction,
    Disjunction,
    Formula,
    In,
    negated,
)
from ecei_rules.diagnostics.errors import BeyondMethod

if TYPE_CHECKING:
    from formula_strategies import Problem

MANY = settings(max_examples=4 * settings().max_examples)


@MANY
@given(problems())
def test_a_count_is_the_number_of_choices_of_which_the_formula_holds(problem: Problem) -> None:
    """
    One class is chosen for each question; each choice is counted once.
    """
    formula, sizes, sums = problem

    expected = sum(holds(formula, sums, cells) for cells in product(*map(range, sizes)))

    assert count(formula, sizes, sums) == expected


@given(problems())
def test_a_formula_and_its_opposite_share_out_all_choices(problem: Problem) -> None:
    """
    Every choice is on one side.
    """
    formula, sizes, sums = problem
    every_choice = len(list(product(*map(range, sizes))))

    opposite = negated(formula, sizes)

    assert count(formula, sizes, sums) + count(opposite, sizes, sums) == every_choice


class TestEdges:
    """Formulas by hand."""

    def test_constants(self) -> None:
        """
        Always is all of them, never is none.
        """
        assert count(ALWAYS, [2, 3], []) == 6
        assert count(NEVER, [2, 3], []) == 0
        assert count(ALWAYS, [], []) == 1

    def test_parts_that_share_no_question_multiply(self) -> None:
        """
        1 of 2, 2 of 3, and a third question of 4 that nothing asks about; a part that
        joins the two makes them one count.
        """
        apart = [In(0, 0b01), In(1, 0b011)]
        joined = Disjunction([In(0, 0b10), In(1, 0b001)])

        assert count(Conjunction(apart), [2, 3, 4], []) == 1 * 2 * 4
        assert count(Conjunction([*apart, joined]), [2, 3, 4], []) == 1 * 1 * 4

    def test_what_is_settled_early_counts_for_all_that_is_left(self) -> None:
        """
        The first class of a question of 2 is enough with any of 3; the second needs one.
        """
        assert count(Disjunction([In(0, 0b01), In(1, 0b001)]), [2, 3], []) == 3 + 1

    def test_a_large_count_is_exact(self) -> None:
        """
        Half of the choices of 5 ** 36 and one: their sum is even or odd.
        """
        points = (((0, 1, 2, 3, 4),) * 36,)
        middle = 72

        reached = count(AtLeast(0, middle), [5] * 36, points)
        more = count(AtLeast(0, middle + 1), [5] * 36, points)

        # what reaches the middle is as much as what does not exceed it
        assert reached + more == 5**36

    def test_a_formula_of_several_sums(self) -> None:
        """
        Of 3 x 3 choices 0 to 2 and 0 to 2: at least 2 in all and the first below 1 is one
        (0, 2); the second at least 1 or both below 1 are 6 and 1.
        """
        both = ((0, 1, 2), (0, 1, 2))
        first = ((0, 1, 2), (0, 0, 0))
        second = ((0, 0, 0), (0, 1, 2))
        sums = (both, first, second)

        assert count(Conjunction([AtLeast(0, 2), Below(1, 1)]), [3, 3], sums) == 1
        either = Disjunction([AtLeast(2, 1), Conjunction([Below(0, 1), Below(2, 1)])])
        assert count(either, [3, 3], sums) == 7

    def test_the_questions_of_a_formula_are_its_own_and_those_of_its_sums(self) -> None:
        """
        A question that adds nothing to a sum is not in it.
        """
        formula = Conjunction([In(3, 0b01), Disjunction([AtLeast(0, 1), Below(0, 2)])])

        assert set(questions_in(formula, (((0, 1), (0, 0), (0, 2)),))) == {0, 2, 3}

    def test_what_is_known_is_replaced(self) -> None:
        """
        Parts that are decided fall away, and decide the whole where they can.
        """
        formula = Conjunction([In(0, 0b01), Disjunction([In(1, 0b01), AtLeast(0, 1)])])

        def when(truths: dict[Any, bool]) -> Formula:
            return replaced(formula, truths.get)

        assert when({}) == formula
        assert when({In(0, 0b01): True, In(1, 0b01): False}) == AtLeast(0, 1)
        assert when({In(0, 0b01): True, AtLeast(0, 1): True}) == ALWAYS
        assert when({In(0, 0b01): False}) == NEVER


@pytest.mark.parametrize("limit", ["MAX_STATES", "MAX_BYTES"])
def test_a_count_of_too_many_states_is_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Before they are made.
    """
    monkeypatch.setattr(f"ecei_rules.analysis.solver.counting.{limit}", 0)

    with pytest.raises(BeyondMethod) as caught:
        count(AtLeast(0, 1), [8, 8], (((0, 1, 2, 3, 4, 5, 6, 7),) * 2,))
    assert str(caught.value) == "a count over sums of so many values is beyond the method"
