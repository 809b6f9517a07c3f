"""The deadlines of a register, and counts of its records."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Literal

from attrs import field, frozen

from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.names import comparable_name
from ecei_rules.register.register import LabelRecord
from ecei_rules.register.standing import status_of
from ecei_rules.rulesets.editions import LastRenewal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecei_rules.register.register import Register
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.validity import Status

DeadlineKind = Literal["runs_out", "last_day_to_renew"]
#: The features by which the records of a register are counted.
FEATURES = ("comparative_portfolio", "country", "year", "label")


@frozen
class Deadline:
    """
    The last day of a label, or the last day on which it can be renewed.

    *later_end* is the latest end of a later record of the label with the same name
    (docs/semantics.md, 8.9) and country, if there is one: the organisation may then still
    hold the label. *renewal* is the last day on which an interview renews the label.
    """

    on: date
    what: DeadlineKind
    record: LabelRecord
    renewal: LastRenewal | None = field(default=None, kw_only=True)
    later_end: date | None = field(default=None, kw_only=True)

    @property
    def renewable_until(self) -> date | None:
        """The last day on which the label can be renewed."""
        return self.renewal.on if self.renewal else None


def renewal_text(renewal: LastRenewal) -> str:
    """
    Word the last day to renew a label, with the basis of the rule as a timeline has it.

    >>> from ecei_rules.interviews.provenance import Basis
    >>> renewal_text(LastRenewal(date(2025, 3, 31), Basis.INFERRED))
    'renewable until 2025-03-31 [inferred]'
    """
    return f"renewable until {renewal.on} [{renewal.basis.value}]"


def deadlines(register: Register, edition: Edition) -> tuple[Deadline, ...]:
    """Return the last days of all records and the last days to renew them, in order."""
    ends: dict[tuple[str | None, ...], date] = {}
    keys = [(comparable_name(each.name), each.label, each.country) for each in register.records]
    for key, record in zip(keys, register.records, strict=True):
        ends[key] = max(record.valid_until, ends.get(key, record.valid_until))
    results = []
    for key, record in zip(keys, register.records, strict=True):
        end = record.valid_until
        renewal = edition.last_renewal(record.label, end)
        later = ends[key] if ends[key] > end else None
        days: list[tuple[date, DeadlineKind]] = [(end, "runs_out")]
        if renewal is not None:
            days.append((renewal.on, "last_day_to_renew"))
        results += [
            Deadline(on, what, record, renewal=renewal, later_end=later) for on, what in days
        ]
    return tuple(sorted(results, key=lambda each: each.on))


def due(register: Register, on: date, within: int, edition: Edition) -> tuple[Deadline, ...]:
    """Return the deadlines from a day to *within* days later, both included, in order."""
    period = Period(on, on + timedelta(days=within))
    return tuple(each for each in deadlines(register, edition) if each.on in period)


def count_by_feature(
    register: Register, on: date, edition: Edition
) -> Mapping[str, Mapping[str, Counter[Status]]]:
    """
    Count the records of each status on a day, by feature and value.

    Missing values count as the empty text. The year is that of the last day.
    docs/semantics.md, 8.8.
    """
    counts: dict[str, dict[str, Counter[Status]]] = {name: {} for name in FEATURES}
    for record in register.records:
        status = status_of(record.label, record.valid_until, on, edition)
        for name, value in _features(record):
            counts[name].setdefault(value, Counter())[status] += 1
    return {name: dict(sorted(values.items())) for name, values in counts.items()}


def _features(record: LabelRecord) -> Iterator[tuple[str, str]]:
    yield "comparative_portfolio", record.comparative_portfolio or ""
    yield "country", record.country or ""
    yield "year", str(record.valid_until.year)
    yield "label", record.label
