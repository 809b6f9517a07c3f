"""The result of assessing one interview under one ruleset."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cached_property
from typing import assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.evaluation.compiled.writing import (
    finding_text,
    indicator_text,
    recommendation_text,
)
from ecei_rules.evaluation.grounds import Grounds, Outcome, Score, SubjectKind
from ecei_rules.interviews.answers import Answer
from ecei_rules.interviews.consistency import UnequalParts
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.criteria import Severity
from ecei_rules.rulesets.validity import Validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class DimensionOutcome(Enum):
    """The outcome of a dimension (docs/semantics.md, 2.9 and 4.1)."""

    PASSED = "passed"
    FAILED = "failed"
    UNDETERMINED = "undetermined"


class LabelOutcome(Enum):
    """The outcome of the label (docs/semantics.md, 2.9 and 4.2)."""

    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"
    UNDETERMINED = "undetermined"


@frozen
class GradedIndicator:
    """
    The grade and the points of one indicator.

    *answer* and *grade* are `None` while it is unanswered. An indicator that does not
    apply has a `NotApplicable` answer, and no grade. Source: docs/semantics.md, 2.7.
    """

    indicator: str
    title: Text
    score: Score
    answer: Answer | None = field(default=None, kw_only=True)
    grade: str | None = field(default=None, kw_only=True)
    basis: Basis = field(kw_only=True)

    @cached_property
    def canonical_text(self) -> str:
        """The canonical text, which is kept, since many assessments share an indicator."""
        return indicator_text(self)


@frozen
class Finding:
    """
    The outcome of one criterion, and the grounds for it.

    *basis* is the weakest provenance among the rules that decided it. Of a documented
    one *one_page* tells that one page alone states the criterion. Source:
    docs/semantics.md, 4.4 and 4.5.
    """

    criterion: str
    severity: Severity
    outcome: Outcome
    basis: Basis
    grounds: Grounds
    title: Text | None = field(default=None, kw_only=True)
    one_page: bool = field(default=False, kw_only=True)

    @cached_property
    def canonical_text(self) -> str:
        """The canonical text, which is kept, since many assessments share a finding."""
        return finding_text(self)


# in half the time of such types as `tuple[Finding, ...]`, which would be converters too
def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(given)


def _indicators(given: Iterable[GradedIndicator]) -> tuple[GradedIndicator, ...]:
    return tuple(given)


@frozen
class AssessedDimension:
    """One dimension: its outcome, its score, its findings and its graded indicators."""

    id: str
    title: Text
    outcome: DimensionOutcome
    score: Score
    findings: tuple[Finding, ...] = field(converter=_findings)
    indicators: tuple[GradedIndicator, ...] = field(converter=_indicators)


@frozen
class Recommendation:
    """
    A recommendation for one indicator or fact.

    It is *decisive* when a required criterion was not met because of the answer.
    *gain* is the number of points that reaching the grade *target* would add, 0 where
    there is no target. Source: docs/semantics.md, 4.7, 4.8, 4.9 and 4.10.
    """

    subject: SubjectKind
    id: str
    title: Text
    text: Text
    decisive: bool
    gain: int
    grade: str | None = field(default=None, kw_only=True)
    target: str | None = field(default=None, kw_only=True)
    aligned_with: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)
    basis: Basis = field(kw_only=True)
    one_page: bool = field(default=False, kw_only=True)

    @cached_property
    def canonical_text(self) -> str:
        """The canonical text, which is kept, since many assessments share a recommendation."""
        return recommendation_text(self)


@frozen
class Unanswered:
    """An indicator or fact that the catalogue asks and the interview does not answer."""

    subject: SubjectKind
    id: str
    title: Text


@frozen
class InterviewReference:
    """The interview that was assessed."""

    name: str
    country: str
    on: date
    digest: str


@frozen
class CatalogueReference:
    """The edition of the catalogue that the interview used, with the note on all of it."""

    id: str
    version: str
    digest: str
    note: str | None = field(default=None, kw_only=True)


@frozen
class RulesetReference:
    """The ruleset that the interview was assessed under."""

    label: Label
    version: str
    title: Text
    digest: str


def _dimensions(given: Iterable[AssessedDimension]) -> tuple[AssessedDimension, ...]:
    return tuple(given)


def _recommendations(given: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    return tuple(given)


def _unanswered(given: Iterable[Unanswered]) -> tuple[Unanswered, ...]:
    return tuple(given)


def _unequal_parts(given: Iterable[UnequalParts]) -> tuple[UnequalParts, ...]:
    return tuple(given)


@frozen
class Assessment:
    """
    The result of assessing one interview under one ruleset.

    The same interview under the same ruleset gives an equal assessment for ever: it
    depends on no day but the interview's. *basis* is that of the rules that decided
    the label; *validity* is `None` unless the label is awarded. *unequal_parts* are the
    breakdowns that do not add up and are among the answers that decided the label.
    Source: docs/semantics.md, 2.5, 4.6 and 7.3.
    """

    library: str
    interview: InterviewReference
    catalogue: CatalogueReference
    ruleset: RulesetReference
    outcome: LabelOutcome
    basis: Basis
    score: Score
    dimensions: tuple[AssessedDimension, ...] = field(converter=_dimensions)
    findings: tuple[Finding, ...] = field(converter=_findings)
    validity: Validity | None = field(default=None, kw_only=True)
    recommendations: tuple[Recommendation, ...] = field(converter=_recommendations, kw_only=True)
    unanswered: tuple[Unanswered, ...] = field(converter=_unanswered, kw_only=True)
    unequal_parts: tuple[UnequalParts, ...] = field(
        default=(), converter=_unequal_parts, kw_only=True
    )
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The label-wide findings, then those of each dimension."""
        of_dimensions = (finding for each in self.dimensions for finding in each.findings)
        return (*self.findings, *of_dimensions)

    @property
    def decisive(self) -> tuple[Finding, ...]:
        """
        The required findings that settled the label, or that keep it open.

        For an award these are all of them, for a refusal those not met (each alone is
        enough), otherwise those undetermined.
        """
        return decisive_findings(self.outcome, self.all_findings)

    @property
    def one_page(self) -> bool:
        """
        Whether the label rests on a rule that one page alone states, though it is documented.

        A refusal has better evidence if another documented reason for it has. Source:
        docs/semantics.md, 4.4.
        """
        if self.basis is not Basis.DOCUMENTED:
            return False
        documented = [each.one_page for each in self.decisive if each.basis is self.basis]
        return all(documented) if self.outcome is LabelOutcome.NOT_AWARDED else any(documented)


def decisive_findings(outcome: LabelOutcome, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the required findings that settled a label, or that keep it open."""
    required = [each for each in findings if each.severity == "required"]
    match outcome:
        case LabelOutcome.AWARDED:
            return tuple(required)
        case LabelOutcome.NOT_AWARDED:
            wanted = Outcome.NOT_MET
        case LabelOutcome.UNDETERMINED:
            wanted = Outcome.UNDETERMINED
        case unreachable:
            assert_never(unreachable)
    return tuple(each for each in required if each.outcome is wanted)
