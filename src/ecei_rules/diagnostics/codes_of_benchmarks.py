"""What the codes mean of benchmarks."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation

OF_BENCHMARKS: dict[str, Explanation] = {
    "ECEI441": Explanation(
        "figures of too few",
        "A group, or the figures of one question in it, are of fewer organisations than"
        " the benchmark's own minimum. Whoever knows the organisations could tell what"
        " one of them answered.",
        "Build the benchmark again; leave the figures out where it was put together by hand.",
    ),
    "ECEI442": Explanation(
        "figures that give away others",
        "The figures of a group are shown beside those of everybody, and the difference"
        " is of fewer organisations than the minimum: subtracting shows their answers.",
        "Build the benchmark again; withhold the figures where it was put together by hand.",
    ),
    "ECEI443": Explanation(
        "numbers that do not add up",
        "The organisations that are counted in one place of a benchmark are not those"
        " that are counted in another, so that it is damaged or was changed.",
        "Build the benchmark again.",
    ),
    "ECEI444": Explanation(
        "group or subject that is not in its place",
        "A group or a subject of a benchmark stands twice, is missing, or has a name that"
        " it cannot have.",
        "Build the benchmark again.",
    ),
}
