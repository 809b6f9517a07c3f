"""The page of a register of labels, with its figures."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache

from attrs import field, frozen

from ecei_rules._version import VERSION
from ecei_rules.diagnostics.errors import NoRulesetInForce
from ecei_rules.interviews.history import LABELS
from ecei_rules.register.deadlines import Deadline, count_by_feature, deadlines
from ecei_rules.register.register import LabelRecord
from ecei_rules.register.standing import status_of
from ecei_rules.report.pages.templates import rendered
from ecei_rules.report.text.wording import BASES
from ecei_rules.rulesets.validity import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from ecei_rules.interviews.history import Label
    from ecei_rules.register.register import Register
    from ecei_rules.report.pages.localisation import Words
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset

#: The statuses that a register can tell; it does not hold the first day of a label.
STATUSES = (Status.VALID, Status.RENEWABLE, Status.LAPSED)
#: How many months are shown, beginning with that of the day.
MONTHS = 24
_YEAR = 12


@frozen
class ListedLabel:
    """A record with its status on the day, and the last day to renew it."""

    record: LabelRecord
    status: Status
    renewable_until: date | None


@frozen
class ValueCounts:
    """The number of records with a value, by status; the empty text means not stated."""

    value: str
    counts: tuple[int, ...] = field(converter=tuple[int, ...])

    @property
    def total(self) -> int:
        """Count the records of every status."""
        return sum(self.counts)


@frozen
class MonthDue:
    """The deadlines of a month, those before the day of the page left out."""

    first: date
    due: tuple[Deadline, ...] = field(converter=tuple[Deadline, ...])

    @property
    def running_out(self) -> int:
        """Count the labels that run out in this month."""
        return sum(deadline.what == "runs_out" for deadline in self.due)

    @property
    def last_days(self) -> int:
        """Count the labels that can be renewed for the last time in this month."""
        return len(self.due) - self.running_out


@frozen
class RegisterFigures:
    """
    A register on a day: labels by name, values with the most labels first, months in order.

    *counts* are those of all records, one for each of `STATUSES`.
    """

    on: date
    counts: tuple[int, ...]
    rows: tuple[ListedLabel, ...]
    portfolios: tuple[ValueCounts, ...]
    countries: tuple[ValueCounts, ...]
    months: tuple[MonthDue, ...]


def register_figures(register: Register, on: date, edition: Edition) -> RegisterFigures:
    """Return the figures of a register on a day, by the rules in force then."""

    @cache
    def standing(label: Label, until: date) -> tuple[Status, date | None]:
        status = status_of(label, until, on, edition)
        return status, edition.renewable_until(label, until)

    rows = [
        ListedLabel(record, *standing(record.label, record.valid_until))
        for record in register.records
    ]
    by_feature = count_by_feature(register, on, edition)
    return RegisterFigures(
        on,
        tuple(sum(row.status is status for row in rows) for status in STATUSES),
        tuple(sorted(rows, key=_by_name)),
        _counts(by_feature["comparative_portfolio"]),
        _counts(by_feature["country"]),
        _months(register, on, edition),
    )


def sort_key(text: str) -> str:
    """
    Return a text without accents and capitals, by which names are sorted.

    >>> sorted(["Zeta", "Éclat", "eagle"], key=sort_key)
    ['eagle', 'Éclat', 'Zeta']
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _by_name(row: ListedLabel) -> tuple[str, str]:
    return sort_key(row.record.name), row.record.name


def _counts(by_value: Mapping[str, Counter[Status]]) -> tuple[ValueCounts, ...]:
    counted = [
        ValueCounts(value, [counts[status] for status in STATUSES])
        for value, counts in by_value.items()
    ]
    return tuple(sorted(counted, key=lambda c: (not c.value, -c.total, c.value)))


def _months(register: Register, on: date, edition: Edition) -> tuple[MonthDue, ...]:
    due: dict[date, list[Deadline]] = {}
    for count in range(on.month - 1, on.month - 1 + MONTHS):
        due[date(on.year + count // _YEAR, count % _YEAR + 1, 1)] = []
    for deadline in deadlines(register, edition):
        month = deadline.on.replace(day=1)
        if deadline.on >= on and month in due:
            due[month].append(deadline)
    return tuple(MonthDue(first, in_month) for first, in_month in due.items())


def register_page(register: Register, on: date, edition: Edition, words: Words) -> str:
    """
    Write a register as one HTML page: statuses on a day, counts, deadlines.

    It is whole without scripts; with them its table can be sorted and searched. It lists
    the problems of the register. Equal arguments give equal text.

    Raises:
        ModuleNotFoundError: Jinja2 or Babel is missing, which come with the extra `report`.
    """
    figures = register_figures(register, on, edition)
    registered = {record.label for record in register.records}
    return rendered(
        "register.html",
        words=words,
        title=words("Register of cluster excellence labels"),
        colon=words("{title}: {text}", title="", text=""),
        figures=figures,
        statuses=STATUSES,
        status_words=_status_words(words),
        label_words={label: words.text(label.capitalize()) for label in LABELS},
        labels=[label for label in LABELS if label in registered],
        country_names=sorted(
            (words.country(each.value) for each in figures.countries if each.value), key=sort_key
        ),
        problems=register.problems,
        rules={label: _in_force(label, on, edition) for label in LABELS},
        basis_words=BASES,
        version=VERSION,
    )


def _in_force(label: Label, on: date, edition: Edition) -> Ruleset | None:
    """Return the ruleset that tells whether a label that ran out can be renewed."""
    try:
        return edition.ruleset(label, on=on)
    except NoRulesetInForce:
        return None


def _status_words(words: Words) -> dict[str, str]:
    return {
        Status.VALID.value: words("Valid"),
        Status.RENEWABLE.value: words("Renewable"),
        Status.LAPSED.value: words("Lapsed"),
    }
