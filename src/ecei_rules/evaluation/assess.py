"""The meaning of a ruleset: what it says about an interview."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve

from ecei_rules._version import VERSION
from ecei_rules.diagnostics.errors import WrongCatalogue
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assessment import (
    AnswerHeld,
    AssessedDimension,
    Assessment,
    CatalogueReference,
    CombinationHeld,
    Completeness,
    DimensionOutcome,
    Finding,
    GradedIndicator,
    GradesHeld,
    Grounds,
    HistoryHeld,
    ImprovementsHeld,
    InterviewReference,
    LabelOutcome,
    Outcome,
    RulesetReference,
    Score,
    ScoreHeld,
    Unanswered,
    deciding,
    deciding_parts,
)
from ecei_rules.evaluation.grading import graded, summed
from ecei_rules.evaluation.recommendations import recommendations
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.provenance import ORDER, Basis, weakest
from ecei_rules.rulesets.conditions import Truth, hold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
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
    Hold an interview against a ruleset.

    Never fails on what the interview says: what is missing leaves outcomes open.
    Assess an interview of 2014 under the ruleset in force in 2014 and the result is
    that of 2014 for ever.

    Raises:
        WrongCatalogue: the interview was held with another edition of a catalogue
            than the ruleset judges.
    """
    judge = _Judge(interview, ruleset)
    catalogue, label_wide = ruleset.catalogue, judge.findings[None]
    dimensions = tuple(
        AssessedDimension(
            each.id,
            each.title,
            _dimension_outcome(judge.findings[each.id]),
            judge.total(each.id),
            judge.findings[each.id],
            tuple(judge.graded[one.id] for one in ruleset.graded(each.id)),
        )
        for each in catalogue.dimensions
    )
    findings = (*label_wide, *(one for each in dimensions for one in each.findings))
    outcome, on = _label_outcome(findings), interview.conducted.on
    held = None
    if outcome is LabelOutcome.AWARDED:
        held = validity(ruleset.validity, on, interview.previous_end(ruleset.label))
    return Assessment(
        VERSION,
        InterviewReference(
            interview.cluster.name, interview.cluster.country, on, digest(interview)
        ),
        CatalogueReference(catalogue.id, catalogue.version, digest(catalogue)),
        reference_to(ruleset),
        outcome,
        _label_basis(outcome, findings),
        judge.total(None),
        dimensions,
        label_wide,
        validity=held,
        recommendations=recommendations(ruleset, judge.graded, findings),
        unanswered=_unanswered(interview),
    )


def reference_to(ruleset: Ruleset) -> RulesetReference:
    """Which ruleset something was held against."""
    return RulesetReference(ruleset.label, ruleset.version, ruleset.title, digest(ruleset))


def earned(
    interview: Interview, ruleset: Ruleset
) -> tuple[Mapping[str, GradedIndicator], Validity | None]:
    """
    What each indicator earns, and the days of the label if the interview earns it.

    It is what `assess` says of them, without all that it says besides.

    Raises:
        WrongCatalogue: as `assess` does.
    """
    judge = _Judge(interview, ruleset)
    findings = (one for each in judge.findings.values() for one in each)
    if _label_outcome(findings) is not LabelOutcome.AWARDED:
        return judge.graded, None
    on, end = interview.conducted.on, interview.previous_end(ruleset.label)
    return judge.graded, validity(ruleset.validity, on, end)


def evaluate(criterion: Criterion, interview: Interview, ruleset: Ruleset) -> Finding:
    """
    Hold an interview against one criterion, of the ruleset or being thought about.

    Raises:
        WrongCatalogue: as `assess` does.
    """
    return _Judge(interview, ruleset).finding(criterion)


