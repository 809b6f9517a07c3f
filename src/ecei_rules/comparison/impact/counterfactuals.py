"""Counterfactuals: the results of an interview under other rules or on another day."""

from __future__ import annotations

import sys
from datetime import date
from enum import Enum
from typing import Literal, assert_never

from attrs import evolve, frozen

from ecei_rules.comparison.impact.partial_interview import NotKnown, answer_form, carried_over
from ecei_rules.evaluation.assess import assess, findings_with_placeholders
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome
from ecei_rules.evaluation.grounds import Outcome, Score
from ecei_rules.interviews.answers import NotApplicable
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
    simple_requirements,
)
from ecei_rules.rulesets.ruleset import inputs_of
from ecei_rules.rulesets.validity import validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecei_rules.comparison.impact.partial_interview import PartialInterview
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset
    from ecei_rules.rulesets.validity import Validity

AspectKind = Literal["label", "validity", "score", "dimension", "criterion", "grade"]


class NoGrade(Enum):
    """The reason why a graded indicator attains no grade."""

    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"


@frozen
class LabelDays:
    """The first and the last day of an awarded label, and the last one to renew it."""

    first: date
    until: date
    renewable_until: date | None = None


#: The result of one aspect: a grade is a text, and no days are `None`.
Result = LabelOutcome | DimensionOutcome | Outcome | NoGrade | Score | LabelDays | str | None


@frozen
class Aspect:
    """One aspect of an assessment; an aspect that occurs once has no *id*."""

    aspect: AspectKind
    id: str = ""


LABEL, VALIDITY, SCORE = Aspect("label"), Aspect("validity"), Aspect("score")
_HIDDEN = NotApplicable("answered, but the assessment does not record the answer")
_MET, _NOT_MET = Improvements(0), Improvements(sys.maxsize)


def results_of(assessment: Assessment) -> dict[Aspect, Result]:
    """Return the result of each aspect of an assessment."""
    results: dict[Aspect, Result] = {
        LABEL: assessment.outcome,
        VALIDITY: _days(assessment.validity),
        SCORE: assessment.score,
    }
    for dimension in assessment.dimensions:
        results[Aspect("dimension", dimension.id)] = dimension.outcome
        for graded in dimension.indicators:
            without = NoGrade.UNANSWERED if graded.answer is None else NoGrade.NOT_APPLICABLE
            results[Aspect("grade", graded.indicator)] = graded.grade or without
    for finding in assessment.all_findings:
        results[Aspect("criterion", finding.criterion)] = finding.outcome
    return results


def counterfactual_results(
    partial: PartialInterview, ruleset: Ruleset, on: date
) -> Mapping[Aspect, Result | NotKnown]:
    """
    Return the results an interview would have had under a ruleset and on a day.

    Answers are carried over to the catalogue of the ruleset if it asks for them in a form
    that they fit; its other questions are unanswered. A result that depends on something
    that is not recorded is not known, unless it is settled without it.
    Source: docs/semantics.md, 11.3.
    """
    moved = carried_over(partial.interview, ruleset.catalogue, on)
    if partial.whole:
        return results_of(assess(moved, ruleset))
    return _PartialCounterfactual(partial, ruleset, moved).results()


