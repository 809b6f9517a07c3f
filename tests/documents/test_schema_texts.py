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
    """A schema and those within it."""
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
    """The members that objects of a schema can have; what only rules one out is none."""
    for each in schemas_in(found):
        if "additionalProperties" in each:
            yield from ((n, m) for n, m in each.get("properties", {}).items() if m is not True)


def load(path: Path) -> dict[str, Any]:
    """A published schema."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


class TestEverySchema:
    """What holds for all that is published."""

    @pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
    def test_defaults_and_examples_fit(self, path: Path) -> None:
        """
        What an editor proposes is no problem.
        """
        whole = load(path)

        for each in schemas_in(whole):
            given_here = each.get("examples", []) + [each[n] for n in ("default",) if n in each]
            validator = Draft202012Validator({**each, "$defs": whole.get("$defs", {})})
            for value in given_here:
                assert validator.is_valid(value), (value, each)

    @pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
    def test_no_words_are_hidden_by_those_of_a_definition(self, path: Path) -> None:
        """
        The language server lets what a `$ref` leads to win, so words stand on one side.
        """
        whole = load(path)

        for each in schemas_in(whole):
            if "$ref" in each:
                definition = whole["$defs"][each["$ref"].removeprefix("#/$defs/")]
                both = set(ANNOTATIONS) & set(each) & set(definition)
                assert all(each[name] == definition[name] for name in both), each

    @pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
    def test_a_strict_validator_knows_every_word(self, path: Path) -> None:
        """
        No word is an editor's own, as some validators refuse a schema with such a word.
        """
        known = {*Draft202012Validator.VALIDATORS, *BY_NAME, *LISTED, *ALONE, *ANNOTATIONS}

        assert not {word for each in schemas_in(load(path)) for word in each} - known - {"$schema"}

    @pytest.mark.parametrize("kind", WRITTEN)
    def test_every_member_that_people_write_is_described(self, kind: str) -> None:
        """
        Title and description stand at each member, as an editor shows them there.
        """
        lacking = [
            (name, word)
            for name, member in members_of(schema(kind))
            for word in ("title", "description")
            if not member.get(word)
        ]

        assert lacking == []

    def test_no_member_is_written_in_by_an_editor(self) -> None:
        """
        An editor writes in a value that is the only one proposed; of what is open, there
        are two or more examples or none.
        """
        for path in PUBLISHED:
            for name, member in members_of(load(path)):
                only = len(member.get("examples", [])) == 1
                assert not only or name == "catalogue", (path.stem, name)

    def test_the_known_portfolios_are_the_examples(self) -> None:
        """
        They are proposed wherever a comparative portfolio stands.
        """
        for kind in ("history", "interview", "register"):
            (member,) = (m for n, m in members_of(schema(kind)) if n == "comparative_portfolio")
            assert member["examples"] == list(PORTFOLIOS)


class TestInterviewSchema:
    """What the schema of a catalogue's interviews says."""

    @given(catalogues())
    def test_every_question_is_told_whole(self, catalogue: Catalogue) -> None:
        """
        Title, question, unit and bounds, each option with its title, and what is looked at.
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
        An editor would write in what nobody answered.
        """
        properties = er.interview_schema(catalogue)["properties"]

        for part in ("answers", "facts", "remarks"):
            for each in schemas_in(properties[part]):
                assert not {"default", "examples"} & set(each)

    @given(catalogues())
    def test_every_member_is_described(self, catalogue: Catalogue) -> None:
        """
        Nothing that an interview can hold is without words.
        """
        for name, member in members_of(er.interview_schema(catalogue)):
            assert member["title"], name
            assert member["description"], name

    def test_what_no_source_names_is_told(self) -> None:
        """
        Nothing is made to look surer than the catalogue has it.
        """
        asked = er.shipped().catalogue("benchmarking", "2019-11").asked
        said = {
            name: question_text(each).endswith("No source is known that names it.")
            for name, each in asked.items()
        }

        assert said == {n: e.provenance.status == "unattested" for n, e in asked.items()}
        assert set(said.values()) == {True, False}

    def test_the_whole_of_a_question_with_all_there_is(self) -> None:
        """
        The lines come in the order in which they are wanted.
        """
        asked = er.shipped().catalogue("quality", "2019-11").asked
        share = asked["stability-of-participation"]

        assert question_text(share).split("\n") == [
            str(share.question),
            "Expected: a percentage, 0 to 100.",
            'Where it does not apply: {"not_applicable": "the reason"}.',
            f"The expert looks at: {share.evidence}",
        ]

    def test_the_page_shows_what_is_told(self) -> None:
        """
        docs/editors.md prints a question as it is.
        """
        asked = er.shipped().catalogue("benchmarking", "2019-11").asked
        page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")

        assert f"```text\n{question_text(asked['legal-form'])}\n```" in page
