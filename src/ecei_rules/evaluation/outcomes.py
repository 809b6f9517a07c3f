"""The outcomes of combinations, dimensions and labels, and the basis and days of a label."""

from __future__ import annotations

from typing import Literal, assert_never

from ecei_rules.evaluation.assessment import (
    DimensionOutcome,
    Finding,
    LabelOutcome,
)
from ecei_rules.evaluation.grounds import (
    Outcome,
)
from ecei_rules.interviews.provenance import ORDER, Basis, weakest
from ecei_rules.rulesets.validity import validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.evaluation.grounds import Grounds
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset
    from ecei_rules.rulesets.validity import Validity


# members of an enumeration take long to look up
_MET, _NOT_MET, _UNDETERMINED = Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED


def dimension_outcome(findings: Iterable[Finding]) -> DimensionOutcome:
    """
    Return the outcome of a dimension, which required criteria alone decide.

    Source: docs/semantics.md, 3.5 and 4.1.
    """
    outcomes = [each.outcome for each in findings if each.severity == "required"]
    if _NOT_MET in outcomes:
        return DimensionOutcome.FAILED
    if _UNDETERMINED in outcomes:
        return DimensionOutcome.UNDETERMINED
    return DimensionOutcome.PASSED


def combined_outcome(of: Literal["every", "some"], parts: Iterable[Grounds]) -> Outcome:
    """
    Return the outcome of a combination, which leaves aside the parts that do not apply.

    A part that is not met decides "every", a met one "some". Source: docs/semantics.md, 3.4.
    """
    outcomes = {part.outcome for part in parts}
    order = (_NOT_MET, _UNDETERMINED, _MET)
    for outcome in order if of == "every" else reversed(order):
        if outcome in outcomes:
            return outcome
    return Outcome.NOT_APPLICABLE


def label_outcome(findings: Iterable[Finding]) -> LabelOutcome:
    """
    Return the outcome of the label, which the required criteria of all scopes decide alike.

    Source: docs/semantics.md, 4.2 and 4.3.
    """
    match dimension_outcome(findings):
        case DimensionOutcome.FAILED:
            return LabelOutcome.NOT_AWARDED
        case DimensionOutcome.UNDETERMINED:
            return LabelOutcome.UNDETERMINED
        case DimensionOutcome.PASSED:
            return LabelOutcome.AWARDED
        case unreachable:
            assert_never(unreachable)


def days_of_label(interview: Interview, ruleset: Ruleset, outcome: LabelOutcome) -> Validity | None:
    """Only an awarded label has days (docs/semantics.md, 6.2)."""
    if outcome is not LabelOutcome.AWARDED:
        return None
    previous_end = interview.previous_end(ruleset.label)
    return validity(ruleset.validity, interview.conducted.on, previous_end)


def label_basis(outcome: LabelOutcome, findings: Iterable[Finding]) -> Basis:
    """A refusal has the surest basis of its reasons: one is enough (docs/semantics.md, 4.6)."""
    required = [each for each in findings if each.severity == "required"]
    if outcome is LabelOutcome.NOT_AWARDED:
        reasons = (each.basis for each in required if each.outcome is _NOT_MET)
        return min(reasons, key=ORDER.index)
    if outcome is LabelOutcome.UNDETERMINED:
        required = [each for each in required if each.outcome is _UNDETERMINED]
    return weakest(each.basis for each in required)
