"""What a command line names: files, and editions."""

from __future__ import annotations

import sys
from pathlib import Path

from ecei_rules._files import read_ruleset
from ecei_rules.cli.output import Unreadable
from ecei_rules.diagnostics.errors import UnknownEdition
from ecei_rules.documents.resources import edition_file
from ecei_rules.documents.shipped import shipped
from ecei_rules.documents.stages import MAX_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.comparison.diff.changes import Files
    from ecei_rules.interviews.catalogue import Catalogue
    from ecei_rules.rulesets.ruleset import Ruleset


def content(name: str) -> bytes:
    """
    The bytes of a file, or of standard input for `-`.

    Raises:
        Unreadable: there is no such file, or it is none that can be read.
    """
    if name == "-":
        return sys.stdin.buffer.read(MAX_SIZE + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_SIZE + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(name, getattr(error, "strerror", None) or str(error)) from error


def named_catalogue(reference: str) -> Catalogue:
    """The shipped catalogue that a reference such as `benchmarking@2019-11` names."""
    for each in shipped().catalogues:
        if each.reference == reference:
            return each
    raise UnknownEdition(reference, [each.reference for each in shipped().catalogues])


def named_ruleset(reference: str) -> Ruleset:
    """The shipped ruleset that a reference such as `bronze@2019-11` names."""
    for each in shipped().rulesets:
        if each.reference == reference:
            return each
    raise UnknownEdition(reference, [each.reference for each in shipped().rulesets])


def ruleset_at(named: str) -> Ruleset:
    """The shipped ruleset of a reference, or the one in a file."""
    if _is_reference(named):
        return named_ruleset(named)
    return read_ruleset(content(named), name=named)


def ruleset_in_files(named: str) -> tuple[Ruleset, Files]:
    """
    A ruleset as `ruleset_at` finds it, with the files that it and its catalogue stand in.

    A file is named as it was given, a shipped one as `rulesets/bronze/2019-11.json`.
    """
    if _is_reference(named):
        ruleset = named_ruleset(named)
        own = edition_file(ruleset.label, ruleset.version)
    else:
        text = content(named)
        ruleset = read_ruleset(text, name=named)
        own = named, text.decode("utf-8")
    judged = ruleset.catalogue
    return ruleset, {
        "ruleset": own,
        "catalogue": edition_file("catalogues", f"{judged.id}-{judged.version}"),
    }


def _is_reference(named: str) -> bool:
    if any(each.reference == named for each in shipped().rulesets):
        return True
    return "@" in named and not Path(named).exists()
