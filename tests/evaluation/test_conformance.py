"""The conformance suite, run against this library."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import paths
import pytest
from jsonschema import Draft202012Validator

import ecei_rules as er

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = paths.CASES / "conformance"
FILES = sorted(path for path in FOLDER.glob("*.json") if path.name != "schema.json")
#: The expectations about the written assessment.
WRITTEN = {"order", "grounds"}
REFUSALS: dict[str, type[er.EceiRulesError]] = {
    "no_ruleset_in_force": er.NoRulesetInForce,
    "wrong_catalogue": er.WrongCatalogue,
}


class Case(NamedTuple):
    """One case and its file."""

    path: Path
    content: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the case in a report."""
        return f"{self.path.stem}: {self.content['description']}"


@cache
def content(path: Path) -> Any:
    """Return the content of a file, with decimals as they are written."""
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def text(value: object) -> str:
    """Write JSON with decimals as they were written, which `json.dumps` cannot do."""
    match value:
        case dict():
            members = (f"{json.dumps(name)}: {text(each)}" for name, each in value.items())
            return "{" + ", ".join(members) + "}"
        case list():
            return "[" + ", ".join(map(text, value)) + "]"
        case Decimal():
            return str(value)
        case _:
            return json.dumps(value)


CASES = [Case(path, each) for path in FILES for each in content(path).get("cases", ())]
NAMES = [Case(path, each) for path in FILES for each in content(path).get("names", ())]

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
each_shipped = pytest.mark.parametrize(
    "ruleset", er.shipped().rulesets, ids=lambda ruleset: ruleset.reference
)


@cache
def edition(path: Path) -> er.Edition:
    """Return the catalogues of a file, and the shipped ones."""
    own = [er.read_catalogue(text(each)) for each in content(path).get("catalogues", ())]
    return er.Edition((*own, *er.shipped().catalogues))


@cache
def rulesets(path: Path) -> dict[str, er.Ruleset]:
    """Return the rulesets by reference: the shipped ones, and those of a file."""
    own = [
        er.read_ruleset(text(each), edition=edition(path))
        for each in content(path).get("rulesets", ())
    ]
    return {each.reference: each for each in (*er.shipped().rulesets, *own)}


def interview(case: Case) -> er.Interview:
    """Return the interview of a case, with its changes."""
    named, path = case.content["interview"], case.path
    if named.startswith("#"):
        document = deepcopy(content(path)["interviews"][named[1:]])
    else:
        document = deepcopy(content((path.parent / named).resolve()))
    for pointer, value in case.content.get("set", {}).items():
        parent, last = place(document, pointer)
        parent[last] = value
    for pointer in case.content.get("remove", ()):
        parent, last = place(document, pointer)
        del parent[last]
    return er.read_interview(text(document), edition=edition(path))


def place(document: Any, pointer: str) -> tuple[Any, str | int]:
    """Return the object or list that a JSON Pointer leads into, and its last step."""
    *steps, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    for step in steps:
        document = document[int(step) if isinstance(document, list) else step]
    return document, int(last) if isinstance(document, list) else last


def ruleset(case: Case, on: date) -> er.Ruleset:
    """Return the ruleset that a case names, or the one of its label in force on a day."""
    named = case.content["ruleset"]
    if "@" in named:
        return rulesets(case.path)[named]
    return er.shipped().ruleset(named, on=on)


