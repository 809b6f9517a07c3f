"""The questions that two rulesets ask, with answers to try on them."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Literal, TypeAlias, assert_never, cast

from attrs import field, frozen

from ecei_rules.comparison.checking.answer_probes import (
    answers_to_try,
    conducts_to_try,
    simple_conditions_of,
)
from ecei_rules.comparison.checking.history_probes import histories, kinds_of, question_names
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import Answer, NotApplicable, answer_problems, plain_answer
from ecei_rules.interviews.catalogue import (
    AnswerKind,
)
from ecei_rules.interviews.history import LabelEvent, contradictions
from ecei_rules.interviews.interview import Conducted
from ecei_rules.rulesets.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Includes,
    OneOf,
    Threshold,
    Truth,
    evaluate_condition,
)
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Earlier,
    Floor,
    Improvements,
    ScoreReaches,
    simple_requirements,
)
from ecei_rules.rulesets.ruleset import Grading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.interviews.interview import Given
    from ecei_rules.rulesets.criteria import Requirement
    from ecei_rules.rulesets.ruleset import Ruleset

QuestionSubject = Literal["indicator", "fact", "history", "improvements", "conducted"]
#: The numbers of indicators that can have an improvement, as a certificate names them.
IMPROVABLE = ("common", "only-old", "only-new")


@frozen
class ImprovementsBy:
    """The test that one ruleset applies to confirmed improvements."""

    side: int
    at_least: int

    def counted(self, numbers: Mapping[str, int]) -> int:
        """Return the number of improvements that the ruleset counts."""
        return numbers["common"] + numbers[IMPROVABLE[1 + self.side]]


#: A test of one answer by a criterion.
AnswerTest: TypeAlias = Condition | Earlier | ImprovementsBy | ConductedBy
#: The tests of each ruleset, by question.
TestsBySide: TypeAlias = "dict[tuple[QuestionSubject, str], dict[int, list[AnswerTest]]]"


@frozen
class ProbedQuestion:
    """
    One question, with everything that two rulesets look at in its answer.

    *sides* are the rulesets that ask it, and *kinds* their kinds of answer. *may_not_apply* says
    whether all of them allow "not applicable". *most* are the largest numbers of
    improvements: in indicators of both, and of one alone. *roles* are those that experts
    have in either catalogue.
    """

    subject: QuestionSubject
    name: str
    sides: tuple[int, ...]
    on: date
    tests: tuple[AnswerTest, ...]
    kinds: tuple[AnswerKind, ...] = ()
    gradings: FrozenMap[int, Grading] = field(
        default=FrozenMap(), converter=FrozenMap[int, Grading]
    )
    scales: tuple[tuple[str, ...], ...] = ()
    may_not_apply: bool = False
    most: FrozenMap[str, int] = field(default=FrozenMap(), converter=FrozenMap[str, int])
    roles: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The key of the question in a certificate."""
        return f"{self.subject}/{self.name}" + (f"/{self.sides[0]}" if len(self.sides) == 1 else "")

    def truth(self, test: AnswerTest, given: Given) -> bool | None:
        """Whether an answer meets a test, `None` where the question does not apply."""
        if isinstance(given, NotApplicable):
            return None
        match test:
            case Earlier():
                return bool(test.matching_days(cast("tuple[LabelEvent, ...]", given), self.on)[0])
            case ImprovementsBy(at_least=least):
                return test.counted(cast("FrozenMap[str, int]", given)) >= least
            case ConductedBy():
                return test.truth(cast("Conducted", given)) is Truth.HOLDS
            case AllOf() | AnyOf() | Threshold() | OneOf() | Includes():
                return evaluate_condition(test, cast("Answer", given), self.on).truth is Truth.HOLDS
            case unreachable:
                assert_never(unreachable)

    def graded(self, side: int, given: Given) -> tuple[str | None, int]:
        """Return the grade of an answer under a ruleset that grades it, and its points."""
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
        """Return everything that the two rulesets see of an answer (docs/semantics.md, 9.2)."""
        grades = [self.graded(side, given)[0] for side in self.gradings]
        truths = [self.truth(test, given) for test in self.tests]
        return isinstance(given, NotApplicable), *grades, *truths

    def allows(self, given: Given) -> bool:
        """Whether an interview may have this answer, whichever ruleset asks."""
        match given:
            case NotApplicable():
                return self.may_not_apply
            case Conducted():
                return self.subject == "conducted" and self._is_complete(given)
            case _ if self.subject == "conducted":
                return False
            case FrozenMap() if self.subject == "improvements":
                return given.keys() == self.most.keys() and all(
                    0 <= number <= self.most[name] for name, number in given.items()
                )
            case tuple() if self.subject == "history":
                events = [each for each in given if isinstance(each, LabelEvent)]
                kinds, on = kinds_of(self.name), self.on
                fitting = (f"{e.label} {e.event}" in kinds and e.on < on for e in events)
                return (
                    len(events) == len(given) and all(fitting) and not any(contradictions(events))
                )
            case tuple() if any(isinstance(each, LabelEvent) for each in given):
                return False
            case _:  # an answer to an indicator or a fact
                answer = cast("Answer", given)
                return bool(self.kinds) and not any(
                    problem for kind in self.kinds for problem in answer_problems(answer, kind, "")
                )

    def _is_complete(self, conducted: Conducted) -> bool:
        """Whether the mode, the experts and their impartiality are stated, as far as allowed."""
        if conducted.on != self.on or conducted.mode is None or conducted.experts is None:
            return False
        return all(
            expert.impartial is not None and expert.role in self.roles
            for expert in conducted.experts
        )

    def probes(self) -> Iterator[Given]:
        """Yield answers of all classes that trying can find; none if no answer fits all kinds."""
        if self.subject == "improvements":
            yield from self._numbers_of_improvements()
        elif self.subject == "history":
            earlier = [test for test in self.tests if isinstance(test, Earlier)]
            yield from histories(earlier, self.on)
        elif self.subject == "conducted":
            required = [test for test in self.tests if isinstance(test, ConductedBy)]
            yield from filter(self.allows, conducts_to_try(required, self.on))
        else:
            whens = [grade.when for each in self.gradings.values() for grade in each.grades]
            conditions = [each for each in (*whens, *self.tests) if isinstance(each, Condition)]
            leaves = [leaf for condition in conditions for leaf in simple_conditions_of(condition)]
            some_answer_fits = False
            for answer in answers_to_try(self.kinds, leaves, self.on):
                if self.allows(answer):
                    some_answer_fits = True
                    yield answer
            if self.may_not_apply and some_answer_fits:
                yield NotApplicable("does not apply")

    def _numbers_of_improvements(self) -> Iterator[FrozenMap[str, int]]:
        """Yield, for each number of common ones, the smallest others that change a test."""
        asked = [test for test in self.tests if isinstance(test, ImprovementsBy)]
        for common in range(self.most["common"] + 1):
            enough = [{0, *(t.at_least - common for t in asked if t.side == n)} for n in (0, 1)]
            for old, new in product(*map(sorted, enough)):
                numbers = FrozenMap(zip(IMPROVABLE, (common, old, new), strict=True))
                if self.allows(numbers):
                    yield numbers


