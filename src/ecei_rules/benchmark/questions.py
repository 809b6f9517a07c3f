"""The questions of a benchmark: which answers they tell apart, and the classes to publish."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil
from typing import NamedTuple, TypeVar, assert_never

from attrs import frozen

from ecei_rules.benchmark.classes import common_options, merged_names, merged_neighbours
from ecei_rules.benchmark.disclosure.audit import Layout
from ecei_rules.benchmark.number_scales import (
    NumberScale,
    number_scale,
    scale_of_parts,
)
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
    Table,
    class_in,
)
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.schema_texts import options_of
from ecei_rules.interviews.answers import NotApplicable
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
from ecei_rules.rulesets.ruleset import Grading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ecei_rules.benchmark.tables import Value
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.rulesets.ruleset import Ruleset

Kept = TypeVar("Kept")

#: The categories of every question, before the classes of its tables.
ANSWERED, NOT_APPLICABLE, UNANSWERED = range(3)
_STATES = 3
#: The most classes of one option of a breakdown: its tables are audited together.
_MOST_OF_PART = 4


class Observation(NamedTuple):
    """
    What possible tables of a question can tell of one answer: its state, value and grade.

    *value* is as coarse as the possible classes are, but counts of a breakdown, in the
    order of its options, are exact. It is `None` for an answer that has no value.
    """

    state: int
    value: int | Decimal | str | tuple[str, ...] | tuple[int, ...] | None = None
    grade: str | None = None


@frozen
class Question:
    """
    The question of an indicator under a ruleset.

    *scale* is that of its numbers, or of the shares of a breakdown. *settled* says whether a
    number or an option alone has a grade. *day* is any day on which such a grading can be
    evaluated.
    """

    kind: AnswerKind
    grading: Grading | None
    grades: tuple[str, ...]
    scale: NumberScale | None
    settled: bool
    day: date

    @property
    def options(self) -> tuple[str, ...]:
        """The options that answers name, yes and no included; none for numbers."""
        return option_ids(self.kind)

    def observed(self, answer: Answer | None, grade: str | None) -> Observation:
        """Return the observation of an answer with its grade."""
        match answer:
            case None:
                return Observation(UNANSWERED)
            case NotApplicable():
                return Observation(NOT_APPLICABLE)
            case bool():
                return Observation(ANSWERED, "yes" if answer else "no", grade)
            case int() | Decimal():
                assert self.scale is not None, "numbers have a scale"
                return Observation(ANSWERED, self.scale.coarse(answer), grade)
            case str():
                return Observation(ANSWERED, answer, grade)
            case tuple():
                chosen = tuple(option for option in self.options if option in answer)
                return Observation(ANSWERED, chosen, grade)
            case FrozenMap():
                counts = tuple(answer.get(option, 0) for option in self.options)
                return Observation(ANSWERED, counts, grade)
            case unreachable:
                assert_never(unreachable)

    def near(self, observation: Observation, tables: Iterable[Table]) -> Iterator[Observation]:
        """
        Yield answers that differ little from another one.

        They are other answers that an attacker has to think possible too: one option more
        or less, or a part of a breakdown that takes so much from another one, or gives it,
        that it is just in another class.
        """
        value = observation.value
        if not isinstance(value, tuple):
            return
        if isinstance(self.kind, Choices):
            for option in self.options:
                changed = tuple(o for o in self.options if (o in value) != (o == option))
                yield self._graded(changed)
            return
        counts = [int(each) for each in value]
        whole = sum(counts)
        for table in tables if whole else ():
            if isinstance(table, PartIntervals):
                part = self.options.index(table.option)
                number = table.class_of(Fraction(100 * counts[part], whole))
                wanted = [ceil(Fraction(b * whole, 100)) for b in table.bounds[number : number + 1]]
                if number:
                    wanted.append(ceil(Fraction(table.bounds[number - 1] * whole, 100)) - 1)
                for count, other in product(wanted, range(len(counts))):
                    moved = counts.copy()
                    moved[part] = count
                    moved[other] += counts[part] - count
                    if other != part and min(moved) >= 0:
                        answer = FrozenMap(dict(zip(self.options, moved, strict=True)))
                        yield self._graded(answer)

    def _graded(self, answer: Answer) -> Observation:
        grade = self.grading.grade_of(answer, self.day).grade if self.grading else None
        return self.observed(answer, grade)

    def tables(self, observations: Mapping[Observation, int]) -> tuple[Table, ...]:
        """
        Return the tables to publish, from the answers of everybody; none if they are too alike.

        Source: docs/benchmark.md, "Classes".
        """
        answered = {each: n for each, n in observations.items() if each.state == ANSWERED}
        tables = tuple(self._tables_of_values(answered))
        if tables and self.grading is not None and isinstance(self.kind, Choices | Breakdown):
            grades = _added((each.grade, n) for each, n in answered.items() if each.grade)
            classes = merged_neighbours(grades, self.grades)
            tables += (GradeClasses(classes),) if len(classes) > 1 else ()
        return tables

    def _tables_of_values(self, answered: Mapping[Observation, int]) -> Iterator[Table]:
        values = [(each.value, count) for each, count in answered.items()]
        match self.kind:
            case Count() | Number() | Share() | Year():
                assert self.scale is not None, "numbers have a scale"
                numbers = _added((v, n) for v, n in values if isinstance(v, int | Decimal))
                bounds, includes = self.scale.divided(numbers), self.scale.includes
                if bounds:
                    grades = self._grades_of_numbers(Intervals(bounds, includes=includes))
                    yield Intervals(bounds, includes=includes, grades=grades)
            case YesNo() | Choice():
                classes = merged_names(
                    _added((v, n) for v, n in values if isinstance(v, str)), self.options
                )
                if len(classes) > 1:
                    yield OptionClasses(classes, grades=self._grades_of_options(classes))
            case Choices():
                chosen = _added((str(o), n) for v, n in values if isinstance(v, tuple) for o in v)
                common = common_options(chosen, sum(answered.values()), self.options)
                yield from map(Chosen, common)
            case Breakdown():
                assert self.scale is not None, "shares have a scale"
                shares = [(_shares(v), n) for v, n in values if isinstance(v, tuple)]
                for number, option in enumerate(self.options):
                    coarse = _added((self.scale.coarse(each[number]), n) for each, n in shares)
                    bounds = self.scale.divided(coarse, _MOST_OF_PART)
                    if bounds:
                        yield PartIntervals(option, map(int, bounds))
            case unreachable:
                assert_never(unreachable)

    def _grades_of_numbers(self, table: Intervals) -> tuple[tuple[str, ...], ...]:
        """Return the grades that numbers of each class attain, if they follow from the number."""
        if self.grading is None or not self.settled:
            return ()
        assert self.scale is not None, "numbers have a scale"
        grades: list[set[str]] = [set() for _ in range(table.size)]
        for value in self.scale.values:
            grades[table.class_of(value)].add(self.grading.grade_of(value, self.day).grade)
        return tuple(self._in_order(each) for each in grades)

    def _in_order(self, grades: Collection[str]) -> tuple[str, ...]:
        return tuple(grade for grade in self.grades if grade in grades)

    def _grades_of_options(self, classes: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
        if self.grading is None:
            return ()
        yes_or_no = isinstance(self.kind, YesNo)
        by_option = {
            each: self.grading.grade_of(each == "yes" if yes_or_no else each, self.day).grade
            for each in self.options
        }
        return tuple(self._in_order({by_option[each] for each in some}) for some in classes)

    def categories(self, tables: Iterable[Table], observation: Observation) -> int:
        """
        Return the categories that count an observation, as a set of numbers.

        The first three are the states. Those of each table follow; a table of an option that
        can be chosen with others has two, for those who chose it and for the others.
        """
        value: Value | None
        match observation.value:
            case tuple() if isinstance(self.kind, Breakdown):
                shares = _shares(observation.value)
                value = FrozenMap(dict(zip(self.options, shares, strict=True)))
            case tuple():
                value = tuple(map(str, observation.value))
            case _:
                value = observation.value
        categories, first = 1 << observation.state, _STATES
        for table in tables:
            if value is not None:
                number = class_in(table, value, observation.grade)
                categories |= 1 << first + (1 if number is None else number)
            first += width(table)
        return categories


def layout_of(tables: Iterable[Table]) -> Layout:
    """Return the categories of some tables, after those of the states."""
    sets, silent, first = [], 0, _STATES
    for table in tables:
        sets.append(((1 << width(table)) - 1) << first)
        if isinstance(table, Chosen):
            silent |= 1 << first + 1
        first += width(table)
    return Layout(tuple(sets), silent)


def width(table: Table) -> int:
    """Return the number of categories of a table."""
    return 2 if isinstance(table, Chosen) else table.size


def question_of(ruleset: Ruleset, indicator: str) -> Question:
    """Return the question of an indicator under a ruleset."""
    kind, grading = ruleset.catalogue.asked[indicator].answer, ruleset.grading.get(indicator)
    scale, settled = None, True
    match kind:
        case Count() | Number() | Share() | Year():
            scale, settled = number_scale(kind, grading)
        case Breakdown():
            scale, settled = scale_of_parts(), False
        case Choices():
            settled = False
        case YesNo() | Choice():
            pass
        case unreachable:
            assert_never(unreachable)
    return Question(kind, grading, ruleset.scale, scale, settled, ruleset.in_force.first)


def option_ids(kind: AnswerKind) -> tuple[str, ...]:
    """Return the options that answers of a kind name, yes and no included; none for numbers."""
    if isinstance(kind, YesNo):
        return "yes", "no"
    return tuple(each.id for each in options_of(kind))


def _shares(counts: Sequence[object]) -> list[Fraction]:
    numbers = [count for count in counts if isinstance(count, int)]
    # without any count every share is 0 %: docs/semantics.md, 2.5
    whole = sum(numbers) or 1
    return [Fraction(100 * number, whole) for number in numbers]


def _added(pairs: Iterable[tuple[Kept, int]]) -> Counter[Kept]:
    total: Counter[Kept] = Counter()
    for kept, count in pairs:
        total[kept] += count
    return total
