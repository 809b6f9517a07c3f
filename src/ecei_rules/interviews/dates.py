"""Periods of days, and calendar arithmetic."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal

from attrs import frozen
from attrs.validators import and_, ge, le

ENDS = Literal["same_day", "end_of_month"]

MAX_YEARS = 100
SUPPORTED_YEARS = range(1900, 3000)
_IN_EVERY_MONTH = 28
_DAY = re.compile(r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")

#: Validates a number of years that is added to a day.
years = and_(ge(1), le(MAX_YEARS))


def check_day(name: str, value: object) -> None:
    """
    Refuse what is not a day; a time of a day is a `date` too, and never equal to its day.

    >>> check_day("on", datetime(2024, 3, 18, 9, 30))
    Traceback (most recent call last):
        ...
    TypeError: on is a day without a time, got datetime.datetime(2024, 3, 18, 9, 30); use its date()

    Raises:
        TypeError: the value is no `date`, or a `datetime`.
    """
    if isinstance(value, datetime):
        msg = f"{name} is a day without a time, got {value!r}; use its date()"
        raise TypeError(msg)
    if not isinstance(value, date):
        msg = f"{name} is a day such as date(2024, 3, 18), got {value!r}"
        raise TypeError(msg)


@frozen
class Period:
    """
    Days from a first to a last one, both included.

    The register says "label valid until" and means that day too; a successor begins on
    the day after. Without a last day the period does not end. Source:
    docs/semantics.md, 5.2 and 6.1.

    >>> Period(date(2024, 3, 1), date(2024, 3, 31)).last in Period(date(2024, 3, 31))
    True

    Raises:
        TypeError: one of them is not a day.
        ValueError: the last day is before the first.
    """

    first: date
    last: date | None = None

    def __attrs_post_init__(self) -> None:
        check_day("first", self.first)
        if self.last is not None:
            check_day("last", self.last)
        if self.last is not None and self.last < self.first:
            msg = f"the last day {self.last} is before the first day {self.first}"
            raise ValueError(msg)

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        return f"from {self.first}" + (f" to {self.last}" if self.last else " on")


def add_calendar_years(day: date, years: int, ends: ENDS, *, months: int = 0) -> date:
    """
    Return the same day of the month some calendar years (and months) later.

    A day that does not exist becomes the last day of its month; with `end_of_month`
    every day does. Source: docs/semantics.md, 6.3.

    >>> add_calendar_years(date(2024, 2, 29), 2, "same_day").isoformat()
    '2026-02-28'
    >>> add_calendar_years(date(2023, 8, 9), 2, "end_of_month").isoformat()
    '2025-08-31'
    """
    index = day.month - 1 + months
    year, month = day.year + years + index // 12, index % 12 + 1
    if ends == "same_day" and day.day <= _IN_EVERY_MONTH:
        return date(year, month, day.day)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last if ends == "end_of_month" else last.replace(day=min(day.day, last.day))


def calendar_day(text: str) -> date | None:
    """
    Return the day that a text such as 2024-03-31 names, or `None`.

    Days outside the years 1900 to 2999 and any other form of a date give `None`.

    >>> calendar_day("2024-02-30") is calendar_day("1899-12-31") is calendar_day("31.3.24")
    True
    """
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
