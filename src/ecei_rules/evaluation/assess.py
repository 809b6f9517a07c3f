"""Assessing one interview under one ruleset."""

from __future__ import annotations

from typing import Literal, assert_never

from attrs import asdict, evolve

from ecei_rules._version import VERSION
from ecei_rules.diagnostics.errors import WrongCatalogue
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.answer_notes import deciding_unequal_parts, unanswered
from ecei_rules.evaluation.assessment import (
    AssessedDimension,
    Assessment,
    CatalogueReference,
    Finding,
    GradedIndicator,
    InterviewReference,
    LabelOutcome,
    RulesetReference,
)
from ecei_rules.evaluation.deciding import deciding, deciding_parts
from ecei_rules.evaluation.grading import grade_indicator, total_score
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
from ecei_rules.evaluation.outcomes import dimension_outcome, label_basis, label_outcome
from ecei_rules.evaluation.recommendations import recommendations
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.interview import count_experts, require_fitting_answers
from ecei_rules.interviews.provenance import Basis, weakest
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
from ecei_rules.rulesets.validity import validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.criteria import Criterion
    from ecei_rules.rulesets.ruleset import Ruleset
    from ecei_rules.rulesets.validity import Validity

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
    evaluation = _Evaluation(interview, ruleset)
    catalogue = ruleset.catalogue
    dimensions = tuple(
        AssessedDimension(
            dimension.id,
            dimension.title,
            dimension_outcome(evaluation.findings[dimension.id]),
            evaluation.total(dimension.id),
            evaluation.findings[dimension.id],
            tuple(evaluation.graded[each.id] for each in ruleset.graded(dimension.id)),
        )
        for dimension in catalogue.dimensions
    )
    findings = evaluation.all_findings
    outcome = label_outcome(findings)
    return Assessment(
        VERSION,
        InterviewReference(
            interview.cluster.name,
            interview.cluster.country,
            interview.conducted.on,
            digest(interview),
        ),
        CatalogueReference(catalogue.id, catalogue.version, digest(catalogue), note=catalogue.note),
        ruleset_reference(ruleset),
        outcome,
        label_basis(outcome, findings),
        evaluation.total(None),
        dimensions,
        evaluation.findings[None],
        validity=evaluation.validity(),
        recommendations=recommendations(ruleset, evaluation.graded, findings),
        unanswered=unanswered(interview),
        unequal_parts=deciding_unequal_parts(interview, outcome, findings),
    )


def ruleset_reference(ruleset: Ruleset) -> RulesetReference:
    """Return the reference to a ruleset, with its digest."""
    return RulesetReference(ruleset.label, ruleset.version, ruleset.title, digest(ruleset))


def grades_and_validity(
    interview: Interview, ruleset: Ruleset
) -> tuple[Mapping[str, GradedIndicator], Validity | None]:
    """
    Return the graded indicators, and the days of the label if it is awarded.

    They are those of `assess`, without the work for the rest of an assessment.

    Raises:
        WrongCatalogue, InvalidAnswers: as `assess` does.
    """
    evaluation = _Evaluation(interview, ruleset)
    return evaluation.graded, evaluation.validity()


def findings_with_placeholders(interview: Interview, ruleset: Ruleset) -> list[Finding]:
    """
    Return the findings on an interview in which placeholders fill some answers.

    They are those of `assess`, which would refuse a placeholder that its question does not allow.
    """
    return _Evaluation(interview, ruleset, check=False).all_findings


def evaluate(criterion: Criterion, interview: Interview, ruleset: Ruleset) -> Finding:
    """
    Evaluate one criterion on an interview.

    The criterion need not be part of the ruleset, so an author can try one out before
    adding it; the ruleset gives the grades and points. Source: docs/semantics.md, 2.11.

    Raises:
        WrongCatalogue, InvalidAnswers: as `assess` does.
    """
    return _Evaluation(interview, ruleset).finding(criterion)


