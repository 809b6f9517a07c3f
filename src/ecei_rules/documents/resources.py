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

#: The major versions of the formats that are no longer in their first.
_MAJOR = {"benchmark": 2}


def format_name(kind: str) -> str:
    """
    Return the format of a kind of document, with its major version.

    >>> format_name("interview"), format_name("benchmark")
    ('ecei-interview/1', 'ecei-benchmark/2')
    """
    return f"ecei-{kind}/{_MAJOR.get(kind, 1)}"


@cache
def schema(kind: str) -> dict[str, Any]:
    """Load the JSON Schema of a kind of document, such as `ruleset`."""
    text = (SCHEMAS / f"{kind}-{_MAJOR.get(kind, 1)}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def edition_file(folder: str, name: str) -> tuple[str, str]:
    """Return the path of a shipped edition in the repository, and its text."""
    text = (RULESETS / folder / f"{name}.json").read_text(encoding="utf-8")
    return f"rulesets/{folder}/{name}.json", text
