"""The result of assessing one interview under one ruleset."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Literal, assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import Answer
from ecei_rules.interviews.consistency import UnequalParts
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.interview import ExpertCount, Mode
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import Evidence
from ecei_rules.rulesets.criteria import Severity
from ecei_rules.rulesets.validity import Validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

SubjectKind = Literal["indicator", "fact"]


class Outcome(Enum):
    """The outcome of a criterion (docs/semantics.md, 2.9)."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


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
class Score:
    """
    The points that some indicators earn, as an interval while answers are missing.

    An unanswered indicator earns between 0 and its maximum, so *low* and *high* are
    equal once everything is answered. Points are whole numbers, and *maximum* is that
    of all the indicators, answered or not. Source: docs/semantics.md, 2.8.

    >>> Score(99, 99, 124).percent
    (Decimal('79.8'), Decimal('79.8'))
    """

    low: int
    high: int
    maximum: int

    @property
    def percent(self) -> tuple[Decimal, Decimal]:
        """Both ends in percent of the maximum, rounded down to one decimal for display."""
        return self._percent(self.low), self._percent(self.high)

    def _percent(self, points: int) -> Decimal:
        return rounded_down(Fraction(100 * points, self.maximum) if self.maximum else Fraction())


def rounded_down(percent: Fraction) -> Decimal:
    """
    Round a percentage down to one decimal, so that it never shows a bound not reached.

    Source: docs/semantics.md, 1.4.

    >>> rounded_down(Fraction(7996, 100)), rounded_down(Fraction(80))
    (Decimal('79.9'), Decimal('80.0'))
    """
    return Decimal(percent * 10 // 1).scaleb(-1)


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


@frozen
class Completeness:
    """The indicators in scope that are answered, and those that are not."""

    outcome: Outcome
    answered: tuple[str, ...] = field(converter=tuple[str, ...])
    unanswered: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class AnswerHeld:
    """
    The result of a condition on the answer to one indicator or fact.

    *evidence* is `None` when the indicator does not apply.
    """

    outcome: Outcome
    subject: SubjectKind
    id: str
    title: Text
    unit: str | None = field(default=None, kw_only=True)
    answer: Answer | None = field(default=None, kw_only=True)
    evidence: Evidence | None = field(default=None, kw_only=True)


@frozen
class GradesHeld:
    """
    The indicators that attain a grade, those that do not, and the unanswered ones.

    *left_aside* are those that do not apply.
    """

    outcome: Outcome
    grade: str
    at_least: int
    attained: tuple[str, ...] = field(converter=tuple[str, ...])
    below: tuple[str, ...] = field(converter=tuple[str, ...])
    open: tuple[str, ...] = field(converter=tuple[str, ...])
    left_aside: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)


@frozen
class ScoreHeld:
    """
    A score compared with the points or the percentage it has to reach.

    *deciding* are the indicators that settle it: those that earned points if it is
    met, those that lost some if it is not, the unanswered ones if it is undetermined.
    """

    outcome: Outcome
    score: Score
    at_least: Decimal
    unit: Literal["percent", "points"]
    deciding: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class HistoryHeld:
    """
    The days of a label's earlier events that satisfy the requirement, and the other days.

    If an event after an award is required, *last_award* is the day of the latest award of
    the label *since_award_of*, `None` if there was none.
    """

    outcome: Outcome
    label: Label
    event: Literal["benchmarked", "awarded"]
    days: tuple[date, ...] = field(converter=tuple[date, ...])
    other_days: tuple[date, ...] = field(default=(), converter=tuple[date, ...], kw_only=True)
    repeated: bool = field(default=False, kw_only=True)
    at_least_months: int | None = field(default=None, kw_only=True)
    at_most_months: int | None = field(default=None, kw_only=True)
    later_at_most_months: int | None = field(default=None, kw_only=True)
    since_award_of: Label | None = field(default=None, kw_only=True)
    last_award: date | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.later_at_most_months is not None and not self.repeated:
            msg = "there is a later event only where two are required, see repeated"
            raise ValueError(msg)


@frozen
class ImprovementsHeld:
    """The areas of improvement that were confirmed."""

    outcome: Outcome
    at_least: int
    confirmed: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class ConductedHeld:
    """
    The mode and the experts of a role, compared with those required.

    *experts* and *mode* are `None` where the interview does not state them. *title* is
    that of the role. Source: docs/semantics.md, 2.14.
    """

    outcome: Outcome
    role: str
    title: Text
    at_least: int
    impartial: bool = field(default=False, kw_only=True)
    modes: tuple[Mode, ...] = field(default=(), converter=tuple[Mode, ...], kw_only=True)
    experts: ExpertCount | None = field(default=None, kw_only=True)
    mode: Mode | None = field(default=None, kw_only=True)


def _parts(parts: Iterable[Grounds]) -> tuple[Grounds, ...]:
    return tuple(parts)


@frozen
class CombinationHeld:
    """The combined outcome of the parts of a requirement."""

    outcome: Outcome
    of: Literal["every", "some"]
    parts: tuple[Grounds, ...] = field(converter=_parts)


#: The grounds for the outcome of one requirement.
Grounds = (
    Completeness
    | AnswerHeld
    | GradesHeld
    | ScoreHeld
    | HistoryHeld
    | ImprovementsHeld
    | ConductedHeld
    | CombinationHeld
)


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


@frozen
class AssessedDimension:
    """One dimension: its outcome, its score, its findings and its graded indicators."""

    id: str
    title: Text
    outcome: DimensionOutcome
    score: Score
    findings: tuple[Finding, ...] = field(converter=tuple[Finding, ...])
    indicators: tuple[GradedIndicator, ...] = field(converter=tuple[GradedIndicator, ...])


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
    dimensions: tuple[AssessedDimension, ...] = field(converter=tuple[AssessedDimension, ...])
    findings: tuple[Finding, ...] = field(converter=tuple[Finding, ...])
    validity: Validity | None = field(default=None, kw_only=True)
    recommendations: tuple[Recommendation, ...] = field(
        converter=tuple[Recommendation, ...], kw_only=True
    )
    unanswered: tuple[Unanswered, ...] = field(converter=tuple[Unanswered, ...], kw_only=True)
    unequal_parts: tuple[UnequalParts, ...] = field(
        default=(), converter=tuple[UnequalParts, ...], kw_only=True
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
