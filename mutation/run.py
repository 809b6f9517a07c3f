"""
Changes one thing at a time in the modules that decide about labels, and runs their tests.

`python mutation/run.py` mutates all of them, `python mutation/run.py register/standing` one.
Mutmut does the work, in a temporary folder. A run fails if it kills fewer than 95 % of the
mutants, if survivors.toml does not explain a survivor, or if it explains a mutant that was
killed or does not exist.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SURVIVORS = HERE / "survivors.toml"
LEAST_KILLED = 95
LINES_OF_A_FAILURE = 60
CHANGED = re.compile(r"-(?!--)|\+(?!\+\+)")
#: The statuses of mutmut that mean that the tests noticed.
KILLED = ("killed", "timeout")

#: The tests that concern each subject.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "rulesets/validity": (
        "tests/evaluation/test_conformance.py",
        "tests/rulesets/test_validity.py",
    ),
    "register/standing": (
        "tests/register/test_standing.py",
        "tests/register/test_deadlines.py",
        "tests/register/test_timeline.py",
    ),
    "interviews/history": (
        "tests/interviews/test_history.py",
        "tests/register/test_standing.py",
        "tests/documents/test_values.py",
        "tests/documents/test_made_in_python.py",
    ),
    "comparison/compare": (
        "tests/comparison/test_summarised.py",
        "tests/comparison/test_compare.py",
        "tests/comparison/test_comparison_clauses.py",
        "tests/comparison/test_compare_catalogues.py",
        "tests/comparison/test_change_class.py",
        "tests/comparison/test_conducted.py",
        "tests/comparison/test_improvements_of_two_catalogues.py",
        "tests/comparison/test_compare_laws.py",
    ),
    "evaluation": (
        "tests/evaluation",
        "tests/documents/test_made_in_python.py",
        "tests/documents/test_values.py",
        "tests/laws/test_evaluation.py",
    ),
}

#: The folders and files that are copied besides the code: the tests, and what they read.
READ_BY_TESTS = ("docs", "examples", "fuzz", "rulesets", "schemas", "tests", "pyproject.toml")

#: The lines that are not mutated, because no test can reach what they say: assertions hold, and
#: the type checker proves that these cases cannot occur.
NOT_MUTATED = (r"^\s*assert\s", r"case unreachable:", r"assert_never\(")

SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {modules}
also_copy = {copied}
do_not_mutate_patterns = {not_mutated}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = [
  "-m", "not slow and not oracle", "-p", "examples_first", "-p", "no:cacheprovider"
]
timeout_multiplier = 10.0
timeout_constant = 10.0
use_git_change_detection = false
process_isolation = "forkserver"
"""


ENTRY = """\
[[survivor]]
function = "{}"
change = '''
{}
'''
because = ""\
"""


class Mutant(NamedTuple):
    """One change of one function, which survives moves of lines."""

    function: str
    change: str


class Results(NamedTuple):
    """The number of mutants with each status, and those that were not killed."""

    statuses: Counter[str]
    survivors: frozenset[Mutant]

    @property
    def killed(self) -> int:
        """How many mutants made a test fail or run without end."""
        return sum(self.statuses[each] for each in KILLED)


