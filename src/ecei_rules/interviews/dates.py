"""Periods of days, and calendar arithmetic."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

from attrs import frozen
from attrs.validators import and_, ge, le

ENDS = Literal["same_day", "end_of_month"]


MAX_YEARS = 100


years = and_(ge(1), le(MAX_YEARS))


@frozen
class Period:
    """
    Days from a first to a last one, both of them included.

    The register says "label valid until" and means that day too, so an interval in a
    document reads as people say it; a successor begins on the day after. Without a
    last day it does not end.

    >>> Period(date(2024, 3, 1), date(2024, 3, 31)).last in Period(date(2024, 3, 31))
    True

    Raises:
        ValueError: the last day is before the first.
    """

    first: date
    last: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            msg = f"the last day {self.last} is before the first day {self.first}"
            raise ValueError(msg)

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        return f"from {self.first}" + (f" to {self.last}" if self.last else " on")


def add_calendar_years(day: date, years: int, ends: ENDS, *, months: int = 0) -> date:
    """
    The same day of the month some calendar years (and months) later.

    A day that does not exist becomes the last day of its month; with
    `end_of_month` every day does.

    >>> add_calendar_years(date(2024, 2, 29), 2, "same_day").isoformat()
    '2026-02-28'
    >>> add_calendar_years(date(2023, 8, 9), 2, "end_of_month").isoformat()
    '2025-08-31'
    """
    index = day.month - 1 + months
    year, month = day.year + years + index // 12, index % 12 + 1
    last = monthrange(year, month)[1]
    return date(year, month, last if ends == "end_of_month" else min(day.day, last))
