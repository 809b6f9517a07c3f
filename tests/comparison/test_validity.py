"""The days that two rules give, held against brute force over the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import product

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

import ecei_rules as er
from ecei_rules.comparison.validity import (
    Days,
    Example,
    History,
    HistoryCompared,
    Relation,
    Shift,
    ValidityComparison,
    compare_validity,
)
from ecei_rules.interviews.provenance import Basis, Provenance
from ecei_rules.report.text.validity import lines
from ecei_rules.rulesets.validity import FirstAward, Renewal, Validity, ValidityRules, validity

ENDS = ("same_day", "end_of_month")
TO_THE_DAY = ValidityRules(FirstAward(2, "same_day"))
MONTHLY = ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 1))
MEETING_IN_FEBRUARY = (
    ValidityRules(FirstAward(1, "same_day"), renewal=Renewal(1, "end_of_month", 1)),
    ValidityRules(FirstAward(1, "end_of_month"), renewal=Renewal(1, "same_day", 1)),
)
MEETING_IN_FEBRUARY_2028 = (
    ValidityRules(FirstAward(3, "same_day"), renewal=Renewal(3, "end_of_month", 1)),
    ValidityRules(FirstAward(3, "end_of_month"), renewal=Renewal(3, "same_day", 1)),
)
BEGINNING_APART = (
    ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(2, "same_day", 0)),
    ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(2, "end_of_month", 0)),
)
ONE_DAY = timedelta(days=1)

ends = st.sampled_from(ENDS)


def rules_of(years: st.SearchStrategy[int], window: int) -> st.SearchStrategy[ValidityRules]:
    """Rules with some years, and renewals up to some years late."""
    return st.builds(
        ValidityRules,
        st.builds(FirstAward, years, ends),
        renewal=st.none() | st.builds(Renewal, years, ends, st.integers(0, window)),
    )


short_rules = rules_of(st.integers(1, 4), 2)
any_rules = rules_of(st.integers(1, 100), 100)
calendar_days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
ends_of_february = st.builds(
    lambda year, days: date(year, 3, 1) - timedelta(days=days),
    st.integers(1900, 2999),
    st.integers(0, 3),
)
some_days = calendar_days | ends_of_february


Dates = tuple[date, date, date | None]


def dates(held: Validity) -> Dates:
    """First day, end and last day to renew."""
    return held.first, held.until, held.renewable_until


def shift(old: date | None, new: date | None) -> Shift:
    """To which side one date lies of the other, by the words alone."""
    if old is None or new is None:
        return Shift.SAME if old is new else Shift.GAINED if old is None else Shift.LOST
    return {0: Shift.SAME, 1: Shift.LATER, -1: Shift.EARLIER}[(new > old) - (new < old)]


ALLOWED = {
    Shift.SAME: set(),
    Shift.LATER: {Shift.LATER},
    Shift.EARLIER: {Shift.EARLIER},
    Shift.EITHER: {Shift.LATER, Shift.EARLIER},
    Shift.GAINED: {Shift.GAINED},
    Shift.LOST: {Shift.LOST},
}


def claims(days: Days, counted_from: date | None) -> bool | None:
    """Whether there is said to be a difference; `None` where that is left open."""
    match days:
        case Days.NEVER | Days.ALWAYS:
            return days is Days.ALWAYS
        case Days.SOMETIMES:
            return None
        case Days.NOT_LAST_OF_MONTH | Days.FEBRUARY:
            assert counted_from is not None
            if counted_from.month == 2 and (days is Days.FEBRUARY or counted_from.day >= 28):
                return None
            last = monthrange(counted_from.year, counted_from.month)[1]
            return days is Days.NOT_LAST_OF_MONTH and counted_from.day != last


def counted_from(case: HistoryCompared, interview: date, end: date | None) -> date | None:
    """The day that both count from, if there is one."""
    if case.old.from_end != case.new.from_end:
        return None
    return end if case.old.from_end else interview


def of(comparison: ValidityComparison, interview: date, end: date | None) -> HistoryCompared:
    """The one case that covers an interview."""
    [case] = [each for each in comparison.cases if each.covers(interview, end)]
    return case


def confirm(
    comparison: ValidityComparison,
    old: ValidityRules,
    new: ValidityRules,
    interview: date,
    end: date | None,
) -> None:
    """See that all that is said of one interview is so."""
    case = of(comparison, interview, end)
    held = [validity(rules, interview, end) for rules in (old, new)]
    day = counted_from(case, interview, end)
    given_old, given_new = map(dates, held)
    pairs = zip(given_old, given_new, (case.begins, case.ends, case.renewable), strict=True)
    for one, other, relation in pairs:
        found = shift(one, other)
        assert found is Shift.SAME or found in ALLOWED[relation.shift]
        assert claims(relation.days, day) in (None, one != other)
    assert claims(case.days, day) in (None, given_old != given_new)
    for each, terms in zip(held, (case.old, case.new), strict=True):
        assert (each.award, each.years, each.ends) == (terms.award, terms.years, terms.ends)


def near(end: date) -> set[date]:
    """The interviews around a previous end, and around its month in the years about."""
    months = [date(end.year + apart, end.month, 1) for apart in range(-3, 4)]
    days = (-1, 0, 1, 13, *range(25, 32))
    return {month + timedelta(days=each) for month in months for each in days} | {
        end,
        end + ONE_DAY,
        end + 2 * ONE_DAY,
    }


# days of all kinds, in common and in leap years and about a secular year that is none
PREVIOUS_ENDS = [
    date(year, month, 1) + timedelta(days=days)
    for year in (*range(2023, 2027), *range(2093, 2101))
    for month, days in ((1, 0), (1, 28), (1, 29), (1, 30), (2, 0), (2, 26), (2, 27), (2, 28))
]
GRID: list[tuple[date, date | None]] = [
    *((interview, end) for end in PREVIOUS_ENDS for interview in sorted(near(end))),
    *((interview, None) for interview in PREVIOUS_ENDS),
]


class TestLaws:
    """The comparison of the days of two rules is exact."""

    @pytest.mark.oracle
    @given(short_rules, short_rules, some_days)
    @example(*MEETING_IN_FEBRUARY, date(2024, 2, 10))
    def test_what_is_said_holds_on_every_day_of_eight_years(
        self, old: ValidityRules, new: ValidityRules, end: date
    ) -> None:
        """
        Four years before a previous end to four years after it, day by day, each interview
        is of one case, and nothing that is said of the case is wrong for it.
        """
        comparison = compare_validity(old, new)

        for days in range(-4 * 366, 4 * 366):
            confirm(comparison, old, new, end + timedelta(days=days), end)
        for days in range(4 * 366):
            confirm(comparison, old, new, end + timedelta(days=days), None)

    @given(any_rules, any_rules, st.lists(st.tuples(some_days, some_days), max_size=200))
    def test_what_is_said_holds_for_rules_of_any_length(
        self, old: ValidityRules, new: ValidityRules, pairs: list[tuple[date, date]]
    ) -> None:
        """
        Up to a hundred years, and from 1900 to 2999, nothing that is said is wrong.
        """
        comparison = compare_validity(old, new)

        for interview, end in pairs:
            confirm(comparison, old, new, interview, end)
            confirm(comparison, old, new, interview, None)

    @given(any_rules, any_rules, some_days, st.data())
    def test_what_is_said_holds_next_to_every_bound(
        self, old: ValidityRules, new: ValidityRules, end: date, data: st.DataObject
    ) -> None:
        """
        So it does within a month of the days on which the dates of the two may meet.
        """
        comparison = compare_validity(old, new)
        rules = (old.first, new.first, old.renewal, new.renewal)
        years = {0, *(each.years for each in rules if each)}
        years |= {each.until_years_after_end for each in rules if isinstance(each, Renewal)}
        apart = data.draw(st.sampled_from(sorted({a + b - c for a, b, c in product(*[years] * 3)})))
        year = min(max(end.year + apart, 1900), 2998)

        for days in range(-40, 40):
            near = date(year, end.month, 1) + timedelta(days=max(days, 0 if year == 1900 else -40))
            confirm(comparison, old, new, near, end)

    @given(short_rules, short_rules)
    @example(*MEETING_IN_FEBRUARY)
    def test_what_is_said_to_occur_does(self, old: ValidityRules, new: ValidityRules) -> None:
        """
        Among interviews near previous ends of common, leap and secular years each shift
        that is claimed occurs, and where a difference is not claimed for always, there is
        an interview without one.
        """
        comparison = compare_validity(old, new)
        seen: dict[History, set[tuple[Shift, ...]]] = {
            case.history: set() for case in comparison.cases
        }
        for interview, end in GRID:
            case = of(comparison, interview, end)
            given = [dates(validity(rules, interview, end)) for rules in (old, new)]
            seen[case.history].add(tuple(shift(*each) for each in zip(*given, strict=True)))

        for case in comparison.cases:
            found = seen[case.history]
            for which, relation in enumerate((case.begins, case.ends, case.renewable)):
                shifts = {each[which] for each in found}
                assert shifts - {Shift.SAME} == ALLOWED[relation.shift]
                assert (Shift.SAME in shifts) is (relation.days is not Days.ALWAYS)
            without = {set(each) == {Shift.SAME} for each in found}
            assert (True in without) is (case.days is not Days.ALWAYS)
            assert (False in without) is (case.days is not Days.NEVER)

    @given(any_rules, any_rules)
    def test_every_example_shows_what_it_is_for(
        self, old: ValidityRules, new: ValidityRules
    ) -> None:
        """
        An example is of its case, gives what `validity` gives, and differs; a loss is an
        earlier end or last day to renew, a gain a later one, and one is shown if it is said.
        """
        for case in compare_validity(old, new).cases:
            for found in filter(None, (case.example, case.loss, case.gain)):
                assert case.covers(found.interview, found.previous_end)
                assert found.old == validity(old, found.interview, found.previous_end)
                assert found.new == validity(new, found.interview, found.previous_end)
            said = {case.ends.shift, case.renewable.shift}
            loses = said & {Shift.EARLIER, Shift.LOST, Shift.EITHER}
            gains = said & {Shift.LATER, Shift.GAINED, Shift.EITHER}
            assert (case.example is not None) is (case.days is not Days.NEVER)
            assert (case.loss is not None) is bool(loses)
            assert (case.gain is not None) is bool(gains)
            assert case.example is None or after_the_first(case.example)
            assert case.loss is None or after_the_first(case.loss) & {Shift.EARLIER, Shift.LOST}
            assert case.gain is None or after_the_first(case.gain) & {Shift.LATER, Shift.GAINED}

    @given(any_rules)
    @example(TO_THE_DAY)
    @example(MONTHLY)
    def test_rules_compared_with_themselves_do_not_differ(self, rules: ValidityRules) -> None:
        """
        Whatever the rules are, they give their own dates, and no provenance changes that.
        """
        surer = evolve(rules, first=evolve(rules.first, provenance=Provenance(Basis.DOCUMENTED)))
        comparison = compare_validity(rules, surer)

        same = Relation(Days.NEVER, Shift.SAME)
        assert (comparison.differs, comparison.shortens, comparison.interrupts) == (False,) * 3
        for case in comparison.cases:
            assert case.days is Days.NEVER
            assert case.begins == case.ends == case.renewable == same
            assert case.example is case.loss is case.gain is None

    @given(any_rules, any_rules)
    def test_the_other_way_round_is_the_mirror(
        self, old: ValidityRules, new: ValidityRules
    ) -> None:
        """
        Exchanging the rules exchanges later and earlier, gained and lost, gains and losses.
        """
        forth, back = compare_validity(old, new), compare_validity(new, old)

        assert back == ValidityComparison([mirrored(case) for case in forth.cases])

    @given(any_rules, any_rules)
    def test_every_comparison_can_be_read(self, old: ValidityRules, new: ValidityRules) -> None:
        """
        No line is longer than 96 columns, and each is in its own words.
        """
        found = lines(compare_validity(old, new))

        assert max(len(line) for line in found) <= 96
        assert all(line == line.rstrip() != "" for line in found)


def after_the_first(found: Example) -> set[Shift]:
    """How the end and the last day to renew shift, and the first day with them if it alone."""
    later_dates = {
        shift(found.old.until, found.new.until),
        shift(found.old.renewable_until, found.new.renewable_until),
    } - {Shift.SAME}
    return later_dates or ({shift(found.old.first, found.new.first)} - {Shift.SAME})


MIRROR = {
    Shift.LATER: Shift.EARLIER,
    Shift.EARLIER: Shift.LATER,
    Shift.GAINED: Shift.LOST,
    Shift.LOST: Shift.GAINED,
}


def mirrored(case: HistoryCompared) -> HistoryCompared:
    """The case with its rules exchanged."""

    def turned(relation: Relation) -> Relation:
        return evolve(relation, shift=MIRROR.get(relation.shift, relation.shift))

    def exchanged(found: Example | None) -> Example | None:
        return found and evolve(found, old=found.new, new=found.old)

    return evolve(
        case,
        old=case.new,
        new=case.old,
        begins=turned(case.begins),
        ends=turned(case.ends),
        renewable=turned(case.renewable),
        example=exchanged(case.example),
        loss=exchanged(case.gain),
        gain=exchanged(case.loss),
    )


def first_of_2024(old: ValidityRules, new: ValidityRules, case: HistoryCompared) -> Example | None:
    """The first difference in 2024, from the first day counted from, then the nearest day."""
    for days in range(366):
        day = date(2024, 1, 1) + timedelta(days=days)
        pairs: list[tuple[date, date | None]]
        if case.history in (History.ANY, History.NO_LABEL):
            pairs = [(day, None)]
        elif not (case.old.from_end or case.new.from_end):
            back = (day - timedelta(days=each) for each in range(4 * 366))
            pairs = [(day, next(end for end in back if case.covers(day, end)))]
        else:
            way = 1 if case.after else -1
            start = case.after.after(day) if case.after else day
            pairs = [(start + way * timedelta(days=each), day) for each in range(5)]
        for interview, end in pairs:
            if case.covers(interview, end):
                held = [validity(rules, interview, end) for rules in (old, new)]
                if dates(held[0]) != dates(held[1]):
                    return Example(interview, end, *held)
    return None


class TestExamples:
    """An example is the first there is, so that two people are shown the same."""

    @given(short_rules, short_rules)
    @example(*MEETING_IN_FEBRUARY)
    @example(*MEETING_IN_FEBRUARY_2028)
    @example(*BEGINNING_APART)
    def test_the_first_difference_of_2024_is_shown(
        self, old: ValidityRules, new: ValidityRules
    ) -> None:
        """
        The earliest day to count from in 2024 that shows a difference, and of the other
        days that go with it the nearest; later years only where 2024 shows none.
        """
        for case in compare_validity(old, new).cases:
            first = first_of_2024(old, new, case)

            if first is not None:
                assert case.example == first
            elif case.example is not None:
                day = case.example.previous_end or case.example.interview
                assert day.year >= 2100

    def test_a_day_that_alone_differs_is_the_nearest(self) -> None:
        """
        Two years to the end of the month, from 2 January or from the end on 1 January, end
        on one day; who is interviewed on 3 January is the first to begin on another.
        """
        case = of(compare_validity(*BEGINNING_APART), date(2024, 1, 10), date(2024, 1, 1))

        assert case.ends == case.renewable == Relation(Days.NEVER, Shift.SAME)
        assert case.begins == Relation(Days.SOMETIMES, Shift.EARLIER)
        assert case.example is not None
        assert case.example.interview == date(2024, 1, 3)
        assert case.loss is case.gain is None

    def test_a_difference_that_only_a_secular_year_makes_is_found(self) -> None:
        """
        Of 29 February 2496, four years are 28 February 2500 and four more 28 February 2504;
        eight years at once are 29 February 2504. Of 29 February 2024 both come to
        29 February 2032.
        """
        old = ValidityRules(FirstAward(4, "same_day"), renewal=Renewal(2, "same_day", 4))
        new = ValidityRules(FirstAward(8, "same_day"), renewal=Renewal(2, "same_day", 0))

        case = of(compare_validity(old, new), date(2024, 2, 29), None)

        assert case.renewable == Relation(Days.FEBRUARY, Shift.LATER)
        assert dates(validity(old, date(2024, 2, 29), None))[2] == date(2032, 2, 29)
        assert dates(validity(new, date(2024, 2, 29), None))[2] == date(2032, 2, 29)
        assert dates(validity(old, date(2096, 2, 29), None))[2] == date(2104, 2, 28)
        assert dates(validity(new, date(2096, 2, 29), None))[2] == date(2104, 2, 29)

    def test_the_loss_is_shown_apart_from_the_first_difference(self) -> None:
        """
        Early in a window of two years a renewal of three from the previous end gives more
        than two from the interview, and after the first year it gives less.
        """
        old = ValidityRules(FirstAward(2, "same_day"))
        new = ValidityRules(FirstAward(2, "same_day"), renewal=Renewal(3, "same_day", 2))

        case = of(compare_validity(old, new), date(2025, 6, 1), date(2024, 1, 1))

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
    """The cases are cut at each last day to renew."""

    def histories(
        self, old: Renewal | None, new: Renewal | None
    ) -> list[tuple[History, str | None]]:
        """The cases, with the last interview of each for a label until 10 February 2023."""
        first = FirstAward(2, "same_day")
        found = compare_validity(
            ValidityRules(first, renewal=old), ValidityRules(first, renewal=new)
        )
        return [
            (each.history, str(each.up_to.after(date(2023, 2, 10))) if each.up_to else None)
            for each in found.cases
        ]

    def test_without_renewals_there_is_one(self) -> None:
        """
        Neither rule asks what was before, so that all histories are one case.
        """
        assert self.histories(None, None) == [(History.ANY, None)]

    def test_windows_of_one_and_two_years_cut_at_both(self) -> None:
        """
        In time for both, in time for one, too late for both.
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

    def test_the_days_between_the_day_and_the_end_of_the_month_stand_apart(self) -> None:
        """
        Up to a year to the day both renew, and from there to the end of the month one.
        """
        assert self.histories(Renewal(3, "end_of_month", 1), Renewal(3, "same_day", 1)) == [
            (History.NO_LABEL, None),
            (History.STILL_HELD, "2023-02-10"),
            (History.IN_EVERY_WINDOW, "2024-02-10"),
            (History.IN_ONE_WINDOW, "2024-02-29"),
            (History.PAST_EVERY_WINDOW, None),
        ]

    def test_no_window_leaves_no_days_after_the_end(self) -> None:
        """
        Who can be renewed only while the label holds is too late on the day after.
        """
        assert self.histories(None, Renewal(3, "same_day", 0)) == [
            (History.NO_LABEL, None),
            (History.STILL_HELD, "2023-02-10"),
            (History.PAST_EVERY_WINDOW, None),
        ]


