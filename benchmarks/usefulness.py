"""
Measures how much benchmarks of invented interviews still tell, and how long building takes.

`python benchmarks/usefulness.py 300 1300` prints for each number of interviews the figures that
are shown, the tables that are withheld, in how many classes a median can be, how far the class
in the middle of the rounded counts is from that of the true median, and how wide the ranges of
the shares of grades are. `python benchmarks/usefulness.py smallest` prints from which number of
interviews on everybody has figures of half of the questions. Nothing here is a test.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from attacked_corpora import memberships

import ecei_rules as er
from ecei_rules.benchmark.estimates import MEDIAN, attainment, grade_shares, quartile
from ecei_rules.benchmark.tables import Intervals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecei_rules.benchmark.benchmark import Benchmark, Group

ON = date(2022, 6, 30)
SEED = 6


def middle(counts: Sequence[int]) -> int:
    """Return the class in which half of the organisations are reached."""
    return next(
        number for number, reached in enumerate(accumulate(counts)) if 2 * reached >= sum(counts)
    )


def main(*counts: str) -> None:
    """Measure benchmarks of some numbers of interviews."""
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    for count in map(int, counts or ("300", "1300")):
        corpus = list(er.example_corpus(count, seed=SEED))
        begun = time.process_time()
        benchmark = er.build_benchmark(corpus, ruleset, on=ON)
        seconds = time.process_time() - begun
        shown = [(group, each) for group in benchmark.groups for each in group.figures]
        whole = len(shown) + sum(len(group.withheld) for group in benchmark.groups)
        missing = sum(not counts for _, each in shown for counts in each.counts)
        tables = sum(len(each.counts) for _, each in shown)
        print(f"{count} interviews: {seconds:.0f} s, {len(benchmark.groups)} groups")
        print(
            f"  {len(shown)} of {whole} figures shown, {missing} of their {tables} tables withheld"
        )
        values: defaultdict[tuple[str, str | None, str], list[int | Decimal]] = defaultdict(list)
        for interview, groups in zip(corpus, memberships(corpus, ruleset, ON), strict=True):
            for name, answer in interview.answers.items():
                if isinstance(answer, int | Decimal):
                    for _, family, group in groups:
                        values[family, group, name].append(answer)
        widths, distances = [], []
        subjects = {each.id: each for each in benchmark.subjects}
        for group, figures in shown:
            for table, found in zip(
                subjects[figures.indicator].tables, figures.counts, strict=True
            ):
                if isinstance(table, Intervals) and found:
                    possible = quartile(found, figures.answered, MEDIAN)
                    widths.append(possible.last - possible.first + 1)
                    true = median(values[group.family, group.name, figures.indicator])
                    distances.append(abs(middle(found) - table.class_of(true)))
        for name, groups in by_size(benchmark).items():
            shares = [
                each
                for group in groups
                for figures in group.figures
                for each in grade_shares(
                    subjects[figures.indicator], figures, benchmark.scale
                ).values()
            ]
            points = [
                found.share
                for group in groups
                for each in benchmark.subjects
                if each.level == "dimension"
                for found in [attainment(benchmark, group, each.id)]
                if found is not None
            ]
            wide = [
                mean(100 * (each.high - each.low) for each in some) for some in (shares, points)
            ]
            print(
                f"  in groups of {name}: a grade has a range of {float(wide[0]):.0f} points of a"
                f" percentage, the points of a dimension one of {float(wide[1]):.0f}"
            )
        print(f"  the median can be in {mean(widths):.1f} classes, in one for {share(widths, 1)}")
        right, near = share(distances, 0), share(distances, 1)
        print(f"  a median read off is in the true class for {right}, in the next for {near}")


def smallest() -> None:
    """Print for small numbers of interviews how many questions everybody has figures of."""
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    for count in (10, 15, 20, 25, 30, 35, 40, 50, 60, 80):
        shown = []
        for seed in range(5):
            corpus = er.example_corpus(count, seed=seed)
            everybody = er.build_benchmark(corpus, ruleset, on=ON).group("everybody")
            shown.append(len(everybody.figures) if everybody else 0)
        asked = len(ruleset.catalogue.asked)
        print(f"{count} interviews: {shown} of {asked} questions, of five corpora")


def by_size(benchmark: Benchmark) -> dict[str, list[Group]]:
    """Return the groups by their sizes, as far as there are any."""
    sizes = {"5 or 10": (5, 10), "15 to 30": (15, 30), "more": (35, 10**9)}
    found = {
        name: [group for group in benchmark.groups if low <= group.size <= high]
        for name, (low, high) in sizes.items()
    }
    return {name: groups for name, groups in found.items() if groups}


def share(numbers: Sequence[int], wanted: int) -> str:
    """Return the share of some numbers that are the wanted one, in percent."""
    return f"{Counter(numbers)[wanted] / len(numbers):.0%}"


if __name__ == "__main__":
    if sys.argv[1:] == ["smallest"]:
        smallest()
    else:
        main(*sys.argv[1:])
