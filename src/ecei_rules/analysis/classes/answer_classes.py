"""The equivalence classes of the answers to one question under some conditions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from attrs import field, frozen

from ecei_rules.analysis.classes.breakpoints import (
    breakpoints,
    check_affordable,
    decimals_around,
    integers_around,
)
from ecei_rules.analysis.classes.option_answers import representative_answers
from ecei_rules.interviews.answers import Answer
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.rulesets.conditions import Condition, Truth, evaluate_condition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@frozen
class TruthClass:
    """
    The answers on which each of some conditions has one truth.

    *truths* are those of the conditions, in their order. *answers* are some answers of
    the class, the most natural first.
    """

    truths: tuple[bool, ...] = field(converter=tuple[bool, ...])
    answers: tuple[Answer, ...] = field(converter=tuple[Answer, ...])


def truth_classes(
    kind: AnswerKind, conditions: Iterable[Condition], on: date
) -> tuple[TruthClass, ...]:
    """
    Return the classes of answers of a kind that conditions distinguish in an interview.

    There is one for each combination of truths that some answer has, and no other. The
    examples of a class depend on the kind:

    - of a count, a number or a share: the smallest that is not negative (or else the
      largest), then the smallest and the largest of those at, around and between the
      bounds;
    - of a year likewise, but first the latest that is not after the interview's (or else
      the earliest);
    - yes before no, and all options of a choice, in their order;
    - of a breakdown or of choices: one answer, with small counts.

    Classes of numbers are in the order of their smallest one. The others are in the
    order of the search, which begins with the answer of no option.

    Raises:
        BeyondMethod: the conditions are too many, or too entangled, to be decided.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from ecei_rules.rulesets.conditions import Threshold
    >>> enough = Threshold("value", "at_least", Decimal(40))
    >>> for each in truth_classes(Count(), [enough], date(2024, 3, 18)):
    ...     print(each.truths, each.answers)
    (False,) (0, 39)
    (True,) (40, 41)
    """
    return _classes_in(kind, tuple(conditions), on.year)


@lru_cache(maxsize=4096)
def _classes_in(
    kind: AnswerKind, conditions: tuple[Condition, ...], year: int
) -> tuple[TruthClass, ...]:
    """Return the classes for interviews of a year, since `years_ago` looks at nothing else."""
    on = date(year, 1, 1)
    answers = _answers(kind, conditions, on)
    check_affordable(conditions, len(answers))
    by_truths: dict[tuple[bool, ...], list[Answer]] = {}
    for answer in answers:
        readings = (evaluate_condition(condition, answer, on) for condition in conditions)
        truths = tuple(reading.truth is Truth.HOLDS for reading in readings)
        by_truths.setdefault(truths, []).append(answer)
    return tuple(
        TruthClass(truths, _examples(kind, alike, on)) for truths, alike in by_truths.items()
    )


def _answers(kind: AnswerKind, conditions: tuple[Condition, ...], on: date) -> Sequence[Answer]:
    """Return answers that have every possible combination of truths; numbers in order."""
    match kind:
        case YesNo():
            return True, False
        case Choice(options=options):
            return [option.id for option in options]
        case Count(minimum=minimum, maximum=maximum):
            return integers_around(breakpoints(conditions, "value"), minimum or 0, maximum)
        case Number(minimum=minimum, maximum=maximum):
            return decimals_around(breakpoints(conditions, "value"), minimum, maximum)
        case Share():
            return decimals_around(breakpoints(conditions, "value"), Decimal(0), Decimal(100))
        case Year(minimum=minimum, maximum=maximum):
            ages = (Fraction(), *breakpoints(conditions, "years_ago"))
            points = [*breakpoints(conditions, "value"), *(on.year - age for age in ages)]
            return integers_around(points, minimum, maximum)
        case Choices() | Breakdown():
            return representative_answers(kind, conditions, on)
        case unreachable:
            assert_never(unreachable)


def _examples(kind: AnswerKind, answers: list[Answer], on: date) -> Sequence[Answer]:
    """Return the most natural of the answers of one class, then its ends."""
    numbers = [answer for answer in answers if isinstance(answer, int | Decimal)]
    match kind:
        case Count() | Number() | Share():
            natural = next((number for number in numbers if number >= 0), numbers[-1])
        case Year():
            past = [number for number in numbers if number <= on.year]
            natural = past[-1] if past else numbers[0]
        case YesNo() | Choice() | Choices() | Breakdown():
            return answers
        case unreachable:
            assert_never(unreachable)
    return tuple(dict.fromkeys((natural, numbers[0], numbers[-1])))
