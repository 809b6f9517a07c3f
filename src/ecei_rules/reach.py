"""Which conditions an answer of a kind can meet at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from math import floor
from typing import assert_never

from attrs import frozen

from ecei_rules._mapping import FrozenMap
from ecei_rules.answers import Answer
from ecei_rules.catalogue import (
    AnswerKind,
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold, Truth, hold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.validity import Period

_SUBSETS = 12
_FINE = 10**6


@frozen
class Sample:
    """An answer that could be given, and a day on which it could."""

    answer: Answer
    on: date


def never(condition: Condition, kind: AnswerKind, days: Period) -> bool:
    """
    Whether no answer of the kind meets the condition on any of the days.

    Exact for conditions that look at one measure of the answer; where one looks at
    several at once it is `True` only when a part of it settles the matter.

    >>> from ecei_rules.validity import Period
    >>> over = Threshold("value", "more_than", Decimal(100))
    >>> never(over, Share(), Period(date(2019, 11, 15)))
    True
    """
    tried = samples(kind, [condition], days)
    if tried is not None:
        return not any(_holds(condition, each) for each in tried)
    match condition:
        case AllOf(parts=parts):
            return any(never(part, kind, days) for part in parts)
        case AnyOf(parts=parts):
            return all(never(part, kind, days) for part in parts)
        case _:
            return False


def attained(
    conditions: Iterable[Condition | None], kind: AnswerKind, days: Period
) -> frozenset[int] | None:
    """
    Which of several conditions are the first to hold for some answer of the kind.

    `None` in *conditions* always holds. Returns `None` when that cannot be said
    because the conditions look at several measures of the answer at once.
    """
    conditions = tuple(conditions)
    tried = samples(kind, [each for each in conditions if each is not None], days)
    if tried is None:
        return None
    return frozenset(
        next(
            index
            for index, condition in enumerate(conditions)
            if condition is None or _holds(condition, each)
        )
        for each in tried
    )


def samples(
    kind: AnswerKind, conditions: Iterable[Condition], days: Period
) -> tuple[Sample, ...] | None:
    """
    Answers among which every outcome of the conditions occurs that can occur.

    `None` when the conditions look at several measures of a breakdown or of a year,
    or at more options than can be tried one by one.
    """
    leaves = tuple(leaf for condition in conditions for leaf in _leaves(condition))
    first = days.first
    match kind:
        case YesNo():
            return Sample(answer=True, on=first), Sample(answer=False, on=first)
        case Choice(options=options):
            return tuple(Sample(option.id, first) for option in options)
        case Count(minimum=minimum, maximum=maximum):
            numbers = _whole(leaves, minimum or 0, maximum)
            return tuple(Sample(number, first) for number in numbers)
        case Number(minimum=minimum, maximum=maximum):
            fine = _fine(leaves, minimum, maximum)
            return tuple(Sample(number, first) for number in fine)
        case Share():
            fine = _fine(leaves, Decimal(0), Decimal(100))
            return tuple(Sample(number, first) for number in fine)
        case Year():
            return _years(kind, leaves, days)
        case Choices(options=options):
            if len(options) > _SUBSETS:
                return None
            return tuple(Sample(chosen, first) for chosen in _subsets(kind))
        case Breakdown():
            counted = _breakdowns(kind, leaves)
            return None if counted is None else tuple(Sample(each, first) for each in counted)
        case unreachable:
            assert_never(unreachable)


def _holds(condition: Condition, sample: Sample) -> bool:
    return hold(condition, sample.answer, sample.on).truth is Truth.HOLDS


def _leaves(condition: Condition) -> Iterator[Threshold | OneOf | Includes]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _leaves(part)
        case Threshold() | OneOf() | Includes():
            yield condition
        case unreachable:
            assert_never(unreachable)


def _bounds(leaves: Iterable[Threshold | OneOf | Includes]) -> list[Fraction]:
    return sorted({Fraction(leaf.bound) for leaf in leaves if isinstance(leaf, Threshold)})


def _whole(
    leaves: Iterable[Threshold | OneOf | Includes], lowest: int, highest: int | None
) -> list[int]:
    """Both ends, and the whole numbers around every bound."""
    around = {lowest} if highest is None else {lowest, highest}
    for bound in _bounds(leaves):
        around |= {floor(bound) - 1, floor(bound), floor(bound) + 1}
    return [n for n in sorted(around) if n >= lowest and (highest is None or n <= highest)]


def _fine(
    leaves: Iterable[Threshold | OneOf | Includes],
    lowest: Decimal | None,
    highest: Decimal | None,
) -> list[int | Decimal]:
    """Both ends, every bound, and a number between any two neighbours."""
    bounds = [Fraction(end) for end in (lowest, highest) if end is not None]
    marks = sorted({*_bounds(leaves), *bounds})
    marks = [marks[0] - 1, *marks, marks[-1] + 1] if marks else [Fraction(0)]
    between = [(one + other) / 2 for one, other in pairwise(marks)]
    return [
        _decimal(each)
        for each in sorted([*marks, *between])
        if (lowest is None or each >= lowest) and (highest is None or each <= highest)
    ]


def _decimal(value: Fraction) -> int | Decimal:
    """A fraction of decimals and of halves of them, which is a decimal again."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return Decimal(int(value * 10**places)).scaleb(-places)


