"""Where bounds cut numbers, and the answers on every side of every cut."""

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

_ALLOWED = 100_000


def simple_conditions(condition: Condition) -> Iterator[Threshold | OneOf | Includes]:
    """The simple conditions in a condition, as they stand."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from simple_conditions(part)
        case Threshold() | OneOf() | Includes():
            yield condition
        case unreachable:
            assert_never(unreachable)


def breakpoints(conditions: Iterable[Condition], *measures: Measure) -> list[Fraction]:
    """All bounds on the measures, the lowest first, each once."""
    found = (leaf for condition in conditions for leaf in simple_conditions(condition))
    thresholds = (leaf for leaf in found if isinstance(leaf, Threshold))
    return sorted({Fraction(each.bound) for each in thresholds if each.measure in measures})


def whole(marks: Iterable[Fraction], lowest: int, highest: int | None) -> list[int]:
    """
    Whole numbers in a range such that every side of every mark has its ends among them.

    They are the ends of the range and the numbers around each mark, in order; without
    a *highest* the range does not end.

    >>> whole([Fraction(5, 2), Fraction(40)], 0, None)
    [0, 1, 2, 3, 39, 40, 41]
    """
    around = {lowest} if highest is None else {lowest, highest}
    for mark in marks:
        around |= {floor(mark) - 1, floor(mark), floor(mark) + 1}
    return [n for n in sorted(around) if n >= lowest and (highest is None or n <= highest)]


def spans(marks: Iterable[Fraction], lowest: int, highest: int) -> list[tuple[int, int]]:
    """
    The whole numbers of a range, cut before and after each mark: first and last of each part.

    >>> spans([Fraction(5), Fraction(15, 2)], 1, 9)
    [(1, 4), (5, 5), (6, 7), (8, 9)]
    """
    starts = {lowest} if lowest <= highest else set()
    for mark in marks:
        after = {ceil(mark), floor(mark) + 1}
        starts |= {each for each in after if lowest < each <= highest}
    ordered = sorted(starts)
    ends = [each - 1 for each in ordered[1:]]
    return list(zip(ordered, [*ends, highest][: len(ordered)], strict=True))


def affordable(conditions: Iterable[Condition], answers: int) -> None:
    """
    Make sure that conditions can be held against so many answers in a short time.

    Raises:
        BeyondMethod: they cannot.
    """
    simple = sum(1 for condition in conditions for _ in simple_conditions(condition))
    if simple * answers > _ALLOWED:
        what = f"holding {simple} simple conditions against {answers} answers"
        raise BeyondMethod(what)


def refined(
    marks: Iterable[Fraction], lowest: Decimal | None, highest: Decimal | None
) -> list[int | Decimal]:
    """
    Decimal numbers in a range such that every side of every mark is among them.

    They are 0, the ends of the range, the marks, and between any two neighbours the
    first and the last of the numbers with the fewest decimals, in order.

    >>> [str(each) for each in refined([Fraction(0), Fraction(1), Fraction(5)], Decimal(0), None)]
    ['0', '0.1', '0.9', '1', '2', '4', '5', '6']
    """
    ends = {Fraction(end) for end in (lowest, highest) if end is not None}
    ordered = sorted({Fraction(), *marks, *ends})
    found = {*ordered, Fraction(ceil(ordered[0]) - 1), Fraction(floor(ordered[-1]) + 1)}
    for below, above in pairwise(ordered):
        found |= _between(below, above)
    return [
        _decimal(each)
        for each in sorted(found)
        if (lowest is None or each >= lowest) and (highest is None or each <= highest)
    ]


def _between(below: Fraction, above: Fraction) -> set[Fraction]:
    tenth = Fraction(1)
    while tenth * (first := floor(below / tenth) + 1) >= above:
        tenth /= 10
    return {first * tenth, (ceil(above / tenth) - 1) * tenth}


def _decimal(value: Fraction) -> int | Decimal:
    """A fraction that is a decimal number, with all its digits whatever the context."""
    if value.denominator == 1:
        return int(value)
    places = 0
    while 10**places % value.denominator:
        places += 1
    return Decimal(f"{value.numerator * (10**places // value.denominator)}e-{places}")
