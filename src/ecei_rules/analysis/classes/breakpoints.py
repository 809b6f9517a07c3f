"""Breakpoints of conditions on numbers, and numbers on every side of each."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import assert_never

from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.rulesets.conditions import Measure

#: How many times a simple condition may be evaluated for one question.
_MAX_EVALUATIONS = 100_000


def simple_conditions(condition: Condition) -> Iterator[Threshold | OneOf | Includes]:
    """Return the simple conditions in a condition, in their order."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from simple_conditions(part)
        case Threshold() | OneOf() | Includes():
            yield condition
        case unreachable:
            assert_never(unreachable)


def breakpoints(conditions: Iterable[Condition], *measures: Measure) -> list[Fraction]:
    """Return all bounds on the measures in ascending order, each once."""
    simple = (leaf for condition in conditions for leaf in simple_conditions(condition))
    thresholds = (leaf for leaf in simple if isinstance(leaf, Threshold))
    return sorted({Fraction(each.bound) for each in thresholds if each.measure in measures})


def integers_around(points: Iterable[Fraction], lowest: int, highest: int | None) -> list[int]:
    """
    Return the ends of a range and the integers around each breakpoint, in order.

    So every interval between breakpoints has its first and last integer among them.
    Without a *highest* the range does not end.

    >>> integers_around([Fraction(5, 2), Fraction(40)], 0, None)
    [0, 1, 2, 3, 39, 40, 41]
    """
    around = {lowest} if highest is None else {lowest, highest}
    for point in points:
        around |= {floor(point) - 1, floor(point), floor(point) + 1}
    return [n for n in sorted(around) if n >= lowest and (highest is None or n <= highest)]


def integer_intervals(
    points: Iterable[Fraction], lowest: int, highest: int
) -> list[tuple[int, int]]:
    """
    Cut a range of integers before and after each breakpoint; return the ends of each part.

    >>> integer_intervals([Fraction(5), Fraction(15, 2)], 1, 9)
    [(1, 4), (5, 5), (6, 7), (8, 9)]
    """
    starts = {lowest} if lowest <= highest else set()
    for point in points:
        after = {ceil(point), floor(point) + 1}
        starts |= {start for start in after if lowest < start <= highest}
    ordered = sorted(starts)
    ends = [start - 1 for start in ordered[1:]]
    return list(zip(ordered, [*ends, highest][: len(ordered)], strict=True))


def check_affordable(conditions: Iterable[Condition], answers: int) -> None:
    """
    Refuse conditions that take too long to evaluate on so many answers.

    Raises:
        BeyondMethod: they take too long.
    """
    simple = sum(1 for condition in conditions for _ in simple_conditions(condition))
    if simple * answers > _MAX_EVALUATIONS:
        what = f"evaluating {simple} simple conditions on {answers} answers"
        raise BeyondMethod(what)


def decimals_around(
    points: Iterable[Fraction], lowest: Decimal | None, highest: Decimal | None
) -> list[int | Decimal]:
    """
    Return decimal numbers in a range on every side of each breakpoint, in order.

    They are 0, the ends of the range, the breakpoints, and between any two neighbours
    the first and the last of the numbers with the fewest decimals.

    >>> points = [Fraction(0), Fraction(1), Fraction(5)]
    >>> [str(each) for each in decimals_around(points, Decimal(0), None)]
    ['0', '0.1', '0.9', '1', '2', '4', '5', '6']
    """
    ends = {Fraction(end) for end in (lowest, highest) if end is not None}
    ordered = sorted({Fraction(), *points, *ends})
    numbers = {*ordered, Fraction(ceil(ordered[0]) - 1), Fraction(floor(ordered[-1]) + 1)}
    for below, above in pairwise(ordered):
        numbers |= _between(below, above)
    return [
        _decimal(number)
        for number in sorted(numbers)
        if (lowest is None or number >= lowest) and (highest is None or number <= highest)
    ]


def _between(below: Fraction, above: Fraction) -> set[Fraction]:
    unit = Fraction(1)
    while unit * (first := floor(below / unit) + 1) >= above:
        unit /= 10
    return {first * unit, (ceil(above / unit) - 1) * unit}


def _decimal(value: Fraction) -> int | Decimal:
    """Return a fraction that is a decimal number with all its digits, whatever the context."""
    if value.denominator == 1:
        return int(value)
    places = 0
    while 10**places % value.denominator:
        places += 1
    return Decimal(f"{value.numerator * (10**places // value.denominator)}e-{places}")
