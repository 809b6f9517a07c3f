"""Recommendations, the most valuable first."""

from __future__ import annotations

from ecei_rules.evaluation.assessment import GradedIndicator, Recommendation
from ecei_rules.evaluation.deciding import deciding
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.provenance import Basis, weakest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    failed: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "required" and finding.outcome is Outcome.NOT_MET:
            for name in deciding(finding.grounds):
                failed.setdefault(name, []).append(finding)
    catalogue = ruleset.catalogue
    asked: list[Indicator | Fact] = [*catalogue.asked.values(), *catalogue.facts_asked.values()]
    recommended = [
        recommendation
        for subject in asked
        if (
            recommendation := _recommend(
                ruleset, subject, graded.get(subject.id), failed.get(subject.id, [])
            )
        )
    ]
    return tuple(sorted(recommended, key=lambda each: (not each.decisive, -each.gain)))


def _recommend(
    ruleset: Ruleset,
    asked: Indicator | Fact,
    graded: GradedIndicator | None,
    failed_on: Sequence[Finding],
) -> Recommendation | None:
    advice = ruleset.recommendations.get(asked.id)
    if advice is None:
        return None
    target = _target(ruleset, graded, advice.below)
    if target is None and not failed_on:
        return None
    basis = graded.basis if graded else Basis.DOCUMENTED
    if failed_on:
        basis = weakest(finding.basis for finding in failed_on)
    return Recommendation(
        "indicator" if asked.id in ruleset.catalogue.asked else "fact",
        asked.id,
        asked.title,
        advice.text,
        decisive=bool(failed_on),
        gain=target[1] if target else 0,
        grade=graded.grade if graded else None,
        target=target[0].grade if target else None,
        aligned_with=advice.aligned_with,
        basis=basis,
        one_page=basis is Basis.DOCUMENTED and any(finding.one_page for finding in failed_on),
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
