"""A label history drawn as lines of years."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.interviews.history import LABELS
from ecei_rules.register.standing import awards_in, telling
from ecei_rules.rulesets.validity import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecei_rules.interviews.history import LabelHistory
    from ecei_rules.rulesets.editions import Edition

WIDTH = 100
_MARGIN = 8
_BETWEEN_YEARS = 6
#: How many months a column may stand for; the last is enough for all days there can be.
_MONTHS = (1, 2, 3, 4, 6, 12, 24, 60, 120, 240)
_MARKS = {Status.VALID: "=", Status.RENEWABLE: "-"}
_EVENTS = {"benchmarked": "b", "awarded": "A"}


def timeline(history: LabelHistory, edition: Edition, *, on: date | None = None) -> str:
    """
    The labels of a history as lines of years, at most 100 columns wide.

    A column stands for one or more months: `A` for an award in it, else `b` for a
    benchmarking, else `=` valid or `-` renewable on its first day. Empty if the history
    is.

    >>> from ecei_rules.interviews.history import LabelEvent, LabelHistory
    >>> from ecei_rules.documents.shipped import shipped
    >>> award = LabelEvent("bronze", "awarded", date(2019, 12, 3), valid_until=date(2021, 12, 31))
    >>> print(timeline(LabelHistory([award]), shipped(), on=date(2022, 2, 1)))
            2019        2020        2021        2022
            |           |           |           |
    bronze             A========================------------
                                                 ^ 2022-02-01
            A awarded, b benchmarked, = valid, - renewable; a column is 1 month
    """
    if not history.events:
        return ""
    awards = awards_in(history, edition)
    days = [each.on for each in history.events] + ([on] if on else [])
    days += [day for a in awards for day in (a.first, a.until, a.renewable_until) if day]
    scale = _Scale.over(days)
    lines = [*scale.heading()]
    for label in LABELS:
        events = [each for each in history.events if each.label == label]
        of_label = [each for each in awards if each.label == label]
        marks = [" "] * scale.columns
        if of_label:
            statuses = (telling(of_label, day, edition)[1] for day in scale.first_days())
            marks = [_MARKS.get(status, " ") for status in statuses]
        for kind, mark in _EVENTS.items():
            for each in events:
                if each.event == kind:
                    marks[scale.column(each.on)] = mark
        if events:
            lines.append(label.ljust(_MARGIN) + "".join(marks))
    if on is not None:
        before = " " * (_MARGIN + scale.column(on))
        after = f"{before}^ {on}"
        lines.append(after if len(after) <= WIDTH else f"{on} ^".rjust(len(before) + 1))
    legend = "A awarded, b benchmarked, = valid, - renewable; a column is "
    lines.append(" " * _MARGIN + legend + number_of(scale.months, "month"))
    return "\n".join(line.rstrip() for line in lines)


@frozen
class _Scale:
    """Columns of so many months each, from the January of a year to the December of one."""

    first: int
    last: int
    months: int

    @classmethod
    def over(cls, days: Sequence[date]) -> _Scale:
        first, last = min(days).year, max(days).year
        span = 12 * (last - first + 1)
        fitting = (each for each in _MONTHS if span <= each * (WIDTH - _MARGIN))
        return cls(first, last, next(fitting))

    @property
    def columns(self) -> int:
        return -(-12 * (self.last - self.first + 1) // self.months)

    def column(self, day: date) -> int:
        return (12 * (day.year - self.first) + day.month - 1) // self.months

    def first_days(self) -> Iterator[date]:
        for month in range(0, self.columns * self.months, self.months):
            yield date(self.first + month // 12, month % 12 + 1, 1)

    def heading(self) -> Iterator[str]:
        """The years, those that have room, and a tick below each."""
        years = max(1, self.months // 12)
        while years * 12 // self.months < _BETWEEN_YEARS:
            years += max(1, self.months // 12)
        shown = range(self.first, self.last + 1, years)
        places = {self.column(date(year, 1, 1)): str(year) for year in shown}
        names, ticks = " " * _MARGIN, " " * _MARGIN
        for column, name in places.items():
            if _MARGIN + column + len(name) > WIDTH:
                break
            names = names.ljust(_MARGIN + column) + name
            ticks = ticks.ljust(_MARGIN + column) + "|"
        yield names
        yield ticks
