"""Which changed criteria turned the outcome of a label."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve

from ecei_rules.comparison.diff.matching import ordered
from ecei_rules.comparison.impact.corpus_outcomes import ChangedCriterion, How
from ecei_rules.comparison.impact.partial_interview import answer_form
from ecei_rules.evaluation.assessment import LabelOutcome, Outcome
from ecei_rules.interviews.catalogue import Breakdown, Choice, Choices
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from ecei_rules.evaluation.assessment import Finding
    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator
    from ecei_rules.rulesets.criteria import Criterion, Requirement
    from ecei_rules.rulesets.ruleset import Grading, Ruleset


def changed_criteria(old: Ruleset, new: Ruleset) -> tuple[ChangedCriterion, ...]:
    """
    The criteria that can turn an outcome: those of the new ruleset, then those that are gone.

    Criteria are matched by their ids. One that neither ruleset requires cannot decide,
    and is left out. Wording and provenance are no change, and neither is the order in
    which parts, indicators or options are listed.
    """
    before, after = ({each.id: each for each in one.criteria} for one in (old, new))
    found = []
    for name in criteria_of(old, new):
        both = before.get(name), after.get(name)
        there = [each for each in both if each is not None]
        how = tuple(_how((old, new), both))
        if how and any(each.severity == "required" for each in there):
            title = there[-1].title
            basis = weakest(
                each
                for ruleset, one in zip((old, new), both, strict=True)
                if one is not None
                for each in _bases(ruleset, one)
            )
            said = None if title is None else str(title)
            found.append(ChangedCriterion(name, said, basis, how))
    return tuple(found)


def criteria_of(old: Ruleset, new: Ruleset) -> tuple[str, ...]:
    """The ids of the criteria of two rulesets: those of the new one, then what is gone."""
    return tuple(dict.fromkeys(each.id for one in (new, old) for each in one.criteria))


_ALONE = {
    Outcome.MET: LabelOutcome.AWARDED,
    Outcome.NOT_APPLICABLE: LabelOutcome.AWARDED,
    Outcome.UNDETERMINED: LabelOutcome.UNDETERMINED,
    Outcome.NOT_MET: LabelOutcome.NOT_AWARDED,
}
#: What decides the label stands last: semantics 4.2.
_ORDER = (LabelOutcome.AWARDED, LabelOutcome.UNDETERMINED, LabelOutcome.NOT_AWARDED)


def outcome_of_one(finding: Finding | None) -> LabelOutcome:
    """What the label would come to, were a finding the only one; of none, or advice, awarded."""
    if finding is None or finding.severity == "advisory":
        return LabelOutcome.AWARDED
    return _ALONE[finding.outcome]


def minimal_sets(
    names: Iterable[str], old: Mapping[str, Finding], new: Mapping[str, Finding]
) -> tuple[tuple[str, ...], ...]:
    """
    The least sets of criteria that give the new outcome of the label.

    *old* and *new* are the findings on one interview by criterion. To put a criterion
    into its new form is to take its new finding in place of the old one, or to drop it
    where the new ruleset has none; the label follows from the required ones among the
    mixture (semantics 4.2). A set is least when it gives the new outcome and no part of
    it does. Where the outcome is the same there are none.

    The worst finding decides, so that the sets need not be searched for, and are all
    found however many criteria there are. Whatever stood in the way of a better outcome
    has to go, all of it together. If the new outcome is not there then, any one criterion
    that gives it is needed besides: for a label that comes out worse that one alone, and
    otherwise only for one that comes out undetermined.

    >>> from ecei_rules.evaluation.assessment import Completeness, Finding
    >>> from ecei_rules.interviews.provenance import Basis
    >>> met, missed = (
    ...     Finding("", "required", each, Basis.DOCUMENTED, Completeness(each, [], []))
    ...     for each in (Outcome.MET, Outcome.NOT_MET)
    ... )
    >>> minimal_sets("ab", {"a": met}, {"a": missed, "b": missed})
    (('a',), ('b',))
    >>> minimal_sets("ab", {"a": missed, "b": missed}, {"a": met})
    (('a', 'b'),)
    """
    ranks = {
        each: tuple(_ORDER.index(outcome_of_one(found.get(each))) for found in (old, new))
        for each in names
    }
    was, wanted = (max((each[side] for each in ranks.values()), default=0) for side in (0, 1))
    if was == wanted:
        return ()
    gone = {name for name, (before, _) in ranks.items() if before > wanted}
    giving = [name for name, (_, after) in ranks.items() if after == wanted]
    mixed = (after if name in gone else before for name, (before, after) in ranks.items())
    sets = [gone] if max(mixed) == wanted else [{*gone, name} for name in giving]
    return tuple(tuple(name for name in ranks if name in each) for each in sets)


def _how(
    rulesets: tuple[Ruleset, Ruleset], both: tuple[Criterion | None, Criterion | None]
) -> Iterator[How]:
    before, after = both
    if before is None:
        yield How.ADDED
    elif after is None:
        yield How.REMOVED
    else:
        if ordered(before.requirement) != ordered(after.requirement):
            yield How.REQUIREMENT
        if before.severity != after.severity:
            yield How.SEVERITY
        if before.dimension != after.dimension:
            yield How.SCOPE
        if any(_graded_otherwise(rulesets, each) for each in (before, after)):
            yield How.GRADINGS
        if any(_asked_otherwise(rulesets, each) for each in (before, after)):
            yield How.QUESTIONS


def _bases(ruleset: Ruleset, criterion: Criterion) -> Iterator[Basis]:
    yield criterion.provenance.status
    for name in ruleset.grades_in(criterion.requirement, criterion.dimension):
        yield ruleset.grading[name].provenance.status


def _graded_otherwise(rulesets: tuple[Ruleset, Ruleset], criterion: Criterion) -> bool:
    looks = (each.grades_in(criterion.requirement, criterion.dimension) for each in rulesets)
    names = {name for each in looks for name in each}
    old, new = rulesets
    return (bool(names) and old.scale != new.scale) or any(
        _worth(old.grading.get(name)) != _worth(new.grading.get(name))
        for name in names
        if name in old.catalogue.asked and name in new.catalogue.asked
    )


def _worth(grading: Grading | None) -> object:
    if grading is None:
        return None
    # the order of grades says which is attained, that of the parts of a condition nothing
    grades = [(each.grade, each.points, ordered(each.when)) for each in grading.grades]
    return grading.weight, grading.not_applicable_points, grades


def _asked_otherwise(rulesets: tuple[Ruleset, Ruleset], criterion: Criterion) -> bool:
    graded = {name for each in rulesets for name in each.grading}
    old, new = (
        dict(_asked(each.catalogue, graded, criterion.requirement, criterion.dimension))
        for each in rulesets
    )
    return old != new


def _asked(
    catalogue: Catalogue, graded: Container[str], requirement: Requirement, scope: str | None
) -> Iterator[tuple[tuple[str, str], object]]:
    """What a requirement looks at, and what an answer to it must be like."""
    match requirement:
        case Complete():
            yield from ((("indicator", n.id), _shape(n)) for n in catalogue.within(scope))
        case ScoreReaches() | CountGraded():
            counted = (each for each in catalogue.within(scope) if each.id in graded)
            yield from ((("indicator", each.id), _shape(each)) for each in counted)
        case AnswerMeets(subject=subject, id=name):
            known: Mapping[str, Indicator | Fact] = (
                catalogue.asked if subject == "indicator" else catalogue.facts_asked
            )
            if name in known:
                yield (subject, name), _shape(known[name])
        case Floor(indicators=names):
            asked = (catalogue.asked[name] for name in names if name in catalogue.asked)
            yield from ((("indicator", each.id), _shape(each)) for each in asked)
        case Improvements():
            yield from ((("improvement", name), None) for name in catalogue.asked)
        case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
            for part in parts:
                yield from _asked(catalogue, graded, part, scope)
        case Earlier():
            return
        case unreachable:
            assert_never(unreachable)


def _shape(asked: Indicator | Fact) -> object:
    kind, may_not_apply = answer_form(asked)
    if isinstance(kind, Choice | Choices | Breakdown):
        options = frozenset(option.id for option in kind.options)
        return evolve(kind, options=()), options, may_not_apply
    return kind, may_not_apply
