"""What the requirements of rulesets say of the classes of a space."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from math import ceil, gcd
from typing import assert_never

from attrs import field, frozen

from ecei_rules.analysis.encoding.space import Space
from ecei_rules.analysis.solver.formulas import (
    ALWAYS,
    NEVER,
    AtLeast,
    Below,
    Every,
    Formula,
    In,
    Points,
    Some,
    among,
    every,
    negated,
    some,
)
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ecei_rules.analysis.encoding.space import AnswerClass, Test
    from ecei_rules.rulesets.criteria import Criterion, Requirement


@frozen
class Outcomes:
    """When a requirement is met and when it fails; elsewhere it does not apply."""

    met: Formula
    failed: Formula


@frozen
class Statements:
    """
    The criteria of the rulesets of a space as formulas over its classes.

    *numbers* are those by which `AtLeast` and `Below` speak of sums of points. The
    dimensions in *incomplete* (`None`: the whole) are held not to be answered.
    """

    space: Space
    incomplete: frozenset[str | None] = frozenset()
    sizes: tuple[int, ...] = field(init=False)
    numbers: dict[Points, int] = field(factory=dict[Points, int], kw_only=True, repr=False)
    _held: tuple[dict[str, Outcomes], ...] = field(init=False)

    @sizes.default
    def _count(self) -> tuple[int, ...]:
        return tuple(len(each.cells) for each in self.space.questions)

    @_held.default
    def _hold_all(self) -> tuple[dict[str, Outcomes], ...]:
        return tuple(
            {each.id: self.held(each.requirement, each.dimension, side) for each in one.criteria}
            for side, one in enumerate(self.space.rulesets)
        )

    @property
    def sums(self) -> tuple[Points, ...]:
        """The points of each sum that a formula speaks of."""
        return tuple(self.numbers)

    def criterion(self, criterion: Criterion, side: int) -> Outcomes:
        """When a criterion of a ruleset is met and when it fails."""
        return self._held[side][criterion.id]

    def required(self, side: int, scope: str | None) -> tuple[Criterion, ...]:
        """The required criteria of a dimension, or of the label."""
        return tuple(
            each
            for each in self.space.rulesets[side].criteria
            if each.severity == "required" and scope in (None, each.dimension)
        )

    def stands(self, criteria: Iterable[Criterion], side: int) -> Formula:
        """That none of some criteria fails."""
        return every(self.negated(self._held[side][each.id].failed) for each in criteria)

    def passes(self, side: int, scope: str | None) -> Formula:
        """That a dimension is passed, or the label awarded."""
        return self.stands(self.required(side, scope), side)

    def negated(self, formula: Formula) -> Formula:
        """The opposite of a formula of this space."""
        return negated(formula, self.sizes)

    def held(self, requirement: Requirement, scope: str | None, side: int) -> Outcomes:
        """When a requirement is met and when it fails, in complete interviews."""
        match requirement:
            case Complete():
                return self._complete(scope, side)
            case AnswerMeets(subject=subject, id=name, when=when):
                return self._tested(self.space.number(subject, name, side), when)
            case Earlier(label=label, event=event):
                number = self.space.number("history", f"{label} {event}", side)
                return self._tested(number, requirement)
            case Improvements():
                number = self.space.number("improvements", "improvements", side)
                return self._tested(number, requirement)
            case Floor(indicators=names, grade=grade):
                return self._floor(names, grade, side)
            case ScoreReaches(at_least=least, unit=unit):
                graded = self.space.rulesets[side].graded(scope)
                gradings = self.space.rulesets[side].grading
                needed = Fraction(least)
                if unit == "percent":
                    needed = needed * sum(gradings[each.id].maximum for each in graded) / 100
                asked = [each.id for each in graded]
                return self._reached(lambda cell: cell.points[side], asked, ceil(needed), side)
            case CountGraded(at_least=least, grade=grade):
                asked = [each.id for each in self.space.rulesets[side].graded(scope)]
                attains = partial(self._attains, grade, side)
                return self._reached(attains, asked, least, side)
            case EveryRequirement(parts=parts):
                held = [self.held(part, scope, side) for part in parts]
                failed = some(each.failed for each in held)
                if any(map(self._applies, held)):
                    return Outcomes(self.negated(failed), failed)
                return Outcomes(
                    every([self.negated(failed), some(each.met for each in held)]), failed
                )
            case SomeRequirement(parts=parts):
                held = [self.held(part, scope, side) for part in parts]
                met = some(each.met for each in held)
                if any(map(self._applies, held)):
                    return Outcomes(met, self.negated(met))
                return Outcomes(met, every([self.negated(met), some(each.failed for each in held)]))
            case unreachable:
                assert_never(unreachable)

    def _complete(self, scope: str | None, side: int) -> Outcomes:
        if scope in self.incomplete:
            return Outcomes(NEVER, ALWAYS)
        catalogue, answered = self.space.rulesets[side].catalogue, []
        for each in catalogue.within(scope):
            number = self.space.number("indicator", each.id, side)
            cells = self.space.questions[number].cells
            given = sum(1 << at for at, cell in enumerate(cells) if cell.answers)
            answered.append(among(number, given, self.sizes[number]))
        met = every(answered)
        return Outcomes(met, self.negated(met))

    def given(self, formula: Formula, question: int, cell: int) -> Formula:
        """What is left of a formula when a question is in a class."""
        match formula:
            case In(question=asked, classes=classes):
                if asked != question:
                    return formula
                return ALWAYS if classes >> cell & 1 else NEVER
            case AtLeast(sum=number, bound=bound) | Below(sum=number, bound=bound):
                rows = self.sums[number]
                without = (*rows[:question], (0,) * self.sizes[question], *rows[question + 1 :])
                bound -= rows[question][cell]
                found = self._bounded(without, bound)
                return found if isinstance(formula, AtLeast) else self.negated(found)
            case Every(parts=parts):
                return every(self.given(part, question, cell) for part in parts)
            case Some(parts=parts):
                return some(self.given(part, question, cell) for part in parts)
            case unreachable:
                assert_never(unreachable)

    def _bounded(self, points: Points, bound: int) -> Formula:
        """That points of which each question's least is 0 reach a bound."""
        if bound <= 0:
            return ALWAYS
        if bound > sum(map(max, points)):
            return NEVER
        return AtLeast(self.numbers.setdefault(points, len(self.numbers)), bound)

    def _applies(self, held: Outcomes) -> bool:
        """Whether a requirement is met wherever it does not fail."""
        return held.failed == self.negated(held.met)

    def _tested(self, number: int, test: Test) -> Outcomes:
        question = self.space.questions[number]
        size = self.sizes[number]
        return Outcomes(
            among(number, question.where(test, holds=True), size),
            among(number, question.where(test, holds=False), size),
        )

    def _floor(self, names: Iterable[str], grade: str, side: int) -> Outcomes:
        reached, below = [], []
        for name in names:
            number = self.space.number("indicator", name, side)
            cells, size = self.space.questions[number].cells, self.sizes[number]
            does = {at for at, cell in enumerate(cells) if cell.applies}
            short = {at for at in does if not self._attains(grade, side, cells[at])}
            reached.append(among(number, sum(1 << at for at in does - short), size))
            below.append(among(number, sum(1 << at for at in short), size))
        failed = some(below)
        return Outcomes(every([self.negated(failed), some(reached)]), failed)

    def _attains(self, grade: str, side: int, cell: AnswerClass) -> bool:
        ruleset, attained = self.space.rulesets[side], cell.grades[side]
        return attained is not None and ruleset.rank(attained) >= ruleset.rank(grade)

    def _reached(
        self, earned: Callable[[AnswerClass], int], names: Iterable[str], needed: int, side: int
    ) -> Outcomes:
        """That points reach a bound; what all answers earn, and a common factor, is taken out."""
        asked = {self.space.number("indicator", name, side) for name in names}
        table = [
            [int(earned(cell)) if number in asked else 0 for cell in question.cells]
            for number, question in enumerate(self.space.questions)
        ]
        needed -= sum(map(min, table))
        factor = gcd(*(points - min(row) for row in table for points in row)) or 1
        points = tuple(tuple((each - min(row)) // factor for each in row) for row in table)
        met = self._bounded(points, -(-needed // factor))
        return Outcomes(met, self.negated(met))
