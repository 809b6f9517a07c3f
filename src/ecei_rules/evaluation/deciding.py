"""The evidence that settled an outcome, or keeps it open."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.evaluation.grounds import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    ConductedHeld,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    Outcome,
    ScoreHeld,
)
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.rulesets.conditions import Combination, Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecei_rules.evaluation.assessment import GradedIndicator
    from ecei_rules.evaluation.grounds import Grounds
    from ecei_rules.rulesets.conditions import Evidence


def deciding(grounds: Grounds) -> tuple[str, ...]:
    """
    Return the indicators and facts whose answers settled an outcome, or would settle it.

    No other answer could change it: an interview with these answers alone has the
    same outcome. Source: docs/semantics.md, 4.5.
    """
    match grounds:
        case Completeness(outcome=outcome):
            met = outcome is Outcome.MET
            return grounds.answered if met else grounds.unanswered
        case AnswerHeld(id=name):
            return (name,)
        case GradesHeld(outcome=Outcome.MET | Outcome.NOT_APPLICABLE):
            return (*grounds.attained, *grounds.left_aside)
        case GradesHeld(outcome=Outcome.NOT_MET):
            return grounds.below
        case GradesHeld():
            return grounds.open
        case ScoreHeld():
            return grounds.deciding
        case HistoryHeld() | ImprovementsHeld() | ConductedHeld():
            return ()
        case CombinationHeld():
            parts = deciding_parts(grounds)
            return tuple(dict.fromkeys(name for part in parts for name in deciding(part)))
        case unreachable:
            assert_never(unreachable)


def deciding_parts(combination: CombinationHeld) -> tuple[Grounds, ...]:
    """Return the parts of a combination that settled its outcome (docs/semantics.md, 4.5)."""
    outcome = combination.outcome
    needs_all = outcome is (Outcome.MET if combination.of == "every" else Outcome.NOT_MET)
    wanted = (outcome, Outcome.NOT_APPLICABLE) if needs_all else (outcome,)
    return tuple(part for part in combination.parts if part.outcome in wanted)


def deciding_readings(evidence: Evidence) -> tuple[Reading, ...]:
    """Return the simple conditions that settled a condition, without those that did not matter."""
    match evidence:
        case Reading():
            return (evidence,)
        case Combination(truth=truth, parts=parts):
            same = (part for part in parts if part.truth is truth)
            return tuple(reading for part in same for reading in deciding_readings(part))
        case unreachable:
            assert_never(unreachable)


def grading_basis(grounds: Grounds, graded: Mapping[str, GradedIndicator]) -> Basis:
    """Return the weakest basis of the gradings that decided (docs/semantics.md, 4.5)."""
    match grounds:
        case GradesHeld() | ScoreHeld():
            return weakest([graded[name].basis for name in deciding(grounds)])
        case CombinationHeld():
            return weakest(grading_basis(part, graded) for part in deciding_parts(grounds))
        case Completeness() | AnswerHeld() | HistoryHeld() | ImprovementsHeld() | ConductedHeld():
            return Basis.DOCUMENTED
        case unreachable:
            assert_never(unreachable)