class _PartialCounterfactual:
    """A partial interview under a ruleset and on a day."""

    def __init__(self, partial: PartialInterview, ruleset: Ruleset, moved: Interview) -> None:
        self.partial, self.ruleset, self.interview = partial, ruleset, moved
        before, after = partial.interview.catalogue, ruleset.catalogue
        shared = {
            name: (old[name], new[name])
            for old, new in ((before.asked, after.asked), (before.facts_asked, after.facts_asked))
            for name in partial.hidden
            if name in old and name in new
        }
        self.hidden = frozenset(shared)
        # a hidden answer may not fit the other catalogue, and would then be left out
        self.doubtful = {
            name for name, (old, new) in shared.items() if answer_form(old) != answer_form(new)
        }

    def results(self) -> Mapping[Aspect, Result | NotKnown]:
        """Return the results, as far as the recorded answers settle them."""
        results: dict[Aspect, Result | NotKnown] = {
            **results_of(assess(self.interview, self.ruleset))
        }
        graded = self.hidden.intersection(self.ruleset.grading)
        results |= dict.fromkeys((Aspect("grade", name) for name in graded), NotKnown.NOT_KNOWN)
        if graded:
            results[SCORE] = NotKnown.NOT_KNOWN
        outcomes = self.outcomes()
        results |= {Aspect("criterion", name): outcome for name, outcome in outcomes.items()}
        required = [each for each in self.ruleset.criteria if each.severity == "required"]
        for dimension in self.ruleset.catalogue.dimensions:
            inside = {outcomes[each.id] for each in required if each.dimension == dimension.id}
            results[Aspect("dimension", dimension.id)] = _DIMENSION[_worst(inside)]
        label = _LABEL[_worst({outcomes[each.id] for each in required})]
        return results | {LABEL: label, VALIDITY: self.days(label)}

    def outcomes(self) -> dict[str, Outcome | NotKnown]:
        """
        Return the outcome of each criterion, if both extremes of the unknown parts agree.

        An outcome that is settled without a hidden answer holds whatever the answer is.
        Improvements can only help, and so can events, but an award that others must follow
        can also harm. Experts and a mode that are not recorded may be as required or not.
        """
        extremes = [
            evolve(
                self.ruleset,
                criteria=[
                    evolve(criterion, requirement=self.extreme(criterion.requirement, best=best))
                    for criterion in self.ruleset.criteria
                ],
            )
            for best in (False, True)
        ]
        unanswered, filled = (
            [
                {f.criterion: f.outcome for f in findings_with_placeholders(interview, ruleset)}
                for ruleset in extremes
            ]
            for interview in (self.interview, self.filled())
        )
        outcomes: dict[str, Outcome | NotKnown] = {}
        for criterion in self.ruleset.criteria:
            looked_at = self.looked_at(criterion.requirement, criterion.dimension)
            missing = not self.hidden.isdisjoint(looked_at)
            low, high = (by_id[criterion.id] for by_id in (unanswered if missing else filled))
            unknown = low is not high or (missing and low is Outcome.UNDETERMINED)
            outcomes[criterion.id] = NotKnown.NOT_KNOWN if unknown else low
        return outcomes

    def filled(self) -> Interview:
        """Return the interview with a placeholder for each hidden answer."""
        catalogue, interview = self.ruleset.catalogue, self.interview
        answers = {name: _HIDDEN for name in catalogue.asked if name in self.hidden}
        facts = {name: _HIDDEN for name in catalogue.facts_asked if name in self.hidden}
        return evolve(
            interview,
            answers={**interview.answers, **answers},
            facts={**interview.facts, **facts},
        )

    def extreme(self, requirement: Requirement, *, best: bool) -> Requirement:
        """
        Return a requirement that is as easy to meet as unrecorded facts could make it.

        If not *best*, it is as hard as they could make it.
        """
        match requirement:
            case Earlier():
                return self.extreme_history(requirement, best=best)
            case Improvements():
                return requirement if self.partial.improvements or not best else _MET
            case ConductedBy(role=role):
                if self.partial.records_experts(role):
                    return requirement
                return _MET if best else _NOT_MET
            case EveryRequirement(parts=parts):
                return EveryRequirement(self.extreme(part, best=best) for part in parts)
            case SomeRequirement(parts=parts):
                return SomeRequirement(self.extreme(part, best=best) for part in parts)
            case Complete() | AnswerMeets() | Floor() | ScoreReaches() | CountGraded():
                return requirement
            case unreachable:
                assert_never(unreachable)

    def extreme_history(self, requirement: Earlier, *, best: bool) -> Requirement:
        on, since = self.interview.conducted.on, requirement.since_award_of
        later = on > self.partial.interview.conducted.on
        recorded = self.partial.records(requirement.label, requirement.event) and not later
        if best and not recorded:
            return _MET
        if since is None or self.partial.records_last_award(since, on):
            return requirement
        return evolve(requirement, since_award_of=None) if best else _NOT_MET

    def looked_at(self, requirement: Requirement, scope: str | None) -> Iterator[str]:
        """Yield the indicators and facts on whose answers a requirement depends."""
        for part in simple_requirements(requirement):
            for subject, name in inputs_of(self.ruleset, part, scope):
                # completeness depends on whether there is an answer, and not on which
                depends = name in self.doubtful if isinstance(part, Complete) else True
                if depends and subject in ("indicator", "fact"):
                    yield name

    def days(self, label: LabelOutcome | NotKnown) -> LabelDays | NotKnown | None:
        """Return the days, which can depend on a previous end that is not recorded."""
        if not isinstance(label, LabelOutcome):
            return label
        if label is not LabelOutcome.AWARDED:
            return None
        rules, on = self.ruleset.validity, self.interview.conducted.on
        if rules.renewal is None:
            return _days(validity(rules, on, None))
        end = self.partial.previous_end(self.ruleset.label, on)
        return end if isinstance(end, NotKnown) else _days(validity(rules, on, end))


def _days(period: Validity | None) -> LabelDays | None:
    return LabelDays(period.first, period.until, period.renewable_until) if period else None


def _worst(outcomes: set[Outcome | NotKnown]) -> Outcome | NotKnown:
    """Return the outcome that decides; "not met" does even if others are not known."""
    outcome: Outcome | NotKnown
    for outcome in (Outcome.NOT_MET, NotKnown.NOT_KNOWN, Outcome.UNDETERMINED):
        if outcome in outcomes:
            return outcome
    return Outcome.MET


_DIMENSION: dict[Outcome | NotKnown, DimensionOutcome | NotKnown] = {
    Outcome.NOT_MET: DimensionOutcome.FAILED,
    NotKnown.NOT_KNOWN: NotKnown.NOT_KNOWN,
    Outcome.UNDETERMINED: DimensionOutcome.UNDETERMINED,
    Outcome.MET: DimensionOutcome.PASSED,
}
_LABEL: dict[Outcome | NotKnown, LabelOutcome | NotKnown] = {
    Outcome.NOT_MET: LabelOutcome.NOT_AWARDED,
    NotKnown.NOT_KNOWN: NotKnown.NOT_KNOWN,
    Outcome.UNDETERMINED: LabelOutcome.UNDETERMINED,
    Outcome.MET: LabelOutcome.AWARDED,
}
