"""What differs between two rulesets, as laws and in whole messages."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from change_strategies import ORDERED, pairs, respelled, reworded
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT
from strategies import catalogues, interviews, rulesets

import ecei_rules as er
from ecei_rules.comparison.diff.change import Change, Place
from ecei_rules.comparison.diff.changes import changes_between, in_files
from ecei_rules.diagnostics.codes import CHANGE_CODES
from ecei_rules.documents.codec import CODEC
from ecei_rules.documents.converter import document

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """A document with some members, named by pointers, replaced, added or gone."""
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
    """The sample ruleset and its catalogue, read with some edits."""
    asks = er.read_catalogue(json.dumps(edited(CATALOGUE, catalogue or {})))
    return build(edited(RULESET, ruleset or {}), asks)


def build(members: dict[str, Any], catalogue: er.Catalogue) -> er.Ruleset:
    """The ruleset of a document that need not be sensible, over a catalogue."""
    from ecei_rules.documents.build import build_ruleset

    members = {name: each for name, each in members.items() if name != "format"}
    named = {"id": catalogue.id, "version": catalogue.version}
    return build_ruleset({**members, "catalogue": named}, er.Edition([catalogue]))


def said(changes: Iterable[Change]) -> list[str]:
    """The changes as a list of lines."""
    return [str(each) for each in changes]


ADDED_INDICATOR = {**CATALOGUE["indicators"][0], "id": "projects", "number": "1.2"}
ADDED_CRITERION = {"id": "extra", "severity": "advisory", "kind": "complete"}
PART = "/criteria/8/parts"

#: What is edited in the sample, what comparing says then, and what the other way round.
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
        "ECEI513 mood: how sure the indicator is changed from unattested to attested",
        "ECEI513 mood: how sure the indicator is changed from attested to unattested",
    ),
    (
        {"/facts/0/provenance": {"status": "attested", "sources": ["page"]}},
        (
            "ECEI513 staff: how sure the fact is changed from unstated to attested\n"
            "ECEI514 staff: the sources behind the fact changed"
        ),
        (
            "ECEI513 staff: how sure the fact is changed from attested to unstated\n"
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
        (
            "ECEI531 catalogue: the catalogue that is judged changed from sample@2024-01"
            " to sample@2025-01"
        ),
        (
            "ECEI531 catalogue: the catalogue that is judged changed from sample@2025-01"
            " to sample@2024-01"
        ),
    ),
]

IN_RULESET: list[tuple[dict[str, Any], str, str]] = [
    (
        {"/label": "gold"},
        "ECEI530 label: the label changed from silver to gold",
        "ECEI530 label: the label changed from gold to silver",
    ),
    (
        {"/in_force/from": "2024-02-01"},
        "ECEI532 in force: the first day changed from 2024-01-01 to 2024-02-01",
        "ECEI532 in force: the first day changed from 2024-02-01 to 2024-01-01",
    ),
    (
        {"/in_force/to": GONE},
        "ECEI533 in force: the last day changed from 2030-12-31 to none stated",
        "ECEI533 in force: the last day changed from none stated to 2030-12-31",
    ),
    (
        {"/in_force/after_gap": True},
        "ECEI534 in force: the gap before the first day changed from none to declared",
        "ECEI534 in force: the gap before the first day changed from declared to none",
    ),
    (
        {"/scale/0": "reasonable", "/scale/1": "improvable"},
        (
            "ECEI535 scale: the scale changed from improvable < reasonable < excellent"
            " to reasonable < improvable < excellent"
        ),
        (
            "ECEI535 scale: the scale changed from reasonable < improvable < excellent"
            " to improvable < reasonable < excellent"
        ),
    ),
    (
        {"/grading/tools": GONE},
        "ECEI541 tools: the grading was removed, of weight 1",
        "ECEI540 tools: the grading was added, of weight 1",
    ),
    (
        {"/grading/tools/weight": 3},
        "ECEI542 tools: the weight changed from 1 to 3",
        "ECEI542 tools: the weight changed from 3 to 1",
    ),
    (
        {"/grading/participants/grades/1": GONE},
        'ECEI544 participants: the grade "reasonable" of 1 point was removed: at least 15',
        'ECEI543 participants: the grade "reasonable" of 1 point was added: at least 15',
    ),
    (
        {"/grading/participants/grades/0/points": 3},
        'ECEI545 participants: the points of "excellent" changed from 2 to 3',
        'ECEI545 participants: the points of "excellent" changed from 3 to 2',
    ),
    (
        {"/grading/founded/not_applicable_points": GONE},
        'ECEI546 founded: the points of "not applicable" changed from 1 to 0',
        'ECEI546 founded: the points of "not applicable" changed from 0 to 1',
    ),
    (
        {"/grading/participants/grades/0/when/at_least": 30},
        'ECEI547 participants: the bound of "excellent" moved from at least 40 to at least 30',
        'ECEI547 participants: the bound of "excellent" moved from at least 30 to at least 40',
    ),
    (
        {"/criteria/1/when/at_least": GONE, "/criteria/1/when/more_than": 50},
        'ECEI547 majority: the bound of "majority" moved from at least 50 % to more than 50 %',
        'ECEI547 majority: the bound of "majority" moved from more than 50 % to at least 50 %',
    ),
    (
        {"/grading/composition/grades/0/when/parts/1/at_least": 2},
        (
            'ECEI547 composition: the bound of "excellent" moved from at least 3 of the options'
            " listed"
            " to at least 2 of the options listed"
        ),
        (
            'ECEI547 composition: the bound of "excellent" moved from at least 2 of the options'
            " listed"
            " to at least 3 of the options listed"
        ),
    ),
    (
        {"/grading/founded/grades/0/when/at_least": 5},
        (
            'ECEI547 founded: the bound of "excellent" moved from at least 4 years ago'
            " to at least 5 years ago"
        ),
        (
            'ECEI547 founded: the bound of "excellent" moved from at least 5 years ago'
            " to at least 4 years ago"
        ),
    ),
    (
        {"/criteria/1/when/options": ["large"]},
        'ECEI548 majority: the options of "majority" changed from "sme" and "large" to "large"',
        'ECEI548 majority: the options of "majority" changed from "large" to "sme" and "large"',
    ),
    (
        {"/grading/tools/grades/0/when/options/2": "fair"},
        (
            'ECEI548 tools: the options of "excellent" changed from "mail" and "wiki"'
            ' to "mail", "wiki" and "fair"'
        ),
        (
            'ECEI548 tools: the options of "excellent" changed from "mail", "wiki" and "fair"'
            ' to "mail" and "wiki"'
        ),
    ),
    (
        {"/criteria/2/when/values/1": False},
        'ECEI548 on-the-list: the values of "on-the-list" changed from yes to yes and no',
        'ECEI548 on-the-list: the values of "on-the-list" changed from yes and no to yes',
    ),
    (
        {"/criteria/1/when/measure": "sum_of"},
        (
            'ECEI549 majority: the condition of "majority" changed'
            ' from "sme" and "large" at least 50 % to "sme" and "large" at least 50'
        ),
        (
            'ECEI549 majority: the condition of "majority" changed'
            ' from "sme" and "large" at least 50 to "sme" and "large" at least 50 %'
        ),
    ),
    (
        {"/grading/composition/grades/0/when/parts/1": GONE},
        (
            'ECEI549 composition: the condition of "excellent" changed'
            " from all of (at least 1 of the options listed; at least 3 of the options listed)"
            " to all of (at least 1 of the options listed)"
        ),
        (
            'ECEI549 composition: the condition of "excellent" changed'
            " from all of (at least 1 of the options listed)"
            " to all of (at least 1 of the options listed; at least 3 of the options listed)"
        ),
    ),
    (
        {"/grading/composition/grades/0/when/kind": "any_of"},
        (
            'ECEI549 composition: the condition of "excellent" changed'
            " from all of (at least 1 of the options listed; at least 3 of the options listed)"
            " to any of (at least 1 of the options listed; at least 3 of the options listed)"
        ),
        (
            'ECEI549 composition: the condition of "excellent" changed'
            " from any of (at least 1 of the options listed; at least 3 of the options listed)"
            " to all of (at least 1 of the options listed; at least 3 of the options listed)"
        ),
    ),
    (
        {"/grading/tools/grades/1/when": {"kind": "includes", "options": ["fair"]}},
        'ECEI549 tools: the condition of "improvable" changed from none to "fair"',
        'ECEI549 tools: the condition of "improvable" changed from "fair" to none',
    ),
    (
        {"/criteria/9": ADDED_CRITERION},
        "ECEI560 extra: the advisory criterion was added: every indicator answered",
        "ECEI561 extra: the advisory criterion was removed: every indicator answered",
    ),
    (
        {"/criteria/0/dimension": GONE},
        'ECEI562 answered: the scope changed from "structure" to everything',
        'ECEI562 answered: the scope changed from everything to "structure"',
    ),
    (
        {"/criteria/0/severity": "advisory"},
        "ECEI563 answered: the severity changed from required to advisory",
        "ECEI563 answered: the severity changed from advisory to required",
    ),
    (
        {"/criteria/7": {"id": "better", "severity": "required", **EARLIER, "repeated": True}},
        (
            'ECEI564 better: what "better" asks for changed from at least 2 improvements confirmed'
            " to Bronze benchmarked twice"
        ),
        (
            'ECEI564 better: what "better" asks for changed from Bronze benchmarked twice'
            " to at least 2 improvements confirmed"
        ),
    ),
    (
        {"/criteria/2/fact": GONE, "/criteria/2/indicator": "tools"},
        (
            'ECEI565 on-the-list: what is looked at changed from the fact "listed"'
            ' to the indicator "tools"'
        ),
        (
            'ECEI565 on-the-list: what is looked at changed from the indicator "tools"'
            ' to the fact "listed"'
        ),
    ),
    (
        {"/criteria/3/grade": "reasonable"},
        'ECEI566 basics: the grade of "basics" changed from "excellent" to "reasonable"',
        'ECEI566 basics: the grade of "basics" changed from "reasonable" to "excellent"',
    ),
    (
        {"/criteria/3/indicators/2": "founded"},
        'ECEI567 basics: "founded" was added to "basics"',
        'ECEI568 basics: "founded" was removed from "basics"',
    ),
    (
        {"/criteria/4/at_least_percent": GONE, "/criteria/4/at_least_points": 5},
        'ECEI569 total: the bound of "total" moved from at least 80 % to at least 5 points',
        'ECEI569 total: the bound of "total" moved from at least 5 points to at least 80 %',
    ),
    (
        {"/criteria/5/at_least": 3},
        'ECEI570 some: the number of indicators of "some" changed from 2 to 3',
        'ECEI570 some: the number of indicators of "some" changed from 3 to 2',
    ),
    (
        {"/criteria/5/grade": "reasonable"},
        'ECEI571 some: the grade of "some" changed from "excellent" to "reasonable"',
        'ECEI571 some: the grade of "some" changed from "reasonable" to "excellent"',
    ),
    (
        {"/criteria/6/label": "silver"},
        'ECEI572 before: the label of "before" changed from bronze to silver',
        'ECEI572 before: the label of "before" changed from silver to bronze',
    ),
    (
        {"/criteria/6/event": "awarded"},
        'ECEI572 before: the event of "before" changed from benchmarked to awarded',
        'ECEI572 before: the event of "before" changed from awarded to benchmarked',
    ),
    (
        {"/criteria/6/repeated": True},
        'ECEI572 before: the number of events of "before" changed from one to two',
        'ECEI572 before: the number of events of "before" changed from two to one',
    ),
    (
        {"/criteria/6/at_least_months": 18},
        'ECEI573 before: the least number of months of "before" changed from none to 18',
        'ECEI573 before: the least number of months of "before" changed from 18 to none',
    ),
    (
        {"/criteria/6/at_most_months": 36},
        'ECEI573 before: the greatest number of months of "before" changed from 24 to 36',
        'ECEI573 before: the greatest number of months of "before" changed from 36 to 24',
    ),
    (
        {"/criteria/7/at_least": 1},
        'ECEI574 better: the number of improvements of "better" changed from 2 to 1',
        'ECEI574 better: the number of improvements of "better" changed from 1 to 2',
    ),
    (
        {"/criteria/8/kind": "all_of"},
        (
            'ECEI575 either: what "either" asks for changed'
            ' from any of (at least 3 points; "listed": yes)'
            ' to all of (at least 3 points; "listed": yes)'
        ),
        (
            'ECEI575 either: what "either" asks for changed'
            ' from all of (at least 3 points; "listed": yes)'
            ' to any of (at least 3 points; "listed": yes)'
        ),
    ),
    (
        {"/criteria/2/title": {"en": "Listed"}},
        "ECEI576 on-the-list: the title was reworded (en)",
        "ECEI576 on-the-list: the title was reworded (en)",
    ),
    (
        {f"{PART}/2": {**EARLIER, "at_least_months": 1, "at_most_months": 24}},
        (
            'ECEI577 either: "either" gained a part:'
            " Bronze benchmarked before, at least 1 month and at most 24 months ago"
        ),
        (
            'ECEI578 either: "either" lost a part:'
            " Bronze benchmarked before, at least 1 month and at most 24 months ago"
        ),
    ),
    (
        {f"{PART}/0/at_least_points": 4},
        'ECEI569 either: the bound of "either" moved from at least 3 points to at least 4 points',
        'ECEI569 either: the bound of "either" moved from at least 4 points to at least 3 points',
    ),
    (
        {f"{PART}/1/when/values": [False]},
        'ECEI548 either: the values of "either" changed from yes to no',
        'ECEI548 either: the values of "either" changed from no to yes',
    ),
    (
        {"/validity/first/years": 1},
        "ECEI580 validity: the length of a first award changed from 2 years to 1 year",
        "ECEI580 validity: the length of a first award changed from 1 year to 2 years",
    ),
    (
        {"/validity/first/ends": "end_of_month"},
        (
            "ECEI581 validity: the end of a first award changed"
            " from the same day to the end of the month"
        ),
        (
            "ECEI581 validity: the end of a first award changed"
            " from the end of the month to the same day"
        ),
    ),
    (
        {"/validity/renewal": GONE},
        (
            "ECEI583 validity: the renewal was removed: 3 years from the previous end,"
            " to the same day, if held at most 1 year after it"
        ),
        (
            "ECEI582 validity: the renewal was added: 3 years from the previous end,"
            " to the same day, if held at most 1 year after it"
        ),
    ),
    (
        {"/validity/renewal/years": 4},
        "ECEI584 validity: the length of a renewal changed from 3 years to 4 years",
        "ECEI584 validity: the length of a renewal changed from 4 years to 3 years",
    ),
    (
        {"/validity/renewal/ends": "end_of_month"},
        "ECEI585 validity: the end of a renewal changed from the same day to the end of the month",
        "ECEI585 validity: the end of a renewal changed from the end of the month to the same day",
    ),
    (
        {"/validity/renewal/until_years_after_end": 2},
        "ECEI586 validity: the window for a renewal changed from 1 year to 2 years",
        "ECEI586 validity: the window for a renewal changed from 2 years to 1 year",
    ),
    (
        {"/recommendations/tools": {"text": TEXT}},
        "ECEI587 tools: the recommendation was added",
        "ECEI588 tools: the recommendation was removed",
    ),
    (
        {"/recommendations/participants/below": GONE},
        'ECEI589 participants: the grade aimed at changed from "excellent" to the best',
        'ECEI589 participants: the grade aimed at changed from the best to "excellent"',
    ),
    (
        {"/recommendations/participants/aligned_with/0": "quality:size"},
        (
            "ECEI590 participants: what it is aligned with changed"
            ' from "quality:members" to "quality:size"'
        ),
        (
            "ECEI590 participants: what it is aligned with changed"
            ' from "quality:size" to "quality:members"'
        ),
    ),
    (
        {"/recommendations/listed/text/de": "Ein Text"},
        "ECEI591 listed: the text was reworded (de)",
        "ECEI591 listed: the text was reworded (de)",
    ),
    (
        {"/title": {"en": "Silver"}},
        "ECEI592 title: the title of the ruleset was reworded (en)",
        "ECEI592 title: the title of the ruleset was reworded (en)",
    ),
    (
        {"/sources/1": GONE},
        'ECEI593 sources: the list lost "other"',
        'ECEI593 sources: the list gained "other"',
    ),
    (
        {"/criteria/0/provenance": {"status": "inferred"}},
        "ECEI594 answered: how sure the criterion is changed from illustrative to inferred",
        "ECEI594 answered: how sure the criterion is changed from inferred to illustrative",
    ),
    (
        {"/grading/composition/provenance/note": GONE},
        "ECEI595 composition: the note behind the grading changed",
        "ECEI595 composition: the note behind the grading changed",
    ),
    (
        {"/grading/composition/provenance": {"status": "documented", "sources": ["other"]}},
        "ECEI595 composition: the sources and the note behind the grading changed",
        "ECEI595 composition: the sources and the note behind the grading changed",
    ),
    (
        {"/validity/renewal/provenance": {"status": "illustrative", "sources": ["page"]}},
        "ECEI595 validity: the sources behind the rule for a renewal changed",
        "ECEI595 validity: the sources behind the rule for a renewal changed",
    ),
]

CASES = [
    *(({}, *case) for case in IN_CATALOGUE),
    *((case[0], {}, *case[1:]) for case in IN_RULESET),
]
each_case = pytest.mark.parametrize(
    ("ruleset", "catalogue", "there", "back"), CASES, ids=[case[2].split(":")[0] for case in CASES]
)


def at(value: Any, pointer: str) -> Any:
    """What stands in a document under a pointer; an error if nothing does."""
    for each in pointer.split("/")[1:]:
        value = value[int(each)] if isinstance(value, list | tuple) else value[each]
    return value


def at_place(ruleset: er.Ruleset, place: Place) -> Any:
    """What stands at a place in a ruleset or its catalogue."""
    whole = ruleset if place.document == "ruleset" else ruleset.catalogue
    return at(document(whole, CODEC), place.pointer)


def files(ruleset: er.Ruleset) -> dict[Any, tuple[str, str]]:
    """The two documents of a ruleset as files."""
    from ecei_rules._files import indented

    return {
        "ruleset": ("ruleset.json", indented(ruleset)),
        "catalogue": ("catalogue.json", indented(ruleset.catalogue)),
    }


@each_case
class TestEachChange:
    """One edit is one change, with its code, in words, and at its place."""

    def test_a_change_is_said_in_words(
        self, ruleset: dict[str, Any], catalogue: dict[str, Any], there: str, back: str
    ) -> None:
        """A message is part of what is shipped, both ways."""
        old, new = built(), built(ruleset, catalogue)

        assert said(changes_between(old, new)) == there.splitlines()
        assert said(changes_between(new, old)) == back.splitlines()

    def test_a_change_is_editorial_if_no_digest_looks_at_it(
        self, ruleset: dict[str, Any], catalogue: dict[str, Any], there: str, back: str
    ) -> None:
        """Each code has it stated whether it is wording; the rules without wording tell it."""
        del there, back
        old, new = built(), built(ruleset, catalogue)
        same = content(old, wording=False) == content(new, wording=False)

        # the version of a catalogue is its name, which is told apart from what it says
        same = same and old.catalogue.reference == new.catalogue.reference

        assert {each.editorial for each in changes_between(old, new)} == {same}

    def test_a_change_stands_where_the_edit_was_made(
        self, ruleset: dict[str, Any], catalogue: dict[str, Any], there: str, back: str
    ) -> None:
        """Whoever follows a place finds what was edited there, or the object around it."""
        del there, back
        edits = [*ruleset, *catalogue, "/catalogue"]

        for change in changes_between(built(), built(ruleset, catalogue)):
            pointers = [place.pointer for place in (change.old, change.new) if place]
            assert pointers
            for each in pointers:
                assert each
                assert any(within(each, edit) or within(edit, each) for edit in edits)

    def test_a_line_holds_what_the_pointer_leads_to(
        self, ruleset: dict[str, Any], catalogue: dict[str, Any], there: str, back: str
    ) -> None:
        """A place in a file is the line on which the name or the item begins."""
        del there, back
        old, new = built(), built(ruleset, catalogue)

        for change in in_files(changes_between(old, new), old=files(old), new=files(new)):
            for place, where in ((change.old, old), (change.new, new)):
                if place is not None:
                    name, text = files(where)[place.document]
                    assert place.file == name
                    assert at(json.loads(text), place.pointer) in read_at(text, place)


def within(inner: str, outer: str) -> bool:
    """Whether a pointer is another one or leads further in."""
    return inner == outer or inner.startswith(f"{outer}/")


def read_at(text: str, place: Place) -> list[Any]:
    """The values that can be read off the line of a place, by the standard library."""
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


def test_every_code_is_said_somewhere() -> None:
    """
    A code without an example would be one that nobody has seen.
    """
    seen = re.findall("ECEI5[0-9]{2}", "".join(there + back for *_, there, back in CASES))

    assert set(seen) == set(CHANGE_CODES)


def test_a_list_of_codes_reads_in_order() -> None:
    """
    Codes are listed in order, each with a title of its own.
    """
    titles = [each.title for each in CHANGE_CODES.values()]

    assert list(CHANGE_CODES) == sorted(CHANGE_CODES)
    assert len(set(titles)) == len(titles)


def normal(value: Any, name: str = "", *, sure: bool = True) -> Any:
    """A document's JSON in an order of its own, without *sure* lacking all provenance."""
    if isinstance(value, dict):
        kept = {n: v for n, v in value.items() if sure or n != "provenance"}
        return {n: normal(v, n, sure=sure) for n, v in sorted(kept.items())}
    if isinstance(value, list | tuple):
        items = [normal(each, sure=sure) for each in value]
        return items if name in ORDERED else sorted(items, key=str)
    return value


