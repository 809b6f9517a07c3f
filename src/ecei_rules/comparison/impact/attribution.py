"""Why two assessments of one organisation came out differently."""

from __future__ import annotations

from enum import Enum
from itertools import combinations
from typing import get_args

from attrs import field, frozen

from ecei_rules.comparison.impact.answer_changes import (
    ChangedAnswer,
    ChangedEvent,
    ChangedImprovement,
    changed_answers,
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
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset

    Corners = Mapping["Factors", Mapping[Aspect, Result | NotKnown]]


class Factor(Enum):
    """
    What an outcome depends on.

    *answers*: what the organisation said and did, that is its answers, the facts, the
    confirmed improvements and the events of its history; *rules*: the ruleset, with
    the catalogue it judges; *day*: that of the interview, and with it the age of
    whatever has one, and which events had happened by then.
    """

    ANSWERS = "answers"
    RULES = "rules"
    DAY = "day"


#: Factors that go from before to after together, in the order of `Factor`.
Factors = tuple[Factor, ...]


@frozen
class Difference:
    """
    One thing that came out differently, and what that is due to.

    *before* or *after* is `None` where there is no such thing, or no days. *due_to*
    are the least sets of factors that, gone from before to after, give the outcome of
    after: one alone, or several only together. Each of them is enough. *not_known* are
    the sets of which too little is held to say whether they are enough; a set of
    *due_to* that has one of them as a part may not be the least.
    """

    aspect: AspectKind
    id: str
    title: Text | None
    before: Result
    after: Result
    due_to: tuple[Factors, ...] = field(converter=tuple[Factors, ...], kw_only=True)
    not_known: tuple[Factors, ...] = field(default=(), converter=tuple[Factors, ...], kw_only=True)


@frozen
class Compared:
    """One of the two assessments, by what it names."""

    library: str
    interview: InterviewReference
    catalogue: CatalogueReference
    ruleset: RulesetReference


@frozen
class AssessmentComparison:
    """
    What came out differently in two assessments of one organisation, and why.

    *changed* are the factors that are not the same, or may not be; *not_held* what was
    answered in both interviews, of which it is not known whether the answers are the
    same.
    """

    before: Compared
    after: Compared
    changed: Factors
    differences: tuple[Difference, ...] = field(converter=tuple[Difference, ...])
    answers: tuple[ChangedAnswer, ...] = field(converter=tuple[ChangedAnswer, ...])
    events: tuple[ChangedEvent, ...] = field(converter=tuple[ChangedEvent, ...])
    improvements: tuple[ChangedImprovement, ...] = field(converter=tuple[ChangedImprovement, ...])
    not_held: tuple[ChangedAnswer, ...] = field(converter=tuple[ChangedAnswer, ...])


def compare_assessments(
    before: Assessment,
    after: Assessment,
    *,
    edition: Edition | None = None,
    interviews: tuple[Interview, Interview] | None = None,
) -> AssessmentComparison:
    """
    What came out differently in two assessments of one organisation, and why.

    The answers of the one are held against the rules of the other, on the day of
    either, and so on for every mixture of the three. An assessment does not hold the
    answers that its ruleset did not look at, nor events of its own day and later;
    where a mixture needs them, it is said that it is not known. With the two
    *interviews* everything is known. The rulesets are looked up in *edition*, by
    default among the shipped ones, and may be of different labels.

    >>> from attrs import evolve
    >>> from ecei_rules.evaluation.assess import assess
    >>> from ecei_rules.interviews.interview import Conducted, Interview
    >>> from ecei_rules.interviews.history import Cluster
    >>> from datetime import date
    >>> rules = shipped().ruleset("bronze", version="2019-11")
    >>> cluster, held = Cluster("Example Cluster", "IT"), Conducted(date(2024, 3, 18))
    >>> small = Interview(rules.catalogue, cluster, held, {"committed-participants": 3})
    >>> large = evolve(small, answers={"committed-participants": 63})
    >>> found = compare_assessments(assess(small, rules), assess(large, rules))
    >>> found.differences[0].due_to
    ((<Factor.ANSWERS: 'answers'>,),)

    Raises:
        DifferentOrganisations: their names or their countries differ.
        UnknownEdition: a ruleset is not in *edition*.
        DigestMismatch: a ruleset of that name, its catalogue or one of *interviews* is
            not the one that was assessed.
    """
    one, other = (f"{e.interview.name} ({e.interview.country})" for e in (before, after))
    if one != other:
        raise DifferentOrganisations(one, other)
    place = shipped() if edition is None else edition
    rulesets = _ruleset(before, place), _ruleset(after, place)
    if interviews is None:
        recalled = (
            from_assessment(before, rulesets[0].catalogue),
            from_assessment(after, rulesets[1].catalogue),
        )
    else:
        recalled = _whole(before, interviews[0]), _whole(after, interviews[1])
    changed = _changed(before, after, recalled)
    answers = tuple(changed_answers(*recalled)) if Factor.ANSWERS in changed else ()
    return AssessmentComparison(
        _compared(before),
        _compared(after),
        changed,
        _differences(before, after, _corners(after, changed, recalled, rulesets)),
        [each for each in answers if not _perhaps(each)],
        changed_events(*recalled),
        changed_improvements(*recalled),
        [each for each in answers if _perhaps(each)],
    )


def _compared(one: Assessment) -> Compared:
    return Compared(one.library, one.interview, one.catalogue, one.ruleset)


def _perhaps(answer: ChangedAnswer) -> bool:
    """That it is answered is known of both, and of one or both not how."""
    pair = (answer.before, answer.after)
    return NotKnown.NOT_KNOWN in pair and None not in pair


def _ruleset(assessment: Assessment, place: Edition) -> Ruleset:
    found = place.ruleset(assessment.ruleset.label, version=assessment.ruleset.version)
    _check(f"the ruleset {found.reference}", assessment.ruleset.digest, digest(found))
    catalogue = found.catalogue
    _check(f"the catalogue {catalogue.reference}", assessment.catalogue.digest, digest(catalogue))
    return found


def _whole(assessment: Assessment, interview: Interview) -> PartialInterview:
    said = f"the interview of {interview.cluster.name} on {interview.conducted.on}"
    _check(said, assessment.interview.digest, digest(interview))
    catalogue = interview.catalogue
    _check(f"the catalogue {catalogue.reference}", assessment.catalogue.digest, digest(catalogue))
    return PartialInterview(interview)


def _check(document: str, assessed: str, found: str) -> None:
    if assessed != found:
        raise DigestMismatch(document, assessed, found)


def _changed(
    before: Assessment, after: Assessment, recalled: tuple[PartialInterview, PartialInterview]
) -> Factors:
    one, other = recalled
    same = {
        Factor.ANSWERS: before.interview.digest == after.interview.digest
        or (one.whole and _content(one.interview) == _content(other.interview)),
        Factor.RULES: (before.ruleset.digest, before.catalogue.digest)
        == (after.ruleset.digest, after.catalogue.digest),
        Factor.DAY: before.interview.on == after.interview.on,
    }
    return tuple(each for each in Factor if not same[each])


def _content(interview: Interview) -> object:
    answers, facts = (
        # true and 1 are equal to Python, and not the same answer
        {name: (isinstance(answer, bool), answer) for name, answer in given.items()}
        for given in (interview.answers, interview.facts)
    )
    confirmed = {each.indicator for each in interview.improvements if each.confirmed}
    return answers, facts, confirmed, set(interview.history)


def _corners(
    after: Assessment,
    changed: Factors,
    recalled: tuple[PartialInterview, PartialInterview],
    rulesets: tuple[Ruleset, Ruleset],
) -> Corners:
    """What comes out with some of what changed gone from before to after, the fewest first."""
    days = [each.interview.conducted.on for each in recalled]
    found: dict[Factors, Mapping[Aspect, Result | NotKnown]] = {
        gone: counterfactual_results(
            recalled[Factor.ANSWERS in gone],
            rulesets[Factor.RULES in gone],
            days[Factor.DAY in gone],
        )
        for size in range(1, len(changed))
        for gone in combinations(changed, size)
    }
    return found | {changed: results_of(after)} if changed else {}


def _differences(before: Assessment, after: Assessment, corners: Corners) -> Iterator[Difference]:
    one, other = results_of(before), results_of(after)
    titles = {**_titles(before), **_titles(after)}
    order = get_args(AspectKind)
    for thing in sorted({**one, **other}, key=lambda each: order.index(each.aspect)):
        old, new = one.get(thing), other.get(thing)
        if old != new:
            # whether there is such a thing at all the rules say, and nothing else
            there = thing in one and thing in other
            found = _attributed(thing, new, corners) if there else ([(Factor.RULES,)], [])
            yield Difference(
                thing.aspect,
                thing.id,
                titles.get(thing),
                old,
                new,
                due_to=found[0],
                not_known=found[1],
            )


def _attributed(
    thing: Aspect, wanted: Result, corners: Corners
) -> tuple[list[Factors], list[Factors]]:
    """The least sets that give what is wanted, and those of which that is not known."""
    enough: list[Factors] = []
    not_known: list[Factors] = []
    for gone, results in corners.items():
        if any(set(each) < set(gone) for each in enough):
            continue
        if results[thing] is NotKnown.NOT_KNOWN:
            not_known.append(gone)
        elif results[thing] == wanted:
            enough.append(gone)
    return enough, not_known


def _titles(assessment: Assessment) -> dict[Aspect, Text | None]:
    found: dict[Aspect, Text | None] = {
        Aspect("criterion", each.criterion): each.title for each in assessment.all_findings
    }
    for dimension in assessment.dimensions:
        found[Aspect("dimension", dimension.id)] = dimension.title
        found |= {Aspect("grade", each.indicator): each.title for each in dimension.indicators}
    return found
