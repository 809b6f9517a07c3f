"""The equivalence classes of histories under some requirements."""

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

#: How many requirements may look at one kind of event.
MAX_REQUIREMENTS = 8
#: How many times the days of events may be moved back.
MAX_ROUNDS = 30_000
_FIRST = date(1900, 1, 1)
#: After so many months, with leap years and their exceptions, the calendar repeats.
_CYCLE = 12 * 9
_DAY = timedelta(days=1)
_YEARS_HELD = 2
#: Months differ by up to three days, so the day some months earlier is this near.
_NEAR = 4

#: An event (first number) is no later than a function of another event's day (second).
Limit: TypeAlias = "tuple[int, int, Callable[[date], date]]"


@frozen
class HistoryClass:
    """The histories of one kind of event on which each requirement has one truth; one of them."""

    truths: tuple[bool, ...]
    events: tuple[LabelEvent, ...]


def history_classes(requirements: Sequence[Earlier], on: date) -> tuple[HistoryClass, ...]:
    """
    Return the classes of histories before a day under requirements on one kind of event.

    All *requirements* look at one event of one label. There is a class for each vector
    of truths that some history since 1900 has, with the latest events that have it; the
    class that meets most requirements comes first (docs/semantics.md, 2.12 and 9.2).

    Raises:
        BeyondMethod: there are more than `MAX_REQUIREMENTS`, or they are too entangled.
    """
    if len(requirements) > MAX_REQUIREMENTS:
        what = "a history with so many requirements on one kind of event"
        raise BeyondMethod(what)
    vectors = product([True, False], repeat=len(requirements))
    classes, rounds = [], iter(range(MAX_ROUNDS))
    for truths in sorted(vectors, key=sum, reverse=True):
        if _contradict(requirements, truths):
            continue
        days = _LatestDays(requirements, truths, on, rounds).solution()
        if days is not None:
            events = tuple(_event(requirements[0], day) for day in sorted(set(days)))
            classes.append(HistoryClass(truths, events))
    return tuple(classes)


def _contradict(requirements: Sequence[Earlier], truths: Sequence[bool]) -> bool:
    """Whether a requirement to be met is impossible, or implies one that must not be met."""
    given = tuple(zip(requirements, truths, strict=True))
    if any(met and _is_impossible(requirement) for requirement, met in given):
        return True
    return any(
        met and not other_met and _implies(requirement, other)
        for (requirement, met), (other, other_met) in product(given, repeat=2)
    )


def _is_impossible(requirement: Earlier) -> bool:
    """Whether no two days are as far apart as required; moving days back would find it late."""
    most, least = requirement.at_most_months, requirement.at_least_months
    return requirement.repeated and most is not None and (most == 0 or (least or 0) > most)


def _implies(strict: Earlier, loose: Earlier) -> bool:
    least, most = strict.at_least_months, strict.at_most_months
    return (
        strict.repeated is loose.repeated
        and (
            loose.at_least_months is None or (least is not None and least >= loose.at_least_months)
        )
        and (loose.at_most_months is None or (most is not None and most <= loose.at_most_months))
    )


def _event(requirement: Earlier, day: date) -> LabelEvent:
    awarded = requirement.event == "awarded"
    end = add_calendar_years(day, _YEARS_HELD, "same_day") if awarded else None
    return LabelEvent(requirement.label, requirement.event, day, valid_until=end)


