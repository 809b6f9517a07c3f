"""Findings on an interview in which placeholders fill some answers."""

from __future__ import annotations

import pytest
from attrs import evolve
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.evaluation.assess import findings_with_placeholders

INTERVIEW = er.load_interview(EXAMPLES / "awarded-gold.json")
GOLD = er.shipped().ruleset("gold", version="2019-11")


def test_findings_are_those_of_an_assessment() -> None:
    """
    Without placeholders there is no difference.
    """
    found = findings_with_placeholders(INTERVIEW, GOLD)

    assert tuple(found) == er.assess(INTERVIEW, GOLD).all_findings


def test_placeholder_that_its_question_does_not_allow() -> None:
    """
    It counts as an answer, which an assessment would refuse.
    """
    filled = evolve(
        INTERVIEW, answers={**INTERVIEW.answers, "strategy": er.NotApplicable("a placeholder")}
    )
    with pytest.raises(er.InvalidAnswers):
        er.assess(filled, GOLD)

    found = findings_with_placeholders(filled, GOLD)

    assert [each.criterion for each in found] == [
        each.criterion for each in er.assess(INTERVIEW, GOLD).all_findings
    ]
