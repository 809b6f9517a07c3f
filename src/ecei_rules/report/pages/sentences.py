"""What a report says in a sentence."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.evaluation.assessment import LabelOutcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.report.pages.individual_content import IndividualReport
    from ecei_rules.report.pages.localisation import Words


def of_outcome(assessment: Assessment, words: Words) -> str:
    """What came out, and on how many requirements it rests."""
    label = words.text(assessment.ruleset.label.capitalize())
    count = len(assessment.decisive)
    match assessment.outcome:
        case LabelOutcome.AWARDED:
            return words("Every requirement of {label} is met: the label is awarded.", label=label)
        case LabelOutcome.NOT_AWARDED:
            return words.of(
                count,
                "{count} requirement of {label} is not met, so that the label is not awarded.",
                "{count} requirements of {label} are not met, so that the label is not awarded.",
                label=label,
            )
        case LabelOutcome.UNDETERMINED:
            return words.of(
                count,
                "Whether the label {label} is awarded is open: {count} requirement waits for"
                " answers.",
                "Whether the label {label} is awarded is open: {count} requirements wait for"
                " answers.",
                label=label,
            )
        case unreachable:
            assert_never(unreachable)


def of_road(report: IndividualReport, words: Words) -> str:
    """Where the road leads."""
    here = words.text(report.ruleset.label.capitalize())
    there = words.text(report.road.ruleset.label.capitalize())
    if report.road.ruleset.label != report.ruleset.label:
        return words("After {here}, the next label is {there}.", here=here, there=there)
    if report.road.keeps:
        return words("{here} is earned. What follows is about keeping it.", here=here)
    return words("What follows leads to {here}.", here=here)


def of_groups(benchmark: Benchmark, words: Words) -> str:
    """What the groups of a benchmark were made from."""
    return words.of(
        benchmark.interviews,
        "The groups are made from {count} interview, one of each organisation; who holds a label"
        " was looked at on {day}.",
        "The groups are made from {count} interviews, one of each organisation; who holds a label"
        " was looked at on {day}.",
        day=words.day(benchmark.on),
    )
