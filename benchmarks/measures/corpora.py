"""Ratios on many interviews: in one process, and streamed by the commands."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from functools import cache
from itertools import cycle, islice
from statistics import median
from typing import TYPE_CHECKING, Any

import ecei_rules as er
from benchmarks.measures.documents import EXAMPLES, documents, ruleset
from benchmarks.measures.processes import ecei_rules, run, scratch
from benchmarks.measures.timing import Way, medians
from benchmarks.peers.by_hand import bronze
from ecei_rules.benchmark.disclosure.audit import Audit
from ecei_rules.comparison.impact.corpus import compare_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.measures.processes import Run
    from ecei_rules import Interview

MANY, FEW, ONE = 100_000, 1_000, 1
IN_BENCHMARK = 10_000
DIFFERENT = 2_000
COMPARED = 100
ON = date(2025, 3, 31)


def _lines(count: int) -> Iterator[bytes]:
    """Yield interviews of different organisations; every two thousandth answers alike."""
    invented = documents("bronze", DIFFERENT)[-DIFFERENT:]
    for number, data in enumerate(islice(cycle(invented), count)):
        yield data.replace(b'"name":"Example', b'"name":"Example %d' % number)


def benchmark(_seconds: float) -> float:
    """Measure a benchmark of 10,000 without the audit, against reading the interviews."""
    reading, auditing = _Stopwatch(), _Stopwatch()
    read = reading.times(er.read_interview)
    methods = {name: getattr(Audit, name) for name in ("__init__", "shown")}
    for name, method in methods.items():
        setattr(Audit, name, auditing.times(method))
    begun = time.process_time()
    er.build_benchmark(map(read, _lines(IN_BENCHMARK)), ruleset("bronze"), on=ON)
    whole = time.process_time() - begun
    for name, method in methods.items():
        setattr(Audit, name, method)
    return (whole - reading.seconds - auditing.seconds) / reading.seconds


class _Stopwatch:
    """Adds up the CPU time that some functions take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def times(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that is timed."""

        def timed(*arguments: Any) -> Any:
            begun = time.process_time()
            result = function(*arguments)
            self.seconds += time.process_time() - begun
            return result

        return timed


@cache
def _stricter() -> Path:
    """Return a file with a later Bronze that asks for more participants."""
    text = (EXAMPLES.parent / "rulesets" / "bronze" / "2019-11.json").read_bytes()
    document = json.loads(text)
    document |= {"version": "2026-01", "in_force": {"from": "2026-01-01"}}
    for criterion in document["criteria"]:
        if criterion["id"] == "enough-committed-participants":
            criterion["when"]["at_least"] = 20
    path = scratch() / "stricter.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def compare_corpus(seconds: float) -> float:
    """Measure comparing two rulesets on interviews, against assessing each twice by hand."""
    old, new = ruleset("bronze"), er.load_ruleset(_stricter())
    lines = tuple(_lines(COMPARED))

    def prepared(_: int) -> list[list[tuple[str, Interview]]]:
        return [[("", er.read_interview(each)) for each in lines]]

    def by_hand(interview: dict[str, Any]) -> None:
        bronze.assess(interview)
        bronze.assess(interview)

    found = medians(
        {
            "ours": Way(prepared, lambda interviews: compare_on(interviews, old, new)),
            "theirs": Way(lambda _: map(bronze.read, lines), by_hand),
        },
        seconds,
    )
    return found["ours"] / COMPARED / found["theirs"]


@cache
def _corpus(count: int) -> Path:
    path = scratch() / f"{count}.ndjson"
    with path.open("wb") as file:
        file.writelines(each + b"\n" for each in _lines(count))
    return path


@cache
def _streamed(command: str, count: int) -> Run | None:
    """Run a command on so many interviews; without a result it cannot stream them yet."""
    corpus = str(_corpus(count))
    arguments = {
        "validate": ("validate", corpus),
        "benchmark": ("benchmark", "build", corpus, "--on", str(ON), "-o", _output()),
        "compare": ("compare", "bronze@2019-11", str(_stricter()), "--corpus", corpus),
        "assess": ("assess", corpus, "-o", os.devnull),
        "one-process": ("assess", corpus, "-o", os.devnull, "--jobs", "1"),
        "two-processes": ("assess", corpus, "-o", os.devnull, "--jobs", "2"),
    }
    found = run(*ecei_rules(*arguments[command]))
    return None if found.code else found


def _output() -> str:
    return str(scratch() / "benchmark.json")


def _memory(command: str) -> Callable[[float], float | None]:
    def measure(_seconds: float) -> float | None:
        one = _streamed(command, ONE)
        if one is None:
            return None
        many = _streamed(command, MANY)
        assert many is not None, "what takes one takes many"
        return many.memory - one.memory

    return measure


def flat(_seconds: float) -> float:
    """Measure the time of validating an interview among many, against among few."""
    one, many = _streamed("validate", ONE), _streamed("validate", MANY)
    assert one is not None, "validate takes lines"
    assert many is not None, "validate takes lines"
    command = ecei_rules("validate", str(_corpus(FEW)))
    few = median(run(*command).cpu for _ in range(5))
    return ((many.cpu - one.cpu) / MANY) / ((few - one.cpu) / FEW)


def two_processes(_seconds: float) -> float | None:
    """Measure the time on the clock of two processes, against one."""
    if _streamed("one-process", ONE) is None:
        return None
    one, two = _streamed("one-process", MANY), _streamed("two-processes", MANY)
    assert one is not None, "what takes one takes many"
    assert two is not None, "what takes one takes many"
    return two.wall / one.wall


MEASURES: dict[str, Callable[[float], float]] = {"compare-corpus": compare_corpus}

#: Those that take minutes, and differ little from run to run.
ONCE: dict[str, Callable[[float], float | None]] = {
    "benchmark": benchmark,
    "memory-validate": _memory("validate"),
    "memory-benchmark": _memory("benchmark"),
    "memory-compare": _memory("compare"),
    "memory-assess": _memory("assess"),
    "flat": flat,
    "two-processes": two_processes,
}
