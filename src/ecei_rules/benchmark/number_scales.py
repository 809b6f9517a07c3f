"""The bounds that classes of numbers may have, and which bounds separate grades."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from math import ceil, floor
from typing import Literal, assert_never

from attrs import field, frozen

from ecei_rules.benchmark.classes import chosen_bounds
from ecei_rules.benchmark.tables import MOST_INTERVALS
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
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, OneOf, Threshold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.ruleset import Grading

    Side = Literal["low", "high"]

#: The first two digits of bounds, the roundest first.
_DIGITS = ((10, 20, 50), (15, 25, 30, 40, 60, 80), (12, 35, 45, 70, 90))
_POWERS = range(-3, 12)
_PERCENT = 100
_LUSTRUM, _DECADE, _CENTURY = 5, 10, 100


@frozen
class NumberScale:
    """
    The possible bounds of classes of numbers, the lowest first.

    *roundness* is that of each bound, 0 for the roundest; *wanted* are the places of those
    that separate grades. All bounds are in the class above them, or with *includes* `high`
    in the class below.
    """

    bounds: tuple[int | Decimal, ...] = field(converter=tuple[int | Decimal, ...])
    roundness: tuple[int, ...] = field(converter=tuple[int, ...])
    includes: Side = "low"
    wanted: tuple[int, ...] = field(default=(), converter=tuple[int, ...])

    def coarse(self, number: int | Decimal | Fraction) -> int | Decimal:
        """
        Return a number that is in the same class however the bounds are chosen.

        >>> NumberScale([10, 20], [0, 0]).coarse(19), NumberScale([10, 20], [0, 0]).coarse(3)
        (10, 9)
        """
        if self.includes == "low":
            place = bisect_right(self.bounds, number)
            return self.bounds[place - 1] if place else self.bounds[0] - 1
        place = bisect_left(self.bounds, number)
        return self.bounds[place] if place < len(self.bounds) else self.bounds[-1] + 1

    @property
    def values(self) -> tuple[int | Decimal, ...]:
        """One coarse number between any two bounds, the lowest first."""
        if self.includes == "low":
            return (self.bounds[0] - 1, *self.bounds)
        return (*self.bounds, self.bounds[-1] + 1)

    def divided(
        self, counts: Mapping[int | Decimal, int], most: int = MOST_INTERVALS
    ) -> tuple[int | Decimal, ...]:
        """Return the bounds that divide the coarse numbers of everybody into classes."""
        places = {value: place for place, value in enumerate(self.values)}
        by_place = {places[value]: count for value, count in counts.items()}
        return tuple(
            self.bounds[place]
            for place in chosen_bounds(by_place, self.roundness, self.wanted, most)
        )


def number_scale(kind: AnswerKind, grading: Grading | None) -> tuple[NumberScale, bool]:
    """
    Return the scale of numbers of a kind, and whether the grade follows from a class of it.

    That is so if all conditions of the grading are bounds of the number itself, on the same
    side.
    """
    edges, complete = _edges(kind, grading)
    sides = [side for _, side in edges]
    includes: Side = "high" if sides and "low" not in sides else "low"
    usable = list(dict.fromkeys(bound for bound, side in edges if side == includes))
    rounds = {**_round_bounds(kind), **dict.fromkeys(usable, 0)}
    bounds = sorted(rounds)
    scale = NumberScale(
        bounds, [rounds[bound] for bound in bounds], includes, map(bounds.index, usable)
    )
    return scale, complete and all(side == includes for side in sides)


def scale_of_parts() -> NumberScale:
    """Return the scale of the shares of a breakdown, in percent."""
    bounds = (1, *range(5, _PERCENT + 1, 5))
    return NumberScale(bounds, (int(bound % 10 != 0) for bound in bounds))


def _round_bounds(kind: AnswerKind) -> dict[int | Decimal, int]:
    match kind:
        case Count() | Number():
            return _round_numbers(whole=isinstance(kind, Count))
        case Share():
            return {1: 1, **{bound: int(bound % 10 != 0) for bound in range(5, _PERCENT + 1, 5)}}
        case Year():
            centuries: dict[int | Decimal, int] = dict.fromkeys(
                range(_CENTURY, 10_000, _CENTURY), 0
            )
            lustrums = range(1900, 2100, _LUSTRUM)
            return {**centuries, **{year: int(year % _DECADE != 0) for year in lustrums}}
        case YesNo() | Choice() | Choices() | Breakdown():
            msg = f"answers of this kind are not numbers: {kind!r}"
            raise TypeError(msg)
        case unreachable:
            assert_never(unreachable)


def _round_numbers(*, whole: bool) -> dict[int | Decimal, int]:
    bounds: dict[int | Decimal, int] = {0: 0, **dict.fromkeys(range(2, 10), 1)}
    for rank, digits in enumerate(_DIGITS):
        for first in digits:
            for power in _POWERS:
                number = Decimal(first).scaleb(power - 1)
                if number == int(number):
                    bounds[int(number)] = rank
                    bounds[-int(number)] = rank
                elif not whole:
                    bounds[number] = bounds[-number] = rank
    return bounds


def _edges(
    kind: AnswerKind, grading: Grading | None
) -> tuple[list[tuple[int | Decimal, Side]], bool]:
    """Return the bounds between grades with the class that each is in, and whether it is all."""
    edges: list[tuple[int | Decimal, Side]] = []
    complete = True
    whole = isinstance(kind, Count | Year)
    for grade in grading.grades if grading else ():
        for threshold in _thresholds(grade.when):
            if threshold is None or threshold.measure != "value":
                complete = False
                continue
            bound = (
                int(threshold.bound) if threshold.bound == int(threshold.bound) else threshold.bound
            )
            match threshold.comparison:
                case "at_least" | "less_than":
                    edges.append((ceil(bound) if whole else bound, "low"))
                case "at_most" | "more_than" if whole:
                    edges.append((floor(bound) + 1, "low"))
                case "at_most" | "more_than":
                    edges.append((bound, "high"))
                case unreachable:
                    assert_never(unreachable)
    return edges, complete


def _thresholds(condition: Condition | None) -> Iterator[Threshold | None]:
    """Yield the thresholds of a condition, `None` for a condition of another kind."""
    match condition:
        case None:
            return
        case Threshold():
            yield condition
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _thresholds(part)
        case OneOf() | Includes():
            yield None
        case unreachable:
            assert_never(unreachable)
