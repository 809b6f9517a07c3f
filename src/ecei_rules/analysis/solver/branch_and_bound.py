"""Integer solutions of linear inequalities, by branch and bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from attrs import frozen

from ecei_rules.analysis.solver.simplex import Effort, Inequality, Simplex, weighted_sum

TYPE_CHECKING = False

_COST_OF_CHECK = 5
_MAX_TRIED = 8


@frozen
class Search:
    """
    A strategy for finding integer solutions.

    Of each of the *links* (variable, needed) the variable is above 0 only where the
    needed one is. *first* are the variables to branch on before any other. *directions*
    are sums of variables to branch on next: whole themselves, and nearly constant where
    there is little room. *roundings* proposes whole numbers near a vertex that may be a
    solution.
    """

    links: tuple[tuple[int, int], ...]
    first: tuple[int, ...]
    directions: tuple[tuple[int, ...], ...]
    roundings: Callable[[tuple[Fraction, ...]], Iterator[tuple[int, ...]]]

    def solution(self, simplex: Simplex, effort: Effort) -> tuple[int, ...] | None:
        """
        Return an integer solution of small sum, `None` if there is none.

        Raises:
            BeyondMethod: the effort is spent before it is decided.
        """
        waiting = [simplex]
        while waiting:
            now = waiting.pop()
            solution = self.rounded_solution(now, effort)
            if solution is not None:
                return solution
            waiting += reversed(self._branches(now, effort))
        return None

    def rounded_solution(self, simplex: Simplex, effort: Effort) -> tuple[int, ...] | None:
        """Return the first rounding of the vertex that is a solution and keeps the links."""
        inequalities = simplex.inequalities
        for values in self.roundings(simplex.values):
            effort.spend(_COST_OF_CHECK * len(inequalities))
            linked = all(values[needed] or not values[name] for name, needed in self.links)
            if linked and all(each.holds(values) for each in inequalities):
                return values
        return None

    def _branches(self, now: Simplex, effort: Effort) -> list[Simplex]:
        """Return both sides of the most promising cut through the vertex, if not empty."""
        values = now.values
        size = len(values)
        for name in self.first:
            if values[name].denominator != 1:
                return _cut(now, _unit(name, size), values, effort)
        for name, needed in self.links:
            if values[name] and not values[needed]:
                zero = Inequality(_unit(name, size, -1), 0)
                return _both(now, zero, Inequality(_unit(needed, size), 1), effort)
        sums = (*self.directions, *(_unit(name, size) for name in range(size)))
        broken = (each for each in sums if Fraction(weighted_sum(each, values)).denominator != 1)
        tried = [_cut(now, each, values, effort) for each in islice(broken, _MAX_TRIED)]
        assert tried, "a whole vertex that keeps the links is its own rounding"
        return min(tried, key=_promise)


def _promise(branches: list[Simplex]) -> tuple[int, Fraction]:
    """Rank cuts: the fewer branches and the larger their sums, the sooner a search ends."""
    return len(branches), -min((each.least_sum for each in branches), default=Fraction())


def _unit(name: int, size: int, weight: int = 1) -> tuple[int, ...]:
    return tuple(weight if each == name else 0 for each in range(size))


def _cut(
    now: Simplex, direction: tuple[int, ...], values: tuple[Fraction, ...], effort: Effort
) -> list[Simplex]:
    at = Fraction(weighted_sum(direction, values))
    below = Inequality([-each for each in direction], -floor(at))
    return _both(now, below, Inequality(direction, ceil(at)), effort)


def _both(now: Simplex, left: Inequality, right: Inequality, effort: Effort) -> list[Simplex]:
    branches = (now.with_inequality(left, effort), now.with_inequality(right, effort))
    return [branch for branch in branches if branch is not None]
