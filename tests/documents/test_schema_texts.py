"""docs/editors.md, "What shows": what the schemas say to people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from paths import ROOT
from strategies import catalogues

import ecei_rules as er
from ecei_rules.documents.resources import SCHEMAS, schema
from ecei_rules.documents.schema_texts import options_of, question_text
from ecei_rules.interviews.answers import expected
from ecei_rules.interviews.portfolios import PORTFOLIOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecei_rules import Catalogue

ANNOTATIONS = ("title", "description", "default", "examples")
#: The kinds of documents that people write; the rest is printed by the library.
WRITTEN = ("catalogue", "history", "interview", "register", "ruleset")
PUBLISHED = sorted(SCHEMAS.rglob("*.json"))
#: The words of a schema that hold schemas by name, in a list, and alone.
BY_NAME = ("$defs", "dependentSchemas", "patternProperties", "properties")
LISTED = ("allOf", "anyOf", "prefixItems")
ALONE = ("additionalProperties", "else", "if", "items", "not", "propertyNames", "then")


def schemas_in(found: Any) -> Iterator[dict[str, Any]]:
    """Yield a schema and those within it."""
    if not isinstance(found, dict):
        return
    yield found
    for word in BY_NAME:
        for each in found.get(word, {}).values():
            yield from schemas_in(each)
    for word in LISTED:
        for each in found.get(word, []):
            yield from schemas_in(each)
    for word in ALONE:
        yield from schemas_in(found.get(word))


def members_of(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the members that a schema allows in objects."""
    for each in schemas_in(found):
        if "additionalProperties" in each:
            yield from ((n, m) for n, m in each.get("properties", {}).items() if m is not True)


def load(path: Path) -> dict[str, Any]:
    """Load a published schema."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


class TestEverySchema:
    """Rules for all published schemas."""

    @pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
    def test_defaults_and_examples_fit(self, path: Path) -> None:
        """
        A value that an editor proposes is valid.
        """
        whole = load(path)

        for each in schemas_in(whole):
            given_here = each.get("examples", []) + [each[n] for n in ("default",) if n in each]
            validator = Draft202012Validator({**each, "$defs": whole.get("$defs", {})})
            for value in given_here:
                assert validator.is_valid(value), (value, each)

    @pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
    def test_no_text_is_hidden_by_that_of_a_definition(self, path: Path) -> None:
        """
        The language server prefers the text of a `$ref`, so only one side has a text.
        """
        whole = load(path)

        for each in schemas_in(whole):
            if "$ref" in each:
                definition = whole["$defs"][each["$ref"].removeprefix("#/$defs/")]
                both = set(ANNOTATIONS) & set(each) & set(definition)
                assert all(each[name] == definition[name] for name in both), each

    @pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
    def test_strict_validator_knows_every_keyword(self, path: Path) -> None:
        """
        Some validators refuse a schema with keywords of an editor.
        """
        known = {*Draft202012Validator.VALIDATORS, *BY_NAME, *LISTED, *ALONE, *ANNOTATIONS}

        assert not {word for each in schemas_in(load(path)) for word in each} - known - {"$schema"}

    @pytest.mark.parametrize("kind", WRITTEN)
    def test_every_member_that_people_write_is_described(self, kind: str) -> None:
        """
        Every member has the title and the description that an editor shows.
        """
        lacking = [
            (name, word)
            for name, member in members_of(schema(kind))
            for word in ("title", "description")
            if not member.get(word)
        ]

        assert lacking == []

    def test_editor_inserts_no_member(self) -> None:
        """
        An editor inserts the only proposed value; so an open member has two or more
        examples, or none.
        """
        for path in PUBLISHED:
            for name, member in members_of(load(path)):
                only = len(member.get("examples", [])) == 1
                assert not only or name == "catalogue", (path.stem, name)

    def test_known_portfolios_are_the_examples(self) -> None:
        """
        They are proposed for every comparative portfolio.
        """
        for kind in ("history", "interview", "register"):
            (member,) = (m for n, m in members_of(schema(kind)) if n == "comparative_portfolio")
            assert member["examples"] == list(PORTFOLIOS)


class TestInterviewSchema:
    """The texts in the schema of a catalogue's interviews."""

    @given(catalogues())
    def test_question_is_described_completely(self, catalogue: Catalogue) -> None:
        """
        The text has the title, question, unit and bounds, each option with its title,
        and the evidence.
        """
        properties = er.interview_schema(catalogue)["properties"]
        told = {**properties["answers"]["properties"], **properties["facts"]["properties"]}

        for name, each in {**catalogue.asked, **catalogue.facts_asked}.items():
            lines = told[name]["description"].split("\n")
            assert told[name]["title"] == str(each.title)
            assert each.question is None or lines[0] == str(each.question)
            options = options_of(each.answer)
            assert [f"- {o.id}: {o.title}" for o in options] == [
                line for line in lines if line.startswith("- ")
            ]
            assert options or f"Expected: {expected(each.answer)}." in lines
            assert any("not_applicable" in line for line in lines) is getattr(
                each, "not_applicable", False
            )

    @given(catalogues())
    def test_no_answer_has_a_default_or_an_example(self, catalogue: Catalogue) -> None:
        """
        An editor would insert an answer that nobody gave.
        """
        properties = er.interview_schema(catalogue)["properties"]

        for part in ("answers", "facts", "remarks"):
            for each in schemas_in(properties[part]):
                assert not {"default", "examples"} & set(each)

    @given(catalogues())
    def test_every_member_is_described(self, catalogue: Catalogue) -> None:
        """
        Every member of an interview has a text.
        """
        for name, member in members_of(er.interview_schema(catalogue)):
            assert member["title"], name
            assert member["description"], name

    def test_unattested_indicator_is_described_as_such(self) -> None:
        """
        The text does not make an indicator look more reliable than the catalogue does.
        """
        asked = er.shipped().catalogue("benchmarking", "2019-11").asked
        said = {
            name: question_text(each).endswith("No source is known that names it.")
            for name, each in asked.items()
        }

        assert said == {n: e.provenance.status == "unattested" for n, e in asked.items()}
        assert set(said.values()) == {True, False}

    def test_whole_text_of_a_question(self) -> None:
        """
        The lines are in a fixed order.
        """
        asked = er.shipped().catalogue("quality", "2019-11").asked
        share = asked["stability-of-participation"]

        assert question_text(share).split("\n") == [
            str(share.question),
            "Expected: a percentage, 0 to 100.",
            'Where it does not apply: {"not_applicable": "the reason"}.',
            f"The expert looks at: {share.evidence}",
        ]

    def test_page_shows_the_text_of_a_question(self) -> None:
        """
        docs/editors.md prints the text of one question.
        """
        asked = er.shipped().catalogue("benchmarking", "2019-11").asked
        page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")

        assert f"```text\n{question_text(asked['legal-form'])}\n```" in page
