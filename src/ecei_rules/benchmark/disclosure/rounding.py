"""Counts of organisations, rounded so that no count tells a single organisation."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: The base of rounding.
BASE = 5
#: The smallest group of organisations whose figures may be published.
MINIMUM = 5
#: The fewest organisations, of everybody, in a class of answers: twice the minimum.
LEAST_IN_CLASS = 2 * MINIMUM


def rounded(count: int) -> int:
    """
    Return a count rounded to the nearest multiple of five.

    >>> [rounded(count) for count in (2, 3, 7, 8)]
    [0, 5, 5, 10]
    """
    return (count + BASE // 2) // BASE * BASE


def fewest(shown: int, least: int = 0) -> int:
    """
    Return the lowest count that a rounded one can come from, at least *least*.

    >>> fewest(0), fewest(5), fewest(10), fewest(5, MINIMUM)
    (0, 3, 8, 5)
    """
    return max(least, shown - BASE // 2)


def most(shown: int) -> int:
    """
    Return the highest count that a rounded one can come from.

    >>> most(0), most(10)
    (2, 12)
    """
    return shown + BASE // 2


class Ledger:
    """
    Counts by group and category, which may change as long as no published figure does.

    Categories are numbered; a set of them is a whole number with one bit for each.
    `falls[group]` and `rises[group]` are the sets of those whose count may fall or rise by
    one. Nothing is published at first.
    """

    def __init__(self, groups: int, counted: Iterable[tuple[Iterable[int], int, int]]) -> None:
        """Count some organisations in some categories of some groups, for each of *counted*."""
        counts: list[dict[int, int]] = [defaultdict(int) for _ in range(groups)]
        for in_groups, categories, number in counted:
            for category in numbers_in(categories):
                for group in in_groups:
                    counts[group][category] += number
        self.counts = counts
        self._low: list[dict[int, int]] = [{} for _ in range(groups)]
        self._high: list[dict[int, int]] = [{} for _ in range(groups)]
        self.falls = [-1] * groups
        self.rises = [-1] * groups

    def publish(self, group: int, categories: int) -> None:
        """Fix the present counts of some categories as published figures."""
        for category in numbers_in(categories):
            shown = rounded(self.counts[group][category])
            self._low[group][category], self._high[group][category] = fewest(shown), most(shown)
        self._renew(group, categories)

    def keep(self, group: int, categories: int, least: int) -> None:
        """Fix that the counts of some categories are at least *least*."""
        for category in numbers_in(categories):
            self._low[group][category] = max(self._low[group].get(category, least), least)
        self._renew(group, categories)

    def withhold(self, group: int, categories: int) -> None:
        """Leave the counts of some categories open again."""
        for category in numbers_in(categories):
            self._low[group].pop(category, None)
            self._high[group].pop(category, None)
        self._renew(group, categories)

    def add(self, group: int, categories: int, change: int) -> None:
        """Change the counts of some categories by the same number."""
        counts = self.counts[group]
        for category in numbers_in(categories):
            counts[category] += change
        self._renew(group, categories)

    def _renew(self, group: int, categories: int) -> None:
        counts, low, high = self.counts[group], self._low[group], self._high[group]
        falls, rises = self.falls[group] | categories, self.rises[group] | categories
        for category in numbers_in(categories):
            if category in low and counts[category] <= low[category]:
                falls ^= 1 << category
            if category in high and counts[category] >= high[category]:
                rises ^= 1 << category
        self.falls[group], self.rises[group] = falls, rises


@lru_cache(maxsize=4096)
def numbers_in(categories: int) -> tuple[int, ...]:
    """
    Return the numbers in a set.

    >>> numbers_in(0b101)
    (0, 2)
    """
    numbers = []
    while categories:
        lowest = categories & -categories
        numbers.append(lowest.bit_length() - 1)
        categories ^= lowest
    return tuple(numbers)
