"""Ratios of whole processes: their starting, reading and computing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from attrs import frozen

import ecei_rules as er
from benchmarks.measures.documents import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = EXAMPLES.parent
FEWEST_ROUNDS = 5

# A process cannot use less memory than the one that starts it, so a small one starts it.
LAUNCHER = """
import json, os, sys, time
begun = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - begun
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024 / 1e6]))
"""


@frozen
class Run:
    """A process that has ended: its exit code, its seconds, its largest memory in MB."""

    code: int
    cpu: float
    wall: float
    memory: float


def run(*command: str) -> Run:
    """
    Run a command to its end; its output is dropped.

    Raises:
        RuntimeError: it ends with another code than 0, or 2 for arguments it does not know.
    """
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER]
    done = subprocess.run(
        [*launcher, *command], env=environment(), capture_output=True, check=True, text=True
    )
    found = Run(*json.loads(done.stdout))
    if found.code not in (0, 2):
        raise RuntimeError([*command, found.code, done.stderr[-1000:]])
    return found


@cache
def scratch() -> Path:
    """Return a folder for files of this run; the command removes it."""
    return Path(mkdtemp(prefix="ecei-benchmarks-"))


@cache
def environment() -> dict[str, str]:
    """Return an environment with the code that is measured here, compiled once."""
    source = Path(er.__file__).parents[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    path = {"PYTHONPATH": f"{source}{os.pathsep}{ROOT}"}
    return {**kept, **path, "PYTHONPYCACHEPREFIX": str(scratch() / "compiled")}


def ecei_rules(*arguments: str) -> tuple[str, ...]:
    """Return the command line of the project's command."""
    script = Path(sys.executable).parent / "ecei-rules"
    start = (
        (sys.executable, str(script)) if script.exists() else (sys.executable, "-m", "ecei_rules")
    )
    return (*start, *arguments)


def python(code: str, *arguments: str) -> tuple[str, ...]:
    """Return the command line of a program."""
    return (sys.executable, "-c", code, *arguments)


def _medians(commands: dict[str, tuple[str, ...]], seconds: float) -> dict[str, float]:
    """Return the median CPU times of commands that take turns."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        run(*command)
    end = time.monotonic() + seconds
    rounds = 0
    while rounds < FEWEST_ROUNDS or time.monotonic() < end:
        rounds += 1
        for name, command in commands.items():
            found[name].append(run(*command).cpu)
    return {name: median(each) for name, each in found.items()}


BARE = python("pass")
# what the script of an installed package does: `python -m` would cost it some milliseconds more
OBVIOUS = "from benchmarks.peers.obvious.__main__ import main; raise SystemExit(main())"


def assess_one(seconds: float) -> float:
    """Measure the command that assesses one file."""
    file = str(EXAMPLES / "awarded.json")
    commands = {"ours": ecei_rules("assess", file), "theirs": python(OBVIOUS, file)}
    found = _medians(commands, seconds)
    return found["ours"] / found["theirs"]


def import_assess(seconds: float) -> float:
    """Measure the import of what assessing needs, over bare Python."""
    ours = python("import ecei_rules as er; er.assess")
    found = _medians({"ours": ours, "attrs": python("import attrs"), "bare": BARE}, seconds)
    return (found["ours"] - found["bare"]) / (found["attrs"] - found["bare"])


def help_text(seconds: float) -> float:
    """Measure the text of help."""
    found = _medians({"ours": ecei_rules("--help"), "bare": BARE}, seconds)
    return found["ours"] / found["bare"]


MEASURES: dict[str, Callable[[float], float]] = {
    "command-assess": assess_one,
    "import": import_assess,
    "command-help": help_text,
}
