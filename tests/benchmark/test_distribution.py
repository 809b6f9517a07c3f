"""How often answers occur, and where one stands: held against other libraries."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
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
    numbers,
    part,
    percentile,
    quarter,
    quartiles,
    shares_of,
    shortened,
)
from ecei_rules.diagnostics.json_text import MAX_DIGITS, exact, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

decimals = st.integers(0, 500) | st.decimals(-100, 100, places=2)
samples = st.lists(decimals, min_size=2, max_size=40)
options = ("north", "south", "east", "west")
counts = st.dictionaries(st.sampled_from(options), st.integers(0, 1000)).map(
    lambda found: {"north": 0, **found}
)
some_counts = counts.map(lambda found: {**found, "south": found.get("south", 0) + 1})
#: As large, as small and as long as a document can hold.
extremes = st.sampled_from([exact(t) for t in ("1e999", "9" * 1000, "-1e999", "1e-999", "0", "1")])


def occurrences(sample: Sequence[int | Decimal]) -> dict[int | Decimal, int]:
    """How often each value is in a sample."""
    return dict(Counter(sample))


def members(found: Quartiles) -> list[int | Decimal]:
    """The three of them."""
    return [found.lower, found.median, found.upper]


class TestQuartiles:
    """docs/benchmark.md: found on the straight line between two values."""

    @given(samples)
    def test_they_are_those_of_the_standard_library(self, sample: list[int | Decimal]) -> None:
        """
        Exactly, as both reckon with fractions.
        """
        wanted = quantiles(list(map(Fraction, sample)), n=4, method="inclusive")

        assert members(numbers(occurrences(sample)).quartiles) == wanted

    @given(samples)
    def test_they_are_those_of_numpy(self, sample: list[int | Decimal]) -> None:
        """
        Its default method, in binary floating point.
        """
        found = [float(each) for each in members(numbers(occurrences(sample)).quartiles)]

        assert found == pytest.approx(np.quantile(np.array(sample, float), [0.25, 0.5, 0.75]))

    @given(st.lists(extremes, min_size=1, max_size=5))
    def test_a_document_holds_them_whatever_the_values(self, sample: list[int | Decimal]) -> None:
        """
        They have as many digits as a reader takes, and lie between the values.
        """
        found = members(numbers(occurrences(sample)).quartiles)

        assert [exact(plain(each)) for each in found] == found
        assert min(sample) <= found[0] <= found[1] <= found[2] <= max(sample)

    def test_decimals_are_cut_only_where_there_is_no_room(self) -> None:
        """
        Half of the largest number leaves room for no decimal, half of one for all.
        """
        largest = 10**MAX_DIGITS - 1

        assert quartiles([0, largest], [1, 1]).median == largest // 2
        assert quartiles([0, 1], [1, 1]) == Quartiles(
            Decimal("0.25"), Decimal("0.5"), Decimal("0.75")
        )


class TestPercentile:
    """docs/benchmark.md: those below, and half of those equal."""

    @given(samples, decimals)
    def test_it_is_that_of_scipy(self, sample: list[int | Decimal], value: int | Decimal) -> None:
        """
        Whether or not the value is among the others.
        """
        found = numbers(occurrences(sample))
        for one in (value, sample[0]):
            share = percentile(found.values, found.counts, one)
            wanted = percentileofscore(np.array(sample, float), float(one), kind="mean")
            assert float(100 * share) == pytest.approx(wanted)

    @given(samples, decimals, decimals)
    def test_a_larger_value_stands_no_lower(
        self, sample: list[int | Decimal], one: int | Decimal, other: int | Decimal
    ) -> None:
        """
        Neither its percentile nor its quarter is smaller.
        """
        found = numbers(occurrences(sample))
        low, high = (percentile(found.values, found.counts, each) for each in sorted((one, other)))

        assert low <= high
        assert 1 <= quarter(low) <= quarter(high) <= 4


class TestShortened:
    """docs/benchmark.md: of too many values fewer digits are kept."""

    @given(decimals | extremes, st.sampled_from(DIGITS), st.sampled_from(DIGITS))
    def test_in_steps_it_is_as_at_once(self, value: int | Decimal, one: int, other: int) -> None:
        """
        So that it does not matter when there were too many.
        """
        fewer, more = sorted((one, other))

        assert shortened(shortened(value, more), fewer) == shortened(value, fewer)

    @given(decimals | extremes, st.sampled_from(DIGITS))
    def test_it_goes_toward_zero_and_not_far(self, value: int | Decimal, digits: int) -> None:
        """
        The first digits stay, and with them the size of the number.
        """
        found = shortened(value, digits)

        assert abs(found) <= abs(value)
        assert abs(Fraction(value) - Fraction(found)) * 10 ** (digits - 1) <= abs(Fraction(value))
        assert len(Decimal(found).normalize().as_tuple().digits) <= digits

    def test_edges(self) -> None:
        """
        What has no more digits stays as it is; what becomes whole is whole.
        """
        assert [
            shortened(each, 2) for each in (0, 99, 999, Decimal("1.05"), Decimal("-0.999"))
        ] == [
            0,
            99,
            990,
            1,
            Decimal("-0.99"),
        ]


class TestShares:
    """docs/benchmark.md: shares of a breakdown add up to 1000 per mille."""

    @given(some_counts)
    def test_they_add_up_and_are_off_by_less_than_one(self, found: dict[str, int]) -> None:
        """
        The method of the largest remainder keeps to the quota.
        """
        shares, whole = shares_of(found, options), sum(found.values())

        assert list(shares) == list(options)
        assert sum(shares.values()) == 1000
        for name in options:
            assert abs(Fraction(1000 * found.get(name, 0), whole) - shares[name]) < 1

    @given(some_counts)
    def test_more_has_no_smaller_share(self, found: dict[str, int]) -> None:
        """
        An option with a larger count has at least the share.
        """
        shares = shares_of(found, options)

        for one in options:
            for other in options:
                assert found.get(one, 0) <= found.get(other, 0) or shares[one] >= shares[other]

    def test_of_equal_remainders_the_first_wins(self) -> None:
        """
        Three thirds: one of them has the per mille that is left.
        """
        assert list(shares_of({"east": 1, "north": 1, "south": 1}, options).values()) == [
            334,
            333,
            333,
            0,
        ]


class TestValues:
    """A value checks itself, so that a document that was changed by hand is noticed."""

    GOOD = numbers({1: 2, 3: 1})
    PART = part("north", {1000: 2})

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"values": []}, "each value needs the number of times that it occurs"),
            ({"counts": [3]}, "each value needs the number of times that it occurs"),
            ({"values": [3, 1]}, "values that occur stand once each, the smallest first"),
            ({"values": [1, 1]}, "values that occur stand once each, the smallest first"),
            ({"counts": [3, 0]}, "values that occur stand once each, the smallest first"),
            ({"counts": [1, 1]}, "the quartiles do not follow from the values"),
            (
                {"values": [1, 12345], "digits": 4},
                "a value has more than 4 digits that are not zero",
            ),
            ({"values": [True, 3]}, "a value is a number"),
            ({"values": ["1", 3]}, "a value is a number"),
        ],
    )
    def test_numbers_that_contradict_themselves_are_refused(
        self, changed: dict[str, object], message: str
    ) -> None:
        """
        With a word on what does not fit.
        """
        with pytest.raises((ValueError, TypeError), match=f"^{message}$"):
            evolve(self.GOOD, **changed)

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"values": [1001]}, "a share lies between 0 and 1000"),
            ({"values": [-1]}, "a share lies between 0 and 1000"),
            ({"mean": Decimal("999.9")}, "the mean does not follow from the values"),
        ],
    )
    def test_a_part_that_contradicts_itself_is_refused(
        self, changed: dict[str, object], message: str
    ) -> None:
        """
        With a word on what does not fit.
        """
        with pytest.raises(ValueError, match=f"^{message}$"):
            evolve(self.PART, **changed)

    @pytest.mark.parametrize(
        "parts",
        [
            [part("north", {400: 2})],
            [PART, part("south", {0: 1})],
            [PART, part("south", {1: 2})],
            [],
        ],
    )
    def test_parts_that_are_no_whole_are_refused(self, parts: list[Part]) -> None:
        """
        All options have the shares of the same organisations, 1000 per mille for each.
        """
        with pytest.raises(ValueError, match="do not add up to 1000 for everybody"):
            Parts(parts, 0)

    def test_digits_that_are_kept_are_accepted(self) -> None:
        """
        What was shortened has no more of them.
        """
        assert numbers({12300: 1, 7: 1}, 3) == Numbers(
            [7, 12300], [1, 1], quartiles([7, 12300], [1, 1]), digits=3
        )

    def test_the_mean_is_exact_beside_the_rounded_one(self) -> None:
        """
        Two thirds of a per mille are 0.6, rounded down.
        """
        found = part("north", {0: 1, 1: 2})

        assert (found.mean, found.exact_mean) == (Decimal("0.6"), Fraction(2, 3))
