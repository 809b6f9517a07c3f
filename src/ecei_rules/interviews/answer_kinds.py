"""Intersections of answer kinds, for two editions of a question."""

from __future__ import annotations

from typing import Any, assert_never

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
    Return the kind of the answers that fit all kinds, or `None` if no answer does.

    Source: docs/semantics.md, 9.4.

    >>> intersection([Count(maximum=100), Count(minimum=1)])
    Count(unit=None, minimum=1, maximum=100)
    """
    common: AnswerKind | None = kinds[0]
    for kind in kinds[1:]:
        common = None if common is None else _intersection(common, kind)
    return common


def _intersection(first: AnswerKind, second: AnswerKind) -> AnswerKind | None:
    if type(first) is not type(second):
        return None
    if getattr(first, "unit", None) != getattr(second, "unit", None):
        return None
    same_type: Any = second  # of the type of the first, which the type checker does not see
    match first:
        case Count() | Number() | Year():
            minimum: Any = _largest(first.minimum, same_type.minimum)
            maximum: Any = _smallest(first.maximum, same_type.maximum)
            if minimum is not None and maximum is not None and minimum > maximum:
                return None
            bounds = {"minimum": minimum, "maximum": maximum}
            return evolve(first, **bounds)
        case Share() | YesNo():
            return first
        case Choice() | Choices():
            options = _shared(first.options, same_type.options)
            return evolve(first, options=options) if options else None
        case Breakdown():
            options = _shared(first.options, same_type.options)
            maximum = _smallest(first.maximum, same_type.maximum)
            return evolve(first, options=options, maximum=maximum) if options else None
        case unreachable:
            assert_never(unreachable)


def _shared(first: Sequence[Option], second: Sequence[Option]) -> list[Option]:
    known = {option.id for option in second}
    return [option for option in first if option.id in known]


def _largest(*bounds: N | None) -> N | None:
    return max((bound for bound in bounds if bound is not None), default=None)


def _smallest(*bounds: N | None) -> N | None:
    return min((bound for bound in bounds if bound is not None), default=None)


def is_subkind(first: AnswerKind, second: AnswerKind) -> bool:
    """
    Return whether every answer of the first kind is one of the second.

    >>> is_subkind(Count(maximum=10), Count()), is_subkind(Count(), Count(maximum=10))
    (True, False)
    """
    common = _intersection(first, second)
    if isinstance(first, Count) and isinstance(common, Count):
        return (common.minimum or 0, common.maximum) == (first.minimum or 0, first.maximum)
    return common == first
