"""The answers to one question, cut into the classes that conditions can tell apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from attrs import field, frozen

from ecei_rules.analysis.encoding.breakpoints import affordable, breakpoints, refined, whole
from ecei_rules.analysis.encoding.option_answers import representative_answers
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
class AnswerClass:
    """
    Answers that no condition of a set tells apart.

    *truths* are those of the conditions, in their order. *answers* are some answers of
    the class, the most natural first.
    """

    truths: tuple[bool, ...] = field(converter=tuple[bool, ...])
    answers: tuple[Answer, ...] = field(converter=tuple[Answer, ...])


def classes(kind: AnswerKind, conditions: Iterable[Condition], on: date) -> tuple[AnswerClass, ...]:
    """
    The classes into which conditions cut all answers of a kind, on the interview's day.

    There is one for each combination of truths that some answer has, and no other.
    What stands in a class depends on the kind:

    - of a count, a number or a share the smallest one that is not negative (or else
      the largest), then the smallest and the largest of those at, around and between
      the bounds;
    - of a year likewise, but first the latest that is not after the day's (or else the
      earliest);
    - yes before no, and the options to choose from, all of them as they stand;
    - of a breakdown or of several options to choose one answer, with small counts.

    Classes of numbers stand in the order of their smallest one; the others as they are
    found, where several options can be chosen or counted that of none of them first.

    Raises:
        BeyondMethod: the conditions are too many, or too entangled, to be decided.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from ecei_rules.rulesets.conditions import Threshold
    >>> enough = Threshold("value", "at_least", Decimal(40))
    >>> for each in classes(Count(), [enough], date(2024, 3, 18)):
    ...     print(each.truths, each.answers)
    (False,) (0, 39)
    (True,) (40, 41)
    """
    return _classes(kind, tuple(conditions), on.year)


@lru_cache(maxsize=4096)
def _classes(
    kind: AnswerKind, conditions: tuple[Condition, ...], year: int
) -> tuple[AnswerClass, ...]:
    """The classes, made once for interviews of a year, which is all that can matter of a day."""
    on = date(year, 1, 1)
    answers = _answers(kind, conditions, on)
    affordable(conditions, len(answers))
    found: dict[tuple[bool, ...], list[Answer]] = {}
    for answer in answers:
        readings = (evaluate_condition(each, answer, on) for each in conditions)
        truths = tuple(each.truth is Truth.HOLDS for each in readings)
        found.setdefault(truths, []).append(answer)
    return tuple(AnswerClass(truths, _telling(kind, each, on)) for truths, each in found.items())


def _answers(kind: AnswerKind, conditions: tuple[Condition, ...], on: date) -> Sequence[Answer]:
    """Answers among which every combination of truths occurs; numbers in their order."""
    match kind:
        case YesNo():
            return True, False
        case Choice(options=options):
            return [option.id for option in options]
        case Count(minimum=minimum, maximum=maximum):
            return whole(breakpoints(conditions, "value"), minimum or 0, maximum)
        case Number(minimum=minimum, maximum=maximum):
            return refined(breakpoints(conditions, "value"), minimum, maximum)
        case Share():
            return refined(breakpoints(conditions, "value"), Decimal(0), Decimal(100))
        case Year(minimum=minimum, maximum=maximum):
            ago = (on.year - each for each in (Fraction(), *breakpoints(conditions, "years_ago")))
            return whole([*breakpoints(conditions, "value"), *ago], minimum, maximum)
        case Choices() | Breakdown():
            return representative_answers(kind, conditions, on)
        case unreachable:
            assert_never(unreachable)


def _telling(kind: AnswerKind, answers: list[Answer], on: date) -> Sequence[Answer]:
    """The most natural of the answers of one class, then its ends."""
    numbers = [each for each in answers if isinstance(each, int | Decimal)]
    match kind:
        case Count() | Number() | Share():
            natural = next((each for each in numbers if each >= 0), numbers[-1])
        case Year():
            past = [each for each in numbers if each <= on.year]
            natural = past[-1] if past else numbers[0]
        case YesNo() | Choice() | Choices() | Breakdown():
            return answers
        case unreachable:
            assert_never(unreachable)
    return tuple(dict.fromkeys((natural, numbers[0], numbers[-1])))