def content(ruleset: er.Ruleset, *, wording: bool) -> list[Any]:
    """All that a ruleset and its catalogue say, whatever they are called."""
    found = []
    for each in (ruleset, ruleset.catalogue):
        members = document(each, CODEC, wording=wording)
        kept = {n: v for n, v in members.items() if n not in ("$schema", "version")}
        found.append(normal(kept, sure=wording))
    return found


def member(place: Place) -> str | None:
    """The name of the member at a place, such as that of a bound; items have none."""
    name = place.pointer.rpartition("/")[2]
    return None if name.isdecimal() else name


def mirrored(change: Change) -> tuple[Any, ...]:
    """What of a change says where it is, seen from the other side."""
    return change.subject, change.editorial, change.new, change.old


def sides(change: Change) -> tuple[Any, ...]:
    """What of a change says where it is."""
    return change.subject, change.editorial, change.old, change.new


class TestLaws:
    """What holds of any two rulesets."""

    @given(catalogues().flatmap(rulesets))
    def test_nothing_changed_from_a_ruleset_to_itself(self, ruleset: er.Ruleset) -> None:
        """Comparing a ruleset with itself is silent."""
        assert changes_between(ruleset, ruleset) == ()

    @given(catalogues().flatmap(rulesets), st.data())
    def test_order_and_spelling_are_no_change(
        self, ruleset: er.Ruleset, data: st.DataObject
    ) -> None:
        """Lists in another order and numbers written longer say the same."""
        assert changes_between(ruleset, data.draw(respelled(ruleset))) == ()

    @given(pairs())
    def test_silence_means_no_difference(self, pair: tuple[er.Ruleset, er.Ruleset]) -> None:
        """Nothing is reported exactly when both say the same, up to order and spelling."""
        old, new = pair
        same = content(old, wording=True) == content(new, wording=True)

        assert (changes_between(old, new) == ()) is same

    @given(pairs())
    def test_all_is_editorial_exactly_if_the_rules_are_the_same(
        self, pair: tuple[er.Ruleset, er.Ruleset]
    ) -> None:
        """What is editorial, other than how sure a rule is, is what no digest looks at."""
        old, new = pair
        same = content(old, wording=False) == content(new, wording=False)

        assert all(each.editorial for each in changes_between(old, new)) is same

    @given(pairs())
    def test_comparing_the_other_way_round_mirrors(
        self, pair: tuple[er.Ruleset, er.Ruleset]
    ) -> None:
        """As many changes, at the same places, the old and the new ones exchanged."""
        there, back = changes_between(*pair), changes_between(*pair[::-1])

        assert Counter(map(sides, there)) == Counter(map(mirrored, back))

    @given(pairs())
    def test_what_stands_at_the_places_differs(self, pair: tuple[er.Ruleset, er.Ruleset]) -> None:
        """The old place has another name or holds something else than the new one."""
        for change in changes_between(*pair):
            old, new = (
                (member(place), normal(at_place(ruleset, place))) if place else None
                for ruleset, place in zip(pair, (change.old, change.new), strict=True)
            )
            assert old != new

    @given(pairs())
    def test_no_two_changes_share_a_fingerprint(self, pair: tuple[er.Ruleset, er.Ruleset]) -> None:
        """A fingerprint tells one change of a comparison from all others."""
        prints = [each.fingerprint for each in changes_between(*pair)]

        assert len(set(prints)) == len(prints)
        assert all(re.fullmatch("[0-9a-f]{16}", each) for each in prints)

    @given(pairs(), st.data())
    def test_a_fingerprint_stays_when_lines_move(
        self, pair: tuple[er.Ruleset, er.Ruleset], data: st.DataObject
    ) -> None:
        """In another order and spelling the same changes have the same fingerprints."""
        moved = [data.draw(respelled(each)) for each in pair]

        before, after = changes_between(*pair), changes_between(*moved)

        assert sorted(e.fingerprint for e in before) == sorted(e.fingerprint for e in after)

    @given(catalogues().flatmap(rulesets), st.data())
    def test_what_is_editorial_changes_no_outcome(
        self, ruleset: er.Ruleset, data: st.DataObject
    ) -> None:
        """The same interview comes out alike under a ruleset that is worded otherwise."""
        catalogue = data.draw(reworded(ruleset.catalogue))
        other = evolve(data.draw(reworded(ruleset)), catalogue=catalogue)
        interview = data.draw(interviews(ruleset.catalogue))

        before = er.assess(interview, ruleset)
        after = er.assess(evolve(interview, catalogue=catalogue), other)

        assert all(each.editorial for each in changes_between(ruleset, other))
        assert outcomes(before) == outcomes(after)


