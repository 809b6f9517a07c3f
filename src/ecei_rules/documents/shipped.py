"""The catalogues and rulesets in the package."""

from __future__ import annotations

from functools import cache

from ecei_rules.documents.resources import edition_files
from ecei_rules.documents.stages import MAX_SIZE, open_document
from ecei_rules.interviews.history import LABELS
from ecei_rules.rulesets.editions import Edition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from ecei_rules.documents.stages import Members


@cache
def shipped() -> Edition:
    """
    Return the catalogues and rulesets in the package, read once.

    Published editions never change, so results under them do not either. Source:
    docs/semantics.md, 7.2.

    >>> shipped().ruleset("bronze", version="2019-11").reference
    'bronze@2019-11'
    """
    from ecei_rules.documents.build import build_ruleset

    known = shipped_catalogues()
    rulesets = [
        build_ruleset(_members(path), known) for label in LABELS for path in edition_files(label)
    ]
    return Edition(known.catalogues, rulesets=rulesets)


@cache
def shipped_catalogues() -> Edition:
    """Return the catalogues in the package, enough to read an interview."""
    from ecei_rules.documents.build import build_catalogue

    return Edition([build_catalogue(_members(path)) for path in edition_files("catalogues")])


def _members(path: Path) -> Members:
    kind = "catalogue" if path.parent.name == "catalogues" else "ruleset"
    text = path.read_bytes()
    return open_document(text, kind, name=path.name, max_size=MAX_SIZE).members
