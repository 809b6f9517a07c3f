"""Assessing one interview under one ruleset."""

from __future__ import annotations

from typing import assert_never

from attrs import asdict

from ecei_rules._version import VERSION
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.identity_cache import cached_by_identity
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.answer_notes import deciding_unequal_parts, unanswered
from ecei_rules.evaluation.assessment import (
    AssessedDimension,
    Assessment,
    Finding,
    GradedIndicator,
)
from ecei_rules.evaluation.compiled.ruleset import CompiledRuleset
from ecei_rules.evaluation.deciding import grading_basis
from ecei_rules.evaluation.grading import graded_indicators, total_score
from ecei_rules.evaluation.grounds import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    ConductedHeld,
    GradesHeld,
    Grounds,
    HistoryHeld,
    ImprovementsHeld,
    Outcome,
    Score,
    ScoreHeld,
)
from ecei_rules.evaluation.judgeable import require_judgeable, require_same_catalogue
from ecei_rules.evaluation.outcomes import (
    combined_outcome,
    days_of_label,
    dimension_outcome,
    label_basis,
    label_outcome,
)
from ecei_rules.evaluation.recommendations import recommendations
from ecei_rules.evaluation.references import (
    catalogue_reference,
    interview_reference,
    ruleset_reference,
)
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.interview import count_experts
from ecei_rules.interviews.provenance import ORDER, Basis, weakest
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import Truth, evaluate_condition
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecei_rules.evaluation.compiled.judgement import Judgement
    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.criteria import Criterion
    from ecei_rules.rulesets.ruleset import Ruleset

_OUTCOME = {
    Truth.HOLDS: Outcome.MET,
    Truth.FAILS: Outcome.NOT_MET,
    Truth.UNKNOWN: Outcome.UNDETERMINED,
}


def assess(interview: Interview, ruleset: Ruleset) -> Assessment:
    """
    Assess an interview under a ruleset.

    Missing answers never make it fail: they leave outcomes open, and answering them
    overturns nothing that is settled. No day enters but those of the interview, so an
    interview of 2014 under the ruleset in force in 2014 has the same result for ever.
    Source: docs/semantics.md, 2.13, 4.11 and 7.1 to 7.3.

    >>> from datetime import date
    >>> import ecei_rules as er
    >>> from ecei_rules.interviews.history import Cluster
    >>> from ecei_rules.interviews.interview import Conducted
    >>> bronze = er.shipped().ruleset("bronze", version="2019-11")
    >>> nothing_answered = er.Interview(
    ...     bronze.catalogue, Cluster("Example", "IT"), Conducted(date(2024, 3, 18)), {}
    ... )
    >>> assess(nothing_answered, bronze).outcome.value
    'undetermined'

    Raises:
        WrongCatalogue: the interview was held with another edition of a catalogue
            than the ruleset judges.
        InvalidAnswers: an answer does not fit its question (`check_interview`), which only
            an interview made in Python can have.
    """
    return _remembering(ruleset).judge(interview).assessment()


def assess_plainly(interview: Interview, ruleset: Ruleset) -> Assessment:
    """
    Assess an interview under a ruleset by the plain interpreter, which remembers nothing.

    This defines the meaning of `assess`, which takes a fraction of the time.

    Raises:
        WrongCatalogue, InvalidAnswers: as `assess` does.
    """
    require_judgeable(interview, ruleset)
    evaluation = Evaluation(interview, ruleset, graded_indicators(interview, ruleset))
    by_scope = evaluation.findings_by_scope()
    findings = [finding for findings in by_scope.values() for finding in findings]
    dimensions = tuple(
        AssessedDimension(
            dimension.id,
            dimension.title,
            dimension_outcome(by_scope[dimension.id]),
            evaluation.total(dimension.id),
            by_scope[dimension.id],
            tuple(evaluation.graded[each.id] for each in ruleset.graded(dimension.id)),
        )
        for dimension in ruleset.catalogue.dimensions
    )
    outcome = label_outcome(findings)
    return Assessment(
        VERSION,
        interview_reference(interview, digest(interview)),
        catalogue_reference(ruleset.catalogue),
        ruleset_reference(ruleset),
        outcome,
        label_basis(outcome, findings),
        evaluation.total(None),
        dimensions,
        by_scope[None],
        validity=days_of_label(interview, ruleset, outcome),
        recommendations=recommendations(ruleset, evaluation.graded, findings),
        unanswered=unanswered(interview),
        unequal_parts=deciding_unequal_parts(interview, outcome, findings),
    )