def outcomes(assessment: er.Assessment) -> list[Any]:
    """What an assessment found, without the words for it and how sure it is."""
    validity = assessment.validity
    return [
        assessment.outcome,
        assessment.score,
        [(each.criterion, each.outcome) for each in assessment.all_findings],
        [(each.id, each.outcome, each.score) for each in assessment.dimensions],
        validity and (validity.first, validity.until, validity.renewable_until),
        [(each.id, each.gain, each.decisive) for each in assessment.recommendations],
    ]


def shipped_files(ruleset: er.Ruleset) -> dict[Any, tuple[str, str]]:
    """The files in which a shipped ruleset and its catalogue stand."""
    catalogue = ruleset.catalogue
    paths = {
        "ruleset": f"{ruleset.label}/{ruleset.version}.json",
        "catalogue": f"catalogues/{catalogue.id}-{catalogue.version}.json",
    }
    texts = {n: (ROOT / "rulesets" / path).read_text("utf-8") for n, path in paths.items()}
    return {name: (paths[name], texts[name]) for name in paths}


VERSIONS = [
    ("bronze", "2010-11", "2019-11"),
    ("silver", "2014-10", "2017-01"),
    ("silver", "2017-01", "2019-11"),
    ("gold", "2012-04", "2019-11"),
]


