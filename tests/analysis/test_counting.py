"""Model counting, compared with trying every choice."""

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
def test_count_agrees_with_trying_every_choice(problem: Problem) -> None:
    """
    Each choice of one class for each question is counted once.
    """
    formula, sizes, sums = problem

    expected = sum(holds(formula, sums, cells) for cells in product(*map(range, sizes)))

    assert count(formula, sizes, sums) == expected


@given(problems())
def test_formula_and_negation_add_up_to_all_choices(problem: Problem) -> None:
    """
    Every choice satisfies exactly one of the two.
    """
    formula, sizes, sums = problem
    every_choice = len(list(product(*map(range, sizes))))

    opposite = negated(formula, sizes)

    assert count(formula, sizes, sums) + count(opposite, sizes, sums) == every_choice


class TestEdges:
    """Counts of formulas, by hand."""

    def test_constants(self) -> None:
        """
        Every choice satisfies `ALWAYS`, and none `NEVER`.
        """
        assert count(ALWAYS, [2, 3], []) == 6
        assert count(NEVER, [2, 3], []) == 0
        assert count(ALWAYS, [], []) == 1

    def test_independent_parts_multiply(self) -> None:
        """
        1 of 2, 2 of 3, and all 4 of a question in no part; a part over both makes one
        count.
        """
        apart = [In(0, 0b01), In(1, 0b011)]
        joined = Disjunction([In(0, 0b10), In(1, 0b001)])

        assert count(Conjunction(apart), [2, 3, 4], []) == 1 * 2 * 4
        assert count(Conjunction([*apart, joined]), [2, 3, 4], []) == 1 * 1 * 4

    def test_satisfied_formula_counts_all_remaining_choices(self) -> None:
        """
        The first class of a question of 2 is enough with any of 3; the second needs one.
        """
        assert count(Disjunction([In(0, 0b01), In(1, 0b001)]), [2, 3], []) == 3 + 1

    def test_large_count_is_exact(self) -> None:
        """
        Of 5 ** 36 choices as many reach the middle as do not exceed it.
        """
        points = (((0, 1, 2, 3, 4),) * 36,)
        middle = 72

        reached = count(AtLeast(0, middle), [5] * 36, points)
        more = count(AtLeast(0, middle + 1), [5] * 36, points)

        # what reaches the middle is as much as what does not exceed it
        assert reached + more == 5**36

    def test_several_sums_are_counted(self) -> None:
        """
        Of 3 x 3 choices one has 2 points in all and none in the first question. 6 have a
        point in the second question, and one has none at all.
        """
        both = ((0, 1, 2), (0, 1, 2))
        first = ((0, 1, 2), (0, 0, 0))
        second = ((0, 0, 0), (0, 1, 2))
        sums = (both, first, second)

        assert count(Conjunction([AtLeast(0, 2), Below(1, 1)]), [3, 3], sums) == 1
        either = Disjunction([AtLeast(2, 1), Conjunction([Below(0, 1), Below(2, 1)])])
        assert count(either, [3, 3], sums) == 7

    def test_questions_in_a_formula_include_those_of_its_sums(self) -> None:
        """
        A question that adds nothing to a sum is not among them.
        """
        formula = Conjunction([In(3, 0b01), Disjunction([AtLeast(0, 1), Below(0, 2)])])

        assert set(questions_in(formula, (((0, 1), (0, 0), (0, 2)),))) == {0, 2, 3}

    def test_known_atoms_are_replaced(self) -> None:
        """
        Decided parts disappear, and decide the whole where they can.
        """
        formula = Conjunction([In(0, 0b01), Disjunction([In(1, 0b01), AtLeast(0, 1)])])

        def when(truths: dict[Any, bool]) -> Formula:
            return replaced(formula, truths.get)

        assert when({}) == formula
        assert when({In(0, 0b01): True, In(1, 0b01): False}) == AtLeast(0, 1)
        assert when({In(0, 0b01): True, AtLeast(0, 1): True}) == ALWAYS
        assert when({In(0, 0b01): False}) == NEVER


@pytest.mark.parametrize("limit", ["MAX_COUNT_STATES", "MAX_BYTES"])
def test_too_many_states_are_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The states are not built first.
    """
    monkeypatch.setattr(f"ecei_rules.analysis.solver.counting.{limit}", 0)

    with pytest.raises(BeyondMethod) as caught:
        count(AtLeast(0, 1), [8, 8], (((0, 1, 2, 3, 4, 5, 6, 7),) * 2,))
    assert str(caught.value) == "a count over sums of so many values is beyond the method"
