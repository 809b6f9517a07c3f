"""From the members of a document to its value."""

from __future__ import annotations

from ecei_rules.diagnostics.phrasing import near
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.documents.codec import CODEC
from ecei_rules.documents.converter import converter
from ecei_rules.documents.stages import Refused
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.interview import Interview
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.stages import Members
    from ecei_rules.rulesets.editions import Edition


def build_catalogue(members: Members) -> Catalogue:
    """The catalogue that well-shaped members describe."""
    return converter(CODEC).structure(members, Catalogue)


def build_history(members: Members) -> LabelHistory:
    """The label history that well-shaped members describe."""
    return converter(CODEC).structure(members, LabelHistory)


def build_ruleset(members: Members, edition: Edition) -> Ruleset:
    """
    The ruleset that well-shaped members describe, with its catalogue.

    Raises:
        Refused: the edition has no such catalogue.
    """
    return converter(CODEC).structure(_resolved(members, edition), Ruleset)


def build_interview(members: Members, edition: Edition, *, all_errors: bool = True) -> Interview:
    """
    The interview that well-shaped members describe, with its catalogue.

    Without *all_errors* building stops at the first thing that does not fit.

    Raises:
        Refused: the edition has no such catalogue.
    """
    made = converter(CODEC, all_errors=all_errors)
    return made.structure(_resolved(members, edition), Interview)


def _resolved(members: Members, edition: Edition) -> Members:
    named = members["catalogue"]
    if set(named) != {"id", "version"}:
        msg = f"expected an id and a version, got {named!r}"
        raise ValueError(msg)
    found = edition.find_catalogue(named["id"], named["version"])
    if found is not None:
        return {**members, "catalogue": found}
    reference = f"{named['id']}@{named['version']}"
    known = [each.reference for each in edition.catalogues]
    hint = near(reference, known) or (f"known: {', '.join(known)}" if known else None)
    message = f'there is no catalogue edition "{reference}"'
    raise Refused([Problem("ECEI301", "/catalogue", message, hint)])
