"""Attribute the differences of two assessments to answers, rules and day."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from itertools import combinations
from typing import get_args

from attrs import field, frozen

from ecei_rules.comparison.impact.answer_changes import (
    ChangedAnswer,
    ChangedConduct,
    ChangedEvent,
    ChangedImprovement,
    changed_answers,
    changed_conduct,
    changed_events,
    changed_improvements,
)
from ecei_rules.comparison.impact.counterfactuals import (
    Aspect,
    AspectKind,
    Result,
    counterfactual_results,
    results_of,
)
from ecei_rules.comparison.impact.partial_interview import (
    NotKnown,
    PartialInterview,
    carried_over,
    from_assessment,
)
from ecei_rules.diagnostics.errors import DifferentOrganisations, DigestMismatch
from ecei_rules.documents.digest import digest
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assessment import (
    CatalogueReference,
    InterviewReference,
    RulesetReference,
)
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset

    Counterfactuals = Mapping["Factors", Mapping[Aspect, Result | NotKnown]]


class Factor(Enum):
    """
    A factor that an outcome depends on (docs/semantics.md, 11.1).

    *answers*: the answers, the facts, the confirmed improvements, the events of the
    history, the experts and the mode; *rules*: the ruleset, with the catalogue it judges;
    *day*: that of the interview, and with it the age of everything, and the events that
    had happened.
    """

    ANSWERS = "answers"
    RULES = "rules"
    DAY = "day"


#: Factors taken together from the later assessment, in the order of `Factor`.
Factors = tuple[Factor, ...]


@frozen
class Difference:
    """
    One result that differs between two assessments, and the factors it is due to.

    *before* or *after* is `None` where an assessment has no such result, or no days.
    *due_to* are the minimal sets of factors that, taken from the later assessment, give
    its result; each of the sets is enough (docs/semantics.md, 11.2). *not_known* are the
    sets for which the assessments record too little to decide whether they are enough; a
    set of *due_to* that includes one of these may not be minimal.
    """

    aspect: AspectKind
    id: str
    title: Text | None
    before: Result
    after: Result
    due_to: tuple[Factors, ...] = field(converter=tuple[Factors, ...], kw_only=True)
    not_known: tuple[Factors, ...] = field(default=(), converter=tuple[Factors, ...], kw_only=True)


@frozen
class AssessmentReference:
    """One of the two assessments, with the documents that it names."""

    library: str
    interview: InterviewReference
    catalogue: CatalogueReference
    ruleset: RulesetReference


@frozen
class AssessmentComparison:
    """
    The differences between two assessments of one organisation, and their causes.

    *changed* are the factors that differ, or may differ. *not_held* are questions that
    both interviews answered, of which it is not known whether the answers differ.
    Source: docs/semantics.md, 11.1, 11.2 and 11.3.
    """

    before: AssessmentReference
    after: AssessmentReference
    changed: Factors
    differences: tuple[Difference, ...] = field(converter=tuple[Difference, ...])
    answers: tuple[ChangedAnswer, ...] = field(converter=tuple[ChangedAnswer, ...])
    events: tuple[ChangedEvent, ...] = field(converter=tuple[ChangedEvent, ...])
    improvements: tuple[ChangedImprovement, ...] = field(converter=tuple[ChangedImprovement, ...])
    conduct: tuple[ChangedConduct, ...] = field(converter=tuple[ChangedConduct, ...])
    not_held: tuple[ChangedAnswer, ...] = field(converter=tuple[ChangedAnswer, ...])


def compare_assessments(
    before: Assessment,
    after: Assessment,
    *,
    edition: Edition | None = None,
    interviews: tuple[Interview, Interview] | None = None,
) -> AssessmentComparison:
    """
    Explain the differences between two assessments of one organisation.

    Call this when an outcome changed, to learn whether the answers, the rules or the day
    of the interview caused it. Every mixture of the three is assessed: the answers of the
    one under the rules of the other, on the day of either. An assessment does not record
    answers that its ruleset did not look at, nor events of its own day and later; a
    result that needs them is not known. With the two *interviews*, in the order of the
    assessments, everything is known. The rulesets are looked up in *edition*, by default
    among the shipped ones, and may be of different labels.
    Source: docs/semantics.md, 11.1, 11.2 and 11.3.

    >>> from attrs import evolve
    >>> from ecei_rules.evaluation.assess import assess
    >>> from ecei_rules.interviews.interview import Conducted, Interview
    >>> from ecei_rules.interviews.history import Cluster
    >>> from datetime import date
    >>> rules = shipped().ruleset("bronze", version="2019-11")
    >>> cluster, day = Cluster("Example Cluster", "IT"), Conducted(date(2024, 3, 18))
    >>> small = Interview(rules.catalogue, cluster, day, {"committed-participants": 3})
    >>> large = evolve(small, answers={"committed-participants": 63})
    >>> comparison = compare_assessments(assess(small, rules), assess(large, rules))
    >>> comparison.differences[0].due_to
    ((<Factor.ANSWERS: 'answers'>,),)

    Raises:
        DifferentOrganisations: their names or their countries differ (docs/semantics.md, 8.9).
        UnknownEdition: a ruleset is not in *edition*.
        DigestMismatch: a ruleset of that name, its catalogue or one of *interviews* is
            not the one that was assessed.
    """
    one, other = before.interview, after.interview
    if one.country != other.country or comparable_name(one.name) != comparable_name(other.name):
        named = [f"{each.name} ({each.country})" for each in (one, other)]
        raise DifferentOrganisations(*named)
    known = shipped() if edition is None else edition
    rulesets = _ruleset(before, known), _ruleset(after, known)
    if interviews is None:
        partial = (
            from_assessment(before, rulesets[0].catalogue),
            from_assessment(after, rulesets[1].catalogue),
        )
    else:
        partial = _checked(before, interviews[0]), _checked(after, interviews[1])
    changed = _changed(before, after, partial)
    answers = tuple(changed_answers(*partial)) if Factor.ANSWERS in changed else ()
    return AssessmentComparison(
        _reference(before),
        _reference(after),
        changed,
        _differences(before, after, _counterfactuals(after, changed, partial, rulesets)),
        [answer for answer in answers if not _may_be_same(answer)],
        changed_events(*partial),
        changed_improvements(*partial),
        changed_conduct(*partial),
        [answer for answer in answers if _may_be_same(answer)],
    )


def _reference(of: Assessment) -> AssessmentReference:
    return AssessmentReference(of.library, of.interview, of.catalogue, of.ruleset)


def _may_be_same(answer: ChangedAnswer) -> bool:
    """Whether both interviews have an answer, and at least one of the two is not known."""
    answers = (answer.before, answer.after)
    return NotKnown.NOT_KNOWN in answers and None not in answers


def _ruleset(assessment: Assessment, edition: Edition) -> Ruleset:
    ruleset = edition.ruleset(assessment.ruleset.label, version=assessment.ruleset.version)
    _check(f"the ruleset {ruleset.reference}", assessment.ruleset.digest, digest(ruleset))
    catalogue = ruleset.catalogue
    _check(f"the catalogue {catalogue.reference}", assessment.catalogue.digest, digest(catalogue))
    return ruleset


def _checked(assessment: Assessment, interview: Interview) -> PartialInterview:
    document = f"the interview of {interview.cluster.name} on {interview.conducted.on}"
    _check(document, assessment.interview.digest, digest(interview))
    catalogue = interview.catalogue
    _check(f"the catalogue {catalogue.reference}", assessment.catalogue.digest, digest(catalogue))
    return PartialInterview(interview)


def _check(document: str, assessed: str, given: str) -> None:
    if assessed != given:
        raise DigestMismatch(document, assessed, given)


def _changed(
    before: Assessment, after: Assessment, partial: tuple[PartialInterview, PartialInterview]
) -> Factors:
    old, new = partial
    same = {
        Factor.ANSWERS: before.interview.digest == after.interview.digest
        or (old.whole and _say_the_same(old.interview, new.interview)),
        Factor.RULES: (before.ruleset.digest, before.catalogue.digest)
        == (after.ruleset.digest, after.catalogue.digest),
        Factor.DAY: before.interview.on == after.interview.on,
    }
    return tuple(factor for factor in Factor if not same[factor])


def _say_the_same(old: Interview, new: Interview) -> bool:
    """Whether either interview can replace the other, also where its catalogue is another one."""
    return all(
        _content(carried_over(one, other.catalogue, other.conducted.on)) == _content(other)
        for one, other in ((old, new), (new, old))
    )


def _content(interview: Interview) -> object:
    answers, facts = (
        # true and 1 are equal to Python, and not the same answer
        {name: (isinstance(answer, bool), answer) for name, answer in answers.items()}
        for answers in (interview.answers, interview.facts)
    )
    confirmed = {e.indicator for e in interview.improvements if e.confirmed}
    conducted, experts = interview.conducted, interview.conducted.experts
    stated = None if experts is None else Counter((e.role, e.impartial) for e in experts)
    return answers, facts, confirmed, set(interview.history), conducted.mode, stated


def _counterfactuals(
    after: Assessment,
    changed: Factors,
    partial: tuple[PartialInterview, PartialInterview],
    rulesets: tuple[Ruleset, Ruleset],
) -> Counterfactuals:
    """Return the results with some factors taken from the later assessment, the fewest first."""
    days = [each.interview.conducted.on for each in partial]
    results: dict[Factors, Mapping[Aspect, Result | NotKnown]] = {
        factors: counterfactual_results(
            partial[Factor.ANSWERS in factors],
            rulesets[Factor.RULES in factors],
            days[Factor.DAY in factors],
        )
        for size in range(1, len(changed))
        for factors in combinations(changed, size)
    }
    return results | {changed: results_of(after)} if changed else {}


def _differences(
    before: Assessment, after: Assessment, counterfactuals: Counterfactuals
) -> Iterator[Difference]:
    old, new = results_of(before), results_of(after)
    titles = {**_titles(before), **_titles(after)}
    order = get_args(AspectKind)
    for aspect in sorted({**old, **new}, key=lambda each: order.index(each.aspect)):
        if old.get(aspect) == new.get(aspect):
            continue
        if aspect in old and aspect in new:
            due_to, not_known = _attributed(aspect, new[aspect], counterfactuals)
        else:
            # only the rules decide which aspects an assessment has
            due_to, not_known = [(Factor.RULES,)], []
        yield Difference(
            aspect.aspect,
            aspect.id,
            titles.get(aspect),
            old.get(aspect),
            new.get(aspect),
            due_to=due_to,
            not_known=not_known,
        )


def _attributed(
    aspect: Aspect, wanted: Result, counterfactuals: Counterfactuals
) -> tuple[list[Factors], list[Factors]]:
    """
    Return the minimal sets of factors that give a result, and those with an unknown result.

    Source: docs/semantics.md, 11.2.
    """
    minimal: list[Factors] = []
    not_known: list[Factors] = []
    for factors, results in counterfactuals.items():
        if any(set(smaller) < set(factors) for smaller in minimal):
            continue
        if results[aspect] is NotKnown.NOT_KNOWN:
            not_known.append(factors)
        elif results[aspect] == wanted:
            minimal.append(factors)
    return minimal, not_known


def _titles(assessment: Assessment) -> dict[Aspect, Text | None]:
    titles: dict[Aspect, Text | None] = {
        Aspect("criterion", finding.criterion): finding.title for finding in assessment.all_findings
    }
    for dimension in assessment.dimensions:
        titles[Aspect("dimension", dimension.id)] = dimension.title
        titles |= {Aspect("grade", each.indicator): each.title for each in dimension.indicators}
    return titles
