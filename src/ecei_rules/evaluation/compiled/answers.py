"""What follows from the answer to one question alone, remembered by the answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from typing import NamedTuple, assert_never

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.interview_text import answer_member
from ecei_rules.evaluation.assessment import Finding, GradedIndicator, Recommendation, Unanswered
from ecei_rules.evaluation.grading import grade_indicator
from ecei_rules.evaluation.recommendations import recommend
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Indicator,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import AnswerMeets, simple_requirements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import date
    from typing import Any, TypeVar

    from ecei_rules.evaluation.assess import Evaluation
    from ecei_rules.evaluation.grounds import SubjectKind
    from ecei_rules.evaluation.recommendations import Reasons
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind, Fact
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.ruleset import Ruleset

    V = TypeVar("V")

#: The most results that one table remembers, so that a long stream takes no more memory.
MOST_REMEMBERED = 256
#: The most breakdowns that one table remembers: they are large, and few occur again.
MOST_BREAKDOWNS = 32

#: The mark of a question without an answer.
UNANSWERED = 0


class Consequences(NamedTuple):
    """
    What follows from one answer, or from its absence.

    Two answers to a question have the same *mark* if no requirement on grades, scores or
    completeness tells them apart. *member* is the answer in the canonical text of an
    interview. *findings* are those of the criteria on this answer alone, and *advice* is
    the recommendation as long as no required criterion failed on the answer.
    """

    mark: int
    member: str
    graded: GradedIndicator | None
    findings: tuple[Finding, ...]
    advice: Recommendation | None
    unanswered: Unanswered | None


class Question:
    """One question of a ruleset's catalogue, and what followed from answers to it."""

    def __init__(
        self, ruleset: Ruleset, asked: Indicator | Fact, interpreter: type[Evaluation]
    ) -> None:
        self.ruleset, self.asked, self.interpreter = ruleset, asked, interpreter
        self.key = key_function(asked.answer)
        self._most = MOST_BREAKDOWNS if isinstance(asked.answer, Breakdown) else MOST_REMEMBERED
        self.subject: SubjectKind = "indicator" if isinstance(asked, Indicator) else "fact"
        self.graded = self.subject == "indicator" and asked.id in ruleset.grading
        self.criteria = [each for each in ruleset.criteria if self._is_about(each.requirement)]
        self.depends_on_year = any(map(_depends_on_year, self._conditions()))
        self.remembered: dict[Hashable, Consequences] = {}
        self._bounds = self._bounds_of_grades()
        self._by_place: dict[int, GradedIndicator] = {}
        self._marks: dict[Hashable, int] = {}
        self._advice: dict[Hashable, Recommendation | None] = {}

    def learn(self, key: Hashable, answer: Answer | None, interview: Interview) -> Consequences:
        """Interpret an answer, and remember what follows from it."""
        asked, graded, seen = self.asked, None, None
        if self.graded:
            graded = self._grade(answer, interview.conducted.on)
            score = graded.score
            seen = graded.grade, score.low, score.high, isinstance(answer, NotApplicable)
        mark = self._marks.setdefault(seen, len(self._marks) + 1)
        member, open_question, findings = "", None, self._findings(interview)
        if answer is None:
            mark, open_question = UNANSWERED, Unanswered(self.subject, asked.id, asked.title)
        else:
            member = answer_member(asked.id, answer)
        advice = self.advice(mark, graded, None)
        consequences = Consequences(mark, member, graded, findings, advice, open_question)
        return remember(self.remembered, key, consequences, self._most)

    def advice(
        self, mark: int, graded: GradedIndicator | None, reasons: Reasons | None
    ) -> Recommendation | None:
        """Return the recommendation for an answer of a mark, on which criteria may have failed."""
        known, key = self._advice, (mark, reasons)
        if key not in known:
            known[key] = recommend(self.ruleset, self.asked, graded, reasons)
        return known[key]

    def _findings(self, interview: Interview) -> tuple[Finding, ...]:
        if not self.criteria:
            return ()
        interpreter = self.interpreter(interview, self.ruleset, {})
        return tuple([interpreter.finding(each) for each in self.criteria])

    def _grade(self, answer: Answer | None, on: date) -> GradedIndicator:
        """Grade an answer, or a number as another one that no bound tells apart from it."""
        assert isinstance(self.asked, Indicator), "indicators alone are graded"
        bounds = self._bounds
        if not bounds or not isinstance(answer, int | Decimal):
            return grade_indicator(self.ruleset, self.asked, answer, on)
        place = bisect_left(bounds, answer) + bisect_right(bounds, answer)
        alike = self._by_place.get(place)
        if alike is None:
            alike = self._by_place[place] = grade_indicator(self.ruleset, self.asked, answer, on)
        return GradedIndicator(
            alike.indicator,
            alike.title,
            alike.score,
            answer=answer,
            grade=alike.grade,
            basis=alike.basis,
        )

    def _bounds_of_grades(self) -> list[Decimal]:
        """Return the bounds between grades, if grades depend on the size of a number alone."""
        thresholds = [
            each for condition in self._conditions_of_grades() for each in _thresholds(condition)
        ]
        if any(each.measure != "value" for each in thresholds):
            return []
        return sorted({each.bound for each in thresholds})

    def _is_about(self, requirement: object) -> bool:
        return isinstance(requirement, AnswerMeets) and (requirement.subject, requirement.id) == (
            self.subject,
            self.asked.id,
        )

    def _conditions_of_grades(self) -> list[Condition]:
        grades = self.ruleset.grading[self.asked.id].grades if self.graded else ()
        return [each.when for each in grades if each.when]

    def _conditions(self) -> list[Condition]:
        parts = (
            part
            for criterion in self.ruleset.criteria
            for part in simple_requirements(criterion.requirement)
            if isinstance(part, AnswerMeets) and self._is_about(part)
        )
        return [*self._conditions_of_grades(), *(part.when for part in parts)]


def key_function(kind: AnswerKind) -> Callable[[Any], Hashable] | None:
    """
    Return a function from an answer of a kind to what it is remembered by; `None` for itself.

    Equal numbers and equal breakdowns can be written in different ways.
    """
    match kind:
        case Number() | Share():
            return repr
        case Breakdown():
            return _in_its_order
        case Count() | YesNo() | Choice() | Choices() | Year():
            return None
        case unreachable:
            assert_never(unreachable)


def _in_its_order(answer: Answer | None) -> Hashable:
    return tuple(answer.items()) if isinstance(answer, FrozenMap) else answer


def remember(table: dict[Hashable, V], key: Hashable, value: V, most: int = MOST_REMEMBERED) -> V:
    """Put a value into a table, which is emptied when it is full."""
    if len(table) >= most:
        table.clear()
    table[key] = value
    return value


def _depends_on_year(condition: Condition) -> bool:
    return any(each.measure == "years_ago" for each in _thresholds(condition))


def _thresholds(condition: Condition) -> list[Threshold]:
    match condition:
        case Threshold():
            return [condition]
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return [each for part in parts for each in _thresholds(part)]
        case OneOf() | Includes():
            return []
        case unreachable:
            assert_never(unreachable)
