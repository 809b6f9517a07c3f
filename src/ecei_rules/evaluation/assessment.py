"""What evaluating one interview under one ruleset gave."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Literal, assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import Answer
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.texts import Basis, Text
from ecei_rules.rulesets.conditions import Combination, Evidence, Reading
from ecei_rules.rulesets.criteria import Severity
from ecei_rules.rulesets.validity import Validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

Subject = Literal["indicator", "fact"]


class Outcome(Enum):
    """What a criterion came to."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


class DimensionOutcome(Enum):
    """What a dimension came to."""

    PASSED = "passed"
    FAILED = "failed"
    UNDETERMINED = "undetermined"


class LabelOutcome(Enum):
    """What the label came to."""

    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"
    UNDETERMINED = "undetermined"


@frozen
class Score:
    """
    The points that some indicators earn, as an interval while answers are missing.

    An unanswered indicator earns between nothing and its most, so *low* and *high*
    are equal once everything is answered.

    >>> Score(99, 99, 124).percent
    (Decimal('79.8'), Decimal('79.8'))
    """

    low: int
    high: int
    maximum: int

    @property
    def percent(self) -> tuple[Decimal, Decimal]:
        """Both ends in percent of the maximum, for display: rounded down to one decimal."""
        return self._percent(self.low), self._percent(self.high)

    def _percent(self, points: int) -> Decimal:
        return rounded_down(Fraction(100 * points, self.maximum) if self.maximum else Fraction())


def rounded_down(percent: Fraction) -> Decimal:
    """
    A percentage for display: one decimal, never rounded up to a threshold.

    >>> rounded_down(Fraction(7996, 100)), rounded_down(Fraction(80))
    (Decimal('79.9'), Decimal('80.0'))
    """
    return Decimal(percent * 10 // 1).scaleb(-1)


@frozen
class GradedIndicator:
    """
    What one indicator earned.

    *answer* and *grade* are `None` while it is unanswered; an indicator that does not
    apply has an answer that says so, and no grade.
    """

    indicator: str
    title: Text
    score: Score
    answer: Answer | None = field(default=None, kw_only=True)
    grade: str | None = field(default=None, kw_only=True)
    basis: Basis = field(kw_only=True)


@frozen
class Completeness:
    """That the indicators in scope are answered: how many, and which are not."""

    outcome: Outcome
    answered: tuple[str, ...] = field(converter=tuple[str, ...])
    unanswered: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class AnswerHeld:
    """
    A condition held against the answer to one indicator or fact.

    *evidence* is `None` when the indicator does not apply.
    """

    outcome: Outcome
    subject: Subject
    id: str
    title: Text
    unit: str | None = field(default=None, kw_only=True)
    answer: Answer | None = field(default=None, kw_only=True)
    evidence: Evidence | None = field(default=None, kw_only=True)


@frozen
class GradesHeld:
    """
    How many indicators attain a grade, which do not, and which are still open.

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
    Points held against a number or a percentage of their maximum.

    *deciding* are the indicators that settle it: those that earned points if it is
    met, those that lost some if it is not, the unanswered ones if it is open.
    """

    outcome: Outcome
    score: Score
    at_least: Decimal
    unit: Literal["percent", "points"]
    deciding: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class HistoryHeld:
    """The days of earlier events of a label that are as asked for, and of those that are not."""

    outcome: Outcome
    label: Label
    event: Literal["benchmarked", "awarded"]
    days: tuple[date, ...] = field(converter=tuple[date, ...])
    other_days: tuple[date, ...] = field(default=(), converter=tuple[date, ...], kw_only=True)
    repeated: bool = field(default=False, kw_only=True)
    at_least_months: int | None = field(default=None, kw_only=True)
    at_most_months: int | None = field(default=None, kw_only=True)


@frozen
class ImprovementsHeld:
    """The areas of improvement that were confirmed."""

    outcome: Outcome
    at_least: int
    confirmed: tuple[str, ...] = field(converter=tuple[str, ...])


def _parts(parts: Iterable[Grounds]) -> tuple[Grounds, ...]:
    return tuple(parts)


@frozen
class CombinationHeld:
    """What the parts of a combined requirement came to together."""

    outcome: Outcome
    of: Literal["every", "some"]
    parts: tuple[Grounds, ...] = field(converter=_parts)


#: What the outcome of one requirement rests on.
Grounds = (
    Completeness
    | AnswerHeld
    | GradesHeld
    | ScoreHeld
    | HistoryHeld
    | ImprovementsHeld
    | CombinationHeld
)


@frozen
class Finding:
    """
    One criterion's outcome with what it rests on.

    *basis* is how sure the rules are that decided it, see `Basis`.
    """

    criterion: str
    severity: Severity
    outcome: Outcome
    basis: Basis
    grounds: Grounds
    title: Text | None = field(default=None, kw_only=True)


@frozen
class AssessedDimension:
    """One dimension: what it came to, its points, its findings, its indicators."""

    id: str
    title: Text
    outcome: DimensionOutcome
    score: Score
    findings: tuple[Finding, ...] = field(converter=tuple[Finding, ...])
    indicators: tuple[GradedIndicator, ...] = field(converter=tuple[GradedIndicator, ...])


@frozen
class Recommendation:
    """
    What to do next about one indicator or fact.

    *decisive* says that a required criterion fails on its answer; *gain* is the
    points that reaching the grade *target* would earn.
    """

    subject: Subject
    id: str
    title: Text
    text: Text
    decisive: bool
    gain: int
    grade: str | None = field(default=None, kw_only=True)
    target: str | None = field(default=None, kw_only=True)
    aligned_with: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)
    basis: Basis = field(kw_only=True)


