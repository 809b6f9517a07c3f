"""From when until when a label holds."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import assert_never

from attrs import field, frozen
from attrs.validators import and_, ge, le

from ecei_rules.interviews.dates import ENDS, MAX_YEARS, add_calendar_years, years
from ecei_rules.interviews.provenance import Basis, Provenance


class Status(Enum):
    """What a label is worth on a day."""

    NOT_YET_VALID = "not_yet_valid"
    VALID = "valid"
    RENEWABLE = "renewable"
    LAPSED = "lapsed"


@frozen
class FirstAward:
    """How long a first award holds: *years* from the day of the interview."""

    years: int = field(validator=years)
    ends: ENDS
    provenance: Provenance = field(default=Provenance(), kw_only=True)


@frozen
class Renewal:
    """
    How long a renewal holds, and how late it may be.

    It runs from the day after the previous end to *years* after that end, if the
    interview is held at most *until_years_after_end* after it; later than that there
    is nothing left to renew.
    """

    years: int = field(validator=years)
    ends: ENDS
    until_years_after_end: int = field(validator=and_(ge(0), le(MAX_YEARS)))
    provenance: Provenance = field(default=Provenance(), kw_only=True)

    def last_day(self, end: date) -> date:
        """The last day on which a label that ran until *end* can be renewed."""
        return add_calendar_years(end, self.until_years_after_end, self.ends)


@frozen
class ValidityRules:
    """The rules a ruleset has for the days of its label."""

    first: FirstAward
    renewal: Renewal | None = field(default=None, kw_only=True)


class Award(Enum):
    """Which rule set the days of a label."""

    FIRST = "first"
    RENEWAL = "renewal"
    LATE_RETURN = "late_return"


@frozen
class Validity:
    """
    The days a label holds, and why just these.

    *renewable_until* is the last day on which it can be renewed, or `None` where the
    rules have no renewal. Source: docs/semantics.md, section 6.
    """

    first: date
    until: date
    award: Award = field(kw_only=True)
    interview: date = field(kw_only=True)
    years: int = field(kw_only=True)
    ends: ENDS = field(kw_only=True)
    basis: Basis = field(kw_only=True)
    previous_end: date | None = field(default=None, kw_only=True)
    renewable_until: date | None = field(default=None, kw_only=True)
    until_years_after_end: int | None = field(default=None, kw_only=True)

    def status(self, day: date) -> Status:
        """
        What the label is worth on *day*, as far as this award goes.

        >>> march = validity(ValidityRules(FirstAward(2, "same_day")), date(2014, 3, 5), None)
        >>> march.status(date(2016, 3, 5)).value, march.status(date(2016, 3, 6)).value
        ('valid', 'lapsed')
        """
        if day < self.first:
            return Status.NOT_YET_VALID
        if day <= self.until:
            return Status.VALID
        if self.renewable_until is not None and day <= self.renewable_until:
            return Status.RENEWABLE
        return Status.LAPSED


def validity(rules: ValidityRules, interview: date, previous_end: date | None) -> Validity:
    """
    The days a label holds that an interview on a day earns.

    *previous_end* is the last day of the label held before, or `None`. A renewal
    follows it seamlessly; one that comes too late is a first award again.

    >>> rules = ValidityRules(
    ...     FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 1)
    ... )
    >>> held = validity(rules, date(2024, 3, 31), date(2023, 3, 31))
    >>> str(held.first), str(held.until), held.award.value
    ('2023-04-01', '2026-03-31', 'renewal')
    >>> validity(rules, date(2024, 4, 1), date(2023, 3, 31)).award.value
    'late_return'
    """
    renewal = rules.renewal
    if renewal is None or previous_end is None:
        award = Award.FIRST
    else:
        in_time = interview <= renewal.last_day(previous_end)
        award = Award.RENEWAL if in_time else Award.LATE_RETURN
    match award:
        case Award.RENEWAL:
            assert renewal is not None, "a renewal has a rule"
            assert previous_end is not None, "a renewal has a previous end"
            rule: FirstAward | Renewal = renewal
            first, counted = previous_end + timedelta(days=1), previous_end
        case Award.FIRST | Award.LATE_RETURN:
            rule, first, counted = rules.first, interview, interview
        case unreachable:
            assert_never(unreachable)
    until = add_calendar_years(counted, rule.years, rule.ends)
    return Validity(
        first,
        until,
        award=award,
        interview=interview,
        years=rule.years,
        ends=rule.ends,
        basis=rule.provenance.status,
        previous_end=previous_end,
        renewable_until=renewal.last_day(until) if renewal else None,
        until_years_after_end=renewal.until_years_after_end if renewal else None,
    )
