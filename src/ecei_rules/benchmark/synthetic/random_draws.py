"""Random draws that are the same on every Python, platform and hash seed."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from random import Random

from attrs import field, frozen

#: The number of sequences of one seed; with more, two seeds would share a sequence.
_SEQUENCES = 1 << 32


class RandomDraws:
    """
    A sequence of draws, the same for the same *seed* and *number*.

    Of the module `random`, only `Random.random` is promised to stay the same in later
    versions of Python. Every draw here is computed from it by addition and multiplication
    alone, because other functions may differ in the last digit between platforms.

    >>> RandomDraws(7, 1).rank() == RandomDraws(7, 1).rank() != RandomDraws(7, 2).rank()
    True
    """

    def __init__(self, seed: int, number: int) -> None:
        self.rank = Random(seed * _SEQUENCES + number).random

    def near(self, rank: float, looseness: float) -> float:
        """
        Draw a rank from 0 to 1 near another one; *looseness* is the greatest distance.

        If *rank* is uniformly distributed, so is the result, because a rank outside the
        interval is reflected at its end.

        >>> RandomDraws(0, 0).near(0.25, 0)
        0.25
        """
        moved = abs(rank + looseness * (self.rank() + self.rank() - 1))
        return min(moved, 2 - moved)

    def below(self, total: int) -> int:
        """
        Draw a whole number from 0 to *total* - 1.

        >>> RandomDraws(0, 0).below(1)
        0
        """
        return int(self.rank() * total)

    def between(self, least: int, most: int) -> int:
        """
        Draw a whole number from *least* to *most*, both included.

        >>> RandomDraws(0, 0).between(3, 3)
        3
        """
        return least + self.below(most - least + 1)


@frozen
class DiscreteDistribution:
    """
    A discrete distribution: the weights of several alternatives.

    >>> DiscreteDistribution([1, 3]).at(0.24), DiscreteDistribution([1, 3]).at(0.25)
    (0, 1)
    """

    parts: tuple[int, ...] = field(converter=tuple[int, ...])
    sums: tuple[int, ...] = field(init=False, eq=False, repr=False)

    @sums.default
    def _sums(self) -> tuple[int, ...]:
        return tuple(accumulate(self.parts))

    def at(self, rank: float) -> int:
        """Return the index of the alternative at a rank from 0 to 1."""
        return min(bisect_right(self.sums, rank * self.sums[-1]), len(self.sums) - 1)


@frozen
class Quantiles:
    """
    A continuous distribution: its least number, its greatest, and quantiles at equal steps.

    >>> quantiles = Quantiles([0, 10, 50])
    >>> quantiles.at(0.25), quantiles.at(0.75), quantiles.at(1.0)
    (5.0, 30.0, 50.0)
    """

    values: tuple[float, ...] = field(converter=tuple[float, ...])

    def at(self, rank: float) -> float:
        """Return the number at a rank from 0 to 1, interpolated linearly."""
        place = rank * (len(self.values) - 1)
        below = min(int(place), len(self.values) - 2)
        low, high = self.values[below : below + 2]
        return low + (high - low) * (place - below)
