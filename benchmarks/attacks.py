"""
Attacks benchmarks of invented interviews, and counts the answers that can be read off.

`python benchmarks/attacks.py corpora 25` builds benchmarks of 25 corpora of 30 to 300 interviews,
and of the same with four of five answers drawn to the commonest of their like, with minima of 5
and 10, and attacks every organisation in every question by integer programmes.

`python benchmarks/attacks.py later 100` attacks two benchmarks of different days together: the
second one has a tenth more organisations, and the answers of the others are the same.
`python benchmarks/attacks.py told 100` attacks one benchmark when some organisations have told
their answers. Both are not protected against, and are measured with several minima.

Nothing here is a test.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from attacked_corpora import drawn_together, memberships
from benchmark_attack import Attacked, pinned

import ecei_rules as er

RULESET = er.shipped().ruleset("bronze", version="2019-11")
ON, LATER = date(2022, 6, 30), date(2022, 12, 31)
SMALLEST, LARGEST = 30, 300
MINIMA = 5, 10, 20


def corpora(number: str = "25", first: str = "0") -> None:
    """Attack some corpora of rising size, as they are and drawn together."""
    total = [0, 0]
    for seed in range(int(first), int(number)):
        count = round(SMALLEST * (LARGEST / SMALLEST) ** (seed / max(1, int(number) - 1)))
        for alike in (False, True):
            begun = time.process_time()
            corpus = list(er.example_corpus(count, seed=seed))
            if alike:
                corpus = drawn_together(corpus, seed)
            attacked = Attacked(corpus, memberships(corpus, RULESET, ON), RULESET)
            documents = [er.build_benchmark(corpus, RULESET, on=ON, minimum=n) for n in (5, 10)]
            results = [pinned(documents, attacked, name) for name in RULESET.catalogue.asked]
            found, size = sum(len(each) for each, _ in results), sum(n for _, n in results)
            total = [total[0] + found, total[1] + size]
            seconds = time.process_time() - begun
            kind = "drawn together" if alike else "as invented"
            print(f"{count:4} {kind:15} {found:4} of {size:6} pinned, {seconds:5.0f} s", flush=True)
    print(f"in all {total[0]} of {total[1]}")


def later(count: str = "100", seed: str = "1") -> None:
    """Attack two benchmarks of different days, the second with a tenth more organisations."""
    before = int(count)
    corpus = list(er.example_corpus(before + before // 10, seed=int(seed)))
    groups = memberships(corpus, RULESET, LATER)
    for number, each in enumerate(memberships(corpus[:before], RULESET, ON)):
        groups[number] += each
    for minimum in MINIMA:
        documents = [
            er.build_benchmark(some, RULESET, on=on, minimum=minimum)
            for some, on in ((corpus[:before], ON), (corpus, LATER))
        ]
        attacked = Attacked(corpus, groups, RULESET)
        results = [pinned(documents, attacked, name) for name in RULESET.catalogue.asked]
        found, size = sum(len(each) for each, _ in results), sum(n for _, n in results)
        print(f"two days, minimum {minimum:2}: {found} of {size} pinned", flush=True)


def told(count: str = "100", seed: str = "1") -> None:
    """Attack one benchmark when every tenth, fifth or second organisation has told its answers."""
    corpus = list(er.example_corpus(int(count), seed=int(seed)))
    attacked = Attacked(corpus, memberships(corpus, RULESET, ON), RULESET)
    for minimum in MINIMA:
        document = er.build_benchmark(corpus, RULESET, on=ON, minimum=minimum)
        for one_in in (10, 5, 2):
            those = range(0, len(corpus), one_in)
            results = [
                pinned([document], attacked, name, told=those) for name in RULESET.catalogue.asked
            ]
            found, size = sum(len(each) for each, _ in results), sum(n for _, n in results)
            print(
                f"one of {one_in} has told, minimum {minimum:2}: {found} of {size} pinned",
                flush=True,
            )


if __name__ == "__main__":
    {"corpora": corpora, "later": later, "told": told}[sys.argv[1]](*sys.argv[2:])
