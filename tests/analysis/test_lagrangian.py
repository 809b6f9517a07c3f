"""Lagrangian lower bounds, compared with trying every choice."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.analysis.solver.lagrangian import Candidate, Needs, lagrangian_bound

COSTS = st.integers(0, 5) | st.integers(0, 10**15)
GAINS = st.integers(-6, 6) | st.integers(-(10**400), 10**400)


@st.composite
def searches(draw: st.DrawFn) -> tuple[Needs, list[list[Candidate]]]:
    """Draw some needs, and a few questions with a few candidates each."""
    needs = draw(st.integers(1, 3))
    points = st.tuples(*[GAINS] * needs)
    steps = st.builds(Candidate, st.integers(0, 4), points, COSTS)
    return draw(points), draw(st.lists(st.lists(steps, min_size=1, max_size=3), max_size=4))


def least(needs: Needs, steps: list[list[Candidate]]) -> int | None:
    """Return the cost of the cheapest choice that meets the needs, by trying all."""
    return min(
        (
            sum(step.cost for step in way)
            for way in product(*steps)
            if all(sum(s.gains[at] for s in way) >= need for at, need in enumerate(needs))
        ),
        default=None,
    )


@given(searches(), st.data())
def test_no_choice_costs_less_than_the_bound(
    search: tuple[Needs, list[list[Candidate]]], data: st.DataObject
) -> None:
    """
    That holds from each question on, and for other needs than those that the prices were
    made for.
    """
    needs, steps = search
    relaxation = lagrangian_bound(needs, steps)
    assert all(price >= 0 for price in relaxation.prices)
    at = data.draw(st.integers(0, len(steps)))
    for each in (needs, data.draw(st.tuples(*[GAINS] * len(needs)))):
        cost = least(each, steps[at:])
        assert cost is None or relaxation.bound(at, each) <= cost


def two(cost: int, gain: int) -> list[list[Candidate]]:
    """Return two questions that each stay for nothing, or gain at a cost."""
    return [[Candidate(0, (0,), 0), Candidate(1, (gain,), cost)]] * 2


def test_bound_is_the_cost_of_mixtures() -> None:
    """
    Two questions gain 2 for 3 each: one and a half of them gain 3 for 4.5. The bound is the
    next whole number, while without halves it costs 6.
    """
    found = lagrangian_bound((3,), two(3, 2))

    assert found.bound(0, (3,)) == 5
    assert least((3,), two(3, 2)) == 6


def test_bound_is_as_good_for_large_numbers() -> None:
    """
    In units of a hundred million it is within a hundredth of four and a half.
    """
    bound = lagrangian_bound((3 * 10**8,), two(3 * 10**8, 2 * 10**8)).bound(0, (3 * 10**8,))

    assert 44 * 10**7 <= bound <= 45 * 10**7


def test_forced_costs_are_part_of_the_bound() -> None:
    """
    A question that cannot stay for nothing costs its cheapest class, whatever it gains.
    """
    found = lagrangian_bound((0,), [[Candidate(0, (0,), 4), Candidate(1, (3,), 7)]])

    assert found.bound(0, (0,)) == 4
    assert found.bound(1, (0,)) == 0
