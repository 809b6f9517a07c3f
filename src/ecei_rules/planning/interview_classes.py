"""One interview encoded in the space of its ruleset."""

from __future__ import annotations

from operator import itemgetter
from typing import Literal

from attrs import field, frozen

from ecei_rules.analysis.encoding.constraints import Constraints
from ecei_rules.analysis.encoding.preference import best_first
from ecei_rules.analysis.encoding.space import Space, encode
from ecei_rules.analysis.solver.numbers import ClassNumber, Cost, QuestionNumber
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.interview import Interview
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecei_rules.analysis.encoding.question import Question

Direction = Literal["up", "down"]


@frozen
class EncodedInterview:
    """
    An interview and its ruleset, with the class of each answer.

    An unanswered question is in a last class of its own. Facts, the history, the number
    of improvements, the experts and the mode are fixed; indicators can move
    (docs/semantics.md, 10.1).
    """

    interview: Interview
    ruleset: Ruleset
    space: Space = field(init=False)
    constraints: Constraints = field(init=False)
    classes: tuple[ClassNumber, ...] = field(init=False)

    @space.default
    def _encode(self) -> Space:
        interview = self.interview
        history = LabelHistory(interview.history)
        space = encode((self.ruleset,), interview.conducted.on, history=history)
        return space.with_unanswered_classes(interview)

    @constraints.default
    def _constrain(self) -> Constraints:
        return Constraints(self.space)

    @classes.default
    def _classes_of_answers(self) -> tuple[ClassNumber, ...]:
        return tuple(
            ClassNumber(len(question.classes) - 1) if number is None else number
            for question, number in zip(
                self.space.questions, self.space.classes_of(self.interview, 0), strict=True
            )
        )

    def questions(self) -> Iterator[tuple[QuestionNumber, Question, ClassNumber]]:
        """Return each question with its number and the class of the interview's answer."""
        for number, question in enumerate(self.space.questions):
            yield QuestionNumber(number), question, self.classes[number]

    @property
    def unanswered(self) -> tuple[QuestionNumber, ...]:
        """The questions without an answer."""
        return tuple(
            number
            for number, question, own in self.questions()
            if not question.classes[own].answers
        )

    @property
    def completions(self) -> tuple[Mapping[ClassNumber, Cost], ...]:
        """The possible classes of each question once all are answered, at no cost."""
        return tuple(
            dict.fromkeys(
                [own] if question.classes[own].answers else self._possible(question), Cost(0)
            )
            for _, question, own in self.questions()
        )

    def _possible(self, question: Question) -> Iterator[ClassNumber]:
        """Yield the classes that an unanswered question can have once it is answered."""
        if question.subject == "conducted":
            possible = self.space.conducts(question, self.interview, 0)
            yield from (self.space.class_with(question, truths) for truths in possible)
            return
        for at, answer_class in enumerate(question.classes):
            if answer_class.answers:
                yield ClassNumber(at)

    def steps(self, number: QuestionNumber, direction: Direction) -> dict[ClassNumber, int]:
        """
        Return the classes that a question can move to, with the steps there, its own first.

        It moves up or down by the grades of the indicator. An unanswered indicator is one
        step below the lowest grade and only goes up. An indicator that does not apply
        stays, and so does a question that is no indicator. One that nobody can improve
        stays too, but that an unanswered one can be answered, with no better grade than
        the lowest assumed. The nearest grade comes first, and of one grade the better
        class. Source: docs/semantics.md, 9.6, 10.1, 10.4 and 10.7.
        """
        question, own = self.space.questions[number], self.classes[number]
        current = question.classes[own]
        if question.subject != "indicator" or not current.applies:
            return {own: 0}
        fixed = not self.ruleset.catalogue.asked[question.id].improvable
        if (fixed and current.answers) or (direction == "down" and not current.answers):
            return {own: 0}
        grades_apart: dict[ClassNumber, int] = {}
        for at in best_first(question, self.space.rulesets):
            target = question.classes[at]
            if at == own or not target.applies or not target.answers:
                continue
            apart = self._level(question, at) - self._level(question, own)
            apart = apart if direction == "up" else -apart
            if apart >= 0 and not (fixed and apart > 1):
                grades_apart[at] = apart
        nearest_first = sorted(grades_apart.items(), key=itemgetter(1))
        return {own: 0} | {at: max(apart, 1) for at, apart in nearest_first}

    def _level(self, question: Question, at: int) -> int:
        """Return how many grades of an indicator are below that of a class; unanswered: -1."""
        grading, of_answers = question.gradings[0], question.classes[at]
        if not of_answers.answers:
            return -1
        if grading is None:
            return 0
        names = [each.grade for each in reversed(grading.grades)]
        grade = of_answers.grades[0]
        assert grade is not None, "an answer to a graded indicator attains a grade"
        return names.index(grade)
