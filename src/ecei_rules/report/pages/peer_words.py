"""Ranks, and ranges of classes, in the language of a page."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.benchmark.estimates import percents, tells
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

    from ecei_rules.benchmark.estimates import ClassRange, ShareRange
    from ecei_rules.benchmark.ranking import Rank
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.report.pages.localisation import Words


def rank_text(rank: Rank, words: Words) -> str:
    """
    Word the quarter or the half that a number is in, if it is sure, and its percentiles.

    Percentiles of 0 to 100 tell nothing, and are no text.
    """
    if not tells(rank.percentile):
        return ""
    low, high = percents(rank.percentile)
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


def share_text(share: ShareRange, words: Words) -> str:
    """Word the share that a group can have: one number if both ends are shown as it."""
    low, high = percents(share)
    if low == high:
        return words.percent(low)
    return words("{low} to {high}", low=words.percent(low), high=words.percent(high))


def between(
    table: Intervals | PartIntervals, classes: ClassRange, kind: AnswerKind, words: Words
) -> str:
    """Word the numbers in some, but not all, neighbouring classes."""

    def bound(number: int) -> str:
        return number_text(table.bounds[number], kind, words)

    first, last = classes.first, classes.last
    includes_low = isinstance(table, PartIntervals) or table.includes == "low"
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
