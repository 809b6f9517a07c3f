"""The days on which a label is valid."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import assert_never

from attrs import field, frozen
from attrs.validators import and_, ge, le

from ecei_rules.interviews.dates import ENDS, MAX_YEARS, add_calendar_years, years
from ecei_rules.interviews.provenance import Basis, Provenance


class Status(Enum):
    """The status of a label on a day (docs/semantics.md, 6.10 and 8.4)."""

    NOT_YET_VALID = "not_yet_valid"
    VALID = "valid"
    RENEWABLE = "renewable"
    LAPSED = "lapsed"


@frozen
class FirstAward:
    """The validity of a first award: *years* from the day of the interview."""

    years: int = field(validator=years)
    ends: ENDS
    provenance: Provenance = field(default=Provenance(), kw_only=True)


@frozen
class Renewal:
    """
    The validity of a renewal, and the time limit for it.

    It runs from the day after the previous end to *years* after that end, if the
    interview is conducted at most *until_years_after_end* after it; later than that
    the label can no longer be renewed.
    """

    years: int = field(validator=years)
    ends: ENDS
    until_years_after_end: int = field(validator=and_(ge(0), le(MAX_YEARS)))
    provenance: Provenance = field(default=Provenance(), kw_only=True)

    def last_day(self, end: date) -> date:
        """Return the last day to renew a label that ended on *end* (docs/semantics.md, 6.5)."""
        return add_calendar_years(end, self.until_years_after_end, self.ends)


@frozen
class ValidityRules:
    """The rules of a ruleset for the days of its label."""

    first: FirstAward
    renewal: Renewal | None = field(default=None, kw_only=True)


class Award(Enum):
    """The rule that gave the days of a label (docs/semantics.md, 6.5, 6.6 and 6.7)."""

    FIRST = "first"
    RENEWAL = "renewal"
    LATE_RETURN = "late_return"


@frozen
class Validity:
    """
    The first and last valid day of a label, and how they were computed.

    *interview* is the day of the interview, *basis* that of the rule for the days.
    *renewable_until* is the last day on which the label can be renewed, or `None` where
    the ruleset has no rule for renewals. Source: docs/semantics.md, 6.5, 6.6, 6.7, 6.8 and 6.9.
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
        Return the status of the label on *day*, as far as this one award tells.

        Use `standing_on` for a history of awards. Source: docs/semantics.md, 6.10.

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
    Return the days of a label that is awarded on an interview of a day.

    *previous_end* is the last day of the label held before, or `None`. A renewal
    follows it without a gap; one that comes too late has the days of a first award.
    Source: docs/semantics.md, 6.5, 6.6, 6.7, 6.8 and 6.9.

    >>> rules = ValidityRules(
    ...     FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 1)
    ... )
    >>> renewed = validity(rules, date(2024, 3, 31), date(2023, 3, 31))
    >>> str(renewed.first), str(renewed.until), renewed.award.value
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
