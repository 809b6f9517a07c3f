"""The interviews that some rulesets can tell apart, as classes of answers to questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias, assert_never

from attrs import evolve, field, frozen

from ecei_rules.analysis.encoding.answer_classes import classes
from ecei_rules.analysis.encoding.history_classes import history_classes
from ecei_rules.interviews.answer_kinds import intersection
from ecei_rules.interviews.answers import Answer, NotApplicable, answer_problems
from ecei_rules.interviews.catalogue import AnswerKind
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.rulesets.conditions import Condition, Truth, evaluate_condition
from ecei_rules.rulesets.criteria import AnswerMeets, Earlier, Improvements, simple_requirements
from ecei_rules.rulesets.ruleset import Grading, Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.interviews.interview import Interview

Subject = Literal["indicator", "fact", "history", "improvements"]
#: What is said to a question: an answer, a history, or how many improvements there are.
Said: TypeAlias = Answer | LabelHistory
#: What a ruleset asks of one answer, apart from its grade.
Test: TypeAlias = Condition | Earlier | Improvements

NOT_APPLICABLE = NotApplicable("does not apply")


@frozen
class AnswerClass:
    """
    Answers to one question that no ruleset of a space tells apart.

    *grades* and *points* are what they earn under each ruleset, `None` and 0 where it
    grades nothing; *truths* are those of the question's tests, none where it does not
    apply. A cell without answers is that of what stays unanswered: it earns nothing and
    meets nothing.
    """

    answers: tuple[Said, ...] = field(converter=tuple[Said, ...])
    grades: tuple[str | None, ...] = ()
    points: tuple[int, ...] = ()
    truths: tuple[bool, ...] = ()

    @property
    def applies(self) -> bool:
        """Whether the indicator applies."""
        return not (self.answers and isinstance(self.answers[0], NotApplicable))


@frozen
class Question:
    """
    One thing that an interview says, with its classes in a fixed order.

    *sides* are the rulesets whose catalogue asks it, *kind* is that of the answers that
    fit all of them, `None` where it is no indicator or fact. A history is one question for each
    kind of event, named as `bronze benchmarked`.
    """

    subject: Subject
    id: str
    sides: tuple[int, ...]
    kind: AnswerKind | None
    gradings: tuple[Grading | None, ...]
    tests: tuple[Test, ...]
    cells: tuple[AnswerClass, ...]

    @property
    def key(self) -> str:
        """A name that no other question of its space has."""
        own = "" if len(self.sides) == len(self.gradings) else f"/{self.sides[0]}"
        return f"{self.subject}/{self.id}{own}"

    def where(self, test: Test, *, holds: bool) -> int:
        """The classes, as a set of bits, on which a test holds, or on which it fails."""
        at = self.tests.index(test)
        return sum(
            1 << number
            for number, cell in enumerate(self.cells)
            if cell.applies and cell.truths[at] is holds
        )


@frozen
class Space:
    """
    The classes of complete interviews of one day that one or two rulesets tell apart.

    A question is one of both rulesets where both catalogues ask it under one id and
    some answers fit both; then only these answers are in it.
    """

    rulesets: tuple[Ruleset, ...]
    on: date
    questions: tuple[Question, ...]
    _index: Mapping[tuple[Subject, str, int], int] = field(init=False, eq=False, repr=False)

    @_index.default
    def _numbers(self) -> Mapping[tuple[Subject, str, int], int]:
        return {
            (each.subject, each.id, side): number
            for number, each in enumerate(self.questions)
            for side in each.sides
        }

    @property
    def improvable(self) -> tuple[str, ...]:
        """The indicators that every catalogue asks in a common way."""
        everyone = len(self.rulesets)
        return tuple(
            each.id
            for each in self.questions
            if each.subject == "indicator" and len(each.sides) == everyone
        )

    def left_open(self, interview: Interview) -> Space:
        """The space with a further, last class for each answer that an interview lacks."""
        placed = self.classes_of(interview, 0)
        return evolve(
            self,
            questions=tuple(
                each if cell is not None else evolve(each, cells=(*each.cells, _unanswered(each)))
                for each, cell in zip(self.questions, placed, strict=True)
            ),
        )

    def number(self, subject: Subject, name: str, side: int) -> int:
        """The number of a question that a ruleset's catalogue asks."""
        return self._index[subject, name, side]

    def classes_of(self, interview: Interview, side: int) -> tuple[int | None, ...]:
        """
        The class of each answer of an interview held with a ruleset's catalogue.

        `None` for what is unanswered, for what that catalogue does not ask, and for an
        answer that the other catalogue does not allow.
        """
        return tuple(
            self._cell(each, interview) if side in each.sides else None for each in self.questions
        )

    def _cell(self, question: Question, interview: Interview) -> int | None:
        given = answer_in(interview, question)
        if question.subject == "improvements":
            given = len(
                {e.indicator for e in interview.improvements if e.confirmed} & {*self.improvable}
            )
        if given is None or not _fits(given, question):
            return None
        wanted = _cell_of(given, question.gradings, question.tests, self.on)
        signature = (wanted.applies, wanted.grades, wanted.truths)
        for number, cell in enumerate(question.cells):
            if (cell.applies, cell.grades, cell.truths) == signature:
                return number
        return None