def judge(interview: Interview, ruleset: Ruleset) -> Judgement:
    """
    Return the grades, the findings, the outcome, the scores and the days of an interview.

    They are those of `assess`, without the work for the rest of an assessment.

    Raises:
        WrongCatalogue, InvalidAnswers: as `assess` does.
    """
    return _remembering(ruleset).judge(interview)


def findings_with_placeholders(interview: Interview, ruleset: Ruleset) -> list[Finding]:
    """
    Return the findings on an interview in which placeholders fill some answers.

    They are those of `assess`, which would refuse a placeholder that its question does not allow.
    """
    require_same_catalogue(interview, ruleset)
    evaluation = Evaluation(interview, ruleset, graded_indicators(interview, ruleset))
    by_scope = evaluation.findings_by_scope()
    return [finding for findings in by_scope.values() for finding in findings]


def evaluate(criterion: Criterion, interview: Interview, ruleset: Ruleset) -> Finding:
    """
    Evaluate one criterion on an interview.

    The criterion need not be part of the ruleset, so an author can try one out before
    adding it; the ruleset gives the grades and points. Source: docs/semantics.md, 2.11.

    Raises:
        WrongCatalogue, InvalidAnswers: as `assess` does.
    """
    require_judgeable(interview, ruleset)
    evaluation = Evaluation(interview, ruleset, graded_indicators(interview, ruleset))
    return evaluation.finding(criterion)


@cached_by_identity
def _remembering(ruleset: Ruleset) -> CompiledRuleset:
    return CompiledRuleset(ruleset, Evaluation)


