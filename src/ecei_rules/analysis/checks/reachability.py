"""Which conditions an answer of a kind can meet at all."""

from __future__ import annotations

from datetime import date

from ecei_rules.analysis.encoding.answer_classes import classes
from ecei_rules.analysis.encoding.breakpoints import affordable, breakpoints, spans
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

    Exact, but `False` where the condition is beyond the method of `classes`.

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
    Which of several conditions are the first to hold for some answer of the kind.

    `None` in *conditions* always holds, and the last one is `None`. Returns `None`
    where the conditions are beyond the method of `classes`.
    """
    conditions = tuple(conditions)
    given = tuple(each for each in conditions if each is not None)
    places = [index for index, each in enumerate(conditions) if each is not None]
    always = conditions.index(None)
    try:
        outcomes = set(_truths(given, kind, days))
    except BeyondMethod:
        return None
    return frozenset(
        min([always, *(place for place, holds in zip(places, each, strict=True) if holds)])
        for each in outcomes
    )


def _truths(
    conditions: tuple[Condition, ...], kind: AnswerKind, days: Period
) -> Iterator[tuple[bool, ...]]:
    """The truths of the conditions that some answer has on some day."""
    if not isinstance(kind, Year):
        yield from (each.truths for each in classes(kind, conditions, days.first))
        return
    for year, day in _years(conditions, kind, days):
        readings = (evaluate_condition(each, year, day) for each in conditions)
        yield tuple(each.truth is Truth.HOLDS for each in readings)


def _years(
    conditions: tuple[Condition, ...], kind: Year, days: Period
) -> Iterator[tuple[int, date]]:
    """A year and a day of the period on each side of all bounds, where there are any."""
    first = days.first.year
    last = days.last.year if days.last else date.max.year
    values = spans(breakpoints(conditions, "value"), kind.minimum, kind.maximum)
    ages = spans(breakpoints(conditions, "years_ago"), first - kind.maximum, last - kind.minimum)
    affordable(conditions, len(values) * len(ages))
    for earliest, latest in values:
        for youngest, oldest in ages:
            year = max(earliest, first - oldest)
            if year <= min(latest, last - youngest):
                on = max(first, year + youngest)
                yield year, days.first if on == first else date(on, 1, 1)
