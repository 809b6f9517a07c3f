"""Changes of catalogues: the messages and places of each edit."""

from __future__ import annotations

from typing import Any

from change_samples import (
    CATALOGUE,
    GONE,
    TEXT,
    Case,
    EachChange,
    codes_in,
    each_case,
)

from ecei_rules.diagnostics.codes import CHANGE_CODES

ADDED_INDICATOR = {**CATALOGUE["indicators"][0], "id": "projects", "number": "1.2"}


#: Edits of the sample, with the changes from the sample to the edited one, and back.
IN_CATALOGUE: list[tuple[dict[str, Any], str, str]] = [
    (
        {"/dimensions/2": {"id": "results", "title": TEXT}},
        "ECEI501 results: the dimension was added",
        "ECEI502 results: the dimension was removed",
    ),
    (
        {"/dimensions/1/title": {"en": "Services"}},
        "ECEI503 services: the title was reworded (en)",
        "ECEI503 services: the title was reworded (en)",
    ),
    (
        {"/roles/2": {"id": "observer", "title": TEXT}},
        "ECEI523 observer: the role was added",
        "ECEI524 observer: the role was removed",
    ),
    (
        {"/roles/1/title": {"en": "A guest"}},
        "ECEI525 guest: the title of the role was reworded (en)",
        "ECEI525 guest: the title of the role was reworded (en)",
    ),
    (
        {"/indicators/5": ADDED_INDICATOR},
        'ECEI504 projects: the indicator was added, in the dimension "structure"',
        'ECEI505 projects: the indicator was removed, in the dimension "structure"',
    ),
    (
        {"/indicators/3/status": "retired"},
        "ECEI506 tools: the indicator was retired",
        "ECEI507 tools: the indicator was brought back",
    ),
    (
        {"/indicators/3/dimension": "structure"},
        'ECEI508 tools: the dimension changed from "services" to "structure"',
        'ECEI508 tools: the dimension changed from "structure" to "services"',
    ),
    (
        {"/indicators/3/question": {"en": "Another?", "de": "Eine andere?"}},
        "ECEI509 tools: the question was reworded (de, en)",
        "ECEI509 tools: the question was reworded (de, en)",
    ),
    (
        {"/indicators/3/improvable": False},
        "ECEI528 tools: the indicator changed from improvable to not improvable",
        "ECEI528 tools: the indicator changed from not improvable to improvable",
    ),
    (
        {"/facts/1/improvable": False},
        "ECEI528 listed: the fact changed from improvable to not improvable",
        "ECEI528 listed: the fact changed from not improvable to improvable",
    ),
    (
        {"/indicators/1/answer/parts_of": "participants"},
        "ECEI529 composition: the count that the parts add up to changed from none to participants",
        "ECEI529 composition: the count that the parts add up to changed from participants to none",
    ),
    (
        {"/indicators/3/evidence": TEXT},
        "ECEI509 tools: the evidence was added",
        "ECEI509 tools: the evidence was removed",
    ),
    (
        {"/indicators/3/number": "4.2"},
        "ECEI510 tools: the number changed from none to 4.2",
        "ECEI510 tools: the number changed from 4.2 to none",
    ),
    (
        {"/indicators/3/not_applicable": True},
        'ECEI511 tools: the answer may now be "not applicable"',
        'ECEI512 tools: the answer may no longer be "not applicable"',
    ),
    (
        {"/indicators/4/provenance/status": "attested"},
        "ECEI513 mood: the basis of the indicator changed from unattested to attested",
        "ECEI513 mood: the basis of the indicator changed from attested to unattested",
    ),
    (
        {"/facts/0/provenance": {"status": "attested", "sources": ["page"]}},
        (
            "ECEI513 staff: the basis of the fact changed from unstated to attested\n"
            "ECEI514 staff: the sources behind the fact changed"
        ),
        (
            "ECEI513 staff: the basis of the fact changed from attested to unstated\n"
            "ECEI514 staff: the sources behind the fact changed"
        ),
    ),
    (
        {"/indicators/0/provenance/note": "page 3"},
        "ECEI514 participants: the note behind the indicator changed",
        "ECEI514 participants: the note behind the indicator changed",
    ),
    (
        {"/facts/3": {**CATALOGUE["facts"][0], "id": "rooms"}},
        "ECEI515 rooms: the fact was added",
        "ECEI516 rooms: the fact was removed",
    ),
    (
        {"/facts/2/status": "active"},
        "ECEI518 old: the fact was brought back",
        "ECEI517 old: the fact was retired",
    ),
    (
        {"/facts/1/question": GONE},
        "ECEI519 listed: the question was removed",
        "ECEI519 listed: the question was added",
    ),
    (
        {"/indicators/0/answer": {"kind": "share"}},
        (
            "ECEI520 participants: the answer changed"
            " from a whole number of organisations, 0 to 1000 to a percentage, 0 to 100"
        ),
        (
            "ECEI520 participants: the answer changed from a percentage, 0 to 100"
            " to a whole number of organisations, 0 to 1000"
        ),
    ),
    (
        {"/indicators/0/answer/maximum": GONE},
        "ECEI521 participants: the maximum changed from 1000 to none",
        "ECEI521 participants: the maximum changed from none to 1000",
    ),
    (
        {"/indicators/2/answer/minimum": 1950},
        "ECEI521 founded: the minimum changed from 1900 to 1950",
        "ECEI521 founded: the minimum changed from 1950 to 1900",
    ),
    (
        {"/indicators/1/answer/maximum": 10},
        "ECEI521 composition: the maximum changed from 1000 to 10",
        "ECEI521 composition: the maximum changed from 10 to 1000",
    ),
    (
        {"/facts/0/answer/unit": "heads\n"},
        "ECEI522 staff: the unit changed from FTE to heads\\u000a",
        "ECEI522 staff: the unit changed from heads\\u000a to FTE",
    ),
    (
        {"/indicators/1/answer/unit": "members"},
        "ECEI522 composition: the unit changed from none to members",
        "ECEI522 composition: the unit changed from members to none",
    ),
    (
        {"/indicators/3/answer/options/3": {"id": "blog", "title": TEXT}},
        'ECEI523 tools: the option "blog" was added',
        'ECEI524 tools: the option "blog" was removed',
    ),
    (
        {"/indicators/1/answer/options/0/title": {"en": "SMEs"}},
        'ECEI525 composition: the title of the option "sme" was reworded (en)',
        'ECEI525 composition: the title of the option "sme" was reworded (en)',
    ),
    (
        {"/title": {"en": "Interview"}},
        "ECEI526 title: the title of the catalogue was reworded (en)",
        "ECEI526 title: the title of the catalogue was reworded (en)",
    ),
    (
        {"/sources/1": {"id": "third", "title": "A third"}, "/sources/0/title": "The page"},
        'ECEI527 sources: the list gained "third", lost "other", reworded "page"',
        'ECEI527 sources: the list gained "other", lost "third", reworded "page"',
    ),
    (
        {"/version": "2025-01"},
        ("ECEI531 catalogue: the catalogue changed from sample@2024-01 to sample@2025-01"),
        ("ECEI531 catalogue: the catalogue changed from sample@2025-01 to sample@2024-01"),
    ),
]


CATALOGUE_CASES: list[Case] = [({}, *case) for case in IN_CATALOGUE]


@each_case(CATALOGUE_CASES)
class TestChangesOfCatalogues(EachChange):
    """One edit of a catalogue is one change."""


def test_every_catalogue_code_has_an_example() -> None:
    """
    Codes below ECEI530 are about catalogues, and ECEI531 is about the version of one.
    """
    expected = {code for code in CHANGE_CODES if code < "ECEI530"}

    assert codes_in(CATALOGUE_CASES) == {*expected, "ECEI531"}


def test_codes_are_in_order_and_have_distinct_titles() -> None:
    """
    Codes are listed in order, each with a title of its own.
    """
    titles = [each.title for each in CHANGE_CODES.values()]

    assert list(CHANGE_CODES) == sorted(CHANGE_CODES)
    assert len(set(titles)) == len(titles)
