"""The questions that two rulesets ask, and answers to try on them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import floor
from typing import Literal, TypeAlias, cast

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import Answer, NotApplicable, answer_problems, plain_answer
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
from ecei_rules.interviews.dates import SUPPORTED_YEARS, add_calendar_years
from ecei_rules.interviews.history import LabelEvent, contradictions
from ecei_rules.rulesets.conditions import (
    AllOf,
    AnyOf,
    Condition,
    OneOf,
    Threshold,
    Truth,
    evaluate_condition,
)
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Earlier,
    EveryRequirement,
    Improvements,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.interviews.interview import Given
    from ecei_rules.rulesets.conditions import Includes
    from ecei_rules.rulesets.criteria import Requirement
    from ecei_rules.rulesets.ruleset import Ruleset

Subject = Literal["indicator", "fact", "history", "improvements"]
#: What a criterion asks of one answer.
Test: TypeAlias = Condition | Earlier | Improvements

_DAY = timedelta(days=1)
_ALL_SUBSETS = 12
_FEW = 3


@frozen
class Asked:
    """
    One question, and all that two rulesets look at in its answer.

    *sides* are the rulesets that ask it and *kinds* what these take for an answer;
    *aside* says whether all of them allow that it does not apply, and *most* how many
    improvements there can be.
    """

    subject: Subject
    name: str
    sides: tuple[int, ...]
    on: date
    tests: tuple[Test, ...]
    kinds: tuple[AnswerKind, ...] = ()
    gradings: FrozenMap[int, Grading] = field(
        default=FrozenMap(), converter=FrozenMap[int, Grading]
    )
    scales: tuple[tuple[str, ...], ...] = ()
    aside: bool = False
    most: int = 0

    @property
    def key(self) -> str:
        """The name of the question in a certificate."""
        return f"{self.subject}/{self.name}" + (f"/{self.sides[0]}" if len(self.sides) == 1 else "")

    def truth(self, test: Test, given: Given) -> bool | None:
        """Whether an answer meets a test, `None` where the question does not apply."""
        if isinstance(given, NotApplicable):
            return None
        match test:
            case Earlier():
                return bool(test.matching_days(cast("tuple[LabelEvent, ...]", given), self.on)[0])
            case Improvements(at_least=least):
                return cast("int", given) >= least
            case _:
                return evaluate_condition(test, cast("Answer", given), self.on).truth is Truth.HOLDS

    def graded(self, side: int, given: Given) -> tuple[str | None, int]:
        """The grade of an answer under a ruleset that grades it, and what it earns."""
        grading = self.gradings[side]
        if isinstance(given, NotApplicable):
            return None, grading.weight * grading.not_applicable_points
        grade = grading.grade_of(cast("Answer", given), self.on)
        return grade.grade, grading.weight * grade.points

    def attains(self, side: int, grade: str, given: Given) -> bool | None:
        """Whether an answer attains a grade or a better one, `None` where it does not apply."""
        attained, scale = self.graded(side, given)[0], self.scales[side]
        return None if attained is None else scale.index(attained) >= scale.index(grade)

    def behaviour(self, given: Given) -> tuple[object, ...]:
        """All that the two rulesets can tell of an answer."""
        grades = [self.graded(side, given)[0] for side in self.gradings]
        truths = [self.truth(each, given) for each in self.tests]
        return isinstance(given, NotApplicable), *grades, *truths

    def allows(self, given: Given) -> bool:
        """Whether this may be said in an interview, whichever ruleset asks."""
        match given:
            case NotApplicable():
                return self.aside
            case int() if self.subject == "improvements":
                return not isinstance(given, bool) and 0 <= given <= self.most
            case tuple() if self.subject == "history":
                events = [each for each in given if isinstance(each, LabelEvent)]
                fitting = (f"{e.label} {e.event}" == self.name and e.on < self.on for e in events)
                return (
                    len(events) == len(given) and all(fitting) and not any(contradictions(events))
                )
            case tuple() if any(isinstance(each, LabelEvent) for each in given):
                return False
            case _:
                answer = cast("Answer", given)
                return bool(self.kinds) and not any(
                    problem for kind in self.kinds for problem in answer_problems(answer, kind, "")
                )

    def probes(self) -> Iterator[Given]:
        """Answers of all classes, as far as trying can tell; none if no answer fits all kinds."""
        if self.subject == "improvements":
            yield from range(self.most + 1)
        elif self.subject == "history":
            yield from _histories([t for t in self.tests if isinstance(t, Earlier)], self.on)
        else:
            whens = [grade.when for each in self.gradings.values() for grade in each.grades]
            conditions = [each for each in (*whens, *self.tests) if isinstance(each, Condition)]
            leaves = [leaf for each in conditions for leaf in _leaves(each)]
            nothing = True
            for answer in _answers(self.kinds, leaves, self.on):
                if self.allows(answer):
                    nothing = False
                    yield answer
            if self.aside and not nothing:
                yield NotApplicable("does not apply")


def asked_by(both: Sequence[Ruleset], on: date) -> dict[tuple[Subject, str, int], Asked]:
    """
    The questions of two rulesets on a day, by subject, name and a ruleset that asks.

    What both ask under one name is one question if some answer fits both.
    """
    entries: dict[tuple[Subject, str], dict[int, Indicator | Fact]] = {}
    tests: dict[tuple[Subject, str], dict[int, list[Test]]] = {}
    for side, ruleset in enumerate(both):
        for name, indicator in ruleset.catalogue.asked.items():
            entries.setdefault(("indicator", name), {})[side] = indicator
        for name, fact in ruleset.catalogue.facts_asked.items():
            entries.setdefault(("fact", name), {})[side] = fact
        for criterion in ruleset.criteria:
            for subject, name, test in _tests(criterion.requirement):
                tests.setdefault((subject, name), {}).setdefault(side, []).append(test)
    found: list[Asked] = []
    for (subject, name), asked in entries.items():
        of_each = tests.get((subject, name), {})
        graded = [each.grading.get(name) if subject == "indicator" else None for each in both]
        every = tuple(asked)
        options = [
            Asked(
                subject,
                name,
                sides,
                on,
                _once(of_each.get(side, []) for side in sides),
                tuple(asked[side].answer for side in sides),
                {side: grading for side in sides if (grading := graded[side])},
                tuple(each.scale for each in both),
                all(getattr(asked[side], "not_applicable", False) for side in sides),
            )
            for sides in (every, *((side,) for side in every))
        ]
        found += options[:1] if any(True for _ in options[0].probes()) else options[1:]
    most = sum(each.subject == "indicator" and len(each.sides) > 1 for each in found)
    found += [
        Asked(subject, name, (0, 1), on, _once(of_each.values()), most=most)
        for (subject, name), of_each in tests.items()
        if subject in ("history", "improvements")
    ]
    return {(each.subject, each.name, side): each for each in found for side in each.sides}


def _once(tests: Iterable[Iterable[Test]]) -> tuple[Test, ...]:
    return tuple(dict.fromkeys(test for each in tests for test in each))


def _tests(requirement: Requirement) -> Iterator[tuple[Subject, str, Test]]:
    match requirement:
        case AnswerMeets(subject=subject, id=name, when=when):
            yield subject, name, when
        case Earlier(label=label, event=event):
            yield "history", f"{label} {event}", requirement
        case Improvements():
            yield "improvements", "improvements", requirement
        case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
            for part in parts:
                yield from _tests(part)
        case _:
            return


def _leaves(condition: Condition) -> Iterator[Threshold | OneOf | Includes]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            yield condition


def _answers(
    kinds: Sequence[AnswerKind], leaves: Sequence[Threshold | OneOf | Includes], on: date
) -> Iterator[Answer]:
    """Answers on every side of every bound, and every choice of a few options."""
    if len({(type(kind), getattr(kind, "unit", None)) for kind in kinds}) > 1:
        return
    options = [[each.id for each in getattr(kind, "options", ())] for kind in kinds]
    names = [name for name in options[0] if all(name in each for each in options)]
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
        case _:
            return


def _subsets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All choices of some options; of many options the small ones and some of each size."""
    few = len(names) if len(names) <= _ALL_SUBSETS else _FEW
    for size in range(few + 1):
        yield from combinations(names, size)
    for size in range(few + 1, len(names) + 1):
        yield from (tuple(names[:size]), tuple(names[-size:]))