class TestShippedVersions:
    """The versions of one label, as they are compared in practice."""

    @pytest.mark.parametrize(("label", "first", "second"), VERSIONS)
    def test_a_place_is_the_line_of_the_part(self, label: str, first: str, second: str) -> None:
        """The line of each change in the published files holds just what changed."""
        old, new = (er.shipped().ruleset(label, version=each) for each in (first, second))
        texts = shipped_files(old), shipped_files(new)

        changes = in_files(changes_between(old, new), old=texts[0], new=texts[1])

        assert changes
        for change in changes:
            for place, there in zip((change.old, change.new), texts, strict=True):
                if place is not None:
                    name, text = there[place.document]
                    assert place.file == name
                    assert at(json.loads(text), place.pointer) in read_at(text, place)

    def test_bronze_gained_the_eligibility_criteria(self) -> None:
        """In 2019 seven facts, nine required criteria and the renewal came, and none went."""
        old, new = (er.shipped().ruleset("bronze", version=v) for v in ("2010-11", "2019-11"))

        counts = Counter(each.code for each in changes_between(old, new) if not each.editorial)

        assert counts == {
            "ECEI515": 7,
            "ECEI531": 1,
            "ECEI532": 1,
            "ECEI533": 1,
            "ECEI560": 9,
            "ECEI581": 1,
            "ECEI582": 1,
            "ECEI587": 7,
        }

    def test_a_threshold_stands_on_its_line(self) -> None:
        """A reader can open the file of a ruleset at the criterion that was added."""
        old, new = (er.shipped().ruleset("gold", version=v) for v in ("2012-04", "2019-11"))
        changes = in_files(changes_between(old, new), old={}, new=shipped_files(new))

        (added,) = (each for each in changes if each.subject == "dedicated-management")

        assert added.old is None
        assert added.new is not None
        lines = shipped_files(new)["ruleset"][1].splitlines()
        assert added.new.line == lines.index('      "id": "dedicated-management",')
        assert str(added.new) == f"gold/2019-11.json:{added.new.line}"


