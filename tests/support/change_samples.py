"""A sample ruleset and catalogue to edit, and the laws of each change."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from change_strategies import ORDERED

import ecei_rules as er
from ecei_rules.comparison.diff.changes import changes_between, in_files
from ecei_rules.documents.codec import CODEC
from ecei_rules.documents.converter import document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.comparison.diff.change import Change, Place

GONE = object()


TEXT = {"en": "a text"}


DOCUMENTED = {"status": "documented", "sources": ["page"], "note": "page 3"}


CATALOGUE: dict[str, Any] = {
    "format": "ecei-catalogue/1",
    "id": "sample",
    "version": "2024-01",
    "title": TEXT,
    "dimensions": [{"id": "structure", "title": TEXT}, {"id": "services", "title": TEXT}],
    "indicators": [
        {
            "id": "participants",
            "dimension": "structure",
            "number": "1.1",
            "title": TEXT,
            "question": TEXT,
            "answer": {"kind": "count", "unit": "organisations", "maximum": 1000},
            "provenance": {"status": "attested", "sources": ["page"]},
        },
        {
            "id": "composition",
            "dimension": "structure",
            "title": TEXT,
            "question": TEXT,
            "evidence": TEXT,
            "answer": {
                "kind": "breakdown",
                "options": [{"id": name, "title": TEXT} for name in ("sme", "large", "research")],
                "maximum": 1000,
            },
            "provenance": {"status": "attested", "sources": ["page"]},
        },
        {
            "id": "founded",
            "dimension": "services",
            "title": TEXT,
            "question": TEXT,
            "answer": {"kind": "year", "minimum": 1900},
            "not_applicable": True,
            "provenance": {"status": "attested", "sources": ["page"]},
        },
        {
            "id": "tools",
            "dimension": "services",
            "title": TEXT,
            "question": TEXT,
            "answer": {
                "kind": "choices",
                "options": [{"id": name, "title": TEXT} for name in ("mail", "wiki", "fair")],
            },
            "provenance": {"status": "attested", "sources": ["page"]},
        },
        {
            "id": "mood",
            "dimension": "services",
            "title": TEXT,
            "question": TEXT,
            "answer": {"kind": "share"},
            "status": "retired",
            "provenance": {"status": "unattested", "sources": ["page"]},
        },
    ],
    "facts": [
        {"id": "staff", "title": TEXT, "answer": {"kind": "number", "unit": "FTE"}},
        {
            "id": "listed",
            "title": TEXT,
            "question": TEXT,
            "answer": {"kind": "yes_no"},
            "provenance": {"status": "attested", "sources": ["page"]},
        },
        {"id": "old", "title": TEXT, "answer": {"kind": "yes_no"}, "status": "retired"},
    ],
    "roles": [{"id": "auditor", "title": TEXT}, {"id": "guest", "title": TEXT}],
    "sources": [{"id": "page", "title": "A page"}, {"id": "other", "title": "Another"}],
}


def at_least(bound: int, measure: str = "value", **more: Any) -> dict[str, Any]:
    """A threshold that is reached from a bound on."""
    return {"kind": "threshold", "measure": measure, **more, "at_least": bound}


def graded(*whens: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A grading whose best grades have conditions and whose last has none."""
    names = ("excellent", "reasonable")[: len(whens)]
    grades: list[dict[str, Any]] = [
        {"grade": name, "points": 2 - index, "when": when}
        for index, (name, when) in enumerate(zip(names, whens, strict=True))
    ]
    return {"weight": 1, "grades": [*grades, {"grade": "improvable", "points": 0}], **more}


SHARE = at_least(50, "share_of", options=["sme", "large"])


EARLIER = {"kind": "history", "label": "bronze", "event": "benchmarked"}


