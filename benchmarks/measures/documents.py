"""The documents that are measured."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ecei_rules as er

if TYPE_CHECKING:
    from ecei_rules import Ruleset

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def ruleset(label: str) -> Ruleset:
    """Return the ruleset of a label that the peers know."""
    return er.shipped().ruleset(label, version="2019-11")


@cache
def documents(label: str, count: int) -> tuple[bytes, ...]:
    """Return invented interviews for a label, after the examples for it."""
    catalogue = ruleset(label).catalogue
    wanted = {"id": catalogue.id, "version": catalogue.version}
    examples = (path.read_bytes() for path in sorted(EXAMPLES.glob("*.json")))
    found = [each for each in examples if json.loads(each).get("catalogue") == wanted]
    invented = er.example_corpus(count, catalogue=catalogue)
    return (*found, *(er.write_interview(each).encode() for each in invented))


def outcome(data: bytes, label: str) -> str:
    """Return the outcome of the label for an interview."""
    return er.assess(er.read_interview(data), ruleset(label)).outcome.value


def spoiled(documents: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Return the documents with one mistake in each, of five kinds."""
    return tuple(_spoiled(json.loads(each), number) for number, each in enumerate(documents))


def _spoiled(document: dict[str, Any], number: int) -> bytes:
    match number % 5:
        case 0:
            document["answers"]["specialisation"] = "92 %"
        case 1:
            document["answers"]["committed-participants"] = -1
        case 2:
            document["answers"]["legal-form"] = "association"
        case 3:
            del document["cluster"]["country"]
        case _:
            document["answers"]["specialization"] = 92
    return json.dumps(document).encode()
