"""
Measures the library against its peers, and prints the table of targets.

`python -m benchmarks --quick` measures the ratios within one process, in under a minute.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from benchmarks.measures import in_process
from benchmarks.measures.equality import check_equal_bytes
from benchmarks.targets import TARGETS, is_failure, table, verdict

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3
SECONDS = 5.0
QUICK_SECONDS = 0.3


def main(arguments: list[str] | None = None) -> int:
    """Check that results are equal, measure, and print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only ratios within one process")
    parser.add_argument("--only", metavar="NAME", choices=[each.name for each in TARGETS])
    options = parser.parse_args(arguments)
    measures = in_process.MEASURES
    targets = [each for each in TARGETS if each.name in measures or not options.quick]
    if options.only:
        targets = [each for each in targets if each.name == options.only]
    for line in check_equal_bytes():
        print(line, file=sys.stderr)
    seconds = QUICK_SECONDS if options.quick else SECONDS
    wanted = {each.name: measures[each.name] for each in targets if each.name in measures}
    measured = measure(wanted, seconds)
    print(table(targets, measured), end="")
    return int(is_failure(verdict(each, measured.get(each.name, [])) for each in targets))


def measure(
    measures: dict[str, Callable[[float], float]], seconds: float
) -> dict[str, list[float]]:
    """Run all measures three times, one after the other."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for run in range(RUNS):
        for name, each in measures.items():
            found[name].append(each(seconds))
            print(f"run {run + 1}  {name:20} {found[name][-1]:8.3f}", file=sys.stderr)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
