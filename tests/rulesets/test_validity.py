"""docs/semantics.md, section 6: the days of a label."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.interviews.dates import Period, add_calendar_years
from ecei_rules.interviews.provenance import Basis, Provenance
from ecei_rules.rulesets.validity import (
    Award,
    FirstAward,
    Renewal,
    Status,
    Validity,
    ValidityRules,
    validity,
)

days = st.dates(date(1990, 1, 1), date(2200, 12, 31))
ends = st.sampled_from(["same_day", "end_of_month"])
rules = st.builds(
    ValidityRules,
    st.builds(FirstAward, st.integers(1, 5), ends),
    renewal=st.none() | st.builds(Renewal, st.integers(2, 5), ends, st.integers(0, 2)),
)
BRONZE_2019 = ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 1))
ONE_DAY = timedelta(days=1)


@given(days, st.integers(0, 100), st.integers(0, 1200))
def test_calendar_arithmetic_agrees_with_dateutil(day: date, years: int, months: int) -> None:
    """
    A day that does not exist becomes the last day of its month.
    """
    assert add_calendar_years(day, years, "same_day", months=months) == day + relativedelta(
        years=years, months=months
    )


@given(days, st.integers(0, 100))
def test_end_of_month_is_the_last_day(day: date, years: int) -> None:
    """
    Years to the end of the month end with the month, in leap years and others.
    """
    end = add_calendar_years(day, years, "end_of_month")

    assert (end.year, end.month) == (day.year + years, day.month)
    assert end.day == monthrange(end.year, end.month)[1]
    assert add_calendar_years(end, 1, "end_of_month") == add_calendar_years(
        day, years + 1, "end_of_month"
    )


@given(rules, days, st.none() | days)
def test_days_of_an_award_are_in_order(
    given_rules: ValidityRules, interview: date, previous: date | None
) -> None:
    """
    For every award the first, the last and the last renewable day are in this order.
    """
    held = validity(given_rules, interview, previous)

    assert held.first <= held.until
    assert held.renewable_until is None or held.until <= held.renewable_until


@given(rules, days, days)
def test_renewal_leaves_no_gap_and_never_shortens(
    given_rules: ValidityRules, interview: date, previous: date
) -> None:
    """
    docs/semantics.md, 6.6: a renewal begins on the day after the previous end, and ends
    later.
    """
    held = validity(given_rules, interview, previous)

    if held.award is Award.RENEWAL:
        assert held.first == previous + ONE_DAY
        assert held.until > previous
    else:
        assert held.first == interview


@given(rules, days, days)
def test_renewal_depends_on_the_window_alone(
    given_rules: ValidityRules, interview: date, previous: date
) -> None:
    """
    docs/semantics.md, 6.5: up to the last day of the window it is a renewal, then a late
    return.
    """
    renewal = given_rules.renewal
    if renewal is None:
        assert validity(given_rules, interview, previous).award is Award.FIRST
        return
    window = renewal.last_day(previous)

    assert validity(given_rules, window, previous).award is Award.RENEWAL
    assert validity(given_rules, window + ONE_DAY, previous).award is Award.LATE_RETURN


@given(rules, days, days, st.integers(0, 4000))
def test_status_never_goes_back(
    given_rules: ValidityRules, interview: date, day: date, more: int
) -> None:
    """
    A lapsed label has the same status on every later day.
    """
    held = validity(given_rules, interview, None)
    order = list(Status)

    earlier, after = held.status(day), held.status(day + timedelta(days=more))

    assert order.index(earlier) <= order.index(after)


class TestComputation:
    """docs/semantics.md, 6.5 to 6.9: a validity states what its days were computed from."""

    RULES = ValidityRules(
        FirstAward(2, "same_day", provenance=Provenance(Basis.INFERRED)),
        renewal=Renewal(3, "end_of_month", 1, provenance=Provenance(Basis.ILLUSTRATIVE)),
    )

    def test_first_award(self) -> None:
        """
        It has the years of a first award, from the day of the interview.
        """
        assert validity(self.RULES, date(2020, 5, 7), None) == Validity(
            date(2020, 5, 7),
            date(2022, 5, 7),
            award=Award.FIRST,
            interview=date(2020, 5, 7),
            years=2,
            ends="same_day",
            basis=Basis.INFERRED,
            renewable_until=date(2023, 5, 31),
            until_years_after_end=1,
        )

    def test_renewal(self) -> None:
        """
        It has the years of a renewal, from the previous end.
        """
        assert validity(self.RULES, date(2022, 4, 1), date(2022, 5, 7)) == Validity(
            date(2022, 5, 8),
            date(2025, 5, 31),
            award=Award.RENEWAL,
            interview=date(2022, 4, 1),
            years=3,
            ends="end_of_month",
            basis=Basis.ILLUSTRATIVE,
            previous_end=date(2022, 5, 7),
            renewable_until=date(2026, 5, 31),
            until_years_after_end=1,
        )

    def test_first_award_of_rules_without_renewals(self) -> None:
        """
        There is no last day to renew it, and rules without provenance are illustrative.
        """
        assert validity(
            ValidityRules(FirstAward(1, "same_day")), date(2020, 5, 7), None
        ) == Validity(
            date(2020, 5, 7),
            date(2021, 5, 7),
            award=Award.FIRST,
            interview=date(2020, 5, 7),
            years=1,
            ends="same_day",
            basis=Basis.ILLUSTRATIVE,
        )


class TestStatus:
    """docs/semantics.md, 6.10: the status on each side of each bound."""

    HELD = validity(BRONZE_2019, date(2023, 8, 9), None)

    @pytest.mark.parametrize(
        ("day", "status"),
        [
            (date(2023, 8, 8), Status.NOT_YET_VALID),
            (date(2023, 8, 9), Status.VALID),
            (date(2025, 8, 31), Status.VALID),
            (date(2025, 9, 1), Status.RENEWABLE),
            (date(2026, 8, 31), Status.RENEWABLE),
            (date(2026, 9, 1), Status.LAPSED),
        ],
    )
    def test_both_ends_are_included(self, day: date, status: Status) -> None:
        """
        "Valid until" means that day too.
        """
        assert self.HELD.status(day) is status

    def test_without_a_renewal_rule_nothing_is_renewable(self) -> None:
        """
        Under the rules of 2010 a label lapses when it runs out.
        """
        held = validity(ValidityRules(FirstAward(2, "same_day")), date(2014, 5, 20), None)

        assert held.renewable_until is None
        assert held.status(date(2016, 5, 21)) is Status.LAPSED


class TestPeriod:
    """docs/semantics.md, 6.1: periods include both ends."""

    def test_last_day_counts(self) -> None:
        """
        A period includes its last day, and not the day after.
        """
        spring = Period(date(2025, 1, 1), date(2025, 6, 30))

        assert date(2024, 12, 31) not in spring
        assert date(2025, 1, 1) in spring
        assert date(2025, 6, 30) in spring
        assert date(2025, 7, 1) not in spring

    def test_last_day_before_the_first_is_refused(self) -> None:
        """
        Such a period cannot be made.
        """
        with pytest.raises(ValueError, match=r"^the last day 2025-01-01 is before the first"):
            Period(date(2025, 7, 1), date(2025, 1, 1))

    def test_period_may_be_one_day(self) -> None:
        """
        The first day can be the last.
        """
        assert date(2025, 1, 1) in Period(date(2025, 1, 1), date(2025, 1, 1))

    def test_text_of_a_period(self) -> None:
        """
        Messages print periods with the days as documents write them.
        """
        closed, open_ended = Period(date(2025, 1, 1), date(2025, 6, 30)), Period(date(2025, 1, 1))

        assert str(closed) == "from 2025-01-01 to 2025-06-30"
        assert str(open_ended) == "from 2025-01-01 on"
