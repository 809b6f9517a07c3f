"""What the answers of one day come to under other rules or on another day."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Literal, assert_never

from attrs import evolve, frozen

from ecei_rules.comparison.impact.partial_interview import NotKnown, answer_form, carried
from ecei_rules.evaluation.assess import assess
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome, Outcome, Score
from ecei_rules.interviews.answers import NotApplicable
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
    from collections.abc import Iterator, Mapping

    from ecei_rules.comparison.impact.partial_interview import PartialInterview
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset
    from ecei_rules.rulesets.validity import Validity

AspectKind = Literal["label", "validity", "score", "dimension", "criterion", "grade"]


class NoGrade(Enum):
    """Why an indicator that is graded attains no grade."""

    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"


@frozen
class Days:
    """The days of an awarded label, both included, and the last one to renew it."""

    first: date
    until: date
    renewable_until: date | None = None


#: What something came out as: a grade is a text, and no days are `None`.
Result = LabelOutcome | DimensionOutcome | Outcome | NoGrade | Score | Days | str | None


@frozen
class Aspect:
    """Something that comes out of an assessment; what there is one of has no *id*."""

    aspect: AspectKind
    id: str = ""


LABEL, VALIDITY, SCORE = Aspect("label"), Aspect("validity"), Aspect("score")
_HIDDEN = NotApplicable("answered, though the assessment does not hold how")
_MET = Improvements(0)


def results_of(assessment: Assessment) -> dict[Aspect, Result]:
    """What came out of an assessment, thing by thing."""
    found: dict[Aspect, Result] = {
        LABEL: assessment.outcome,
        VALIDITY: _days(assessment.validity),
        SCORE: assessment.score,
    }
    for dimension in assessment.dimensions:
        found[Aspect("dimension", dimension.id)] = dimension.outcome
        for each in dimension.indicators:
            without = NoGrade.UNANSWERED if each.answer is None else NoGrade.NOT_APPLICABLE
            found[Aspect("grade", each.indicator)] = each.grade or without
    for finding in assessment.all_findings:
        found[Aspect("criterion", finding.criterion)] = finding.outcome
    return found


def counterfactual_results(
    recalled: PartialInterview, ruleset: Ruleset, on: date
) -> Mapping[Aspect, Result | NotKnown]:
    """
    What would have come out of an interview under a ruleset, had it been held on a day.

    Answers are carried over to the catalogue of the ruleset where it asks for them in
    a form that they fit; what it asks besides is unanswered. What rests on something
    that is not held, and is not settled without it, is not known.
    """
    moved = carried(recalled.interview, ruleset.catalogue, on)
    if recalled.whole:
        return results_of(assess(moved, ruleset))
    return _Corner(recalled, ruleset, moved).results()


class _Corner:
    """What is left of an interview, under a ruleset and on a day."""

    def __init__(self, recalled: PartialInterview, ruleset: Ruleset, moved: Interview) -> None:
        self.recalled, self.ruleset, self.interview = recalled, ruleset, moved
        held, now = recalled.interview.catalogue, ruleset.catalogue
        pairs = {
            name: (one[name], other[name])
            for one, other in ((held.asked, now.asked), (held.facts_asked, now.facts_asked))
            for name in recalled.hidden
            if name in one and name in other
        }
        self.hidden = frozenset(pairs)
        # an answer that is not held may not fit what is asked now, and then be left out
        self.doubtful = {
            n for n, (one, other) in pairs.items() if answer_form(one) != answer_form(other)
        }

    def results(self) -> Mapping[Aspect, Result | NotKnown]:
        """What comes out, as far as what is held settles it."""
        found: dict[Aspect, Result | NotKnown] = {
            **results_of(assess(self.interview, self.ruleset))
        }
        graded = self.hidden.intersection(self.ruleset.grading)
        found |= dict.fromkeys((Aspect("grade", name) for name in graded), NotKnown.NOT_KNOWN)
        if graded:
            found[SCORE] = NotKnown.NOT_KNOWN
        outcomes = self.outcomes()
        found |= {Aspect("criterion", name): each for name, each in outcomes.items()}
        required = [each for each in self.ruleset.criteria if each.severity == "required"]
        for dimension in self.ruleset.catalogue.dimensions:
            inside = {outcomes[each.id] for each in required if each.dimension == dimension.id}
            found[Aspect("dimension", dimension.id)] = _DIMENSION[_together(inside)]
        label = _LABEL[_together({outcomes[each.id] for each in required})]
        return found | {LABEL: label, VALIDITY: self.days(label)}

    def outcomes(self) -> dict[str, Outcome | NotKnown]:
        """
        What the criteria come to, tried at both ends of what is not held.

        An outcome that is settled while a hidden answer is left out stays so whatever
        the answer is, and events and improvements can only ever help.
        """
        helped = (evolve(c, requirement=self.helped(c.requirement)) for c in self.ruleset.criteria)
        ends = (self.ruleset, evolve(self.ruleset, criteria=helped))
        filled = self.filled()
        without, with_them = (
            [{f.criterion: f.outcome for f in assess(each, end).all_findings} for end in ends]
            for each in (self.interview, filled)
        )
        found: dict[str, Outcome | NotKnown] = {}
        for criterion in self.ruleset.criteria:
            name, looked_at = (
                criterion.id,
                self.looked_at(criterion.requirement, criterion.dimension),
            )
            missing = not self.hidden.isdisjoint(looked_at)
            low, high = (end[name] for end in (without if missing else with_them))
            open_still = low is not high or (missing and low is Outcome.UNDETERMINED)
            found[name] = NotKnown.NOT_KNOWN if open_still else low
        return found

    def filled(self) -> Interview:
        """With something in place of each hidden answer, for those who ask no more than that."""
        catalogue, interview = self.ruleset.catalogue, self.interview
        answers = {name: _HIDDEN for name in catalogue.asked if name in self.hidden}
        facts = {name: _HIDDEN for name in catalogue.facts_asked if name in self.hidden}
        return evolve(
            interview,
            answers={**interview.answers, **answers},
            facts={**interview.facts, **facts},
        )

    def helped(self, requirement: Requirement) -> Requirement:
        """The requirement, met wherever events or improvements that are not held could meet it."""
        recalled = self.recalled
        match requirement:
            case Earlier(label=label, event=event):
                later = self.interview.conducted.on > recalled.interview.conducted.on
                return requirement if recalled.holds(label, event) and not later else _MET
            case Improvements():
                return requirement if recalled.improvements else _MET
            case EveryRequirement(parts=parts):
                return EveryRequirement(map(self.helped, parts))
            case SomeRequirement(parts=parts):
                return SomeRequirement(map(self.helped, parts))
            case Complete() | AnswerMeets() | Floor() | ScoreReaches() | CountGraded():
                return requirement
            case unreachable:
                assert_never(unreachable)

    def looked_at(self, requirement: Requirement, scope: str | None) -> Iterator[str]:
        """The indicators and facts on whose answers a requirement depends."""
        match requirement:
            case Complete():
                yield from self.doubtful.intersection(
                    each.id for each in self.ruleset.catalogue.within(scope)
                )
            case AnswerMeets(id=name):
                yield name
            case Floor(indicators=names):
                yield from names
            case ScoreReaches() | CountGraded():
                yield from (each.id for each in self.ruleset.graded(scope))
            case Earlier() | Improvements():
                return
            case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
                for part in parts:
                    yield from self.looked_at(part, scope)
            case unreachable:
                assert_never(unreachable)

    def days(self, label: LabelOutcome | NotKnown) -> Days | NotKnown | None:
        """The days, which may hang on when a label ended that the assessment does not hold."""
        if not isinstance(label, LabelOutcome):
            return label
        if label is not LabelOutcome.AWARDED:
            return None
        rules, on = self.ruleset.validity, self.interview.conducted.on
        if rules.renewal is None:
            return _days(validity(rules, on, None))
        end = self.recalled.previous_end(self.ruleset.label, on)
        return end if isinstance(end, NotKnown) else _days(validity(rules, on, end))


def _days(held: Validity | None) -> Days | None:
    return Days(held.first, held.until, held.renewable_until) if held else None


def _together(outcomes: set[Outcome | NotKnown]) -> Outcome | NotKnown:
    """What is not met decides, whatever else is not known."""
    each: Outcome | NotKnown
    for each in (Outcome.NOT_MET, NotKnown.NOT_KNOWN, Outcome.UNDETERMINED):
        if each in outcomes:
            return each
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
