"""The command that mutates modules: what it takes for a survivor, and when it fails."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from paths import ROOT

sys.path.insert(0, str(ROOT / "mutation"))

import run

if TYPE_CHECKING:
    from pathlib import Path

DIFF = """\
# made_up.days.x_later__mutmut_2: survived
--- src/made_up/days.py
+++ src/made_up/days.py
@@ -1,4 +1,3 @@
 def later(day, by):
     return Day(
-        day,
-        by + 1,
-    )
+        day, )
"""
LATER = run.Mutant("made_up.days.later", "- return day + by\n+ return day - by")
CLASS = """\
class Span:
    @property
    def days(self):
        return self.last - self.first

    @cached_property
    def longest(self):
        return 1

    @property
    def weeks(self):
        return self.days // 7
"""


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("made_up.days.x_later__mutmut_12", "made_up.days.later"),
        ("made_up.days.x__later__mutmut_1", "made_up.days._later"),
        ("made_up.days.xǁSpanǁ__init____mutmut_1", "made_up.days.Span.__init__"),
    ],
)
def test_mutant_has_the_name_of_its_function(name: str, function: str) -> None:
    """
    The number that mutmut gives it changes with every change of the function.
    """
    assert run.function_of(name) == function


def test_change_has_the_lines_of_the_diff_alone() -> None:
    """
    A mutant is recognised after its function was moved, indented or changed elsewhere.
    """
    moved = DIFF.replace("@@ -1,4 +1,3 @@", "@@ -9,4 +9,3 @@").replace("        ", "    ")

    assert run.change_in(DIFF) == "- day,\n- by + 1,\n- )\n+ day, )"
    assert run.change_in(moved) == run.change_in(DIFF)


def test_change_leaves_out_lines_that_only_moved() -> None:
    """
    The tool writes the bracket after a removed last argument anew.
    """
    removed = DIFF.replace("+        day, )", "+        day,\n+        )")

    assert run.change_in(removed) == "- by + 1,"


def test_properties_become_functions() -> None:
    """
    The tool mutates no function with a decorator; other decorators are kept.
    """
    assert run.undecorated(CLASS) == CLASS.replace("    @property\n", "").replace(
        "self.first\n", "self.first\n    days = property(days)\n"
    ).replace("// 7\n", "// 7\n    weeks = property(weeks)\n")


class TestComplaints:
    """What makes a run fail."""

    def test_explained_survivor_is_accepted(self) -> None:
        """
        With 95 of 100 mutants killed, and the others explained, there is nothing to say.
        """
        results = run.Results(Counter(killed=90, timeout=5, survived=5), frozenset([LATER]))

        assert run.complaints(results, {LATER: "nobody asks for more than no days"}) == []

    def test_too_few_are_killed(self) -> None:
        """
        Mutants that no test reaches, or of which mutmut cannot tell, are not killed.
        """
        statuses = Counter({"killed": 94, "survived": 1, "no tests": 4, "suspicious": 1})

        assert run.complaints(run.Results(statuses, frozenset()), {}) == [
            "fewer than 95 % of the mutants were killed"
        ]

    @pytest.mark.parametrize("explanations", [{}, {LATER: ""}])
    def test_survivor_without_explanation(self, explanations: dict[run.Mutant, str]) -> None:
        """
        The entry is printed as the file has it, to be completed.
        """
        results = run.Results(Counter(killed=99, survived=1), frozenset([LATER]))

        (complaint,) = run.complaints(results, explanations)

        assert complaint.splitlines() == [
            "a survivor is not explained; kill it by a test, or add to survivors.toml:",
            "[[survivor]]",
            'function = "made_up.days.later"',
            "change = '''",
            "- return day + by",
            "+ return day - by",
            "'''",
            'because = ""',
        ]

    def test_explanation_without_survivor(self) -> None:
        """
        A test that is added, or a function that is changed, makes an explanation stale.
        """
        results = run.Results(Counter(killed=100), frozenset())

        (complaint,) = run.complaints(results, {LATER: "nobody asks"})

        assert complaint.splitlines() == [
            "a mutant in survivors.toml was killed or no longer exists; delete its entry:",
            "made_up.days.later",
            "- return day + by",
            "+ return day - by",
        ]


def test_explanations_are_those_of_the_modules(tmp_path: Path) -> None:
    """
    A run of one module says nothing about the survivors of another.
    """
    path = tmp_path / "survivors.toml"
    entry = "[[survivor]]\nfunction = '{}'\nchange = '''\n- a\n+ b\n'''\nbecause = 'equal'\n"
    path.write_text(entry.format("made_up.days.later") + entry.format("made_up.days_of.later"))

    found = run.explained(path, ["src/made_up/days.py"])

    assert found == {run.Mutant("made_up.days.later", "- a\n+ b"): "equal"}


def test_explanations_are_of_functions_of_the_subjects() -> None:
    """
    An explanation of any other function would never be checked.
    """
    modules = [module for subject in run.SUBJECTS for module in run.modules_of(subject)]
    entries = run.explained(run.SURVIVORS, ["src/ecei_rules/"])

    assert run.explained(run.SURVIVORS, modules) == entries
    assert all(entries.values())


def test_subject_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    """
    Wrong usage ends with 2, and lists the subjects.
    """
    assert run.main(["register/standings"]) == 2
    assert capsys.readouterr().err == (
        f"there is no subject register/standings; choose from {', '.join(run.SUBJECTS)}\n"
    )


@pytest.mark.oracle
@pytest.mark.skipif(not importlib.util.find_spec("mutmut"), reason="mutmut is not installed")
def test_survivors_of_a_made_up_module(tmp_path: Path) -> None:
    """
    A test that tries one day kills what changes it, and none of the other mutants.
    """
    project = tmp_path / "project"
    (project / "src" / "made_up").mkdir(parents=True)
    (project / "tests").mkdir()
    (project / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\nmarkers = ['oracle', 'slow']\n"
    )
    (project / "src" / "made_up" / "__init__.py").touch()
    (project / "src" / "made_up" / "days.py").write_text(
        "class Day:\n"
        "    def __init__(self, number):\n"
        "        self.number = number\n"
        "\n"
        "    @property\n"
        "    def late(self):\n"
        "        assert self.number is not None, 'a day has a number'\n"
        "        return self.number > 9\n"
    )
    (project / "tests" / "test_days.py").write_text(
        "from made_up.days import Day\n\ndef test_late():\n    assert Day(11).late\n"
    )

    results = run.results_of(
        project, ["src/made_up/days.py"], ["tests/test_days.py"], tmp_path / "scratch"
    )

    assert results.statuses == {"killed": 1, "survived": 2}
    assert results.survivors == {
        run.Mutant("made_up.days.Day.late", "- return self.number > 9\n+ return self.number >= 9"),
        run.Mutant("made_up.days.Day.late", "- return self.number > 9\n+ return self.number > 10"),
    }
    assert not (project / "mutants").exists()
