"""The way to the next label."""

from __future__ import annotations

from attrs import field, frozen

from ecei_rules.diagnostics.errors import NoRulesetInForce
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assessment import GradedIndicator, LabelOutcome
from ecei_rules.interviews.catalogue import Indicator
from ecei_rules.interviews.history import LABELS
from ecei_rules.planning.plan import Plan
from ecei_rules.planning.planner import plan
from ecei_rules.rulesets.criteria import Criterion, Floor, simple_requirements
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition


def _all(graded: Iterable[GradedIndicator]) -> tuple[GradedIndicator, ...]:
    return tuple(graded)


def _criteria(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    return tuple(criteria)


@frozen
class RequiredGrade:
    """
    An indicator that must reach a grade for a label judged with another catalogue.

    *served_by* are the indicators of this interview whose recommendations serve it.
    """

    indicator: Indicator
    grade: str
    served_by: tuple[GradedIndicator, ...] = field(converter=_all)


@frozen
class NextLabel:
    """
    The way to a label, or to keeping it.

    A label judged with the same catalogue has a *plan*. One judged in an audit of its own
    has *milestones*, the grades that it requires, and *asks*, its other requirements.
    """

    ruleset: Ruleset
    plan: Plan | None = None
    milestones: tuple[RequiredGrade, ...] = field(default=(), converter=tuple[RequiredGrade, ...])
    asks: tuple[Criterion, ...] = field(default=(), converter=_criteria)

    @property
    def blocked(self) -> tuple[Criterion, ...]:
        """The required criteria that no improvement meets."""
        blocked = {each.criterion for each in self.plan.blocked} if self.plan else set()
        return tuple(each for each in self.ruleset.criteria if each.id in blocked)

    @property
    def keeps(self) -> bool:
        """Tell whether the label is earned already."""
        return self.plan is not None and self.plan.outcome is LabelOutcome.AWARDED


def find_next_label(
    assessment: Assessment, interview: Interview, ruleset: Ruleset, edition: Edition
) -> NextLabel:
    """
    Return the way to the label that was assessed, or to the next one if it is awarded.

    The ruleset of the next label is the one in force on the interview's day. Without one
    the road is about keeping the label.
    """
    here = NextLabel(ruleset, plan(interview, ruleset, alternatives=1))
    above = LABELS[LABELS.index(ruleset.label) + 1 :]
    if assessment.outcome is not LabelOutcome.AWARDED or not above:
        return here
    try:
        following = edition.ruleset(above[0], on=interview.conducted.on)
    except NoRulesetInForce:
        return here
    if digest(following.catalogue) == digest(interview.catalogue):
        return NextLabel(following, plan(interview, following, alternatives=1))
    return NextLabel(following, None, _milestones(assessment, ruleset, following), _asks(following))


def _milestones(
    assessment: Assessment, ruleset: Ruleset, following: Ruleset
) -> tuple[RequiredGrade, ...]:
    graded = {each.indicator: each for one in assessment.dimensions for each in one.indicators}
    floors: dict[str, str] = {}
    for criterion in following.criteria:
        for requirement in simple_requirements(criterion.requirement):
            if criterion.severity == "required" and isinstance(requirement, Floor):
                floors |= dict.fromkeys(requirement.indicators, requirement.grade)
    return tuple(
        RequiredGrade(
            indicator,
            floors[name],
            [
                graded[own]
                for own, advice in ruleset.recommendations.items()
                if own in graded and f"{following.catalogue.id}:{name}" in advice.aligned_with
            ],
        )
        for name, indicator in following.catalogue.asked.items()
        if name in floors
    )


def _asks(following: Ruleset) -> tuple[Criterion, ...]:
    return tuple(
        criterion
        for criterion in following.criteria
        if criterion.severity == "required"
        and not all(isinstance(part, Floor) for part in simple_requirements(criterion.requirement))
    )