def probed_questions(
    both: Sequence[Ruleset], on: date
) -> dict[tuple[QuestionSubject, str, int], ProbedQuestion]:
    """
    Return the questions of two rulesets on a day, by subject, name and asking ruleset.

    If both ask under one name, it is one question if some answer fits both
    (docs/semantics.md, 9.4).
    """
    entries: dict[tuple[QuestionSubject, str], dict[int, Indicator | Fact]] = {}
    tests: TestsBySide = {}
    for side, ruleset in enumerate(both):
        for name, indicator in ruleset.catalogue.asked.items():
            entries.setdefault(("indicator", name), {})[side] = indicator
        for name, fact in ruleset.catalogue.facts_asked.items():
            entries.setdefault(("fact", name), {})[side] = fact
        for criterion in ruleset.criteria:
            for subject, name, test in _tests(criterion.requirement, side):
                tests.setdefault((subject, name), {}).setdefault(side, []).append(test)
    _join_histories(tests)
    questions: list[ProbedQuestion] = []
    for (subject, name), asked in entries.items():
        by_side = tests.get((subject, name), {})
        graded = [each.grading.get(name) if subject == "indicator" else None for each in both]
        shared = tuple(asked)
        candidates = [
            ProbedQuestion(
                subject,
                name,
                sides,
                on,
                _once(by_side.get(side, []) for side in sides),
                tuple(asked[side].answer for side in sides),
                {side: grading for side in sides if (grading := graded[side])},
                tuple(each.scale for each in both),
                all(getattr(asked[side], "not_applicable", False) for side in sides),
            )
            for sides in (shared, *((side,) for side in shared))
        ]
        fits = any(True for _ in candidates[0].probes())
        questions += candidates[:1] if fits else candidates[1:]
    asked_by = [each.sides for each in questions if each.subject == "indicator"]
    most = dict(zip(IMPROVABLE, map(asked_by.count, [(0, 1), (0,), (1,)]), strict=True))
    roles = frozenset(role.id for each in both for role in each.catalogue.roles)
    questions += [
        ProbedQuestion(subject, name, (0, 1), on, _once(by_side.values()), most=most, roles=roles)
        for (subject, name), by_side in tests.items()
        if subject in ("history", "improvements", "conducted")
    ]
    return {
        (each.subject, name, side): each
        for each in questions
        for name in (kinds_of(each.name) if each.subject == "history" else [each.name])
        for side in each.sides
    }


