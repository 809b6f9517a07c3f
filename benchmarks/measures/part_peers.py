"""
Packages that do a part of the work, measured in an environment of their own.

The command makes the environment and starts this module in it, since the packages are no
dependencies of the project; they do not clash with one another.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import venv
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import ecei_rules as er
from benchmarks.measures.documents import documents, ruleset, spoiled
from benchmarks.measures.processes import ROOT, environment, scratch
from benchmarks.measures.timing import Way, medians
from benchmarks.peers.by_hand import bronze
from benchmarks.peers.readers import READERS, Refused
from benchmarks.peers.rule_engines import ENGINES, by_hand, context
from benchmarks.targets import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.peers.readers import Reader
    from benchmarks.peers.rule_engines import Judge

    Measured = dict[str, dict[str, float | str]]

CHECKED, COUNT = 1_000, 20
SECONDS = 10.0
MISSING = "missing"


def measure() -> Measured:
    """Make the environment, measure in it, and return the ratios by job and package."""
    folder = scratch() / "environment"
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # one by one, so that a package that cannot be installed keeps no other away
    for requirement in (
        *project["dependencies"],
        *project["optional-dependencies"]["benchmarks"],
    ):
        command = [python, "-m", "pip", "install", "--quiet", requirement]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            print(f"cannot install {requirement}", file=sys.stderr)
    done = subprocess.run(
        [python, "-m", __name__],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    measured: Measured = json.loads(done.stdout)
    return measured


def tables(measured: Measured) -> str:
    """Return the tables of packages, in Markdown."""
    parts = []
    for title, ratios in measured.items():
        rows = [(title, "÷ hand-written")]
        rows += [(name, _shown(ratio)) for name, ratio in ratios.items()]
        parts.append(markdown(rows, right=(1,)))
    return "\n".join(parts)


def _shown(ratio: float | str) -> str:
    return ratio if isinstance(ratio, str) else f"{ratio:.2f}"


def _reading() -> dict[str, float | str]:
    rules = ruleset("bronze")
    found, few = documents("bronze", CHECKED), documents("bronze", COUNT)
    bad = spoiled(few)
    catalogue = json.loads((ROOT / "rulesets/catalogues/benchmarking-2019-11.json").read_bytes())
    schema = er.interview_schema(rules.catalogue)
    ways = {"hand-written": bronze.read, "ecei_rules": er.read_interview}
    return _ratios(
        ways,
        READERS,
        lambda make: make(catalogue, schema),
        lambda read: _check_reader(read, found, bad),
        few,
    )


def _check_reader(read: Reader, good: Sequence[bytes], bad: Sequence[bytes]) -> None:
    for each in good:
        read(each)
    for each in bad:
        try:
            read(each)
        except Refused:
            continue
        raise AssertionError(each)


def _judging() -> dict[str, float | str]:
    rules = ruleset("bronze")
    catalogue = rules.catalogue
    dimensions = [[each.id for each in catalogue.within(d.id)] for d in catalogue.dimensions]
    found = documents("bronze", CHECKED)
    contexts = [context(json.loads(each)) for each in found]
    required = [each.id for each in rules.criteria if each.severity == "required"]
    expected = []
    for each in found:
        findings = er.assess(er.read_interview(each), rules).all_findings
        outcomes = {finding.criterion: finding.outcome.value for finding in findings}
        expected.append([outcomes[name] == "met" for name in required])

    def check(judge: Judge) -> None:
        for given, outcomes in zip(contexts, expected, strict=True):
            assert list(judge(given)) == outcomes, given

    straight = by_hand(dimensions)
    check(straight)
    return _ratios(
        {"hand-written": straight},
        ENGINES,
        lambda make: make(dimensions),
        check,
        contexts[:COUNT],
    )


def _ratios(
    ways: dict[str, Callable[[Any], object]],
    peers: dict[str, Callable[..., Any]],
    make: Callable[[Any], Any],
    check: Callable[[Any], None],
    inputs: Sequence[Any],
) -> dict[str, float | str]:
    """Check peers and time them in turns; a name has the version of the package."""
    calls, missing = dict(ways), {}
    for package, peer in peers.items():
        try:
            name = f"{package} {version(package)}"
            calls[name] = make(peer)
        except (ImportError, PackageNotFoundError, SyntaxError):
            missing[package] = MISSING
            continue
        check(calls[name])
    found = medians({name: Way(lambda _: inputs, call) for name, call in calls.items()}, SECONDS)
    base = found["hand-written"]
    return {**{name: each / base for name, each in found.items()}, **missing}


def main() -> None:
    """Measure in this environment, and print the ratios as JSON."""
    print(
        json.dumps(
            {
                "reading and validating an interview, Bronze": _reading(),
                "the required criteria of Bronze, met or not": _judging(),
            }
        )
    )


if __name__ == "__main__":
    main()
