"""docs/semantics.md, section 8: the labels that an organisation holds on a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

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
from ecei_rules.interviews.history import days_apart

THREE = EXAMPLES / "histories" / "three-labels.json"


@given(histories())
def test_written_history_reads_as_it_was(events: list[er.LabelEvent]) -> None:
    """
    Events, cluster and notes are kept.
    """
    example = er.load_history(THREE)
    history = evolve(example, events=events)


def standing(history: er.LabelHistory, label: str, on: date) -> er.LabelStanding:
    """Return the status of one label of a history on a day."""
    labels = er.standing_on(history, on, EDITION).labels
    return next(each for each in labels if each.label == label)


def interview(history: list[er.LabelEvent]) -> er.Interview:
    """Return an example of Gold with another history."""
    example = er.load_interview(EXAMPLES / "awarded-gold.json")
    return evolve(example, history=history)


@st.composite
def ruled(draw: st.DrawFn) -> er.LabelHistory:
    """Histories whose awards have the ends of the shipped rules."""
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
    """Laws for all histories."""

    @given(histories(), days, st.randoms(use_true_random=False))
    def test_order_of_events_makes_no_difference(
        self, events: list[er.LabelEvent], on: date, random: st.random.Random
    ) -> None:
        """
        docs/semantics.md, 8.1: the events can be listed in any order.
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
    def test_days_of_every_award_are_in_order(self, events: list[er.LabelEvent]) -> None:
        """
        The first, the last and the last renewable day, whichever rule gives them.
        """
        for held in er.awards_in(er.LabelHistory(events), EDITION):
            assert held.first <= held.until
            assert held.renewable_until is None or held.until <= held.renewable_until

    @given(histories(), days)
    def test_label_is_valid_exactly_on_the_days_of_its_awards(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        Compared with the days of every award.
        """
        history = er.LabelHistory(events)
        awards = er.awards_in(history, EDITION)

        for each in er.standing_on(history, on, EDITION).labels:
            covering = [a for a in awards if a.label == each.label and a.first <= on <= a.until]
            assert (each.status is er.Status.VALID) is bool(covering)

    @given(histories(), days)
    def test_label_is_renewable_while_an_interview_would_renew_it(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        docs/semantics.md, 8.4: the status follows from the rules in force on the day.
        """
        history = er.LabelHistory(events)

        for each in er.standing_on(history, on, EDITION).labels:
            begun = [e for e in history.awards(each.label) if e.on < on]
            run_out = each.status in (er.Status.RENEWABLE, er.Status.LAPSED)
            if run_out and len(begun) == len(history.awards(each.label)):
                renews = each.next_award is not None and each.next_award.award is er.Award.RENEWAL
                assert (each.status is er.Status.RENEWABLE) is renews

    @given(histories(), days)
    def test_next_day_never_turns_lapsed_into_valid(
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
    def test_renewal_leaves_no_gap_and_never_shortens(self, history: er.LabelHistory) -> None:
        """
        Awards by the rules in force are recognised as such, and a renewal follows the
        award before.
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
        Under the rules of 2019 every label ends with a month, including February.
        """
        for held in er.awards_in(history, EDITION):
            assert held.renewable_until is not None
            assert (held.until + ONE_DAY).day == 1
            assert (held.renewable_until + ONE_DAY).day == 1

    @given(histories(), st.dates(date(2024, 10, 9), date(2030, 1, 1)))
    def test_later_events_and_rulesets_change_no_assessment(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        docs/semantics.md, 7.2: an earlier interview does not depend on them.
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
    def test_history_round_trip(self, events: list[er.LabelEvent]) -> None:
        """
        Events, cluster and notes are read back.
        """
        example = er.load_history(THREE)
        history = evolve(example, events=events)

        assert er.read_history(er.write_history(history)) == history


@given(
    st.sets(st.dates(date(2015, 1, 1), date(2021, 12, 31)), max_size=12).map(sorted),
    st.none() | st.integers(0, 40),
    st.none() | st.integers(0, 60),
)
def test_days_apart_are_those_of_all_pairs(
    found: list[date], least: int | None, most: int | None
) -> None:
    """
    docs/semantics.md, 2.12: any two events will do, compared pair by pair with another
    library's months.
    """
    pairs = [
        (first, second)
        for first, second in combinations(drawn, 2)
        if (least is None or first + relativedelta(months=least) <= second)
        and (most is None or second <= first + relativedelta(months=most))
    ]

    assert days_apart(found, least, most) == {day for pair in pairs for day in pair}


class TestAwards:
    """docs/semantics.md, 8.3 to 8.6: the days of awards and the last day to renew."""

    def test_late_renewal_covers_the_days_since_the_previous_end(self) -> None:
        """
        In hindsight there is no gap, although the label had run out for eleven months.
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

    def test_stated_end_counts(self) -> None:
        """
        The day of an award may be that of a ceremony; the result has the end of the
        rule too.
        """
        history = er.LabelHistory([awarded("bronze", "2014-11-06", "2016-07-24")])

        (held,) = er.awards_in(history, EDITION)

        assert not held.as_ruled
        assert (str(held.first), str(held.until)) == ("2014-11-06", "2016-07-24")
        assert held.rule is not None
        assert str(held.rule.until) == "2016-11-06"

    def test_award_before_the_first_ruleset_has_no_rule(self) -> None:
        """
        The rules of Gold begin in April 2012.
        """
        history = er.LabelHistory([awarded("gold", "2012-03-05", "2014-03-05")])

        (held,) = er.awards_in(history, EDITION)

        assert (held.ruleset, held.rule, held.as_ruled) == (None, None, False)
        assert standing(history, "gold", date(2012, 3, 30)).next_award is None

    def test_labels_are_independent_and_the_highest_is_held(self) -> None:
        """
        No source says that a higher label prolongs a lower one.
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
        It is not yet valid on the day before the first day.
        """
        history = er.LabelHistory([awarded("gold", "2023-10-17", "2025-10-31")])

        assert standing(history, "gold", date(2023, 10, 16)).status is er.Status.NOT_YET_VALID
        assert standing(history, "gold", date(2023, 10, 17)).status is er.Status.VALID

    def test_early_renewal_extends_the_label(self) -> None:
        """
        The reported end is the one without a break before it.
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
    def test_last_day_to_renew_follows_the_rules_in_force(
        self, label: str, end: str, last: str | None
    ) -> None:
        """
        docs/semantics.md, 8.6: a label of older rules is renewed under those of the day
        of the interview.
        """
        found = EDITION.renewable_until(label, date.fromisoformat(end))

        assert (found and str(found)) == last

    def test_label_is_not_renewable_without_a_rule_after_its_end(self) -> None:
        """
        docs/semantics.md, 8.6: rules that end before the label do not renew it.
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
    def test_last_day_to_renew_is_the_last_renewable_day(self, label: str, end: date) -> None:
        """
        Day by day: the label is renewable or valid on it, and on no day of the four
        years after it.
        """
        last = EDITION.renewable_until(label, end)
        after = [end + timedelta(days=n) for n in range(4 * 366)]
        worth = [
            day for day in after if er.status_of(label, end, day, EDITION) is not er.Status.LAPSED
        ]

        assert last == (worth[-1] if worth[-1] > end else last)
        assert last is None or last == worth[-1]