def _join_histories(tests: TestsBySide) -> None:
    """Collect the tests of joined kinds of events under the name of their question."""
    by_kind = {
        name: tests.pop(("history", name)) for subject, name in [*tests] if subject == "history"
    }
    every = (test for sides in by_kind.values() for each in sides.values() for test in each)
    names = question_names(test for test in every if isinstance(test, Earlier))
    for kind, sides in by_kind.items():
        for side, own in sides.items():
            tests.setdefault(("history", names[kind]), {}).setdefault(side, []).extend(own)


def _once(tests: Iterable[Iterable[AnswerTest]]) -> tuple[AnswerTest, ...]:
    return tuple(dict.fromkeys(test for each in tests for test in each))


def _tests(
    requirement: Requirement, side: int
) -> Iterator[tuple[QuestionSubject, str, AnswerTest]]:
    for part in simple_requirements(requirement):
        match part:
            case AnswerMeets(subject=subject, id=name, when=when):
                yield subject, name, when
            case Earlier(label=label, event=event):
                yield "history", f"{label} {event}", part
            case Improvements(at_least=least):
                yield "improvements", "improvements", ImprovementsBy(side, least)
            case ConductedBy():
                yield "conducted", "conducted", part
            case Complete() | Floor() | CountGraded() | ScoreReaches():
                continue
            case unreachable:
                assert_never(unreachable)


def input_text(given: Given) -> str:
    """Return an answer, a history or the experts in words, for a message."""
    if isinstance(given, Conducted):
        impartial = {True: "impartial", False: "not impartial", None: "not stated"}
        experts = [
            f"{expert.role} ({impartial[expert.impartial]})" for expert in given.experts or ()
        ]
        return ", ".join([*experts, given.mode or "no mode"])
    if isinstance(given, tuple):
        items = (_event_text(each) if isinstance(each, LabelEvent) else each for each in given)
        return ", ".join(items) or "none"
    return plain_answer(given)


def _event_text(event: LabelEvent) -> str:
    return f"{event.label} {event.event} on {event.on}"
