"""The texts of rulesets and catalogues, loaded once."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).parents[3]
VERSION = version("ecei_rules")


def texts(
    ruleset: str, ruleset_digest: str, catalogue: str, catalogue_digest: str
) -> SimpleNamespace:
    """Load the texts of a ruleset and its catalogue."""
    rules = json.loads((ROOT / "rulesets" / f"{ruleset}.json").read_bytes())
    asks = json.loads((ROOT / "rulesets" / "catalogues" / f"{catalogue}.json").read_bytes())
    asked = [*asks["indicators"], *asks["facts"]]
    return SimpleNamespace(
        label=rules["label"],
        ruleset_reference={
            "digest": ruleset_digest,
            "label": rules["label"],
            "title": rules["title"],
            "version": rules["version"],
        },
        catalogue_reference={
            "digest": catalogue_digest,
            "id": asks["id"],
            "note": asks["x-note"],
            "version": asks["version"],
        },
        indicators=[each["id"] for each in asks["indicators"]],
        facts=[each["id"] for each in asks["facts"]],
        titles={each["id"]: each["title"] for each in asked},
        units={each["id"]: each["answer"].get("unit") for each in asked},
        dimensions={each["id"]: each["title"] for each in asks["dimensions"]},
        roles={each["id"]: each["title"] for each in asks["roles"]},
        criteria={each["id"]: each["title"] for each in rules["criteria"]},
        advice=rules["recommendations"],
    )
