"""The examples, the cases and the losses of a comparison of validity rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from validity_samples import (
    MEETING_IN_FEBRUARY,
    MONTHLY,
    TO_THE_DAY,
    case_of,
    dates,
    short_rules,
)

from ecei_rules.comparison.validity import (
    Days,
    Example,
    History,
    HistoryCompared,
    Relation,
    Shift,
    compare_validity,
)
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules, validity

MEETING_IN_FEBRUARY_2028 = (
    ValidityRules(FirstAward(3, "same_day"), renewal=Renewal(3, "end_of_month", 1)),
    ValidityRules(FirstAward(3, "end_of_month"), renewal=Renewal(3, "same_day", 1)),
)


BEGINNING_APART = (
    ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(2, "same_day", 0)),
    ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(2, "end_of_month", 0)),
)


def first_of_2024(old: ValidityRules, new: ValidityRules, case: HistoryCompared) -> Example | None:
    """Find the first difference in 2024: the first day counted from, then the nearest day."""
    for days in range(366):
        day = date(2024, 1, 1) + timedelta(days=days)
        pairs: list[tuple[date, date | None]]
        if case.history in (History.ANY, History.NO_LABEL):
            pairs = [(day, None)]
        elif not (case.old.from_end or case.new.from_end):
            back = (day - timedelta(days=each) for each in range(4 * 366))
            pairs = [(day, next(end for end in back if case.covers(day, end)))]
        else:
            direction = 1 if case.after else -1
            start = case.after.after(day) if case.after else day
            pairs = [(start + direction * timedelta(days=each), day) for each in range(5)]
        for interview, end in pairs:
            if case.covers(interview, end):
                periods = [validity(rules, interview, end) for rules in (old, new)]
                if dates(periods[0]) != dates(periods[1]):
                    return Example(interview, end, *periods)
    return None


class TestExamples:
    """An example is the first difference, so that two people see the same one."""

    @pytest.mark.oracle
    @given(short_rules, short_rules)
    @example(*MEETING_IN_FEBRUARY)
    @example(*MEETING_IN_FEBRUARY_2028)
    @example(*BEGINNING_APART)
    def test_first_difference_of_2024_is_shown(
        self, old: ValidityRules, new: ValidityRules
    ) -> None:
        """
        The example has the earliest day to count from in 2024 that shows a difference, with
        the nearest other day; it is of a later year only if 2024 shows none.
        """
        for case in compare_validity(old, new).cases:
            first = first_of_2024(old, new, case)

            if first is not None:
                assert case.example == first
            elif case.example is not None:
                day = case.example.previous_end or case.example.interview
                assert day.year >= 2100

    def test_example_of_another_first_day_is_the_nearest(self) -> None:
        """
        Two years to the end of the month end on the same day, from 2 January or from the end
        on 1 January; the interview of 3 January is the first to begin on another day.
        """
        case = case_of(compare_validity(*BEGINNING_APART), date(2024, 1, 10), date(2024, 1, 1))

        assert case.ends == case.renewable == Relation(Days.NEVER, Shift.SAME)
        assert case.begins == Relation(Days.SOMETIMES, Shift.EARLIER)
        assert case.example is not None
        assert case.example.interview == date(2024, 1, 3)
        assert case.loss is case.gain is None

    def test_difference_that_needs_a_secular_year_is_found(self) -> None:
        """
        From 29 February 2096, four years lead to 28 February 2100, and four more to
        28 February 2104; eight years at once lead to 29 February 2104. From 29 February 2024
        both lead to 29 February 2032.
        """
        old = ValidityRules(FirstAward(4, "same_day"), renewal=Renewal(2, "same_day", 4))
        new = ValidityRules(FirstAward(8, "same_day"), renewal=Renewal(2, "same_day", 0))

        case = case_of(compare_validity(old, new), date(2024, 2, 29), None)

        assert case.renewable == Relation(Days.FEBRUARY, Shift.LATER)
        assert dates(validity(old, date(2024, 2, 29), None))[2] == date(2032, 2, 29)
        assert dates(validity(new, date(2024, 2, 29), None))[2] == date(2032, 2, 29)
        assert dates(validity(old, date(2096, 2, 29), None))[2] == date(2104, 2, 28)
        assert dates(validity(new, date(2096, 2, 29), None))[2] == date(2104, 2, 29)

    def test_loss_has_its_own_example(self) -> None:
        """
        Early in a window of two years, a renewal of three years from the previous end gives
        more than two years from the interview; after the first year it gives less.
        """
        old = ValidityRules(FirstAward(2, "same_day"))
        new = ValidityRules(FirstAward(2, "same_day"), renewal=Renewal(3, "same_day", 2))

        case = case_of(compare_validity(old, new), date(2025, 6, 1), date(2024, 1, 1))

        assert case.ends == Relation(Days.SOMETIMES, Shift.EITHER)
        assert case.example is not None
        assert case.loss is not None
        assert (case.example.interview, case.example.previous_end) == (
            date(2024, 1, 2),
            date(2024, 1, 1),
        )
        assert case.gain == case.example
        assert (case.loss.interview, case.loss.previous_end) == (
            date(2025, 1, 2),
            date(2024, 1, 1),
        )
        assert (case.loss.old.until, case.loss.new.until) == (date(2027, 1, 2), date(2027, 1, 1))


class TestCases:
    """The cases are separated by the last days to renew."""

    def histories(
        self, old: Renewal | None, new: Renewal | None
    ) -> list[tuple[History, str | None]]:
        """Return the cases, with the last interview of each for a label until 10 February 2023."""
        first = FirstAward(2, "same_day")
        comparison = compare_validity(
            ValidityRules(first, renewal=old), ValidityRules(first, renewal=new)
        )
        return [
            (each.history, str(each.up_to.after(date(2023, 2, 10))) if each.up_to else None)
            for each in comparison.cases
        ]

    def test_without_renewals_there_is_one_case(self) -> None:
        """
        Neither rule looks at the history, so that all histories are one case.
        """
        assert self.histories(None, None) == [(History.ANY, None)]

    def test_windows_of_one_and_two_years_give_three_late_cases(self) -> None:
        """
        In time for both rules, in time for one, too late for both.
        """
        one, two = Renewal(3, "same_day", 1), Renewal(3, "same_day", 2)

        assert (
            self.histories(one, two)
            == self.histories(two, one)
            == [
                (History.NO_LABEL, None),
                (History.STILL_HELD, "2023-02-10"),
                (History.IN_EVERY_WINDOW, "2024-02-10"),
                (History.IN_ONE_WINDOW, "2025-02-10"),
                (History.PAST_EVERY_WINDOW, None),
            ]
        )

    def test_days_up_to_the_end_of_the_month_are_a_case(self) -> None:
        """
        Both renew up to a year to the day, and one of them up to the end of the month.
        """
        assert self.histories(Renewal(3, "end_of_month", 1), Renewal(3, "same_day", 1)) == [
            (History.NO_LABEL, None),
            (History.STILL_HELD, "2023-02-10"),
            (History.IN_EVERY_WINDOW, "2024-02-10"),
            (History.IN_ONE_WINDOW, "2024-02-29"),
            (History.PAST_EVERY_WINDOW, None),
        ]

    def test_without_a_window_every_late_interview_is_too_late(self) -> None:
        """
        If a renewal is possible only while the label holds, the next day is too late.
        """
        assert self.histories(None, Renewal(3, "same_day", 0)) == [
            (History.NO_LABEL, None),
            (History.STILL_HELD, "2023-02-10"),
            (History.PAST_EVERY_WINDOW, None),
        ]


class TestLosses:
    """Whether the new rules take days from somebody."""

    def test_end_of_the_month_is_no_loss(self) -> None:
        """
        From the rules of 2010 to those of 2019 no end is earlier. In the other direction
        labels end earlier, and late renewals do not cover the days since the previous end.
        """
        forth, back = compare_validity(TO_THE_DAY, MONTHLY), compare_validity(MONTHLY, TO_THE_DAY)

        assert (forth.differs, forth.shortens, forth.interrupts) == (True, False, False)
        assert (back.differs, back.shortens, back.interrupts) == (True, True, True)

    def test_window_can_shrink_without_an_earlier_end(self) -> None:
        """
        A renewal of 10 years with a window of 1 is renewable as long as one of 9 with 2. In
        the second year a late return of 20 years lasts longer than the renewal did, but does
        not cover the days since the previous end.
        """
        old = ValidityRules(FirstAward(18, "same_day"), renewal=Renewal(9, "same_day", 2))
        new = ValidityRules(FirstAward(20, "same_day"), renewal=Renewal(10, "same_day", 1))

        comparison = compare_validity(old, new)

        assert (comparison.shortens, comparison.interrupts) == (False, True)

    def test_dropped_renewal_is_a_loss(self) -> None:
        """
        If labels end on the same days and can no longer be renewed, that is a loss.
        """
        new = ValidityRules(FirstAward(2, "end_of_month"))
        [first, *_] = compare_validity(MONTHLY, new).cases

        assert first.ends == Relation(Days.NEVER, Shift.SAME)
        assert first.renewable == Relation(Days.ALWAYS, Shift.LOST)
        assert first.loss is not None
