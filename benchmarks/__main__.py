"""
Measures the library against its peers, and prints the table of targets.

`python -m benchmarks` takes long, since it streams 100,000 interviews; `--quick` measures the
ratios within one process, in under a minute. It ends with 1 where a target is missed by more
than 15 % in the median of three runs, or cannot be measured yet.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measures import corpora, in_process, part_peers, processes
from benchmarks.measures.equality import check_equal_bytes
from benchmarks.page import circumstances, with_measurements
from benchmarks.targets import TARGETS, is_failure, table, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Measures = dict[str, Callable[[float], float | None]]

RUNS = 3
SECONDS = 2.0
QUICK_SECONDS = 0.3
PEERS = "peers"


def main(arguments: list[str] | None = None) -> int:
    """Check that results are equal, measure, and print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    some = parser.add_mutually_exclusive_group()
    some.add_argument("--quick", action="store_true", help="only the ratios within one process")
    names = [*(each.name for each in TARGETS), PEERS]
    some.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        choices=names,
        help=f"one of {', '.join(names)}; may be given several times",
    )
    parser.add_argument("--write", metavar="PAGE", type=Path, help="put the tables into a page")
    options = parser.parse_args(arguments)
    for line in check_equal_bytes():
        print(line, file=sys.stderr)
    wanted = _wanted(quick=options.quick, only=options.only)
    targets = [each for each in TARGETS if each.name in wanted]
    try:
        measured = _measure(wanted, QUICK_SECONDS if options.quick else SECONDS)
        parts = [circumstances(sys.argv[1:] if arguments is None else arguments)]
        if targets:
            parts.append(table(targets, measured))
        if PEERS in wanted:
            parts.append(part_peers.tables(part_peers.measure()))
    finally:
        shutil.rmtree(processes.scratch(), ignore_errors=True)
    text = "\n".join(parts)
    print(text, end="")
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        options.write.write_text(with_measurements(page, text), encoding="utf-8")
    return int(is_failure(verdict(each, measured.get(each.name, [])) for each in targets))


def _wanted(*, quick: bool, only: list[str] | None) -> Collection[str]:
    """Return the names of what is measured."""
    if only:
        return only
    return in_process.MEASURES if quick else [*(each.name for each in TARGETS), PEERS]


def _measure(wanted: Collection[str], seconds: float) -> dict[str, list[float]]:
    """Measure what is wanted, three times one after the other; a result may be missing."""
    often: Measures = {**in_process.MEASURES, **processes.MEASURES, **corpora.MEASURES}
    measured: dict[str, list[float]] = {}
    for run in range(RUNS):
        for name, measure in {**often, **(corpora.ONCE if run == 0 else {})}.items():
            found = measure(seconds) if name in wanted else None
            if found is not None:
                measured.setdefault(name, []).append(found)
                print(f"run {run + 1}  {name:20} {found:8.3f}", file=sys.stderr, flush=True)
    return measured


if __name__ == "__main__":
    raise SystemExit(main())