def outcome(case: Case) -> dict[str, Any]:
    """Return the result of a case, in the form of its `expect`."""
    held = interview(case)
    applied = ruleset(case, held.conducted.on)
    found = er.assess(held, applied)
    findings = found.all_findings
    graded = [each for one in found.dimensions for each in one.indicators]
    low, high = found.score.percent
    return {
        "ruleset": applied.reference,
        "outcome": found.outcome.value,
        "basis": found.basis.value,
        "findings": {each.criterion: each.outcome.value for each in findings},
        "bases": {each.criterion: each.basis.value for each in findings},
        "dimensions": {each.id: each.outcome.value for each in found.dimensions},
        "score": score(found.score),
        "dimension_scores": {each.id: score(each.score) for each in found.dimensions},
        "percent": {"low": low, "high": high},
        "grades": {each.indicator: each.grade for each in graded},
        "validity": found.validity and days(found.validity, case),
        "recommendations": [each.id for each in found.recommendations],
        "unanswered": [each.id for each in found.unanswered],
        "decisive": [each.id for each in found.recommendations if each.decisive],
        "targets": {each.id: each.target for each in found.recommendations},
        "gains": {each.id: each.gain for each in found.recommendations},
        **(written(found) if WRITTEN & case.content["expect"].keys() else {}),
        "unequal_parts": [each.id for each in found.unequal_parts],
        "one_page": [each.criterion for each in findings if each.one_page],
    }


def written(found: er.Assessment) -> dict[str, Any]:
    """Return the order and the grounds of the findings, as the written assessment has them."""
    document = json.loads(er.write_assessment(found))
    dimensions = document["dimensions"]
    findings = [*document["findings"], *(one for each in dimensions for one in each["findings"])]
    return {
        "order": {
            "dimensions": [each["id"] for each in dimensions],
            "findings": [each["criterion"] for each in document["findings"]],
            "dimension_findings": {
                each["id"]: [one["criterion"] for one in each["findings"]] for each in dimensions
            },
            "dimension_indicators": {
                each["id"]: [one["indicator"] for one in each["indicators"]] for each in dimensions
            },
        },
        "grounds": {each["criterion"]: lists(each["grounds"]) for each in findings},
    }


def lists(grounds: dict[str, Any]) -> dict[str, list[str]]:
    """Return the lists of the grounds of a finding, empty where they are left out."""
    names = content(FOLDER / "schema.json")["$defs"]["grounds"]["properties"]
    parts = [each["outcome"] for each in grounds.get("parts", ())]
    return {name: grounds.get(name, []) for name in names} | {"parts": parts}


def score(found: er.Score) -> dict[str, int]:
    """Write a score in the form of a case."""
    return {"low": found.low, "high": found.high, "maximum": found.maximum}


def days(found: er.Validity, case: Case) -> dict[str, Any]:
    """Write a validity in the form of a case, with its status on the days of the case."""
    asked = (case.content["expect"].get("validity") or {}).get("status", {})
    renewable = found.renewable_until
    return {
        "from": found.first.isoformat(),
        "until": found.until.isoformat(),
        "renewable_until": renewable and renewable.isoformat(),
        "award": found.award.value,
        "status": {day: found.status(date.fromisoformat(day)).value for day in asked},
    }


