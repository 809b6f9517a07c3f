"""Documents for tests of `validate`, right and wrong ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from paths import EXAMPLES

from ecei_rules.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GOOD = (EXAMPLES / "awarded.json").read_text("utf-8")
#: Two things are wrong in it, and one is suspicious once they are mended.
BAD = GOOD.replace('"own-legal-form"', '"own-legal-fom"').replace('"working-groups"', '"groups"')
SUSPICIOUS = GOOD.replace('"impartial": true', '"impartial": false')
CODES_OF_BAD = ["ECEI306", "ECEI302"]
FORMATS = ("text", "json", "github", "sarif", "junit")


def compact(text: str) -> str:
    """Return a document on one line."""
    return json.dumps(json.loads(text))


def make_documents(folder: Path) -> None:
    """Write documents into a folder and below it."""
    for name, text in {
        "b.json": GOOD,
        "a.JSON": BAD,
        "notes.txt": "no document",
        "deep/er/c.json": SUSPICIOUS,
        "deep/lines.ndjson": f"{compact(GOOD)}\n\n{compact(BAD)}\n",
        ".hidden/d.json": BAD,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "deep" / "again").symlink_to(folder, target_is_directory=True)


def validate(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Return the exit code of `validate` and its output."""
    code = main(["validate", *arguments])
    out, err = capfd.readouterr()
    return code, out, err


def files(capfd: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    """Return the members of the documents in the JSON output."""
    _, out, _ = validate(capfd, *arguments, "--format", "json")
    found: list[dict[str, Any]] = json.loads(out)["files"]
    return found
