"""Building the values of documents from their members."""

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
    """Build a catalogue from members that its schema accepts."""
    return converter(CODEC).structure(members, Catalogue)


def build_history(members: Members) -> LabelHistory:
    """Build a label history from members that its schema accepts."""
    return converter(CODEC).structure(members, LabelHistory)


def build_ruleset(members: Members, edition: Edition) -> Ruleset:
    """
    Build a ruleset, with its catalogue, from members that its schema accepts.

    Raises:
        Refused: the edition does not have the catalogue.
    """
    return converter(CODEC).structure(_resolved(members, edition), Ruleset)


def build_interview(members: Members, edition: Edition) -> Interview:
    """
    Build an interview, with its catalogue, from members that its schema accepts.

    Raises:
        Refused: the edition does not have the catalogue.
    """
    return converter(CODEC).structure(_resolved(members, edition), Interview)


def _resolved(members: Members, edition: Edition) -> Members:
    """Replace the reference to the catalogue by the catalogue."""
    stated = members["catalogue"]
    catalogue = edition.find_catalogue(stated["id"], stated["version"])
    if catalogue is not None:
        return {**members, "catalogue": catalogue}
    reference = f"{stated['id']}@{stated['version']}"
    known = [each.reference for each in edition.catalogues]
    hint = near(reference, known) or (f"known: {', '.join(known)}" if known else None)
    message = f'there is no catalogue edition "{reference}"'
    raise Refused([Problem("ECEI301", "/catalogue", message, hint)])
