"""The requirements of rulesets as formulas over the classes of a space."""

from __future__ import annotations

from functools import partial
from math import ceil, gcd
from typing import assert_never

from attrs import field, frozen

from ecei_rules.analysis.classes.improvement_classes import EnoughImprovements
from ecei_rules.analysis.encoding.space import Space
from ecei_rules.analysis.solver.formulas import (
    ALWAYS,
    NEVER,
    AtLeast,
    Below,
    Conjunction,
    Disjunction,
    Formula,
    In,
    conjunction,
    disjunction,
    in_classes,
    negated,
)
from ecei_rules.analysis.solver.numbers import (
    ClassNumber,
    Points,
    PointTable,
    QuestionNumber,
    SumNumber,
    class_mask,
)
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
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

    from ecei_rules.analysis.encoding.question import AnswerClass, AnswerTest
    from ecei_rules.rulesets.criteria import Criterion, Requirement


@frozen
class Outcomes:
    """When a requirement is met and when it fails; elsewhere it does not apply."""

    met: Formula
    failed: Formula


@frozen
class Constraints:
    """
    The criteria of the rulesets of a space as formulas over its classes.

    *table_numbers* holds every table of points that a formula adds up, with the number
    by which `AtLeast` and `Below` refer to it. The dimensions in *incomplete* (`None`:
    the whole) are taken to have unanswered questions.
    """

    space: Space
    incomplete: frozenset[str | None] = frozenset()
    sizes: tuple[int, ...] = field(init=False)
    table_numbers: dict[PointTable, SumNumber] = field(
        factory=dict[PointTable, SumNumber], kw_only=True, repr=False
    )
    _by_criterion: tuple[dict[str, Outcomes], ...] = field(init=False)

    @sizes.default
    def _numbers_of_classes(self) -> tuple[int, ...]:
        return tuple(len(question.classes) for question in self.space.questions)

    @_by_criterion.default
    def _outcomes_by_criterion(self) -> tuple[dict[str, Outcomes], ...]:
        return tuple(
            {
                criterion.id: self.outcomes_of(criterion.requirement, criterion.dimension, side)
                for criterion in ruleset.criteria
            }
            for side, ruleset in enumerate(self.space.rulesets)
        )

    @property
    def sums(self) -> tuple[PointTable, ...]:
        """The tables of points, by their numbers."""
        return tuple(self.table_numbers)

    def outcomes(self, criterion: Criterion, side: int) -> Outcomes:
        """Return when a criterion of a ruleset is met and when it fails."""
        return self._by_criterion[side][criterion.id]

    def required(self, side: int, scope: str | None) -> tuple[Criterion, ...]:
        """Return the required criteria of a dimension, or of the label."""
        return tuple(
            criterion
            for criterion in self.space.rulesets[side].criteria
            if criterion.severity == "required" and scope in (None, criterion.dimension)
        )

    def none_fails(self, criteria: Iterable[Criterion], side: int) -> Formula:
        """Return the formula: none of these criteria fails."""
        return conjunction(self.negated(self.outcomes(each, side).failed) for each in criteria)

    def passed(self, side: int, scope: str | None) -> Formula:
        """
        Return the formula: a dimension is passed, or the label is awarded.

        Only a failure counts, so a criterion that does not apply is no obstacle
        (docs/semantics.md, 3.5). Source: docs/semantics.md, 4.1 and 4.2.
        """
        return self.none_fails(self.required(side, scope), side)

    def negated(self, formula: Formula) -> Formula:
        """Return the negation of a formula of this space."""
        return negated(formula, self.sizes)

    def outcomes_of(self, requirement: Requirement, scope: str | None, side: int) -> Outcomes:
        """
        Return when a requirement is met and when it fails, in complete interviews.

        Source: docs/semantics.md, 2.11 and 3.4.
        """
        ruleset = self.space.rulesets[side]
        match requirement:
            case Complete():
                return self._complete(scope, side)
            case AnswerMeets(subject=subject, id=name, when=when):
                return self._tested(self.space.number(subject, name, side), when)
            case Earlier(label=label, event=event):
                number = self.space.number("history", f"{label} {event}", side)
                return self._tested(number, requirement)
            case Improvements(at_least=least):
                number = self.space.number("improvements", "improvements", side)
                return self._tested(number, EnoughImprovements(side, least))
            case ConductedBy():
                return self._tested(self.space.number("conducted", "conducted", side), requirement)
            case Floor(indicators=names, grade=grade):
                return self._floor(names, grade, side)
            case ScoreReaches():
                names = tuple(each.id for each in ruleset.graded(scope))
                # docs/semantics.md, 1.3
                needed = requirement.needed(sum(ruleset.grading[name].maximum for name in names))
                return self._reached(lambda earned: earned.points[side], names, ceil(needed), side)
            case CountGraded(at_least=least, grade=grade):
                names = tuple(each.id for each in ruleset.graded(scope))
                return self._reached(partial(self._attains, grade, side), names, least, side)
            case EveryRequirement(parts=parts):
                outcomes = [self.outcomes_of(part, scope, side) for part in parts]
                failed = disjunction(each.failed for each in outcomes)
                met = self.negated(failed)
                if not any(map(self._always_applies, outcomes)):
                    met = conjunction([met, disjunction(each.met for each in outcomes)])
                return Outcomes(met, failed)
            case SomeRequirement(parts=parts):
                outcomes = [self.outcomes_of(part, scope, side) for part in parts]
                met = disjunction(each.met for each in outcomes)
                failed = self.negated(met)
                if not any(map(self._always_applies, outcomes)):
                    failed = conjunction([failed, disjunction(each.failed for each in outcomes)])
                return Outcomes(met, failed)
            case unreachable:
                assert_never(unreachable)

    def _complete(self, scope: str | None, side: int) -> Outcomes:
        if scope in self.incomplete:
            return Outcomes(NEVER, ALWAYS)
        answered = []
        for indicator in self.space.rulesets[side].catalogue.within(scope):
            number = self.space.number("indicator", indicator.id, side)
            answered.append(self._where(number, lambda each: bool(each.answers)))
        met = conjunction(answered)
        return Outcomes(met, self.negated(met))

    def restricted(
        self, formula: Formula, question: QuestionNumber, chosen: ClassNumber
    ) -> Formula:
        """Return a formula restricted to the interviews with one question in one class."""
        match formula:
            case In(question=asked, classes=classes):
                if asked != question:
                    return formula
                return ALWAYS if classes >> chosen & 1 else NEVER
            case AtLeast(sum=number, bound=bound) | Below(sum=number, bound=bound):
                rows = self.sums[number]
                zeros = (Points(0),) * self.sizes[question]
                without = (*rows[:question], zeros, *rows[question + 1 :])
                reached = self._bounded(without, bound - rows[question][chosen])
                return reached if isinstance(formula, AtLeast) else self.negated(reached)
            case Conjunction(parts=parts):
                return conjunction(self.restricted(part, question, chosen) for part in parts)
            case Disjunction(parts=parts):
                return disjunction(self.restricted(part, question, chosen) for part in parts)
            case unreachable:
                assert_never(unreachable)

    def _bounded(self, table: PointTable, bound: int) -> Formula:
        """Return the formula: the points of a table, from 0 for each question, reach a bound."""
        if bound <= 0:
            return ALWAYS
        if bound > sum(map(max, table)):
            return NEVER
        number = self.table_numbers.setdefault(table, SumNumber(len(self.table_numbers)))
        return AtLeast(number, Points(bound))

    def _always_applies(self, outcomes: Outcomes) -> bool:
        """Whether a requirement is met wherever it does not fail."""
        return outcomes.failed == self.negated(outcomes.met)

    def _tested(self, number: QuestionNumber, test: AnswerTest) -> Outcomes:
        question, size = self.space.questions[number], self.sizes[number]
        return Outcomes(
            in_classes(number, question.classes_where(test, holds=True), size),
            in_classes(number, question.classes_where(test, holds=False), size),
        )

    def _where(self, number: QuestionNumber, wanted: Callable[[AnswerClass], bool]) -> Formula:
        """Return the formula: the answer to a question is in one of the wanted classes."""
        classes = enumerate(self.space.questions[number].classes)
        mask = class_mask(at for at, of_answers in classes if wanted(of_answers))
        return in_classes(number, mask, self.sizes[number])

    def _floor(self, names: Iterable[str], grade: str, side: int) -> Outcomes:
        attains = partial(self._attains, grade, side)
        reached, below = [], []
        for name in names:
            number = self.space.number("indicator", name, side)
            reached.append(self._where(number, lambda each: each.applies and attains(each)))
            below.append(self._where(number, lambda each: each.applies and not attains(each)))
        failed = disjunction(below)
        return Outcomes(conjunction([self.negated(failed), disjunction(reached)]), failed)

    def _attains(self, grade: str, side: int, of_answers: AnswerClass) -> bool:
        ruleset, attained = self.space.rulesets[side], of_answers.grades[side]
        return attained is not None and ruleset.rank(attained) >= ruleset.rank(grade)

    def _reached(
        self, earned: Callable[[AnswerClass], int], names: Iterable[str], needed: int, side: int
    ) -> Outcomes:
        """
        Return when the points earned in some indicators reach a bound.

        The points that every answer to a question earns, and a common factor, are taken
        out, so that equal sums are recognised.
        """
        numbers = {self.space.number("indicator", name, side) for name in names}
        rows = [
            [int(earned(each)) if number in numbers else 0 for each in question.classes]
            for number, question in enumerate(self.space.questions)
        ]
        needed -= sum(map(min, rows))
        factor = gcd(*(points - min(row) for row in rows for points in row)) or 1
        table = tuple(tuple(Points((each - min(row)) // factor) for each in row) for row in rows)
        met = self._bounded(table, -(-needed // factor))
        return Outcomes(met, self.negated(met))