class Evaluation:
    """
    The plain interpreter: one interview under one ruleset, with its graded indicators.

    *totals* are scores that are known already, by scope.
    """

    def __init__(
        self,
        interview: Interview,
        ruleset: Ruleset,
        graded: Mapping[str, GradedIndicator],
        *,
        totals: Mapping[str | None, Score] = FrozenMap(),
    ) -> None:
        self.interview = interview
        self.ruleset = ruleset
        self.graded = graded
        self.totals = totals

    def findings_by_scope(self) -> dict[str | None, list[Finding]]:
        """Return the findings for the label, then those of each dimension."""
        scopes = (None, *(each.id for each in self.ruleset.catalogue.dimensions))
        findings: dict[str | None, list[Finding]] = {scope: [] for scope in scopes}
        for criterion in self.ruleset.criteria:
            findings[criterion.dimension].append(self.finding(criterion))
        return findings

    def total(self, scope: str | None) -> Score:
        """Return the score of one dimension, or of everything."""
        known = self.totals.get(scope)
        if known is not None:
            return known
        return total_score([self.graded[each.id].score for each in self.ruleset.graded(scope)])

    def finding(self, criterion: Criterion) -> Finding:
        """Return the outcome of a criterion, its grounds and its basis."""
        grounds = self._grounds(criterion.requirement, criterion.dimension)
        provenance = criterion.provenance
        basis = provenance.status
        if basis is not ORDER[-1]:  # docs/semantics.md, 4.5
            basis = weakest([basis, grading_basis(grounds, self.graded)])
        return Finding(
            criterion.id,
            criterion.severity,
            grounds.outcome,
            basis,
            grounds,
            title=criterion.title,
            one_page=provenance.one_page and basis is Basis.DOCUMENTED,
        )

    def _grounds(self, requirement: Requirement, scope: str | None) -> Grounds:
        """Evaluate one requirement (docs/semantics.md, 2.11 and 3.4)."""
        match requirement:
            case Complete():
                return self._completeness(scope)
            case AnswerMeets():
                return self._answer(requirement)
            case Floor(indicators=names, grade=grade):
                return self._floor(names, grade)
            case CountGraded(at_least=minimum, grade=grade):
                return self._count(self.ruleset.grades_in(requirement, scope), grade, minimum)
            case ScoreReaches():
                return self._score(requirement, scope)
            case Earlier():
                return self._history(requirement)
            case Improvements(at_least=minimum):
                confirmed = dict.fromkeys(
                    improvement.indicator
                    for improvement in self.interview.improvements
                    if improvement.confirmed
                )
                outcome = _met_or_not(met=len(confirmed) >= minimum)
                return ImprovementsHeld(outcome, minimum, confirmed)
            case ConductedBy():
                return self._conducted(requirement)
            case EveryRequirement(parts=parts):
                grounds = tuple(self._grounds(part, scope) for part in parts)
                return CombinationHeld(combined_outcome("every", grounds), "every", grounds)
            case SomeRequirement(parts=parts):
                grounds = tuple(self._grounds(part, scope) for part in parts)
                return CombinationHeld(combined_outcome("some", grounds), "some", grounds)
            case unreachable:
                assert_never(unreachable)

    def _completeness(self, scope: str | None) -> Completeness:
        """*Not applicable* counts as answered (docs/semantics.md, 3.2)."""
        asked = [each.id for each in self.ruleset.catalogue.within(scope)]
        missing = [name for name in asked if name not in self.interview.answers]
        answered = [name for name in asked if name in self.interview.answers]
        return Completeness(Outcome.UNDETERMINED if missing else Outcome.MET, answered, missing)

    def _answer(self, requirement: AnswerMeets) -> AnswerHeld:
        subject, name = requirement.subject, requirement.id
        catalogue, interview = self.interview.catalogue, self.interview
        asked: Indicator | Fact
        if subject == "indicator":
            asked, answer = catalogue.asked[name], interview.answers.get(name)
        else:
            asked, answer = catalogue.facts_asked[name], interview.facts.get(name)
        if isinstance(answer, NotApplicable):
            outcome, evidence = Outcome.NOT_APPLICABLE, None
        else:
            evidence = evaluate_condition(requirement.when, answer, interview.conducted.on)
            outcome = _OUTCOME[evidence.truth]
        return AnswerHeld(
            outcome,
            subject,
            name,
            asked.title,
            unit=getattr(asked.answer, "unit", None),
            answer=answer,
            evidence=evidence,
        )

    def _floor(self, names: Sequence[str], grade: str) -> GradesHeld:
        left_aside = [n for n in names if isinstance(self.graded[n].answer, NotApplicable)]
        applicable = [name for name in names if name not in left_aside]
        if not applicable:
            return GradesHeld(Outcome.NOT_APPLICABLE, grade, 0, [], [], [], left_aside=left_aside)
        return self._count(applicable, grade, len(applicable), left_aside)

    def _count(
        self, names: Sequence[str], grade: str, minimum: int, left_aside: Sequence[str] = ()
    ) -> GradesHeld:
        attained, below, still_open = [], [], []
        high_enough = self.ruleset.scale[self.ruleset.rank(grade) :]
        for name in names:
            indicator = self.graded[name]
            if indicator.answer is None:
                still_open.append(name)
            elif indicator.grade in high_enough:
                attained.append(name)
            else:
                below.append(name)
        if len(attained) >= minimum:
            outcome = Outcome.MET
        elif len(attained) + len(still_open) >= minimum:
            outcome = Outcome.UNDETERMINED
        else:
            outcome = Outcome.NOT_MET
        return GradesHeld(
            outcome, grade, minimum, attained, below, still_open, left_aside=left_aside
        )

    def _score(self, requirement: ScoreReaches, scope: str | None) -> ScoreHeld:
        """Compare both ends of the score, as fractions (docs/semantics.md, 1.3 and 2.10)."""
        total = self.total(scope)
        indicators = [self.graded[each.id] for each in self.ruleset.graded(scope)]
        if requirement.reached_by(total.low, total.maximum):
            outcome = Outcome.MET
            deciding = [each.indicator for each in indicators if each.score.low > 0]
        elif not requirement.reached_by(total.high, total.maximum):
            outcome = Outcome.NOT_MET
            lost = (each for each in indicators if each.score.high < each.score.maximum)
            deciding = [each.indicator for each in lost]
        else:
            outcome = Outcome.UNDETERMINED
            deciding = [each.indicator for each in indicators if each.answer is None]
        return ScoreHeld(outcome, total, requirement.at_least, requirement.unit, deciding)

    def _history(self, requirement: Earlier) -> HistoryHeld:
        history, on = self.interview.history, self.interview.conducted.on
        matching, days = requirement.matching_days(history, on)
        return HistoryHeld(
            _met_or_not(met=bool(matching)),
            days=sorted(matching),
            other_days=[day for day in days if day not in matching],
            last_award=requirement.last_award(history, on),
            **asdict(requirement),
        )

    def _conducted(self, requirement: ConductedBy) -> ConductedHeld:
        conducted, role = self.interview.conducted, requirement.role
        titles = {each.id: each.title for each in self.interview.catalogue.roles}
        experts = conducted.experts
        return ConductedHeld(
            _OUTCOME[requirement.truth(conducted)],
            role,
            titles.get(role, Text({"en": role})),
            requirement.at_least,
            impartial=requirement.impartial,
            modes=requirement.modes,
            experts=None if experts is None else count_experts(experts, role),
            mode=conducted.mode,
        )


def _met_or_not(*, met: bool) -> Outcome:
    return Outcome.MET if met else Outcome.NOT_MET
