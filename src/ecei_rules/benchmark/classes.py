"""Chooses the classes of answers from the answers of everybody."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import TypeVar

from ecei_rules.benchmark.disclosure.rounding import LEAST_IN_CLASS
from ecei_rules.benchmark.tables import MOST_INTERVALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence

#: How far from the middle a rounder bound may be, as a share of the split class.
_ROUNDER = 0.1

Name = TypeVar("Name")


def chosen_bounds(
    counts: Mapping[int, int],
    roundness: Sequence[int],
    wanted: Iterable[int] = (),
    most: int = MOST_INTERVALS,
) -> tuple[int, ...]:
    """
    Return the numbers of the bounds that divide the answers of everybody into classes.

    *counts* are the answers by the number of bounds below them, *roundness* is that of each
    bound. The *wanted* bounds are taken first. Then the largest class that can be divided
    is, near its middle and at a round bound, while there are fewer than *most*. Each class
    keeps at least ten answers. So the classes depend on the answers of everybody alone.

    >>> chosen_bounds({0: 30, 1: 5, 2: 10, 3: 30}, [0, 0, 0])
    (1, 2)
    """
    below = [0, *accumulate(counts.get(number, 0) for number in range(len(roundness) + 1))]
    ends = [-1, len(roundness)]

    def size(low: int, high: int) -> int:
        return below[high + 1] - below[low + 1]

    def enough(low: int, bound: int, high: int) -> bool:
        return min(size(low, bound), size(bound, high)) >= LEAST_IN_CLASS

    def imbalance(low: int, bound: int, high: int) -> tuple[float, int]:
        difference = abs(size(low, bound) - size(bound, high)) / size(low, high)
        return difference + _ROUNDER * roundness[bound], bound

    for bound in wanted:
        at = bisect_left(ends, bound)
        if ends[at] != bound and enough(ends[at - 1], bound, ends[at]):
            ends.insert(at, bound)
    while len(ends) <= most:
        by_size = sorted(pairwise(ends), key=lambda pair: (-size(*pair), pair))
        splits = (
            min(possible, key=lambda bound: imbalance(low, bound, high))
            for low, high in by_size
            if (possible := [b for b in range(low + 1, high) if enough(low, b, high)])
        )
        split = next(splits, None)
        if split is None:
            break
        ends.insert(bisect_left(ends, split), split)
    return tuple(ends[1:-1])


def merged_names(counts: Mapping[Name, int], names: Sequence[Name]) -> tuple[tuple[Name, ...], ...]:
    """
    Return names in classes of at least ten: common ones alone, rare ones together.

    If all rare ones together are too few, the rarest common ones join them.

    >>> merged_names({"a": 30, "b": 4, "c": 12, "d": 3}, ["a", "b", "c", "d"])
    (('a',), ('b', 'c', 'd'))
    """
    rarest_first = sorted(names, key=lambda name: (counts.get(name, 0), names.index(name)))
    rest: list[Name] = []
    while rarest_first and (
        counts.get(rarest_first[0], 0) < LEAST_IN_CLASS
        or (rest and sum(counts.get(name, 0) for name in rest) < LEAST_IN_CLASS)
    ):
        rest.append(rarest_first.pop(0))
    alone = [(name,) for name in names if name not in rest]
    others = [tuple(name for name in names if name in rest)]
    return (*alone, *(others if rest else ()))


def merged_neighbours(
    counts: Mapping[Name, int], names: Sequence[Name]
) -> tuple[tuple[Name, ...], ...]:
    """
    Return ordered names in classes of at least ten, in each of which they are neighbours.

    >>> merged_neighbours({"low": 3, "middle": 20, "high": 40}, ["low", "middle", "high"])
    (('low', 'middle'), ('high',))
    """
    classes: list[list[Name]] = [[]]
    for name in names:
        if classes[-1] and sum(counts.get(each, 0) for each in classes[-1]) >= LEAST_IN_CLASS:
            classes.append([])
        classes[-1].append(name)
    if len(classes) > 1 and sum(counts.get(each, 0) for each in classes[-1]) < LEAST_IN_CLASS:
        classes[-2:] = [classes[-2] + classes[-1]]
    return tuple(map(tuple, classes))


def common_options(counts: Counter[str], answered: int, options: Iterable[str]) -> tuple[str, ...]:
    """Return the options that at least ten chose and at least ten did not."""
    return tuple(
        option
        for option in options
        if LEAST_IN_CLASS <= counts[option] <= answered - LEAST_IN_CLASS
    )
