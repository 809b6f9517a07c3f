"""
Measures the time and the memory of comparing rulesets of full size.

Run `python benchmarks/comparisons.py`. The rulesets are those of the tests: 36 indicators,
three grades, weights up to 9, every kind of criterion.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import ecei_rules as er

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

import full_size

SEEDS = range(5)


def main() -> None:
    """Print the seconds of each comparison, and the peak memory so far."""
    for kind in full_size.PAIR_KINDS:
        for seed in SEEDS:
            old, new = full_size.pair(seed, kind)
            begun = time.process_time()
            label = er.compare_rulesets(old, new).label
            seconds = time.process_time() - begun
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            counted = "counted" if label.shares else "beyond the method"
            verdict = label.verdict.value if label.verdict else "not known"
            print(f"{kind:10} {seed} {seconds:6.2f} s {peak:5} MB  {verdict:13} shares {counted}")


if __name__ == "__main__":
    main()
