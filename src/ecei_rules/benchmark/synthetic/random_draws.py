"""Draws that come out the same on every Python, platform and hash seed."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from random import Random

from attrs import field, frozen

#: How many numbered sequences a seed has before two of them could be the same.
_SEQUENCES = 1 << 32


class Chances:
    """
    A sequence of draws, the same whenever *seed* and *number* are.

    Of the module `random` only `Random.random` is promised to stay as it is from one
    Python to the next, so that everything here is made of it, by adding and multiplying
    alone: whatever else there is may differ by its last digit between platforms.

    >>> Chances(7, 1).rank() == Chances(7, 1).rank() != Chances(7, 2).rank()
    True
    """

    def __init__(self, seed: int, number: int) -> None:
        self.rank = Random(seed * _SEQUENCES + number).random

    def near(self, rank: float, looseness: float) -> float:
        """
        A rank from 0 to 1 near another one, the farther the more *looseness* there is.

        Where *rank* is equally likely to be anywhere so is the result, since what would
        leave the interval is turned back at its end.

        >>> Chances(0, 0).near(0.25, 0)
        0.25
        """
        moved = abs(rank + looseness * (self.rank() + self.rank() - 1))
        return min(moved, 2 - moved)

    def some(self, total: int) -> int:
        """
        A whole number from 0 up, below *total*.

        >>> Chances(0, 0).some(1)
        0
        """
        return int(self.rank() * total)

    def between(self, least: int, most: int) -> int:
        """
        A whole number from *least* to *most*, both included.

        >>> Chances(0, 0).between(3, 3)
        3
        """
        return least + self.some(most - least + 1)


@frozen
class Weights:
    """
    How likely each of some things is, in whole parts of their sum.

    >>> Weights([1, 3]).at(0.24), Weights([1, 3]).at(0.25)
    (0, 1)
    """

    parts: tuple[int, ...] = field(converter=tuple[int, ...])
    sums: tuple[int, ...] = field(init=False, eq=False, repr=False)

    @sums.default
    def _sums(self) -> tuple[int, ...]:
        return tuple(accumulate(self.parts))

    def at(self, rank: float) -> int:
        """The place of the thing that a rank from 0 to 1 falls on."""
        return min(bisect_right(self.sums, rank * self.sums[-1]), len(self.sums) - 1)


@frozen
class Points:
    """
    A number by its rank: the least, the greatest, and others at equal steps between.

    >>> Points([0, 10, 50]).at(0.25), Points([0, 10, 50]).at(0.75), Points([0, 10, 50]).at(1.0)
    (5.0, 30.0, 50.0)
    """

    values: tuple[float, ...] = field(converter=tuple[float, ...])

    def at(self, rank: float) -> float:
        """The number of a rank from 0 to 1, by straight lines between the points."""
        place = rank * (len(self.values) - 1)
        below = min(int(place), len(self.values) - 2)
        low, high = self.values[below : below + 2]
        return low + (high - low) * (place - below)
