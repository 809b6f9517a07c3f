"""A ruleset prepared for judging many interviews."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from ecei_rules.evaluation.compiled.answers import CompiledQuestion, as_written, in_year
from ecei_rules.evaluation.compiled.criteria import marks_reader, picker, reader_of
from ecei_rules.evaluation.compiled.judgement import Judgement
from ecei_rules.evaluation.judgeable import require_judgeable
from ecei_rules.evaluation.references import catalogue_reference, ruleset_reference
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.rulesets.criteria import AnswerMeets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from typing import Any

    from ecei_rules.evaluation.assess import Evaluation
    from ecei_rules.evaluation.assessment import Finding
    from ecei_rules.evaluation.compiled.answers import Consequences
    from ecei_rules.evaluation.compiled.criteria import Reader
    from ecei_rules.evaluation.grounds import Score
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import Dimension, Fact, Indicator
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

    Remembered = Callable[[Hashable], Consequences | None]
    Learn = Callable[[Hashable, Answer | None, Interview], Consequences]
    Follow = Callable[[Answer | None, Interview], Consequences]


class Scope(NamedTuple):
    """A dimension: the places of its findings, its graded indicators, and scores by marks."""

    dimension: Dimension
    findings: slice
    pick: Callable[[Sequence[Any]], tuple[Any, ...]]
    reader: Reader | None
    scores: dict[Hashable, Score]


class CompiledRuleset:
    """
    A ruleset with the results of its interpreter that several interviews share.

    Each result is remembered by all that it depends on, and made by the interpreter where
    it is not remembered. So the interpreter alone defines the meaning, and equal results
    are mostly the same objects.
    """

    def __init__(self, ruleset: Ruleset, interpreter: type[Evaluation]) -> None:
        self.ruleset, self.interpreter = ruleset, interpreter
        catalogue = ruleset.catalogue
        self.catalogue_reference = catalogue_reference(catalogue)
        self.reference = ruleset_reference(ruleset)
        asked = catalogue.asked
        questions: list[Indicator | Fact] = [*asked.values(), *catalogue.facts_asked.values()]
        self.questions = [CompiledQuestion(ruleset, each, interpreter) for each in questions]
        self.places = {(e.subject, e.asked.id): n for n, e in enumerate(self.questions)}
        #: The places by the ids alone.
        self.place_of = {name: place for (_, name), place in self.places.items()}
        self._sort_questions()
        by_name = sorted(range(len(self.questions)), key=lambda n: self.questions[n].asked.id)
        self.pick_answers = picker([n for n in by_name if n < len(asked)])
        self.pick_facts = picker([n for n in by_name if n >= len(asked)])
        #: The breakdowns, each with the count that it divides.
        self.wholes = [
            (each.asked.id, each.asked.answer.parts_of)
            for each in self.questions
            if isinstance(each.asked.answer, Breakdown) and each.asked.answer.parts_of
        ]
        self.graded = [each.asked.id for each in self.questions if each.graded]
        self.pick_graded = self._picker_of(self.graded)
        scopes = [None, *(each.id for each in catalogue.dimensions)]
        self.criteria = sorted(ruleset.criteria, key=lambda each: scopes.index(each.dimension))
        #: The findings that follow from one answer, by the place of the question.
        self.on_answers: list[tuple[int, int, int]] = []
        self.remembered: list[tuple[int, Reader, dict[Hashable, Finding]]] = []
        self.others: list[int] = []
        for number, criterion in enumerate(self.criteria):
            requirement = criterion.requirement
            if isinstance(requirement, AnswerMeets):
                place = self.places[requirement.subject, requirement.id]
                which = self.questions[place].criteria.index(criterion)
                self.on_answers.append((number, place, which))
            elif reader := reader_of(criterion, ruleset, self.places):
                self.remembered.append((number, reader, {}))
            else:
                self.others.append(number)
        self.of_label = self._findings_of(None)
        self.scopes = [
            Scope(each, self._findings_of(each.id), self._picker_of(names), reader, {})
            for each in catalogue.dimensions
            for names in [[one.id for one in ruleset.graded(each.id)]]
            for reader in [marks_reader(names, self.places)]
        ]

        self.score_scopes = [*(each.id for each in catalogue.dimensions), None]
        graded_in_dimensions = [len(ruleset.graded(each.id)) for each in catalogue.dimensions]
        self.dimensions_are_all = sum(graded_in_dimensions) == len(self.graded)

    def judge(self, interview: Interview) -> Judgement:
        """
        Judge an interview.

        Raises:
            WrongCatalogue, InvalidAnswers: as `assess` does.
        """
        require_judgeable(interview, self.ruleset)
        return Judgement(interview, self)

    def _sort_questions(self) -> None:
        """Sort the questions by what the answers to them are remembered by."""
        #: Questions whose answers are remembered by themselves, with their places.
        self.by_answer: list[tuple[int, str, Remembered, Learn]] = []
        #: Those whose answers are remembered by keys, which a function makes.
        self.by_key: list[tuple[int, str, Callable[[Any, int], Hashable], Remembered, Learn]] = []
        #: Numbers that no finding shows: to follow a decimal takes less than to remember it.
        self.numbers: list[tuple[int, str, Remembered, Learn, Follow]] = []
        #: Those whose answers are not remembered, since they are large and few occur again.
        self.not_remembered: list[tuple[int, str, Follow]] = []
        for place, each in enumerate(self.questions):
            name, get = each.asked.id, each.remembered.get
            match each.asked.answer:
                case Count() | YesNo() | Choice() | Choices():
                    self.by_answer.append((place, name, get, each.learn))
                case Number() | Share() if not each.criteria:
                    self.numbers.append((place, name, get, each.learn, each.consequences))
                case Number() | Share():
                    self.by_key.append((place, name, as_written, get, each.learn))
                case Year():
                    self.by_key.append((place, name, in_year, get, each.learn))
                case Breakdown():
                    self.not_remembered.append((place, name, each.consequences))
                case unreachable:
                    assert_never(unreachable)

    def _picker_of(self, names: Sequence[str]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
        return picker([self.places["indicator", name] for name in names])

    def _findings_of(self, scope: str | None) -> slice:
        numbers = [n for n, each in enumerate(self.criteria) if each.dimension == scope]
        return slice(numbers[0], numbers[-1] + 1) if numbers else slice(0)
