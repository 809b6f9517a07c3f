"""Percentages rounded for people."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import assert_never

from ecei_rules.rulesets.conditions import COMPARE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecei_rules.rulesets.conditions import Comparator

    #: A bound in percent.
    Bound = tuple[Comparator, Decimal]


def rounded_percentage(percent: Fraction, bounds: Sequence[Bound] = ()) -> Decimal:
    """
    Round a percentage to one decimal, and never across one of the *bounds* shown beside it.

    Beside lower bounds it is rounded down, beside upper bounds up, beside both or none to
    the nearest, halves up. It has more decimals where readers would otherwise take it for
    within a bound that it misses, or outside of one that it is within. Source:
    docs/semantics.md, 1.5.

    >>> sixty = ("at_least", Decimal(60))
    >>> rounded_percentage(Fraction(200, 3)), rounded_percentage(Fraction("59.96"), [sixty])
    (Decimal('66.7'), Decimal('59.9'))
    >>> rounded_percentage(Fraction("50.02"), [("more_than", Decimal(50))])
    Decimal('50.02')
    """
    compared = [(COMPARE[comparison], Fraction(bound)) for comparison, bound in bounds]
    within = [compare(percent, bound) for compare, bound in compared]
    rounding = _rounding({comparison for comparison, _ in bounds})
    decimals = 1
    while True:
        units = rounding(percent * 10**decimals)
        shown = Fraction(units, 10**decimals)
        if [compare(shown, bound) for compare, bound in compared] == within:
            # unlike `scaleb` it keeps all digits
            return Decimal(f"{units}E-{decimals}")
        decimals += 1


def _rounding(comparisons: set[Comparator]) -> Callable[[Fraction], int]:
    directions = {_direction(each) for each in comparisons}
    return directions.pop() if len(directions) == 1 else _nearest


def _direction(comparison: Comparator) -> Callable[[Fraction], int]:
    match comparison:
        case "at_least" | "more_than":
            return floor
        case "at_most" | "less_than":
            return ceil
        case unreachable:
            assert_never(unreachable)


def _nearest(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))