class TestWhoLoses:
    """Whether new rules take days from somebody."""

    def test_days_at_the_end_of_the_month_are_no_loss(self) -> None:
        """
        From the rules of 2010 to those of 2019 every end is later or the same; back again
        labels end earlier, and those renewed late leave the days since the old end open.
        """
        forth, back = compare_validity(TO_THE_DAY, MONTHLY), compare_validity(MONTHLY, TO_THE_DAY)

        assert (forth.differs, forth.shortens, forth.interrupts) == (True, False, False)
        assert (back.differs, back.shortens, back.interrupts) == (True, True, True)

    def test_a_window_can_shrink_though_no_end_is_earlier(self) -> None:
        """
        A renewal of 10 years with a window of 1 is renewable as long as one of 9 with 2;
        in the second year a late return of 20 years is longer than the renewal was, and
        still no longer covers the days since the previous end.
        """
        old = ValidityRules(FirstAward(18, "same_day"), renewal=Renewal(9, "same_day", 2))
        new = ValidityRules(FirstAward(20, "same_day"), renewal=Renewal(10, "same_day", 1))

        found = compare_validity(old, new)

        assert (found.shortens, found.interrupts) == (False, True)

    def test_no_renewal_at_all_is_a_loss(self) -> None:
        """
        The same ends, and none of them renewable, is a loss though no date is earlier.
        """
        new = ValidityRules(FirstAward(2, "end_of_month"))
        [first, *_] = compare_validity(MONTHLY, new).cases

        assert first.ends == Relation(Days.NEVER, Shift.SAME)
        assert first.renewable == Relation(Days.ALWAYS, Shift.LOST)
        assert first.loss is not None


