"""Conditions on one answer, and their evaluation."""

from __future__ import annotations

import operator
from decimal import Decimal
from enum import Enum
from typing import Literal, assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from typing import Any

    from ecei_rules.interviews.answers import Answer

Measure = Literal["value", "share_of", "sum_of", "types", "years_ago"]
Comparator = Literal["at_least", "more_than", "at_most", "less_than"]

COMPARE = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}


@frozen
class Threshold:
    """
    A bound on a number that follows from an answer.

    *measure* is the `value` itself; the `share_of` the *options* in a breakdown, in
    percent of everything counted, what is not classified included (0 if nothing was
    counted); the `sum_of` their counts; the number of `types` counted or chosen, of the
    *options* if they are given and of all otherwise; or the number of calendar
    `years_ago`, counted from the year of the interview. Source: docs/semantics.md, 2.4.
    """

    measure: Measure
    comparison: Comparator
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
    """Holds when every part holds (docs/semantics.md, 2.3)."""

    parts: tuple[Condition, ...] = field(converter=_parts)


@frozen
class AnyOf:
    """Holds when at least one part holds (docs/semantics.md, 2.3)."""

    parts: tuple[Condition, ...] = field(converter=_parts)


#: A condition on one answer (docs/semantics.md, 2.4).
Condition = Threshold | OneOf | Includes | AllOf | AnyOf


class Truth(Enum):
    """The truth value of a condition on an answer, in strong Kleene logic."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@frozen
class Reading:
    """
    The result of one simple condition on an answer.

    *measured* is the number that a threshold bounds, `None` for other conditions and
    unanswered questions; for a share it is the count of the options, and *total* the
    count of everything.
    """

    condition: Threshold | OneOf | Includes
    truth: Truth
    measured: int | Decimal | None = None
    total: int | None = None


@frozen
class Combination:
    """The result of a combined condition."""

    of: Literal["every", "some"]
    truth: Truth
    parts: tuple[Evidence, ...]


Evidence = Reading | Combination


def evaluate_condition(condition: Condition, answer: Answer | None, on: date) -> Evidence:
    """
    Evaluate a condition on one answer; without one (`None`) it is unknown.

    The answer must be of a kind that fits the condition, which `check_ruleset` and
    `read_interview` make sure of, and not `NotApplicable`. *on* is the day of the
    interview. Source: docs/semantics.md, 2.2.

    >>> from datetime import date
    >>> half = Threshold("share_of", "more_than", Decimal(50), options=["sme"])
    >>> counted = FrozenMap({"sme": 20, "research": 20})
    >>> evaluate_condition(half, counted, date(2024, 3, 18)).truth.value
    'fails'
    """
    match condition:
        case AllOf(parts=parts):
            evidence = tuple(evaluate_condition(part, answer, on) for part in parts)
            return Combination("every", all_true(part.truth for part in evidence), evidence)
        case AnyOf(parts=parts):
            evidence = tuple(evaluate_condition(part, answer, on) for part in parts)
            return Combination("some", any_true(part.truth for part in evidence), evidence)
        case Threshold() | OneOf() | Includes():
            if answer is None:
                return Reading(condition, Truth.UNKNOWN)
            return _evaluate_simple(condition, answer, on)
        case unreachable:
            assert_never(unreachable)


def all_true(truths: Iterable[Truth]) -> Truth:
    """Combine truth values by strong Kleene "and" (docs/semantics.md, 2.3)."""
    values = set(truths)
    if Truth.FAILS in values:
        return Truth.FAILS
    return Truth.UNKNOWN if Truth.UNKNOWN in values else Truth.HOLDS


def any_true(truths: Iterable[Truth]) -> Truth:
    """Combine truth values by strong Kleene "or" (docs/semantics.md, 2.3)."""
    values = set(truths)
    if Truth.HOLDS in values:
        return Truth.HOLDS
    return Truth.UNKNOWN if Truth.UNKNOWN in values else Truth.FAILS


def holds(condition: Condition, answer: Answer, on: date) -> bool:
    """Return whether a condition holds for an answer, which takes less than the evidence."""
    match condition:
        case AllOf(parts=parts):
            return all(holds(part, answer, on) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, answer, on) for part in parts)
        case Threshold():
            return _compare(condition, *measure(condition, answer, on))
        case OneOf(values=values):
            return answer in values
        case Includes(options=options):
            return selected_options(answer).issuperset(options)
        case unreachable:
            assert_never(unreachable)


def _evaluate_simple(condition: Threshold | OneOf | Includes, answer: Answer, on: date) -> Reading:
    if isinstance(condition, Threshold):
        measured, total = measure(condition, answer, on)
        return Reading(
            condition, _truth(holds=_compare(condition, measured, total)), measured, total
        )
    return Reading(condition, _truth(holds=holds(condition, answer, on)))


def _compare(threshold: Threshold, measured: int | Decimal, total: int | None) -> bool:
    compare: Callable[[Any, Any], bool] = COMPARE[threshold.comparison]
    if not total:
        return compare(measured, threshold.bound)
    # a share is compared as a fraction, crosswise (docs/semantics.md, 1.3)
    above, below = threshold.bound.as_integer_ratio()
    return compare(100 * measured * below, above * total)


def _truth(*, holds: bool) -> Truth:
    return Truth.HOLDS if holds else Truth.FAILS


def measure(threshold: Threshold, answer: Answer, on: date) -> tuple[int | Decimal, int | None]:
    """Return the number that a threshold bounds, and for a share the total it is a part of."""
    match threshold.measure:
        case "value":
            assert isinstance(answer, int | Decimal), "the kind of answer fits the measure"
            return answer, None
        case "years_ago":  # docs/semantics.md, 2.6
            assert isinstance(answer, int), "the kind of answer fits the measure"
            return on.year - answer, None
        case "types":
            selected = selected_options(answer)
            return len(selected.intersection(threshold.options or selected)), None
        case "sum_of":
            return _count(answer, threshold.options), None
        case "share_of":  # a total of 0 gives a share of 0 % (docs/semantics.md, 2.5)
            return _count(answer, threshold.options), _count(answer)
        case unreachable:
            assert_never(unreachable)


def selected_options(answer: Answer) -> frozenset[str]:
    """Return the options that are chosen, or counted more than zero times."""
    if isinstance(answer, tuple):
        return frozenset(answer)
    assert isinstance(answer, FrozenMap), "the kind of answer fits the condition"
    return frozenset([name for name, count in answer.items() if count])


def _count(answer: Answer, options: tuple[str, ...] | None = None) -> int:
    assert isinstance(answer, FrozenMap), "the kind of answer fits the measure"
    if options is None:
        return sum(answer.values())
    return sum([count for name, count in answer.items() if name in options])
