"""The grade and the points of an indicator."""

from __future__ import annotations

from ecei_rules.evaluation.assessment import GradedIndicator
from ecei_rules.evaluation.grounds import Score
from ecei_rules.interviews.answers import NotApplicable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import Indicator
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


def graded_indicators(interview: Interview, ruleset: Ruleset) -> dict[str, GradedIndicator]:
    """Grade each answer to an indicator that the ruleset grades."""
    answers, on = interview.answers, interview.conducted.on
    return {
        indicator.id: grade_indicator(ruleset, indicator, answers.get(indicator.id), on)
        for indicator in ruleset.graded(None)
    }


def grade_indicator(
    ruleset: Ruleset, indicator: Indicator, answer: Answer | None, on: date
) -> GradedIndicator:
    """
    Grade the answer to an indicator in an interview on a day.

    An unanswered indicator earns between 0 and its maximum; one that does not apply
    earns its points without a grade, and its maximum still counts. Source:
    docs/semantics.md, 2.7 and 3.3.
    """
    grading = ruleset.grading[indicator.id]
    grade = None
    low, high = 0, grading.maximum
    if isinstance(answer, NotApplicable):
        low = high = grading.weight * grading.not_applicable_points
    elif answer is not None:
        attained = grading.grade_of(answer, on)
        grade = attained.grade
        low = high = grading.weight * attained.points
    return GradedIndicator(
        indicator.id,
        indicator.title,
        Score(low, high, grading.maximum),
        answer=answer,
        grade=grade,
        basis=grading.provenance.status,
    )


def total_score(scores: Iterable[Score]) -> Score:
    """Add up the scores of several indicators (docs/semantics.md, 2.8)."""
    low = high = maximum = 0
    for score in scores:
        low, high, maximum = low + score.low, high + score.high, maximum + score.maximum
    return Score(low, high, maximum)