def results_of(root: Path, modules: Sequence[str], tests: Sequence[str], scratch: Path) -> Results:
    """Mutate modules of a project, run tests on each mutant in a new folder, return the results."""
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in ("src", *READ_BY_TESTS):
        if (root / name).is_dir():
            shutil.copytree(root / name, scratch / name, ignore=ignored)
        elif (root / name).exists():
            shutil.copy(root / name, scratch / name)
    for module in modules:
        path = scratch / module
        path.write_text(undecorated(path.read_text(encoding="utf-8")), encoding="utf-8")
    settings = SETTINGS.format(
        # an array of strings in JSON is one in TOML
        modules=json.dumps(modules),
        copied=json.dumps(READ_BY_TESTS),
        not_mutated=json.dumps(NOT_MUTATED),
        tests=json.dumps(tests),
    )
    with (scratch / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    _mutmut(scratch, "run", "--max-children", str(os.cpu_count() or 1))
    listed = _mutmut(scratch, "results", "--all", "true")
    status_of = dict(re.findall(r"^ +(\S+__mutmut_\d+): (.+)$", listed, re.MULTILINE))
    survivors = frozenset(
        Mutant(function_of(name), change_in(_mutmut(scratch, "show", name)))
        for name, status in status_of.items()
        if status not in KILLED
    )
    return Results(Counter(status_of.values()), survivors)


def _mutmut(folder: Path, *arguments: str) -> str:
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "ECEI_RULES_PROFILE": "few",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(HERE),
        "TMPDIR": str(temporary),
    }
    command = Path(sysconfig.get_path("scripts"), "mutmut")
    if not command.exists():
        sys.exit("mutmut is not installed: pip install --editable '.[dev]'")
    done = subprocess.run(
        [command, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        output = "\n".join((done.stdout + done.stderr).splitlines()[-LINES_OF_A_FAILURE:])
        sys.exit(f"mutmut {' '.join(arguments)} failed:\n{output}")
    return done.stdout


def undecorated(source: str) -> str:
    """Write each `@property` as a call after the function, since mutmut passes decorators over."""
    lines = source.splitlines()
    functions = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef)]
    for function in sorted(functions, key=lambda each: -each.lineno):
        if [ast.unparse(each) for each in function.decorator_list] == ["property"]:
            indentation = " " * function.col_offset
            assert function.end_lineno is not None, "it was parsed"
            lines.insert(
                function.end_lineno, f"{indentation}{function.name} = property({function.name})"
            )
            del lines[function.decorator_list[0].lineno - 1]
    return "\n".join(lines) + "\n"


def function_of(name: str) -> str:
    """Return the name of the function that was mutated."""
    module, _, mangled = name.rpartition("__mutmut_")[0].rpartition(".")
    return f"{module}.{mangled.removeprefix('xǁ').removeprefix('x_').replace('ǁ', '.')}"


def change_in(shown: str) -> str:
    """Return the lines that a diff removes and adds, but for those that it only moves."""
    lines = [(line[0], line[1:].strip()) for line in shown.splitlines() if CHANGED.match(line)]
    moved = {text for sign, text in lines if sign == "-"} & {t for sign, t in lines if sign == "+"}
    return "\n".join(f"{sign} {text}" for sign, text in lines if text not in moved)


def explained(path: Path, modules: Sequence[str]) -> dict[Mutant, str]:
    """Return the explanations of the survivors in some modules."""
    names = tuple(
        each.removeprefix("src/").replace(".py", "/").replace("/", ".") for each in modules
    )
    with path.open("rb") as file:
        entries = tomllib.load(file)["survivor"]
    return {
        Mutant(entry["function"], entry["change"].strip()): entry["because"].strip()
        for entry in entries
        if entry["function"].startswith(names)
    }


def complaints(results: Results, explanations: Mapping[Mutant, str]) -> list[str]:
    """Return what makes a run fail."""
    found = []
    if 100 * results.killed < LEAST_KILLED * results.statuses.total():
        found.append(f"fewer than {LEAST_KILLED} % of the mutants were killed")
    found += [
        "a survivor is not explained; kill it by a test, or add to survivors.toml:\n"
        + ENTRY.format(*mutant)
        for mutant in sorted(results.survivors)
        if not explanations.get(mutant)
    ]
    found += [
        f"a mutant in survivors.toml was killed or no longer exists; delete its entry:\n{gone}"
        for gone in map("\n".join, sorted(explanations.keys() - results.survivors))
    ]
    return found


def modules_of(subject: str) -> list[str]:
    """Return the files of a subject, a module or a package."""
    path = ROOT / "src" / "ecei_rules" / subject
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    return [each.relative_to(ROOT).as_posix() for each in files if each.name != "__init__.py"]


def main(names: Sequence[str]) -> int:
    """Mutate the named subjects, or all, and return 1 if a run fails."""
    if unknown := sorted(set(names) - set(SUBJECTS)):
        print(
            f"there is no subject {unknown[0]}; choose from {', '.join(SUBJECTS)}", file=sys.stderr
        )
        return 2
    failed = False
    for subject in names or SUBJECTS:
        modules = modules_of(subject)
        with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
            results = results_of(ROOT, modules, SUBJECTS[subject], Path(folder, "project"))
        counts = ", ".join(
            f"{number} {status}" for status, number in results.statuses.most_common()
        )
        print(f"{subject}: {results.statuses.total()} mutants, {counts}", flush=True)
        for complaint in complaints(results, explained(SURVIVORS, modules)):
            failed = True
            print(complaint)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
