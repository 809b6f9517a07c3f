"""The outcomes of dimensions and labels, and the basis of a label."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.evaluation.assessment import (
    DimensionOutcome,
    Finding,
    LabelOutcome,
)
from ecei_rules.evaluation.grounds import (
    Outcome,
)
from ecei_rules.interviews.provenance import ORDER, Basis, weakest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def dimension_outcome(findings: Iterable[Finding]) -> DimensionOutcome:
    """
    Return the outcome of a dimension, which required criteria alone decide.

    Source: docs/semantics.md, 3.5 and 4.1.
    """
    outcomes = {each.outcome for each in findings if each.severity == "required"}
    if Outcome.NOT_MET in outcomes:
        return DimensionOutcome.FAILED
    if Outcome.UNDETERMINED in outcomes:
        return DimensionOutcome.UNDETERMINED
    return DimensionOutcome.PASSED


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


def label_basis(outcome: LabelOutcome, findings: Iterable[Finding]) -> Basis:
    """A refusal has the surest basis of its reasons: one is enough (docs/semantics.md, 4.6)."""
    required = [each for each in findings if each.severity == "required"]
    if outcome is LabelOutcome.NOT_AWARDED:
        reasons = (each.basis for each in required if each.outcome is Outcome.NOT_MET)
        return min(reasons, key=ORDER.index)
    if outcome is LabelOutcome.UNDETERMINED:
        required = [each for each in required if each.outcome is Outcome.UNDETERMINED]
    return weakest(each.basis for each in required)