def _years(
    kind: Year, leaves: tuple[Threshold | OneOf | Includes, ...], days: Period
) -> tuple[Sample, ...] | None:
    measures = {leaf.measure for leaf in leaves if isinstance(leaf, Threshold)}
    if measures != {"years_ago"}:
        years = _whole(leaves, kind.minimum, kind.maximum)
        return None if len(measures) > 1 else tuple(Sample(y, days.first) for y in years)
    last = days.last.year if days.last else date.max.year
    found = []
    for ago in _whole(leaves, days.first.year - kind.maximum, last - kind.minimum):
        on = min(max(days.first.year, kind.minimum + ago), last)
        day = days.first if on == days.first.year else date(on, 1, 1)
        found.append(Sample(on - ago, day))
    return tuple(found)


def _subsets(kind: Choices | Breakdown) -> Iterator[tuple[str, ...]]:
    names = [option.id for option in kind.options]
    for size in range(len(names) + 1):
        yield from combinations(names, size)


def _breakdowns(
    kind: Breakdown, leaves: tuple[Threshold | OneOf | Includes, ...]
) -> list[FrozenMap[str, int]] | None:
    measures = {
        (leaf.measure, leaf.options) if isinstance(leaf, Threshold) else ("types", ())
        for leaf in leaves
    }
    if len(measures) > 1:
        return None
    measure, options = next(iter(measures), ("types", ()))
    if measure == "types":
        if len(kind.options) > _SUBSETS:
            return None
        return [FrozenMap(dict.fromkeys(chosen, 1)) for chosen in _subsets(kind)]
    inside = list(dict.fromkeys(options))
    outside = [option.id for option in kind.options if option.id not in inside]
    if measure == "sum_of":
        highest = None if kind.maximum is None else kind.maximum * len(inside)
        return [_spread(n, inside, kind.maximum) for n in _whole(leaves, 0, highest)]
    if not outside:
        return [FrozenMap(), FrozenMap({inside[0]: 1})]
    shares = [Fraction(each) / 100 for each in _fine(leaves, Decimal(0), Decimal(100))]
    wholes = max(share.denominator for share in shares)
    if wholes > min(_FINE, _FINE if kind.maximum is None else kind.maximum):
        return None
    return [
        FrozenMap({inside[0]: s.numerator, outside[0]: s.denominator - s.numerator}) for s in shares
    ]


def _spread(number: int, names: list[str], maximum: int | None) -> FrozenMap[str, int]:
    """Counts of some options that add up to a number."""
    counts = {}
    for name in names:
        counts[name] = number if maximum is None else min(number, maximum)
        number -= counts[name]
    return FrozenMap(counts)
