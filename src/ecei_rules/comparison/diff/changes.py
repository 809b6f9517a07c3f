"""What changed from one ruleset, with its catalogue, to another."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import accumulate

from attrs import evolve

from ecei_rules.comparison.diff.catalogues import catalogue_differences
from ecei_rules.comparison.diff.change import Change, Place
from ecei_rules.comparison.diff.matching import Difference, Pair, Part, ordered
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

    #: For each document the name of its file and the text in it.
    Files = Mapping[Document, tuple[str, str]]

_DIGITS = 16


def changes_between(old: Ruleset, new: Ruleset) -> tuple[Change, ...]:
    """
    What differs between two rulesets and their catalogues, part by part.

    Parts are matched by their ids; the parts of a combination, which have none, by what
    they look at. The order of lists is no difference, other than that of the scale, nor
    is how a number is written. The versions name the two and are no difference, and
    neither are `$schema` and `x-` members.

    The result is in a fixed order. First the catalogue: dimensions, indicators, facts,
    title, sources; then the ruleset: label, period in force, catalogue, scale, grading,
    criteria, validity, recommendations, title, sources. Within each of them what the
    new document has stands in its order, then what only the old one had, in that of the
    old one. Comparing the other way round finds as many, with the places exchanged.

    >>> from ecei_rules.documents.shipped import shipped
    >>> silver = [shipped().ruleset("silver", version=each) for each in ("2014-10", "2017-01")]
    >>> [str(each) for each in changes_between(*silver) if each.code == "ECEI532"]
    ['ECEI532 in force: the first day changed from 2014-10-01 to 2017-01-01']
    >>> changes_between(silver[0], silver[0])
    ()
    """
    catalogues = Pair("", Part(old.catalogue, "catalogue"), Part(new.catalogue, "catalogue"))
    rulesets = Pair("", Part(old, "ruleset"), Part(new, "ruleset"))
    differences = [*catalogue_differences(catalogues), *ruleset_differences(rulesets)]
    if not differences:
        return ()
    before, after = _written(old), _written(new)
    seen: Counter[str] = Counter()
    found = []
    for each in differences:
        content = _content(each)
        found.append(
            Change(
                each.code,
                each.subject,
                visible(each.message),
                CHANGE_CODES[each.code].editorial,
                _place(each.old, before),
                _place(each.new, after),
                _fingerprint(content, seen[content]),
            )
        )
        seen[content] += 1
    return tuple(found)


def in_files(changes: Iterable[Change], *, old: Files, new: Files) -> tuple[Change, ...]:
    """
    The changes with the files and lines in which their parts stand.

    *old* and *new* give the name and the text of each document; the places of one that
    is not given stay as they are. A part that a file leaves out, because it holds the
    default, stands where the object does that lacks it.
    """
    before, after = _finder(old), _finder(new)
    return tuple(
        evolve(each, old=each.old and before(each.old), new=each.new and after(each.new))
        for each in changes
    )


def _written(ruleset: Ruleset) -> dict[Document, frozenset[str]]:
    """The pointers to all that stands in the documents of a ruleset and its catalogue."""
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
    inner = (each for name, part in members for each in _pointers(part, where + step(name)))
    return [where, *inner]


def _place(part: Part[object] | None, written: Mapping[Document, Container[str]]) -> Place | None:
    if part is None:
        return None
    return Place(part.document, _standing(part.pointer, written[part.document]))


def _standing(pointer: str, written: Container[str]) -> str:
    """The pointer, or that to the nearest thing around it that is written."""
    while pointer not in written:
        pointer = pointer.rpartition("/")[0]
    return pointer


def _content(difference: Difference) -> str:
    old, new = (
        None if part is None else [*difference.names, ordered(part.value)]
        for part in (difference.old, difference.new)
    )
    return canonical([difference.code, difference.subject, old, new])


def _fingerprint(content: str, earlier: int) -> str:
    """What differs, and, of several that differ in the same, which of them it is."""
    numbered = f"{content}{earlier}" if earlier else content
    return sha256(numbered.encode()).hexdigest()[:_DIGITS]


def _finder(files: Files) -> Callable[[Place], Place]:
    def found(place: Place) -> Place:
        if place.document not in files:
            return place
        name, text = files[place.document]
        return evolve(place, file=name, line=_line(text, place.pointer))

    return found


def _line(text: str, pointer: str) -> int:
    """The line of what a pointer leads to, or of the nearest thing around it in the text."""
    around = accumulate(pointer.split("/"), "{}/{}".format)
    found = places(text, around)
    there = found[_standing(pointer, found)].name
    line, _ = lines_and_columns(text, [there])[there]
    return line
