"""What needs cost at the least if every question could be in a mixture of its classes."""

from __future__ import annotations

from operator import sub
from typing import TypeAlias

from attrs import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

Needs: TypeAlias = tuple[int, ...]

#: How finely prices are divided, and how often they are corrected.
_PARTS = 1 << 32
_ROUNDS = 30
#: After so many corrections that were too large the next ones are half as large.
_PATIENCE = 3


@frozen
class Step:
    """A class that a question may be in: what it gains towards each need, and its cost."""

    cell: int
    gains: Needs
    cost: int


@frozen
class LagrangianBound:
    """
    Needs sold at a price: what they cost at the least, from each question on.

    Whoever may leave a need unmet for its price pays no more than who must meet it, and
    can choose question by question. That holds for any prices; the best of them give
    the least cost of meeting the needs with mixtures of classes (the Lagrangian dual).
    """

    prices: Needs
    rest: tuple[int, ...]

    def bound(self, at: int, needs: Needs) -> int:
        """What the questions from one on cost at the least to meet some needs."""
        worth = sum(price * need for price, need in zip(self.prices, needs, strict=True))
        return -(-(worth + self.rest[at]) // _PARTS)


def lagrangian_bound(needs: Needs, steps: Sequence[Sequence[Step]]) -> LagrangianBound:
    """The relaxation of a search, at good prices."""
    prices = _prices(needs, steps)
    rest = [0]
    for each in reversed(steps):
        rest.append(rest[-1] + min(_PARTS * step.cost - _worth(prices, step) for step in each))
    return LagrangianBound(prices, tuple(reversed(rest)))


def _worth(prices: Needs, step: Step) -> int:
    return sum(price * gain for price, gain in zip(prices, step.gains, strict=True))


def _prices(needs: Needs, steps: Sequence[Sequence[Step]]) -> Needs:
    """
    Prices at which the relaxation costs nearly as much as at the best ones.

    They are raised where too little is gained and lowered where too much is, by as much
    as the best cost so far, and somewhat more, is away; measured in the largest gain
    of a step and the largest cost.
    """
    questions = len(steps) or 1
    every = [step for each in steps for step in each]
    size = [
        max((1, abs(need) // questions, *(abs(step.gains[at]) for step in every)))
        for at, need in enumerate(needs)
    ]
    dearest = max((1, *(step.cost for step in every)))
    wanted = [need / most for need, most in zip(needs, size, strict=True)]
    offers = [
        [
            (
                step.cost / dearest,
                [gain / most for gain, most in zip(step.gains, size, strict=True)],
            )
            for step in each
        ]
        for each in steps
    ]
    prices = best = [0.0 for _ in needs]
    highest, lead, failed = float("-inf"), 1.0, 0
    for _ in range(_ROUNDS):
        cost, short = sum(p * need for p, need in zip(prices, wanted, strict=True)), wanted
        for each in offers:
            spent, chosen = min(
                (offer - sum(p * gain for p, gain in zip(prices, gained, strict=True)), gained)
                for offer, gained in each
            )
            cost, short = cost + spent, list(map(sub, short, chosen))
        if cost > highest:
            highest, best, failed = cost, prices, 0
        else:
            failed += 1
            lead, failed = (lead, failed) if failed < _PATIENCE else (lead / 2, 0)
        slope = [s if s > 0 or p > 0 else 0.0 for s, p in zip(short, prices, strict=True)]
        steep = sum(each * each for each in slope)
        if not steep:
            break
        far = (highest + lead - cost) / steep
        prices = [max(0.0, p + far * each) for p, each in zip(prices, slope, strict=True)]
    return tuple(
        int(price * _PARTS) * dearest // most for price, most in zip(best, size, strict=True)
    )
