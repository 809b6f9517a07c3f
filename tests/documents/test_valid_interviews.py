"""The quick way to read a valid interview accepts what the stages accept, as the same value."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoiling import spoiled
from strategies import OPTIONS, catalogues, interviews

import ecei_rules as er
from ecei_rules import _readers
from ecei_rules.documents.quick.valid_interviews import read_valid_interview
from ecei_rules.documents.stages import MAX_SIZE, open_document
from ecei_rules.interviews.catalogue import Breakdown, Count, Indicator, Number
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text

if TYPE_CHECKING:
    from ecei_rules import Edition, Interview
    from ecei_rules.interviews.catalogue import AnswerKind

MANY = settings(max_examples=4 * settings().max_examples)
#: Half of a surrogate pair; the quick way leaves pairs that are escaped to the scanner.
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

#: Spellings of numbers, and what is none.
NUMBERS = (
    *("0", "-0", "1", "-1", "1.0", "1.50", "1e2", "1E+2", "1e-2", "100.00", "2019.0", "0.1e1"),
    *("1e999", "1e1000", "1e-1000", "9" * 1000, "9" * 1001, f"0.{'0' * 998}1", f"0.{'0' * 999}1"),
    *("NaN", "Infinity", "-Infinity", "01", "+1", "1.", "true", "null", '"1"'),
)
#: Members that can be added to any object.
MEMBERS = (
    '"x-note": 1e2',
    '"x-note": {"a": [1.0, null], "a": 1}',
    f'"x-note": {"[" * 90}{"]" * 90}',
    f'"x-note": {"[" * 100}{"]" * 100}',
    f'"x-note": {"9" * 1001}',
    f'"x-{"n" * 998}": 1',
    f'"x-{"n" * 999}": 1',
    f'"x-note": {{"{"n" * 1001}": 1}}',
    r'"\u0078-note": 1',
    r'"x-note": "\ud83d\ude00"',
    r'"x-note": "\ud83d"',
    '"x-note": "\ud83d"',
    '"": 1',
)
numbers, members = st.sampled_from(NUMBERS), st.sampled_from(MEMBERS)


def by_stages(text: str, edition: Edition) -> Interview | None:
    """What the stages read, or `None` if they find a problem."""
    try:
        opened = open_document(text, "interview", name="interview", max_size=MAX_SIZE)
        return _readers.interview(opened, edition)
    except er.InvalidDocument:
        return None


def read_alike(text: str, edition: Edition) -> Interview | None:
    """The interview that both ways read, or `None` if both refuse the text."""
    quick, read = read_valid_interview(text, edition.find_catalogue), by_stages(text, edition)
    if quick is None and SURROGATE.search(text):
        return read
    assert (quick is None) is (read is None)
    if quick is not None and read is not None:
        # a `repr` tells 1 from true, and shows the order
        assert (quick, repr(quick), hash(quick)) == (read, repr(read), hash(read))
        assert er.digest(quick) == er.digest(read)
        assert er.write_interview(quick) == er.write_interview(read)
        assert quick.answers_fit
        assert er.check_interview(quick) == ()
    return quick


class TestVerdicts:
    """docs/formats.md, "Reading, in five stages", where the two ways might differ."""

    DOCUMENT = (
        '{"format":"ecei-interview/1","catalogue":{"id":"benchmarking","version":"2019-11"},'
        '"cluster":{"name":"Example Cluster","country":"IT"},"conducted":{"on":"2024-03-18"},'
        '"answers":{"working-groups":3,"specialisation":40.5}}'
    )
    EVENT = '{"label":"bronze","event":"awarded","on":"2022-03-02","valid_until":"2024-03-31"}'

    @pytest.mark.parametrize(
        ("old", "new", "valid"),
        [
            (":3", ":3.0", True),
            (":3", ":1e2", True),
            (":3", ":-0", True),
            (":3", ":1000", True),
            (":3", ":1001", False),
            (":3", ":3.5", False),
            (":3", ":true", False),
            (":3", ':"3"', False),
            (":3", ":null", False),
            (":3", ":NaN", False),
            (":3", f":{'9' * 1001}", False),
            (":3", ':{"not_applicable":"too young"}', True),
            (":3", ':{"not_applicable":""}', False),
            (":3", ':{"not_applicable":"too young","x-note":1}', True),
            (":3", ':3,"working-groups":3', False),
            ("40.5", "100.0", True),
            ("40.5", "100.1", False),
            ("40.5", f"0.{'0' * 998}1", True),
            ("40.5", f"0.{'0' * 999}1", False),
            ("40.5", '{"not_applicable":"too young"}', False),
            ("working-groups", "listed-on-eccp", False),
            ("working-groups", "x-groups", True),
            ("working-groups", "groups", False),
            ('"IT"', "null", False),
            ('"IT"', '"IT\\n"', False),
            ('"IT"', '"IT","website":null', False),
            ("2024-03-18", "2023-02-29", False),
            ("2024-03-18", "٢٠٢٤-01-01", False),
            ('"conducted":{', '"conducted":{"experts":{},', False),
            ('"conducted":{', '"conducted":{"experts":[{"role":"auditor"}],', False),
            ('"version":"2019-11"', '"version":"2019-11","x-seen":true', True),
            ('"version":"2019-11"', '"version":"2019-11","seen":true', False),
            ('"answers"', '"$schema":null,"answers"', False),
            ('"answers"', '"facts":[],"answers"', False),
            ('"answers"', '"remarks":[],"answers"', False),
            ('"answers"', '"history":{},"answers"', False),
            ('"answers"', '"improvements":"","answers"', False),
            ('"answers"', '"remarks":{"working-groups":"seen"},"answers"', True),
            ('"answers"', '"remarks":{"working-groups":""},"answers"', False),
            ('"answers"', '"remarks":{"groups":"seen"},"answers"', False),
            ('"answers"', f'"history":[{EVENT}],"answers"', True),
            ('"answers"', f'"history":[{EVENT},{EVENT}],"answers"', False),
            ('"answers"', f'"x-deep":{"[" * 99}{"]" * 99},"answers"', True),
            ('"answers"', f'"x-deep":{"[" * 100}{"]" * 100},"answers"', False),
            ('"answers"', f'"x-{"n" * 998}":1,"answers"', True),
            ('"answers"', f'"x-{"n" * 999}":1,"answers"', False),
            ('"Example', '"\ud83dExample', False),
            ('"Example', r'"\ud83dExample', False),
            ('"Example', r'"\ud83d\ude00Example', True),
        ],
    )
    def test_both_ways_have_one_verdict(self, old: str, new: str, *, valid: bool) -> None:
        """
        A document with one member in another form is valid, or refused, either way.
        """
        assert self.DOCUMENT.count(old) == 1
        text = self.DOCUMENT.replace(old, new)

        assert (read_alike(text, er.shipped()) is not None) is valid


@pytest.mark.parametrize("kind", [Count(), Number(), Breakdown(OPTIONS)], ids=repr)
@pytest.mark.parametrize("digits", [1000, 1001])
def test_number_without_bounds_has_a_thousand_digits(kind: AnswerKind, digits: int) -> None:
    """
    docs/semantics.md, 1.1: a number has at most 1,000 digits, whatever the question allows.
    """
    number = "9" * digits
    answer = f'{{"north":{number}}}' if isinstance(kind, Breakdown) else number
    title = Text({"en": "Number"})
    asked = Indicator("number", "all", title, title, kind, provenance=Attestation("unattested"))
    catalogue = er.Catalogue("own", "2024-01", title, [er.Dimension("all", title)], [asked])
    text = (
        '{"format":"ecei-interview/1","catalogue":{"id":"own","version":"2024-01"},'
        '"cluster":{"name":"Example Cluster","country":"IT"},"conducted":{"on":"2024-03-18"},'
        f'"answers":{{"number":{answer}}}}}'
    )

    assert (read_alike(text, er.Edition([catalogue])) is not None) is (digits == 1000)


@st.composite
def respelled(draw: st.DrawFn, text: str) -> str:
    """The text with a number spelled differently, or with a member more or twice."""
    places = [each.span() for each in re.finditer(r"(?<=[:\[,])-?[0-9.]+(?=[,}\]])", text)]
    if places and draw(st.booleans()):
        start, end = draw(st.sampled_from(places))
        return text[:start] + draw(numbers) + text[end:]
    found = [each.end() for each in re.finditer(r"[{](?!})", text)]
    at = draw(st.sampled_from(found))
    first = re.match(r'"[^"\\]*":("[^"\\]*"|[a-z0-9.-]+|\[\]|\{\})', text[at:])
    added = [*([first[0]] if first else []), draw(members)]
    return f"{text[:at]}{draw(st.sampled_from(added))},{text[at:]}"


@given(catalogues().flatmap(interviews), st.data())
def test_written_interview_is_read_quickly(interview: Interview, data: st.DataObject) -> None:
    """
    A written interview is valid, however it is laid out.
    """
    edition = er.Edition([interview.catalogue])
    document = json.loads(er.write_interview(interview))
    indent = data.draw(st.sampled_from([None, 2]))

    text = json.dumps(document, indent=indent, ensure_ascii=False)

    assert read_valid_interview(text, edition.find_catalogue) == interview


@MANY
@given(catalogues().flatmap(interviews), st.data())
def test_quick_way_agrees_with_the_stages(interview: Interview, data: st.DataObject) -> None:
    """
    A document with mistakes is read by both ways as the same value, or by none.
    """
    document = json.loads(er.write_interview(interview))
    for _ in range(data.draw(st.integers(0, 2))):
        document = data.draw(spoiled(document))
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)

    read_alike(text, er.Edition([interview.catalogue]))


@MANY
@given(catalogues().flatmap(interviews), st.data())
def test_quick_way_agrees_on_every_spelling(interview: Interview, data: st.DataObject) -> None:
    """
    A number or a name that is spelled differently is the same value, or refused by both.
    """
    text = er.write_interview(interview)
    for _ in range(data.draw(st.integers(1, 2))):
        text = data.draw(respelled(text))

    read_alike(text, er.Edition([interview.catalogue]))
