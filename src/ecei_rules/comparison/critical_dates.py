"""Test dates on which two validity rules can differ."""

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
# a whole cycle of the calendar, 200 years after the earliest day: no rule looks further back
_CYCLE = range(2100, 2500)
# every day of February, or of another month, behaves as one of these
_REPRESENTATIVE_DAYS = ((1, 1), (1, 30), (1, 31), (2, 1), (2, 27), (2, 28), (2, 29))


@frozen
class Limit:
    """A limit some years after the end of a label, to the day or to the end of the month."""

    years: int
    ends: ENDS

    def after(self, end: date) -> date:
        """
        Return the last day for a label that ran until *end*.

        >>> str(Limit(1, "end_of_month").after(date(2023, 2, 10)))
        '2024-02-29'
        """
        return add_calendar_years(end, self.years, self.ends)


@frozen
class Terms:
    """The length of an award in years, the day they count from, and the limit to renew it."""

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
        """The years up to the end of the label, and up to the last day to renew it."""
        return (self.years, self.years + self.renewable.years) if self.renewable else (self.years,)


def critical_interviews(
    after: Limit | None, up_to: Limit | None, old: Terms, new: Terms
) -> Iterator[tuple[date, date | None]]:
    """
    Yield interviews, with previous ends, that show every difference of a history.

    Dates counted from one day differ by its place in the month, and in February by leap
    years. Where one rule counts from the previous end, its dates stay while those of the
    other move with the interview. So the first and the last interviews are enough, with
    those around the day on which a date of one rule passes that of the other.
    """
    apart = _years_apart(old, new)
    limits = {limit.years for limit in (after, up_to) if limit}
    years = _representative_years({0, *limits, *apart}, {0, *old.totals, *new.totals})
    for day in _representative_days(years):
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
        yield from ((interview, day) for interview in nearest_first if first <= interview <= last)


def _years_apart(old: Terms, new: Terms) -> set[int]:
    """Return the years from the previous end to interviews on which two dates coincide."""
    if old.from_end == new.from_end:
        return set()
    renewal, award = (old, new) if old.from_end else (new, old)
    # the last day to renew is compared only if both have one
    return {later - earlier for later, earlier in zip(renewal.totals, award.totals, strict=False)}


def _representative_years(moved: set[int], counted: set[int]) -> tuple[int, ...]:
    """Return 2024, and the first year of each pattern of leap years that the rules can meet."""
    offsets = sorted({shift + years for shift, years in product(moved, counted)})
    first_of_pattern: dict[tuple[bool, ...], int] = {}
    for year in _CYCLE:
        pattern = tuple(isleap(year + offset) for offset in offsets)
        first_of_pattern.setdefault(pattern, year)
    return 2024, *first_of_pattern.values()


def _representative_days(years: Iterable[int]) -> Iterator[date]:
    for year, (month, day) in product(years, _REPRESENTATIVE_DAYS):
        if (month, day) != (2, 29) or isleap(year):
            yield date(year, month, day)


def _around_month(last: date) -> Iterator[date]:
    """Yield the first and the last days of a month, and the days next to it."""
    first = last.replace(day=1)
    yield from (first + timedelta(days=days) for days in (-1, 0, 1))
    yield from (last + timedelta(days=days) for days in (-3, -2, -1, 0, 1))


def _latest_before(interview: date, limit: Limit) -> date:
    """Return the latest previous end whose limit is before an interview."""
    end = add_calendar_years(interview, -limit.years, "end_of_month")
    while limit.after(end) >= interview:
        end -= _ONE_DAY
    return end
