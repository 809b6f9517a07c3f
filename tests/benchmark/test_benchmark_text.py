"""docs/benchmark.md: a benchmark in words, in special cases."""

from __future__ import annotations

import pytest
from attrs import evolve
from benchmark_samples import HELD, RULES, organisation
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.interviews.history import Cluster

EXAMPLE = er.load_interview(EXAMPLES / "awarded.json")
MADE_UP = EXAMPLES / "benchmarks" / "made-up.json"


def several(count: int) -> list[er.Interview]:
    """Return the example as the interviews of several organisations."""
    return [evolve(EXAMPLE, cluster=Cluster(f"IT {number}", "IT")) for number in range(count)]


class TestWords:
    """Wording of special cases."""

    def test_documented_gradings_give_no_warning(self) -> None:
        """
        Only illustrative values begin the text with NOT OFFICIAL.
        """
        benchmark = er.load_benchmark(MADE_UP)
        for basis, begins in (
            (er.Basis.DOCUMENTED, "The gradings behind grades and points are documented.\n"),
            (None, "There are no grades and no points.\n"),
        ):
            subjects = [evolve(each, basis=basis) for each in benchmark.subjects]
            explanation = er.explain_benchmark(evolve(benchmark, subjects=subjects, made_up=0))
            assert explanation.startswith(begins)

    @pytest.mark.parametrize(
        ("made_up", "interviews", "words"),
        [
            (1, 1, "The only interview is made up."),
            (2, 2, "All of the 2 interviews are made up."),
            (1, 2, "1 of the 2 interviews is made up."),
            (2, 3, "2 of the 3 interviews are made up."),
        ],
    )
    def test_made_up_interviews_are_counted(
        self, made_up: int, interviews: int, words: str
    ) -> None:
        """
        In one or several.
        """
        corpus = [
            evolve(each, extensions={"/x-made-up": True} if n < made_up else {})
            for n, each in enumerate(several(interviews))
        ]
        ruleset = er.shipped().ruleset("bronze", version="2019-11")
        text = er.explain_benchmark(er.build_benchmark(corpus, ruleset, on=HELD.on))

        assert text.startswith(f"MADE UP: {words} NOT OFFICIAL")

    def test_withheld_group_is_one_line(self) -> None:
        """
        Without gradings there are no points, and a dimension without a title is named by
        its id.
        """
        bare = evolve(RULES, grading={})
        made = er.build_benchmark(
            [
                organisation(f"Organisation {n}", "IT" if n < 34 else "NO", form=form)
                for n in range(40)
                for form in [("north", "south")[n % 2]]
            ],
            bare,
            on=HELD.on,
        )

        explanation = er.explain_benchmark(made)

        assert "\nservices, everybody\n" in explanation
        assert "All dimensions" not in explanation

    def test_empty_benchmark(self) -> None:
        """
        The text says that it is empty.
        """
        ruleset = er.shipped().ruleset("bronze", version="2019-11")
        explanation = er.explain_benchmark(er.build_benchmark([], ruleset, on=HELD.on))

        assert "Benchmark of 0 organisations" in explanation
        assert "  - everybody: too few to be shown\n" in explanation
