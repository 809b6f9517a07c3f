"""What a page on a register shows: its labels, counts and months."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache

from attrs import field, frozen

from ecei_rules.register.deadlines import Deadline, count_by_feature, deadlines
from ecei_rules.register.register import LabelRecord
from ecei_rules.register.standing import status_of
from ecei_rules.rulesets.validity import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from ecei_rules.interviews.history import Label
    from ecei_rules.register.register import Register
    from ecei_rules.rulesets.editions import Edition

#: What the register can say of a day; from when a label held it does not tell.
STATUSES = (Status.VALID, Status.RENEWABLE, Status.LAPSED)
#: How many months ahead are shown, that of the day among them.
MONTHS = 24
_YEAR = 12


@frozen
class Row:
    """A record with what it is worth on the day, and the last day to renew it."""

    record: LabelRecord
    status: Status
    renewable_until: date | None


@frozen
class Tally:
    """How many records state a value, by status; the empty text is none stated."""

    value: str
    counts: tuple[int, ...] = field(converter=tuple[int, ...])

    @property
    def total(self) -> int:
        """How many there are of all."""
        return sum(self.counts)


@frozen
class Month:
    """What falls due in a month, from its first day on, or from the day of the page on."""

    first: date
    due: tuple[Deadline, ...] = field(converter=tuple[Deadline, ...])

    @property
    def running_out(self) -> int:
        """How many labels run out in it."""
        return sum(each.what == "runs_out" for each in self.due)

    @property
    def last_days(self) -> int:
        """For how many labels it has the last day to renew them."""
        return len(self.due) - self.running_out


@frozen
class RegisterFigures:
    """
    A register on a day: rows by name, tallies with the most first, months in order.

    *counts* are those of all records, by status as in `STATUSES`.
    """

    on: date
    counts: tuple[int, ...]
    rows: tuple[Row, ...]
    portfolios: tuple[Tally, ...]
    countries: tuple[Tally, ...]
    months: tuple[Month, ...]


def register_figures(register: Register, on: date, edition: Edition) -> RegisterFigures:
    """The figures of a register on a day, by the rules of an edition in force then."""

    @cache
    def worth(label: Label, until: date) -> tuple[Status, date | None]:
        status = status_of(label, until, on, edition)
        return status, edition.renewable_until(label, until)

    rows = [Row(each, *worth(each.label, each.valid_until)) for each in register.records]
    by = count_by_feature(register, on, edition)
    return RegisterFigures(
        on,
        tuple(sum(row.status is status for row in rows) for status in STATUSES),
        tuple(sorted(rows, key=_by_name)),
        _tallies(by["comparative_portfolio"]),
        _tallies(by["country"]),
        _months(register, on, edition),
    )


def plain(text: str) -> str:
    """
    A text without its accents and capitals, which names are put in order by.

    >>> sorted(["Zeta", "Éclat", "eagle"], key=plain)
    ['eagle', 'Éclat', 'Zeta']
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))


def _by_name(row: Row) -> tuple[str, str]:
    return plain(row.record.name), row.record.name


def _tallies(by: Mapping[str, Counter[Status]]) -> tuple[Tally, ...]:
    tallies = [Tally(value, [counts[each] for each in STATUSES]) for value, counts in by.items()]
    return tuple(sorted(tallies, key=lambda each: (not each.value, -each.total, each.value)))


def _months(register: Register, on: date, edition: Edition) -> tuple[Month, ...]:
    due: dict[date, list[Deadline]] = {}
    for count in range(on.month - 1, on.month - 1 + MONTHS):
        due[date(on.year + count // _YEAR, count % _YEAR + 1, 1)] = []
    for each in deadlines(register, edition):
        if each.on >= on and each.on.replace(day=1) in due:
            due[each.on.replace(day=1)].append(each)
    return tuple(Month(first, several) for first, several in due.items())
