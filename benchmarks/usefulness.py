"""
Measures how much benchmarks of invented interviews still tell, and how long building takes.

`python benchmarks/usefulness.py 300 1300` prints for each number of interviews the figures that
are shown, the tables that are withheld, and in how many classes a median can be. Nothing here is
a test.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from fractions import Fraction
from statistics import mean

import ecei_rules as er
from ecei_rules.benchmark.estimates import MEDIAN, quartile
from ecei_rules.benchmark.tables import Intervals

ON = date(2022, 6, 30)
SEED = 6


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
        widths = []
        subjects = {each.id: each for each in benchmark.subjects}
        for _, figures in shown:
            for table, found in zip(
                subjects[figures.indicator].tables, figures.counts, strict=True
            ):
                if isinstance(table, Intervals) and found:
                    middle = quartile(found, figures.answered, MEDIAN)
                    widths.append(middle.last - middle.first + 1)
        ones = Fraction(sum(width == 1 for width in widths), max(1, len(widths)))
        print(f"  the median is in {mean(widths):.1f} classes, in one for {float(ones):.0%}")


if __name__ == "__main__":
    main(*sys.argv[1:])
