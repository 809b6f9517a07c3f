"""Which classes of answers are in a box, and which of them cost least."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, combinations
from operator import add, gt, lt, sub
from typing import TypeAlias

from attrs import frozen

from ecei_rules.analysis.solver.lagrangian import LagrangianBound, Needs, Step, lagrangian_bound
from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ecei_rules.analysis.solver.formulas import Box, Points

#: How many states one search may have before it is beyond the method.
MAX_STATES = 400_000
#: How many questions a search may have.
MAX_QUESTIONS = 400
_NEVER = 1 << 62

#: A sum and its sign, or two of them together.
Signed: TypeAlias = tuple[tuple[int, int], ...]
#: What the questions from one on cost at the least that have to meet some needs.
Known: TypeAlias = dict[tuple[int, Needs], int]
#: What is known, box by box.
Learned: TypeAlias = dict[int, Known]


@frozen
class CheapestChoice:
    """Classes, one for each question, and what they cost together."""

    cost: int
    cells: tuple[int, ...]


def cheapest_choice(
    found: Iterable[Box],
    sums: Sequence[Points],
    costs: Sequence[Mapping[int, int]],
    learned: Learned | None = None,
) -> CheapestChoice | None:
    """
    The first way of the least cost into some of several boxes, `None` if they are empty.

    *costs* holds, for each question, the classes that it may be in, in order of
    preference, with their costs. Of two ways of one cost the first has the preferred
    class at the first question where they differ. What one search *learned* helps
    further ones into the same boxes that allow no other classes; they leave it as it is.

    Raises:
        BeyondMethod: there are too many states.
    """
    if len(costs) > MAX_QUESTIONS:
        what = "a search through so many questions"
        raise BeyondMethod(what)
    wide = _Tables(sums, costs)
    known: Learned = {number: dict(each) for number, each in (learned or {}).items()}
    searches = [
        made
        for number, box in enumerate(found)
        if not box.contradicts_itself
        and (made := _search(box, wide, known.setdefault(number, {}))) is not None
    ]
    if learned == {}:
        learned.update(known)
    places = [{cell: place for place, cell in enumerate(each)} for each in costs]
    best: CheapestChoice | None = None
    for search in sorted(searches, key=lambda each: each.at_least):
        way = search.first(best.cost if best else _NEVER - 1)
        if way is not None and (best is None or _key(way, places) < _key(best, places)):
            best = way
    return best


def _key(way: CheapestChoice, places: Sequence[Mapping[int, int]]) -> tuple[int, list[int]]:
    return way.cost, [place[cell] for place, cell in zip(places, way.cells, strict=True)]


class _Tables:
    """What one sum, or two together, gain at what cost, whatever else is asked for."""

    def __init__(self, sums: Sequence[Points], costs: Sequence[Mapping[int, int]]) -> None:
        self.sums = sums
        self.costs = costs
        self.known: dict[Signed, list[tuple[list[int], list[int]]]] = {}
        self.tried: dict[tuple[int, int, Signed], tuple[Step, ...]] = {}
        self.idle = [
            not any(any(points[number]) for points in sums) for number in range(len(costs))
        ]

    def of(self, signed: Signed) -> list[tuple[list[int], list[int]]]:
        """From each question on: rising gains, and the least cost of each."""
        found = self.known.get(signed)
        if found is None:
            found = [([0], [0])]
            for number in reversed(range(len(self.costs))):
                gains, spent = found[-1]
                reached = {
                    (
                        cost + more,
                        sum(sign * self.sums[at][number][cell] for at, sign in signed) + gain,
                    )
                    for cell, cost in self.costs[number].items()
                    for gain, more in zip(gains, spent, strict=True)
                }
                found.append(_rising(reached))
            found.reverse()
            self.known[signed] = found
        return found

    def steps(self, number: int, classes: int, towards: Signed) -> tuple[Step, ...]:
        """What a question may do that is in one of some classes, none done better by another."""
        key = number, classes, towards
        found = self.tried.get(key)
        if found is None:
            possible = [
                Step(cell, tuple(sign * self.sums[at][number][cell] for at, sign in towards), cost)
                for cell, cost in self.costs[number].items()
                if classes >> cell & 1
            ]
            found = self.tried[key] = _worth_trying(possible)
        return found


def _rising(reached: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Of pairs of a cost and a gain, those that no other is better than."""
    gains: list[int] = []
    costs: list[int] = []
    for cost, gain in sorted(reached, key=lambda each: (each[0], -each[1])):
        if not gains or gain > gains[-1]:
            gains.append(gain)
            costs.append(cost)
    return gains, costs