RULESET: dict[str, Any] = {
    "format": "ecei-ruleset/1",
    "label": "silver",
    "version": "2024-01",
    "title": TEXT,
    "in_force": {"from": "2024-01-01", "to": "2030-12-31"},
    "catalogue": {"id": "sample", "version": "2024-01"},
    "scale": ["improvable", "reasonable", "excellent"],
    "grading": {
        "participants": graded(at_least(40), at_least(15)),
        "composition": graded(
            {"kind": "all_of", "parts": [at_least(1, "types"), at_least(3, "types")]},
            provenance=DOCUMENTED,
        ),
        "founded": graded(at_least(4, "years_ago"), not_applicable_points=1),
        "tools": graded({"kind": "includes", "options": ["mail", "wiki"]}),
    },
    "criteria": [
        {"id": "answered", "severity": "required", "kind": "complete", "dimension": "structure"},
        {
            "id": "majority",
            "severity": "required",
            "kind": "answer",
            "indicator": "composition",
            "when": SHARE,
        },
        {
            "id": "on-the-list",
            "severity": "advisory",
            "title": TEXT,
            "kind": "answer",
            "fact": "listed",
            "when": {"kind": "one_of", "values": [True]},
        },
        {
            "id": "basics",
            "severity": "required",
            "kind": "floor",
            "indicators": ["participants", "tools"],
            "grade": "excellent",
        },
        {"id": "total", "severity": "required", "kind": "score", "at_least_percent": 80},
        {
            "id": "some",
            "severity": "required",
            "kind": "count",
            "at_least": 2,
            "grade": "excellent",
        },
        {"id": "before", "severity": "required", **EARLIER, "at_most_months": 24},
        {"id": "better", "severity": "required", "kind": "improvements", "at_least": 2},
        {
            "id": "either",
            "severity": "required",
            "kind": "any_of",
            "parts": [
                {"kind": "score", "at_least_points": 3},
                {"kind": "answer", "fact": "listed", "when": {"kind": "one_of", "values": [True]}},
            ],
        },
        {
            "id": "held-by",
            "severity": "required",
            "kind": "conducted",
            "role": "auditor",
            "at_least": 2,
            "modes": ["on_site", "video"],
        },
    ],
    "validity": {
        "first": {"years": 2, "from": "interview", "ends": "same_day"},
        "renewal": {
            "years": 3,
            "from": "previous_end",
            "ends": "same_day",
            "until_years_after_end": 1,
        },
    },
    "recommendations": {
        "participants": {"below": "excellent", "text": TEXT, "aligned_with": ["quality:members"]},
        "listed": {"text": TEXT},
    },
    "sources": [{"id": "page", "title": "A page"}, {"id": "other", "title": "Another"}],
}


def edited(value: dict[str, Any], edits: dict[str, Any]) -> dict[str, Any]:
    """Return a document with some members, named by pointers, replaced, added or removed."""
    result: dict[str, Any] = json.loads(json.dumps(value))
    for pointer, replacement in edits.items():
        *steps, last = (int(s) if s.isdecimal() else s for s in pointer.split("/")[1:])
        place: Any = result
        for each in steps:
            place = place[each]
        if replacement is GONE:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(replacement)
        else:
            place[last] = replacement
    return result


def built(
    ruleset: dict[str, Any] | None = None, catalogue: dict[str, Any] | None = None
) -> er.Ruleset:
    """Read the sample ruleset and its catalogue with some edits."""
    asks = er.read_catalogue(json.dumps(edited(CATALOGUE, catalogue or {})))
    return build(edited(RULESET, ruleset or {}), asks)


def build(members: dict[str, Any], catalogue: er.Catalogue) -> er.Ruleset:
    """Build the ruleset of a document, which may fail checks, over a catalogue."""
    from ecei_rules.documents.build import build_ruleset

    members = {name: each for name, each in members.items() if name != "format"}
    named = {"id": catalogue.id, "version": catalogue.version}
    return build_ruleset({**members, "catalogue": named}, er.Edition([catalogue]))


def lines_of(changes: Iterable[Change]) -> list[str]:
    """Return the changes as a list of lines."""
    return [str(each) for each in changes]


ADDED_CRITERION = {"id": "extra", "severity": "advisory", "kind": "complete"}


PART = "/criteria/8/parts"


Case = tuple[dict[str, Any], dict[str, Any], str, str]


def each_case(cases: list[Case]) -> pytest.MarkDecorator:
    """Run the tests of a class with the edits of each case, and the changes expected both ways."""
    ids = [there.split(":")[0] for *_, there, _ in cases]
    return pytest.mark.parametrize(("ruleset", "catalogue", "there", "back"), cases, ids=ids)


def codes_in(cases: list[Case]) -> set[str]:
    """Return the codes of all changes that cases expect."""
    return set(re.findall("ECEI5[0-9]{2}", "".join(there + back for *_, there, back in cases)))


def at(value: Any, pointer: str) -> Any:
    """Return the value at a pointer; raise an error if there is none."""
    for each in pointer.split("/")[1:]:
        value = value[int(each)] if isinstance(value, list | tuple) else value[each]
    return value


