"""Strict JSON: refused texts, exact numbers, and two readers that agree."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import paths
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import json_values

from ecei_rules.diagnostics.json_text import NotPlain, canonical, exact, parse_json, plain, pretty
from ecei_rules.diagnostics.places import places
from ecei_rules.diagnostics.scanner import scan

CASES: dict[str, dict[str, str]] = json.loads(
    (paths.CASES / "json-texts.json").read_text(encoding="utf-8")
)


class TestVerdicts:
    """RFC 8259, and the texts that docs/formats.md refuses beyond it."""

    @pytest.mark.parametrize("text", CASES["accepted"].values(), ids=CASES["accepted"])
    def test_json_is_read(self, text: str) -> None:
        """
        The scanner reads every JSON text as the standard library does.
        """
        scanned = scan(text)

        assert scanned.problems == ()
        assert scanned.value == json.loads(text, parse_float=Decimal)

    @pytest.mark.parametrize("text", CASES["refused"].values(), ids=CASES["refused"])
    def test_other_texts_than_json_are_refused_by_both_readers(self, text: str) -> None:
        """
        Neither reader accepts a text that is not JSON, and the scanner has a problem
        for it.
        """
        assert scan(text).problems
        with pytest.raises(NotPlain):
            parse_json(text)


def outcome(text: str) -> Any:
    """
    Return the value of the quick reader in a list, or `None` if it leaves the text to the
    scanner.
    """
    try:
        return [parse_json(text)]
    except NotPlain:
        return None


tokens = st.sampled_from(
    [*'{}[],:"', " ", "\n", "1", "-0", "1.50", "1e2", "1e1000", "0x1", "true", "null", "NaN",
     '"a"', '"x-b"', '"\\u0041"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\t"', "é", "\ufeff"]
)  # fmt: skip


@given(st.lists(tokens).map("".join) | st.text() | json_values.map(canonical))
def test_quick_reader_accepts_nothing_that_the_scanner_refuses(text: str) -> None:
    """
    The scanner reads every text that the quick reader accepts, to the same value.
    """
    quick, scanned = outcome(text), scan(text)

    if quick is not None:
        assert scanned.problems == ()
        assert quick == [scanned.value]


@given(json_values)
def test_canonical_text_reads_as_the_value(value: object) -> None:
    """
    Both readers read a written value back.
    """
    text = canonical(value)

    assert scan(text).problems == ()
    assert scan(text).value == value
    assert parse_json(text) == value
    assert parse_json(pretty(value)) == value


@given(json_values)
def test_canonical_text_agrees_with_the_standard_library(value: object) -> None:
    """
    Without decimals it is the text of `json.dumps` with sorted names and no space.
    """

    def whole(each: Any) -> Any:
        if isinstance(each, dict):
            return {name: whole(one) for name, one in each.items()}
        if isinstance(each, list):
            return [whole(one) for one in each]
        return int(each) if isinstance(each, Decimal) else each

    theirs = json.dumps(whole(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert canonical(whole(value)) == theirs


class TestNumbers:
    """docs/semantics.md, 1.1: numbers are exact decimals."""

    @given(
        st.from_regex(r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)
    )
    def test_number_is_read_exactly(self, text: str) -> None:
        """
        A number is read as the exact fraction that it denotes, and written as the same
        number.
        """
        value = exact(text)

        assert value is not None
        assert Fraction(value) == Fraction(text)
        assert isinstance(value, int) is (Fraction(text).denominator == 1)
        assert "e" not in plain(value).lower()
        assert exact(plain(value)) == value

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("18", "18"),
            ("18.0", "18"),
            ("1.8e1", "18"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("0.10", "0.1"),
        ],
    )
    def test_number_has_one_spelling(self, text: str, written: str) -> None:
        """
        `18`, `18.0` and `1.8e1` are the same number and are written alike.
        """
        assert canonical(parse_json(text)) == canonical(scan(text).value) == written

    @pytest.mark.parametrize(
        ("text", "taken"),
        [
            ("9" * 1000, True),
            ("9" * 1001, False),
            ("-" + "9" * 1000, True),
            ("-" + "9" * 1001, False),
            ("9" * 5000, False),
            ("1e999", True),
            ("1e1000", False),
            ("1e-999", True),
            ("1e-1000", False),
            ("0." + "1" * 999, True),
            ("0." + "1" * 1000, False),
            ("1e99999999999999999999", False),
            ("0e5000", False),
            ("1e00000000000000000002", True),
            ("1e" + "0" * 5000 + "2", True),
            ("1e-" + "0" * 5000 + "2", True),
            ("0e" + "0" * 5000, True),
        ],
    )
    def test_number_has_at_most_a_thousand_digits(self, text: str, *, taken: bool) -> None:
        """
        The limit is on the digits as written and as written without an exponent.
        """
        assert (not scan(text).problems) is taken
        assert (outcome(text) is not None) is taken


class TestPlaces:
    """Problems have a line and a column, which count from 1."""

    def test_values_are_located(self) -> None:
        """
        Lines end at line feeds, columns count characters, and names have places too.
        """
        text = '{\r\n "é𝄞": [1,\n  {"a/b~": true}]}'

        found = places(text, ["", "/é𝄞", "/é𝄞/0", "/é𝄞/1", "/é𝄞/1/a~1b~0"])

        shown = {where: (text[at.value], text[at.name]) for where, at in found.items()}
        assert shown == {
            "": ("{", "{"),
            "/é𝄞": ("[", '"'),
            "/é𝄞/0": ("1", "1"),
            "/é𝄞/1": ("{", "{"),
            "/é𝄞/1/a~1b~0": ("t", '"'),
        }

    def test_scanner_goes_on_after_most_problems(self) -> None:
        """
        Reading goes on after a problem that does not prevent it.
        """
        text = '{"a": NaN, "a": "\\ud800",\n "b": 1e9999, "c": "\t"} 1'

        found = [(each.code, each.line, each.column) for each in scan(text).problems]

        assert found == [
            ("ECEI107", 1, 7),
            ("ECEI106", 1, 12),
            ("ECEI108", 1, 17),
            ("ECEI110", 2, 7),
            ("ECEI111", 2, 21),
            ("ECEI105", 2, 25),
        ]


@given(json_values)
def test_other_values_than_json_are_not_written(value: object) -> None:
    """
    A value without a JSON form is refused.
    """
    with pytest.raises(TypeError, match="not a JSON value"):
        canonical({"a": [value, object()]})