class TestPlaces:
    """Where a change stands, in a document and in a file."""

    def test_what_holds_its_default_stands_where_it_is_lacking(self) -> None:
        """What an object leaves out is looked for in that object, in one line of a file too."""
        old, new = built(), built(catalogue={"/indicators/3/not_applicable": True})

        (change,) = changes_between(old, new)
        (placed,) = in_files([change], old={"catalogue": ("a.json", "{}")}, new={})

        assert change.old == Place("catalogue", "/indicators/3")
        assert change.new == Place("catalogue", "/indicators/3/not_applicable")
        assert placed.old == Place("catalogue", "/indicators/3", file="a.json", line=1)
        assert placed.new == change.new

    def test_a_member_stands_where_its_name_does(self) -> None:
        """The line is that of the name, also where the value follows further down."""
        old, new = built(), built({"/grading/tools/weight": 3})
        text = '{"grading":\n{"tools":\n{"weight":\n\n3}}}'

        (change,) = in_files(changes_between(old, new), old={}, new={"ruleset": ("b.json", text)})

        assert change.new == Place("ruleset", "/grading/tools/weight", file="b.json", line=3)

    def test_a_place_without_a_file_is_said_by_its_pointer(self) -> None:
        """A value that was never in a file is found by its document and its pointer."""
        assert str(Place("ruleset", "/validity")) == "ruleset /validity"
        assert str(Place("catalogue", "")) == "catalogue (whole document)"

    def test_what_is_in_no_list_stands_in_the_document(self) -> None:
        """The first source of all has no list to stand in on the other side."""
        old, new = built({"/sources": GONE}), built()

        (change,) = changes_between(old, new)

        assert change.old == Place("ruleset", "")
        assert change.new == Place("ruleset", "/sources")

    def test_the_result_is_in_the_order_of_the_documents(self) -> None:
        """First the catalogue, then the ruleset; in each list the new one, then what is gone."""
        old = built()
        new = built(
            {
                "/title": {"en": "New"},
                "/validity/first/years": 1,
                "/criteria/0": {**ADDED_CRITERION},
                "/criteria/4/severity": "advisory",
                "/in_force/to": GONE,
            },
            {"/facts/0/title/en": "Staff", "/dimensions/0/title/en": "First"},
        )

        assert [each.subject for each in changes_between(old, new)] == [
            "structure",
            "staff",
            "in force",
            "extra",
            "total",
            "answered",
            "validity",
            "title",
        ]


