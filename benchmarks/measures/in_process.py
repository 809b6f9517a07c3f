"""Ratios that are measured in this process."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

import ecei_rules as er
from benchmarks.measures.documents import documents, outcome, ruleset, spoiled
from benchmarks.measures.equality import LABELS
from benchmarks.measures.timing import Way, medians

if TYPE_CHECKING:
    from collections.abc import Callable

#: The documents of a round, and of all rounds until the first ones come again. They are so many
#: that what the library remembers of the ones before is what a long stream leaves behind.
COUNT, ALL = 40, 4_000


def _documents(number: int, label: str = "bronze") -> tuple[bytes, ...]:
    return _of_round(documents(label, ALL), number)


def _of_round(found: tuple[bytes, ...], number: int) -> tuple[bytes, ...]:
    first = number * COUNT % len(found)
    return (*found[first : first + COUNT], *found[: max(0, first + COUNT - len(found))])


def _ratio(ours: Way, theirs: Way, seconds: float) -> float:
    found = medians({"ours": ours, "theirs": theirs}, seconds)
    return found["ours"] / found["theirs"]


def _whole(label: str, seconds: float) -> float:
    rules, by_hand = ruleset(label), LABELS[label]

    def ours(data: bytes) -> bytes:
        return er.write_assessment(er.assess(er.read_interview(data), rules)).encode()

    def theirs(data: bytes) -> bytes:
        return by_hand.whole(data).encode()

    return _ratio(
        Way(lambda n: _documents(n, label), ours),
        Way(lambda n: _documents(n, label), theirs),
        seconds,
    )


def whole_bronze(seconds: float) -> float:
    """Measure bytes to bytes for Bronze."""
    return _whole("bronze", seconds)


def whole_gold(seconds: float) -> float:
    """Measure bytes to bytes for Gold."""
    return _whole("gold", seconds)


def read(seconds: float) -> float:
    """Measure reading valid interviews."""
    return _ratio(
        Way(_documents, er.read_interview), Way(_documents, LABELS["bronze"].read), seconds
    )


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(er.interview_schema(ruleset("bronze").catalogue))


def _errors(document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(document)]


def _parse(data: bytes) -> Any:
    return json.loads(data, parse_float=Decimal, object_pairs_hook=_no_double_names)


def _no_double_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    assert len(members) == len(pairs), "the document is valid"
    return members


def accept(seconds: float) -> float:
    """
    Measure accepting a parsed interview: reading it, less the time that parsing takes alone.

    Whatever the library does beyond `json.loads` with exact numbers counts as accepting.
    """
    found = medians(
        {
            "read": Way(_documents, er.read_interview),
            "parse": Way(_documents, _parse),
            "jsonschema": Way(lambda n: map(json.loads, _documents(n)), _errors),
        },
        seconds,
    )
    return (found["read"] - found["parse"]) / found["jsonschema"]


def reject(seconds: float) -> float:
    """Measure refusing documents with one mistake, and wording it."""
    bad = spoiled(documents("bronze", ALL))

    def ours(data: bytes) -> str:
        try:
            er.read_interview(data)
        except er.InvalidDocument as error:
            return str(error)
        raise AssertionError

    def theirs(data: bytes) -> list[str]:
        errors = _errors(json.loads(data))
        assert errors, "the document has a mistake"
        return errors

    return _ratio(
        Way(lambda n: _of_round(bad, n), ours), Way(lambda n: _of_round(bad, n), theirs), seconds
    )


@cache
def _of_outcome(*, awarded: bool) -> tuple[bytes, ...]:
    found = documents("bronze", ALL)
    return tuple(d for d in found if (outcome(d, "bronze") == "awarded") is awarded)


def _assess(seconds: float, *, awarded: bool) -> float:
    rules, by_hand, found = ruleset("bronze"), LABELS["bronze"], _of_outcome(awarded=awarded)
    return _ratio(
        Way(
            lambda n: map(er.read_interview, _of_round(found, n)),
            lambda each: er.assess(each, rules),
        ),
        Way(lambda n: map(by_hand.read, _of_round(found, n)), by_hand.assess),
        seconds,
    )


def assess_awarded(seconds: float) -> float:
    """Measure assessing interviews that earn the label."""
    return _assess(seconds, awarded=True)


def assess_not_awarded(seconds: float) -> float:
    """Measure assessing interviews that do not earn the label, or leave it open."""
    return _assess(seconds, awarded=False)


def _assessments(number: int) -> list[er.Assessment]:
    rules = ruleset("bronze")
    return [er.assess(er.read_interview(each), rules) for each in _documents(number)]


def write(seconds: float) -> float:
    """Measure writing assessments."""

    def ready(number: int) -> list[Any]:
        return [json.loads(er.write_assessment(each)) for each in _assessments(number)]

    def theirs(document: Any) -> str:
        return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    return _ratio(Way(_assessments, er.write_assessment), Way(ready, theirs), seconds)


def read_assessment(seconds: float) -> float:
    """Measure reading assessments, against writing them."""

    def texts(number: int) -> list[str]:
        return [er.write_assessment(each) for each in _assessments(number)]

    return _ratio(Way(texts, er.read_assessment), Way(_assessments, er.write_assessment), seconds)


MEASURES: dict[str, Callable[[float], float]] = {
    "whole-bronze": whole_bronze,
    "whole-gold": whole_gold,
    "read": read,
    "accept": accept,
    "reject": reject,
    "assess-awarded": assess_awarded,
    "assess-not-awarded": assess_not_awarded,
    "write": write,
    "read-assessment": read_assessment,
}
