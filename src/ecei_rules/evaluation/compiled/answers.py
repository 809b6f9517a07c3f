"""What follows from the answer to one question alone, remembered by the answer."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from attrs import evolve

from ecei_rules.diagnostics.json_text import json_string
from ecei_rules.documents.interview_text import answer_text
from ecei_rules.evaluation.assessment import Finding, GradedIndicator, Recommendation, Unanswered
from ecei_rules.evaluation.compiled.levels import level_function
from ecei_rules.evaluation.compiled.writing import indicator_text
from ecei_rules.evaluation.grading import grade_indicator
from ecei_rules.evaluation.recommendations import recommend
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Indicator
from ecei_rules.rulesets.criteria import AnswerMeets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date
    from typing import TypeVar

    from ecei_rules.evaluation.assess import Evaluation
    from ecei_rules.evaluation.grounds import SubjectKind
    from ecei_rules.evaluation.recommendations import Reasons
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import Fact
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

    V = TypeVar("V")

#: The most results that one table remembers, so that a long stream takes no more memory.
MOST_REMEMBERED = 256

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


class Level(NamedTuple):
    """
    What answers of the same grade have in common.

    *graded* is the indicator with one of these answers, and *text* the canonical text of
    it after the answer.
    """

    mark: int
    graded: GradedIndicator | None
    text: str
    advice: Recommendation | None


class CompiledQuestion:
    """One question of a ruleset's catalogue, and what followed from answers to it."""

    def __init__(
        self, ruleset: Ruleset, asked: Indicator | Fact, interpreter: type[Evaluation]
    ) -> None:
        self.ruleset, self.asked, self.interpreter = ruleset, asked, interpreter
        self.subject: SubjectKind = "indicator" if isinstance(asked, Indicator) else "fact"
        self.graded = self.subject == "indicator" and asked.id in ruleset.grading
        self.criteria = [each for each in ruleset.criteria if self._is_about(each.requirement)]
        self.remembered: dict[Hashable, Consequences] = {}
        self._level = level_function(ruleset.grading[asked.id].grades if self.graded else ())
        self._levels: dict[Hashable, Level] = {}
        self._marks: dict[Hashable, int] = {}
        self._next_mark = count(UNANSWERED + 1)
        self._advice: dict[Hashable, Recommendation | None] = {}
        self._name = json_string(asked.id)

    def learn(self, key: Hashable, answer: Answer | None, interview: Interview) -> Consequences:
        """Find out what follows from an answer, and remember it."""
        return remember(self.remembered, key, self.consequences(answer, interview))

    def consequences(self, answer: Answer | None, interview: Interview) -> Consequences:
        """Return what follows from an answer."""
        asked, on = self.asked, interview.conducted.on
        findings = self._findings(interview) if self.criteria else ()
        if answer is None:
            _, graded, _, advice = self._new_level(answer, on)
            missing = Unanswered(self.subject, asked.id, asked.title)
            return Consequences(UNANSWERED, "", graded, findings, advice, missing)
        number: Hashable = None if isinstance(answer, NotApplicable) else self._level(answer, on)
        level = self._levels.get(number)
        if level is None:
            level = self._levels[number] = self._new_level(answer, on)
        mark, graded, rest, advice = level
        text = answer_text(answer)
        if graded is not None:
            graded = GradedIndicator(
                graded.indicator,
                graded.title,
                graded.score,
                answer=answer,
                grade=graded.grade,
                basis=graded.basis,
            )
            object.__setattr__(graded, "canonical_text", f'{{"answer":{text},{rest}')
        return Consequences(mark, f"{self._name}:{text}", graded, findings, advice, None)

    def advice(
        self, mark: int, graded: GradedIndicator | None, reasons: Reasons | None
    ) -> Recommendation | None:
        """Return the recommendation for an answer of a mark, on which criteria may have failed."""
        known, key = self._advice, (mark, reasons)
        if key not in known:
            known[key] = recommend(self.ruleset, self.asked, graded, reasons)
        return known[key]

    def _findings(self, interview: Interview) -> tuple[Finding, ...]:
        interpreter = self.interpreter(interview, self.ruleset, {})
        return tuple([interpreter.finding(each) for each in self.criteria])

    def _new_level(self, answer: Answer | None, on: date) -> Level:
        graded, seen, text = None, None, ""
        if self.graded:
            assert isinstance(self.asked, Indicator), "indicators alone are graded"
            graded = grade_indicator(self.ruleset, self.asked, answer, on)
            score = graded.score
            seen = graded.grade, score.low, score.high, isinstance(answer, NotApplicable)
            text = indicator_text(evolve(graded, answer=None))[1:]
        mark = UNANSWERED if answer is None else self.mark_of(seen)
        return Level(mark, graded, text, self.advice(mark, graded, None))

    def mark_of(self, seen: Hashable) -> int:
        """Return the mark of what requirements see of an answer, also if two threads meet here."""
        return self._marks.setdefault(seen, next(self._next_mark))

    def _is_about(self, requirement: object) -> bool:
        return isinstance(requirement, AnswerMeets) and (requirement.subject, requirement.id) == (
            self.subject,
            self.asked.id,
        )


def as_written(answer: Answer | None, _year: int) -> Hashable:
    """Tell equal numbers apart that are written in different ways, such as 18 and 18.0."""
    return answer if type(answer) is int else repr(answer)


def in_year(answer: Answer | None, year: int) -> Hashable:
    """Tell answers apart that are an age in another year."""
    return answer, year


def remember(table: dict[Hashable, V], key: Hashable, value: V) -> V:
    """Put a value into a table, which is emptied when it is full."""
    if len(table) >= MOST_REMEMBERED:
        table.clear()
    table[key] = value
    return value
