"""Plans: the cheapest improvements that earn a label, and the fewest losses that cost it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from ecei_rules.diagnostics.errors import (
    BeyondMethod,
    InvalidEffort,
    UnknownIndicator,
    WrongCatalogue,
)
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assess import assess
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.interviews.provenance import weakest
from ecei_rules.planning.improvements import cheapest_loss, cheapest_ways
from ecei_rules.planning.interview_classes import EncodedInterview
from ecei_rules.planning.open_answers import deciding_questions, settled_outcomes
from ecei_rules.planning.plan import Plan
from ecei_rules.rulesets.conditions import Truth
from ecei_rules.rulesets.criteria import ConductedBy, simple_requirements

#: The largest effort, and the unit in which efforts are whole.
_MOST_EFFORT = 10**6
_EFFORT_UNITS = 10**6

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.interviews.interview import Interview
    from ecei_rules.interviews.provenance import Basis
    from ecei_rules.rulesets.ruleset import Ruleset


def plan(
    interview: Interview,
    ruleset: Ruleset,
    *,
    effort: Mapping[str, int | Decimal] | None = None,
    locked: Iterable[str] = (),
    alternatives: int = 2,
) -> Plan:
    """
    Return the cheapest ways from an interview to the label of a ruleset.

    Call this when a label is not awarded, or to see what would lose it. An improvement
    brings an indicator to a better grade, with one step for each grade in between; to
    answer an unanswered indicator is a step to the lowest grade. Facts, the history, the
    confirmed improvements, the experts, the mode and what nobody can improve stay as they
    are.

    *effort* is the cost of one step by the id of the indicator: an `int` or a `Decimal`
    above 0, at most a million, with at most six decimals, and 1 for an indicator that is
    not named. *locked*
    are the ids of indicators that must not change. *alternatives* is the number of
    further ways after the cheapest. Source: docs/semantics.md, 10.1 to 10.7.

    Raises:
        WrongCatalogue: the ruleset judges another catalogue than the interview's.
        UnknownIndicator: the catalogue does not ask an indicator of *effort* or *locked*.
        InvalidEffort: an effort is of another type, or out of its range.
        ValueError: *alternatives* is negative.

    >>> from datetime import date
    >>> from ecei_rules.documents.shipped import shipped
    >>> from ecei_rules.interviews.history import Cluster
    >>> from ecei_rules.interviews.interview import Conducted, Interview
    >>> bronze = shipped().ruleset("bronze", version="2019-11")
    >>> cluster, conducted = Cluster("Example Cluster", "IT"), Conducted(date(2024, 3, 18))
    >>> empty = Interview(bronze.catalogue, cluster, conducted, {})
    >>> found = plan(empty, bronze, alternatives=0)
    >>> found.outcome.value, found.unanswered, len(found.ways)
    ('undetermined', 44, 1)
    """
    if digest(interview.catalogue) != digest(ruleset.catalogue):
        raise WrongCatalogue(
            interview.catalogue.reference, ruleset.reference, ruleset.catalogue.reference
        )
    given, fixed = effort or {}, tuple(dict.fromkeys(locked))
    for name in (*given, *fixed):
        if name not in ruleset.catalogue.asked:
            raise UnknownIndicator(
                str(name), ruleset.catalogue.reference, list(ruleset.catalogue.asked)
            )
    efforts = {name: _checked(name, each) for name, each in given.items()}
    if alternatives < 0:
        msg = f"the number of alternatives is 0 or more, not {alternatives}"
        raise ValueError(msg)
    assessment = assess(interview, ruleset)
    result = Plan(
        assessment.interview,
        assessment.ruleset,
        assessment.outcome,
        _basis(ruleset),
        len(interview.unanswered) + _conducted_is_open(interview, ruleset),
        locked=fixed,
    )
    try:
        encoded = EncodedInterview(interview, ruleset)
        result = evolve(
            result, settled=settled_outcomes(encoded), decides=deciding_questions(encoded)
        )
        blocked, ways = cheapest_ways(encoded, efforts, fixed, 1 + alternatives)
        result = evolve(result, blocked=blocked, ways=ways)
        if assessment.outcome is LabelOutcome.AWARDED:
            result = evolve(result, loses=cheapest_loss(encoded))
    except BeyondMethod as error:  # docs/semantics.md, 9.12
        return evolve(result, beyond=[str(error)])
    return result


def _conducted_is_open(interview: Interview, ruleset: Ruleset) -> bool:
    """Whether some criterion waits for the experts or the mode to be stated."""
    requirements = (
        part for each in ruleset.criteria for part in simple_requirements(each.requirement)
    )
    return any(
        isinstance(part, ConductedBy) and part.truth(interview.conducted) is Truth.UNKNOWN
        for part in requirements
    )


def _checked(name: str, effort: object) -> Decimal:
    """Return an effort as a `Decimal`, if it is a number of a permitted type in its range."""
    # a bool is an int, and a truth value is no effort
    if isinstance(effort, int | Decimal) and not isinstance(effort, bool):
        exact = Decimal(effort)
        in_range = exact.is_finite() and 0 < exact <= _MOST_EFFORT
        if in_range and (Fraction(exact) * _EFFORT_UNITS).denominator == 1:
            return exact
    try:
        written = repr(effort)
    except ValueError:  # an int of more digits than Python writes
        written = "a number of thousands of digits"
    raise InvalidEffort(name, written)


def _basis(ruleset: Ruleset) -> Basis:
    """Return the weakest basis of the required criteria and the gradings that they use."""
    required = [each for each in ruleset.criteria if each.severity == "required"]
    graded = {
        name
        for criterion in required
        for name in ruleset.grades_in(criterion.requirement, criterion.dimension)
    }
    return weakest(
        [
            *(each.provenance.status for each in required),
            *(ruleset.grading[name].provenance.status for name in graded),
        ]
    )
