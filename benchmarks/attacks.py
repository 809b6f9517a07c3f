"""
Attacks benchmarks of invented interviews, and counts the answers that can be read off.

`python benchmarks/attacks.py 25` builds benchmarks of 25 corpora of 30 to 300 interviews, and of
the same with four of five answers drawn to the commonest of their like, with minima of 5 and 10,
and attacks every organisation in every question by integer programmes. Nothing here is a test.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from benchmark_attack import Attacked, drawn_together, memberships, pinned

import ecei_rules as er

ON = date(2022, 6, 30)
SMALLEST, LARGEST = 30, 300


def main(corpora: str = "25", first: str = "0") -> None:
    """Attack some corpora of rising size, as they are and drawn together."""
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    total = [0, 0]
    for seed in range(int(first), int(corpora)):
        count = round(SMALLEST * (LARGEST / SMALLEST) ** (seed / max(1, int(corpora) - 1)))
        for alike in (False, True):
            begun = time.process_time()
            corpus = list(er.example_corpus(count, seed=seed))
            if alike:
                corpus = drawn_together(corpus, seed)
            attacked = Attacked(corpus, memberships(corpus, ruleset, ON), ruleset)
            documents = [er.build_benchmark(corpus, ruleset, on=ON, minimum=n) for n in (5, 10)]
            results = [pinned(documents, attacked, name) for name in ruleset.catalogue.asked]
            found, size = sum(len(each) for each, _ in results), sum(n for _, n in results)
            total = [total[0] + found, total[1] + size]
            seconds = time.process_time() - begun
            kind = "drawn together" if alike else "as invented"
            print(f"{count:4} {kind:15} {found:4} of {size:6} pinned, {seconds:5.0f} s", flush=True)
    print(f"in all {total[0]} of {total[1]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
