"""One interview among the classes that its ruleset tells apart."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from ecei_rules.analysis.encoding.constraints import Statements
from ecei_rules.analysis.encoding.space import Space, encode
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.interview import Interview
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

Direction = Literal["up", "down"]


@frozen
class EncodedInterview:
    """
    An interview and its ruleset, with the class that each of its answers is in.

    What is unanswered is in a last class of its own. Facts, the history and the number
    of improvements stay as they are; indicators can move.
    """

    interview: Interview
    ruleset: Ruleset
    space: Space = field(init=False)
    statements: Statements = field(init=False)
    cells: tuple[int, ...] = field(init=False)

    @space.default
    def _open(self) -> Space:
        interview = self.interview
        history = LabelHistory(interview.history)
        made = encode((self.ruleset,), interview.conducted.on, history=history)
        return made.left_open(interview)

    @statements.default
    def _state(self) -> Statements:
        return Statements(self.space)

    @cells.default
    def _placed(self) -> tuple[int, ...]:
        placed = self.space.classes_of(self.interview, 0)
        return tuple(
            len(question.cells) - 1 if cell is None else cell
            for question, cell in zip(self.space.questions, placed, strict=True)
        )

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The questions without an answer."""
        return tuple(
            number
            for number, (question, cell) in enumerate(
                zip(self.space.questions, self.cells, strict=True)
            )
            if not question.cells[cell].answers
        )

    @property
    def completions(self) -> tuple[Mapping[int, int], ...]:
        """The classes, at no cost, that each question is in once everything is answered."""
        return tuple(
            {at: 0 for at, one in enumerate(question.cells) if one.answers}
            if not question.cells[cell].answers
            else {cell: 0}
            for question, cell in zip(self.space.questions, self.cells, strict=True)
        )

    def steps(self, number: int, direction: Direction) -> dict[int, int]:
        """
        The classes that a question can move to, with the steps there, its own first.

        Up or down by the grades of the indicator; what is not answered stands one step
        below the lowest and only goes up; what does not apply stays, and so does
        whatever is no indicator.
        """
        question, own = self.space.questions[number], self.cells[number]
        found = {own: 0}
        current = question.cells[own]
        if question.subject != "indicator" or not current.applies:
            return found
        if direction == "down" and not current.answers:
            return found
        for at, cell in enumerate(question.cells):
            if at == own or not cell.applies or not cell.answers:
                continue
            steps = self._level(number, at) - self._level(number, own)
            steps = steps if direction == "up" else -steps
            if steps >= 0:
                found[at] = max(steps, 1)
        return dict(sorted(found.items(), key=lambda each: (each[1], each[0])))

    def _level(self, number: int, cell: int) -> int:
        """How many grades of the indicator are below that of a class; -1 where unanswered."""
        question = self.space.questions[number]
        grading, grade = question.gradings[0], question.cells[cell].grades[0]
        if not question.cells[cell].answers:
            return -1
        if grading is None:
            return 0
        names = [each.grade for each in reversed(grading.grades)]
        assert grade is not None, "what applies to a graded indicator attains a grade"
        return names.index(grade)
