"""The quick check against a schema decides as the validator does."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import CASES, EXAMPLES
from spoiling import spoiled

import ecei_rules as er
from ecei_rules.diagnostics.json_text import NotPlain, exact, parse_json
from ecei_rules.documents.quick.schema_check import checks_of
from ecei_rules.documents.resources import RULESETS, format_name, schema
from ecei_rules.documents.shape import shape_problems
from ecei_rules.documents.stages import KINDS

#: The keywords that the quick check knows; another one in a schema would be passed over.
KEYWORDS = {
    *("$schema", "$defs", "$ref", "title", "description", "examples", "default"),
    *("type", "const", "enum", "not", "allOf", "anyOf", "if", "then", "else"),
    *("required", "properties", "patternProperties", "additionalProperties", "propertyNames"),
    *("dependentSchemas", "items", "minItems", "maxItems", "uniqueItems"),
    *("pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum"),
}


def schemas(part: Any) -> list[dict[str, Any]]:
    """All parts of a schema that are schemas themselves."""
    if isinstance(part, bool):
        return []
    found = [part]
    for keyword in ("$defs", "properties", "patternProperties", "dependentSchemas"):
        found += [one for each in part.get(keyword, {}).values() for one in schemas(each)]
    for keyword in ("allOf", "anyOf"):
        found += [one for each in part.get(keyword, ()) for one in schemas(each)]
    for keyword in ("additionalProperties", "items", "not", "if", "then", "else", "propertyNames"):
        found += schemas(part.get(keyword, True))
    return found


@cache
def documents() -> dict[str, list[Any]]:
    """Documents of each kind, right and wrong, as values."""
    paths = [*EXAMPLES.rglob("*.json"), *(CASES / "messages").glob("*.json")]
    paths += [*RULESETS.rglob("*2019-11.json")]
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    interview = er.load_interview(EXAMPLES / "awarded.json")
    ruleset = er.shipped().ruleset("bronze", on=interview.conducted.on)
    texts = [er.write_assessment(er.assess(interview, ruleset))]
    texts += [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    for text in texts:
        try:
            value = parse_json(text)
        except NotPlain:
            continue
        stated = value.get("format") if isinstance(value, dict) else None
        for kind in KINDS:
            if stated == format_name(kind):
                found[kind].append(value)
    return found


def exactly(value: Any) -> Any:
    """The value as it is read: without floats."""
    if isinstance(value, dict):
        return {name: exactly(each) for name, each in value.items()}
    if isinstance(value, list):
        return [exactly(each) for each in value]
    return exact(repr(value)) if isinstance(value, float) else value


def same_verdict(kind: str, document: Any) -> None:
    """Compare the quick check with the validator."""
    assert checks_of(kind).fits(document) is (next(shape_problems(kind, document), None) is None)


@pytest.mark.parametrize("kind", KINDS)
def test_quick_check_knows_every_keyword(kind: str) -> None:
    """
    It passes over a keyword that it does not know.
    """
    parts = schemas(schema(kind))

    assert {keyword for part in parts for keyword in part} <= KEYWORDS
    assert {name for part in parts for name in part.get("patternProperties", {})} <= {"^x-"}


@pytest.mark.parametrize("kind", KINDS)
def test_quick_check_agrees_on_documents(kind: str) -> None:
    """
    Every example, edition and bad document fits its schema either way, or neither way.
    """
    for document in documents()[kind]:
        same_verdict(kind, document)


@pytest.mark.parametrize(
    ("member", "value", "fits"),
    [
        ("cluster", {"name": "Example Cluster", "country": "IT"}, True),
        ("cluster", {"name": "Example Cluster", "country": "IT\n"}, False),
        ("cluster", {"name": "", "country": "IT"}, False),
        ("conducted", {"on": "2024-03-18", "experts": [{"role": "observer"}] * 20}, True),
        ("conducted", {"on": "2024-03-18", "experts": [{"role": "observer"}] * 21}, False),
        ("conducted", {"on": "2024-03-18", "experts": [{"role": "observer\n"}]}, False),
        ("conducted", {"on": "2024-02-29", "x-seen": None}, True),
        ("conducted", {"on": "2024-02-29", "seen": None}, False),
        ("answers", {"services": ["one", "two"]}, True),
        ("answers", {"services": ["one", "one"]}, False),
        ("answers", {"services": {"one": True}}, False),
    ],
)
def test_quick_check_of_one_member(member: str, value: object, *, fits: bool) -> None:
    """
    docs/formats.md, "Interview": each form is required, and notes can be anything.
    """
    interview = parse_json((EXAMPLES / "awarded.json").read_text(encoding="utf-8"))
    assert isinstance(interview, dict)
    document = {**interview, member: value}

    assert checks_of("interview").fits(document) is fits
    same_verdict("interview", document)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_quick_check_agrees_on_spoiled_documents(kind: str, data: st.DataObject) -> None:
    """
    So does a document with a value replaced, removed or added.
    """
    document = data.draw(st.sampled_from(sorted(documents()[kind], key=lambda d: len(str(d)))[:20]))
    for _ in range(data.draw(st.integers(1, 2))):
        document = data.draw(spoiled(document))

    same_verdict(kind, exactly(document))