class _Judge:
    """One interview under one ruleset, its indicators graded once."""

    def __init__(self, interview: Interview, ruleset: Ruleset) -> None:
        if digest(interview.catalogue) != digest(ruleset.catalogue):
            raise WrongCatalogue(
                interview.catalogue.reference, ruleset.reference, ruleset.catalogue.reference
            )
        self.interview = interview
        self.ruleset = ruleset
        self.graded = {each.id: graded(interview, ruleset, each) for each in ruleset.graded(None)}
        scopes = (None, *(each.id for each in ruleset.catalogue.dimensions))
        self.findings: dict[str | None, list[Finding]] = {scope: [] for scope in scopes}
        for criterion in ruleset.criteria:
            self.findings[criterion.dimension].append(self.finding(criterion))

    def total(self, scope: str | None) -> Score:
        return summed(self.graded[one.id].score for one in self.ruleset.graded(scope))

    def finding(self, criterion: Criterion) -> Finding:
        grounds = self.grounds(criterion.requirement, criterion.dimension)
        basis = weakest([criterion.provenance.status, _grading_basis(grounds, self.graded)])
        return Finding(
            criterion.id,
            criterion.severity,
            grounds.outcome,
            basis,
            grounds,
            title=criterion.title,
        )

    def grounds(self, requirement: Requirement, scope: str | None) -> Grounds:
        match requirement:
            case Complete():
                return self.completeness(scope)
            case AnswerMeets():
                return self.answer(requirement)
            case Floor(indicators=names, grade=grade):
                return self.floor(names, grade)
            case CountGraded(at_least=least, grade=grade):
                names = tuple(each.id for each in self.ruleset.graded(scope))
                return self.count(names, grade, least)
            case ScoreReaches():
                return self.score(requirement, scope)
            case Earlier():
                return self.history(requirement)
            case Improvements(at_least=least):
                confirmed = dict.fromkeys(
                    each.indicator for each in self.interview.improvements if each.confirmed
                )
                met = len(confirmed) >= least
                return ImprovementsHeld(_settled(met=met), least, confirmed)
            case EveryRequirement(parts=parts):
                held = tuple(self.grounds(part, scope) for part in parts)
                return CombinationHeld(_every(held), "every", held)
            case SomeRequirement(parts=parts):
                held = tuple(self.grounds(part, scope) for part in parts)
                return CombinationHeld(_some(held), "some", held)
            case unreachable:
                assert_never(unreachable)

    def completeness(self, scope: str | None) -> Completeness:
        asked = [each.id for each in self.ruleset.catalogue.within(scope)]
        missing = [each for each in asked if each not in self.interview.answers]
        answered = [each for each in asked if each in self.interview.answers]
        return Completeness(Outcome.UNDETERMINED if missing else Outcome.MET, answered, missing)

    def answer(self, requirement: AnswerMeets) -> AnswerHeld:
        subject, name = requirement.subject, requirement.id
        catalogue, interview = self.interview.catalogue, self.interview
        asked: Indicator | Fact
        if subject == "indicator":
            asked, answer = catalogue.asked[name], interview.answers.get(name)
        else:
            asked, answer = catalogue.facts_asked[name], interview.facts.get(name)
        unit = getattr(asked.answer, "unit", None)
        if isinstance(answer, NotApplicable):
            outcome, evidence = Outcome.NOT_APPLICABLE, None
        else:
            evidence = hold(requirement.when, answer, interview.conducted.on)
            outcome = _OUTCOME[evidence.truth]
        return AnswerHeld(
            outcome,
            subject,
            name,
            asked.title,
            unit=unit,
            answer=answer,
            evidence=evidence,
        )

    def floor(self, names: Sequence[str], grade: str) -> GradesHeld:
        aside = [n for n in names if isinstance(self.graded[n].answer, NotApplicable)]
        applying = [name for name in names if name not in aside]
        held = self.count(applying, grade, len(applying))
        outcome = held.outcome if applying else Outcome.NOT_APPLICABLE
        return evolve(held, outcome=outcome, left_aside=aside)

    def count(self, names: Sequence[str], grade: str, least: int) -> GradesHeld:
        attained, below, still_open = [], [], []
        for name in names:
            graded = self.graded[name]
            if graded.answer is None:
                still_open.append(name)
            elif graded.grade and self.ruleset.rank(graded.grade) >= self.ruleset.rank(grade):
                attained.append(name)
            else:
                below.append(name)
        if len(attained) >= least:
            outcome = Outcome.MET
        elif len(attained) + len(still_open) >= least:
            outcome = Outcome.UNDETERMINED
        else:
            outcome = Outcome.NOT_MET
        return GradesHeld(outcome, grade, least, attained, below, still_open)

    def score(self, requirement: ScoreReaches, scope: str | None) -> ScoreHeld:
        total = self.total(scope)
        needed = Fraction(requirement.at_least)
        if requirement.unit == "percent":
            needed = needed * total.maximum / 100
        each = [self.graded[one.id] for one in self.ruleset.graded(scope)]
        if total.low >= needed:
            outcome = Outcome.MET
            settling = [one for one in each if one.score.low > 0]
        elif total.high < needed:
            outcome = Outcome.NOT_MET
            settling = [one for one in each if one.score.high < one.score.maximum]
        else:
            outcome = Outcome.UNDETERMINED
            settling = [one for one in each if one.answer is None]
        names = (one.indicator for one in settling)
        return ScoreHeld(outcome, total, requirement.at_least, requirement.unit, names)

    def history(self, requirement: Earlier) -> HistoryHeld:
        fitting, days = requirement.fitting(self.interview.history, self.interview.conducted.on)
        return HistoryHeld(
            _settled(met=bool(fitting)),
            requirement.label,
            requirement.event,
            sorted(fitting),
            other_days=[day for day in days if day not in fitting],
            repeated=requirement.repeated,
            at_least_months=requirement.at_least_months,
            at_most_months=requirement.at_most_months,
        )