def shipped(label: str, old: str, new: str) -> tuple[str, ...]:
    """The comparison of two shipped rulesets in words."""
    versions = (er.shipped().ruleset(label, version=each).validity for each in (old, new))
    return lines(compare_validity(*versions))


class TestWords:
    """The days of the shipped rulesets, as people read what became of them."""

    def test_bronze_2010_to_2019(self) -> None:
        """
        Two years to the day become two years to the end of the month, with renewals.
        """
        assert shipped("bronze", "2010-11", "2019-11") == (
            "The days of a label: other dates in 4 of 4 situations.",
            "No interview gets an earlier end or an earlier last day to renew.",
            "No label held before:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            (
                "  new: first award, 2 years from the interview to the end of the month,"
                " renewable 1 year longer"
            ),
            "  ends later unless counted from the last of a month (end of February: by the year)",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-01 to 2026-01-31, renewable until 2027-01-31",
            "A label held before, interview on its last day or earlier:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            (
                "  new: renewal, 3 years from the previous end to the end of the month,"
                " renewable 1 year longer"
            ),
            "  begins later on every day",
            "  ends later on every day",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01, previous end 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than the previous end, up to the end of the month 1 year after it:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            (
                "  new: renewal, 3 years from the previous end to the end of the month,"
                " renewable 1 year longer"
            ),
            "  begins earlier on some days, else the same",
            "  ends later on some days, else the same",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-02, previous end 2024-01-01",
            "    old: 2024-01-02 to 2026-01-02, not renewable",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than the end of the month 1 year after the previous end:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            (
                "  new: late return, 2 years from the interview to the end of the month,"
                " renewable 1 year longer"
            ),
            "  ends later unless counted from the last of a month (end of February: by the year)",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01, previous end 2022-12-31",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-01 to 2026-01-31, renewable until 2027-01-31",
        )

    def test_silver_2014_to_2017(self) -> None:
        """
        Renewals are new, and first awards last as long as before.
        """
        assert shipped("silver", "2014-10", "2017-01") == (
            "The days of a label: other dates in 4 of 4 situations.",
            "No interview gets an earlier end or an earlier last day to renew.",
            "No label held before:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            "  new: first award, 2 years from the interview to the day, renewable 1 year longer",
            "  ends on the same day",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-01 to 2026-01-01, renewable until 2027-01-01",
            "A label held before, interview on its last day or earlier:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            "  new: renewal, 3 years from the previous end to the day, renewable 1 year longer",
            "  begins later on every day",
            "  ends later on every day",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01, previous end 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-02 to 2027-01-01, renewable until 2028-01-01",
            "Interview later than the previous end, up to 1 year after it:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            "  new: renewal, 3 years from the previous end to the day, renewable 1 year longer",
            "  begins earlier on some days, else the same",
            "  ends later on some days, else the same",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-02, previous end 2024-01-01",
            "    old: 2024-01-02 to 2026-01-02, not renewable",
            "    new: 2024-01-02 to 2027-01-01, renewable until 2028-01-01",
            "Interview later than 1 year after the previous end:",
            "  old: first award, 2 years from the interview to the day, not renewable",
            "  new: late return, 2 years from the interview to the day, renewable 1 year longer",
            "  ends on the same day",
            "  last renewal: given by the new rules only",
            "  example: interview 2024-01-01, previous end 2022-12-31",
            "    old: 2024-01-01 to 2026-01-01, not renewable",
            "    new: 2024-01-01 to 2026-01-01, renewable until 2027-01-01",
        )

    def test_gold_2012_to_2019(self) -> None:
        """
        The same years, now to the end of the month, and so is the last day to renew: for
        the rest of that month a late return becomes a renewal.
        """
        to_the_day = "2 years from the interview to the day, renewable 1 year longer"
        monthly = "2 years from the interview to the end of the month, renewable 1 year longer"
        renewed = (
            "  old: renewal, 3 years from the previous end to the day, renewable 1 year longer",
            (
                "  new: renewal, 3 years from the previous end to the end of the month,"
                " renewable 1 year longer"
            ),
        )
        shifted = tuple(
            f"  {what} later unless counted from the last of a month (end of February: by the year)"
            for what in ("ends", "last renewal:")
        )

        assert shipped("gold", "2012-04", "2019-11") == (
            "The days of a label: other dates in 5 of 5 situations.",
            "No interview gets an earlier end or an earlier last day to renew.",
            "No label held before:",
            f"  old: first award, {to_the_day}",
            f"  new: first award, {monthly}",
            *shifted,
            "  example: interview 2024-01-01",
            "    old: 2024-01-01 to 2026-01-01, renewable until 2027-01-01",
            "    new: 2024-01-01 to 2026-01-31, renewable until 2027-01-31",
            "A label held before, interview on its last day or earlier:",
            *renewed,
            *shifted,
            "  example: interview 2024-01-01, previous end 2024-01-01",
            "    old: 2024-01-02 to 2027-01-01, renewable until 2028-01-01",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than the previous end, up to 1 year after it:",
            *renewed,
            *shifted,
            "  example: interview 2024-01-02, previous end 2024-01-01",
            "    old: 2024-01-02 to 2027-01-01, renewable until 2028-01-01",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than 1 year after the previous end, up to the end of that month:",
            f"  old: late return, {to_the_day}",
            renewed[1],
            "  begins earlier on every day",
            "  ends later on some days, else the same",
            "  last renewal: later on some days, else the same",
            "  example: interview 2025-01-02, previous end 2024-01-01",
            "    old: 2025-01-02 to 2027-01-02, renewable until 2028-01-02",
            "    new: 2024-01-02 to 2027-01-31, renewable until 2028-01-31",
            "Interview later than the end of the month 1 year after the previous end:",
            f"  old: late return, {to_the_day}",
            f"  new: late return, {monthly}",
            *shifted,
            "  example: interview 2024-01-01, previous end 2022-12-31",
            "    old: 2024-01-01 to 2026-01-01, renewable until 2027-01-01",
            "    new: 2024-01-01 to 2026-01-31, renewable until 2027-01-31",
        )

    def test_what_is_equal_is_said_in_one_line(self) -> None:
        """
        Two versions with the same days need no list of situations.
        """
        assert shipped("bronze", "2019-11", "2019-11") == (
            "The days of a label: the same in every situation.",
        )

    def test_losses_are_said_first_and_shown(self) -> None:
        """
        Whom a new window of two years takes days from is shown beside who gains. Nobody
        begins later: on 1 February a late return after 31 January begins as a renewal does.
        """
        old = ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 0))
        new = ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "same_day", 2))

        found = lines(compare_validity(old, new))

        assert found[:2] == (
            "The days of a label: other dates in 5 of 5 situations.",
            "Some interviews get an earlier end, or an earlier last day to renew or none.",
        )
        start = found.index(
            "Interview later than the end of the month of the previous end, up to 2 years after it:"
        )
        assert found[start + 1 : start + 12] == (
            (
                "  old: late return, 2 years from the interview to the end of the month,"
                " renewable until it ends"
            ),
            "  new: renewal, 3 years from the previous end to the day, renewable 2 years longer",
            "  begins earlier on some days, else the same",
            "  ends earlier or later on some days, else the same",
            "  last renewal: later on every day",
            "  example: interview 2024-02-01, previous end 2024-01-01",
            "    old: 2024-02-01 to 2026-02-28, renewable until 2026-02-28",
            "    new: 2024-01-02 to 2027-01-01, renewable until 2029-01-01",
            "  example of a loss: interview 2025-01-01, previous end 2024-01-01",
            "    old: 2025-01-01 to 2027-01-31, renewable until 2027-01-31",
            "    new: 2024-01-02 to 2027-01-01, renewable until 2029-01-01",
        )

    def test_a_window_to_the_end_of_the_month_is_told(self) -> None:
        """
        A window may be moved where the label is not, may be none, and may be the month's.
        """
        old = ValidityRules(FirstAward(1, "same_day"), renewal=Renewal(1, "end_of_month", 0))
        new = ValidityRules(FirstAward(1, "same_day"), renewal=Renewal(1, "end_of_month", 1))

        found = lines(compare_validity(old, new))

        assert found[2:5] == (
            "No label held before:",
            (
                "  old: first award, 1 year from the interview to the day,"
                " renewable to the end of that month"
            ),
            (
                "  new: first award, 1 year from the interview to the day,"
                " renewable 1 year longer to the end of"
            ),
        )
        assert found[5] == "      the month"
        assert "Interview later than the previous end, up to the end of that month:" in found

    def test_rules_that_meet_in_february_are_told_so(self) -> None:
        """
        A year to the day and another to the end of the month, or the other way round, part
        only where one of the two Februaries has 29 days.
        """
        found = lines(compare_validity(*MEETING_IN_FEBRUARY))

        assert found[2:6] == (
            "Some interviews no longer follow the previous label without a break.",
            "No label held before:",
            (
                "  old: first award, 1 year from the interview to the day,"
                " renewable 1 year longer to the end of"
            ),
            "      the month",
        )
        assert (
            "  last renewal: earlier only if counted from a day of February,"
            " and not in every year" in found
        )

    def test_neither_with_renewals_is_said_so(self) -> None:
        """
        Where no history matters the reader is told why there is one case only.
        """
        monthly = ValidityRules(FirstAward(2, "end_of_month"))

        assert lines(compare_validity(monthly, TO_THE_DAY)) == (
            "The days of a label: other dates in 1 of 1 situation.",
            "Some interviews get an earlier end, or an earlier last day to renew or none.",
            "Any history (neither has a rule for renewals):",
            "  old: first award, 2 years from the interview to the end of the month, not renewable",
            "  new: first award, 2 years from the interview to the day, not renewable",
            "  ends earlier unless counted from the last of a month (end of February: by the year)",
            "  example: interview 2024-01-01",
            "    old: 2024-01-01 to 2026-01-31, not renewable",
            "    new: 2024-01-01 to 2026-01-01, not renewable",
        )

    def test_a_situation_without_a_difference_is_named(self) -> None:
        """
        Renewals may differ where first awards do not, and labels begin anew as before.
        """
        old = ValidityRules(FirstAward(2, "same_day"), renewal=Renewal(2, "same_day", 1))
        new = ValidityRules(FirstAward(2, "same_day"), renewal=Renewal(3, "same_day", 1))

        found = lines(compare_validity(old, new))

        assert found[:4] == (
            "The days of a label: other dates in 2 of 4 situations.",
            "No interview gets an earlier end or an earlier last day to renew.",
            "No label held before:",
            "  the same dates",
        )
        assert found[-2:] == (
            "Interview later than 1 year after the previous end:",
            "  the same dates",
        )
        assert lines(compare_validity(MONTHLY, TO_THE_DAY))[2] == (
            "Some interviews no longer follow the previous label without a break."
        )
