"""docs/command-line.md, "plan": output and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from paths import EXAMPLES

from ecei_rules.cli.main import main
from ecei_rules.documents.resources import schema

REFUSED = str(EXAMPLES / "not-awarded-gold-floor-missed.json")
LABELS = ("silver", "gold")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_json_fits_the_schema(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """
    One line for every outcome.
    """
    label = next((each for each in LABELS if each in path.stem), "bronze")

    assert main(["plan", str(path), "--to", label, "--format", "json"]) == 0

    printed = capfd.readouterr().out
    assert printed.count("\n") == 1
    Draft202012Validator(schema("plan")).validate(json.loads(printed))


def test_cheapest_way_comes_first(capfd: pytest.CaptureFixture[str]) -> None:
    """
    The example misses one floor, so one step earns Gold.
    """
    assert main(["plan", REFUSED, "--to", "gold@2019-11"]) == 0

    assert capfd.readouterr().out.endswith(
        "The cheapest way to the label: 1 step\n"
        "  - Share of financial resources from private sources [share-of-private-resources]:"
        " improvable →\n"
        "    reasonable (now 12.5; for example 20)\n"
    )


def test_locked_indicator_makes_the_label_impossible(capfd: pytest.CaptureFixture[str]) -> None:
    """
    No improvement meets the floor of the locked indicator.
    """
    lock = ["--lock", "share-of-private-resources", "--format", "markdown"]

    assert main(["plan", REFUSED, "--to", "gold", *lock]) == 0

    assert "- Financing: every indicator at its threshold or above \\[financing-floors\\]:" in (
        capfd.readouterr().out
    )


def test_effort_multiplies_steps(capfd: pytest.CaptureFixture[str]) -> None:
    """
    An effort of 2.5 makes one step cost 2.5.
    """
    effort = ["--effort", "share-of-private-resources=2.5"]

    assert main(["plan", REFUSED, "--to", "gold", *effort]) == 0

    assert "The cheapest way to the label: 1 step, effort 2.5\n" in capfd.readouterr().out


def test_number_of_alternatives(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """
    Five indicators worth 3, 3, 3, 2 and 3 points more bring 132 of 150 points to 118, 2 short of
    80 %: a step of any of the last three is enough, and the first ones stay.
    """
    members = json.loads((EXAMPLES / "awarded-gold.json").read_text(encoding="utf-8"))
    members["answers"] |= {
        "human-resources-available": 2,
        "stability-of-human-resources": 55,
        "number-of-committed-participants": 30,
        "recognition-in-media": 12,
        "satisfaction-of-participants": 65,
    }
    short = tmp_path / "short.json"
    short.write_text(json.dumps(members))

    assert main(["plan", str(short), "--to", "gold", "--alternatives", "1"]) == 0

    way, following = capfd.readouterr().out.split("\n\n")[1:]
    assert way.startswith("The cheapest way to the label: 1 step\n")
    assert "[satisfaction-of-participants]: reasonable → excellent" in " ".join(way.split())
    assert following.startswith("The next best way: 1 step\n")
    assert "[success-stories]: reasonable → excellent" in " ".join(following.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "bronze"], "the interview was held with quality@2019-11, but bronze@2019-11"),
        (
            ["--to", "gold", "--lock", "web"],
            'the catalogue quality@2019-11 asks no indicator "web"',
        ),
    ],
    ids=["another catalogue", "unknown indicator"],
)
def test_refusals_name_the_file(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """
    The exit code is 1.
    """
    assert main(["plan", REFUSED, *arguments]) == 1

    assert capfd.readouterr().err.startswith(f"ecei-rules: {REFUSED}: {said}")


def test_day_without_ruleset_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """
    A label means its ruleset in force on the interview's day.
    """
    members = json.loads(Path(REFUSED).read_text(encoding="utf-8"))
    members["conducted"]["on"] = "2009-06-30"
    early = tmp_path / "early.json"
    early.write_text(json.dumps(members))

    assert main(["plan", str(early), "--to", "gold"]) == 1

    assert "no ruleset of gold is in force on 2009-06-30" in capfd.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--to", "gold", "--effort", "web-presence"],
        ["--to", "gold", "--effort", "web-presence=0"],
        ["--to", "gold", "--effort", "=1"],
        ["--to", "gold", "--effort", "web-presence=1.2.3"],
        ["--to", "gold", "--alternatives", "-1"],
        ["--to", "gold", "--alternatives", "100"],
        ["--to", "gold", "--alternatives", "two"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_print_the_usage(
    arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """
    Nothing is planned.
    """
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["plan", REFUSED, *arguments])

    assert capfd.readouterr().err.startswith("usage: ecei-rules plan")
