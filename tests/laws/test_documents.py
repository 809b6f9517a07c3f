"""docs/formats.md, as laws over valid and invalid documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from spoiling import pointers, spoiled
from strategies import catalogues, interviews, json_values, judged, rulesets

import ecei_rules as er
from ecei_rules._files import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecei_rules import Catalogue, Interview, Ruleset

READERS = [er.read_catalogue, er.read_ruleset, er.read_interview, er.read_assessment, read_document]
MANY = settings(max_examples=4 * settings().max_examples)
THOUSANDS = settings(max_examples=20 * settings().max_examples)


@given(catalogues())
def test_catalogue_round_trip(catalogue: Catalogue) -> None:
    """
    A written catalogue reads as an equal one.
    """
    assert er.read_catalogue(er.write_catalogue(catalogue)) == catalogue


@given(catalogues().flatmap(interviews))
def test_interview_round_trip(interview: Interview) -> None:
    """
    A written interview reads as an equal one.
    """
    edition = er.Edition([interview.catalogue])

    assert er.read_interview(er.write_interview(interview), edition=edition) == interview


@given(catalogues().flatmap(rulesets))
def test_ruleset_round_trip(
    ruleset: Ruleset,
) -> None:
    """
    A written ruleset reads as an equal one, unless `check_ruleset` finds problems in it.
    """
    edition = er.Edition([ruleset.catalogue])
    problems = er.check_ruleset(ruleset)

    if problems:
        with pytest.raises(er.InvalidDocument) as caught:
            er.read_ruleset(er.write_ruleset(ruleset), edition=edition)
        found = {evolve(each, line=None, column=None) for each in caught.value.problems}
        assert found == set(problems)
    else:
        assert er.read_ruleset(er.write_ruleset(ruleset), edition=edition) == ruleset


@given(judged())
def test_assessment_round_trip(
    case: tuple[Interview, Ruleset],
) -> None:
    """
    A written assessment reads as an equal one.
    """
    assessment = er.assess(*case)

    assert er.read_assessment(er.write_assessment(assessment)) == assessment


@given(judged())
def test_assessing_twice_gives_the_same_bytes(case: tuple[Interview, Ruleset]) -> None:
    """
    Equal inputs give equal bytes, and so do inputs that were written and read.
    """
    interview, ruleset = case
    again = er.read_interview(
        er.write_interview(interview), edition=er.Edition([interview.catalogue])
    )

    one, other = er.assess(interview, ruleset), er.assess(again, ruleset)

    assert er.write_assessment(one) == er.write_assessment(other)


@given(catalogues().flatmap(interviews), st.data())
def test_members_that_begin_with_x_are_kept_and_ignored(
    interview: Interview, data: st.DataObject
) -> None:
    """
    An `x-` member of any object changes nothing and is written again.
    """
    edition = er.Edition([interview.catalogue])
    document = json.loads(er.write_interview(interview))
    data.draw(st.sampled_from(_objects(document)))["x-note"] = data.draw(json_values.map(_plain))

    read = er.read_interview(json.dumps(document), edition=edition)

    assert evolve(read, extensions={}) == interview
    assert json.loads(er.write_interview(read)) == document


@pytest.mark.oracle
@THOUSANDS
@given(catalogues().flatmap(interviews), st.data())
def test_types_accept_exactly_what_the_schema_accepts(
    interview: Interview, data: st.DataObject
) -> None:
    """
    An interview is read if and only if the schema of its catalogue accepts it, except that
    a schema cannot find contradictions in a history.
    """
    edition = er.Edition([interview.catalogue])
    validator = Draft202012Validator(er.interview_schema(interview.catalogue))
    document = json.loads(er.write_interview(interview))
    for _ in range(data.draw(st.integers(0, 2))):
        document = data.draw(spoiled(document))

    accepted = validator.is_valid(document)
    problems = _problems_of(er.read_interview, json.dumps(document), edition=edition)

    contradictions = {"ECEI341", "ECEI342", "ECEI343"}
    assert accepted is ({each.code for each in problems} <= contradictions), problems


@MANY
@given(judged(), st.sampled_from(["catalogue", "ruleset", "interview", "assessment"]), st.data())
def test_problems_of_a_spoiled_document_have_places(
    case: tuple[Interview, Ruleset], kind: str, data: st.DataObject
) -> None:
    """
    Every problem has a place in the document, and a line and column in its text.
    """
    interview, ruleset = case
    texts = {
        "catalogue": er.write_catalogue(ruleset.catalogue),
        "ruleset": er.write_ruleset(ruleset),
        "interview": er.write_interview(interview),
        "assessment": er.write_assessment(er.assess(interview, ruleset)),
    }
    document = data.draw(spoiled(json.loads(texts[kind])))
    text = json.dumps(document, indent=data.draw(st.sampled_from([None, 2])), ensure_ascii=False)
    edition = er.Edition([ruleset.catalogue])

    problems = _problems_of(read_document, text, edition=edition)

    lines = text.split("\n")
    for problem in problems:
        assert problem.where in pointers(document)
        assert problem.line is not None
        assert problem.column is not None
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    assert [(each.line, each.column) for each in problems] == sorted(
        (each.line, each.column) for each in problems
    )


@given(
    st.binary()
    | st.text().map(str.encode)
    | json_values.map(lambda v: json.dumps(_plain(v)).encode())
)
def test_any_bytes_give_a_value_or_problems(data: bytes) -> None:
    """
    Reading any bytes returns a value or raises `InvalidDocument`.
    """
    for read in READERS:
        assert _problems_of(read, data)


@given(st.text(st.characters()))
def test_any_text_gives_a_value_or_problems(text: str) -> None:
    """
    A `str` can contain what no file can, such as half of a surrogate pair.
    """
    for read in READERS:
        assert _problems_of(read, text)


@given(st.integers(0, 2000), st.sampled_from(READERS))
def test_nesting_is_refused_at_any_depth(depth: int, read: Callable[..., object]) -> None:
    """
    A document is read or refused, however deeply it is nested.
    """
    inner = "[" * depth + "]" * depth

    problems = _problems_of(read, f'{{"format": "ecei-catalogue/1", "x-deep": {inner or 0}}}')

    assert problems
    assert (problems[0].code == "ECEI109") is (depth > 99)


@pytest.mark.parametrize("count", [999, 1000, 1001, 50_000])
def test_no_more_than_a_thousand_problems_are_reported(count: int) -> None:
    """
    A document with more problems says so first, and takes no longer to read.
    """
    document = json.dumps(
        {
            "format": "ecei-interview/1",
            "catalogue": {"id": "benchmarking", "version": "2019-11"},
            "cluster": {"name": "Example", "country": "IT"},
            "conducted": {"on": "2024-01-01"},
            "answers": {},
            "improvements": [{"indicator": "composition", "description": ""}] * count,
        }
    )
    texts = f"[{','.join(['NaN'] * count)}]"

    for text in (document, texts):
        problems = _problems_of(er.read_interview, text)
        if count <= 1000:
            assert len(problems) == count
        else:
            assert len(problems) == 1001
            assert problems[0].code == "ECEI112"


def _problems_of(
    read: Callable[..., object], text: str | bytes, **more: Any
) -> tuple[er.Problem, ...]:
    try:
        read(text, **more)
    except er.InvalidDocument as error:
        return error.problems
    return ()


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(one for each in value.values() for one in _objects(each))]
    if isinstance(value, list):
        return [one for each in value for one in _objects(each)]
    return []


def _plain(value: Any) -> Any:
    """A JSON value that `json` can write: decimals as whole numbers."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | str | int) else int(value)
