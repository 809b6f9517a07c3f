"""When one answer attains a grade or satisfies a criterion."""

from __future__ import annotations

import operator
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Literal, assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ecei_rules.interviews.answers import Answer

Measure = Literal["value", "share_of", "sum_of", "types", "years_ago"]
Comparison = Literal["at_least", "more_than", "at_most", "less_than"]

COMPARE = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}


@frozen
class Threshold:
    """
    A bound on a number that an answer gives.

    *measure* is the `value` itself; the `share_of` the *options* in a breakdown, in
    percent of all that was counted (of nothing: 0); the `sum_of` them; how many
    `types` were counted or chosen; or how many calendar `years_ago` a year was,
    seen from the interview's.
    """

    measure: Measure
    comparison: Comparison
    bound: Decimal
    options: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)


@frozen
class OneOf:
    """The option chosen, or the yes or no, is among *values*."""

    values: tuple[str | bool, ...] = field(converter=tuple[str | bool, ...])


@frozen
class Includes:
    """All the *options* are chosen, or counted more than zero times."""

    options: tuple[str, ...] = field(converter=tuple[str, ...])


def _parts(parts: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple(parts)


@frozen
class AllOf:
    """Holds when every part holds."""

    parts: tuple[Condition, ...] = field(converter=_parts)


@frozen
class AnyOf:
    """Holds when some part holds."""

    parts: tuple[Condition, ...] = field(converter=_parts)


Condition = Threshold | OneOf | Includes | AllOf | AnyOf


class Truth(Enum):
    """Whether a condition holds on the answer there is; strong Kleene."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@frozen
class Reading:
    """
    One simple condition held against an answer.

    *measured* is the number that a threshold was held against, `None` when there was
    none; for a share it is the part that was counted, and *total* the whole.
    """

    condition: Threshold | OneOf | Includes
    truth: Truth
    measured: int | Decimal | None = None
    total: int | None = None


@frozen
class Combination:
    """What the parts of a condition came to together."""

    of: Literal["every", "some"]
    truth: Truth
    parts: tuple[Evidence, ...]


Evidence = Reading | Combination


def evaluate_condition(condition: Condition, answer: Answer | None, on: date) -> Evidence:
    """
    Hold a condition against one answer; with no answer (`None`) nothing is known.

    The answer is of a kind that fits the condition, which `check_ruleset` and
    `read_interview` see to, and is not `NotApplicable`. *on* is the interview's day.

    >>> from datetime import date
    >>> half = Threshold("share_of", "more_than", Decimal(50), options=["sme"])
    >>> counted = FrozenMap({"sme": 20, "research": 20})
    >>> evaluate_condition(half, counted, date(2024, 3, 18)).truth.value
    'fails'
    """
    match condition:
        case AllOf(parts=parts):
            found = tuple(evaluate_condition(part, answer, on) for part in parts)
            return Combination("every", conjunction(part.truth for part in found), found)
        case AnyOf(parts=parts):
            found = tuple(evaluate_condition(part, answer, on) for part in parts)
            return Combination("some", disjunction(part.truth for part in found), found)
        case Threshold() | OneOf() | Includes():
            if answer is None:
                return Reading(condition, Truth.UNKNOWN)
            return _read(condition, answer, on)
        case unreachable:
            assert_never(unreachable)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """The truth of a conjunction: what fails decides, then what is unknown."""
    given = set(truths)
    if Truth.FAILS in given:
        return Truth.FAILS
    return Truth.UNKNOWN if Truth.UNKNOWN in given else Truth.HOLDS


def disjunction(truths: Iterable[Truth]) -> Truth:
    """The truth of a disjunction: what holds decides, then what is unknown."""
    given = set(truths)
    if Truth.HOLDS in given:
        return Truth.HOLDS
    return Truth.UNKNOWN if Truth.UNKNOWN in given else Truth.FAILS


def _read(condition: Threshold | OneOf | Includes, answer: Answer, on: date) -> Reading:
    match condition:
        case Threshold(comparison=comparison, bound=bound):
            measured, total = measure(condition, answer, on)
            if total:
                holds = COMPARE[comparison](100 * Fraction(measured), Fraction(bound) * total)
            else:
                holds = COMPARE[comparison](measured, bound)
            return Reading(condition, _truth(holds=holds), measured, total)
        case OneOf(values=values):
            return Reading(condition, _truth(holds=answer in values))
        case Includes(options=options):
            return Reading(condition, _truth(holds=selected_options(answer).issuperset(options)))
        case unreachable:
            assert_never(unreachable)


def _truth(*, holds: bool) -> Truth:
    return Truth.HOLDS if holds else Truth.FAILS


def measure(threshold: Threshold, answer: Answer, on: date) -> tuple[int | Decimal, int | None]:
    """The number that a threshold bounds, and for a share what it is a part of."""
    match threshold.measure:
        case "value":
            assert isinstance(answer, int | Decimal), "the kind of answer fits the measure"
            return answer, None
        case "years_ago":
            assert isinstance(answer, int), "the kind of answer fits the measure"
            return on.year - answer, None
        case "types":
            return len(selected_options(answer)), None
        case "sum_of":
            return _counted(answer, threshold.options), None
        case "share_of":
            return _counted(answer, threshold.options), _counted(answer)
        case unreachable:
            assert_never(unreachable)


def selected_options(answer: Answer) -> frozenset[str]:
    """The options chosen, or counted more than zero times."""
    if isinstance(answer, tuple):
        return frozenset(answer)
    assert isinstance(answer, FrozenMap), "the kind of answer fits the condition"
    return frozenset(name for name, count in answer.items() if count)


def _counted(answer: Answer, options: tuple[str, ...] | None = None) -> int:
    assert isinstance(answer, FrozenMap), "the kind of answer fits the measure"
    return sum(count for name, count in answer.items() if options is None or name in options)
