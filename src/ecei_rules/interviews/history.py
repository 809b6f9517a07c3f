"""Label histories: the awards and benchmarkings of one organisation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import Literal

from attrs import field, frozen
from attrs.validators import optional

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.validators import (
    country_code,
    each_of_type,
    nonempty,
    of_type,
    one_of,
    supported_day,
    web_address,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Label = Literal["bronze", "silver", "gold"]

#: The labels, the lowest first.
LABELS: tuple[Label, ...] = ("bronze", "silver", "gold")


@frozen
class Cluster:
    """An organisation that has a label or applies for one."""

    name: str = field(validator=nonempty)
    country: str = field(validator=country_code)
    website: str | None = field(default=None, kw_only=True, validator=web_address)
    comparative_portfolio: str | None = field(
        default=None, kw_only=True, validator=optional(nonempty)
    )


@frozen
class LabelEvent:
    """
    An award or a benchmarking of an organisation on a day.

    *on* is the day of the interview. An award has a last day of validity, and a
    benchmarking has none; days are from 1900 to 2999. Source: docs/semantics.md, 8.1.

    Raises:
        TypeError: a day is not a `date`, or has a time.
        ValueError: an award has no *valid_until*, or a benchmarking has one.
    """

    label: Label = field(validator=one_of(*LABELS))
    event: Literal["benchmarked", "awarded"] = field(validator=one_of("benchmarked", "awarded"))
    on: date = field(validator=supported_day)
    valid_until: date | None = field(default=None, kw_only=True, validator=supported_day)

    def __attrs_post_init__(self) -> None:
        if (self.event == "awarded") is (self.valid_until is None):
            msg = "an award, and nothing else, has a last day of validity"
            raise ValueError(msg)


@frozen
class LabelHistory:
    """
    The events of the labels of one organisation.

    The events can be in any order and of several labels. Each label has a history of its
    own, because no source says that a higher label prolongs a lower one. Call
    `check_history` to find contradictions. Source: docs/semantics.md, 8.1.
    """

    events: tuple[LabelEvent, ...] = field(
        converter=tuple[LabelEvent, ...], validator=each_of_type(LabelEvent)
    )
    cluster: Cluster | None = field(
        default=None, kw_only=True, validator=optional(of_type(Cluster))
    )
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )

    def awards(self, label: Label) -> tuple[LabelEvent, ...]:
        """Return the awards of a label, sorted by their days, each once."""
        return _awards(self.events, label)

    def previous_end(self, label: Label, *, before: date) -> date | None:
        """
        Return the last day of a label that was awarded before an interview of a day.

        Only awards of earlier days count: an award of the same day is that of the
        interview itself, and a later one was not known. Source: docs/semantics.md, 6.4.

        >>> award = LabelEvent("bronze", "awarded", date(2022, 3, 2), valid_until=date(2024, 3, 31))
        >>> history = LabelHistory([award])
        >>> history.previous_end("bronze", before=date(2022, 3, 2)) is None
        True
        >>> str(history.previous_end("bronze", before=date(2022, 3, 3)))
        '2024-03-31'
        """
        return previous_end(self.events, label, before)


def previous_end(events: Iterable[LabelEvent], label: Label, before: date) -> date | None:
    """Return the last day of a label that was awarded before a day (docs/semantics.md, 6.4)."""
    ends = [
        event.valid_until
        for event in events
        if event.label == label and event.valid_until and event.on < before
    ]
    return max(ends, default=None)


def days_apart(
    days: Sequence[date], least: int | None, most: int | None, *, later_from: date | None = None
) -> set[date]:
    """
    Return the days that are within bounds on months from another one of the days.

    The days must be sorted. They are the earlier and the later days of all pairs that
    are at least *least* and at most *most* months apart, the later one no earlier than
    *later_from*. Source: docs/semantics.md, 2.12.

    >>> days = [date(2020, 3, 2), date(2021, 9, 2), date(2022, 3, 2)]
    >>> sorted(map(str, days_apart(days, 18, 23)))
    ['2020-03-02', '2021-09-02']
    """
    apart: set[date] = set()
    marked = 0
    recent = 0 if later_from is None else bisect_left(days, later_from)
    for index, day in enumerate(days):
        low, high = max(index + 1, recent), len(days)
        if least is not None:
            low = max(low, bisect_left(days, add_calendar_years(day, 0, "same_day", months=least)))
        if most is not None:
            high = bisect_right(days, add_calendar_years(day, 0, "same_day", months=most))
        if low < high:
            # both ends only grow, so the days before the last end are included already
            apart.update([day, *days[max(low, marked) : high]])
            marked = max(marked, high)
    return apart


def check_history(history: LabelHistory) -> tuple[Problem, ...]:
    """
    Check a label history, and return its contradictions.

    They are an event that is listed twice, an award that ends before its own day, two
    awards of a label on one day with different ends, and an award that ends before an
    earlier award of the label. Source: docs/semantics.md, 8.2.

    >>> award = LabelEvent("bronze", "awarded", date(2022, 3, 2), valid_until=date(2022, 3, 1))
    >>> [problem.code for problem in check_history(LabelHistory([award]))]
    ['ECEI342']
    """
    return tuple(contradictions(history.events))


def contradictions(events: Iterable[LabelEvent]) -> Iterator[Problem]:
    """Yield the problems that `check_history` returns."""
    events = tuple(events)
    if _in_order(events):
        return
    places: dict[LabelEvent, int] = {}
    for index, event in enumerate(events):
        where = f"/history/{index}"
        if event in places:
            message = f"{_event_text(event)} is listed twice"
            hint = f"it is number {places[event] + 1} of the list already"
            yield Problem("ECEI341", where, message, hint)
        elif event.valid_until is not None and event.valid_until < event.on:
            message = f"{_event_text(event)} ends before that day, on {event.valid_until}"
            yield Problem("ECEI342", f"{where}/valid_until", message)
        places.setdefault(event, index)
    for label in LABELS:
        longest: LabelEvent | None = None
        for award in _awards(places, label):
            if longest is None:
                longest = award
                continue
            where = f"/history/{places[award]}/valid_until"
            if _end(award) < _end(longest):
                message = (
                    f"{_event_text(award)} ends on {award.valid_until}, before the one of"
                    f" {longest.on} ({longest.valid_until})"
                )
                hint = "a later award must not end before an earlier one"
                yield Problem("ECEI343", where, message, hint)
            elif award.on == longest.on:
                message = (
                    f"{_event_text(award)} ends on {award.valid_until} here, and on"
                    f" {longest.valid_until} elsewhere in the list"
                )
                yield Problem("ECEI343", where, message, "give the award a single last day")
            # of two that end together the later one: its day may have another award
            longest = max(award, longest, key=_end)


def _in_order(events: Sequence[LabelEvent]) -> bool:
    """Whether each event is later than the one before it of its kind, and its end no earlier."""
    latest: dict[tuple[str, str], LabelEvent] = {}
    for event in events:
        kind, end = (event.label, event.event), event.valid_until
        before = latest.get(kind)
        if before is not None and before.on >= event.on:
            return False
        if end is not None and (end < event.on or (before is not None and end < _end(before))):
            return False
        latest[kind] = event
    return True


def _awards(events: Iterable[LabelEvent], label: Label) -> tuple[LabelEvent, ...]:
    awarded = dict.fromkeys(e for e in events if e.label == label and e.event == "awarded")
    return tuple(sorted(awarded, key=lambda award: (award.on, _end(award))))


def _end(award: LabelEvent) -> date:
    assert award.valid_until is not None, "an award has a last day, see LabelEvent"
    return award.valid_until


def _event_text(event: LabelEvent) -> str:
    noun = "award" if event.event == "awarded" else "benchmarking"
    return f"the {noun} of {event.label} on {event.on}"
