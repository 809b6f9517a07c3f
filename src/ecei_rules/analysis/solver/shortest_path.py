"""The cheapest choice of answer classes that satisfies a formula."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, combinations
from operator import add, gt, lt, sub
from typing import TypeAlias

from attrs import frozen

from ecei_rules.analysis.solver.lagrangian import (
    Candidate,
    LagrangianBound,
    Needs,
    lagrangian_bound,
)
from ecei_rules.analysis.solver.numbers import (
    ClassMask,
    ClassNumber,
    Cost,
    Points,
    PointTable,
    QuestionNumber,
    SumNumber,
)
from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ecei_rules.analysis.solver.formulas import Box

#: How many states one search may have before it is beyond the method.
MAX_STATES = 400_000
#: How many questions a search may have.
MAX_QUESTIONS = 400
_INFINITE = Cost(1 << 62)
_ALL_CLASSES = ClassMask(-1)

#: Sums and their signs: one, or two of them added up.
SignedSums: TypeAlias = tuple[tuple[SumNumber, int], ...]
#: Ascending gains, and the least cost of each.
Frontier: TypeAlias = tuple[list[int], list[int]]
#: Lower bounds on the cost of meeting needs by the questions from a position on.
LearnedBounds: TypeAlias = dict[tuple[int, Needs], Cost]
#: The bounds learned in each box, by the number of the box.
Learned: TypeAlias = dict[int, LearnedBounds]


@frozen
class CheapestChoice:
    """One class for each question, and their total cost."""

    cost: Cost
    classes: tuple[ClassNumber, ...]


def cheapest_choice(
    boxes: Iterable[Box],
    sums: Sequence[PointTable],
    costs: Sequence[Mapping[ClassNumber, Cost]],
    learned: Learned | None = None,
) -> CheapestChoice | None:
    """
    Return the first of the cheapest choices in some box, `None` if all boxes are empty.

    In each box this is a shortest path with resource bounds, found by branch and bound.
    *costs* holds the allowed classes of each question, in order of preference, with
    their costs. Of two choices of one cost the first has the preferred class at the
    first question where they differ. The bounds that one search has *learned* help
    further ones in the same boxes that allow no other classes; those leave it as it is.

    Raises:
        BeyondMethod: there are too many states.
    """
    if len(costs) > MAX_QUESTIONS:
        what = "a search through so many questions"
        raise BeyondMethod(what)
    frontiers = _Frontiers(sums, costs)
    bounds: Learned = {number: dict(of_box) for number, of_box in (learned or {}).items()}
    searches = [
        search
        for number, box in enumerate(boxes)
        if not box.contradicts_itself
        and (search := _box_search(box, frontiers, bounds.setdefault(number, {}))) is not None
    ]
    if learned == {}:
        learned.update(bounds)
    ranks = [{number: rank for rank, number in enumerate(allowed)} for allowed in costs]
    best: CheapestChoice | None = None
    for search in sorted(searches, key=lambda each: each.lowest):
        choice = search.cheapest(best.cost if best else Cost(_INFINITE - 1))
        if choice is not None and (best is None or _key(choice, ranks) < _key(best, ranks)):
            best = choice
    return best


def _key(choice: CheapestChoice, ranks: Sequence[Mapping[ClassNumber, int]]) -> tuple[int, ...]:
    return choice.cost, *(rank[at] for rank, at in zip(ranks, choice.classes, strict=True))


class _Frontiers:
    """The least cost of each gain of one sum, or two, when nothing else is needed."""

    def __init__(
        self, sums: Sequence[PointTable], costs: Sequence[Mapping[ClassNumber, Cost]]
    ) -> None:
        self.sums = sums
        self.costs = costs
        self.by_sums: dict[SignedSums, list[Frontier]] = {}
        self.tried: dict[tuple[QuestionNumber, ClassMask, SignedSums], tuple[Candidate, ...]] = {}
        self.in_no_sum = [
            not any(any(points[number]) for points in sums) for number in range(len(costs))
        ]

    def of(self, signed: SignedSums) -> list[Frontier]:
        """Return the frontier of the questions from each position on."""
        frontiers = self.by_sums.get(signed)
        if frontiers is None:
            frontiers = [([0], [0])]
            for question in reversed(range(len(self.costs))):
                gains, spent = frontiers[-1]
                reached = {
                    (
                        cost + more,
                        sum(sign * self.sums[at][question][number] for at, sign in signed) + gain,
                    )
                    for number, cost in self.costs[question].items()
                    for gain, more in zip(gains, spent, strict=True)
                }
                frontiers.append(_pareto_front(reached))
            frontiers.reverse()
            self.by_sums[signed] = frontiers
        return frontiers

    def candidates(
        self, question: QuestionNumber, classes: ClassMask, signed: SignedSums
    ) -> tuple[Candidate, ...]:
        """Return the candidates of a question among some classes, without dominated ones."""
        key = question, classes, signed
        candidates = self.tried.get(key)
        if candidates is None:
            possible = [
                Candidate(
                    number,
                    tuple(Points(sign * self.sums[at][question][number]) for at, sign in signed),
                    cost,
                )
                for number, cost in self.costs[question].items()
                if classes >> number & 1
            ]
            candidates = self.tried[key] = _undominated(possible)
        return candidates


def _pareto_front(reached: Iterable[tuple[int, int]]) -> Frontier:
    """Return the pairs of a cost and a gain that no other pair dominates."""
    gains: list[int] = []
    costs: list[int] = []
    for cost, gain in sorted(reached, key=lambda pair: (pair[0], -pair[1])):
        if not gains or gain > gains[-1]:
            gains.append(gain)
            costs.append(cost)
    return gains, costs


def _undominated(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates, in order, for which no other gains as much at less cost."""
    return tuple(
        candidate
        for place, candidate in enumerate(candidates)
        if not any(
            (other.cost, number) < (candidate.cost, place)
            and not any(map(lt, other.gains, candidate.gains))
            for number, other in enumerate(candidates)
        )
    )


