"""docs/semantics.md, clause 8: which labels an organisation holds on a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from attrs import evolve
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES
from strategies import histories

import ecei_rules as er
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.history import LABELS, days_apart
from ecei_rules.register.timeline import timeline

THREE = EXAMPLES / "histories" / "three-labels.json"
EDITION = er.shipped()
ONE_DAY = timedelta(days=1)
days = st.dates(date(2009, 1, 1), date(2036, 12, 31))


def awarded(label: str, on: str, until: str) -> er.LabelEvent:
    """An award of a label."""
    return er.LabelEvent(
        label, "awarded", date.fromisoformat(on), valid_until=date.fromisoformat(until)
    )


def standing(history: er.LabelHistory, label: str, on: date) -> er.LabelStanding:
    """What one label of a history is worth on a day."""
    labels = er.standing_on(history, on, EDITION).labels
    return next(each for each in labels if each.label == label)


def interview(history: list[er.LabelEvent]) -> er.Interview:
    """An example of Gold with another history."""
    example = er.load_interview(EXAMPLES / "awarded-gold.json")
    return evolve(example, history=history)


@st.composite
def ruled(draw: st.DrawFn) -> er.LabelHistory:
    """Histories whose awards have the ends that the shipped rules give them."""
    events: list[er.LabelEvent] = []
    for label in LABELS:
        for on in sorted(draw(st.sets(st.dates(date(2019, 12, 1), date(2033, 1, 1)), max_size=4))):
            rules = EDITION.ruleset(label, on=on).validity
            before = er.LabelHistory(events).previous_end(label, before=on)
            end = _validity(rules, on, before).until
            events.append(er.LabelEvent(label, "awarded", on, valid_until=end))
    return er.LabelHistory(draw(st.permutations(events)))


def _validity(rules: object, on: date, before: date | None) -> er.Validity:
    from ecei_rules.rulesets.validity import ValidityRules, validity

    assert isinstance(rules, ValidityRules)
    return validity(rules, on, before)


class TestLaws:
    """What holds of every history."""

    @given(histories(), days, st.randoms(use_true_random=False))
    def test_the_order_of_the_events_makes_no_difference(
        self, events: list[er.LabelEvent], on: date, random: st.random.Random
    ) -> None:
        """
        8.1: a history is a set of events, however a file lists them.
        """
        shuffled = random.sample(events, len(events))
        one, other = er.LabelHistory(events), er.LabelHistory(shuffled)

        assert er.check_history(one) == er.check_history(other) == ()
        assert er.awards_in(one, EDITION) == er.awards_in(other, EDITION)
        assert er.standing_on(one, on, EDITION) == er.standing_on(other, on, EDITION)
        assert timeline(one, EDITION, on=on) == timeline(other, EDITION, on=on)
        gold = EDITION.ruleset("gold", version="2019-11")
        assessed = [er.assess(interview(each), gold) for each in (events, shuffled)]
        assert assessed[0].validity == assessed[1].validity
        assert assessed[0].findings == assessed[1].findings

    @given(histories())
    def test_the_days_of_every_award_stand_in_order(self, events: list[er.LabelEvent]) -> None:
        """
        From, until and renewable until, whoever set them.
        """
        for held in er.awards_in(er.LabelHistory(events), EDITION):
            assert held.first <= held.until
            assert held.renewable_until is None or held.until <= held.renewable_until

    @given(histories(), days)
    def test_a_label_is_valid_on_the_days_that_its_awards_cover_and_no_others(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        Held against every award's days one by one.
        """
        history = er.LabelHistory(events)
        awards = er.awards_in(history, EDITION)

        for each in er.standing_on(history, on, EDITION).labels:
            covering = [a for a in awards if a.label == each.label and a.first <= on <= a.until]
            assert (each.status is er.Status.VALID) is bool(covering)

    @given(histories(), days)
    def test_what_has_run_out_is_renewable_while_an_interview_would_renew_it(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        8.5: the status says what the rules in force on the day would make of an interview.
        """
        history = er.LabelHistory(events)

        for each in er.standing_on(history, on, EDITION).labels:
            begun = [e for e in history.awards(each.label) if e.on < on]
            run_out = each.status in (er.Status.RENEWABLE, er.Status.LAPSED)
            if run_out and len(begun) == len(history.awards(each.label)):
                renews = each.next_award is not None and each.next_award.award is er.Award.RENEWAL
                assert (each.status is er.Status.RENEWABLE) is renews

    @given(histories(), days)
    def test_a_day_later_never_turns_lapsed_into_valid(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        Only another award does, on its first day.
        """
        history = er.LabelHistory(events)
        firsts = {(a.label, a.first) for a in er.awards_in(history, EDITION)}
        today = er.standing_on(history, on, EDITION)
        tomorrow = er.standing_on(history, on + ONE_DAY, EDITION)

        for one, other in zip(today.labels, tomorrow.labels, strict=True):
            if one.status is er.Status.LAPSED and other.status is er.Status.VALID:
                assert (one.label, on + ONE_DAY) in firsts

    @given(ruled())
    def test_a_renewal_leaves_no_day_uncovered_and_never_shortens(
        self, history: er.LabelHistory
    ) -> None:
        """
        Awards by the rules in force are found to be so, and a renewal joins the one before.
        """
        for label in LABELS:
            awards = [a for a in er.awards_in(history, EDITION) if a.label == label]
            assert all(each.as_ruled for each in awards)
            for before, after in pairwise(awards):
                assert after.until > before.until or after.until == add_calendar_years(
                    after.on, 2, "end_of_month"
                )
                assert after.rule is not None
                if after.rule.award is er.Award.RENEWAL:
                    assert after.first == before.until + ONE_DAY

    @given(ruled())
    def test_month_ends_stay_month_ends(self, history: er.LabelHistory) -> None:
        """
        Under the rules of 2019 every end is one, the end of a February as well.
        """
        for held in er.awards_in(history, EDITION):
            assert held.renewable_until is not None
            assert (held.until + ONE_DAY).day == 1
            assert (held.renewable_until + ONE_DAY).day == 1

    @given(histories(), st.dates(date(2024, 10, 9), date(2030, 1, 1)))
    def test_what_is_added_later_changes_no_assessment(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        Neither later events nor a later ruleset reach an interview of before.
        """
        held = interview([each for each in events if each.on < date(2024, 10, 9)])
        added = er.LabelEvent("gold", "awarded", on, valid_until=on)
        benchmarked = er.LabelEvent("bronze", "benchmarked", on)
        rules = EDITION.ruleset("gold", on=held.conducted.on)
        later_rules = evolve(
            rules, version="next", in_force=er.Period(date(2024, 10, 10)), criteria=()
        )
        grown = er.Edition(EDITION.catalogues, rulesets=[*EDITION.rulesets, later_rules])

        before = er.assess(held, rules)
        after = er.assess(
            evolve(held, history=[added, *held.history, benchmarked]),
            grown.ruleset("gold", on=held.conducted.on),
        )

        assert evolve(after, interview=before.interview) == before

    @given(histories())
    def test_a_history_that_was_written_reads_as_it_was(self, events: list[er.LabelEvent]) -> None:
        """
        The round trip keeps events, cluster and notes.
        """
        example = er.load_history(THREE)
        history = evolve(example, events=events)

        assert er.read_history(er.write_history(history)) == history


@given(
    st.sets(st.dates(date(2015, 1, 1), date(2021, 12, 31)), max_size=12).map(sorted),
    st.none() | st.integers(0, 40),
    st.none() | st.integers(0, 60),
)
def test_days_that_are_apart_are_those_of_every_pair_that_is(
    found: list[date], least: int | None, most: int | None
) -> None:
    """
    2.12: any two will do, whatever lies between; pair by pair, with another library's months.
    """
    pairs = [
        (one, other)
        for one, other in combinations(found, 2)
        if (least is None or one + relativedelta(months=least) <= other)
        and (most is None or other <= one + relativedelta(months=most))
    ]

    assert days_apart(found, least, most) == {day for pair in pairs for day in pair}


class TestAwards:
    """docs/semantics.md, 8: by which rule a label holds from when until when."""

    def test_a_renewal_late_in_its_window_covers_the_days_since_the_previous_end(self) -> None:
        """
        In hindsight there was no gap, although the label had run out for eleven months.
        """
        history = er.LabelHistory(
            [
                awarded("silver", "2021-05-18", "2023-05-31"),
                awarded("silver", "2024-04-30", "2026-05-31"),
            ]
        )

        between = standing(history, "silver", date(2023, 12, 24))

        assert between.status is er.Status.VALID
        assert str(between.held.first) == "2023-06-01"
        assert between.next_award is not None
        assert between.next_award.award is er.Award.RENEWAL

    def test_an_end_that_no_rule_gives_counts_as_stated(self) -> None:
        """
        The day of an award may be that of a ceremony; what the rules would give is said.
        """
        history = er.LabelHistory([awarded("bronze", "2014-11-06", "2016-07-24")])

        (held,) = er.awards_in(history, EDITION)

        assert not held.as_ruled
        assert (str(held.first), str(held.until)) == ("2014-11-06", "2016-07-24")
        assert held.rule is not None
        assert str(held.rule.until) == "2016-11-06"

    def test_an_award_of_before_there_were_rules_has_none(self) -> None:
        """
        Gold begins in April 2012.
        """
        history = er.LabelHistory([awarded("gold", "2012-03-05", "2014-03-05")])

        (held,) = er.awards_in(history, EDITION)

        assert (held.ruleset, held.rule, held.as_ruled) == (None, None, False)
        assert standing(history, "gold", date(2012, 3, 30)).next_award is None

    def test_labels_stand_each_for_itself_and_the_highest_is_held(self) -> None:
        """
        Whether a higher label prolongs a lower one is not known, so it does not.
        """
        history = er.load_history(THREE)

        found = er.standing_on(history, date(2024, 6, 30), EDITION)

        assert found.held == "gold"
        assert {each.label: each.status.value for each in found.labels} == {
            "bronze": "lapsed",
            "silver": "valid",
            "gold": "valid",
        }
        assert er.standing_on(history, date(2030, 1, 1), EDITION).held is None

    def test_before_the_first_award_a_label_is_not_yet_valid(self) -> None:
        """
        On the day before the first day.
        """
        history = er.LabelHistory([awarded("gold", "2023-10-17", "2025-10-31")])

        assert standing(history, "gold", date(2023, 10, 16)).status is er.Status.NOT_YET_VALID
        assert standing(history, "gold", date(2023, 10, 17)).status is er.Status.VALID

    def test_renewed_early_a_label_is_valid_to_the_end_of_the_renewal(self) -> None:
        """
        The end that counts is the one without a break before it.
        """
        history = er.LabelHistory(
            [
                awarded("bronze", "2021-01-13", "2023-01-31"),
                awarded("bronze", "2022-11-08", "2026-01-31"),
                awarded("bronze", "2027-02-01", "2029-02-28"),
            ]
        )

        found = standing(history, "bronze", date(2022, 12, 1))

        assert str(found.held.until) == "2023-01-31"
        assert str(found.until) == "2026-01-31"
        assert str(found.renewable_until) == "2027-01-31"

    @pytest.mark.parametrize(
        ("label", "end", "last"),
        [
            ("bronze", "2016-07-24", None),
            ("bronze", "2018-10-31", None),
            ("bronze", "2018-11-01", "2019-11-30"),
            ("bronze", "2021-07-25", "2022-07-31"),
            ("silver", "2016-12-31", "2017-12-31"),
            ("silver", "2015-12-31", None),
            ("gold", "2018-06-15", "2019-06-15"),
            ("gold", "2018-12-15", "2019-12-31"),
            ("gold", "2018-11-14", "2019-11-30"),
        ],
    )
    def test_the_last_day_to_renew_is_by_the_rules_in_force_on_it(
        self, label: str, end: str, last: str | None
    ) -> None:
        """
        8.6: a label of older rules is renewed under those of the day of the interview.
        """
        found = EDITION.renewable_until(label, date.fromisoformat(end))

        assert (found and str(found)) == last

    def test_what_later_rules_do_not_renew_is_renewable_at_no_time(self) -> None:
        """
        8.6: rules that end before the label does say nothing of the days after its end.
        """
        gold = EDITION.ruleset("gold", version="2019-11")
        without = evolve(
            gold,
            version="next",
            in_force=er.Period(date(2025, 1, 1)),
            validity=evolve(gold.validity, renewal=None),
        )
        edition = er.Edition(EDITION.catalogues, rulesets=[gold, without])

        assert edition.renewable_until("gold", date(2026, 5, 31)) is None
        assert edition.renewable_until("gold", date(2024, 12, 31)) == date(2024, 12, 31)
        assert edition.renewable_until("gold", date(2024, 6, 30)) == date(2024, 12, 31)
        assert edition.renewable_until("gold", date(2023, 6, 30)) == date(2024, 6, 30)

    @given(st.sampled_from(LABELS), st.dates(date(2012, 1, 1), date(2024, 1, 1)))
    def test_the_last_day_to_renew_is_the_last_on_which_a_label_is_renewable(
        self, label: str, end: date
    ) -> None:
        """
        Day by day: renewable or valid on it, and on no day of the four years after it.
        """
        last = EDITION.renewable_until(label, end)
        after = [end + timedelta(days=n) for n in range(4 * 366)]
        worth = [
            day for day in after if er.status_of(label, end, day, EDITION) is not er.Status.LAPSED
        ]

        assert last == (worth[-1] if worth[-1] > end else last)
        assert last is None or last == worth[-1]
