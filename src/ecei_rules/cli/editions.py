"""The files, catalogues and rulesets that a command line names."""

from __future__ import annotations

from pathlib import Path

from ecei_rules._files import read_ruleset
from ecei_rules.cli.output import Unreadable, WrongUsage
from ecei_rules.cli.targets import standard_input
from ecei_rules.diagnostics.errors import UnknownEdition
from ecei_rules.diagnostics.phrasing import joined
from ecei_rules.documents.resources import edition_file
from ecei_rules.documents.shipped import (
    RULESETS_OF,
    shipped,
    shipped_labels,
    shipped_ruleset,
    shipped_ruleset_in_force,
)
from ecei_rules.documents.stages import MAX_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from ecei_rules.comparison.diff.changes import Files
    from ecei_rules.interviews.catalogue import Catalogue
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

    E = TypeVar("E", Catalogue, Ruleset)


def content(name: str) -> bytes:
    """
    Return the bytes of a file, or of standard input for `-`.

    At most one byte more than a document may have is read.

    Raises:
        Unreadable: the file cannot be read.
    """
    try:
        if name == "-":
            return standard_input().read(MAX_SIZE + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_SIZE + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(name, error) from error


def named_catalogue(reference: str) -> Catalogue:
    """Return the shipped catalogue of a reference such as `benchmarking@2019-11`."""
    return _named(reference, shipped().catalogues)


def named_ruleset(reference: str) -> Ruleset:
    """Return the shipped ruleset of a reference such as `bronze@2019-11`."""
    label, _, version = reference.partition("@")
    return shipped_ruleset(label, version) or _named(reference, shipped().rulesets)


def _named(reference: str, editions: Iterable[E]) -> E:
    by_reference = {each.reference: each for each in editions}
    if reference not in by_reference:
        raise UnknownEdition(reference, list(by_reference))
    return by_reference[reference]


def ruleset_at(name: str) -> Ruleset:
    """Return the shipped ruleset of a reference, or the one in a file."""
    if _is_reference(name):
        return named_ruleset(name)
    return read_ruleset(content(name), name=name)


def ruleset_in_files(name: str) -> tuple[Ruleset, Files]:
    """
    Return a ruleset as `ruleset_at` finds it, with its file and that of its catalogue.

    A file keeps the name it was given, a shipped one is `rulesets/bronze/2019-11.json`.
    """
    if _is_reference(name):
        ruleset = named_ruleset(name)
        file = edition_file(ruleset.label, ruleset.version)
    else:
        text = content(name)
        ruleset = read_ruleset(text, name=name)
        file = name, text.decode("utf-8")
    catalogue = ruleset.catalogue
    return ruleset, {
        "ruleset": file,
        "catalogue": edition_file("catalogues", f"{catalogue.id}-{catalogue.version}"),
    }


def ruleset_in_force(interview: Interview, label: str | None, name: str) -> Ruleset:
    """
    Return the ruleset of a label on the interview's day (docs/semantics.md, 5.1).

    Without a label it is the only one that the interview's catalogue serves; *name* is
    the interview's file.

    Raises:
        NoRulesetInForce: there is none on that day.
        WrongUsage: the catalogue serves several labels.
    """
    if label is None:
        catalogue = interview.catalogue.id
        labels = shipped_labels(catalogue)
        if len(labels) > 1:
            msg = (
                f"{name}: the catalogue {catalogue} serves {joined(labels)}; say which with --label"
            )
            raise WrongUsage(msg)
        label = next(iter(labels), "bronze")
    return shipped_ruleset_in_force(label, interview.conducted.on)


def _is_reference(name: str) -> bool:
    label, _, version = name.partition("@")
    if version in RULESETS_OF.get(label, ()):
        return True
    return "@" in name and not Path(name).exists()
