"""The cheapest improvements that earn a label, and what would lose it."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ecei_rules.diagnostics.errors import BeyondMethod, UnknownIndicator, WrongCatalogue
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assess import assess
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.interviews.provenance import weakest
from ecei_rules.planning.improvements import cheapest_loss, cheapest_ways
from ecei_rules.planning.interview_classes import EncodedInterview
from ecei_rules.planning.open_answers import deciding_questions, settled_outcomes
from ecei_rules.planning.plan import Plan

#: How large an effort may be, and how finely it may be divided.
_MOST_EFFORT = 10**6
_FINEST = 10**6

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from ecei_rules.interviews.interview import Interview
    from ecei_rules.interviews.provenance import Basis
    from ecei_rules.rulesets.ruleset import Ruleset


def plan(
    interview: Interview,
    ruleset: Ruleset,
    *,
    effort: Mapping[str, Decimal] | None = None,
    locked: Iterable[str] = (),
    alternatives: int = 2,
) -> Plan:
    """
    Say where an interview stands under a ruleset and what would earn the label.

    An improvement brings an indicator to a better grade, one step for each of its
    grades; an answer where there is none is a step to the lowest one. *effort* is what
    one step of an indicator takes, 1 where nothing is said; *locked* indicators stay as
    they are. Facts, the history and the confirmed improvements are taken as they stand.
    Source: docs/semantics.md, section 10.

    Raises:
        WrongCatalogue: as `assess` does.
        UnknownIndicator: *effort* or *locked* names what the catalogue does not ask.
        ValueError: an effort is not above 0, is more than a million or has more than six
            decimals, or the alternatives are fewer than none.
    """
    if digest(interview.catalogue) != digest(ruleset.catalogue):
        raise WrongCatalogue(
            interview.catalogue.reference, ruleset.reference, ruleset.catalogue.reference
        )
    efforts, kept = dict(effort or {}), tuple(dict.fromkeys(locked))
    for name in (*efforts, *kept):
        if name not in ruleset.catalogue.asked:
            raise UnknownIndicator(name, ruleset.catalogue.reference, list(ruleset.catalogue.asked))
    if alternatives < 0 or not all(map(_possible, efforts.values())):
        msg = (
            "an effort is above 0, at most a million and of at most six decimals,"
            " and the number of alternatives is not below 0"
        )
        raise ValueError(msg)
    assessment = assess(interview, ruleset)
    made = Plan(
        assessment.interview,
        assessment.ruleset,
        assessment.outcome,
        _basis(ruleset),
        len(interview.unanswered),
        locked=kept,
    )
    try:
        standing = EncodedInterview(interview, ruleset)
        made = evolve(
            made, settled=settled_outcomes(standing), decides=deciding_questions(standing)
        )
        blocked, ways = cheapest_ways(standing, efforts, kept, 1 + alternatives)
        made = evolve(made, blocked=blocked, ways=ways)
        if assessment.outcome is LabelOutcome.AWARDED:
            made = evolve(made, loses=cheapest_loss(standing))
    except BeyondMethod as error:
        return evolve(made, beyond=[str(error)])
    return made


def _possible(effort: Decimal) -> bool:
    if not effort.is_finite() or not 0 < effort <= _MOST_EFFORT:
        return False
    return (Fraction(effort) * _FINEST).denominator == 1


def _basis(ruleset: Ruleset) -> Basis:
    """How sure the required criteria and the gradings under them are, as a whole."""
    required = [each for each in ruleset.criteria if each.severity == "required"]
    graded = {
        name for each in required for name in ruleset.grades_in(each.requirement, each.dimension)
    }
    return weakest(
        [
            *(each.provenance.status for each in required),
            *(ruleset.grading[name].provenance.status for name in graded),
        ]
    )
