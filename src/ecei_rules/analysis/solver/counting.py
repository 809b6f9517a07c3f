"""Model counting: the number of choices of classes that satisfy a formula."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import partial
from math import prod
from operator import add
from typing import NewType, assert_never

from attrs import Factory, define

from ecei_rules.analysis.solver.formulas import (
    ALWAYS,
    NEVER,
    AtLeast,
    Atom,
    Below,
    Conjunction,
    Disjunction,
    Formula,
    In,
    atoms,
    conjunction,
    disjunction,
)
from ecei_rules.analysis.solver.numbers import (
    ClassNumber,
    Points,
    PointTable,
    QuestionNumber,
    SumNumber,
    class_numbers,
)
from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

#: How many states one count may have at a time, and how many bytes they may fill.
MAX_COUNT_STATES = 30_000
MAX_BYTES = 200_000_000

#: The position of a formula among those that a count has met with.
FormulaNumber = NewType("FormulaNumber", int)
Values = tuple[int, ...]


def count(formula: Formula, sizes: Sequence[int], sums: Sequence[PointTable]) -> int:
    """
    Count the choices of one class for each question that satisfy a formula.

    *sizes* are the numbers of classes of the questions. The questions are gone through
    in order. A state keeps what earlier choices leave of the formula and the sums that
    still matter, with the number of choices that lead to it. One sum is kept as a
    polynomial, so that its values cost no states.

    >>> count(In(0, 0b01), [2, 3], [])
    3

    Raises:
        BeyondMethod: there are too many states.
    """
    if formula == NEVER:
        return 0
    parts = formula.parts if isinstance(formula, Conjunction) else (formula,)
    total, used = 1, set[QuestionNumber]()
    for questions, component in _components(parts, sums):
        total *= _Count(sizes, sums, questions).models(conjunction(component))
        used |= questions
    return total * prod(size for number, size in enumerate(sizes) if number not in used)


def _components(
    parts: Iterable[Formula], sums: Sequence[PointTable]
) -> list[tuple[set[QuestionNumber], list[Formula]]]:
    """Group the parts of a conjunction by shared questions, so that the counts multiply."""
    components: list[tuple[set[QuestionNumber], list[Formula]]] = []
    for part in parts:
        questions, together = set(questions_in(part, sums)), [part]
        apart = []
        for others, component in components:
            if questions & others:
                questions |= others
                together = [*component, *together]
            else:
                apart.append((others, component))
        components = [*apart, (questions, together)]
    return components


def questions_in(formula: Formula, sums: Sequence[PointTable]) -> Iterator[QuestionNumber]:
    """Return the questions that a formula looks at, itself or through a sum."""
    for atom in atoms(formula):
        if isinstance(atom, In):
            yield atom.question
        else:
            table = sums[atom.sum]
            yield from (QuestionNumber(at) for at, points in enumerate(table) if any(points))


def replaced(formula: Formula, truth: Callable[[Atom], bool | None]) -> Formula:
    """Return a formula with each atom of known *truth* replaced by a constant."""
    match formula:
        case In() | AtLeast() | Below():
            known = truth(formula)
            return formula if known is None else ALWAYS if known else NEVER
        case Conjunction(parts=parts):
            return conjunction(replaced(part, truth) for part in parts)
        case Disjunction(parts=parts):
            return disjunction(replaced(part, truth) for part in parts)
        case unreachable:
            assert_never(unreachable)


@define
class _NumberedFormula:
    """A formula, and its bounds on each sum in ascending order."""

    formula: Formula
    bounds: dict[SumNumber, tuple[Points, ...]]


@define
class _Count:
    """The count of one formula over the questions that it looks at."""

    sizes: Sequence[int]
    sums: Sequence[PointTable]
    questions: set[QuestionNumber]
    formulas: list[_NumberedFormula] = Factory(list)
    numbers: dict[Formula, FormulaNumber] = Factory(dict)
    by_answer: dict[tuple[FormulaNumber, QuestionNumber, ClassNumber], FormulaNumber] = Factory(
        dict
    )
    by_sum: dict[tuple[FormulaNumber, SumNumber, int, int], FormulaNumber] = Factory(dict)

    def models(self, formula: Formula) -> int:
        """Count the choices among the classes of these questions that satisfy the formula."""
        order = sorted(self.questions)
        start, never = self.number(formula), self.number(NEVER)
        rest: dict[SumNumber, int] = {
            number: sum(map(max, self.sums[number])) for number in self.formulas[start].bounds
        }
        polynomial = max(rest, key=rest.__getitem__, default=None)
        tracked = [number for number in rest if number != polynomial]
        degree = 0 if polynomial is None else rest[polynomial]
        width = prod(self.sizes[question] for question in order).bit_length() + 1
        states, total = {(start, (0,) * len(tracked)): 1}, 0
        for place, question in enumerate(order):
            for number in tracked:
                rest[number] -= max(self.sums[number][question])
            groups = self.distinguished(formula, question, tracked, polynomial)
            if (
                len(states) > MAX_COUNT_STATES
                or len(states) * width * (degree + 1) // 8 > MAX_BYTES
            ):
                what = "a count over sums of so many values"
                raise BeyondMethod(what)
            changed = [
                (at, number, rest[number])
                for at, number in enumerate(tracked)
                if any(self.sums[number][question])
            ]
            after: dict[tuple[FormulaNumber, Values], int] = defaultdict(int)
            for (before, values), ways in states.items():
                for representative, gains, shift, times in groups:
                    left = self.after_answer(before, question, representative)
                    sums = list(map(add, values, gains))
                    for at, number, more in changed:
                        left = self.after_sum(left, number, sums[at], more)
                    if left != before:
                        bounds = self.formulas[left].bounds
                        sums = [
                            sums[at] if number in bounds else 0 for at, number in enumerate(tracked)
                        ]
                    if left != never:
                        after[left, tuple(sums)] += (ways * times) << (shift * width)
            choices_left = prod(self.sizes[later] for later in order[place + 1 :])
            satisfied = after.pop((self.number(ALWAYS), (0,) * len(tracked)), 0)
            # modulo 2 ** width - 1 the coefficients of a polynomial add up
            total += satisfied % ((1 << width) - 1) * choices_left
            states = dict(after)
        for (left, _), ways in states.items():
            total += self.satisfying(self.formulas[left].formula, ways, degree, width)
        return total

    def distinguished(
        self,
        formula: Formula,
        question: QuestionNumber,
        tracked: Sequence[SumNumber],
        polynomial: SumNumber | None,
    ) -> list[tuple[ClassNumber, Values, int, int]]:
        """
        Group the classes of a question that a formula does not distinguish.

        Each group has a representative, the gains of the tracked sums, that of the
        *polynomial*, and the number of its classes.
        """
        masks = [
            atom.classes
            for atom in atoms(formula)
            if isinstance(atom, In) and atom.question == question
        ]
        groups: dict[tuple[Values, Values, int], list[ClassNumber]] = {}
        for number in class_numbers(self.sizes[question]):
            gains = tuple(self.sums[each][question][number] for each in tracked)
            shift = 0 if polynomial is None else self.sums[polynomial][question][number]
            inside = tuple(mask >> number & 1 for mask in masks)
            groups.setdefault((inside, gains, shift), []).append(number)
        return [(group[0], gains, shift, len(group)) for (_, gains, shift), group in groups.items()]

    def number(self, formula: Formula) -> FormulaNumber:
        """Return the number of a formula, so that states are small and quick to compare."""
        number = self.numbers.get(formula)
        if number is None:
            number = self.numbers[formula] = FormulaNumber(len(self.formulas))
            bounds: dict[SumNumber, set[Points]] = defaultdict(set)
            for atom in atoms(formula):
                if isinstance(atom, AtLeast | Below):
                    bounds[atom.sum].add(atom.bound)
            ascending = {at: tuple(sorted(of_sum)) for at, of_sum in bounds.items()}
            self.formulas.append(_NumberedFormula(formula, ascending))
        return number

    def after_answer(
        self, before: FormulaNumber, question: QuestionNumber, chosen: ClassNumber
    ) -> FormulaNumber:
        """Return what a formula leaves open once a question is in a class."""
        key = before, question, chosen
        after = self.by_answer.get(key)
        if after is None:
            truth = partial(_truth_of_answer, question, chosen)
            after = self.number(replaced(self.formulas[before].formula, truth))
            self.by_answer[key] = after
        return after

    def after_sum(
        self, before: FormulaNumber, number: SumNumber, value: int, rest: int
    ) -> FormulaNumber:
        """Return what a formula leaves open when a sum has a value and can grow by *rest*."""
        bounds = self.formulas[before].bounds.get(number, ())
        reached = bisect_right(bounds, value)
        reachable = bisect_right(bounds, value + rest)
        if reached == 0 and reachable == len(bounds):
            return before
        key = before, number, reached, reachable
        after = self.by_sum.get(key)
        if after is None:
            settled = dict.fromkeys(bounds[:reached], True)
            settled.update(dict.fromkeys(bounds[reachable:], False))
            truth = partial(_truth_of_bound, number, settled)
            after = self.by_sum[key] = self.number(replaced(self.formulas[before].formula, truth))
        return after

    def satisfying(self, formula: Formula, ways: int, degree: int, width: int) -> int:
        """Add up the coefficients of the values of the last sum that satisfy a formula."""
        mask = (1 << width) - 1
        return sum(
            ways >> value * width & mask
            for value in range(degree + 1)
            if replaced(formula, partial(_truth_of_value, value)) == ALWAYS
        )


def _truth_of_answer(question: QuestionNumber, chosen: ClassNumber, atom: Atom) -> bool | None:
    if isinstance(atom, In) and atom.question == question:
        return bool(atom.classes >> chosen & 1)
    return None


def _truth_of_bound(number: SumNumber, settled: Mapping[Points, bool], atom: Atom) -> bool | None:
    if isinstance(atom, In) or atom.sum != number or atom.bound not in settled:
        return None
    return settled[atom.bound] is isinstance(atom, AtLeast)


def _truth_of_value(value: int, atom: Atom) -> bool:
    assert not isinstance(atom, In), "every question is answered"
    return (value >= atom.bound) is isinstance(atom, AtLeast)
