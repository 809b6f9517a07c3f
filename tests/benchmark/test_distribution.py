"""docs/benchmark.md, "Figures": distributions and percentiles, checked with other libraries."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from statistics import quantiles
from typing import TYPE_CHECKING

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import percentileofscore

from ecei_rules.benchmark.distribution import (
    DIGITS,
    Numbers,
    Part,
    Parts,
    Quartiles,
    numbers_from,
    part_from,
    percentile,
    quarter,
    quartiles,
    shares_of,
    truncated,
)
from ecei_rules.diagnostics.json_text import MAX_DIGITS, exact, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

decimals = st.integers(0, 500) | st.decimals(-100, 100, places=2)
samples = st.lists(decimals, min_size=2, max_size=40)
options = ("north", "south", "east", "west")
counts = st.dictionaries(st.sampled_from(options), st.integers(0, 1000)).map(
    lambda drawn: {"north": 0, **drawn}
)
some_counts = counts.map(lambda drawn: {**drawn, "south": drawn.get("south", 0) + 1})
#: The largest, smallest and longest numbers that a document can hold.
extremes = st.sampled_from([exact(t) for t in ("1e999", "9" * 1000, "-1e999", "1e-999", "0", "1")])

NOT_RISING = "each value is listed once, the smallest first, with a count of at least 1"


def occurrences(sample: Sequence[int | Decimal]) -> dict[int | Decimal, int]:
    """Return how often each value occurs in a sample."""
    return dict(Counter(sample))


def quartiles_of(sample: Sequence[int | Decimal]) -> list[int | Decimal]:
    """Return the three quartiles of a sample."""
    quartiles = numbers_from(occurrences(sample)).quartiles
    return [quartiles.lower, quartiles.median, quartiles.upper]


class TestQuartiles:
    """docs/benchmark.md: quartiles are interpolated linearly between two values."""

    @given(samples)
    def test_quartiles_agree_with_the_standard_library(self, sample: list[int | Decimal]) -> None:
        """
        They agree exactly, because both compute with fractions.
        """
        expected = quantiles(list(map(Fraction, sample)), n=4, method="inclusive")

        assert quartiles_of(sample) == expected

    @given(samples)
    def test_quartiles_agree_with_numpy(self, sample: list[int | Decimal]) -> None:
        """
        Its default method gives them in binary floating point.
        """
        expected = np.quantile(np.array(sample, float), [0.25, 0.5, 0.75])

        assert list(map(float, quartiles_of(sample))) == pytest.approx(expected)

    @given(st.lists(extremes, min_size=1, max_size=5))
    def test_quartiles_of_extreme_values_fit_a_document(self, sample: list[int | Decimal]) -> None:
        """
        They have no more digits than a reader accepts, and lie between the values.
        """
        lower, median, upper = quartiles_of(sample)

        assert [exact(plain(each)) for each in (lower, median, upper)] == [lower, median, upper]
        assert min(sample) <= lower <= median <= upper <= max(sample)

    def test_decimals_are_cut_only_without_room(self) -> None:
        """
        Half of the largest number leaves no room for decimals, half of 1 leaves enough.
        """
        largest = 10**MAX_DIGITS - 1

        assert quartiles([0, largest], [1, 1]).median == largest // 2
        assert quartiles([0, 1], [1, 1]) == Quartiles(
            Decimal("0.25"), Decimal("0.5"), Decimal("0.75")
        )


class TestPercentile:
    """docs/benchmark.md: the share below, plus half of the equal share."""

    @given(samples, decimals)
    def test_percentile_agrees_with_scipy(
        self, sample: list[int | Decimal], value: int | Decimal
    ) -> None:
        """
        The value may be in the sample or not.
        """
        numbers = numbers_from(occurrences(sample))
        for ranked in (value, sample[0]):
            share = percentile(numbers.values, numbers.counts, ranked)
            expected = percentileofscore(np.array(sample, float), float(ranked), kind="mean")
            assert float(100 * share) == pytest.approx(expected)

    @given(samples, decimals, decimals)
    def test_larger_value_has_no_lower_rank(
        self, sample: list[int | Decimal], first: int | Decimal, second: int | Decimal
    ) -> None:
        """
        Neither its percentile nor its quarter is lower.
        """
        values, counts = zip(*sorted(occurrences(sample).items()), strict=True)
        low, high = (percentile(values, counts, value) for value in sorted((first, second)))

        assert low <= high
        assert 1 <= quarter(low) <= quarter(high) <= 4


class TestTruncated:
    """docs/benchmark.md, "Many different values"."""

    @given(decimals | extremes, st.sampled_from(DIGITS), st.sampled_from(DIGITS))
    def test_truncating_in_steps_is_truncating_at_once(
        self, value: int | Decimal, first: int, second: int
    ) -> None:
        """
        So it does not matter when there were too many values.
        """
        fewer, more = sorted((first, second))

        assert truncated(truncated(value, more), fewer) == truncated(value, fewer)

    @given(decimals | extremes, st.sampled_from(DIGITS))
    def test_truncation_keeps_the_magnitude(self, value: int | Decimal, digits: int) -> None:
        """
        The first digits stay, so the number moves towards zero, but not far.
        """
        result = truncated(value, digits)

        assert abs(result) <= abs(value)
        assert abs(Fraction(value) - Fraction(result)) * 10 ** (digits - 1) <= abs(Fraction(value))
        assert len(Decimal(result).normalize().as_tuple().digits) <= digits

    def test_short_numbers_stay_and_whole_results_are_integers(self) -> None:
        """
        With two digits 99 stays as it is, and 1.05 becomes 1.
        """
        values = [0, 99, 999, Decimal("1.05"), Decimal("-0.999")]

        assert [truncated(value, 2) for value in values] == [0, 99, 990, 1, Decimal("-0.99")]


class TestShares:
    """docs/benchmark.md: shares of a breakdown add up to 1000 per mille."""

    @given(some_counts)
    def test_shares_add_up_and_are_off_by_less_than_one(self, counts: dict[str, int]) -> None:
        """
        The largest remainder method satisfies the quota rule.
        """
        shares, whole = shares_of(counts, options), sum(counts.values())

        assert list(shares) == list(options)
        assert sum(shares.values()) == 1000
        for name in options:
            assert abs(Fraction(1000 * counts.get(name, 0), whole) - shares[name]) < 1

    @given(some_counts)
    def test_larger_count_has_no_smaller_share(self, counts: dict[str, int]) -> None:
        """
        The shares keep the order of the counts.
        """
        shares = shares_of(counts, options)

        for first, second in permutations(options, 2):
            larger = counts.get(first, 0) > counts.get(second, 0)
            assert not larger or shares[first] >= shares[second]

    def test_first_of_equal_remainders_is_rounded_up(self) -> None:
        """
        Of three thirds, the first has the remaining per mille.
        """
        thirds = {"east": 1, "north": 1, "south": 1}

        assert list(shares_of(thirds, options).values()) == [334, 333, 333, 0]


class TestValues:
    """Values check themselves, so that a document that was edited by hand is noticed."""

    NUMBERS = numbers_from({1: 2, 3: 1})
    PART = part_from("north", {1000: 2})

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"values": []}, "each value needs the number of times that it occurs"),
            ({"counts": [3]}, "each value needs the number of times that it occurs"),
            (
                {"values": [3, 1]},
                NOT_RISING,
            ),
            (
                {"values": [1, 1]},
                NOT_RISING,
            ),
            (
                {"counts": [3, 0]},
                NOT_RISING,
            ),
            ({"counts": [1, 1]}, "the quartiles do not follow from the values"),
            (
                {"values": [1, 12345], "digits": 4},
                "a value has more than 4 digits that are not zero",
            ),
            ({"values": [True, 3]}, "a value must be a number"),
            ({"values": ["1", 3]}, "a value must be a number"),
        ],
    )
    def test_contradictory_numbers_are_refused(
        self, changed: dict[str, object], message: str
    ) -> None:
        """
        The message names the contradiction.
        """
        with pytest.raises((ValueError, TypeError), match=f"^{message}$"):
            evolve(self.NUMBERS, **changed)

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"values": [1001]}, "a share lies between 0 and 1000"),
            ({"values": [-1]}, "a share lies between 0 and 1000"),
            ({"mean": Decimal("999.9")}, "the mean does not follow from the values"),
        ],
    )
    def test_contradictory_part_is_refused(self, changed: dict[str, object], message: str) -> None:
        """
        The message names the contradiction.
        """
        with pytest.raises(ValueError, match=f"^{message}$"):
            evolve(self.PART, **changed)

    @pytest.mark.parametrize(
        "parts",
        [
            [part_from("north", {400: 2})],
            [PART, part_from("south", {0: 1})],
            [PART, part_from("south", {1: 2})],
            [],
        ],
    )
    def test_parts_that_do_not_add_up_are_refused(self, parts: list[Part]) -> None:
        """
        All options have the shares of the same organisations, 1000 per mille for each.
        """
        with pytest.raises(ValueError, match="do not add up to 1000 for every organisation"):
            Parts(parts, 0)

    def test_truncated_numbers_are_accepted(self) -> None:
        """
        They have no more digits than stated.
        """
        assert numbers_from({12300: 1, 7: 1}, 3) == Numbers(
            [7, 12300], [1, 1], quartiles([7, 12300], [1, 1]), digits=3
        )

    def test_mean_is_rounded_down_and_kept_exactly(self) -> None:
        """
        Two thirds of a per mille are 0.6, rounded down.
        """
        part = part_from("north", {0: 1, 1: 2})

        assert (part.mean, part.exact_mean) == (Decimal("0.6"), Fraction(2, 3))