def _counts(
    names: Sequence[str], leaves: Iterable[Threshold | OneOf | Includes]
) -> Iterator[FrozenMap[str, int]]:
    """Telling counts for options of two groups named together, with and without the rest."""
    named = [leaf for leaf in leaves if not isinstance(leaf, OneOf)]
    groups = {tuple(name in leaf.options for leaf in named): name for name in names}
    amounts = {0, 1, 2, 5, 100}
    for leaf in named:
        if isinstance(leaf, Threshold):
            share = Fraction(leaf.bound) / 100
            around = [floor(leaf.bound), share.numerator, share.denominator - share.numerator]
            amounts.update(each + step for each in around for step in (-1, 0, 1))
    for some in combinations(groups.values(), min(len(groups), 2)):
        for counts in product(sorted(each for each in amounts if each >= 0), repeat=len(some)):
            chosen = dict(zip(some, counts, strict=True))
            yield from (FrozenMap(chosen), FrozenMap({**dict.fromkeys(names, 1), **chosen}))


def _numbers(
    kinds: Iterable[AnswerKind], leaves: Iterable[Threshold | OneOf | Includes], on: date
) -> Iterator[int | Decimal]:
    bounds = [
        (leaf.measure, Fraction(leaf.bound)) for leaf in leaves if isinstance(leaf, Threshold)
    ]
    marks = {Fraction(0)}
    marks.update(on.year - each if what == "years_ago" else each for what, each in bounds)
    for kind in kinds:
        ends = (getattr(kind, "minimum", 0), getattr(kind, "maximum", 100))
        marks.update(Fraction(end) for end in ends if end is not None)
    ordered = sorted(marks)
    ordered = [ordered[0] - 1, *ordered, ordered[-1] + 1]
    if all(isinstance(kind, Count | Year) for kind in kinds):
        yield from sorted({floor(each) + step for each in ordered for step in (-1, 0, 1, 2)})
        return
    for each in sorted({*ordered, *((one + other) / 2 for one, other in pairwise(ordered))}):
        places = each.denominator.bit_length()
        yield Decimal(f"{each * 10**places}e-{places}")


def _histories(asked: Sequence[Earlier], on: date) -> Iterator[tuple[LabelEvent, ...]]:
    """No event, and one or two, around the days that are as long ago as is asked."""
    months = {m for each in asked for m in (each.at_least_months, each.at_most_months) if m}
    days = {on - _DAY, on - 2 * _DAY}
    for start, ago in product([on, on - _DAY], sorted(months)):
        if start.year - ago // 12 - 1 in SUPPORTED_YEARS:
            day = add_calendar_years(start, 0, "same_day", months=-ago)
            days.update((day - _DAY, day, day + _DAY))
    for size in (0, 1, 2):
        for some in combinations(sorted(each for each in days if each < on), size):
            yield tuple(_event(asked[0], day) for day in some)


def _event(asked: Earlier, day: date) -> LabelEvent:
    until = day if asked.event == "awarded" else None
    return LabelEvent(asked.label, asked.event, day, valid_until=until)


def said(given: Given) -> str:
    """What was said to a question, as a message says it."""
    if isinstance(given, tuple):
        days = (f"{e.event} on {e.on}" if isinstance(e, LabelEvent) else e for e in given)
        return ", ".join(days) or "none"
    return plain_answer(given)