def _fits(given: Said, question: Question) -> bool:
    """Whether what was said is of the kind that is common to all who ask."""
    if question.kind is None or isinstance(given, NotApplicable | LabelHistory):
        return True
    return not any(answer_problems(given, question.kind, ""))


def _unanswered(question: Question) -> AnswerClass:
    sides = len(question.gradings)
    return AnswerClass((), (None,) * sides, (0,) * sides, (False,) * len(question.tests))


def answer_in(interview: Interview, question: Question) -> Said | None:
    """What an interview says to a question, `None` where it is unanswered."""
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
    The space of one ruleset, or the common one of two, for interviews held on a day.

    With a *history* it is that of the interviews which have just this one.

    Raises:
        BeyondMethod: the answers to a question cannot be cut exactly.
    """
    tests = [_tests(each) for each in rulesets]
    found = [
        *_asked("indicator", [r.catalogue.asked for r in rulesets], rulesets, tests, on),
        *_asked("fact", [r.catalogue.facts_asked for r in rulesets], rulesets, tests, on),
    ]
    sides = tuple(range(len(rulesets)))
    nothing = (None,) * len(rulesets)
    streams: dict[str, dict[Test, None]] = {}
    counts: dict[Test, None] = {}
    for each in tests:
        for (subject, name), of_one in each.items():
            if subject == "history":
                streams.setdefault(name, {}).update(of_one)
            elif subject == "improvements":
                counts.update(of_one)
    for name, asked in streams.items():
        earlier = tuple(each for each in asked if isinstance(each, Earlier))
        own = (
            [LabelHistory(each.events) for each in history_classes(earlier, on)]
            if history is None
            else [history]
        )
        cells = tuple(_cell_of(each, nothing, earlier, on) for each in own)
        found.append(Question("history", name, sides, None, nothing, earlier, cells))
    if counts:
        shared = [q for q in found if q.subject == "indicator" and q.sides == sides]
        cells = _cells(range(len(shared) + 1), nothing, tuple(counts), on)
        of_counts = tuple(counts)
        found.append(
            Question("improvements", "improvements", sides, None, nothing, of_counts, cells)
        )
    return Space(tuple(rulesets), on, tuple(found))


def _asked(
    subject: Literal["indicator", "fact"],
    asked: Sequence[Mapping[str, Indicator] | Mapping[str, Fact]],
    rulesets: Sequence[Ruleset],
    tests: Sequence[Mapping[tuple[Subject, str], Iterable[Test]]],
    on: date,
) -> Iterator[Question]:
    for name in dict.fromkeys(name for each in asked for name in each):
        entries = {side: each[name] for side, each in enumerate(asked) if name in each}
        common = intersection([each.answer for each in entries.values()])
        for sides in [tuple(entries)] if common is not None else [(each,) for each in entries]:
            kind = common if common is not None else entries[sides[0]].answer
            gradings = tuple(
                each.grading.get(name) if subject == "indicator" and side in sides else None
                for side, each in enumerate(rulesets)
            )
            held = tuple(
                dict.fromkeys(t for side in sides for t in tests[side].get((subject, name), ()))
            )
            cells = _answer_cells(kind, gradings, held, on)
            if all(getattr(entries[side], "not_applicable", False) for side in sides):
                cells = (*cells, _cell_of(NOT_APPLICABLE, gradings, held, on))
            yield Question(subject, name, sides, kind, gradings, held, cells)


def _answer_cells(
    kind: AnswerKind, gradings: Sequence[Grading | None], tests: tuple[Test, ...], on: date
) -> tuple[AnswerClass, ...]:
    whens = [
        grade.when
        for each in gradings
        if each is not None
        for grade in each.grades
        if grade.when is not None
    ]
    conditions = dict.fromkeys(
        [*whens, *(t for t in tests if not isinstance(t, Earlier | Improvements))]
    )
    answers = [answer for each in classes(kind, conditions, on) for answer in each.answers]
    return _cells(answers, gradings, tests, on)


def _cells(
    given: Iterable[Said], gradings: Sequence[Grading | None], tests: tuple[Test, ...], on: date
) -> tuple[AnswerClass, ...]:
    """Cells of what is given, in its order, those that nothing tells apart made one."""
    found: dict[object, AnswerClass] = {}
    for each in given:
        cell = _cell_of(each, gradings, tests, on)
        key = (cell.grades, cell.truths)
        if key in found:
            cell = AnswerClass((*found[key].answers, each), cell.grades, cell.points, cell.truths)
        found[key] = cell
    return tuple(found.values())


def _cell_of(
    given: Said, gradings: Sequence[Grading | None], tests: Sequence[Test], on: date
) -> AnswerClass:
    if isinstance(given, NotApplicable):
        earned = tuple(g.weight * g.not_applicable_points if g else 0 for g in gradings)
        return AnswerClass([given], (None,) * len(gradings), earned)
    truths = tuple(_holds(test, given, on) for test in tests)
    if isinstance(given, LabelHistory):
        return AnswerClass([given], (None,) * len(gradings), (0,) * len(gradings), truths)
    attained = [grading.grade_of(given, on) if grading else None for grading in gradings]
    earned = tuple(
        grading.weight * grade.points if grading and grade else 0
        for grading, grade in zip(gradings, attained, strict=True)
    )
    return AnswerClass(
        [given], tuple(each.grade if each else None for each in attained), earned, truths
    )


def _holds(test: Test, given: Said, on: date) -> bool:
    match test:
        case Earlier():
            assert isinstance(given, LabelHistory), "a history has events"
            return bool(test.matching_days(given.events, on)[0])
        case Improvements(at_least=least):
            assert isinstance(given, int), "improvements are counted"
            return given >= least
        case _:
            assert not isinstance(given, LabelHistory), "a condition looks at an answer"
            return evaluate_condition(test, given, on).truth is Truth.HOLDS


def _tests(ruleset: Ruleset) -> dict[tuple[Subject, str], dict[Test, None]]:
    """What the criteria of a ruleset ask of single answers, by question."""
    found: dict[tuple[Subject, str], dict[Test, None]] = {}
    for criterion in ruleset.criteria:
        for each in simple_requirements(criterion.requirement):
            match each:
                case AnswerMeets(subject=subject, id=name, when=when):
                    found.setdefault((subject, name), {})[when] = None
                case Earlier(label=label, event=event):
                    found.setdefault(("history", f"{label} {event}"), {})[each] = None
                case Improvements():
                    found.setdefault(("improvements", "improvements"), {})[each] = None
                case _:
                    continue
    return found
