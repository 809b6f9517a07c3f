"""The text of a comparison of two assessments."""

from __future__ import annotations

from datetime import date

from attribution_samples import (
    MEMBERS,
    POOR,
    RICH,
    STAFFED,
    answered,
    at_least,
    compared,
    floor,
    graded,
    rules,
)
from attrs import evolve

from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Count, Fact
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.interview import Conducted
from ecei_rules.interviews.texts import Text
from ecei_rules.report.text.attribution import explain_change
from ecei_rules.rulesets.conditions import OneOf
from ecei_rules.rulesets.validity import Renewal


class TestText:
    """The text for people."""

    def test_differences_are_grouped_by_cause(self) -> None:
        """
        Fewer members, stricter rules and another event in the history: each is named once.
        """
        event = LabelEvent("bronze", "awarded", date(2022, 1, 10), valid_until=date(2024, 1, 31))
        before = (
            evolve(RICH, answers={**RICH.answers, "members": 40}),
            rules(floor(15), grading={"plan": graded(OneOf([True]))}),
        )
        after = (
            evolve(
                POOR,
                conducted=Conducted(date(2024, 3, 20)),
                answers={"members": 20, "plan": False},
                history=[event],
            ),
            rules(
                floor(30),
                STAFFED,
                version="2024-02",
                dimension="structure",
                grading={"plan": graded(OneOf([True])), MEMBERS: graded(at_least(15))},
                renewal=Renewal(3, "end_of_month", 1),
            ),
        )

        text = explain_change(compared(before, after, known=True))

        assert (
            text
            == """\
Example Cluster (IT)
  - before: interview of 2024-03-18, under bronze@2024-01, catalogue sample@2024-01
  - after: interview of 2024-03-20, under bronze@2024-02, catalogue sample@2024-01

Due only to the answers and the rules together
  - the label: awarded, then not awarded
  - the days of the label: 2024-03-18 to 2026-03-18, then none
  - the points: 1 of 1, then 1 of 2
  - dimension Structure [structure]: passed, then failed
  - criterion one: met, then not met

Due to the rules
  - criterion two: not required, then not met
  - Members [members]: not graded, then good

Due to the answers
  - Plan [plan]: good, then poor

Different answers
  - Members [members]: 40, then 20
  - Year-founded [year-founded]: 2020, then no answer
  - Plan [plan]: yes, then no
  - Partners [partners]: sme 3, then no answer
  - Staff [staff]: 2, then 0
  - history: bronze awarded on 2022-01-10 until 2024-01-31 counts now
  - history: bronze benchmarked on 2022-03-18 no longer counts
  - improvement in Plan: no longer confirmed
"""
        )

    def test_indicators_without_a_grade(self) -> None:
        """
        The text says whether there is no answer or the indicator does not apply.
        """
        one = rules(grading={"plan": graded(OneOf([True]))})
        before, after = answered(), answered(plan=NotApplicable("new"))

        text = explain_change(compared((before, one), (after, one), known=True))

        assert "  - Plan [plan]: unanswered, then not applicable\n" in text

    def test_fact_that_one_catalogue_asks(self) -> None:
        """
        It is no answer that changed.
        """
        interview, one = answered(members=20), rules(floor(15))
        offices = Fact("offices", Text({"en": "Offices"}), Count())
        more = evolve(one.catalogue, version="2025-01", facts=[*one.catalogue.facts, offices])
        other = evolve(rules(floor(15), label="silver"), catalogue=more)
        after = evolve(interview, catalogue=more), other

        text = explain_change(compared((interview, one), after, known=True))

        assert "Offices" not in text

    def test_unknown_causes_and_answers(self) -> None:
        """
        The text names the sets of factors that may be enough, and answers that may differ.
        """
        after = POOR, rules(floor(30), version="2024-02")

        text = explain_change(compared((RICH, rules()), after, known=False))

        assert (
            text
            == """\
Example Cluster (IT)
  - before: interview of 2024-03-18, under bronze@2024-01, catalogue sample@2024-01
  - after: interview of 2024-03-18, under bronze@2024-02, catalogue sample@2024-01

Due to the answers and the rules together; whether the rules alone would be enough is not known
  - the label: awarded, then not awarded
  - the days of the label: 2024-03-18 to 2026-03-18, then none

Due to the rules
  - criterion one: not required, then not met

Different answers
  - not known, since the assessments do not hold both answers: Members [members], Year-founded
    [year-founded], Plan [plan], Partners [partners], Staff [staff]
"""
        )

    def test_each_alone_and_an_open_score(self) -> None:
        """
        Sets that are enough are named one after the other, and open points as a range.
        """
        grading = {MEMBERS: graded(at_least(15)), "plan": graded(OneOf([True]))}
        one = rules(floor(15), grading=grading, renewal=Renewal(3, "end_of_month", 1))
        two = rules(floor(50), grading=grading, version="2024-02")

        text = explain_change(
            compared((answered(members=40), one), (answered(members=10), two), known=False)
        )

        assert (
            text
            == """\
Example Cluster (IT)
  - before: interview of 2024-03-18, under bronze@2024-01, catalogue sample@2024-01
  - after: interview of 2024-03-18, under bronze@2024-02, catalogue sample@2024-01

Due to the answers, or to the rules
  - the label: awarded, then not awarded
  - the days of the label: 2024-03-18 to 2026-03-18, renewable until 2027-03-31, then none
  - criterion one: met, then not met

Due to the answers
  - the points: 1 to 2 of 2, then 0 to 1 of 2
  - Members [members]: good, then poor

Different answers
  - Members [members]: 40, then 10
"""
        )

    def test_unrecorded_answer(self) -> None:
        """
        The text says that there was an answer that the assessment does not record.
        """
        new = rules(floor(15), version="2024-02")

        text = explain_change(
            compared(
                (answered(plan=True, members=40), rules()), (answered(members=40), new), known=False
            )
        )

        assert (
            "  - Plan [plan]: an answer that the assessment does not hold, then no answer\n" in text
        )