@frozen
class Unanswered:
    """An indicator or fact that was asked and not answered."""

    subject: Subject
    id: str
    title: Text


@frozen
class InterviewReference:
    """Which interview was assessed."""

    name: str
    country: str
    on: date
    digest: str


@frozen
class CatalogueReference:
    """Which edition of a catalogue it was held with."""

    id: str
    version: str
    digest: str


@frozen
class RulesetReference:
    """Which ruleset it was assessed under."""

    label: Label
    version: str
    title: Text
    digest: str


@frozen
class Assessment:
    """
    What evaluating one interview under one ruleset gave.

    The same interview under the same ruleset gives an equal assessment for ever:
    there is no day in it but the interview's. *basis* is how sure the rules are that
    decided the label; *validity* is there when it is awarded.
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
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The label-wide findings, then those of each dimension."""
        of_dimensions = (each for one in self.dimensions for each in one.findings)
        return (*self.findings, *of_dimensions)

    @property
    def decisive(self) -> tuple[Finding, ...]:
        """
        The findings that settled the label, or that keep it open.

        Of an award all the required ones; of a refusal those not met, each of which
        is enough; of neither those that are undetermined.
        """
        required = [each for each in self.all_findings if each.severity == "required"]
        match self.outcome:
            case LabelOutcome.AWARDED:
                return tuple(required)
            case LabelOutcome.NOT_AWARDED:
                wanted = Outcome.NOT_MET
            case LabelOutcome.UNDETERMINED:
                wanted = Outcome.UNDETERMINED
            case unreachable:
                assert_never(unreachable)
        return tuple(each for each in required if each.outcome is wanted)


def deciding(grounds: Grounds) -> tuple[str, ...]:
    """
    The indicators and facts whose answers settled an outcome, or would settle it.

    No other answer could have changed it: an interview with these answers alone has
    the same outcome.
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
        case HistoryHeld() | ImprovementsHeld():
            return ()
        case CombinationHeld():
            parts = deciding_parts(grounds)
            return tuple(dict.fromkeys(name for each in parts for name in deciding(each)))
        case unreachable:
            assert_never(unreachable)


def deciding_parts(combination: CombinationHeld) -> tuple[Grounds, ...]:
    """The parts of a combined requirement that settled its outcome, or keep it open."""
    outcome = combination.outcome
    by_all = outcome is (Outcome.MET if combination.of == "every" else Outcome.NOT_MET)
    wanted = (outcome, Outcome.NOT_APPLICABLE) if by_all else (outcome,)
    return tuple(each for each in combination.parts if each.outcome in wanted)


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
