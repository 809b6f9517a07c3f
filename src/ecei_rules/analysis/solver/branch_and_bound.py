"""Whether whole numbers satisfy linear inequalities, decided exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from attrs import frozen

from ecei_rules.analysis.solver.simplex import Effort, Inequality, Simplex, weighed

TYPE_CHECKING = False

_CHECKED = 5
_TRIED = 8


@frozen
class Search:
    """
    How whole numbers are searched for under the rows of a relaxation.

    Of each of the *links* (one, other) the first variable is above 0 only where the
    second is. *first* are variables to be made whole before any other. *directions*
    are sums of variables along which to cut first: whole themselves, and nearly
    constant where there is little room. *guesses* are whole numbers near a corner that
    may satisfy the rows.
    """

    links: tuple[tuple[int, int], ...]
    first: tuple[int, ...]
    directions: tuple[tuple[int, ...], ...]
    guesses: Callable[[tuple[Fraction, ...]], Iterator[tuple[int, ...]]]

    def whole(self, relaxation: Simplex, effort: Effort) -> tuple[int, ...] | None:
        """
        Whole numbers under the rows, of a small sum; or `None` if there are none.

        Raises:
            BeyondMethod: it cannot be decided within the effort.
        """
        waiting = [relaxation]
        while waiting:
            now = waiting.pop()
            found = self.guessed(now, effort)
            if found is not None:
                return found
            waiting += reversed(self._halves(now, effort))
        return None

    def guessed(self, relaxation: Simplex, effort: Effort) -> tuple[int, ...] | None:
        """The first guess at the corner that satisfies the rows and keeps the links."""
        rows = relaxation.rows
        for guess in self.guesses(relaxation.values):
            effort.spend(_CHECKED * len(rows))
            linked = all(guess[other] or not guess[one] for one, other in self.links)
            if linked and all(row.holds(guess) for row in rows):
                return guess
        return None

    def _halves(self, now: Simplex, effort: Effort) -> list[Simplex]:
        """What remains on both sides of a cut through the corner, the most telling one."""
        values = now.values
        size = len(values)
        for name in self.first:
            if values[name].denominator != 1:
                return _cut(now, _unit(name, size), values, effort)
        for one, other in self.links:
            if values[one] and not values[other]:
                zero, above = Inequality(_unit(one, size, -1), 0), Inequality(_unit(other, size), 1)
                return _both(now, zero, above, effort)
        sums = (*self.directions, *(_unit(name, size) for name in range(size)))
        broken = (each for each in sums if Fraction(weighed(each, values)).denominator != 1)
        tried = [_cut(now, each, values, effort) for each in islice(broken, _TRIED)]
        assert tried, "a whole corner that keeps the links is a guess that satisfies the rows"
        return min(tried, key=_promise)


def _promise(halves: list[Simplex]) -> tuple[int, Fraction]:
    """The fewer halves remain and the larger the sums in them, the sooner it ends."""
    return len(halves), -min((each.least for each in halves), default=Fraction())


def _unit(name: int, size: int, weight: int = 1) -> tuple[int, ...]:
    return tuple(weight if each == name else 0 for each in range(size))


def _cut(
    now: Simplex, direction: tuple[int, ...], values: tuple[Fraction, ...], effort: Effort
) -> list[Simplex]:
    at = Fraction(weighed(direction, values))
    below = Inequality([-each for each in direction], -floor(at))
    return _both(now, below, Inequality(direction, ceil(at)), effort)


def _both(now: Simplex, one: Inequality, other: Inequality, effort: Effort) -> list[Simplex]:
    halves = (now.with_row(one, effort), now.with_row(other, effort))
    return [each for each in halves if each is not None]
