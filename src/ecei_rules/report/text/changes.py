"""The differences between two rulesets part by part, as sections of a report."""

from __future__ import annotations

from ecei_rules.diagnostics.codes import CHANGE_CODES
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.report.text.blocks import Item, Items, Section, Table, TableRow

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
    Yield a section for each part of the documents, and one that sums up changes of wording.

    Each change has its code, its subject, and its place before and after.
    """
    parts: dict[str, list[TableRow]] = {}
    for change in changes:
        if not change.editorial:
            parts.setdefault(_part(change), []).append(_row(change))
    for part, rows in parts.items():
        title = f"{part}: {number_of(len(rows), 'change')}"
        yield Section(title, [Table(_HEAD, rows)])
    editorial = [each for each in changes if each.editorial]
    if editorial:
        count = number_of(len(editorial), "change")
        yield Section(f"Wording, sources and evidence: {count}", [_summed_up(editorial)])


def _part(change: Change) -> str:
    place = change.new or change.old
    assert place is not None, "a change is in one of the documents at least"
    name = place.pointer.split("/")[1] if place.pointer else ""
    named = _PARTS.get(name, name.replace("_", " "))
    document = place.document.capitalize()
    return f"{document}, {named}" if named else document


def _row(change: Change) -> TableRow:
    old, new = ("" if place is None else str(place) for place in (change.old, change.new))
    places = "; ".join(dict.fromkeys(place for place in (old, new) if place))
    return TableRow(f"{change} ({places})", (change.code, change.subject, change.message, old, new))


def _summed_up(changes: Sequence[Change]) -> Items:
    by_code: dict[str, list[str]] = {}
    for change in changes:
        by_code.setdefault(change.code, []).append(change.subject)
    return Items(
        Item(f"{code} {CHANGE_CODES[code].title}: {', '.join(dict.fromkeys(subjects))}")
        for code, subjects in by_code.items()
    )
