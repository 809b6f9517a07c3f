"""Ranks, and ranges of classes, in the language of a page."""

from __future__ import annotations

from math import ceil, floor
from typing import assert_never

from ecei_rules.benchmark.tables import Intervals, PartIntervals
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
    from decimal import Decimal

    from ecei_rules.benchmark.estimates import ClassRange
    from ecei_rules.benchmark.ranking import Rank
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.report.pages.localisation import Words


def rank_text(rank: Rank, words: Words) -> str:
    """Word the quarter or the half that a number is in, if it is sure, and its percentiles."""
    low, high = floor(100 * rank.percentile.low), ceil(100 * rank.percentile.high)
    text = words("percentile {low} to {high}", low=words.number(low), high=words.number(high))
    match rank.percentile.quarter, rank.percentile.half:
        case 4, _:
            return f"{text}, {words('in the upper quarter')}"
        case 1, _:
            return f"{text}, {words('in the lower quarter')}"
        case _, 2:
            return f"{text}, {words('in the upper half')}"
        case _, 1:
            return f"{text}, {words('in the lower half')}"
        case _:
            return text


def between(
    table: Intervals | PartIntervals, classes: ClassRange, kind: AnswerKind, words: Words
) -> str:
    """Word the numbers in some neighbouring classes."""

    def bound(number: int) -> str:
        return number_text(table.bounds[number], kind, words)

    first, last = classes.first, classes.last
    includes_low = isinstance(table, PartIntervals) or table.includes == "low"
    if not first and last == len(table.bounds):
        return words("any")
    if not first and includes_low:
        return words("under {high}", high=bound(last))
    if not first:
        return words("up to {high}", high=bound(last))
    if last < len(table.bounds):
        return words("{low} to {high}", low=bound(first - 1), high=bound(last))
    if includes_low:
        return words("at least {low}", low=bound(first - 1))
    return words("over {low}", low=bound(first - 1))


def number_text(number: int | Decimal, kind: AnswerKind, words: Words) -> str:
    """Write a number as answers of its kind are written."""
    match kind:
        case Share():
            return words.percent(number)
        case Year():
            return words.number(number, grouped=False)
        case Count() | Number() | YesNo() | Choice() | Choices() | Breakdown():
            return words.number(number)
        case unreachable:
            assert_never(unreachable)
