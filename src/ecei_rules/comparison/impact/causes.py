"""The changed criteria that cause another outcome of a label."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve

from ecei_rules.comparison.diff.matching import with_sorted_lists
from ecei_rules.comparison.impact.corpus_outcomes import ChangedCriterion, CriterionChange
from ecei_rules.comparison.impact.partial_interview import answer_form
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Earlier,
    Floor,
    Improvements,
    ScoreReaches,
    simple_requirements,
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
    Return the changed criteria that can change an outcome: the new ones, then removed ones.

    Criteria are matched by their ids. A criterion that neither ruleset requires cannot
    decide, and is left out. Other wording, provenance or order of parts, indicators and
    options is no change.
    """
    rulesets = old, new
    by_id = [{criterion.id: criterion for criterion in each.criteria} for each in rulesets]
    changed = []
    for name in criteria_of(old, new):
        both = by_id[0].get(name), by_id[1].get(name)
        present = [
            (ruleset, criterion)
            for ruleset, criterion in zip(rulesets, both, strict=True)
            if criterion is not None
        ]
        how = tuple(_differences(rulesets, both))
        if how and any(criterion.severity == "required" for _, criterion in present):
            title = present[-1][1].title
            basis = weakest(basis for pair in present for basis in _bases(*pair))
            title_text = None if title is None else str(title)
            changed.append(ChangedCriterion(name, title_text, basis, how))
    return tuple(changed)


def criteria_of(old: Ruleset, new: Ruleset) -> tuple[str, ...]:
    """Return the ids of the criteria of two rulesets: of the new one, then removed ones."""
    return tuple(dict.fromkeys(each.id for ruleset in (new, old) for each in ruleset.criteria))


_LABEL_OUTCOMES = {
    Outcome.MET: LabelOutcome.AWARDED,
    Outcome.NOT_APPLICABLE: LabelOutcome.AWARDED,
    Outcome.UNDETERMINED: LabelOutcome.UNDETERMINED,
    Outcome.NOT_MET: LabelOutcome.NOT_AWARDED,
}
#: The outcomes of a label; the last one among the criteria decides (docs/semantics.md, 4.2).
_ORDER = (LabelOutcome.AWARDED, LabelOutcome.UNDETERMINED, LabelOutcome.NOT_AWARDED)


def outcome_of_one(finding: Finding | None) -> LabelOutcome:
    """Return the outcome of a label with one finding; no finding or advice awards it."""
    if finding is None or finding.severity == "advisory":
        return LabelOutcome.AWARDED
    return _LABEL_OUTCOMES[finding.outcome]


def minimal_sets(
    names: Iterable[str], old: Mapping[str, Finding], new: Mapping[str, Finding]
) -> tuple[tuple[str, ...], ...]:
    """
    Return the minimal sets of criteria that cause the new outcome of the label.

    *old* and *new* are the findings on one interview by criterion. To change a criterion
    is to replace its old finding by the new one, or to drop it if the new ruleset does not
    have it; the label follows from the required findings of the mixture. A set is minimal
    if changing it gives the new outcome and no proper subset does. There is no set if the
    outcome is the same. Source: docs/semantics.md, 4.2 and 9.11.

    The worst finding decides, so no search is needed, and all sets are found however many
    criteria there are. Every criterion that is worse than the new outcome must change. If
    that does not give the new outcome, one more criterion that gives it must change too:
    it is enough alone if the label gets worse, and is otherwise needed only if the new
    outcome is undetermined.

    >>> from ecei_rules.evaluation.assessment import Finding
    >>> from ecei_rules.evaluation.grounds import Completeness
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
        name: tuple(_ORDER.index(outcome_of_one(findings.get(name))) for findings in (old, new))
        for name in names
    }
    previous, wanted = (max((rank[side] for rank in ranks.values()), default=0) for side in (0, 1))
    if previous == wanted:
        return ()
    worse = {name for name, (before, _) in ranks.items() if before > wanted}
    giving = [name for name, (_, after) in ranks.items() if after == wanted]
    mixed = (after if name in worse else before for name, (before, after) in ranks.items())
    sets = [worse] if max(mixed) == wanted else [{*worse, name} for name in giving]
    return tuple(tuple(name for name in ranks if name in minimal) for minimal in sets)


def _differences(
    rulesets: tuple[Ruleset, Ruleset], both: tuple[Criterion | None, Criterion | None]
) -> Iterator[CriterionChange]:
    before, after = both
    if before is None:
        yield CriterionChange.ADDED
    elif after is None:
        yield CriterionChange.REMOVED
    else:
        if with_sorted_lists(before.requirement) != with_sorted_lists(after.requirement):
            yield CriterionChange.REQUIREMENT
        if before.severity != after.severity:
            yield CriterionChange.SEVERITY
        if before.dimension != after.dimension:
            yield CriterionChange.SCOPE
        if any(_gradings_differ(rulesets, each) for each in (before, after)):
            yield CriterionChange.GRADINGS
        if any(_questions_differ(rulesets, each) for each in (before, after)):
            yield CriterionChange.QUESTIONS


def _bases(ruleset: Ruleset, criterion: Criterion) -> Iterator[Basis]:
    yield criterion.provenance.status
    for name in ruleset.grades_in(criterion.requirement, criterion.dimension):
        yield ruleset.grading[name].provenance.status


def _gradings_differ(rulesets: tuple[Ruleset, Ruleset], criterion: Criterion) -> bool:
    names = {
        name
        for ruleset in rulesets
        for name in ruleset.grades_in(criterion.requirement, criterion.dimension)
    }
    old, new = rulesets
    return (bool(names) and old.scale != new.scale) or any(
        _worth(old.grading.get(name)) != _worth(new.grading.get(name))
        for name in names
        if name in old.catalogue.asked and name in new.catalogue.asked
    )


def _worth(grading: Grading | None) -> object:
    if grading is None:
        return None
    # the order of grades matters, that of the parts of a condition does not
    grades = [(each.grade, each.points, with_sorted_lists(each.when)) for each in grading.grades]
    return grading.weight, grading.not_applicable_points, grades


def _questions_differ(rulesets: tuple[Ruleset, Ruleset], criterion: Criterion) -> bool:
    graded = {name for each in rulesets for name in each.grading}
    old, new = (
        dict(_asked(ruleset.catalogue, graded, criterion.requirement, criterion.dimension))
        for ruleset in rulesets
    )
    return old != new


def _asked(
    catalogue: Catalogue, graded: Container[str], requirement: Requirement, scope: str | None
) -> Iterator[tuple[tuple[str, str], object]]:
    """Yield the questions that a requirement looks at, with the form of their answers."""
    for part in simple_requirements(requirement):
        match part:
            case Complete():
                yield from ((("indicator", i.id), _shape(i)) for i in catalogue.within(scope))
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
            case ConductedBy(role=role):
                yield from ((("role", role), None) for each in catalogue.roles if each.id == role)
            case Earlier():
                continue
            case unreachable:
                assert_never(unreachable)


def _shape(asked: Indicator | Fact) -> object:
    kind, may_not_apply = answer_form(asked)
    match kind:
        case Choice() | Choices() | Breakdown():
            options = frozenset(option.id for option in kind.options)
            return evolve(kind, options=()), options, may_not_apply
        case Count() | Number() | Share() | Year() | YesNo():
            return kind, may_not_apply
        case unreachable:
            assert_never(unreachable)
