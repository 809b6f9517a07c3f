"""Random draws: ranks, weights and quantiles."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.benchmark.synthetic.random_draws import DiscreteDistribution, Quantiles, RandomDraws

ranks = st.floats(0, 1)


@given(st.integers(0, 999_999_999), ranks, st.floats(0, 1))
def test_rank_near_another_is_a_rank(seed: int, rank: float, looseness: float) -> None:
    """
    It stays within 0 to 1, and within the looseness.
    """
    near = RandomDraws(seed, 0).near(rank, looseness)

    assert 0 <= near <= 1
    assert abs(near - rank) <= looseness + 1e-9


@pytest.mark.parametrize("looseness", [0, 0.3, 1])
def test_ranks_near_uniform_ranks_are_uniform(looseness: float) -> None:
    """
    Each tenth has 1,000 of 10,000, within five standard deviations of 30.
    """
    draws = RandomDraws(6, 0)
    tenths = Counter(int(10 * draws.near(draws.rank(), looseness)) for _ in range(10_000))

    assert all(850 <= tenths[tenth] <= 1150 for tenth in range(10))


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).map(lambda w: [*w, 1]), ranks)
def test_weight_of_zero_is_never_drawn(parts: list[int], rank: float) -> None:
    """
    Every rank leads to a positive weight, the ends of the interval included.
    """
    assert parts[DiscreteDistribution(parts).at(rank)] > 0


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=7).map(sorted), ranks, ranks)
def test_higher_rank_gives_no_smaller_number(
    values: list[int], first: float, second: float
) -> None:
    """
    The numbers rise from the first quantile to the last.
    """
    quantiles, (low, high) = Quantiles(values), sorted([first, second])

    assert values[0] <= quantiles.at(low) <= quantiles.at(high) + 1e-9
    assert quantiles.at(high) <= values[-1] + 1e-9
