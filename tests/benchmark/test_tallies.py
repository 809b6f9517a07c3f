"""docs/benchmark.md, "Many different values": tallies of answers in several groups."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from benchmark_samples import RULES, benchmark_of, many, organisation

import ecei_rules as er
from ecei_rules.benchmark.disclosure_control import EVERYBODY, GroupName
from ecei_rules.benchmark.distribution import Numbers, truncated
from ecei_rules.benchmark.tallies import MOST_VALUES, chosen_options, empty_tally
from ecei_rules.interviews.catalogue import Count, Number

if TYPE_CHECKING:
    from collections.abc import Sequence

ITALY = GroupName("country", "IT")


def expected_values(values: Sequence[int | Decimal]) -> tuple[int | None, set[Any]]:
    """Return the most digits that leave few enough different values, and those values."""
    if len(set(values)) <= MOST_VALUES:
        return None, set(values)
    for digits in (4, 3, 2, 1):
        different = {truncated(value, digits) for value in values}
        if len(different) <= MOST_VALUES:
            return digits, different
    return 1, different


@pytest.mark.parametrize(
    "values",
    [
        list(range(1000)),
        list(range(1001)),
        list(range(10_000, 12_000)),
        [Decimal(n) / 1000 for n in range(20_000)],
        [int(f"{n}{'0' * zeros}") for n in range(100) for zeros in range(900)][::7],
    ],
    ids=["1000", "1001", "thousands", "decimals", "too many for one digit"],
)
def test_as_many_digits_as_possible_are_kept(values: list[int | Decimal]) -> None:
    """
    The order of the values does not matter.
    """
    digits, different = expected_values(values)

    for ordered in (values, values[::-1]):
        tally = empty_tally(Number())
        for value in ordered:
            assert tally.add(value, (EVERYBODY,))
        numbers = tally.distribution(EVERYBODY)
        assert isinstance(numbers, Numbers)
        assert (numbers.digits, set(numbers.values)) == (digits, different)
        assert sum(numbers.counts) == len(values)


def test_all_groups_keep_the_same_digits() -> None:
    """
    A group with a single value does too: of everybody's 1001 values, all of which differ
    in their first four digits and in their first three, two digits are kept.
    """
    tally = empty_tally(Count())
    tally.add(123_456, (EVERYBODY, ITALY))
    for number in range(1001):
        tally.add(number * 10_000 + 1, (EVERYBODY,))

    numbers = tally.distribution(ITALY)
    assert isinstance(numbers, Numbers)
    assert (numbers.values, numbers.digits) == ((120_000,), 2)


def test_compared_value_is_truncated_likewise() -> None:
    """
    It ranks as it would among the others: with three digits there are still 1001 different
    values, so two are kept.
    """
    own = organisation("Own", members=12_345)
    benchmark = benchmark_of([*many(1001), own])
    first = er.place(benchmark, own, ruleset=RULES)[0]

    assert isinstance(first.position, er.Rank)
    assert first.position.value == 12_000
    assert first.position.percentile == 1 - Fraction(1, 2 * 1002)


def test_number_has_no_chosen_options() -> None:
    """
    Asking for them is a mistake in the program.
    """
    with pytest.raises(TypeError, match=r"^the answer names no options: 3$"):
        chosen_options(3)
