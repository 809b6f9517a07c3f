"""Answers to try on a question: on every side of every bound, and around required numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations, pairwise, product
from math import floor
from typing import assert_never

from ecei_rules.diagnostics.frozen_map import FrozenMap
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
from ecei_rules.interviews.interview import MAX_EXPERTS, MODES, Conducted, Expert
from ecei_rules.rulesets.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Includes,
    OneOf,
    Threshold,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.rulesets.criteria import (
        ConductedBy,
    )

_ALL_SUBSETS = 12
_FEW = 3


def simple_conditions_of(condition: Condition) -> Iterator[Threshold | OneOf | Includes]:
    """Yield the simple conditions in a condition."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from simple_conditions_of(part)
        case Threshold() | OneOf() | Includes():
            yield condition
        case unreachable:
            assert_never(unreachable)


def answers_to_try(
    kinds: Sequence[AnswerKind], leaves: Sequence[Threshold | OneOf | Includes], on: date
) -> Iterator[Answer]:
    """Yield answers on every side of every bound, and every choice of a few options."""
    if len({(type(kind), getattr(kind, "unit", None)) for kind in kinds}) > 1:
        return
    options = [[option.id for option in getattr(kind, "options", ())] for kind in kinds]
    names = [name for name in options[0] if all(name in ids for ids in options)]
    match kinds[0]:
        case YesNo():
            yield from (True, False)
        case Choice():
            yield from names
        case Choices() if names:
            yield from _subsets(names)
        case Breakdown() if names:
            yield from (FrozenMap(dict.fromkeys(each, 1)) for each in _subsets(names))
            yield from _counts(names, leaves)
        case Count() | Number() | Share() | Year():
            yield from _numbers(kinds, leaves, on)
        case Choices() | Breakdown():  # that have no option in common
            return
        case unreachable:
            assert_never(unreachable)


def _subsets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield all choices of options; of many options the small ones and some of each size."""
    few = len(names) if len(names) <= _ALL_SUBSETS else _FEW
    for size in range(few + 1):
        yield from combinations(names, size)
    for size in range(few + 1, len(names) + 1):
        yield from (tuple(names[:size]), tuple(names[-size:]))


def _counts(
    names: Sequence[str], leaves: Iterable[Threshold | OneOf | Includes]
) -> Iterator[FrozenMap[str, int]]:
    """Yield counts around the bounds for options of two groups, with and without the rest."""
    named = [leaf for leaf in leaves if not isinstance(leaf, OneOf)]
    groups = {tuple(name in leaf.options for leaf in named): name for name in names}
    amounts = {0, 1, 2, 5, 100}
    for leaf in named:
        if isinstance(leaf, Threshold):
            share = Fraction(leaf.bound) / 100
            around = [floor(leaf.bound), share.numerator, share.denominator - share.numerator]
            amounts.update(amount + step for amount in around for step in (-1, 0, 1))
    for pair in combinations(groups.values(), min(len(groups), 2)):
        for counts in product(sorted(each for each in amounts if each >= 0), repeat=len(pair)):
            chosen = dict(zip(pair, counts, strict=True))
            yield from (FrozenMap(chosen), FrozenMap({**dict.fromkeys(names, 1), **chosen}))


def _numbers(
    kinds: Iterable[AnswerKind], leaves: Iterable[Threshold | OneOf | Includes], on: date
) -> Iterator[int | Decimal]:
    bounds = [
        (leaf.measure, Fraction(leaf.bound)) for leaf in leaves if isinstance(leaf, Threshold)
    ]
    marks = {Fraction(0)}
    marks.update(on.year - bound if what == "years_ago" else bound for what, bound in bounds)
    for kind in kinds:
        ends = (getattr(kind, "minimum", 0), getattr(kind, "maximum", 100))
        marks.update(Fraction(end) for end in ends if end is not None)
    ordered = sorted(marks)
    ordered = [ordered[0] - 1, *ordered, ordered[-1] + 1]
    if all(isinstance(kind, Count | Year) for kind in kinds):
        yield from sorted({floor(mark) + step for mark in ordered for step in (-1, 0, 1, 2)})
        return
    for mark in sorted({*ordered, *((low + high) / 2 for low, high in pairwise(ordered))}):
        places = mark.denominator.bit_length()
        yield Decimal(f"{mark * 10**places}e-{places}")


def conducts_to_try(tests: Sequence[ConductedBy], on: date) -> Iterator[Conducted]:
    """Yield every mode with numbers of experts of each role around the required ones."""
    of_roles = []
    for role in dict.fromkeys(test.role for test in tests):
        required = {test.at_least for test in tests if test.role == role}
        numbers = sorted({0, *required, *(number - 1 for number in required)})
        of_roles.append(
            [
                [Expert(role, impartial=True)] * impartial + [Expert(role, impartial=False)] * rest
                for impartial, rest in product(numbers, repeat=2)
            ]
        )
    for mode, chosen in product(MODES, product(*of_roles)):
        experts = [*chain.from_iterable(chosen)]
        if len(experts) <= MAX_EXPERTS:
            yield Conducted(on, mode=mode, experts=experts)
