"""Reachability: the conditions that some answer of a kind can meet."""

from __future__ import annotations

from datetime import date

from ecei_rules.analysis.classes.answer_classes import truth_classes
from ecei_rules.analysis.classes.breakpoints import (
    breakpoints,
    check_affordable,
    integer_intervals,
)
from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.catalogue import AnswerKind, Year
from ecei_rules.rulesets.conditions import Condition, Truth, evaluate_condition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.interviews.dates import Period


def is_unsatisfiable(condition: Condition, kind: AnswerKind, days: Period) -> bool:
    """
    Whether no answer of the kind meets the condition on any of the days.

    Exact, but `False` where the condition is beyond the method of `truth_classes`.

    >>> from decimal import Decimal
    >>> from ecei_rules.interviews.catalogue import Share
    >>> from ecei_rules.rulesets.conditions import Threshold
    >>> from ecei_rules.interviews.dates import Period
    >>> over = Threshold("value", "more_than", Decimal(100))
    >>> is_unsatisfiable(over, Share(), Period(date(2019, 11, 15)))
    True
    """
    reached = reachable([condition, None], kind, days)
    return reached is not None and 0 not in reached


def reachable(
    conditions: Iterable[Condition | None], kind: AnswerKind, days: Period
) -> frozenset[int] | None:
    """
    Return the positions of the conditions that are the first to hold on some answer.

    The last of *conditions* is `None`, which always holds. Returns `None` if the
    conditions are beyond the method of `truth_classes`. Source: docs/semantics.md, 2.7.
    """
    conditions = tuple(conditions)
    given = [(place, each) for place, each in enumerate(conditions) if each is not None]
    always = conditions.index(None)
    try:
        outcomes = set(_truths(tuple(condition for _, condition in given), kind, days))
    except BeyondMethod:
        return None
    return frozenset(
        min([always, *(place for (place, _), holds in zip(given, truths, strict=True) if holds)])
        for truths in outcomes
    )


def _truths(
    conditions: tuple[Condition, ...], kind: AnswerKind, days: Period
) -> Iterator[tuple[bool, ...]]:
    """Return the truths of the conditions that some answer has on some day."""
    if not isinstance(kind, Year):
        yield from (each.truths for each in truth_classes(kind, conditions, days.first))
        return
    for year, day in _years(conditions, kind, days):
        readings = (evaluate_condition(each, year, day) for each in conditions)
        yield tuple(each.truth is Truth.HOLDS for each in readings)


def _years(
    conditions: tuple[Condition, ...], kind: Year, days: Period
) -> Iterator[tuple[int, date]]:
    """Return a year and a day of the period in each interval between all bounds."""
    first = days.first.year
    last = days.last.year if days.last else date.max.year
    values = integer_intervals(breakpoints(conditions, "value"), kind.minimum, kind.maximum)
    ages = integer_intervals(
        breakpoints(conditions, "years_ago"), first - kind.maximum, last - kind.minimum
    )
    check_affordable(conditions, len(values) * len(ages))
    for earliest, latest in values:
        for youngest, oldest in ages:
            year = max(earliest, first - oldest)
            if year <= min(latest, last - youngest):
                of_interview = max(first, year + youngest)
                in_first = of_interview == first
                yield year, days.first if in_first else date(of_interview, 1, 1)