def _box_search(box: Box, frontiers: _Frontiers, learned: LearnedBounds) -> _BoxSearch | None:
    """Return the search in a box, `None` if its bounds show that the box is empty."""
    bounded = [(bound, (number, 1)) for number, bound in box.at_least.items()]
    bounded += [(Points(1 - bound), (number, -1)) for number, bound in box.below.items()]
    signed = tuple(sum_and_sign for _, sum_and_sign in bounded)
    candidates = []
    for number in map(QuestionNumber, range(len(frontiers.costs))):
        classes = box.classes.get(number, _ALL_CLASSES)
        of_question = frontiers.candidates(number, classes, signed)
        if not of_question:
            return None
        candidates.append(of_question)
    needs = tuple(need for need, _ in bounded)
    search = _BoxSearch(needs, signed, candidates, frontiers, learned)
    return search if search.lowest < _INFINITE else None


class _BoxSearch:
    """
    Branch and bound over the choices in one box, question by question.

    Each bound on a sum is a need that gains must reach; a sum that must stay below a
    bound gains negatively. Two needs added up are a need as well.
    """

    def __init__(
        self,
        needs: Needs,
        signed: SignedSums,
        candidates: list[tuple[Candidate, ...]],
        frontiers: _Frontiers,
        learned: LearnedBounds,
    ) -> None:
        self.candidates = candidates
        self.most, self.least = self._extremes(len(needs), max), self._extremes(len(needs), min)
        cheapest = [min(each.cost for each in of_question) for of_question in candidates]
        self.rest_cost = _suffix_sums(cheapest)
        # the frontiers know nothing of classes that the box forbids in questions of no sum
        self.forced_cost = _suffix_sums(
            [
                cost - min(free.values()) if in_no_sum else 0
                for cost, free, in_no_sum in zip(
                    cheapest, frontiers.costs, frontiers.in_no_sum, strict=True
                )
            ]
        )
        self.single = [frontiers.of((each,)) for each in signed]
        self.pairs = [
            (first, second, frontiers.of(tuple(sorted((signed[first], signed[second])))))
            for first, second in combinations(range(len(needs)), 2)
        ]
        self.learned = learned
        start = self.remaining(0, needs)
        self.start = needs if start is None else start
        self.relaxation: LagrangianBound | None = None
        self.lowest = _INFINITE if start is None else self.bound(0, start)

    def _extremes(self, needs: int, extreme: Callable[[Iterable[int]], int]) -> list[Needs]:
        """Return the most or the least that the questions from each position on can gain."""
        suffixes: list[Needs] = [(Points(0),) * needs]
        for of_question in reversed(self.candidates):
            ends = [extreme(each.gains[at] for each in of_question) for at in range(needs)]
            suffixes.append(tuple(map(add, ends, suffixes[-1])))
        return suffixes[::-1]

    def cheapest(self, most: Cost) -> CheapestChoice | None:
        """Return the first of the cheapest choices if it costs no more than *most*."""
        limit = self.lowest
        while limit <= most:
            path: list[ClassNumber] = []
            over = self.extend(0, self.start, limit, path)
            if over is None:
                return CheapestChoice(limit, tuple(reversed(path)))
            if self.relaxation is None:
                # a search that succeeds at the first limit does not need it
                self.relaxation = lagrangian_bound(self.start, self.candidates)
                over = max(over, Cost(self.relaxation.bound(0, self.start)))
            limit = over
        return None

    def extend(self, start: int, needs: Needs, budget: int, path: list[ClassNumber]) -> Cost | None:
        """
        Collect the first choice within a budget, from the question at *start* on.

        *path* gets its classes, the last question's first. Returns `None` if there is
        such a choice, and otherwise the least cost that is still possible.
        """
        if start == len(self.candidates):
            return None
        over: int = _INFINITE
        for candidate in self.candidates[start]:
            left = self.remaining(start + 1, tuple(map(sub, needs, candidate.gains)))
            if left is None:
                continue
            bound = candidate.cost + self.bound(start + 1, left)
            if bound <= budget:
                further = self.extend(start + 1, left, budget - candidate.cost, path)
                if further is None:
                    path.append(candidate.number)
                    return None
                bound = candidate.cost + further
            over = min(over, bound)
        if len(self.learned) > MAX_STATES:
            what = "a search through so many states"
            raise BeyondMethod(what)
        self.learned[start, needs] = least = Cost(over)
        return least

    def remaining(self, start: int, needs: Needs) -> Needs | None:
        """Return needs no lower than what is gained anyway, `None` if one is out of reach."""
        if any(map(gt, needs, self.most[start])):
            return None
        return tuple(map(max, needs, self.least[start]))

    def bound(self, start: int, needs: Needs) -> Cost:
        """Return a lower bound on the cost of meeting needs by the questions from *start* on."""
        learned = self.learned.get((start, needs))
        if learned is not None:
            return learned
        least = 0
        for need, frontier in zip(needs, self.single, strict=True):
            least = max(least, _least_cost(frontier[start], need))
        for first, second, frontier in self.pairs:
            least = max(least, _least_cost(frontier[start], needs[first] + needs[second]))
        if self.relaxation is not None:
            least = max(least, self.relaxation.bound(start, needs) - self.forced_cost[start])
        return Cost(min(max(least + self.forced_cost[start], self.rest_cost[start]), _INFINITE))


def _suffix_sums(costs: Sequence[int]) -> list[int]:
    return list(accumulate([*reversed(costs)], initial=0))[::-1]


def _least_cost(frontier: Frontier, need: int) -> int:
    gains, costs = frontier
    place = bisect_left(gains, need)
    return costs[place] if place < len(costs) else _INFINITE
