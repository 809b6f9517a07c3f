"""How many choices of classes are as a formula says."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import partial
from math import prod
from operator import add
from typing import assert_never

from attrs import Factory, define

from ecei_rules.analysis.solver.formulas import (
    ALWAYS,
    NEVER,
    AtLeast,
    Below,
    Every,
    Formula,
    In,
    Some,
    every,
    some,
)
from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ecei_rules.analysis.solver.formulas import Points

#: How many states one count may have at a time, and how many bytes they may fill.
MAX_STATES = 30_000
MAX_BYTES = 200_000_000

Values = tuple[int, ...]


def count(formula: Formula, sizes: Sequence[int], sums: Sequence[Points]) -> int:
    """
    The number of choices, of one class for each question, of which a formula holds.

    *sizes* says how many classes each question has. The questions are gone through one
    by one; of the choices so far only the sums that still matter and what is left of
    the formula are kept, with the number of choices that lead there. One sum is kept
    as a polynomial, so that its values cost no states.

    >>> from ecei_rules.analysis.solver.formulas import In
    >>> count(In(0, 0b01), [2, 3], [])
    3

    Raises:
        BeyondMethod: there are too many states.
    """
    if formula == NEVER:
        return 0
    parts = formula.parts if isinstance(formula, Every) else (formula,)
    found, used = 1, set[int]()
    for questions, component in _components(parts, sums):
        found *= _Count(sizes, sums, questions).of(every(component))
        used |= questions
    return found * prod(size for number, size in enumerate(sizes) if number not in used)


def _components(
    parts: Iterable[Formula], sums: Sequence[Points]
) -> list[tuple[set[int], list[Formula]]]:
    """Parts of a conjunction that share no question, so that their counts multiply."""
    found: list[tuple[set[int], list[Formula]]] = []
    for part in parts:
        questions, together = set(questions_in(part, sums)), [part]
        apart = []
        for others, component in found:
            if questions & others:
                questions |= others
                together = [*component, *together]
            else:
                apart.append((others, component))
        found = [*apart, (questions, together)]
    return found


def questions_in(formula: Formula, sums: Sequence[Points]) -> Iterator[int]:
    """The questions that a formula speaks of, itself or through a sum."""
    for each in _simple(formula):
        if isinstance(each, In):
            yield each.question
        else:
            yield from (at for at, points in enumerate(sums[each.sum]) if any(points))


def _simple(formula: Formula) -> Iterator[In | AtLeast | Below]:
    match formula:
        case In() | AtLeast() | Below():
            yield formula
        case Every(parts=parts) | Some(parts=parts):
            for part in parts:
                yield from _simple(part)
        case unreachable:
            assert_never(unreachable)


def replaced(formula: Formula, truth: Callable[[In | AtLeast | Below], bool | None]) -> Formula:
    """A formula with those of its simple parts decided whose truth is known."""
    match formula:
        case In() | AtLeast() | Below():
            known = truth(formula)
            return formula if known is None else ALWAYS if known else NEVER
        case Every(parts=parts):
            return every(replaced(part, truth) for part in parts)
        case Some(parts=parts):
            return some(replaced(part, truth) for part in parts)
        case unreachable:
            assert_never(unreachable)


@define
class _Known:
    """A formula, and the bounds in it, in order, by the sum they are on."""

    formula: Formula
    bounds: dict[int, tuple[int, ...]]


@define
class _Count:
    """The count of one formula over the questions that it speaks of."""

    sizes: Sequence[int]
    sums: Sequence[Points]
    questions: set[int]
    known: list[_Known] = Factory(list)
    numbers: dict[Formula, int] = Factory(dict)
    answered: dict[tuple[int, int, int], int] = Factory(dict)
    decided: dict[tuple[int, int, int, int], int] = Factory(dict)

    def of(self, formula: Formula) -> int:
        """The number of choices among the classes of these questions."""
        order = sorted(self.questions)
        start, never = self.number(formula), self.number(NEVER)
        rest = {number: sum(map(max, self.sums[number])) for number in self.known[start].bounds}
        carried = max(rest, key=rest.__getitem__, default=None)
        tracked = [number for number in rest if number != carried]
        span = 0 if carried is None else rest[carried]
        width = prod(self.sizes[each] for each in order).bit_length() + 1
        states, found = {(start, (0,) * len(tracked)): 1}, 0
        for place, question in enumerate(order):
            for number in tracked:
                rest[number] -= max(self.sums[number][question])
            cells = self.cells(formula, question, tracked, carried)
            if len(states) > MAX_STATES or len(states) * width * (span + 1) // 8 > MAX_BYTES:
                what = "a count over sums of so many values"
                raise BeyondMethod(what)
            moved = [
                (at, number, rest[number])
                for at, number in enumerate(tracked)
                if any(self.sums[number][question])
            ]
            after: dict[tuple[int, Values], int] = defaultdict(int)
            for (stated, values), ways in states.items():
                for cell, gains, shift, times in cells:
                    now = self.answer(stated, question, cell)
                    sums = list(map(add, values, gains))
                    for at, number, more in moved:
                        now = self.decide(now, number, sums[at], more)
                    if now != stated:
                        bounds = self.known[now].bounds
                        sums = [
                            sums[at] if each in bounds else 0 for at, each in enumerate(tracked)
                        ]
                    if now != never:
                        after[now, tuple(sums)] += (ways * times) << (shift * width)
            left = prod(self.sizes[each] for each in order[place + 1 :])
            settled = after.pop((self.number(ALWAYS), (0,) * len(tracked)), 0)
            # modulo 2 ** width - 1 the places of a polynomial add up
            found += settled % ((1 << width) - 1) * left
            states = dict(after)
        for (stated, _), ways in states.items():
            found += self.reached(self.known[stated].formula, ways, span, width)
        return found

    def cells(
        self, formula: Formula, question: int, tracked: Sequence[int], carried: int | None
    ) -> list[tuple[int, Values, int, int]]:
        """The classes of a question that a formula tells apart, and how many each stands for."""
        masks = [
            each.classes
            for each in _simple(formula)
            if isinstance(each, In) and each.question == question
        ]
        found: dict[tuple[Values, Values, int], list[int]] = {}
        for cell in range(self.sizes[question]):
            gains = tuple(self.sums[number][question][cell] for number in tracked)
            shift = 0 if carried is None else self.sums[carried][question][cell]
            inside = tuple(mask >> cell & 1 for mask in masks)
            found.setdefault((inside, gains, shift), []).append(cell)
        return [(cells[0], gains, shift, len(cells)) for (_, gains, shift), cells in found.items()]

    def number(self, formula: Formula) -> int:
        """The number of a formula, so that states are small and quickly compared."""
        found = self.numbers.get(formula)
        if found is None:
            found = self.numbers[formula] = len(self.known)
            bounds: dict[int, set[int]] = defaultdict(set)
            for each in _simple(formula):
                if isinstance(each, AtLeast | Below):
                    bounds[each.sum].add(each.bound)
            self.known.append(_Known(formula, {n: tuple(sorted(b)) for n, b in bounds.items()}))
        return found

    def answer(self, stated: int, question: int, cell: int) -> int:
        """What is left of a formula when a question is in a class."""
        key = stated, question, cell
        found = self.answered.get(key)
        if found is None:
            formula = replaced(self.known[stated].formula, partial(_answered, question, cell))
            found = self.answered[key] = self.number(formula)
        return found

    def decide(self, stated: int, number: int, value: int, rest: int) -> int:
        """What is left of a formula when a sum has a value and can grow by *rest*."""
        bounds = self.known[stated].bounds.get(number, ())
        reached = bisect_right(bounds, value)
        open_until = bisect_right(bounds, value + rest)
        if reached == 0 and open_until == len(bounds):
            return stated
        key = stated, number, reached, open_until
        found = self.decided.get(key)
        if found is None:
            settled = dict.fromkeys(bounds[:reached], True)
            settled.update(dict.fromkeys(bounds[open_until:], False))
            formula = replaced(self.known[stated].formula, partial(_settled, number, settled))
            found = self.decided[key] = self.number(formula)
        return found

    def reached(self, formula: Formula, ways: int, span: int, width: int) -> int:
        """Of the ways of one last sum to each value, those of which a formula holds."""
        mask = (1 << width) - 1
        return sum(
            ways >> value * width & mask
            for value in range(span + 1)
            if replaced(formula, partial(_of_value, value)) == ALWAYS
        )


def _answered(question: int, cell: int, each: In | AtLeast | Below) -> bool | None:
    if isinstance(each, In) and each.question == question:
        return bool(each.classes >> cell & 1)
    return None


def _settled(number: int, settled: Mapping[int, bool], each: In | AtLeast | Below) -> bool | None:
    if isinstance(each, In) or each.sum != number or each.bound not in settled:
        return None
    return settled[each.bound] is isinstance(each, AtLeast)


def _of_value(value: int, each: In | AtLeast | Below) -> bool:
    assert not isinstance(each, In), "every question is answered"
    return (value >= each.bound) is isinstance(each, AtLeast)