class TestParts:
    """Parts of combinations have no names, so they are matched by what they look at."""

    def test_parts_are_matched_by_what_they_look_at(self) -> None:
        """A part that moved and a part that changed are told apart."""
        listed = {"kind": "answer", "fact": "listed"}
        founded = {"kind": "answer", "indicator": "founded", "when": at_least(2000)}
        yes, no = ({"kind": "one_of", "values": [value]} for value in (True, False))
        counted = {"kind": "count", "at_least": 1, "grade": "excellent"}
        floor = {"kind": "floor", "indicators": ["tools"], "grade": "excellent"}
        before = [founded, {**listed, "when": yes}, counted, floor, EARLIER]
        after = [
            {**EARLIER, "at_most_months": 9},
            {**floor, "grade": "reasonable"},
            {**counted, "at_least": 3},
            {**listed, "when": no},
            founded,
        ]

        changes = changes_between(built({PART: before}), built({PART: after}))

        assert [(e.code, e.old and e.old.pointer, e.new and e.new.pointer) for e in changes] == [
            ("ECEI573", f"{PART}/4", f"{PART}/0/at_most_months"),
            ("ECEI566", f"{PART}/3/grade", f"{PART}/1/grade"),
            ("ECEI570", f"{PART}/2/at_least", f"{PART}/2/at_least"),
            ("ECEI548", f"{PART}/1/when/values", f"{PART}/3/when/values"),
        ]

    def test_a_part_is_matched_by_what_it_looks_at_before_its_kind(self) -> None:
        """One that looks at the same answer goes before one that only looks at an answer."""
        two = {"kind": "answer", "when": at_least(2, "types")}
        years = {"kind": "answer", "indicator": "founded"}
        before = [
            {**two, "indicator": "composition"},
            {**years, "when": at_least(3, "years_ago")},
        ]
        after = [{**years, "when": at_least(4, "years_ago")}, {**two, "indicator": "tools"}]

        changes = changes_between(built({PART: before}), built({PART: after}))

        assert said(changes) == [
            (
                'ECEI547 either: the bound of "either" moved'
                " from at least 3 years ago to at least 4 years ago"
            ),
            (
                "ECEI565 either: what is looked at changed"
                ' from the indicator "composition" to the indicator "tools"'
            ),
        ]

    def test_bounds_are_matched_by_their_options_before_their_measure(self) -> None:
        """A bound on the same options goes before one that is only on such a sum."""

        def summed(option: str, comparison: str, bound: int) -> dict[str, Any]:
            kept = {"kind": "threshold", "measure": "sum_of", "options": [option]}
            return {**kept, comparison: bound}

        where = "/criteria/1/when"
        before = [summed("sme", "at_least", 5), summed("large", "at_least", 5)]
        after = [summed("large", "less_than", 6), summed("research", "at_least", 5)]
        old, new = (built({where: {"kind": "all_of", "parts": e}}) for e in (before, after))

        assert said(changes_between(old, new)) == [
            'ECEI547 majority: the bound of "majority" moved from at least 5 to less than 6',
            'ECEI548 majority: the options of "majority" changed from "sme" to "research"',
        ]

        before = [summed("sme", "at_least", 5), summed("sme", "at_most", 9)]
        after = [summed("sme", "at_most", 8), summed("sme", "less_than", 3)]
        old, new = (built({where: {"kind": "all_of", "parts": e}}) for e in (before, after))

        assert said(changes_between(old, new)) == [
            'ECEI547 majority: the bound of "majority" moved from at most 9 to at most 8',
            'ECEI547 majority: the bound of "majority" moved from at least 5 to less than 3',
        ]

    def test_a_part_that_stayed_is_matched_first(self) -> None:
        """Of several alike, those that are equal belong together, so that one change is one."""
        where, bounds = "/criteria/1/when", ((1, 2), (2, 3))
        old, new = (
            built({where: {"kind": "any_of", "parts": [at_least(n, "types") for n in each]}})
            for each in bounds
        )

        assert said(changes_between(old, new)) == [
            (
                'ECEI547 majority: the bound of "majority" moved'
                " from at least 1 of the options listed to at least 3 of the options listed"
            )
        ]

    def test_the_order_of_parts_that_changed_is_no_matter(self) -> None:
        """Of several alike that all changed, the same ones belong together in any order."""
        where, bounds = "/criteria/1/when", ((10, 30), (20, 40), (40, 20))
        old, new, turned = (
            built({where: {"kind": "any_of", "parts": [{**SHARE, "at_least": n} for n in each]}})
            for each in bounds
        )

        there, over = changes_between(old, new), changes_between(old, turned)

        assert {each.fingerprint for each in there} == {each.fingerprint for each in over}

    def test_a_part_that_looks_elsewhere_is_one_change(self) -> None:
        """What cannot be matched by what it looks at is matched by its kind."""
        changes = changes_between(built(), built({f"{PART}/1/fact": "old"}))

        assert said(changes) == [
            'ECEI565 either: what is looked at changed from the fact "listed" to the fact "old"'
        ]

    def test_bounds_in_a_condition_are_matched_by_their_comparison(self) -> None:
        """The lower bound of a range is held against the lower one, wherever it stands."""
        where = "/criteria/1/when"
        low, high = at_least(5, "sum_of", options=["sme"]), {**SHARE}
        most = {"kind": "threshold", "measure": "sum_of", "options": ["sme"], "at_most": 9}
        old = built({where: {"kind": "all_of", "parts": [low, most, high]}})
        new = built({where: {"kind": "all_of", "parts": [high, {**most, "at_most": 2}, low]}})

        assert said(changes_between(old, new)) == [
            'ECEI547 majority: the bound of "majority" moved from at most 9 to at most 2'
        ]

    def test_equal_changes_at_two_places_are_told_apart(self) -> None:
        """Two parts that change in the same way keep two fingerprints, in any order."""
        where, twice = "/criteria/1/when", [at_least(3, "types"), at_least(3, "types")]
        fewer = [at_least(2, "types"), at_least(2, "types")]
        old = built({where: {"kind": "any_of", "parts": twice}})
        new = built({where: {"kind": "any_of", "parts": fewer}})

        first, second = changes_between(old, new)

        assert (first.message, first.code) == (second.message, second.code)
        assert first.fingerprint != second.fingerprint

    def test_a_nested_condition_of_another_shape_is_told_at_its_place(self) -> None:
        """Only the innermost part that differs in shape is said to."""
        where, yes = "/criteria/2/when", {"kind": "one_of", "values": [True]}
        inner = [{"kind": "all_of", "parts": [yes, yes]}, {"kind": "all_of", "parts": [yes]}]
        old, new = (built({where: {"kind": "any_of", "parts": [each]}}) for each in inner)

        (change,) = changes_between(old, new)

        assert change.new == Place("ruleset", f"{where}/parts/0")
        assert change.message == (
            'the condition of "on-the-list" changed from all of (yes; yes) to all of (yes)'
        )


