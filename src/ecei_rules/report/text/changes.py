"""What differs between two rulesets part by part, as sections of a report."""

from __future__ import annotations

from ecei_rules.diagnostics.codes import CHANGE_CODES
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.report.text.blocks import Item, Items, Row, Section, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecei_rules.comparison.diff.change import Change

_PARTS = {
    "after_gap": "period in force",
    "in_force": "period in force",
    "catalogue": "catalogue that is judged",
}
_HEAD = ("Code", "Subject", "Change", "Old", "New")


def change_sections(changes: Sequence[Change]) -> Iterator[Section]:
    """
    A section for each part of the documents, and one that sums up what is wording alone.

    Each change has its code, its subject and where it stands, before and after.
    """
    parts: dict[str, list[Row]] = {}
    for each in changes:
        if not each.editorial:
            parts.setdefault(_part(each), []).append(_row(each))
    for part, rows in parts.items():
        title = f"{part}: {number_of(len(rows), 'change')}"
        yield Section(title, [Table(_HEAD, rows)])
    editorial = [each for each in changes if each.editorial]
    if editorial:
        count = number_of(len(editorial), "change")
        yield Section(f"Wording, sources and how sure a rule is: {count}", [_summed_up(editorial)])


def _part(change: Change) -> str:
    place = change.new or change.old
    assert place is not None, "what changed stands in one of the documents at least"
    name = place.pointer.split("/")[1] if place.pointer else ""
    named = _PARTS.get(name, name.replace("_", " "))
    document = place.document.capitalize()
    return f"{document}, {named}" if named else document


def _row(change: Change) -> Row:
    old, new = ("" if each is None else str(each) for each in (change.old, change.new))
    places = "; ".join(dict.fromkeys(each for each in (old, new) if each))
    return Row(f"{change} ({places})", (change.code, change.subject, change.message, old, new))


def _summed_up(changes: Sequence[Change]) -> Items:
    subjects: dict[str, list[str]] = {}
    for each in changes:
        subjects.setdefault(each.code, []).append(each.subject)
    return Items(
        Item(f"{code} {CHANGE_CODES[code].title}: {', '.join(dict.fromkeys(found))}")
        for code, found in subjects.items()
    )
