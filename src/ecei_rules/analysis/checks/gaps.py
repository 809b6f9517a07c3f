"""Gaps in the attainable values in which a bound lies."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import assert_never

from attrs import frozen

from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.interviews.dates import Period
    from ecei_rules.rulesets.conditions import Threshold

#: The largest sum of points for which gaps are searched.
MAX_POINTS = 1_000_000
_LAST_YEAR = 9999


@frozen
class Gap:
    """Two attainable values with no attainable value between them."""

    below: Fraction
    above: Fraction


def attainable_neighbours(threshold: Threshold, kind: AnswerKind, days: Period) -> Gap | None:
    """
    Return the gap that contains a bound, `None` if the bound or nothing beyond is attainable.

    Decimal numbers have no gaps. The share of some options in a breakdown can be any
    fraction unless the breakdown has a maximum, or no other options. *days* are the
    possible days of interviews, for `years_ago`.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from ecei_rules.rulesets.conditions import Threshold
    >>> from ecei_rules.interviews.dates import Period
    >>> bound = Threshold("value", "at_least", Decimal("14.5"))
    >>> attainable_neighbours(bound, Count(), Period(date(2024, 1, 1)))
    Gap(below=Fraction(14, 1), above=Fraction(15, 1))
    """
    bound = Fraction(threshold.bound)
    match threshold.measure:
        case "value":
            match kind:
                case Count() | Year():
                    return _between_whole(bound, kind.minimum or 0, kind.maximum)
                case Number() | Share() | YesNo() | Choice() | Choices() | Breakdown():
                    return None  # decimals have no gaps, and the others no value to compare
                case unreachable:
                    assert_never(unreachable)
        case "years_ago":
            assert isinstance(kind, Year), "the kind of answer fits the measure"
            last = days.last.year if days.last else _LAST_YEAR
            return _between_whole(bound, days.first.year - kind.maximum, last - kind.minimum)
        case "types":
            assert isinstance(kind, Choices | Breakdown), "the kind of answer fits the measure"
            countable = not isinstance(kind, Breakdown) or kind.maximum != 0
            counting = len(set(threshold.options) or kind.options)
            return _between_whole(bound, 0, counting if countable else 0)
        case "sum_of":
            assert isinstance(kind, Breakdown), "the kind of answer fits the measure"
            inside = len(set(threshold.options))
            most = None if kind.maximum is None else inside * kind.maximum
            return _between_whole(bound, 0, most)
        case "share_of":
            assert isinstance(kind, Breakdown), "the kind of answer fits the measure"
            inside = len(set(threshold.options))
            return _between_shares(bound / 100, inside, len(kind.options) - inside, kind.maximum)
        case unreachable:
            assert_never(unreachable)


def gap_in_points(bound: Fraction, earned: Iterable[Collection[int]]) -> Gap | None:
    """
    Return the gap between sums of points that contains a bound, `None` as above.

    *earned* are the possible points of each summand.

    >>> gap_in_points(Fraction(3), [{0, 4}, {0, 2}, {0}])
    Gap(below=Fraction(2, 1), above=Fraction(4, 1))

    Raises:
        BeyondMethod: the points are too many.
    """
    earned = tuple(earned)
    most = sum(map(max, earned))
    if not 0 < bound < most:
        return None
    if most > MAX_POINTS:
        what = f"looking for sums of up to {most} points"
        raise BeyondMethod(what)
    reached = 1
    for points in earned:
        after = 0
        for summand in points:
            after |= reached << summand
        reached = after
    first = ceil(bound)
    above, below = reached >> first, reached & ((1 << first) - 1)
    if not below or (first == bound and above & 1):
        return None
    next_above = first + (above & -above).bit_length() - 1
    return Gap(Fraction(below.bit_length() - 1), Fraction(next_above))


def _between_whole(bound: Fraction, lowest: int, highest: int | None) -> Gap | None:
    below, above = floor(bound), ceil(bound)
    if below == above or below < lowest or (highest is not None and above > highest):
        return None
    return Gap(Fraction(below), Fraction(above))


def _between_shares(share: Fraction, inside: int, outside: int, maximum: int | None) -> Gap | None:
    """Return the gap between the shares of counts of at most *maximum* each."""
    if not 0 < share < 1 or maximum == 0:
        return None
    if not outside:
        return Gap(Fraction(0), Fraction(100))
    part, rest = share.numerator, share.denominator - share.numerator
    if maximum is None or (part <= inside * maximum and rest <= outside * maximum):
        return None
    ratios = _nearest_ratios(Fraction(part, rest), inside * maximum, outside * maximum)
    below, above = (Fraction(100 * counted, counted + left) for counted, left in ratios)
    return Gap(below, above)


def _nearest_ratios(
    ratio: Fraction, most: int, others: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """
    Return the nearest ratios below and above one that is not attainable itself.

    The first number of a ratio is at most *most*, the second at most *others*. This goes
    down the Stern-Brocot tree, in which both numbers of a ratio between two neighbours
    are at least the sums of theirs.
    """
    (a, b), (c, d) = (0, 1), (1, 0)
    moved = True
    while moved:
        up = _steps(ratio * b - a, c - ratio * d, (a, b), (c, d), (most, others))
        a, b = a + up * c, b + up * d
        down = _steps(c - ratio * d, ratio * b - a, (c, d), (a, b), (most, others))
        c, d = c + down * a, d + down * b
        moved = bool(up or down)
    return (a, b), (c, d)


def _steps(
    left: Fraction,
    other: Fraction,
    start: tuple[int, int],
    step: tuple[int, int],
    limits: tuple[int, int],
) -> int:
    """Return how many steps stay on their side of the ratio and within the limits."""
    room = [
        (limit - number) // more
        for limit, number, more in zip(limits, start, step, strict=True)
        if more
    ]
    return min(ceil(left / other) - 1, *room)
