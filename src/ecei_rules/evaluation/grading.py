"""What the answer to an indicator earns."""

from __future__ import annotations

from ecei_rules.evaluation.assessment import GradedIndicator, Score
from ecei_rules.interviews.answers import NotApplicable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import Indicator
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


def graded(interview: Interview, ruleset: Ruleset, indicator: Indicator) -> GradedIndicator:
    """What an interview earns for one indicator that the ruleset grades."""
    grading = ruleset.grading[indicator.id]
    answer: Answer | None = interview.answers.get(indicator.id)
    attained = None
    if answer is None:
        score = Score(0, grading.maximum, grading.maximum)
    elif isinstance(answer, NotApplicable):
        earned = grading.weight * grading.not_applicable_points
        score = Score(earned, earned, grading.maximum)
    else:
        attained = grading.attained(answer, interview.conducted.on)
        earned = grading.weight * attained.points
        score = Score(earned, earned, grading.maximum)
    return GradedIndicator(
        indicator.id,
        indicator.title,
        score,
        answer=answer,
        grade=attained.grade if attained else None,
        basis=grading.provenance.status,
    )


def summed(scores: Iterable[Score]) -> Score:
    """The points of several indicators together."""
    each = list(scores)
    return Score(
        sum(one.low for one in each),
        sum(one.high for one in each),
        sum(one.maximum for one in each),
    )
