"""Days as tables and pages of a register write them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import starmap
from typing import Literal, assert_never

from attrs import frozen

from ecei_rules.interviews.dates import SUPPORTED_YEARS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Form = Literal["year_first", "dotted", "slashes", "words", "month"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR_AND_MONTH = rf"(?:{'|'.join(_MONTHS)}) [0-9]{{4}}"
_DAY = re.compile(
    rf"""(?aix)(?<!\S)(?:
        (?P<year_first> [0-9]{{4}} (?P<_> [-/])
            (?: [0-9]{{2}} (?P=_) [0-9]{{2}} | [1-9][0-9]? (?P=_) [1-9][0-9]? ) )
        | (?P<dotted> [0-9]{{1,2}} \. [0-9]{{1,2}} \. [0-9]{{4}} )
        | (?P<slashes> [0-9]{{1,2}} / [0-9]{{1,2}} / [0-9]{{4}} )
        | (?P<words> [0-9]{{1,2}}[ ]{_YEAR_AND_MONTH.replace(" ", "[ ]")} )
        | (?P<month> (?:end[ ]of[ ])?{_YEAR_AND_MONTH.replace(" ", "[ ]")} )
    )(?!\S)"""
)

#: What before a month says that another day than its last is meant.
_PART_OF_MONTH = re.compile(
    r"""(?aix)\b(?: [0-9]{1,2} (?:st|nd|rd|th|\.)? (?:[ ]of)?
        | early | mid | late | before | until | beginning[ ]of )[ ]\Z"""
)


@frozen
class WrittenDay:
    """
    A day that is written in a text, from *start* to *end*.

    *days* has the day; it is empty if there is no such day in the years 1900 to 2999, and
    has two days if the text can be read two ways. *in_words* is whether the month has its
    name, and *by_month* whether that is all there is: the day is the last of the month.
    """

    text: str
    start: int
    end: int
    days: tuple[date, ...]
    in_words: bool
    by_month: bool


def written_days(text: str) -> Iterator[WrittenDay]:
    """
    Yield the days in a text, which has single spaces and no others.

    The forms are 2025-03-31, 2025/3/31, 31.03.2025, 31/03/2025, 31 March 2025, March 2025
    and end of March 2025, with a space or an end of the text on either side.
    Source: docs/formats.md, "Days".

    >>> [[str(day) for day in each.days] for each in written_days("March 2025 or 3/4/2025")]
    [['2025-03-31'], ['2025-04-03', '2025-03-04']]
    """
    for match in _DAY.finditer(text):
        if match["month"] and _PART_OF_MONTH.search(text, 0, match.start()):
            continue
        # it is the name of the alternative, since that group closes last
        form: Form = match.lastgroup  # type: ignore[assignment]
        yield WrittenDay(
            match[0],
            match.start(),
            match.end(),
            _days(form, match[0]),
            in_words=form in ("words", "month"),
            by_month=form == "month",
        )


def written_day(text: str) -> WrittenDay | None:
    """Return the day that a text is, whatever space it has, or `None` if it is none."""
    plain = " ".join(text.split())
    return next((day for day in written_days(plain) if day.text == plain), None)


def two_readings(day: WrittenDay) -> str:
    """Say which days a text can be read as."""
    one, other = day.days
    return f'"{day.text}" can be read as {one} or {other}'


def last_of_month(day: WrittenDay) -> str:
    """Say that the last day of a month was taken."""
    return f'"{day.text}" names no day; the last of the month, {day.days[0]}, was taken'


def _days(form: Form, text: str) -> tuple[date, ...]:
    numbers = [int(number) for number in re.findall("[0-9]+", text)]
    match form:
        case "year_first":
            readings = [(numbers[0], numbers[1], numbers[2])]
        case "dotted":
            readings = [(numbers[2], numbers[1], numbers[0])]
        case "slashes":
            readings = [(numbers[2], numbers[1], numbers[0]), (numbers[2], numbers[0], numbers[1])]
        case "words" | "month":
            month = 1 + next(n for n, name in enumerate(_MONTHS) if name in text.lower())
            year = numbers[-1]
            day = monthrange(year, month)[1] if form == "month" and year else numbers[0]
            readings = [(year, month, day)]
        case unreachable:
            assert_never(unreachable)
    days = (day for day in starmap(_day, dict.fromkeys(readings)) if day is not None)
    return tuple(dict.fromkeys(days))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in SUPPORTED_YEARS else None
    except ValueError:
        return None
