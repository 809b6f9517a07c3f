"""The grounds for the outcome of one criterion."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from ecei_rules.interviews.answers import Answer
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.interview import ExpertCount, Mode
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


SubjectKind = Literal["indicator", "fact"]


def ids(names: Iterable[str]) -> tuple[str, ...]:
    """Freeze a sequence of ids, in half the time of `tuple[str, ...]`."""
    return tuple(names)


class Outcome(Enum):
    """The outcome of a criterion (docs/semantics.md, 2.9)."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
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
        """Both ends in percent of the maximum, rounded down to one decimal, for documents."""
        return rounded_down(self.percent_of(self.low)), rounded_down(self.percent_of(self.high))

    def percent_of(self, points: int) -> Fraction:
        """Return some points as an exact percentage of the maximum, 0 if that is 0."""
        return Fraction(100 * points, self.maximum) if self.maximum else Fraction()


def rounded_down(percent: Fraction) -> Decimal:
    """
    Round a percentage down to one decimal, as documents hold it.

    It never shows a bound that was not reached.

    Source: docs/semantics.md, 1.4.

    >>> rounded_down(Fraction(7996, 100)), rounded_down(Fraction(80))
    (Decimal('79.9'), Decimal('80.0'))
    """
    return Decimal(percent * 10 // 1).scaleb(-1)


@frozen
class Completeness:
    """The indicators in scope that are answered, and those that are not."""

    outcome: Outcome
    answered: tuple[str, ...] = field(converter=ids)
    unanswered: tuple[str, ...] = field(converter=ids)


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
    attained: tuple[str, ...] = field(converter=ids)
    below: tuple[str, ...] = field(converter=ids)
    open: tuple[str, ...] = field(converter=ids)
    left_aside: tuple[str, ...] = field(default=(), converter=ids, kw_only=True)


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
    deciding: tuple[str, ...] = field(converter=ids)


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
    confirmed: tuple[str, ...] = field(converter=ids)


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
