"""The interviews that rulesets can distinguish, as classes of answers to questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias, assert_never

from attrs import evolve, field, frozen

from ecei_rules.analysis.encoding.answer_classes import truth_classes
from ecei_rules.analysis.encoding.history_classes import history_classes
from ecei_rules.analysis.encoding.joined_events import joined_requirements
from ecei_rules.analysis.solver.numbers import (
    ClassMask,
    ClassNumber,
    Points,
    QuestionNumber,
    class_mask,
)
from ecei_rules.interviews.answer_kinds import intersection
from ecei_rules.interviews.answers import Answer, NotApplicable, answer_problems
from ecei_rules.interviews.catalogue import AnswerKind
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.rulesets.conditions import Condition, Truth, evaluate_condition
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Earlier,
    Floor,
    Improvements,
    ScoreReaches,
    simple_requirements,
)
from ecei_rules.rulesets.ruleset import Grading, Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.interviews.interview import Interview

QuestionSubject = Literal["indicator", "fact", "history", "improvements"]
#: An answer to a question: an answer proper, a history, or a number of improvements.
QuestionAnswer: TypeAlias = Answer | LabelHistory
#: A test that a criterion applies to a single answer.
AnswerTest: TypeAlias = Condition | Earlier | Improvements
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


@frozen
class Space:
    """
    The classes of complete interviews of one day that one or two rulesets distinguish.

    Both rulesets share a question if both catalogues ask it under one id and some
    answers fit both; then only these answers are in it.
    Source: docs/semantics.md, 9.1, 9.2, 9.3 and 9.4.
    """

    rulesets: tuple[Ruleset, ...]
    on: date
    questions: tuple[Question, ...]
    _numbers: Mapping[tuple[QuestionSubject, str, int], QuestionNumber] = field(
        init=False, eq=False, repr=False
    )

    @_numbers.default
    def _numbers_by_id(self) -> Mapping[tuple[QuestionSubject, str, int], QuestionNumber]:
        return {
            (question.subject, name, side): QuestionNumber(number)
            for number, question in enumerate(self.questions)
            for name in question.event_kinds or (question.id,)
            for side in question.sides
        }

    @property
    def improvable(self) -> tuple[str, ...]:
        """The indicators that all catalogues ask in a common way."""
        return tuple(
            question.id
            for question in self.questions
            if question.subject == "indicator" and len(question.sides) == len(self.rulesets)
        )

    def with_unanswered_classes(self, interview: Interview) -> Space:
        """Return the space with a further, last class for each unanswered question."""
        return evolve(
            self,
            questions=tuple(
                question
                if number is not None
                else evolve(question, classes=(*question.classes, _unanswered(question)))
                for question, number in zip(
                    self.questions, self.classes_of(interview, 0), strict=True
                )
            ),
        )

    def number(self, subject: QuestionSubject, name: str, side: int) -> QuestionNumber:
        """Return the number of a question that the catalogue of a ruleset asks."""
        return self._numbers[subject, name, side]

    def classes_of(self, interview: Interview, side: int) -> tuple[ClassNumber | None, ...]:
        """
        Return the class of each answer of an interview held with a ruleset's catalogue.

        `None` for an unanswered question, for one that this catalogue does not ask, and
        for an answer that the other catalogue does not allow.
        """
        return tuple(
            self._class_of(question, interview) if side in question.sides else None
            for question in self.questions
        )

    def _class_of(self, question: Question, interview: Interview) -> ClassNumber | None:
        answer = answer_in(interview, question)
        if question.subject == "improvements":
            confirmed = {each.indicator for each in interview.improvements if each.confirmed}
            answer = len(confirmed.intersection(self.improvable))
        if answer is None or not _fits(answer, question):
            return None
        wanted = _answer_class(answer, question.gradings, question.tests, self.on)
        signature = (wanted.applies, wanted.grades, wanted.truths)
        for number, of_answers in enumerate(question.classes):
            if (of_answers.applies, of_answers.grades, of_answers.truths) == signature:
                return ClassNumber(number)
        return None


def _fits(answer: QuestionAnswer, question: Question) -> bool:
    """Whether an answer fits the kind that all catalogues asking the question have in common."""
    if question.kind is None or isinstance(answer, NotApplicable | LabelHistory):
        return True
    return not any(answer_problems(answer, question.kind, ""))


def _unanswered(question: Question) -> AnswerClass:
    sides = len(question.gradings)
    truths = (False,) * len(question.tests)
    return AnswerClass((), (None,) * sides, (Points(0),) * sides, truths)


def answer_in(interview: Interview, question: Question) -> QuestionAnswer | None:
    """Return the answer of an interview to a question, `None` if it is unanswered."""
    match question.subject:
        case "indicator":
            return interview.answers.get(question.id)
        case "fact":
            return interview.facts.get(question.id)
        case "history":
            return LabelHistory(interview.history)
        case "improvements":
            return len({each.indicator for each in interview.improvements if each.confirmed})
        case unreachable:
            assert_never(unreachable)


def encode(rulesets: Sequence[Ruleset], on: date, *, history: LabelHistory | None = None) -> Space:
    """
    Return the space of one ruleset, or the common one of two, for interviews of a day.

    With a *history* it has only the interviews with this history.

    Raises:
        BeyondMethod: the answers to a question cannot be classified exactly.
    """
    tests = [_tests(ruleset) for ruleset in rulesets]
    indicators = tuple(
        _catalogue_questions(
            "indicator", [each.catalogue.asked for each in rulesets], rulesets, tests, on
        )
    )
    facts = _catalogue_questions(
        "fact", [each.catalogue.facts_asked for each in rulesets], rulesets, tests, on
    )
    shared = sum(len(each.sides) == len(rulesets) for each in indicators)
    questions = (
        *indicators,
        *facts,
        *_history_questions(tests, on, history),
        *_improvement_questions(tests, on, shared),
    )
    return Space(tuple(rulesets), on, questions)


def _catalogue_questions(
    subject: Literal["indicator", "fact"],
    asked: Sequence[Mapping[str, Indicator] | Mapping[str, Fact]],
    rulesets: Sequence[Ruleset],
    tests: Sequence[TestsByQuestion],
    on: date,
) -> Iterator[Question]:
    """Return the questions about indicators or facts (docs/semantics.md, 9.4)."""
    for name in dict.fromkeys(name for catalogue in asked for name in catalogue):
        entries = {side: each[name] for side, each in enumerate(asked) if name in each}
        common = intersection([entry.answer for entry in entries.values()])
        for sides in [tuple(entries)] if common is not None else [(side,) for side in entries]:
            kind = common if common is not None else entries[sides[0]].answer
            gradings = tuple(
                ruleset.grading.get(name) if subject == "indicator" and side in sides else None
                for side, ruleset in enumerate(rulesets)
            )
            own = tuple(
                dict.fromkeys(
                    test for side in sides for test in tests[side].get((subject, name), ())
                )
            )
            classes = _classes_of_kind(kind, gradings, own, on)
            if all(getattr(entries[side], "not_applicable", False) for side in sides):
                classes = (*classes, _answer_class(NOT_APPLICABLE, gradings, own, on))
            yield Question(subject, name, sides, kind, gradings, own, classes)


def _history_questions(
    tests: Sequence[TestsByQuestion], on: date, history: LabelHistory | None
) -> Iterator[Question]:
    """Return a question for the events that some criterion looks at (docs/semantics.md, 9.2)."""
    asked = [test for of_ruleset in tests for each in of_ruleset.values() for test in each]
    joined = joined_requirements(test for test in asked if isinstance(test, Earlier))
    for kinds, earlier in joined.items():
        histories = [history] if history is not None else []
        if history is None:
            histories = [LabelHistory(each.events) for each in history_classes(earlier, on)]
        nothing, sides = (None,) * len(tests), tuple(range(len(tests)))
        classes = tuple(_answer_class(each, nothing, earlier, on) for each in histories)
        name = " and ".join(kinds)
        yield Question("history", name, sides, None, nothing, earlier, classes, kinds)


def _improvement_questions(
    tests: Sequence[TestsByQuestion], on: date, most: int
) -> Iterator[Question]:
    """Return the question of how many improvements are confirmed, if a criterion asks it."""
    name: Literal["improvements"] = "improvements"
    counts = tuple(
        dict.fromkeys(test for of_ruleset in tests for test in of_ruleset.get((name, name), ()))
    )
    if counts:
        nothing = (None,) * len(tests)
        classes = _merged_classes(range(most + 1), nothing, counts, on)
        yield Question(name, name, tuple(range(len(tests))), None, nothing, counts, classes)


def _classes_of_kind(
    kind: AnswerKind, gradings: Sequence[Grading | None], tests: tuple[AnswerTest, ...], on: date
) -> tuple[AnswerClass, ...]:
    whens = [
        grade.when
        for grading in gradings
        if grading is not None
        for grade in grading.grades
        if grade.when is not None
    ]
    conditions = dict.fromkeys(
        [*whens, *(test for test in tests if not isinstance(test, Earlier | Improvements))]
    )
    answers = [answer for each in truth_classes(kind, conditions, on) for answer in each.answers]
    return _merged_classes(answers, gradings, tests, on)


def _merged_classes(
    answers: Iterable[QuestionAnswer],
    gradings: Sequence[Grading | None],
    tests: tuple[AnswerTest, ...],
    on: date,
) -> tuple[AnswerClass, ...]:
    """Return the classes of some answers, in their order; equal grades and truths are one."""
    merged: dict[object, AnswerClass] = {}
    for answer in answers:
        own = _answer_class(answer, gradings, tests, on)
        key = (own.grades, own.truths)
        if key in merged:
            own = evolve(own, answers=(*merged[key].answers, answer))
        merged[key] = own
    return tuple(merged.values())


def _answer_class(
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
    if isinstance(answer, LabelHistory):
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
        case Improvements(at_least=least):
            assert isinstance(answer, int), "improvements are counted"
            return answer >= least
        case condition:  # `hold` takes nothing but conditions, so no other test gets here
            assert not isinstance(answer, LabelHistory), "a condition looks at an answer"
            return evaluate_condition(condition, answer, on).truth is Truth.HOLDS


def _tests(ruleset: Ruleset) -> TestsByQuestion:
    """Return the tests that the criteria of a ruleset apply to single answers."""
    tests: TestsByQuestion = {}
    for criterion in ruleset.criteria:
        for requirement in simple_requirements(criterion.requirement):
            match requirement:
                case AnswerMeets(subject=subject, id=name, when=when):
                    tests.setdefault((subject, name), {})[when] = None
                case Earlier(label=label, event=event):
                    tests.setdefault(("history", f"{label} {event}"), {})[requirement] = None
                case Improvements():
                    tests.setdefault(("improvements", "improvements"), {})[requirement] = None
                case Complete() | Floor() | ScoreReaches() | CountGraded():
                    pass  # these look at grades and points, or at whether there is an answer
                case unreachable:
                    assert_never(unreachable)
    return tests
