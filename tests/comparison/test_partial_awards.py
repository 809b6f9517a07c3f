"""Counterfactuals that need an award which only its day is recorded of, or nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from attribution_samples import ASKED, CLUSTER, rules

import ecei_rules as er
from ecei_rules.comparison.impact.counterfactuals import Aspect, counterfactual_results
from ecei_rules.comparison.impact.partial_interview import NotKnown, from_assessment
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.interview import Conducted, Interview
from ecei_rules.rulesets.criteria import Earlier, EveryRequirement, SomeRequirement

if TYPE_CHECKING:
    from ecei_rules.comparison.impact.counterfactuals import Result
    from ecei_rules.rulesets.criteria import Requirement

ON = date(2024, 3, 18)
EVER = Earlier("bronze", "benchmarked")
ANEW = Earlier("bronze", "benchmarked", since_award_of="silver")
SILVER = LabelEvent("silver", "awarded", date(2022, 3, 18), valid_until=date(2024, 3, 18))
BEFORE = LabelEvent("bronze", "benchmarked", date(2022, 3, 1))
AFTER = LabelEvent("bronze", "benchmarked", date(2023, 3, 1))
UNKNOWN = NotKnown.NOT_KNOWN
MET, NOT_MET = er.Outcome.MET, er.Outcome.NOT_MET


def counterfactual(
    judged_by: Requirement, asked: Requirement, *history: LabelEvent, on: date = ON
) -> Result | NotKnown:
    """Return the outcome of a requirement, as far as an assessment by another one tells it."""
    interview = Interview(ASKED, CLUSTER, Conducted(ON), {}, history=history)
    partial = from_assessment(er.assess(interview, rules(judged_by)), ASKED)
    results = counterfactual_results(partial, rules(asked, version="2024-02"), on)
    return results[Aspect("criterion", "one")]


class TestSameDay:
    """docs/semantics.md, 11.3: an assessment records what its ruleset depends on."""

    @pytest.mark.parametrize(("event", "outcome"), [(BEFORE, NOT_MET), (AFTER, MET)])
    def test_day_of_the_award_is_recorded(self, event: LabelEvent, outcome: er.Outcome) -> None:
        """
        The day of the latest award is enough for another requirement since it.
        """
        recent = Earlier("bronze", "benchmarked", at_most_months=24, since_award_of="silver")

        assert counterfactual(recent, ANEW, event, SILVER) is outcome
        assert counterfactual(ANEW, ANEW, event, SILVER) is outcome

    def test_no_award_is_recorded(self) -> None:
        """
        Without an award of Silver any event will do.
        """
        assert counterfactual(ANEW, ANEW, BEFORE) is MET

    def test_unrecorded_award_can_harm(self) -> None:
        """
        It is not known if Silver was awarded since, unless there is no event at all.
        """
        assert counterfactual(EVER, ANEW, BEFORE) is UNKNOWN
        assert counterfactual(EVER, ANEW) is NOT_MET

    def test_unrecorded_award_makes_no_difference_in_a_combination(self) -> None:
        """
        What another part settles is known.
        """
        both, either = EveryRequirement([ANEW, EVER]), SomeRequirement([ANEW, EVER])

        assert counterfactual(EVER, either, BEFORE) is MET
        assert counterfactual(EVER, both, BEFORE) is UNKNOWN
        assert counterfactual(EVER, both) is NOT_MET

    def test_award_of_another_label_is_not_recorded(self) -> None:
        """
        The day of the latest Silver says nothing of Gold.
        """
        gold = Earlier("bronze", "benchmarked", since_award_of="gold")

        assert counterfactual(ANEW, gold, AFTER, SILVER) is UNKNOWN

    def test_recorded_awards_are_enough(self) -> None:
        """
        Whoever looks at all awards knows the latest.
        """
        asked = EveryRequirement([EVER, Earlier("silver", "awarded")])

        assert counterfactual(asked, ANEW, AFTER, SILVER) is MET
        assert counterfactual(asked, ANEW, BEFORE, SILVER) is NOT_MET

    def test_first_award_of_the_label_is_known(self) -> None:
        """
        A first award of Bronze tells that there was none before.
        """
        bronze = Earlier("bronze", "benchmarked", since_award_of="bronze")
        ruled = SomeRequirement([EVER, Earlier("gold", "awarded")])

        assert counterfactual(ruled, bronze, BEFORE) is MET

    def test_award_alone_does_not_tell_all_awards(self) -> None:
        """
        Two awards of Silver may have been, of which only the latest is recorded.
        """
        twice = Earlier("silver", "awarded", repeated=True)

        assert counterfactual(ANEW, twice, AFTER, SILVER) is UNKNOWN


class TestAnotherDay:
    """The latest award before another day."""

    @pytest.mark.parametrize(
        ("on", "outcome"),
        [
            (date(2024, 3, 17), MET),
            (date(2022, 3, 19), NOT_MET),
            (date(2022, 3, 18), UNKNOWN),
            (date(2024, 3, 19), UNKNOWN),
        ],
    )
    def test_latest_award_before_a_day(self, on: date, outcome: er.Outcome | NotKnown) -> None:
        """
        The recorded one is the latest before an earlier day after it; before that there
        may have been another, and after the interview, too.
        """
        assert counterfactual(ANEW, ANEW, BEFORE, AFTER, SILVER, on=on) is outcome

    def test_no_award_before_the_interview_is_none_before_an_earlier_day(self) -> None:
        """
        Then the events alone decide.
        """
        assert counterfactual(ANEW, ANEW, BEFORE, on=date(2022, 3, 2)) is MET
        assert counterfactual(ANEW, ANEW, BEFORE, on=date(2022, 3, 1)) is NOT_MET
