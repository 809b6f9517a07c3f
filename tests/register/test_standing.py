"""docs/semantics.md, 8: awards, and the standing of an organisation on a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES
from strategies import histories

import ecei_rules as er
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.history import LABELS
from ecei_rules.register.timeline import timeline

if TYPE_CHECKING:
    from random import Random

THREE = EXAMPLES / "histories" / "three-labels.json"


EDITION = er.shipped()


ONE_DAY = timedelta(days=1)


days = st.dates(date(2009, 1, 1), date(2036, 12, 31))


def awarded(label: str, on: str, until: str) -> er.LabelEvent:
    """Return an award of a label."""
    return er.LabelEvent(
        label, "awarded", date.fromisoformat(on), valid_until=date.fromisoformat(until)
    )


def standing(history: er.LabelHistory, label: str, on: date) -> er.LabelStanding:
    """Return the standing of one label of a history on a day."""
    labels = er.standing_on(history, on, EDITION).labels
    return next(each for each in labels if each.label == label)


def interview(history: list[er.LabelEvent]) -> er.Interview:
    """Return an example of Gold with another history."""
    example = er.load_interview(EXAMPLES / "awarded-gold.json")
    return evolve(example, history=history)


@st.composite
def ruled(draw: st.DrawFn) -> er.LabelHistory:
    """Draw histories whose awards have the ends that the shipped rules give."""
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
    """Laws of every history."""

    @given(histories(), days, st.randoms(use_true_random=False))
    def test_order_of_the_events_does_not_matter(
        self, events: list[er.LabelEvent], on: date, random: Random
    ) -> None:
        """
        8.1: a history is a set of events.
        """
        shuffled = random.sample(events, len(events))
        first, second = er.LabelHistory(events), er.LabelHistory(shuffled)

        assert er.check_history(first) == er.check_history(second) == ()
        assert er.awards_in(first, EDITION) == er.awards_in(second, EDITION)
        assert er.standing_on(first, on, EDITION) == er.standing_on(second, on, EDITION)
        assert timeline(first, EDITION, on=on) == timeline(second, EDITION, on=on)
        gold = EDITION.ruleset("gold", version="2019-11")
        assessed = [er.assess(interview(each), gold) for each in (events, shuffled)]
        assert assessed[0].validity == assessed[1].validity
        assert assessed[0].findings == assessed[1].findings

    @given(histories())
    def test_days_of_every_award_are_in_order(self, events: list[er.LabelEvent]) -> None:
        """
        The first day, the last day, and the last day to renew.
        """
        for held in er.awards_in(er.LabelHistory(events), EDITION):
            assert held.first <= held.until
            assert held.renewable_until is None or held.until <= held.renewable_until

    @given(histories(), days)
    def test_label_is_valid_exactly_on_the_days_of_its_awards(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        8.4: the days of every award are compared one by one.
        """
        history = er.LabelHistory(events)
        awards = er.awards_in(history, EDITION)

        for label in er.standing_on(history, on, EDITION).labels:
            covering = [a for a in awards if a.label == label.label and a.first <= on <= a.until]
            assert (label.status is er.Status.VALID) is bool(covering)

    @given(histories(), days)
    def test_label_is_renewable_while_an_interview_would_renew_it(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        8.4 and 8.7: the status agrees with the award that an interview on the day would give.
        """
        history = er.LabelHistory(events)

        for label in er.standing_on(history, on, EDITION).labels:
            begun = [e for e in history.awards(label.label) if e.on < on]
            run_out = label.status in (er.Status.RENEWABLE, er.Status.LAPSED)
            if run_out and len(begun) == len(history.awards(label.label)):
                award = label.next_award.award if label.next_award else None
                renewable = label.status is er.Status.RENEWABLE
                assert renewable is (award is er.Award.RENEWAL)

    @given(histories(), days)
    def test_passing_day_never_makes_a_lapsed_label_valid(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        8.4: only another award does, on its first day.
        """
        history = er.LabelHistory(events)
        firsts = {(a.label, a.first) for a in er.awards_in(history, EDITION)}
        today = er.standing_on(history, on, EDITION)
        tomorrow = er.standing_on(history, on + ONE_DAY, EDITION)

        for before, after in zip(today.labels, tomorrow.labels, strict=True):
            if before.status is er.Status.LAPSED and after.status is er.Status.VALID:
                assert (before.label, on + ONE_DAY) in firsts

    @given(ruled())
    def test_renewal_leaves_no_gap_and_never_shortens(self, history: er.LabelHistory) -> None:
        """
        8.3: awards under the rules in force are as ruled, and a renewal follows the one before.
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
    def test_labels_end_at_the_end_of_a_month(self, history: er.LabelHistory) -> None:
        """
        Under the rules of 2019 every end does, in February too.
        """
        for held in er.awards_in(history, EDITION):
            assert held.renewable_until is not None
            assert (held.until + ONE_DAY).day == 1
            assert (held.renewable_until + ONE_DAY).day == 1

    @given(histories(), st.dates(date(2024, 10, 9), date(2030, 1, 1)))
    def test_later_additions_change_no_assessment(
        self, events: list[er.LabelEvent], on: date
    ) -> None:
        """
        Neither later events nor a later ruleset change the assessment of an earlier interview.
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


class TestAwards:
    """The rule and the days of an award."""

    def test_late_renewal_covers_the_days_since_the_previous_end(self) -> None:
        """
        8.4: in hindsight there was no gap, although the label had run out eleven months before.
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

    def test_end_that_no_rule_gives_counts_as_stated(self) -> None:
        """
        8.3: `rule` still has the end that the rules would give.
        """
        history = er.LabelHistory([awarded("bronze", "2014-11-06", "2016-07-24")])

        (held,) = er.awards_in(history, EDITION)

        assert not held.as_ruled
        assert (str(held.first), str(held.until)) == ("2014-11-06", "2016-07-24")
        assert held.rule is not None
        assert str(held.rule.until) == "2016-11-06"

    def test_renewal_with_an_end_that_no_rule_gives_begins_on_its_own_day(self) -> None:
        """
        8.3: only as ruled it would begin after the previous end.
        """
        history = er.LabelHistory(
            [
                awarded("bronze", "2021-01-13", "2023-01-31"),
                awarded("bronze", "2023-05-02", "2025-12-31"),
            ]
        )

        late = er.awards_in(history, EDITION)[1]

        assert late.rule is not None
        assert (str(late.first), str(late.rule.first)) == ("2023-05-02", "2023-02-01")

    def test_previous_end_is_the_latest_of_all_earlier_awards(self) -> None:
        """
        6.4: not that of the award just before, which may contradict the one before it.
        """
        history = er.LabelHistory(
            [
                awarded("bronze", "2021-01-13", "2026-01-31"),
                awarded("bronze", "2022-01-13", "2024-01-31"),
                awarded("bronze", "2026-05-02", "2029-01-31"),
            ]
        )

        last = er.awards_in(history, EDITION)[2]

        assert last.rule is not None
        assert last.rule.previous_end == date(2026, 1, 31)

    def test_award_before_all_rules_has_no_rule(self) -> None:
        """
        The rules of Gold begin in April 2012.
        """
        history = er.LabelHistory([awarded("gold", "2012-03-05", "2014-03-05")])

        (held,) = er.awards_in(history, EDITION)

        assert (held.ruleset, held.rule, held.as_ruled) == (None, None, False)
        assert standing(history, "gold", date(2012, 3, 30)).next_award is None

    def test_labels_are_independent_and_the_highest_is_held(self) -> None:
        """
        8.1: a higher label does not prolong a lower one.
        """
        history = er.load_history(THREE)

        standing = er.standing_on(history, date(2024, 6, 30), EDITION)

        assert standing.held == "gold"
        assert {each.label: each.status.value for each in standing.labels} == {
            "bronze": "lapsed",
            "silver": "valid",
            "gold": "valid",
        }
        assert er.standing_on(history, date(2030, 1, 1), EDITION).held is None

    def test_label_is_not_yet_valid_before_its_first_award(self) -> None:
        """
        8.4: on the first day of the award it is valid.
        """
        history = er.LabelHistory([awarded("gold", "2023-10-17", "2025-10-31")])

        assert standing(history, "gold", date(2023, 10, 16)).status is er.Status.NOT_YET_VALID
        assert standing(history, "gold", date(2023, 10, 17)).status is er.Status.VALID

    def test_early_renewal_extends_the_label_without_a_break(self) -> None:
        """
        8.5: an award after a gap does not.
        """
        history = er.LabelHistory(
            [
                awarded("bronze", "2021-01-13", "2023-01-31"),
                awarded("bronze", "2022-11-08", "2026-01-31"),
                awarded("bronze", "2027-02-01", "2029-02-28"),
            ]
        )

        bronze = standing(history, "bronze", date(2022, 12, 1))

        assert str(bronze.held.until) == "2023-01-31"
        assert str(bronze.until) == "2026-01-31"
        assert str(bronze.renewable_until) == "2027-01-31"

    @pytest.mark.parametrize(
        ("second", "until"), [("2023-02-01", "2024-12-31"), ("2023-02-02", "2023-01-31")]
    )
    def test_one_day_without_the_label_is_a_break(self, second: str, until: str) -> None:
        """
        8.5: the next award begins no later than on the day after the end.
        """
        history = er.LabelHistory(
            [
                awarded("bronze", "2021-01-13", "2023-01-31"),
                awarded("bronze", second, "2024-12-31"),
            ]
        )

        assert str(standing(history, "bronze", date(2022, 12, 1)).until) == until

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
    def test_last_day_to_renew_follows_from_the_rules_in_force_on_it(
        self, label: str, end: str, last: str | None
    ) -> None:
        """
        8.6: a label awarded under older rules is renewed under those of the interview.
        """
        day = EDITION.renewable_until(label, date.fromisoformat(end))

        assert (day and str(day)) == last

    def test_later_rules_without_renewal_renew_nothing(self) -> None:
        """
        8.6: rules that end before the label do not apply to the days after its end.
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
    def test_last_day_to_renew_agrees_with_the_status(self, label: str, end: date) -> None:
        """
        8.6: the label is valid or renewable on it, and on no later day of four years.
        """
        last = EDITION.renewable_until(label, end)
        after = [end + timedelta(days=n) for n in range(4 * 366)]
        usable = [
            day for day in after if er.status_of(label, end, day, EDITION) is not er.Status.LAPSED
        ]

        assert last == (usable[-1] if usable[-1] > end else last)
        assert last is None or last == usable[-1]
