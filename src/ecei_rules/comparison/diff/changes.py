"""The changes from one ruleset, with its catalogue, to another."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import accumulate

from attrs import evolve

from ecei_rules.comparison.diff.catalogues import catalogue_differences
from ecei_rules.comparison.diff.change import Change, Place
from ecei_rules.comparison.diff.matching import (
    Counterparts,
    Located,
    PartDifference,
    with_sorted_lists,
)
from ecei_rules.comparison.diff.rulesets import ruleset_differences
from ecei_rules.diagnostics.codes import CHANGE_CODES
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.diagnostics.places import lines_and_columns, places
from ecei_rules.diagnostics.problem import step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from ecei_rules.comparison.diff.change import Document
    from ecei_rules.rulesets.ruleset import Ruleset

    #: For each document the name of its file and its text.
    Files = Mapping[Document, tuple[str, str]]

_DIGITS = 16


def changes_between(old: Ruleset, new: Ruleset) -> tuple[Change, ...]:
    """
    Return the differences between two rulesets and their catalogues, part by part.

    Parts are matched by their ids; the parts of a combination, which have none, by what
    they look at. The order of lists is no difference, except that of the scale, and
    neither is the notation of a number. The versions, which name the two, are no
    difference, and neither are `$schema` and `x-` members.

    The result is in a fixed order. First the catalogue: dimensions, indicators, facts,
    title, sources; then the ruleset: label, period in force, catalogue, scale, grading,
    criteria, validity, recommendations, title, sources. Among each of these, the parts of
    the new document come first, in its order, then the removed ones, in the order of the
    old document. Comparing in the other direction finds as many changes, with the places
    exchanged.

    >>> from ecei_rules.documents.shipped import shipped
    >>> silver = [shipped().ruleset("silver", version=each) for each in ("2014-10", "2017-01")]
    >>> [str(each) for each in changes_between(*silver) if each.code == "ECEI532"]
    ['ECEI532 in force: the first day changed from 2014-10-01 to 2017-01-01']
    >>> changes_between(silver[0], silver[0])
    ()
    """
    catalogues = Counterparts(
        "", Located(old.catalogue, "catalogue"), Located(new.catalogue, "catalogue")
    )
    rulesets = Counterparts("", Located(old, "ruleset"), Located(new, "ruleset"))
    differences = [*catalogue_differences(catalogues), *ruleset_differences(rulesets)]
    if not differences:
        return ()
    before, after = _written(old), _written(new)
    seen: Counter[str] = Counter()
    changes = []
    for difference in differences:
        content = _content(difference)
        changes.append(
            Change(
                difference.code,
                difference.subject,
                visible(difference.message),
                CHANGE_CODES[difference.code].editorial,
                _place(difference.old, before),
                _place(difference.new, after),
                _fingerprint(content, seen[content]),
            )
        )
        seen[content] += 1
    return tuple(changes)


def in_files(changes: Iterable[Change], *, old: Files, new: Files) -> tuple[Change, ...]:
    """
    Return the changes with the files and lines of their parts.

    *old* and *new* give the name and the text of each document; the places in a document
    that is not given stay as they are. The place of a part that a file leaves out, because
    it is the default, is that of the object around it.
    """
    before, after = _locator(old), _locator(new)
    return tuple(
        evolve(change, old=change.old and before(change.old), new=change.new and after(change.new))
        for change in changes
    )


def _written(ruleset: Ruleset) -> dict[Document, frozenset[str]]:
    """Return the pointers to all values in the documents of a ruleset and its catalogue."""
    from ecei_rules.documents.codec import CODEC
    from ecei_rules.documents.converter import document

    return {
        "ruleset": frozenset(_pointers(document(ruleset, CODEC), "")),
        "catalogue": frozenset(_pointers(document(ruleset.catalogue, CODEC), "")),
    }


def _pointers(value: object, where: str) -> list[str]:
    members: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list | tuple):
        members = enumerate(value)
    inner = (found for name, part in members for found in _pointers(part, where + step(name)))
    return [where, *inner]


def _place(
    part: Located[object] | None, written: Mapping[Document, Container[str]]
) -> Place | None:
    if part is None:
        return None
    return Place(part.document, _nearest(part.pointer, written[part.document]))


def _nearest(pointer: str, written: Container[str]) -> str:
    """Return the pointer, or that to the nearest value around it that is written."""
    while pointer not in written:
        pointer = pointer.rpartition("/")[0]
    return pointer


def _content(difference: PartDifference) -> str:
    old, new = (
        None if part is None else [*difference.names, with_sorted_lists(part.value)]
        for part in (difference.old, difference.new)
    )
    return canonical([difference.code, difference.subject, old, new])


def _fingerprint(content: str, earlier: int) -> str:
    """Return a digest of a difference; equal ones are numbered."""
    numbered = f"{content}{earlier}" if earlier else content
    return sha256(numbered.encode()).hexdigest()[:_DIGITS]


def _locator(files: Files) -> Callable[[Place], Place]:
    def located(place: Place) -> Place:
        if place.document not in files:
            return place
        name, text = files[place.document]
        return evolve(place, file=name, line=_line(text, place.pointer))

    return located


def _line(text: str, pointer: str) -> int:
    """Return the line of the value at a pointer, or of the nearest value around it."""
    around = accumulate(pointer.split("/"), "{}/{}".format)
    known = places(text, around)
    offset = known[_nearest(pointer, known)].name
    line, _ = lines_and_columns(text, [offset])[offset]
    return line
