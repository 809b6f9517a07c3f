"""The judgement of one interview under a compiled ruleset."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from ecei_rules._version import VERSION
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.digest import interview_digest
from ecei_rules.evaluation.answer_notes import deciding_unequal_parts
from ecei_rules.evaluation.assessment import (
    AssessedDimension,
    Assessment,
    DimensionOutcome,
    LabelOutcome,
)
from ecei_rules.evaluation.compiled.answers import UNANSWERED, Consequences, remember
from ecei_rules.evaluation.grading import total_score
from ecei_rules.evaluation.outcomes import (
    days_of_label,
    dimension_outcome,
    label_basis,
    label_outcome,
)
from ecei_rules.evaluation.recommendations import most_valuable_first, reasons_of
from ecei_rules.evaluation.references import interview_reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from ecei_rules.evaluation.assess import Evaluation
    from ecei_rules.evaluation.assessment import (
        Finding,
        GradedIndicator,
        Recommendation,
        Unanswered,
    )
    from ecei_rules.evaluation.compiled.ruleset import CompiledRuleset, Scope
    from ecei_rules.evaluation.grounds import Score
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.validity import Validity


class Judgement:
    """
    The grades, the findings, the outcome, the scores and the days of an interview.

    *findings* are in the order of those of an assessment.
    """

    def __init__(self, interview: Interview, compiled: CompiledRuleset) -> None:
        self.interview, self.compiled = interview, compiled
        self.answers: dict[str, Answer] = interview.answers.as_dict()
        self.answers.update(interview.facts.as_dict())
        # in the order of the questions, as all of these are
        (
            self.marks,
            self._members,
            self.indicators,
            self._findings_on_answers,
            self._advice,
            missing,
        ) = self._look_up_answers()
        self.missing: tuple[Unanswered, ...] = (
            tuple(filter(None, missing)) if UNANSWERED in self.marks else ()
        )
        #: The scores of the dimensions, in the order of the catalogue, and of everything.
        scores = [self._score(scope) for scope in compiled.scopes]
        self.score = self._total(scores)
        self.scores = [*scores, self.score]
        self.findings = self._findings()
        self.outcome = label_outcome(self.findings)

    @property
    def graded(self) -> dict[str, GradedIndicator]:
        """The graded indicators by their ids."""
        compiled = self.compiled
        return dict(zip(compiled.graded, compiled.pick_graded(self.indicators), strict=True))

    def validity(self) -> Validity | None:
        """Return the days of the label, if it is awarded."""
        return days_of_label(self.interview, self.compiled.ruleset, self.outcome)

    def assessment(self) -> Assessment:
        """Return the whole assessment."""
        compiled, interview, findings = self.compiled, self.interview, self.findings
        outcome = self.outcome
        return Assessment(
            VERSION,
            interview_reference(interview, self._digest()),
            compiled.catalogue_reference,
            compiled.reference,
            outcome,
            label_basis(outcome, findings),
            self.score,
            [self._dimension(*each) for each in zip(compiled.scopes, self.scores, strict=False)],
            findings[compiled.of_label],
            validity=self.validity(),
            recommendations=self._recommendations(),
            unanswered=self.missing,
            unequal_parts=(
                deciding_unequal_parts(interview, outcome, findings) if self._has_unequal() else ()
            ),
        )

    def _total(self, scores: Sequence[Score]) -> Score:
        if self.compiled.dimensions_are_all:
            return total_score(scores)
        return total_score([each.score for each in self.compiled.pick_graded(self.indicators)])

    def _score(self, scope: Scope) -> Score:
        reader, scores = scope.reader, scope.scores
        key = None if reader is None else reader(self)
        score = scores.get(key)
        if score is None:
            score = total_score([each.score for each in scope.pick(self.indicators)])
            if reader is not None:
                remember(scores, key, score)
        return score

    def _digest(self) -> str:
        compiled, members = self.compiled, self._members
        answers = ",".join(filter(None, compiled.pick_answers(members)))
        facts = ",".join(filter(None, compiled.pick_facts(members)))
        return interview_digest(self.interview, answers, facts)

    def _has_unequal(self) -> bool:
        given = self.answers
        for name, whole in self.compiled.wholes:
            parts, expected = given.get(name), given.get(whole)
            if isinstance(parts, FrozenMap) and sum(parts.values()) != expected:
                return True
        return False

    def _dimension(self, scope: Scope, score: Score) -> AssessedDimension:
        findings, dimension = self.findings[scope.findings], scope.dimension
        awarded = self.outcome is LabelOutcome.AWARDED
        return AssessedDimension(
            dimension.id,
            dimension.title,
            DimensionOutcome.PASSED if awarded else dimension_outcome(findings),
            score,
            findings,
            scope.pick(self.indicators),
        )

    def _recommendations(self) -> tuple[Recommendation, ...]:
        advice = [*self._advice]
        if self.outcome is LabelOutcome.NOT_AWARDED:
            place_of, questions = self.compiled.place_of, self.compiled.questions
            marks, graded = self.marks, self.indicators
            for name, reasons in reasons_of(self.findings).items():
                place = place_of[name]
                advice[place] = questions[place].advice(marks[place], graded[place], reasons)
        return most_valuable_first(filter(None, advice))

    def _look_up_answers(self) -> Iterable[Any]:
        """Return the parts of `Consequences`, each for all questions in their order."""
        interview, compiled, get = self.interview, self.compiled, self.answers.get
        year = interview.conducted.on.year
        known: list[Any] = [None] * len(compiled.questions)
        for place, name, remembered, learn in compiled.by_answer:
            answer = get(name)
            known[place] = remembered(answer) or learn(answer, answer, interview)
        for place, name, key_of, remembered, learn in compiled.by_key:
            answer = get(name)
            key = key_of(answer, year)
            known[place] = remembered(key) or learn(key, answer, interview)
        for place, name, remembered, learn, consequences in compiled.numbers:
            answer = get(name)
            known[place] = (
                consequences(answer, interview)
                if type(answer) is Decimal
                else remembered(answer) or learn(answer, answer, interview)
            )
        for place, name, consequences in compiled.not_remembered:
            known[place] = consequences(get(name), interview)
        # some catalogues have no question
        return zip(*known, strict=True) if known else [()] * len(Consequences._fields)

    def _findings(self) -> list[Finding]:
        compiled, on_answers = self.compiled, self._findings_on_answers
        findings: list[Any] = [None] * len(compiled.criteria)
        for number, place, which in compiled.on_answers:
            findings[number] = on_answers[place][which]
        for number, reader, remembered in compiled.remembered:
            key = reader(self)
            finding = remembered.get(key)
            if finding is None:
                finding = remember(remembered, key, self._interpreted(number))
            findings[number] = finding
        for number in compiled.others:
            findings[number] = self._interpreted(number)
        return findings

    def _interpreted(self, number: int) -> Finding:
        return self._interpreter.finding(self.compiled.criteria[number])

    @cached_property
    def _interpreter(self) -> Evaluation:
        compiled = self.compiled
        totals = dict(zip(compiled.score_scopes, self.scores, strict=True))
        return compiled.interpreter(self.interview, compiled.ruleset, self.graded, totals=totals)