def files(ruleset: er.Ruleset) -> dict[Any, tuple[str, str]]:
    """Return the two documents of a ruleset as files."""
    from ecei_rules._files import indented

    return {
        "ruleset": ("ruleset.json", indented(ruleset)),
        "catalogue": ("catalogue.json", indented(ruleset.catalogue)),
    }


class EachChange:
    """The laws of one edit: its code, its words and its place."""

    def test_messages_of_both_directions(
        self, ruleset: dict[str, Any], catalogue: dict[str, Any], there: str, back: str
    ) -> None:
        """The whole messages, from the old to the new one and back."""
        old, new = built(), built(ruleset, catalogue)

        assert lines_of(changes_between(old, new)) == there.splitlines()
        assert lines_of(changes_between(new, old)) == back.splitlines()

    def test_change_is_editorial_if_the_digest_ignores_it(
        self, ruleset: dict[str, Any], catalogue: dict[str, Any], there: str, back: str
    ) -> None:
        """The code says whether a change is wording; the rules without wording confirm it."""
        del there, back
        old, new = built(), built(ruleset, catalogue)
        same = content(old, wording=False) == content(new, wording=False)

        # the version of a catalogue is its name, and not content
        same = same and old.catalogue.reference == new.catalogue.reference

        assert {each.editorial for each in changes_between(old, new)} == {same}

    def test_place_is_where_the_edit_was_made(
        self, ruleset: dict[str, Any], catalogue: dict[str, Any], there: str, back: str
    ) -> None:
        """A place leads to the edited value, or to the object around it."""
        del there, back
        edits = [*ruleset, *catalogue, "/catalogue"]

        for change in changes_between(built(), built(ruleset, catalogue)):
            pointers = [place.pointer for place in (change.old, change.new) if place]
            assert pointers
            for each in pointers:
                assert each
                assert any(within(each, edit) or within(edit, each) for edit in edits)

    def test_line_has_the_value_of_the_pointer(
        self, ruleset: dict[str, Any], catalogue: dict[str, Any], there: str, back: str
    ) -> None:
        """The line of a place is the one on which the name or the item begins."""
        del there, back
        old, new = built(), built(ruleset, catalogue)

        for change in in_files(changes_between(old, new), old=files(old), new=files(new)):
            for place, where in ((change.old, old), (change.new, new)):
                if place is not None:
                    name, text = files(where)[place.document]
                    assert place.file == name
                    assert at(json.loads(text), place.pointer) in read_at(text, place)


def within(inner: str, outer: str) -> bool:
    """Whether a pointer is the same as another one or leads further in."""
    return inner == outer or inner.startswith(f"{outer}/")


def read_at(text: str, place: Place) -> list[Any]:
    """Read the values on the line of a place with the standard library."""
    assert place.line is not None
    line = text.splitlines(keepends=True)[place.line - 1]
    rest = text[sum(map(len, text.splitlines(keepends=True)[: place.line - 1])) :]
    name = place.pointer.rpartition("/")[2]
    starts = [found.end() for found in re.finditer(f'"{re.escape(name)}": ', line)]
    if name.isdecimal():
        starts = [found.start() for found in re.finditer(r'["{]', line)]
    decoder = json.JSONDecoder()
    return [decoder.raw_decode(rest, start)[0] for start in starts if readable(rest[start:])]


def readable(text: str) -> bool:
    """Whether a JSON value begins a text."""
    try:
        json.JSONDecoder().raw_decode(text)
    except ValueError:
        return False
    return True


def normal(value: Any, name: str = "", *, sure: bool = True) -> Any:
    """Return a document's JSON in a fixed order, without provenance unless *sure*."""
    if isinstance(value, dict):
        kept = {n: v for n, v in value.items() if sure or n != "provenance"}
        return {n: normal(v, n, sure=sure) for n, v in sorted(kept.items())}
    if isinstance(value, list | tuple):
        items = [normal(each, sure=sure) for each in value]
        return items if name in ORDERED else sorted(items, key=str)
    return value


def content(ruleset: er.Ruleset, *, wording: bool) -> list[Any]:
    """Return the content of a ruleset and its catalogue, without their versions."""
    found = []
    for each in (ruleset, ruleset.catalogue):
        members = document(each, CODEC, wording=wording)
        kept = {n: v for n, v in members.items() if n not in ("$schema", "version")}
        found.append(normal(kept, sure=wording))
    return found
