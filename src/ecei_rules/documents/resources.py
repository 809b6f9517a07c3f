"""The schemas and editions that come with the package."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
SCHEMAS = _HERE / "_schemas"
RULESETS = _HERE / "_rulesets"
TRANSLATIONS = _HERE.parent / "report/pages/translations"


@cache
def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of document, such as `ruleset`."""
    text = (SCHEMAS / f"{kind}-1.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def edition_files(folder: str) -> tuple[Path, ...]:
    """The files of one folder of the shipped editions, by name."""
    return tuple(sorted((RULESETS / folder).glob("*.json")))


def edition_file(folder: str, name: str) -> tuple[str, str]:
    """The name of the file of a shipped edition, as in the repository, and the text in it."""
    text = (RULESETS / folder / f"{name}.json").read_text(encoding="utf-8")
    return f"rulesets/{folder}/{name}.json", text