def _search(box: Box, tables: _Tables, known: Known) -> _Search | None:
    """The search in a box, `None` where it is seen to be empty."""
    signed = [(bound, (number, 1)) for number, bound in box.at_least.items()]
    signed += [(1 - bound, (number, -1)) for number, bound in box.below.items()]
    towards = tuple(each for _, each in signed)
    steps = []
    for number in range(len(tables.costs)):
        possible = tables.steps(number, box.classes.get(number, -1), towards)
        if not possible:
            return None
        steps.append(possible)
    needs = tuple(need for need, _ in signed)
    made = _Search(needs, towards, steps, tables, known)
    return made if made.at_least < _NEVER else None


def _worth_trying(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps, in order, without those that another one stands for in every way."""
    return tuple(
        step
        for place, step in enumerate(steps)
        if not any(
            (other.cost, number) < (step.cost, place) and not any(map(lt, other.gains, step.gains))
            for number, other in enumerate(steps)
        )
    )


class _Search:
    """
    The ways through the questions that are in one box.

    Each bound on a sum is a need that gains have to reach; a sum that is to stay below
    a bound gains negatively. Two needs together are a need as well.
    """

    def __init__(
        self,
        needs: Needs,
        signed: Sequence[tuple[int, int]],
        steps: list[tuple[Step, ...]],
        tables: _Tables,
        known: Known,
    ) -> None:
        self.steps = steps
        self.most, self.least = self._after(len(needs), max), self._after(len(needs), min)
        spent = [min(step.cost for step in each) for each in steps]
        self.spent = _after_each(spent)
        # what a box forbids of the questions that no sum looks at, the tables do not know
        self.idle = _after_each(
            [
                cost - min(free.values()) if idle else 0
                for cost, free, idle in zip(spent, tables.costs, tables.idle, strict=True)
            ]
        )
        self.single = [tables.of((each,)) for each in signed]
        self.pairs = [
            (one, other, tables.of(tuple(sorted((signed[one], signed[other])))))
            for one, other in combinations(range(len(needs)), 2)
        ]
        self.known = known
        start = self.open(0, needs)
        self.start = needs if start is None else start
        self.relaxation: LagrangianBound | None = None
        self.at_least = _NEVER if start is None else self.bound(0, start)

    def _after(self, needs: int, extreme: Callable[[Iterable[int]], int]) -> list[Needs]:
        """What the questions from each one on can gain at the most or the least."""
        found: list[Needs] = [(0,) * needs]
        for steps in reversed(self.steps):
            ends = [extreme(step.gains[at] for step in steps) for at in range(needs)]
            found.append(tuple(map(add, ends, found[-1])))
        return found[::-1]

    def first(self, most: int) -> CheapestChoice | None:
        """The first way of the least cost, if that is no more than *most*."""
        limit = self.at_least
        while limit <= most:
            way: list[int] = []
            over = self.walk(0, self.start, limit, way)
            if over is None:
                return CheapestChoice(limit, tuple(reversed(way)))
            if self.relaxation is None:
                # what is found at the first try does not need it
                self.relaxation = lagrangian_bound(self.start, self.steps)
                over = max(over, self.relaxation.bound(0, self.start))
            limit = over
        return None

    def walk(self, at: int, needs: Needs, budget: int, way: list[int]) -> int | None:
        """
        Collect the first way within a budget, its last class first.

        Returns `None` when there is one, and otherwise the least cost that is possible yet.
        """
        if at == len(self.steps):
            return None
        over = _NEVER
        for step in self.steps[at]:
            left = self.open(at + 1, tuple(map(sub, needs, step.gains)))
            if left is None:
                continue
            bound = step.cost + self.bound(at + 1, left)
            if bound <= budget:
                further = self.walk(at + 1, left, budget - step.cost, way)
                if further is None:
                    way.append(step.cell)
                    return None
                bound = step.cost + further
            over = min(over, bound)
        if len(self.known) > MAX_STATES:
            what = "a search through so many states"
            raise BeyondMethod(what)
        self.known[at, needs] = over
        return over

    def open(self, at: int, needs: Needs) -> Needs | None:
        """Needs with those met that are met anyway, `None` if one can no longer be met."""
        if any(map(gt, needs, self.most[at])):
            return None
        return tuple(map(max, needs, self.least[at]))

    def bound(self, at: int, needs: Needs) -> int:
        """What the questions from one on cost at the least, as far as that is known."""
        known = self.known.get((at, needs))
        if known is not None:
            return known
        found = 0
        for need, table in zip(needs, self.single, strict=True):
            found = max(found, _cost(table[at], need))
        for one, other, table in self.pairs:
            found = max(found, _cost(table[at], needs[one] + needs[other]))
        if self.relaxation is not None:
            found = max(found, self.relaxation.bound(at, needs) - self.idle[at])
        return min(max(found + self.idle[at], self.spent[at]), _NEVER)


def _after_each(costs: Sequence[int]) -> list[int]:
    return list(accumulate([*reversed(costs)], initial=0))[::-1]


def _cost(reached: tuple[list[int], list[int]], need: int) -> int:
    gains, costs = reached
    place = bisect_left(gains, need)
    return costs[place] if place < len(costs) else _NEVER
