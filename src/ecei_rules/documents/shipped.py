"""The catalogues and rulesets in the package."""

from __future__ import annotations

from functools import cache

from attrs import evolve

from ecei_rules.documents.resources import edition_files
from ecei_rules.documents.stages import MAX_SIZE, open_document
from ecei_rules.interviews.history import LABELS
from ecei_rules.rulesets.editions import Edition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from ecei_rules.documents.stages import Opened


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
        build_ruleset(_opened(path).members, known)
        for label in LABELS
        for path in edition_files(label)
    ]
    return Edition(known.catalogues, rulesets=rulesets)


@cache
def shipped_catalogues() -> Edition:
    """Return the catalogues in the package, enough to read an interview."""
    from ecei_rules.documents.build import build_catalogue

    opened = [_opened(path) for path in edition_files("catalogues")]
    return Edition(
        # a catalogue is shown with the note on all of it
        [evolve(build_catalogue(each.members), extensions=each.extensions) for each in opened]
    )


def _opened(path: Path) -> Opened:
    kind = "catalogue" if path.parent.name == "catalogues" else "ruleset"
    return open_document(path.read_bytes(), kind, name=path.name, max_size=MAX_SIZE)