class _Evaluation:
    """One interview under one ruleset: its graded indicators and its findings by scope."""

    def __init__(self, interview: Interview, ruleset: Ruleset, *, check: bool = True) -> None:
        # docs/semantics.md, 5.6
        if digest(interview.catalogue) != digest(ruleset.catalogue):
            raise WrongCatalogue(
                interview.catalogue.reference, ruleset.reference, ruleset.catalogue.reference
            )
        if check:
            require_fitting_answers(interview)
        self.interview = interview
        self.ruleset = ruleset
        self.graded = {
            indicator.id: grade_indicator(interview, ruleset, indicator)
            for indicator in ruleset.graded(None)
        }
        scopes = (None, *(each.id for each in ruleset.catalogue.dimensions))
        self.findings: dict[str | None, list[Finding]] = {scope: [] for scope in scopes}
        for criterion in ruleset.criteria:
            self.findings[criterion.dimension].append(self.finding(criterion))

    @property
    def all_findings(self) -> list[Finding]:
        return [finding for findings in self.findings.values() for finding in findings]

    def validity(self) -> Validity | None:
        """Only an awarded label has days (docs/semantics.md, 6.2)."""
        if label_outcome(self.all_findings) is not LabelOutcome.AWARDED:
            return None
        previous_end = self.interview.previous_end(self.ruleset.label)
        return validity(self.ruleset.validity, self.interview.conducted.on, previous_end)

    def total(self, scope: str | None) -> Score:
        return total_score(self.graded[each.id].score for each in self.ruleset.graded(scope))

    def finding(self, criterion: Criterion) -> Finding:
        grounds = self.grounds(criterion.requirement, criterion.dimension)
        provenance = criterion.provenance
        # docs/semantics.md, 4.5
        basis = weakest([provenance.status, _grading_basis(grounds, self.graded)])
        return Finding(
            criterion.id,
            criterion.severity,
            grounds.outcome,
            basis,
            grounds,
            title=criterion.title,
            one_page=provenance.one_page and basis is Basis.DOCUMENTED,
        )

    def grounds(self, requirement: Requirement, scope: str | None) -> Grounds:
        """Evaluate one requirement (docs/semantics.md, 2.11 and 3.4)."""
        match requirement:
            case Complete():
                return self.completeness(scope)
            case AnswerMeets():
                return self.answer(requirement)
            case Floor(indicators=names, grade=grade):
                return self.floor(names, grade)
            case CountGraded(at_least=minimum, grade=grade):
                return self.count(self.ruleset.grades_in(requirement, scope), grade, minimum)
            case ScoreReaches():
                return self.score(requirement, scope)
            case Earlier():
                return self.history(requirement)
            case Improvements(at_least=minimum):
                confirmed = dict.fromkeys(
                    improvement.indicator
                    for improvement in self.interview.improvements
                    if improvement.confirmed
                )
                outcome = _met_or_not(met=len(confirmed) >= minimum)
                return ImprovementsHeld(outcome, minimum, confirmed)
            case ConductedBy():
                return self.conducted(requirement)
            case EveryRequirement(parts=parts):
                grounds = tuple(self.grounds(part, scope) for part in parts)
                return CombinationHeld(_combined("every", grounds), "every", grounds)
            case SomeRequirement(parts=parts):
                grounds = tuple(self.grounds(part, scope) for part in parts)
                return CombinationHeld(_combined("some", grounds), "some", grounds)
            case unreachable:
                assert_never(unreachable)

    def completeness(self, scope: str | None) -> Completeness:
        """*Not applicable* counts as answered (docs/semantics.md, 3.2)."""
        asked = [each.id for each in self.ruleset.catalogue.within(scope)]
        missing = [name for name in asked if name not in self.interview.answers]
        answered = [name for name in asked if name in self.interview.answers]
        return Completeness(Outcome.UNDETERMINED if missing else Outcome.MET, answered, missing)

    def answer(self, requirement: AnswerMeets) -> AnswerHeld:
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

    def floor(self, names: Sequence[str], grade: str) -> GradesHeld:
        left_aside = [n for n in names if isinstance(self.graded[n].answer, NotApplicable)]
        applicable = [name for name in names if name not in left_aside]
        grounds = self.count(applicable, grade, len(applicable))
        outcome = grounds.outcome if applicable else Outcome.NOT_APPLICABLE
        return evolve(grounds, outcome=outcome, left_aside=left_aside)

    def count(self, names: Sequence[str], grade: str, minimum: int) -> GradesHeld:
        attained, below, still_open = [], [], []
        for name in names:
            indicator = self.graded[name]
            if indicator.answer is None:
                still_open.append(name)
            elif indicator.grade and self.ruleset.rank(indicator.grade) >= self.ruleset.rank(grade):
                attained.append(name)
            else:
                below.append(name)
        if len(attained) >= minimum:
            outcome = Outcome.MET
        elif len(attained) + len(still_open) >= minimum:
            outcome = Outcome.UNDETERMINED
        else:
            outcome = Outcome.NOT_MET
        return GradesHeld(outcome, grade, minimum, attained, below, still_open)

    def score(self, requirement: ScoreReaches, scope: str | None) -> ScoreHeld:
        """Compare both ends of the score, as fractions (docs/semantics.md, 1.3 and 2.10)."""
        total = self.total(scope)
        needed = requirement.needed(total.maximum)
        indicators = [self.graded[name] for name in self.ruleset.grades_in(requirement, scope)]
        if total.low >= needed:
            outcome = Outcome.MET
            deciding = [each for each in indicators if each.score.low > 0]
        elif total.high < needed:
            outcome = Outcome.NOT_MET
            deciding = [each for each in indicators if each.score.high < each.score.maximum]
        else:
            outcome = Outcome.UNDETERMINED
            deciding = [each for each in indicators if each.answer is None]
        names = (each.indicator for each in deciding)
        return ScoreHeld(outcome, total, requirement.at_least, requirement.unit, names)

    def history(self, requirement: Earlier) -> HistoryHeld:
        history, on = self.interview.history, self.interview.conducted.on
        matching, days = requirement.matching_days(history, on)
        return HistoryHeld(
            _met_or_not(met=bool(matching)),
            days=sorted(matching),
            other_days=[day for day in days if day not in matching],
            last_award=requirement.last_award(history, on),
            **asdict(requirement),
        )

    def conducted(self, requirement: ConductedBy) -> ConductedHeld:
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


def _combined(of: Literal["every", "some"], parts: Iterable[Grounds]) -> Outcome:
    """Leave aside the parts that do not apply; a part not met decides "every", a met one "some"."""
    outcomes = {part.outcome for part in parts}
    order = (Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.MET)
    for outcome in order if of == "every" else reversed(order):
        if outcome in outcomes:
            return outcome
    return Outcome.NOT_APPLICABLE


def _grading_basis(grounds: Grounds, graded: Mapping[str, GradedIndicator]) -> Basis:
    """Return the weakest basis of the gradings that decided (docs/semantics.md, 4.5)."""
    match grounds:
        case GradesHeld() | ScoreHeld():
            return weakest(graded[name].basis for name in deciding(grounds))
        case CombinationHeld():
            return weakest(_grading_basis(part, graded) for part in deciding_parts(grounds))
        case Completeness() | AnswerHeld() | HistoryHeld() | ImprovementsHeld() | ConductedHeld():
            return Basis.DOCUMENTED
        case unreachable:
            assert_never(unreachable)