def _settled(*, met: bool) -> Outcome:
    return Outcome.MET if met else Outcome.NOT_MET


def _every(parts: Iterable[Grounds]) -> Outcome:
    """What does not apply is left aside; then what is not met decides."""
    given = {part.outcome for part in parts}
    for outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.MET):
        if outcome in given:
            return outcome
    return Outcome.NOT_APPLICABLE


def _some(parts: Iterable[Grounds]) -> Outcome:
    """What does not apply is left aside; then what is met decides."""
    given = {part.outcome for part in parts}
    for outcome in (Outcome.MET, Outcome.UNDETERMINED, Outcome.NOT_MET):
        if outcome in given:
            return outcome
    return Outcome.NOT_APPLICABLE


def _dimension_outcome(findings: Iterable[Finding]) -> DimensionOutcome:
    given = {each.outcome for each in findings if each.severity == "required"}
    if Outcome.NOT_MET in given:
        return DimensionOutcome.FAILED
    if Outcome.UNDETERMINED in given:
        return DimensionOutcome.UNDETERMINED
    return DimensionOutcome.PASSED


def _label_outcome(findings: Iterable[Finding]) -> LabelOutcome:
    match _dimension_outcome(findings):
        case DimensionOutcome.FAILED:
            return LabelOutcome.NOT_AWARDED
        case DimensionOutcome.UNDETERMINED:
            return LabelOutcome.UNDETERMINED
        case DimensionOutcome.PASSED:
            return LabelOutcome.AWARDED
        case unreachable:
            assert_never(unreachable)


def _label_basis(outcome: LabelOutcome, findings: Iterable[Finding]) -> Basis:
    """Of a refusal the surest of its reasons, since one is enough; else the weakest."""
    required = [each for each in findings if each.severity == "required"]
    if outcome is LabelOutcome.NOT_AWARDED:
        reasons = (each.basis for each in required if each.outcome is Outcome.NOT_MET)
        return min(reasons, key=ORDER.index)
    if outcome is LabelOutcome.UNDETERMINED:
        required = [each for each in required if each.outcome is Outcome.UNDETERMINED]
    return weakest(each.basis for each in required)


def _grading_basis(grounds: Grounds, graded: Mapping[str, GradedIndicator]) -> Basis:
    """How sure the gradings are that an outcome rests on; *documented* if on none."""
    match grounds:
        case GradesHeld() | ScoreHeld():
            return weakest(graded[name].basis for name in deciding(grounds))
        case CombinationHeld():
            return weakest(_grading_basis(each, graded) for each in deciding_parts(grounds))
        case Completeness() | AnswerHeld() | HistoryHeld() | ImprovementsHeld():
            return Basis.DOCUMENTED
        case unreachable:
            assert_never(unreachable)


def _unanswered(interview: Interview) -> Iterable[Unanswered]:
    catalogue = interview.catalogue
    for name in interview.unanswered:
        if name in catalogue.asked:
            yield Unanswered("indicator", name, catalogue.asked[name].title)
        else:
            yield Unanswered("fact", name, catalogue.facts_asked[name].title)