def restrict_to(expected: Any, found: Any) -> Any:
    """Return the part of a result that a case has expectations about."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {
            name: restrict_to(each, found.get(name, "(absent)")) for name, each in expected.items()
        }
    return found


def expectations(found: er.Ruleset, expectation: str) -> set[tuple[str, str | None]]:
    """Return the expectations about each criterion or indicator of a shipped ruleset."""
    return {
        (name, expected)
        for case in CASES
        if refers_to(case, found.reference)
        for name, expected in case.content["expect"].get(expectation, {}).items()
    }


def refers_to(case: Case, reference: str) -> bool:
    """Return whether a case is about a ruleset, by its name or by its expectation."""
    expected = case.content["expect"].get("ruleset")
    return reference in (case.content["ruleset"], expected)


def possible(criterion: dict[str, Any], may_not_apply: set[str]) -> set[str]:
    """Return the possible outcomes of a criterion; for an unknown kind, all outcomes."""
    match criterion:
        case {"kind": "complete"}:
            return {"met", "undetermined"}
        case {"kind": "history" | "improvements"}:
            return {"met", "not_met"}
        case {"kind": "floor"} if not set(criterion["indicators"]) <= may_not_apply:
            return {"met", "not_met", "undetermined"}
        case {"kind": "score" | "count" | "conducted"}:
            return {"met", "not_met", "undetermined"}
        case {"kind": "answer"} if criterion.get("indicator") not in may_not_apply:
            return {"met", "not_met", "undetermined"}
        case _:
            return {"met", "not_met", "not_applicable", "undetermined"}


def test_there_are_cases() -> None:
    """Without files or cases the suite would prove nothing."""
    assert FILES, f"no case files in {FOLDER}"
    assert CASES, f"no cases in {FOLDER}"
    assert NAMES, f"no cases of names in {FOLDER}"


def test_schema_of_the_cases_is_valid() -> None:
    """A mistake in the schema would let every case pass."""
    Draft202012Validator.check_schema(content(FOLDER / "schema.json"))


@each_file
def test_case_file_is_valid(path: Path) -> None:
    """An unknown name, such as a misspelt expectation, would otherwise expect nothing."""
    validator = Draft202012Validator(content(FOLDER / "schema.json"))

    errors = validator.iter_errors(content(path))
    complaints = [f"{each.json_path}: {each.message}" for each in errors]

    assert complaints == []


@each_file
def test_description_is_unique_in_its_file(path: Path) -> None:
    """Readers find a failing case by its description."""
    both = (content(path).get(name, ()) for name in ("cases", "names"))
    times = Counter(each["description"] for each in chain(*both))

    assert [name for name, count in times.items() if count > 1] == []


@each_case
def test_case_is_within_the_period_of_its_ruleset(case: Case) -> None:
    """docs/semantics.md, 5.1: the rules of the day apply, unless the case states why not."""
    reference = case.content["ruleset"]
    if "@" in reference:
        period = rulesets(case.path)[reference].in_force
        inside = interview(case).conducted.on in period
        excused = "out_of_force" in case.content

        assert inside is not excused


@each_case
def test_case_has_the_expected_result(case: Case) -> None:
    """Other implementations must give the same result."""
    expected = case.content["expect"]
    if "refused" in expected:
        with pytest.raises(REFUSALS[expected["refused"]]):
            outcome(case)
    else:
        assert restrict_to(expected, outcome(case)) == expected


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case.name)
def test_organisations_are_the_same_or_no_two_are(case: Case) -> None:
    """Records of one organisation in two registers become one record when these are merged."""
    pages = [
        er.Register([er.LabelRecord(label="bronze", valid_until=date(2026, 3, 31), **each)])
        for each in case.content["organisations"]
    ]

    for pair in combinations(pages, 2):
        assert len(er.merge_registers(pair).records) == (1 if case.content["same"] else 2)


@each_shipped
def test_every_outcome_of_every_criterion_has_a_case(ruleset: er.Ruleset) -> None:
    """An outcome without a case could change unnoticed."""
    may_not_apply = {each.id for each in ruleset.catalogue.indicators if each.not_applicable}
    criteria = json.loads(er.write_ruleset(ruleset))["criteria"]
    needed = {
        (each["id"], outcome) for each in criteria for outcome in possible(each, may_not_apply)
    }

    assert sorted(needed - expectations(ruleset, "findings")) == []


@each_shipped
def test_every_grade_of_every_indicator_has_a_case(ruleset: er.Ruleset) -> None:
    """A grade without a case could change unnoticed."""
    needed = {
        (name, each.grade) for name, grading in ruleset.grading.items() for each in grading.grades
    }

    assert sorted(needed - expectations(ruleset, "grades")) == []


@each_shipped
def test_cases_name_existing_criteria_and_indicators(ruleset: er.Ruleset) -> None:
    """A case about a renamed criterion would look like a missing one."""
    criteria = {each.id for each in ruleset.criteria}
    indicators = set(ruleset.grading)

    assert {name for name, _ in expectations(ruleset, "findings")} <= criteria
    assert {name for name, _ in expectations(ruleset, "grades")} <= indicators
