"""The interviews that rulesets can distinguish, as classes of answers to questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, assert_never

from attrs import evolve, field, frozen

from ecei_rules.analysis.classes.conduct_classes import completions, conduct_classes
from ecei_rules.analysis.classes.history_classes import history_classes
from ecei_rules.analysis.classes.improvement_classes import (
    EnoughImprovements,
    Improvable,
    improvable,
    improvement_classes,
)
from ecei_rules.analysis.classes.joined_events import joined_requirements
from ecei_rules.analysis.encoding.question import (
    NOT_APPLICABLE,
    NoAnswer,
    Question,
    QuestionAnswer,
    QuestionSubject,
    TestsByQuestion,
    answer_class,
    classes_of_kind,
    unanswered_class,
)
from ecei_rules.analysis.solver.numbers import (
    ClassNumber,
    QuestionNumber,
)
from ecei_rules.interviews.answer_kinds import intersection
from ecei_rules.interviews.answers import NotApplicable, answer_problems
from ecei_rules.interviews.history import LabelHistory
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
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.interviews.interview import Conducted, Interview


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
    def improvable(self) -> Improvable:
        """The indicators in which an improvement counts."""
        indicators = (each for each in self.questions if each.subject == "indicator")
        return improvable(((each.id, each.sides) for each in indicators), len(self.rulesets))

    def with_unanswered_classes(self, interview: Interview) -> Space:
        """Return the space with a further, last class for each unanswered question."""
        questions = []
        for question, number in zip(self.questions, self.classes_of(interview, 0), strict=True):
            if number is None:
                settled = self._settled_tests(question, interview)
                added = (*question.classes, unanswered_class(question, settled))
                questions.append(evolve(question, classes=added))
            else:
                questions.append(question)
        return evolve(self, questions=tuple(questions))

    def _settled_tests(self, question: Question, interview: Interview) -> tuple[bool, ...]:
        """Return the tests that hold however a question is answered, which is not answered yet."""
        if question.subject != "conducted":
            return (False,) * len(question.tests)
        possible = self.conducts(question, interview, 0)
        return tuple(all(truths) for truths in zip(*possible, strict=True))

    def conducts(
        self, question: Question, interview: Interview, side: int
    ) -> Mapping[tuple[bool, ...], Conducted]:
        """
        Return the truths that can follow once the experts and the mode are all stated.

        The interview was held with the catalogue of a ruleset. Each has an example that
        keeps what is stated.
        """
        tests = tuple(test for test in question.tests if isinstance(test, ConductedBy))
        roles = {role.id for role in self.rulesets[side].catalogue.roles}
        return completions(tests, interview.conducted, known_roles=roles)

    def class_with(self, question: Question, truths: tuple[bool, ...]) -> ClassNumber:
        """Return the class of a question in which the tests have some truths."""
        return ClassNumber([each.truths for each in question.classes].index(truths))

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
            self._class_of(question, interview, side) if side in question.sides else None
            for question in self.questions
        )

    def _class_of(self, question: Question, interview: Interview, side: int) -> ClassNumber | None:
        if question.subject == "conducted":
            possible = tuple(self.conducts(question, interview, side))
            return self.class_with(question, possible[0]) if len(possible) == 1 else None
        answer = answer_in(interview, question)
        if question.subject == "improvements":
            confirmed = {each.indicator for each in interview.improvements if each.confirmed}
            answer = self.improvable.count(confirmed, side)
        if answer is None or not _fits(answer, question):
            return None
        wanted = answer_class(answer, question.gradings, question.tests, self.on)
        signature = (wanted.applies, wanted.grades, wanted.truths)
        for number, of_answers in enumerate(question.classes):
            if (of_answers.applies, of_answers.grades, of_answers.truths) == signature:
                return ClassNumber(number)
        return None


def _fits(answer: QuestionAnswer, question: Question) -> bool:
    """Whether an answer fits the kind that all catalogues asking the question have in common."""
    if question.kind is None or isinstance(answer, NotApplicable | NoAnswer):
        return True
    return not any(answer_problems(answer, question.kind, ""))


def answer_in(interview: Interview, question: Question) -> QuestionAnswer | None:
    """Return the answer of an interview to a question, `None` if it is unanswered."""
    match question.subject:
        case "indicator":
            return interview.answers.get(question.id)
        case "fact":
            return interview.facts.get(question.id)
        case "history":
            return LabelHistory(interview.history)
        case "improvements" | "conducted":
            return None  # a space counts improvements, and completes experts that are not stated
        case unreachable:
            assert_never(unreachable)


def encode(rulesets: Sequence[Ruleset], on: date, *, history: LabelHistory | None = None) -> Space:
    """
    Return the space of one ruleset, or the common one of two, for interviews of a day.

    With a *history* it has only the interviews with this history.

    Raises:
        BeyondMethod: the answers to a question cannot be classified exactly.
    """
    tests = [_tests(ruleset, side) for side, ruleset in enumerate(rulesets)]
    indicators = tuple(
        _catalogue_questions(
            "indicator", [each.catalogue.asked for each in rulesets], rulesets, tests, on
        )
    )
    facts = _catalogue_questions(
        "fact", [each.catalogue.facts_asked for each in rulesets], rulesets, tests, on
    )
    questions = (
        *indicators,
        *facts,
        *_history_questions(tests, on, history),
        *_improvement_questions(tests, on, [(each.id, each.sides) for each in indicators]),
        *_conducted_questions(tests, on),
    )
    return Space(tuple(rulesets), on, questions)


def _catalogue_questions(
    subject: Literal["indicator", "fact"],
    asked: Sequence[Mapping[str, Indicator] | Mapping[str, Fact]],
    rulesets: Sequence[Ruleset],
    tests: Sequence[TestsByQuestion],
    on: date,
) -> Iterator[Question]:
    """Return the questions about indicators or facts (docs/semantics.md, 9.4 and 9.6)."""
    for side, name in [(side, name) for side, each in enumerate(asked) for name in each]:
        entries = {other: each[name] for other, each in enumerate(asked) if name in each}
        common = intersection([entry.answer for entry in entries.values()])
        sides = (side,) if common is None else tuple(entries)
        if side != sides[0]:
            continue
        gradings = tuple(
            ruleset.grading.get(name) if subject == "indicator" and other in sides else None
            for other, ruleset in enumerate(rulesets)
        )
        own = tuple(
            dict.fromkeys(test for each in sides for test in tests[each].get((subject, name), ()))
        )
        kind = entries[side].answer if common is None else common
        classes = classes_of_kind(kind, gradings, own, on)
        if all(getattr(entries[each], "not_applicable", False) for each in sides):
            classes = (*classes, answer_class(NOT_APPLICABLE, gradings, own, on))
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
        classes = tuple(answer_class(each, nothing, earlier, on) for each in histories)
        name = " and ".join(kinds)
        yield Question("history", name, sides, None, nothing, earlier, classes, kinds)


def _improvement_questions(
    tests: Sequence[TestsByQuestion], on: date, asked: Iterable[tuple[str, tuple[int, ...]]]
) -> Iterator[Question]:
    """Return the question about confirmed improvements, if a criterion depends on it."""
    name: Literal["improvements"] = "improvements"
    wanted = (test for each in tests for test in each.get((name, name), ()))
    enough = tuple(test for test in wanted if isinstance(test, EnoughImprovements))
    if enough:
        nothing, most = (None,) * len(tests), improvable(asked, len(tests)).most
        numbers = improvement_classes(enough, most)
        classes = tuple(answer_class(each, nothing, enough, on) for each in numbers)
        yield Question(name, name, tuple(range(len(tests))), None, nothing, enough, classes)


def _conducted_questions(tests: Sequence[TestsByQuestion], on: date) -> Iterator[Question]:
    """Return the question of who conducted the interview and how, if a criterion asks it."""
    name: Literal["conducted"] = "conducted"
    asked = dict.fromkeys(test for of_ruleset in tests for test in of_ruleset.get((name, name), ()))
    required = tuple(test for test in asked if isinstance(test, ConductedBy))
    if required:
        nothing = (None,) * len(tests)
        classes = tuple(
            answer_class(each, nothing, required, on)
            for each in conduct_classes(required, on).values()
        )
        yield Question(name, name, tuple(range(len(tests))), None, nothing, required, classes)


def _tests(ruleset: Ruleset, side: int) -> TestsByQuestion:
    """Return the tests that the criteria of a ruleset apply to single answers."""
    tests: TestsByQuestion = {}
    for criterion in ruleset.criteria:
        for requirement in simple_requirements(criterion.requirement):
            match requirement:
                case AnswerMeets(subject=subject, id=name, when=when):
                    tests.setdefault((subject, name), {})[when] = None
                case Earlier(label=label, event=event):
                    tests.setdefault(("history", f"{label} {event}"), {})[requirement] = None
                case Improvements(at_least=least):
                    enough = EnoughImprovements(side, least)
                    tests.setdefault(("improvements", "improvements"), {})[enough] = None
                case ConductedBy():
                    tests.setdefault(("conducted", "conducted"), {})[requirement] = None
                case Complete() | Floor() | ScoreReaches() | CountGraded():
                    pass  # these look at grades and points, or at whether there is an answer
                case unreachable:
                    assert_never(unreachable)
    return tests
