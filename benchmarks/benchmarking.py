"""
Measures the time and the memory of building a benchmark of many interviews.

`python benchmarks/benchmarking.py 10000` writes 10,000 interviews to a temporary file, one a
line, and builds their benchmark in another process. Nothing here is a test.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from datetime import date
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory
from typing import Any

import ecei_rules as er
from ecei_rules.cli.corpus import interviews_in
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.portfolios import PORTFOLIOS

EXAMPLE = Path(__file__).parent.parent / "examples" / "awarded.json"
COUNTRIES = ("AT", "CZ", "DE", "DK", "ES", "FI", "FR", "HU", "IT", "LT", "NO", "PL", "PT", "RO")
ON = date(2025, 3, 31)
ANSWERED, HOLDERS = 0.98, 0.1


def answer(kind: Any, generator: random.Random) -> Any:
    """Return a random answer of a kind."""
    match kind:
        case Count(minimum=low, maximum=high):
            return min(int(generator.expovariate(0.05)) + (low or 0), high or 10**6)
        case Number(maximum=most):
            return min(round(generator.lognormvariate(2, 1), 1), float(most or 1000))
        case Share():
            return round(generator.uniform(0, 100), 1)
        case YesNo():
            return generator.choice((True, False))
        case Choice(options=options):
            return generator.choice(options).id
        case Choices(options=options):
            return [each.id for each in options if generator.choice((True, False))]
        case Breakdown(options=options):
            return {each.id: int(generator.expovariate(0.1)) for each in options}
        case Year():
            return generator.randint(1990, 2023)


def write(path: Path, count: int) -> None:
    """Write a corpus of random interviews."""
    document = json.loads(EXAMPLE.read_bytes())
    document["x-made-up"] = True
    asked = er.load_interview(EXAMPLE).catalogue.asked
    generator = random.Random(count)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            cluster = {
                "name": f"Example Cluster {number}",
                "country": generator.choice(COUNTRIES),
                "comparative_portfolio": generator.choice(PORTFOLIOS),
            }
            answers = {
                name: answer(indicator.answer, generator)
                for name, indicator in asked.items()
                if generator.random() < ANSWERED
            }
            award = {"label": generator.choice(("silver", "gold")), "event": "awarded"}
            award |= {"on": "2023-03-02", "valid_until": "2025-03-31"}
            history = [award] if generator.random() < HOLDERS else []
            interview = {**document, "cluster": cluster, "answers": answers, "history": history}
            interview["remarks"] = {}
            file.write(json.dumps(interview) + "\n")


def build(path: Path) -> None:
    """Build a benchmark, and print the time and the peak memory."""
    begun = time.process_time()
    ruleset = er.shipped().ruleset("bronze", on=ON)
    benchmark = er.build_benchmark((each for _, each in interviews_in(path)), ruleset, on=ON)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    text = er.write_benchmark(benchmark)
    begun = time.process_time()
    read = er.read_benchmark(text)
    reading = time.process_time() - begun
    assert read == benchmark, "a written benchmark reads as it was"
    count = benchmark.interviews
    each = f"{seconds / count * 1000:.2f} ms each"
    print(f"{count:7,} interviews: {seconds:.1f} s of processor time, {each}, {peak:.1f} MB;")
    print(f"        {len(text) / 2**20:.1f} MiB written, read in {reading:.1f} s", flush=True)


def main(*counts: str) -> None:
    """Measure corpora of several sizes."""
    with TemporaryDirectory() as folder:
        for count in counts or ("100", "10000"):
            path = Path(folder) / f"{count}.ndjson"
            write(path, int(count))
            run([sys.executable, __file__, "--build", str(path)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(Path(sys.argv[2]))
    else:
        main(*sys.argv[1:])
