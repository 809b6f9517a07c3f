"""What to do next, most valuable first."""

from __future__ import annotations

from ecei_rules.evaluation.assessment import (
    Finding,
    GradedIndicator,
    Outcome,
    Recommendation,
    deciding,
)
from ecei_rules.interviews.provenance import Basis, weakest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.interviews.catalogue import Indicator
    from ecei_rules.rulesets.ruleset import Grade, Ruleset


def recommendations(
    ruleset: Ruleset,
    graded: Mapping[str, GradedIndicator],
    findings: Iterable[Finding],
) -> tuple[Recommendation, ...]:
    """
    Return the recommendations that an interview calls for, the most valuable first.

    Those that a required criterion failed on come first; then they are ordered by the
    points that the recommended grade would earn, and then as in the catalogue, facts
    last. An unanswered indicator calls for an answer and not for improvement. Source:
    docs/semantics.md, 4.7 to 4.10.
    """
    failed: dict[str, Basis] = {}
    for finding in findings:
        if finding.severity == "required" and finding.outcome is Outcome.NOT_MET:
            for name in deciding(finding.grounds):
                failed[name] = weakest([finding.basis, failed.get(name, finding.basis)])
    catalogue = ruleset.catalogue
    found = [
        each
        for name, indicator in catalogue.asked.items()
        if (each := _to_improve(ruleset, indicator, graded.get(name), failed.get(name)))
    ]
    for name, fact in catalogue.facts_asked.items():
        advice = ruleset.recommendations.get(name)
        if name in failed and advice is not None:
            found.append(
                Recommendation(
                    "fact",
                    name,
                    fact.title,
                    advice.text,
                    decisive=True,
                    gain=0,
                    aligned_with=advice.aligned_with,
                    basis=failed[name],
                )
            )

    return tuple(sorted(found, key=lambda each: (not each.decisive, -each.gain)))


def _to_improve(
    ruleset: Ruleset,
    indicator: Indicator,
    graded: GradedIndicator | None,
    refused: Basis | None,
) -> Recommendation | None:
    advice = ruleset.recommendations.get(indicator.id)
    if advice is None:
        return None
    better = _within_reach(ruleset, graded, advice.below)
    if better is None and refused is None:
        return None
    return Recommendation(
        "indicator",
        indicator.id,
        indicator.title,
        advice.text,
        decisive=refused is not None,
        gain=better[1] if better else 0,
        grade=graded.grade if graded else None,
        target=better[0].grade if better else None,
        aligned_with=advice.aligned_with,
        basis=refused or (graded.basis if graded else Basis.DOCUMENTED),
    )


def _within_reach(
    ruleset: Ruleset, graded: GradedIndicator | None, below: str | None
) -> tuple[Grade, int] | None:
    """The best grade up to the one recommended, and the points it earns more."""
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
