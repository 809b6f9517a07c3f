"""Questions whose answers are divided into classes, and the tests of criteria on them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import evolve, field, frozen

from ecei_rules.analysis.classes.answer_classes import truth_classes
from ecei_rules.analysis.classes.improvement_classes import (
    ConfirmedImprovements,
    EnoughImprovements,
)
from ecei_rules.analysis.solver.numbers import (
    ClassMask,
    Points,
    class_mask,
)
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import AnswerKind
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.interview import Conducted
from ecei_rules.rulesets.conditions import Condition, Truth, evaluate_condition
from ecei_rules.rulesets.criteria import (
    ConductedBy,
    Earlier,
)
from ecei_rules.rulesets.ruleset import Grading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


QuestionSubject = Literal["indicator", "fact", "history", "improvements", "conducted"]


#: Inputs of criteria that no question of a catalogue asks for.
NoAnswer: TypeAlias = LabelHistory | ConfirmedImprovements | Conducted


QuestionAnswer: TypeAlias = Answer | NoAnswer


#: A test that a criterion applies to a single answer.
AnswerTest: TypeAlias = Condition | Earlier | EnoughImprovements | ConductedBy


#: The tests of one ruleset, by question. A dictionary keeps their order, each once.
TestsByQuestion: TypeAlias = dict[tuple[QuestionSubject, str], dict[AnswerTest, None]]


NOT_APPLICABLE = NotApplicable("does not apply")


@frozen
class AnswerClass:
    """
    The answers to one question that no ruleset of a space distinguishes.

    *grades* and *points* are what they earn under each ruleset, `None` and 0 where it
    does not grade the question. *truths* are those of the question's tests, none where
    it does not apply. The class without answers is that of an unanswered question: it
    earns nothing and meets nothing. Source: docs/semantics.md, 9.2.
    """

    answers: tuple[QuestionAnswer, ...] = field(converter=tuple[QuestionAnswer, ...])
    grades: tuple[str | None, ...] = ()
    points: tuple[Points, ...] = ()
    truths: tuple[bool, ...] = ()

    @property
    def applies(self) -> bool:
        """Whether the indicator applies."""
        return not (self.answers and isinstance(self.answers[0], NotApplicable))


@frozen
class Question:
    """
    A question that an interview answers, with its classes in a fixed order.

    *sides* are the numbers of the rulesets whose catalogue asks it. *kind* is that of
    the answers that fit all of them, `None` unless it is an indicator or a fact. A
    history is one question for each kind of event, with an id as `bronze benchmarked`, or
    for joined kinds: *event_kinds* has them all.
    """

    subject: QuestionSubject
    id: str
    sides: tuple[int, ...]
    kind: AnswerKind | None
    gradings: tuple[Grading | None, ...]
    tests: tuple[AnswerTest, ...]
    classes: tuple[AnswerClass, ...]
    event_kinds: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A name that is unique in its space."""
        own = "" if len(self.sides) == len(self.gradings) else f"/{self.sides[0]}"
        return f"{self.subject}/{self.id}{own}"

    def classes_where(self, test: AnswerTest, *, holds: bool) -> ClassMask:
        """Return the classes on which a test holds, or on which it fails."""
        at = self.tests.index(test)
        return class_mask(
            number
            for number, of_answers in enumerate(self.classes)
            if of_answers.applies and of_answers.truths[at] is holds
        )


def unanswered_class(question: Question, truths: tuple[bool, ...]) -> AnswerClass:
    """Return the class of no answer, in which the tests have some truths."""
    sides = len(question.gradings)
    return AnswerClass((), (None,) * sides, (Points(0),) * sides, truths)


def classes_of_kind(
    kind: AnswerKind, gradings: Sequence[Grading | None], tests: tuple[AnswerTest, ...], on: date
) -> tuple[AnswerClass, ...]:
    """Return the classes of the answers of a kind under some gradings and tests."""
    whens = [
        grade.when
        for grading in gradings
        if grading is not None
        for grade in grading.grades
        if grade.when is not None
    ]
    conditions = dict.fromkeys([*whens, *(test for test in tests if isinstance(test, Condition))])
    answers = [answer for each in truth_classes(kind, conditions, on) for answer in each.answers]
    return merged_classes(answers, gradings, tests, on)


def merged_classes(
    answers: Iterable[QuestionAnswer],
    gradings: Sequence[Grading | None],
    tests: tuple[AnswerTest, ...],
    on: date,
) -> tuple[AnswerClass, ...]:
    """Return the classes of some answers, in their order; equal grades and truths are one."""
    merged: dict[object, AnswerClass] = {}
    for answer in answers:
        own = answer_class(answer, gradings, tests, on)
        key = (own.grades, own.truths)
        if key in merged:
            own = evolve(own, answers=(*merged[key].answers, answer))
        merged[key] = own
    return tuple(merged.values())


def answer_class(
    answer: QuestionAnswer,
    gradings: Sequence[Grading | None],
    tests: Sequence[AnswerTest],
    on: date,
) -> AnswerClass:
    """Return the class of one answer (docs/semantics.md, 2.7 and 3.3)."""
    nothing = (None,) * len(gradings)
    if isinstance(answer, NotApplicable):
        earned = (each.weight * each.not_applicable_points if each else 0 for each in gradings)
        return AnswerClass([answer], nothing, tuple(map(Points, earned)))
    truths = tuple(_holds(test, answer, on) for test in tests)
    if isinstance(answer, NoAnswer):
        return AnswerClass([answer], nothing, (Points(0),) * len(gradings), truths)
    attained = [grading.grade_of(answer, on) if grading else None for grading in gradings]
    points = tuple(
        Points(grading.weight * grade.points if grading and grade else 0)
        for grading, grade in zip(gradings, attained, strict=True)
    )
    grades = tuple(each.grade if each else None for each in attained)
    return AnswerClass([answer], grades, points, truths)


def _holds(test: AnswerTest, answer: QuestionAnswer, on: date) -> bool:
    match test:
        case Earlier():
            assert isinstance(answer, LabelHistory), "a history has events"
            return bool(test.matching_days(answer.events, on)[0])
        case EnoughImprovements():
            assert isinstance(answer, ConfirmedImprovements), "improvements are counted"
            return test.holds(answer)
        case ConductedBy():
            assert isinstance(answer, Conducted), "an interview has experts and a mode"
            return test.truth(answer) is Truth.HOLDS
        case condition:  # `hold` takes nothing but conditions, so no other test gets here
            assert not isinstance(answer, NoAnswer), "an answer"
            return evaluate_condition(condition, answer, on).truth is Truth.HOLDS
