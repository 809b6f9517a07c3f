"""examples/: the outcomes of the examples, in every environment."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import paths
import pytest
from jsonschema import Draft202012Validator
from paths import CASES, ROOT

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.documents.resources import schema

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = sorted(paths.EXAMPLES.glob("*.json"))
OUTCOMES = ("not-awarded", "undetermined", "awarded")
LABELS = ("bronze", "silver", "gold")


def label_of(path: Path) -> str:
    """Return the label of an example: that in its name, or Bronze."""
    return next((each for each in LABELS if each in path.stem), "bronze")


def assessed(path: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """Return the output of `assess --format json` for a file."""
    assert main(["assess", str(path), "--label", label_of(path), "--format", "json"]) == 0
    return capfd.readouterr().out


class TestExamples:
    """Each example has the outcome that its name states."""

    def test_ten_examples_of_all_labels(self) -> None:
        """
        Eligible, not eligible, the same in 2014, incomplete, a renewal; Silver and Gold.
        """
        assert len(EXAMPLES) >= 10
        assert {label_of(path) for path in EXAMPLES} == set(LABELS)

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_outcome_is_that_of_the_name(
        self, path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The JSON is one line and fits its schema.
        """
        printed = assessed(path, capfd)

        assessment = json.loads(printed)
        assert printed.count("\n") == 1
        Draft202012Validator(schema("assessment")).validate(assessment)
        named = next(each for each in OUTCOMES if path.stem.startswith(each))
        assert assessment["outcome"] == named.replace("-", "_")

    def test_same_answers_were_enough_in_2014(self) -> None:
        """
        The refused interview and the one of 2014 differ only in the day and the facts.
        """
        later = er.load_interview(paths.EXAMPLES / "not-awarded-not-eligible.json")
        early = er.load_interview(paths.EXAMPLES / "awarded-in-2014.json")

        assert later.answers == early.answers
        assert early.conducted.on.year == 2014

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_organisations_are_marked_as_invented(self, path: Path) -> None:
        """
        There is no fabricated interview of a real organisation.
        """
        text = path.read_text(encoding="utf-8")

        assert "invented" in text
        assert "Example" in json.loads(text)["cluster"]["name"]

    def test_renewal_is_seamless(self) -> None:
        """
        Within the window, the renewal runs three years from the previous end.
        """
        interview = er.load_interview(paths.EXAMPLES / "awarded-renewal.json")
        ruleset = er.shipped().ruleset("bronze", on=interview.conducted.on)

        held = er.assess(interview, ruleset).validity

        assert held is not None
        assert (str(held.first), str(held.until)) == ("2024-04-01", "2027-03-31")


class TestSameBytes:
    """The same inputs give the same bytes in every environment."""

    @pytest.mark.parametrize(
        "environment",
        [
            {"PYTHONHASHSEED": "0"},
            {"PYTHONHASHSEED": "4242"},
            {"LC_ALL": "C", "PYTHONUTF8": "0"},
            {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
            {"PYTHONIOENCODING": "latin-1"},
            {"TZ": "Pacific/Kiritimati"},
        ],
        ids=str,
    )
    def test_environment_does_not_change_results(
        self, environment: dict[str, str], capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Hash seed, locale, encoding and time zone; one process assesses all examples.
        """
        commands = [
            ["assess", *files, "--label", label, "--format", form]
            for label in LABELS
            for files in [[str(path) for path in EXAMPLES if label_of(path) == label]]
            for form in ("text", "json")
        ]
        code = (
            "import json, sys\n"
            "from ecei_rules.cli.main import main\n"
            "sys.exit(sum(main(each) for each in json.loads(sys.argv[1])))"
        )

        assert [main(each) for each in commands] == [0] * len(commands)
        here = capfd.readouterr().out
        there = subprocess.run(
            [sys.executable, "-c", code, json.dumps(commands)],
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, **environment},
            check=True,
        )

        assert there.stdout == here.encode()

    def test_every_python_prints_the_recorded_bytes(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The digests of the assessments of the examples.
        """
        recorded = json.loads((CASES / "assessments.json").read_text("utf-8"))

        digests = {
            path.stem: hashlib.sha256(assessed(path, capfd).encode()).hexdigest()
            for path in EXAMPLES
        }

        assert digests == recorded