def test_the_order_of_what_is_cited_is_no_change() -> None:
    """
    Sources behind a rule, and what a recommendation is aligned with, are in no order.
    """
    cited, aligned = ["page", "other"], ["quality:members", "quality:size"]
    names = "/criteria/0/provenance", "/recommendations/participants/aligned_with"
    old, new = (
        built(dict(zip(names, ({"status": "inferred", "sources": one}, other), strict=True)))
        for one, other in ((cited, aligned), (cited[::-1], aligned[::-1]))
    )

    assert changes_between(old, new) == ()


def test_a_fingerprint_names_what_it_is_of() -> None:
    """
    The same rewording of two options of one question has two fingerprints.
    """
    where = "/indicators/3/answer/options/{}/title"
    found = {
        change.fingerprint
        for index in range(3)
        for change in changes_between(built(), built(catalogue={where.format(index): {"en": "T"}}))
    }

    assert len(found) == 3


def test_a_fingerprint_follows_from_what_differs_alone() -> None:
    """
    The same change of a rule has one fingerprint, whatever else changed around it.
    """
    edit = {"/grading/participants/weight": 2}
    alone = changes_between(built(), built(edit))
    around = {"/criteria/0": {**ADDED_CRITERION}, "/validity/first/years": 1, **edit}

    changes = changes_between(built(), built(around))

    assert alone[0].fingerprint in {each.fingerprint for each in changes}
    assert len(changes) == 4
