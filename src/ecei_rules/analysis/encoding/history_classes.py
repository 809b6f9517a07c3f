"""The histories that some requirements can tell apart."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import combinations, product
from typing import TypeAlias

from attrs import frozen

from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.history import LabelEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ecei_rules.rulesets.criteria import Earlier

#: How many requirements may be about one kind of event.
MAX_REQUIREMENTS = 8
#: How many times the days of events may be moved back.
MAX_ROUNDS = 30_000
_FIRST = date(1900, 1, 1)
#: After so many months, leap years and their exceptions included, calendars repeat.
_CYCLE = 12 * 9
_DAY = timedelta(days=1)
_YEARS_HELD = 2
#: Months differ by three days in length, so an event becomes a month older this near.
_NEAR = 4

#: That one event is no later than a day that follows from another one's.
Limit: TypeAlias = "tuple[int, int, Callable[[date], date]]"


@frozen
class HistoryClass:
    """Histories of one kind of event that no requirement tells apart, and one of them."""

    truths: tuple[bool, ...]
    events: tuple[LabelEvent, ...]


def history_classes(requirements: Sequence[Earlier], on: date) -> tuple[HistoryClass, ...]:
    """
    The classes of histories before a day that requirements on one kind of event tell apart.

    All *requirements* are about one event of one label. There is a class for each
    vector of truths that some history since 1900 has, with the latest events that have
    it; the one of the most requirements met comes first.

    Raises:
        BeyondMethod: there are more than `MAX_REQUIREMENTS`, or they are too entangled.
    """
    if len(requirements) > MAX_REQUIREMENTS:
        what = "a history with so many requirements on one kind of event"
        raise BeyondMethod(what)
    vectors = product([True, False], repeat=len(requirements))
    found, rounds = [], iter(range(MAX_ROUNDS))
    for truths in sorted(vectors, key=sum, reverse=True):
        if _contradict(requirements, truths):
            continue
        days = _Days(requirements, truths, on, rounds).latest()
        if days is not None:
            events = tuple(_event(requirements[0], day) for day in sorted(set(days)))
            found.append(HistoryClass(truths, events))
    return tuple(found)


def _contradict(requirements: Sequence[Earlier], truths: Sequence[bool]) -> bool:
    """Whether one that is met cannot be, or asks for all that one asks which is not."""
    if any(met and _never(each) for each, met in zip(requirements, truths, strict=True)):
        return True
    pairs = product(zip(requirements, truths, strict=True), repeat=2)
    return any(
        met and not other_met and _implies(e, other) for (e, met), (other, other_met) in pairs
    )


def _never(asked: Earlier) -> bool:
    """Whether no two days are as far apart as asked, which going back would find late."""
    most, least = asked.at_most_months, asked.at_least_months
    return asked.repeated and most is not None and (most == 0 or (least or 0) > most)


def _implies(one: Earlier, other: Earlier) -> bool:
    least, most = other.at_least_months, other.at_most_months
    return (
        one.repeated is other.repeated
        and (least is None or (one.at_least_months is not None and one.at_least_months >= least))
        and (most is None or (one.at_most_months is not None and one.at_most_months <= most))
    )


def _event(asked: Earlier, day: date) -> LabelEvent:
    end = add_calendar_years(day, _YEARS_HELD, "same_day") if asked.event == "awarded" else None
    return LabelEvent(asked.label, asked.event, day, valid_until=end)


class _Days:
    """
    The latest days of events that meet just some of the requirements.

    An event for each single requirement to be met, two for each repeated one. Whatever
    is asked says that an event is no later than a day that grows with another event's,
    so the latest days are found by starting on the day before the interview and going
    back no further than each rule demands.
    """

    def __init__(
        self,
        requirements: Sequence[Earlier],
        truths: Sequence[bool],
        on: date,
        rounds: Iterator[int],
    ) -> None:
        self.first = _horizon(requirements, on)
        self.holes: list[tuple[date, date]] = []
        self.windows: list[Earlier] = []
        self.start: list[date] = []
        self.earliest: list[date] = []
        self.limits: list[Limit] = []
        self.rounds = rounds
        for each, met in zip(requirements, truths, strict=True):
            if each.repeated and met:
                one, other = len(self.start), len(self.start) + 1
                self.limits += [
                    (one, other, partial(_no_closer, each)),
                    (other, one, partial(_no_farther, each)),
                ]
                self._add(self.first, on - _DAY, times=2)
            elif each.repeated:
                self.windows.append(each)
            elif met:
                self._add(*_aged(each, on))
            else:
                self.holes.append(_aged(each, on))

    def _add(self, first: date, last: date, *, times: int = 1) -> None:
        self.earliest += [first] * times
        self.start += [last] * times

    def latest(self) -> list[date] | None:
        """The latest days, or `None` where no history meets just these requirements."""
        return self._settled(self.start, self.limits)

    def _settled(self, days: list[date], limits: list[Limit]) -> list[date] | None:
        days = list(days)
        if not self._lowered(days, limits):
            return None
        for window, (one, other) in product(self.windows, combinations(range(len(days)), 2)):
            before, after = (one, other) if days[one] < days[other] else (other, one)
            if days[before] < days[after] and _within(days[before], days[after], window):
                apart: Limit = (before, after, partial(_farther, window))
                close: Limit = (after, before, partial(_closer, window))
                for limit in (close, apart):
                    found = self._settled(days, [*limits, limit])
                    if found is not None:
                        return found
                return None
        return days

    def _lowered(self, days: list[date], limits: list[Limit]) -> bool:
        """Move days back until all limits hold; whether that is possible."""
        changed = True
        while changed:
            changed = False
            if next(self.rounds, None) is None:
                what = "a history with requirements so entangled"
                raise BeyondMethod(what)
            for at, day in enumerate(days):
                found = min(
                    [day, *(limit(days[other]) for one, other, limit in limits if one == at)]
                )
                for first, last in self.holes:
                    if first <= found <= last:
                        found = first - _DAY
                if found < self.earliest[at]:
                    return False
                changed, days[at] = changed or found < day, found
        return True


def _horizon(requirements: Sequence[Earlier], on: date) -> date:
    """A day before which no event need be, since calendars repeat and only ages count."""
    bounds = [
        bound
        for each in requirements
        for bound in (each.at_least_months, each.at_most_months)
        if bound is not None
    ]
    months = 2 * len(requirements) * (max(bounds, default=0) + 1) + _CYCLE
    if 12 * (on.year - _FIRST.year) <= months:
        return _FIRST
    return max(_FIRST, add_calendar_years(on, 0, "same_day", months=-months))


def _aged(single: Earlier, on: date) -> tuple[date, date]:
    """The first and the last day of an event that is as old as asked."""
    least, most = single.at_least_months, single.at_most_months
    last = on - _DAY if least is None else min(on - _DAY, _latest(on, least))
    return _FIRST if most is None else max(_FIRST, _earliest(on, most)), last


def _within(before: date, after: date, window: Earlier) -> bool:
    return before <= _no_closer(window, after) and after <= _no_farther(window, before)


def _no_closer(window: Earlier, after: date) -> date:
    """The last day that is as long before another one as asked."""
    least = window.at_least_months
    return after - _DAY if least is None else min(after - _DAY, _latest(after, least))


def _no_farther(window: Earlier, before: date) -> date:
    most = window.at_most_months
    return date.max if most is None else _after(before, most)


def _closer(window: Earlier, before: date) -> date:
    """The last day that is not yet as long after another one as asked."""
    least = window.at_least_months
    return before if least is None else max(before, _after(before, least) - _DAY)


def _farther(window: Earlier, after: date) -> date:
    """The last day that is longer before another one than asked."""
    most = window.at_most_months
    return _FIRST - _DAY if most is None else _earliest(after, most) - _DAY


@lru_cache(maxsize=1 << 14)
def _latest(day: date, months: int) -> date:
    """The last day that is so many months before another one, or more."""
    return next(each for each in reversed(_near(day, months)) if _after(each, months) <= day)


@lru_cache(maxsize=1 << 14)
def _earliest(day: date, months: int) -> date:
    """The first day that is so many months before another one, or less."""
    return next(each for each in _near(day, months) if _after(each, months) >= day)


def _near(day: date, months: int) -> list[date]:
    start = add_calendar_years(day, 0, "same_day", months=-months)
    return [start + timedelta(days=shift) for shift in range(-_NEAR, _NEAR + 1)]


@lru_cache(maxsize=1 << 14)
def _after(day: date, months: int) -> date:
    return add_calendar_years(day, 0, "same_day", months=months)
