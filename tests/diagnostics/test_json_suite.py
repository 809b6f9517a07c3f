"""The public JSON parsing suite, case by case."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

import paths
import pytest

import ecei_rules as er
from ecei_rules.diagnostics.json_text import NotPlain, parse_json
from ecei_rules.diagnostics.scanner import scan
from ecei_rules.documents.stages import MAX_SIZE, decoded, format_of

SUITE = json.loads((paths.CASES / "json-parsing-suite.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = SUITE["cases"]
each_case = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


def data_of(case: dict[str, Any]) -> bytes:
    """Return the bytes of a case."""
    rest = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()
    return case.get("repeated", "").encode() * case.get("times", 0) + rest


def complaints(data: bytes) -> list[str]:
    """Return the codes of the JSON problems of some bytes."""
    try:
        format_of(data, name="suite", max_size=MAX_SIZE)
    except er.InvalidDocument as error:
        return [each.code for each in error.problems if each.code.startswith("ECEI1")]
    return []


def standard(data: bytes) -> Any:
    """Return the value that the standard library reads, in a list; empty if it refuses."""

    def refuse(_name: str) -> NoReturn:
        raise ValueError

    try:
        return [json.loads(data.decode("utf-8"), parse_float=Decimal, parse_constant=refuse)]
    except (ValueError, ArithmeticError, RecursionError):
        return []


@each_case
def test_verdict_is_that_of_the_suite_or_has_a_reason(case: dict[str, Any]) -> None:
    """
    Texts that must be accepted are accepted, and those that must be refused are refused. If
    the suite leaves a case open, or this project deviates from it, the case gives the
    verdict and the reason.
    """
    found = complaints(data_of(case))

    assert bool(found) is (case["verdict"] == "refuse")
    if case["name"][0] == "i" or (case["name"][0] == "y") is bool(found):
        assert case["because"]
        assert found == ([case["code"]] if "code" in case else [])


@each_case
def test_verdict_is_that_of_the_standard_library(case: dict[str, Any]) -> None:
    """
    Except for this project's own decisions, `json.loads` on UTF-8 text has the same
    verdict, and reads the same value.
    """
    data = data_of(case)
    theirs = standard(data)

    if "code" not in case or not theirs:
        assert bool(theirs) is (case["verdict"] == "accept")
    if case["verdict"] == "accept":
        assert [scan(decoded(data, "suite", MAX_SIZE)).value] == theirs


@each_case
def test_both_readers_agree(case: dict[str, Any]) -> None:
    """
    The quick reader accepts no text that is refused, and reads the same value as the
    scanner.
    """
    try:
        text = decoded(data_of(case), "suite", MAX_SIZE)
        value = parse_json(text)
    except (er.InvalidDocument, NotPlain):
        return
    assert case["verdict"] == "accept"
    assert scan(text).value == value


def test_suite_is_complete() -> None:
    """
    There are 95 texts to accept, 188 to refuse and 35 that are left open.
    """
    kinds = [case["name"][0] for case in CASES]

    assert (kinds.count("y"), kinds.count("n"), kinds.count("i")) == (95, 188, 35)
    assert len({case["name"] for case in CASES}) == len(CASES)
