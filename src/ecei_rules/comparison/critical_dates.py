"""Which interviews tell two rules for the days of a label apart."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from itertools import product

from attrs import field, frozen

from ecei_rules.interviews.dates import ENDS, add_calendar_years
from ecei_rules.rulesets.validity import Award

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ONE_DAY = timedelta(days=1)
_EARLIEST = date(1900, 1, 1)
# a whole cycle of the calendar, and 200 years after the earliest day: no rule looks further
_CYCLE = range(2100, 2500)
# of a month other than February, and of February, each day behaves as one of these
_TELLING_DAYS = ((1, 1), (1, 30), (1, 31), (2, 1), (2, 27), (2, 28), (2, 29))


@frozen
class Limit:
    """A day some years after the end of a label, to the day or to the end of the month."""

    years: int
    ends: ENDS

    def after(self, end: date) -> date:
        """
        The limit for a label that ran until *end*.

        >>> str(Limit(1, "end_of_month").after(date(2023, 2, 10)))
        '2024-02-29'
        """
        return add_calendar_years(end, self.years, self.ends)


@frozen
class Terms:
    """How long an award holds, counted from what, and up to when it can be renewed."""

    award: Award
    years: int
    ends: ENDS
    renewable: Limit | None = field(default=None, kw_only=True)

    @property
    def from_end(self) -> bool:
        """Whether the years count from the previous end, and not from the interview."""
        return self.award is Award.RENEWAL

    @property
    def totals(self) -> tuple[int, ...]:
        """The years from the day counted from to the end, and to the last day to renew."""
        return (self.years, self.years + self.renewable.years) if self.renewable else (self.years,)


def critical_interviews(
    after: Limit | None, up_to: Limit | None, old: Terms, new: Terms
) -> Iterator[tuple[date, date | None]]:
    """
    Interviews among which everything occurs that can occur in a history, the first first.

    Dates counted from one day differ by its place in the month, and in February by leap
    years. Where one rule counts from the previous end, its dates stand still while
    those of the other move on with the interview; so it is enough to look at the first
    and the last interviews, and around those at which a date passes the other.
    """
    apart = _years_apart(old, new)
    limits = {limit.years for limit in (after, up_to) if limit}
    years = _telling_years({0, *limits, *apart}, {0, *old.totals, *new.totals})
    for day in _telling_days(years):
        if not (old.from_end or new.from_end):
            yield day, None if after is None else _latest_before(day, after)
            continue
        assert up_to is not None, "a renewal has a last day"
        first = _EARLIEST if after is None else after.after(day) + _ONE_DAY
        last = up_to.after(day)
        days = {first, first + _ONE_DAY, last}
        for years_apart in apart:
            days.update(_around_month(add_calendar_years(day, years_apart, "end_of_month")))
        nearest_first = sorted(days, reverse=after is None)
        yield from ((each, day) for each in nearest_first if first <= each <= last)


def _years_apart(old: Terms, new: Terms) -> set[int]:
    """How many years after the previous end an interview is whose dates meet the others."""
    if old.from_end == new.from_end:
        return set()
    renewal, award = (old, new) if old.from_end else (new, old)
    return {one - other for one, other in zip(renewal.totals, award.totals, strict=False)}


def _telling_years(moved: set[int], counted: set[int]) -> tuple[int, ...]:
    """2024, and of each succession of leap years that the rules can meet the first."""
    offsets = sorted({one + other for one, other in product(moved, counted)})
    alike: dict[tuple[bool, ...], int] = {}
    for year in _CYCLE:
        alike.setdefault(tuple(isleap(year + offset) for offset in offsets), year)
    return 2024, *alike.values()


def _telling_days(years: Iterable[int]) -> Iterator[date]:
    for year, (month, day) in product(years, _TELLING_DAYS):
        if (month, day) != (2, 29) or isleap(year):
            yield date(year, month, day)


def _around_month(last: date) -> Iterator[date]:
    """The first and the last days of a month, and the days next to it."""
    first = last.replace(day=1)
    yield from (first + timedelta(days=days) for days in (-1, 0, 1))
    yield from (last + timedelta(days=days) for days in (-3, -2, -1, 0, 1))


def _latest_before(interview: date, limit: Limit) -> date:
    """The latest previous end whose limit is before an interview."""
    end = add_calendar_years(interview, -limit.years, "end_of_month")
    while limit.after(end) >= interview:
        end -= _ONE_DAY
    return end
