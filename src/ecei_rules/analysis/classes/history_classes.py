"""The equivalence classes of histories under some requirements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import combinations, compress, product
from typing import Literal, TypeAlias

from attrs import frozen

from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.history import LABELS, LabelEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.interviews.history import Label
    from ecei_rules.rulesets.criteria import Earlier

#: How many requirements may look at one kind of event, or at joined kinds.
MAX_REQUIREMENTS = 8
#: How many times the days of events may be moved back.
MAX_ROUNDS = 100_000
_FIRST = date(1900, 1, 1)
#: After so many months, with leap years and their exceptions, the calendar repeats.
_CYCLE = 12 * 9
_DAY = timedelta(days=1)
_YEARS_HELD = 2
#: Months differ by up to three days, so the day some months earlier is this near.
_NEAR = 4

EventKind: TypeAlias = 'tuple[Label, Literal["benchmarked", "awarded"]]'


@frozen
class Limit:
    """
    An event is no later than a function of another event's day.

    It is *before* the other event, or only no later, or `None` of both.
    """

    moved: int
    other: int
    latest: Callable[[date], date]
    before: bool | None = None


@frozen
class HistoryClass:
    """The histories of a question on which each requirement has one truth; one of them."""

    truths: tuple[bool, ...]
    events: tuple[LabelEvent, ...]


def history_classes(requirements: Sequence[Earlier], on: date) -> tuple[HistoryClass, ...]:
    """
    Return the classes of histories before a day under requirements on the same events.

    There is a class for each vector of truths that some history since 1900 has, without
    contradictions (docs/semantics.md, 8.2), with the latest events that have it; the class
    that meets most requirements comes first (docs/semantics.md, 2.12 and 9.2).

    Raises:
        BeyondMethod: there are more than `MAX_REQUIREMENTS`, or they are too entangled.
    """
    if len(requirements) > MAX_REQUIREMENTS:
        what = "a history with so many requirements on one kind of event"
        raise BeyondMethod(what)
    needed = {each.since_award_of for each in requirements}
    labels = [label for label in LABELS if label in needed]
    vectors = product([True, False], repeat=len(requirements))
    classes, rounds = [], iter(range(MAX_ROUNDS))
    for truths in sorted(vectors, key=sum, reverse=True):
        if _contradict(requirements, truths):
            continue
        for awards in product([False, True], repeat=len(labels)):
            awarded = [label for label, yes in zip(labels, awards, strict=True) if yes]
            met = compress(requirements, truths)
            if any(
                each.event == "awarded" and each.label in {*labels} - {*awarded} for each in met
            ):
                continue
            events = _LatestEvents(requirements, truths, awarded, on, rounds).solution()
            if events is not None:
                classes.append(HistoryClass(truths, events))
                break
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
    least, oldest = strict.at_least_months, strict.later_at_most_months
    most, latest = strict.at_most_months, loose.later_at_most_months
    return (
        (strict.label, strict.event, strict.repeated) == (loose.label, loose.event, loose.repeated)
        and (
            loose.at_least_months is None or (least is not None and least >= loose.at_least_months)
        )
        and (loose.at_most_months is None or (most is not None and most <= loose.at_most_months))
        and (latest is None or (oldest is not None and oldest <= latest))
        and loose.since_award_of in (None, strict.since_award_of)
    )


class _LatestEvents:
    """
    The latest events that meet some requirements and not the others.

    There is an event for each single requirement to be met, two for each repeated one,
    and the latest award of each *awarded* label. Every rule says that an event is no later
    than a day that grows with another event's day. So all events start on the day before
    the interview, and each moves back no further than the rules demand.
    """

    def __init__(
        self,
        requirements: Sequence[Earlier],
        truths: Sequence[bool],
        awarded: Iterable[Label],
        on: date,
        rounds: Iterator[int],
    ) -> None:
        self.on, self.rounds = on, rounds
        self.first = _horizon(requirements, on)
        self.holes: list[Earlier] = []
        self.windows: list[Earlier] = []
        self.kinds: list[EventKind] = []
        self.start: list[date] = []
        self.earliest: list[date] = []
        self.limits: list[Limit] = []
        self.pairs: list[tuple[int, int, Earlier]] = []
        self.last_awards = {
            label: self._add((label, "awarded"), self.first, on - _DAY) for label in awarded
        }
        for requirement, met in zip(requirements, truths, strict=True):
            if met:
                self._require(requirement)
            else:
                (self.windows if requirement.repeated else self.holes).append(requirement)
        for label, last in self.last_awards.items():
            awards = (at for at in self._events_of(label, "awarded") if at != last)
            self.limits += [Limit(at, last, _the_day, before=False) for at in awards]

        for hole in self.holes:
            award = self._award_before(hole)
            if award is not None and hole.at_least_months is hole.at_most_months is None:
                own = self._events_of(hole.label, hole.event)
                self.limits += [Limit(at, award, _the_day, before=False) for at in own]

    def _events_of(self, label: Label, event: str) -> list[int]:
        return [at for at, kind in enumerate(self.kinds) if kind == (label, event)]

    def _require(self, requirement: Earlier) -> None:
        kind = (requirement.label, requirement.event)
        if requirement.repeated:
            earlier = self._add(kind, self.first, self.on - _DAY)
            later = self._add(kind, max(self.first, self._later_from(requirement)), self.on - _DAY)
            self.pairs.append((earlier, later, requirement))
            self.limits += [
                Limit(earlier, later, partial(_no_closer, requirement), before=True),
                Limit(later, earlier, partial(_no_farther, requirement)),
            ]
        else:
            later = self._add(kind, *_days_of_age(requirement, self.on))
        award = self._award_before(requirement)
        if award is not None:
            self.limits.append(Limit(award, later, _day_before, before=True))

    def _add(self, kind: EventKind, first: date, last: date) -> int:
        self.kinds.append(kind)
        self.earliest.append(first)
        self.start.append(last)
        return len(self.kinds) - 1

    def _award_before(self, requirement: Earlier) -> int | None:
        """Return the award that an event has to follow to meet a requirement."""
        label = requirement.since_award_of
        return None if label is None else self.last_awards.get(label)

    def _later_from(self, repeated: Earlier) -> date:
        """Return the first day of the later of two events."""
        oldest = repeated.later_at_most_months
        return _FIRST if oldest is None else _earliest(self.on, oldest)

    def solution(self) -> tuple[LabelEvent, ...] | None:
        """Return the latest events, `None` if no history meets just these requirements."""
        days = self._solve(self.start, self.limits)
        if days is None:
            return None
        return tuple(
            _event(kind, day) for day, kind in sorted({*zip(days, self.kinds, strict=True)})
        )

    def _solve(self, days: list[date], limits: list[Limit]) -> list[date] | None:
        days = list(days)
        if _is_circular(limits) or not self._moved_back(days, limits):
            return None
        for window, pair in product(self.windows, combinations(range(len(days)), 2)):
            before, after = sorted(pair, key=days.__getitem__)
            if self._is_met_by(window, before, after, days):
                for limit in self._ways_out(window, before, after):
                    solution = self._solve(days, [*limits, limit])
                    if solution is not None:
                        return solution
                return None
        return days

    def _is_met_by(self, window: Earlier, before: int, after: int, days: Sequence[date]) -> bool:
        kind, award = (window.label, window.event), self._award_before(window)
        return (
            self.kinds[before] == self.kinds[after] == kind
            and days[before] < days[after]
            and _within(days[before], days[after], window)
            and days[after] >= self._later_from(window)
            and (award is None or days[after] > days[award])
        )

    def _ways_out(self, window: Earlier, before: int, after: int) -> Iterator[Limit]:
        """Yield the limits of which one must hold, so that two events do not meet a window."""
        least, most = window.at_least_months or 0, window.at_most_months
        met = [each for *pair, each in self.pairs if pair == [before, after]]
        if all((each.at_least_months or 0) < least for each in met):
            yield Limit(
                after, before, partial(_closer, window), before=False if least == 0 else None
            )
        bounds = [each.at_most_months for each in met if each.at_most_months is not None]
        if most is not None and all(bound > most for bound in bounds):
            yield Limit(before, after, partial(_farther, window), before=True)
        if window.later_at_most_months is not None:
            yield Limit(after, after, partial(min, self._later_from(window) - _DAY))
        award = self._award_before(window)
        if award is not None:
            yield Limit(after, award, _the_day, before=False)

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
                    [day, *(each.latest(days[each.other]) for each in limits if each.moved == at)]
                )
                for hole in self.holes:
                    if (hole.label, hole.event) == self.kinds[at]:
                        latest = self._out_of(hole, latest, days)
                if latest < self.earliest[at]:
                    return False
                changed, days[at] = changed or latest < day, latest
        return True

    def _out_of(self, hole: Earlier, day: date, days: Sequence[date]) -> date:
        """Return the latest day, this one or an earlier one, that does not meet a requirement."""
        first, last = _days_of_age(hole, self.on)
        award = self._award_before(hole)
        followed = _FIRST - _DAY if award is None else days[award]
        return max(first - _DAY, followed) if max(first, followed + _DAY) <= day <= last else day


def _is_circular(limits: Sequence[Limit]) -> bool:
    """Whether an event would have to be before itself; moving days back would find it late."""
    order = [each for each in limits if each.before is not None]
    for start in (each for each in order if each.before):
        later = {start.other}
        for _ in order:
            later |= {each.other for each in order if each.moved in later}
        if start.moved in later:
            return True
    return False


def _horizon(requirements: Sequence[Earlier], on: date) -> date:
    """Return a day that no event need precede, since calendars repeat and only ages count."""
    bounds = [
        bound
        for requirement in requirements
        for bound in (
            requirement.at_least_months,
            requirement.at_most_months,
            requirement.later_at_most_months,
        )
        if bound is not None
    ]
    events = 2 * len(requirements) + len(LABELS)
    months = events * (max(bounds, default=0) + 1) + _CYCLE
    if 12 * (on.year - _FIRST.year) <= months:
        return _FIRST
    return max(_FIRST, add_calendar_years(on, 0, "same_day", months=-months))


def _days_of_age(single: Earlier, on: date) -> tuple[date, date]:
    """Return the first and the last day of an event that is as old as required."""
    least, most = single.at_least_months, single.at_most_months
    last = on - _DAY if least is None else min(on - _DAY, _latest(on, least))
    return _FIRST if most is None else max(_FIRST, _earliest(on, most)), last


def _the_day(of: date) -> date:
    return of


def _day_before(of: date) -> date:
    return of - _DAY


def _event(kind: EventKind, day: date) -> LabelEvent:
    label, event = kind
    end = add_calendar_years(day, _YEARS_HELD, "same_day") if event == "awarded" else None
    return LabelEvent(label, event, day, valid_until=end)


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
