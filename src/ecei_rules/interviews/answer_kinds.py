"""The answers that fit two editions of a question."""

from __future__ import annotations

from attrs import evolve

from ecei_rules.interviews.catalogue import (
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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from typing import TypeVar

    from ecei_rules.interviews.catalogue import Option

    N = TypeVar("N", int, Decimal)


def intersection(kinds: Sequence[AnswerKind]) -> AnswerKind | None:
    """
    The kind of answers that fit all of some kinds, `None` where none does.

    >>> intersection([Count(maximum=100), Count(minimum=1)])
    Count(unit=None, minimum=1, maximum=100)
    """
    common: AnswerKind | None = kinds[0]
    for kind in kinds[1:]:
        common = None if common is None else _common(common, kind)
    return common


def _common(one: AnswerKind, other: AnswerKind) -> AnswerKind | None:
    if getattr(one, "unit", None) != getattr(other, "unit", None):
        return None
    match one, other:
        case Count(), Count():
            lowest, highest = _within((one.minimum, other.minimum), (one.maximum, other.maximum))
            return evolve(one, minimum=lowest, maximum=highest) if _some(lowest, highest) else None
        case Number(), Number():
            least, most = _within((one.minimum, other.minimum), (one.maximum, other.maximum))
            return evolve(one, minimum=least, maximum=most) if _some(least, most) else None
        case Year(), Year():
            first, last = max(one.minimum, other.minimum), min(one.maximum, other.maximum)
            return Year(minimum=first, maximum=last) if first <= last else None
        case (Share(), Share()) | (YesNo(), YesNo()):
            return one
        case Choice(), Choice():
            options = _shared(one.options, other.options)
            return Choice(options) if options else None
        case Choices(), Choices():
            options = _shared(one.options, other.options)
            return Choices(options) if options else None
        case Breakdown(), Breakdown():
            options = _shared(one.options, other.options)
            _, highest = _within((), (one.maximum, other.maximum))
            return evolve(one, options=options, maximum=highest) if options else None
        case _:
            return None


def _shared(one: Sequence[Option], other: Sequence[Option]) -> list[Option]:
    known = {option.id for option in other}
    return [option for option in one if option.id in known]


def _within(minima: Sequence[N | None], maxima: Sequence[N | None]) -> tuple[N | None, N | None]:
    """The larger of the least and the smaller of the largest bounds that there are."""
    return (
        max((each for each in minima if each is not None), default=None),
        min((each for each in maxima if each is not None), default=None),
    )


def _some(lowest: int | Decimal | None, highest: int | Decimal | None) -> bool:
    return lowest is None or highest is None or lowest <= highest


def is_subkind(one: AnswerKind, other: AnswerKind) -> bool:
    """
    Whether every answer of one kind is one of another.

    >>> is_subkind(Count(maximum=10), Count()), is_subkind(Count(), Count(maximum=10))
    (True, False)
    """
    common = _common(one, other)
    if isinstance(one, Count) and isinstance(common, Count):
        return (common.minimum or 0, common.maximum) == (one.minimum or 0, one.maximum)
    return common == one
