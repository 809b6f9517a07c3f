"""
Measures starting, reading, assessing and writing, as ratios within one run.

Run `python benchmarks/run.py`; nothing here is a test. Times of one machine say little about
another, ratios say more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from jsonschema import Draft202012Validator

import ecei_rules as er

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parent.parent / "examples" / "awarded.json"
REPEATS = 31


def time_to_start(*arguments: str) -> float:
    """Return the median time of starting this Python with some arguments, in seconds."""
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - begun)
    return median(times)


def time_to_call(function: Callable[[], object], times: int = 200) -> float:
    """Return the median time of a call, in seconds, after a first one."""
    function()
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - begun)
    return median(seconds)


def main() -> None:
    """Print the times and ratios."""
    bare = time_to_start("-c", "pass")
    attrs = time_to_start("-c", "import attrs")
    script = Path(sys.executable).parent / "ecei-rules"
    print(f"bare Python                      {bare * 1e3:8.1f} ms")
    for name, seconds, unit in (
        ("import attrs", attrs, bare),
        ("import ecei_rules", time_to_start("-c", "import ecei_rules"), attrs),
        (
            "first use: ecei_rules.assess",
            time_to_start("-c", "import ecei_rules as e; e.assess"),
            attrs,
        ),
        ("ecei-rules --help", time_to_start(str(script), "--help"), bare),
        ("ecei-rules validate", time_to_start(str(script), "validate", str(EXAMPLE)), bare),
    ):
        base = "bare Python" if unit is bare else "import attrs"
        print(f"{name:32} {seconds * 1e3:8.1f} ms  {seconds / unit:5.2f} x {base}")
    text = EXAMPLE.read_bytes()
    interview = er.read_interview(text)
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    assessment = er.assess(interview, ruleset)
    document = json.loads(text)
    validator = Draft202012Validator(er.interview_schema(interview.catalogue))
    schema = time_to_call(lambda: validator.is_valid(document), 50)
    print(f"jsonschema accepts the example   {schema * 1e3:8.2f} ms")
    for rows in (1_000, 10_000, 100_000):
        page = "\n".join(f"Example Cluster {n} Food industry 2024/03/31" for n in range(rows))
        seconds = time_to_call(lambda page=page: er.read_register(page), 5)
        print(f"register of {rows:7,} rows         {seconds / rows * 1e6:8.1f} us for each row")
    for name, function in (
        ("read_interview", lambda: er.read_interview(text)),
        ("assess", lambda: er.assess(interview, ruleset)),
        ("write_assessment", lambda: er.write_assessment(assessment)),
        ("explain", lambda: er.explain(assessment)),
    ):
        seconds = time_to_call(function)
        print(f"{name:32} {seconds * 1e3:8.2f} ms  {seconds / schema:5.2f} x jsonschema")


if __name__ == "__main__":
    main()