class _LatestDays:
    """
    The latest days of events that meet some requirements and not the others.

    There is an event for each single requirement to be met, and two for each repeated
    one. Every rule says that an event is no later than a day that grows with another
    event's day. So all events start on the day before the interview, and each moves back
    no further than the rules demand.
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
        for requirement, met in zip(requirements, truths, strict=True):
            if requirement.repeated and met:
                earlier, later = len(self.start), len(self.start) + 1
                self.limits += [
                    (earlier, later, partial(_no_closer, requirement)),
                    (later, earlier, partial(_no_farther, requirement)),
                ]
                self._add(self.first, on - _DAY, times=2)
            elif requirement.repeated:
                self.windows.append(requirement)
            elif met:
                self._add(*_days_of_age(requirement, on))
            else:
                self.holes.append(_days_of_age(requirement, on))

    def _add(self, first: date, last: date, *, times: int = 1) -> None:
        self.earliest += [first] * times
        self.start += [last] * times

    def solution(self) -> list[date] | None:
        """Return the latest days, `None` if no history meets just these requirements."""
        return self._solve(self.start, self.limits)

    def _solve(self, days: list[date], limits: list[Limit]) -> list[date] | None:
        days = list(days)
        if not self._moved_back(days, limits):
            return None
        for window, pair in product(self.windows, combinations(range(len(days)), 2)):
            before, after = sorted(pair, key=days.__getitem__)
            if days[before] < days[after] and _within(days[before], days[after], window):
                apart: Limit = (before, after, partial(_farther, window))
                close: Limit = (after, before, partial(_closer, window))
                for limit in (close, apart):
                    solution = self._solve(days, [*limits, limit])
                    if solution is not None:
                        return solution
                return None
        return days

    def _moved_back(self, days: list[date], limits: list[Limit]) -> bool:
        """Move days back until all limits hold; return whether that is possible."""
        changed = True
        while changed:
            changed = False
            if next(self.rounds, None) is None:
                what = "a history with requirements so entangled"
                raise BeyondMethod(what)
            for at, day in enumerate(days):
                latest = min(
                    [day, *(limit(days[other]) for moved, other, limit in limits if moved == at)]
                )
                for first, last in self.holes:
                    if first <= latest <= last:
                        latest = first - _DAY
                if latest < self.earliest[at]:
                    return False
                changed, days[at] = changed or latest < day, latest
        return True


def _horizon(requirements: Sequence[Earlier], on: date) -> date:
    """Return a day that no event need precede, since calendars repeat and only ages count."""
    bounds = [
        bound
        for requirement in requirements
        for bound in (requirement.at_least_months, requirement.at_most_months)
        if bound is not None
    ]
    months = 2 * len(requirements) * (max(bounds, default=0) + 1) + _CYCLE
    if 12 * (on.year - _FIRST.year) <= months:
        return _FIRST
    return max(_FIRST, add_calendar_years(on, 0, "same_day", months=-months))


def _days_of_age(single: Earlier, on: date) -> tuple[date, date]:
    """Return the first and the last day of an event that is as old as required."""
    least, most = single.at_least_months, single.at_most_months
    last = on - _DAY if least is None else min(on - _DAY, _latest(on, least))
    return _FIRST if most is None else max(_FIRST, _earliest(on, most)), last


def _within(before: date, after: date, window: Earlier) -> bool:
    return before <= _no_closer(window, after) and after <= _no_farther(window, before)


def _no_closer(window: Earlier, after: date) -> date:
    """Return the last day that is long enough before another one."""
    least = window.at_least_months
    return after - _DAY if least is None else min(after - _DAY, _latest(after, least))


def _no_farther(window: Earlier, before: date) -> date:
    """Return the last day that is close enough after another one."""
    most = window.at_most_months
    return date.max if most is None else _after(before, most)


def _closer(window: Earlier, before: date) -> date:
    """Return the last day that is too close after another one."""
    least = window.at_least_months
    return before if least is None else max(before, _after(before, least) - _DAY)


def _farther(window: Earlier, after: date) -> date:
    """Return the last day that is too far before another one."""
    most = window.at_most_months
    return _FIRST - _DAY if most is None else _earliest(after, most) - _DAY


@lru_cache(maxsize=1 << 14)
def _latest(day: date, months: int) -> date:
    """Return the last day that is at least so many months before another one."""
    return next(each for each in reversed(_near(day, months)) if _after(each, months) <= day)


@lru_cache(maxsize=1 << 14)
def _earliest(day: date, months: int) -> date:
    """Return the first day that is at most so many months before another one."""
    return next(each for each in _near(day, months) if _after(each, months) >= day)


def _near(day: date, months: int) -> list[date]:
    start = add_calendar_years(day, 0, "same_day", months=-months)
    return [start + timedelta(days=shift) for shift in range(-_NEAR, _NEAR + 1)]


@lru_cache(maxsize=1 << 14)
def _after(day: date, months: int) -> date:
    return add_calendar_years(day, 0, "same_day", months=months)
