"""Lower bounds on cost from a Lagrangian relaxation."""

from __future__ import annotations

from operator import sub
from typing import TypeAlias

from attrs import frozen

from ecei_rules.analysis.solver.numbers import ClassNumber, Cost, Points

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: The least gain of each bounded sum, or what each of them gains.
Needs: TypeAlias = tuple[Points, ...]

#: A price is a multiple of one part in so many.
_PARTS = 1 << 32
#: How often the prices are corrected.
_ROUNDS = 30
#: After so many corrections that were too large the next ones are half as large.
_PATIENCE = 3


@frozen
class Candidate:
    """A class that a question may take: its gains towards each need, and its cost."""

    number: ClassNumber
    gains: Needs
    cost: Cost


@frozen
class LagrangianBound:
    """
    Lower bounds on the cost of meeting needs, from a price for each unmet need.

    If a need may be left unmet for its price, each question can be chosen by itself, and
    the total is no more than the cost of meeting all needs. That holds for any prices
    that are not negative. *rest* is the least such total of the questions from each
    position on, when nothing is needed.
    """

    prices: tuple[int, ...]
    rest: tuple[int, ...]

    def bound(self, start: int, needs: Needs) -> int:
        """Return a lower bound on the cost of meeting needs by the questions from *start* on."""
        worth = sum(price * need for price, need in zip(self.prices, needs, strict=True))
        return -(-(worth + self.rest[start]) // _PARTS)


def lagrangian_bound(needs: Needs, candidates: Sequence[Sequence[Candidate]]) -> LagrangianBound:
    """Return the Lagrangian bounds for the candidates of each question, at good prices."""
    prices = _prices(needs, candidates)
    rest = [0]
    for of_question in reversed(candidates):
        cheapest = min(_PARTS * each.cost - _worth(prices, each) for each in of_question)
        rest.append(rest[-1] + cheapest)
    return LagrangianBound(prices, tuple(reversed(rest)))


def _worth(prices: Sequence[int], candidate: Candidate) -> int:
    return sum(price * gain for price, gain in zip(prices, candidate.gains, strict=True))


def _prices(needs: Needs, candidates: Sequence[Sequence[Candidate]]) -> tuple[int, ...]:
    """
    Approximate the prices of the highest bound (the Lagrangian dual) by subgradient steps.

    A price rises where too little is gained and falls where too much is, by a step that
    aims somewhat above the best bound so far. All is in units of the largest gain and
    the largest cost of a candidate.
    """
    questions = len(candidates) or 1
    of_all = [candidate for of_question in candidates for candidate in of_question]
    units = [
        max((1, abs(need) // questions, *(abs(candidate.gains[at]) for candidate in of_all)))
        for at, need in enumerate(needs)
    ]
    dearest = max((1, *(candidate.cost for candidate in of_all)))
    wanted = [need / unit for need, unit in zip(needs, units, strict=True)]
    offers = [
        [
            (
                candidate.cost / dearest,
                [gain / unit for gain, unit in zip(candidate.gains, units, strict=True)],
            )
            for candidate in of_question
        ]
        for of_question in candidates
    ]
    prices = best = [0.0 for _ in needs]
    highest, lead, failed = float("-inf"), 1.0, 0
    for _ in range(_ROUNDS):
        cost, short = sum(p * need for p, need in zip(prices, wanted, strict=True)), wanted
        for of_question in offers:
            spent, chosen = min(
                (offer - sum(p * gain for p, gain in zip(prices, gained, strict=True)), gained)
                for offer, gained in of_question
            )
            cost, short = cost + spent, list(map(sub, short, chosen))
        if cost > highest:
            highest, best, failed = cost, prices, 0
        else:
            failed += 1
            lead, failed = (lead, failed) if failed < _PATIENCE else (lead / 2, 0)
        slope = [s if s > 0 or p > 0 else 0.0 for s, p in zip(short, prices, strict=True)]
        steepness = sum(s * s for s in slope)
        if not steepness:
            break
        length = (highest + lead - cost) / steepness
        prices = [max(0.0, p + length * s) for p, s in zip(prices, slope, strict=True)]
    return tuple(
        int(price * _PARTS) * dearest // unit for price, unit in zip(best, units, strict=True)
    )
