"""Validity rules and their dates, for comparisons of two rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ecei_rules.rulesets.validity import FirstAward, Renewal, Validity, ValidityRules

if TYPE_CHECKING:
    from ecei_rules.comparison.validity import (
        HistoryCompared,
        ValidityComparison,
    )

ENDS = ("same_day", "end_of_month")


TO_THE_DAY = ValidityRules(FirstAward(2, "same_day"))


MONTHLY = ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 1))


MEETING_IN_FEBRUARY = (
    ValidityRules(FirstAward(1, "same_day"), renewal=Renewal(1, "end_of_month", 1)),
    ValidityRules(FirstAward(1, "end_of_month"), renewal=Renewal(1, "same_day", 1)),
)


ends = st.sampled_from(ENDS)


def rules_of(years: st.SearchStrategy[int], window: int) -> st.SearchStrategy[ValidityRules]:
    """Draw rules with some years, and renewals up to some years late."""
    return st.builds(
        ValidityRules,
        st.builds(FirstAward, years, ends),
        renewal=st.none() | st.builds(Renewal, years, ends, st.integers(0, window)),
    )


short_rules = rules_of(st.integers(1, 4), 2)


Dates = tuple[date, date, date | None]


def dates(period: Validity) -> Dates:
    """Return the first day, the end and the last day to renew."""
    return period.first, period.until, period.renewable_until


def case_of(comparison: ValidityComparison, interview: date, end: date | None) -> HistoryCompared:
    """Return the one case that covers an interview."""
    [case] = [each for each in comparison.cases if each.covers(interview, end)]
    return case
