"""Rulesets of an invented harbour, small enough to compare by hand."""

from __future__ import annotations

import json
from typing import Any

import ecei_rules as er

TEXT = {"en": "a text"}


def _indicator(name: str, title: str, **answer: Any) -> dict[str, Any]:
    return {
        "id": name,
        "dimension": "quay",
        "title": {"en": title},
        "question": TEXT,
        "answer": answer,
        "provenance": {"status": "unattested"},
    }


CRANES = _indicator("cranes", "Cranes", kind="count", unit="cranes", maximum=9)
BERTHS = _indicator("berths", "Berths", kind="count", maximum=9)
OPEN = {"id": "open", "title": {"en": "Open to all"}, "answer": {"kind": "yes_no"}}


def catalogue(version: str, indicators: list[dict[str, Any]], *facts: dict[str, Any]) -> str:
    """Return the text of an edition of the harbour's catalogue."""
    members = {
        "format": "ecei-catalogue/1",
        "id": "harbour",
        "version": version,
        "title": TEXT,
        "dimensions": [{"id": "quay", "title": {"en": "The quay"}}],
        "indicators": indicators,
        "facts": list(facts),
    }
    return json.dumps(members, indent=2)


#: Three editions: the second also asks for the fact, the third for berths in place of cranes.
EDITION = er.Edition(
    [
        er.read_catalogue(catalogue("2024-01", [CRANES])),
        er.read_catalogue(catalogue("2025-01", [CRANES], OPEN)),
        er.read_catalogue(catalogue("2026-01", [BERTHS], OPEN)),
    ]
)


def at_least(name: str, number: int, **more: Any) -> dict[str, Any]:
    """Return a required criterion with a lower bound for the answer to an indicator."""
    when = {"kind": "threshold", "measure": "value", "at_least": number}
    return {"kind": "answer", "indicator": name, "when": when, **more}


def open_to_all(**more: Any) -> dict[str, Any]:
    """Return a required criterion: the harbour is open to all."""
    return {"kind": "answer", "fact": "open", "when": {"kind": "one_of", "values": [True]}, **more}


def ruleset_text(
    version: str, criteria: dict[str, dict[str, Any]], *, judges: str = "2025-01", **more: Any
) -> str:
    """Return the text of a ruleset; its criteria are documented unless *criteria* differ."""
    members = {
        "format": "ecei-ruleset/1",
        "label": "bronze",
        "version": version,
        "title": {"en": "Harbour bronze"},
        "in_force": {"from": f"{version}-01"},
        "catalogue": {"id": "harbour", "version": judges},
        "scale": ["low", "high"],
        "grading": {},
        "criteria": [
            {
                "id": name,
                "severity": "required",
                "provenance": {"status": "documented", "sources": ["book"]},
                **criterion,
            }
            for name, criterion in criteria.items()
        ],
        "validity": {
            "first": {
                "years": 2,
                "from": "interview",
                "ends": "same_day",
                "provenance": {"status": "documented", "sources": ["book"]},
            }
        },
        "sources": [{"id": "book", "title": "A book"}],
        **more,
    }
    return json.dumps(members, indent=2)


def ruleset(version: str, criteria: dict[str, dict[str, Any]], **more: Any) -> er.Ruleset:
    """Return a ruleset of the harbour."""
    return er.read_ruleset(ruleset_text(version, criteria, **more), edition=EDITION)
