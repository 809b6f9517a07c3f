"""A small harbour catalogue and rulesets over it, as JSON."""

from __future__ import annotations

import json
from typing import Any

import ecei_rules as er

TEXT = {"en": "a text"}
CATALOGUE = {
    "format": "ecei-catalogue/1",
    "id": "harbour",
    "version": "2024-01",
    "title": TEXT,
    "dimensions": [{"id": "quay", "title": {"en": "The quay"}}],
    "indicators": [
        {
            "id": name,
            "dimension": "quay",
            "title": {"en": title},
            "question": TEXT,
            "answer": answer,
            "not_applicable": True,
            "provenance": {"status": "unattested"},
        }
        for name, title, answer in (
            ("cranes", "Cranes", {"kind": "count", "unit": "cranes"}),
            ("founded", "Founded", {"kind": "year"}),
            ("members", "Members", {"kind": "breakdown", "unit": "firms", "options": [
                {"id": "sme", "title": TEXT}, {"id": "large", "title": TEXT}]}),
            ("services", "Services", {"kind": "choices", "options": [
                {"id": "towing", "title": TEXT}, {"id": "piloting", "title": TEXT}]}),
            ("strategy", "Strategy", {"kind": "choice", "options": [
                {"id": "none", "title": TEXT}, {"id": "written", "title": TEXT}]}),
        )
    ],
    "facts": [{"id": "open", "title": {"en": "Open to all"}, "answer": {"kind": "yes_no"}}],
}  # fmt: skip


def threshold(measure: str, **more: Any) -> dict[str, Any]:
    """Return a simple condition of a ruleset."""
    return {"kind": "threshold", "measure": measure, **more}


def ruleset(*criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a ruleset over the catalogue, with its criteria numbered."""
    grading = {
        "weight": 1,
        "grades": [
            {"grade": "high", "points": 1, "when": threshold("value", at_least=4)},
            {"grade": "low", "points": 0},
        ],
    }
    return {
        "format": "ecei-ruleset/1",
        "label": "bronze",
        "version": "2024-01",
        "title": {"en": "Harbour bronze"},
        "in_force": {"from": "2024-01-01"},
        "catalogue": {"id": "harbour", "version": "2024-01"},
        "scale": ["low", "high"],
        "grading": {"cranes": grading},
        "criteria": [
            {
                "id": f"c{number}",
                "severity": "required",
                "provenance": {"status": "documented", "sources": ["book"]},
                **each,
            }
            for number, each in enumerate(criteria)
        ],
        "validity": {"first": {"years": 2, "from": "interview", "ends": "same_day"}},
        "sources": [{"id": "book", "title": "A book"}],
        **more,
    }


ANSWERS = {
    "cranes": 3,
    "founded": 2014,
    "members": {"sme": 2, "large": 1},
    "services": ["towing"],
    "strategy": "written",
}


def assessed(rules: dict[str, Any], **more: Any) -> er.Assessment:
    """Assess an interview of the catalogue under the rules."""
    edition = er.Edition([er.read_catalogue(json.dumps(CATALOGUE))])
    interview = {
        "format": "ecei-interview/1",
        "catalogue": {"id": "harbour", "version": "2024-01"},
        "cluster": {"name": "Example Harbour", "country": "NL"},
        "conducted": {"on": "2024-02-29"},
        "answers": {},
        **more,
    }
    return er.assess(
        er.read_interview(json.dumps(interview), edition=edition),
        er.read_ruleset(json.dumps(rules), edition=edition),
    )
