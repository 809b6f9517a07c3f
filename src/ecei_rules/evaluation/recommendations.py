"""Recommendations, the most valuable first."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import NamedTuple

from ecei_rules.evaluation.assessment import GradedIndicator, Recommendation
from ecei_rules.evaluation.deciding import deciding
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.provenance import Basis, weakest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.evaluation.assessment import Finding
    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.rulesets.ruleset import Grade, Ruleset


def recommendations(
    ruleset: Ruleset,
    graded: Mapping[str, GradedIndicator],
    findings: Iterable[Finding],
) -> tuple[Recommendation, ...]:
    """
    Return the recommendations that an interview calls for, the most valuable first.

    The decisive ones come first; then they are ordered by the points that the
    recommended grade would add, and then as in the catalogue, facts last. An
    unanswered indicator needs an answer, not an improvement, and has no
    recommendation. Source: docs/semantics.md, 4.7, 4.8, 4.9 and 4.10.
    """
    reasons = reasons_of(findings)
    catalogue = ruleset.catalogue
    asked: list[Indicator | Fact] = [*catalogue.asked.values(), *catalogue.facts_asked.values()]
    each_one = (
        recommend(ruleset, subject, graded.get(subject.id), reasons.get(subject.id))
        for subject in asked
    )
    return most_valuable_first(each for each in each_one if each)


def most_valuable_first(recommended: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    """Order recommendations, which are in the order of the catalogue (docs/semantics.md, 4.9)."""
    # sorting keeps the order of equal ones, also in reverse
    by_gain = sorted(recommended, key=attrgetter("gain"), reverse=True)
    decisive = [each for each in by_gain if each.decisive]
    return (*decisive, *[each for each in by_gain if not each.decisive])


class Reasons(NamedTuple):
    """The weakest basis of the criteria that failed on an answer, and whether one is one page's."""

    basis: Basis
    one_page: bool


def reasons_of(findings: Iterable[Finding]) -> dict[str, Reasons]:
    """Return why indicators and facts are to blame for required criteria that were not met."""
    known: dict[str, Reasons] = {}
    for finding in findings:
        if finding.outcome is Outcome.NOT_MET and finding.severity == "required":
            reasons = Reasons(finding.basis, finding.one_page)
            for name in deciding(finding.grounds):
                before = known.get(name)
                known[name] = reasons if before is None else _together(before, reasons)
    return known


@cache  # there are few of them
def _together(some: Reasons, others: Reasons) -> Reasons:
    return Reasons(weakest([some.basis, others.basis]), some.one_page or others.one_page)


def recommend(
    ruleset: Ruleset,
    asked: Indicator | Fact,
    graded: GradedIndicator | None,
    reasons: Reasons | None,
) -> Recommendation | None:
    """Return the recommendation for an indicator or a fact, if it calls for one."""
    advice = ruleset.recommendations.get(asked.id)
    if advice is None:
        return None
    target = _target(ruleset, graded, advice.below)
    if target is None and reasons is None:
        return None
    basis = graded.basis if graded else Basis.DOCUMENTED
    if reasons is not None:
        basis = reasons.basis
    return Recommendation(
        "indicator" if asked.id in ruleset.catalogue.asked else "fact",
        asked.id,
        asked.title,
        advice.text,
        decisive=reasons is not None,
        gain=target[1] if target else 0,
        grade=graded.grade if graded else None,
        target=target[0].grade if target else None,
        aligned_with=advice.aligned_with,
        basis=basis,
        one_page=basis is Basis.DOCUMENTED and reasons is not None and reasons.one_page,
    )


def _target(
    ruleset: Ruleset, graded: GradedIndicator | None, below: str | None
) -> tuple[Grade, int] | None:
    """Return the best grade up to the recommended one, and the points that it adds."""
    if graded is None or graded.grade is None:
        return None
    grading = ruleset.grading[graded.indicator]
    highest = ruleset.rank(below or ruleset.scale[-1])
    targets = (each for each in grading.grades if ruleset.rank(each.grade) <= highest)
    target = next(targets, None)
    if target is None:
        return None
    gain = grading.weight * target.points - graded.score.low
    return (target, gain) if gain > 0 else None
