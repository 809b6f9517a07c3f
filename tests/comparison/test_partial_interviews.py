"""Interviews reconstructed from assessments, and answers carried over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from attribution_samples import (
    ANSWERS,
    ASKED,
    BENCHMARKED,
    DAY,
    FOUNDED,
    MEMBERS,
    POOR,
    RICH,
    RULES,
    STAFFED,
    answered,
    asked,
    at_least,
    by_aspect,
    catalogue,
    causes,
    compared,
    floor,
    graded,
    rules,
)
from attrs import evolve

import ecei_rules as er
from ecei_rules.comparison.impact.counterfactuals import LabelDays
from ecei_rules.comparison.impact.partial_interview import NotKnown, carried_over, from_assessment
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Count,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.interview import Conducted, Improvement
from ecei_rules.rulesets.conditions import OneOf
from ecei_rules.rulesets.criteria import (
    Complete,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.validity import Renewal

if TYPE_CHECKING:
    from ecei_rules.comparison.impact.attribution import Factor
    from ecei_rules.rulesets.criteria import Requirement


class TestUnrecordedAnswers:
    """A result that needs unrecorded answers is not known, unless they make no difference."""

    @pytest.mark.parametrize(
        "requirement",
        [
            pytest.param(floor(30), id="answer"),
            pytest.param(STAFFED, id="fact"),
            pytest.param(Improvements(1), id="improvements"),
            pytest.param(Earlier("bronze", "benchmarked"), id="history"),
            pytest.param(Floor([MEMBERS], "good"), id="floor"),
            pytest.param(CountGraded(1, "good"), id="count"),
            pytest.param(ScoreReaches(Decimal(1), "points"), id="score"),
            pytest.param(SomeRequirement([floor(30), Improvements(1)]), id="some"),
            pytest.param(EveryRequirement([Complete(), Improvements(1)]), id="every"),
        ],
    )
    def test_answers_that_the_old_rules_ignored(self, requirement: Requirement) -> None:
        """
        The new rules look at answers that the old ones ignored, and only the later interview
        fails them: without the interviews it is not known that the rules alone are not
        enough.
        """
        grading = {MEMBERS: graded(at_least(30))}
        before = RICH, rules()
        after = POOR, rules(requirement, version="2024-02", grading=grading)

        alone, together = compared(before, after, known=False), compared(before, after, known=True)

        assert causes(alone, "label") == (((ANSWERS, RULES),), ((RULES,),))
        assert causes(alone, "validity") == (((ANSWERS, RULES),), ((RULES,),))
        assert causes(together, "label") == (((ANSWERS, RULES),), ())

    def test_points_for_an_unrecorded_answer(self) -> None:
        """
        Each ruleset gives points for an answer that the other ignores: the points of the
        other interview are not known.
        """
        before = RICH, rules(grading={"plan": graded(OneOf([True]))})
        after = POOR, rules(version="2024-02", grading={MEMBERS: graded(at_least(30))})

        alone, together = compared(before, after, known=False), compared(before, after, known=True)

        assert causes(alone, "score") == (((ANSWERS, RULES),), ((ANSWERS,), (RULES,)))
        assert causes(together, "score") == (((ANSWERS, RULES),), ())

    @pytest.mark.parametrize("scope", [None, "structure"])
    def test_not_met_decides_and_undetermined_does_not(self, scope: str | None) -> None:
        """
        Beside a requirement with an unknown outcome, one that is not met refuses the label,
        and one that is undetermined leaves the outcome unknown.
        """
        old = rules(SomeRequirement([STAFFED, Improvements(0)]), dimension=scope)
        new = rules(STAFFED, floor(30), version="2024-02", dimension=scope)
        unstaffed, silent = evolve(RICH, facts={"staff": 0}), evolve(RICH, facts={})
        aspects = [("label", "")] if scope is None else [("label", ""), ("dimension", scope)]

        refused = compared((unstaffed, old), (POOR, new), known=False)
        still_open = compared((silent, old), (POOR, new), known=False)

        for aspect in aspects:
            assert causes(refused, *aspect) == (((RULES,),), ())
            assert causes(still_open, *aspect) == (((ANSWERS, RULES),), ((RULES,),))

    def test_completeness_is_recorded(self) -> None:
        """
        An assessment records that a question was answered, even if it lacks the answer.
        """
        fewer = evolve(POOR, answers={"members": 20})

        comparison = compared(
            (RICH, rules()), (fewer, rules(Complete(), version="2024-02")), known=False
        )

        assert causes(comparison, "label") == (((ANSWERS, RULES),), ())

    def test_recorded_answer_can_settle_the_outcome(self) -> None:
        """
        Without staff the new requirement is not met, whatever the number of members.
        """
        before = (
            evolve(RICH, facts={"staff": 0}),
            rules(SomeRequirement([STAFFED, Improvements(0)])),
        )
        new = rules(EveryRequirement([STAFFED, floor(30)]), version="2024-02")

        comparison = compared(before, (POOR, new), known=False)

        assert causes(comparison, "label") == (((RULES,),), ())

    @pytest.mark.parametrize(
        ("kind", "not_known"),
        [
            pytest.param(Count(), (), id="as before"),
            pytest.param(Share(), ((RULES,),), id="as a share"),
        ],
    )
    def test_unrecorded_answer_may_not_fit_the_other_catalogue(
        self, kind: Any, not_known: tuple[tuple[Factor, ...], ...]
    ) -> None:
        """
        The new catalogue asks for the members in another form: it is not known whether the
        unrecorded answer fits, nor whether everything would be answered.
        """
        asks = catalogue(asked(MEMBERS, kind), version="2024-02")
        new = rules(Complete(), version="2024-02", judges=asks)
        after = evolve(answered(), catalogue=asks), new

        alone = compared((RICH, rules()), after, known=False)
        together = compared((RICH, rules()), after, known=True)

        assert causes(alone, "label") == (((ANSWERS, RULES),), not_known)
        assert causes(together, "label") == (((ANSWERS, RULES),), ())

    def test_later_events_are_not_recorded(self) -> None:
        """
        An event of the interview's own day may be in its history, and would count two years
        later; with the interview it is known that there is none.
        """
        asks = rules(Earlier("bronze", "benchmarked"))
        before = answered(date(2022, 3, 18)), asks
        after = evolve(answered(date(2024, 3, 18)), history=[BENCHMARKED]), asks

        alone = compared(before, after, known=False)

        assert causes(alone, "label") == (((ANSWERS, DAY),), ((DAY,),))

    def test_end_of_the_previous_label(self) -> None:
        """
        An assessment records the end of the previous label on its own day. On a later day
        it may be another; on an earlier day it is known if no award lies between, or if
        there was none at all.
        """
        renewing = Renewal(3, "end_of_month", 1)
        asks = rules(
            SomeRequirement([Earlier("bronze", "awarded"), Improvements(0)]), renewal=renewing
        )
        award = LabelEvent("bronze", "awarded", date(2022, 1, 10), valid_until=date(2024, 1, 31))
        interview = evolve(answered(date(2024, 3, 18)), history=[award])

        seen = from_assessment(er.assess(interview, asks), ASKED)
        unseen = from_assessment(er.assess(interview, rules(renewal=renewing)), ASKED)
        first = from_assessment(er.assess(answered(), rules(renewal=renewing)), ASKED)
        refused = from_assessment(er.assess(answered(), rules(Earlier("gold", "awarded"))), ASKED)

        assert seen.previous_end("bronze", date(2024, 3, 18)) == date(2024, 1, 31)
        assert seen.previous_end("bronze", date(2022, 1, 11)) == date(2024, 1, 31)
        assert seen.previous_end("bronze", date(2022, 1, 10)) is NotKnown.NOT_KNOWN
        assert seen.previous_end("bronze", date(2024, 3, 19)) is NotKnown.NOT_KNOWN
        assert seen.previous_end("silver", date(2024, 3, 18)) is NotKnown.NOT_KNOWN
        assert unseen.previous_end("bronze", date(2022, 1, 11)) is NotKnown.NOT_KNOWN
        assert first.previous_end("bronze", date(2020, 1, 1)) is None
        assert refused.previous_end("gold", date(2024, 3, 18)) is None
        assert refused.previous_end("bronze", date(2024, 3, 18)) is NotKnown.NOT_KNOWN

    def test_days_depend_on_the_previous_label(self) -> None:
        """
        Two years later the same answers earn other days. Without renewals the day is the
        cause; with renewals the assessments do not record the previous label.
        """
        for renewal, not_known in ((None, ()), (Renewal(3, "end_of_month", 1), ((DAY,),))):
            asks = rules(floor(15), renewal=renewal)
            before = answered(date(2022, 3, 18), members=40), asks
            after = answered(date(2024, 3, 18), members=40), asks

            comparison = compared(before, after, known=False)

            assert comparison.changed == (ANSWERS, DAY)
            assert causes(comparison, "validity")[1] == not_known
            assert by_aspect(comparison)["validity", ""].before == LabelDays(
                date(2022, 3, 18), date(2024, 3, 18), date(2025, 3, 31) if renewal else None
            )


class TestCarriedOver:
    """The answers of an interview that are carried over to another catalogue."""

    def test_same_catalogue_keeps_everything(self) -> None:
        """
        Even improvements that do not fit it, as assessing never looks at these.
        """
        interview = evolve(RICH, improvements=[Improvement("gone", "better", confirmed=True)])
        on = date(2025, 1, 1)

        assert carried_over(interview, ASKED, on) == evolve(interview, conducted=Conducted(on))

    def test_another_catalogue_keeps_the_answers_that_fit(self) -> None:
        """
        Left out are answers that it does not ask for, a number above its bounds, and "not
        applicable" where it is not allowed.
        """
        asks = catalogue(
            asked(MEMBERS, Count(maximum=30)),
            asked("plan", YesNo()),
            asked(FOUNDED, Year()),
            version="2024-02",
        )
        improved = [Improvement(name, "better", confirmed=True) for name in ("plan", "partners")]
        interview = evolve(
            RICH,
            answers={**RICH.answers, "plan": NotApplicable("new")},
            improvements=improved,
            remarks={"partners": "list seen"},
        )

        carried = carried_over(interview, asks, date(2024, 3, 18))

        assert carried.answers == {FOUNDED: 2020}
        assert carried.facts == {"staff": 2}
        assert carried.improvements == (improved[0],)
        assert er.check_interview(carried) == ()
