"""What a user of the library writes; checked by the type checker and run by a test."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, assert_never

import ecei_rules as er

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path


def outcome(path: Path) -> str:
    """Assess the interview in a file and say what came of it."""
    interview: er.Interview = er.load_interview(path)
    ruleset = er.shipped().ruleset("bronze", on=interview.conducted.on)
    assessment = er.assess(interview, ruleset)
    match assessment.outcome:
        case er.LabelOutcome.AWARDED:
            held: er.Validity | None = assessment.validity
            return f"until {held.until}" if held else "awarded"
        case er.LabelOutcome.NOT_AWARDED:
            return ", ".join(each.criterion for each in assessment.decisive)
        case er.LabelOutcome.UNDETERMINED:
            return ", ".join(each.id for each in assessment.unanswered)
        case unreachable:
            assert_never(unreachable)


def problems(text: str) -> tuple[er.Problem, ...]:
    """What is wrong with an interview."""
    try:
        er.read_interview(text)
    except er.InvalidDocument as error:
        return error.problems
    return ()


def gap() -> str:
    """Ask for a day on which there were no rules."""
    try:
        return er.shipped().ruleset("bronze", on=date(2010, 1, 1)).version
    except er.NoRulesetInForce as error:
        return error.label


def lowest(interview: er.Interview) -> Decimal:
    """The lower end of a score, as a percentage for display."""
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    return er.assess(interview, ruleset).score.percent[0]
