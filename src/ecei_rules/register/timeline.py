"""A drawing of a label history on a time line."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.interviews.history import LABELS
from ecei_rules.register.standing import awards_in, deciding_award
from ecei_rules.rulesets.validity import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecei_rules.interviews.history import LabelHistory
    from ecei_rules.rulesets.editions import Edition

WIDTH = 100
_MARGIN = 8
_BETWEEN_YEARS = 6
#: The numbers of months that a column may have; the last is enough for the years 1900 to 2999.
_MONTHS = (1, 2, 3, 4, 6, 12, 24, 60, 120, 240)
_MARKS = {Status.VALID: "=", Status.RENEWABLE: "-"}
_EVENTS = {"benchmarked": "b", "awarded": "A"}


def timeline(history: LabelHistory, edition: Edition, *, on: date | None = None) -> str:
    """
    Draw the labels of a history, one a line, at most 100 columns wide.

    A column is one or more months: `A` marks an award in it, otherwise `b` a benchmarking,
    otherwise `=` a label that is valid on its first day, or `-` one that is renewable. The
    text is empty if the history is.

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
    days = [event.on for event in history.events] + ([on] if on else [])
    days += [day for a in awards for day in (a.first, a.until, a.renewable_until) if day]
    scale = _Scale.over(days)
    lines = [*scale.heading()]
    for label in LABELS:
        events = [event for event in history.events if event.label == label]
        of_label = [award for award in awards if award.label == label]
        marks = [" "] * scale.columns
        if of_label:
            statuses = (deciding_award(of_label, day, edition)[1] for day in scale.first_days())
            marks = [_MARKS.get(status, " ") for status in statuses]
        for kind, mark in _EVENTS.items():
            for event in events:
                if event.event == kind:
                    marks[scale.column(event.on)] = mark
        if events:
            lines.append(label.ljust(_MARGIN) + "".join(marks))
    if on is not None:
        indent = " " * (_MARGIN + scale.column(on))
        caret = f"{indent}^ {on}"
        lines.append(caret if len(caret) <= WIDTH else f"{on} ^".rjust(len(indent) + 1))
    legend = "A awarded, b benchmarked, = valid, - renewable; a column is "
    lines.append(" " * _MARGIN + legend + number_of(scale.months, "month"))
    return "\n".join(line.rstrip() for line in lines)


@frozen
class _Scale:
    """Columns of equal numbers of months, from January of a year to December of another."""

    first: int
    last: int
    months: int

    @classmethod
    def over(cls, days: Sequence[date]) -> _Scale:
        first, last = min(days).year, max(days).year
        span = 12 * (last - first + 1)
        fitting = (months for months in _MONTHS if span <= months * (WIDTH - _MARGIN))
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
        """Yield the line of years, as many as fit, and the line of ticks below them."""
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
