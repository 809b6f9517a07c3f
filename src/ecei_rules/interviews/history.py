"""What happened to the labels of one organisation, and when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import Literal

from attrs import field, frozen
from attrs.validators import matches_re, optional

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.validators import nonempty, supported_day, web_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Label = Literal["bronze", "silver", "gold"]

#: The labels, the lowest first.
LABELS: tuple[Label, ...] = ("bronze", "silver", "gold")


@frozen
class Cluster:
    """An organisation that holds a label or seeks one."""

    name: str = field(validator=nonempty)
    country: str = field(validator=matches_re("[A-Z]{2}"))
    website: str | None = field(default=None, kw_only=True, validator=web_address)
    comparative_portfolio: str | None = field(
        default=None, kw_only=True, validator=optional(nonempty)
    )


@frozen
class LabelEvent:
    """
    Something that happened to a label of the organisation on a day.

    An award says until when it is valid, a benchmarking does not.
    """

    label: Label
    event: Literal["benchmarked", "awarded"]
    on: date = field(validator=supported_day)
    valid_until: date | None = field(default=None, kw_only=True, validator=supported_day)

    def __attrs_post_init__(self) -> None:
        if (self.event == "awarded") is (self.valid_until is None):
            msg = "an award, and nothing else, has a last day of validity"
            raise ValueError(msg)


@frozen
class LabelHistory:
    """
    What happened to the labels of one organisation.

    The events may stand in any order and be of several labels; each label has a
    history of its own, since whether a higher one prolongs a lower is not known.
    """

    events: tuple[LabelEvent, ...] = field(converter=tuple[LabelEvent, ...])
    cluster: Cluster | None = field(default=None, kw_only=True)
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )

    def awards(self, label: Label) -> tuple[LabelEvent, ...]:
        """The awards of a label, by their days, none twice."""
        return _awards(self.events, label)

    def previous_end(self, label: Label, *, before: date) -> date | None:
        """
        The last day of a label for an interview on a day, if it was awarded earlier.

        Only awards of days before that one count: an award of the same day is that
        interview's own, a later one was not known. Source: docs/semantics.md, 6.4.

        >>> award = LabelEvent("bronze", "awarded", date(2022, 3, 2), valid_until=date(2024, 3, 31))
        >>> held = LabelHistory([award])
        >>> held.previous_end("bronze", before=date(2022, 3, 2)) is None
        True
        >>> str(held.previous_end("bronze", before=date(2022, 3, 3)))
        '2024-03-31'
        """
        ends = [
            each.valid_until
            for each in self.events
            if each.label == label and each.valid_until and each.on < before
        ]
        return max(ends, default=None)


def days_apart(days: Sequence[date], least: int | None, most: int | None) -> set[date]:
    """
    Of days in order, those with another one at least and at most so many months from them.

    >>> held = [date(2020, 3, 2), date(2021, 9, 2), date(2022, 3, 2)]
    >>> sorted(map(str, days_apart(held, 18, 23)))
    ['2020-03-02', '2021-09-02']
    """
    found: set[date] = set()
    marked = 0
    for index, day in enumerate(days):
        low, high = index + 1, len(days)
        if least is not None:
            low = max(low, bisect_left(days, add_calendar_years(day, 0, "same_day", months=least)))
        if most is not None:
            high = bisect_right(days, add_calendar_years(day, 0, "same_day", months=most))
        if low < high:
            # both ends only grow, so what lies before the last end is marked already
            found.update([day, *days[max(low, marked) : high]])
            marked = max(marked, high)
    return found


def check_history(history: LabelHistory) -> tuple[Problem, ...]:
    """
    What in a label history contradicts itself.

    An event that stands twice, an award that ends before its own day, two awards of a
    label on one day with different ends, and an award that ends before an earlier one
    of the label does.
    """
    return tuple(contradictions(history.events))


def contradictions(events: Iterable[LabelEvent]) -> Iterator[Problem]:
    """The problems of the events of a history, each at its own place."""
    places: dict[LabelEvent, int] = {}
    for index, each in enumerate(events):
        where = f"/history/{index}"
        if each in places:
            message = f"{_said(each)} stands twice"
            hint = f"it is number {places[each] + 1} of the list already"
            yield Problem("ECEI341", where, message, hint)
        elif each.valid_until is not None and each.valid_until < each.on:
            message = f"{_said(each)} ends before that day, on {each.valid_until}"
            yield Problem("ECEI342", f"{where}/valid_until", message)
        places.setdefault(each, index)
    for label in LABELS:
        longest: LabelEvent | None = None
        for each in _awards(places, label):
            if longest is None:
                longest = each
                continue
            where = f"/history/{places[each]}/valid_until"
            if _end(each) < _end(longest):
                message = (
                    f"{_said(each)} ends on {each.valid_until}, before the one on"
                    f" {longest.on} does ({longest.valid_until})"
                )
                yield Problem("ECEI343", where, message, "a later award ends no earlier")
            elif each.on == longest.on:
                message = (
                    f"{_said(each)} ends on {each.valid_until} here, and on"
                    f" {longest.valid_until} elsewhere in the list"
                )
                yield Problem("ECEI343", where, message, "one interview gives one end")
            longest = max(longest, each, key=_end)


def _awards(events: Iterable[LabelEvent], label: Label) -> tuple[LabelEvent, ...]:
    awarded = dict.fromkeys(e for e in events if e.label == label and e.event == "awarded")
    return tuple(sorted(awarded, key=lambda each: (each.on, _end(each))))


def _end(award: LabelEvent) -> date:
    assert award.valid_until is not None, "an award has a last day, see LabelEvent"
    return award.valid_until


def _said(event: LabelEvent) -> str:
    noun = "award" if event.event == "awarded" else "benchmarking"
    return f"the {noun} of {event.label} on {event.on}"
