"""docs/editors.md: an editor with a JSON language server and our schemas."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from language_server import LanguageServer
from paths import EXAMPLES, ROOT

import ecei_rules as er
from ecei_rules.documents.schema_texts import options_of, question_text
from ecei_rules.interviews.portfolios import PORTFOLIOS

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = EXAMPLES / "awarded.json"
TEXT = EXAMPLE.read_text(encoding="utf-8")
ASKED = er.shipped().catalogue("benchmarking", "2019-11").asked
PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
VARIABLE = "ECEI_RULES_JSON_SERVER"
#: Markdown writes a line break as a backslash at its end, and one before what it would read.
MARKDOWN = re.compile(r"\\(?=\n)|\\(?=[\\`*_{}\[\]()<>#+\-.!])")


@pytest.fixture(scope="module")
def program() -> Path:
    """The program of the JSON language server."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"{VARIABLE} names no JSON language server; it needs Node.js and npm")
    return Path(named)


@pytest.fixture(scope="module")
def server(program: Path) -> Iterator[LanguageServer]:
    """The JSON language server, with the settings of Neovim and Helix."""
    with LanguageServer(program, {"json": {"validate": {"enable": True}}}) as started:
        yield started


def where(text: str, found: str) -> dict[str, int]:
    """Return the position after the first character of a text that occurs once."""
    assert text.count(found) == 1
    before, _, _ = text.partition(found)
    line = before.rpartition("\n")[2]
    return {"line": before.count("\n"), "character": len(line) + 1}


@pytest.mark.slow
class TestDocumentThatNamesItsSchema:
    """A document with `$schema` needs no settings."""

    def test_valid_document_has_no_problems(self, server: LanguageServer) -> None:
        """
        The language server accepts each example, as the reader does.
        """
        examples = sorted(EXAMPLES.glob("*.json"))

        for path in examples:
            server.open(path, path.read_text(encoding="utf-8"))
        found = {path.name: server.problems(path) for path in examples}

        assert found == {path.name: [] for path in examples}

    def test_id_of_an_indicator_shows_the_question(self, server: LanguageServer) -> None:
        """
        It shows the title, the question, the form of the answer and the title of each
        option.
        """
        path = EXAMPLE.with_name("hover.json")
        server.open(path, TEXT)

        shown = server.hover(path, where(TEXT, '"legal-form"'))

        assert MARKDOWN.sub("", shown) == f"Legal form\n\n{question_text(ASKED['legal-form'])}"

    def test_count_shows_the_title_of_its_option(self, server: LanguageServer) -> None:
        """
        In a breakdown each option has its own text, with the unit of its count.
        """
        path = EXAMPLE.with_name("hover-option.json")
        server.open(path, TEXT)

        shown = server.hover(path, where(TEXT, '"sme"'))

        assert MARKDOWN.sub("", shown) == (
            "Small and medium-sized enterprises\n\n"
            "Composition of the participants: a whole number of organisations, 0 to 100000."
        )

    def test_ids_of_unanswered_indicators_are_completed(self, server: LanguageServer) -> None:
        """
        Answered indicators are not proposed again; each proposal comes with its
        question.
        """
        path = EXAMPLE.with_name("new-answer.json")
        document = json.loads(TEXT)
        document["answers"] = {"strategy": "documented", "": None}
        text = json.dumps(document, indent=2)
        server.open(path, text)

        proposed = server.completions(path, where(text, '""'))

        assert list(proposed) == [name for name in ASKED if name != "strategy"]
        assert {name: each["documentation"] for name, each in proposed.items()} == {
            name: question_text(asked) for name, asked in ASKED.items() if name != "strategy"
        }

    def test_editor_inserts_no_answer(self, server: LanguageServer) -> None:
        """
        Completing the id of an indicator leaves its answer open.
        """
        path = EXAMPLE.with_name("nothing-answered.json")
        document = json.loads(TEXT)
        document["answers"] = {}
        text = json.dumps(document, indent=2)
        server.open(path, text)

        proposed = server.completions(path, where(text, "{}"))

        # "${1:0}" is a 0 that is selected, to be typed over: the server's own, for a number
        left_open = {"", "$1", "${1:0}", "{$1}", "[$1]"}
        written = {each["insertText"].partition(": ")[2] for each in proposed.values()}
        assert len(proposed) == len(ASKED)
        assert written <= left_open

    @pytest.mark.parametrize(
        ("name", "value", "chosen"),
        [
            ("legal-form", "own-legal-form", set()),
            (
                "management-competences",
                "sector",
                {"project-management", "business-development", "funding", "communication"},
            ),
        ],
    )
    def test_options_of_a_choice_are_completed(
        self, server: LanguageServer, name: str, value: str, chosen: set[str]
    ) -> None:
        """
        Each remaining option is proposed, with the titles of all of them.
        """
        path = EXAMPLE.with_name(f"option-{name}.json")
        text = TEXT.replace(f'"{value}"', '"?"')
        server.open(path, text)

        proposed = server.completions(path, where(text, '"?"'))

        options = [each.id for each in options_of(ASKED[name].answer)]
        assert list(proposed) == [f'"{each}"' for each in options if each not in chosen]
        assert {each["documentation"] for each in proposed.values()} == {question_text(ASKED[name])}

    def test_wrong_option_is_marked(self, server: LanguageServer) -> None:
        """
        The mark covers the value, and the message has the valid values.
        """
        path = EXAMPLE.with_name("wrong-option.json")
        text = TEXT.replace('"own-legal-form"', '"none"')

        server.open(path, text)
        (problem,) = server.problems(path)

        start = where(text, '"none"')
        assert problem["range"]["start"] == {**start, "character": start["character"] - 1}
        assert problem["message"] == (
            'Value is not accepted. Valid values: "informal-network", "hosted-project", '
            '"hosted-unit", "own-legal-form".'
        )

    def test_unknown_indicator_is_marked(self, server: LanguageServer) -> None:
        """
        A mistyped id is not overlooked.
        """
        path = EXAMPLE.with_name("wrong-id.json")

        server.open(path, TEXT.replace('"legal-form"', '"legal-from"'))
        (problem,) = server.problems(path)

        assert problem["message"] == "Property legal-from is not allowed."


@pytest.mark.slow
class TestMembersOfAnInterview:
    """The members around the answers are completed too."""

    @pytest.mark.parametrize(
        ("found", "proposals"),
        [
            ('"Food industry"', [f'"{each}"' for each in PORTFOLIOS]),
            ('"on_site"', ['"on_site"', '"at_expert"', '"video"']),
        ],
    )
    def test_known_values_are_proposed(
        self, server: LanguageServer, found: str, proposals: list[str]
    ) -> None:
        """
        The portfolios of the public listing and the modes of an interview are proposed.
        """
        path = EXAMPLE.with_name(f"known-{len(proposals)}.json")
        text = TEXT.replace(found, '"?"', 1)
        server.open(path, text)

        assert list(server.completions(path, where(text, '"?"'))) == proposals


class TestSettings:
    """A settings file gives a schema to documents that do not name one."""

    @pytest.mark.slow
    @pytest.mark.parametrize("editor", ["VS Code", "Helix"])
    def test_settings_file_gives_a_document_its_schema(self, program: Path, editor: str) -> None:
        """
        The settings on the page work without `$schema` in the document.
        """
        settings = settings_of(editor)
        for each in settings["schemas"]:
            inside = each["url"].partition("schemas/")[2]
            each["url"] = (ROOT / "schemas" / inside).as_uri()
        document = json.loads(TEXT)
        del document["$schema"]
        document["answers"]["legal-form"] = "none"
        path = ROOT / "interviews" / "2024" / "cluster.json"

        with LanguageServer(program, {"json": settings}) as started:
            started.open(path, json.dumps(document))
            (problem,) = started.problems(path)

        assert problem["message"].startswith('Value is not accepted. Valid values: "informal-')

    def test_schemas_on_the_page_exist(self) -> None:
        """
        Every path of a schema on the page leads to a file.
        """
        named = set(re.findall(r"schemas/[\w./-]+\.json", PAGE))

        assert named
        assert not {each for each in named if not (ROOT / each).is_file()}


def settings_of(editor: str) -> dict[str, Any]:
    """Return the JSON settings in the settings file on the page."""
    (section,) = re.findall(rf"\n### ([^\n]*{editor}.*?)(?=\n##|\Z)", PAGE, re.DOTALL)
    if editor == "VS Code":
        (shown,) = re.findall(r"```json\n(.*?)```", section, re.DOTALL)
        return {"schemas": json.loads(shown)["json.schemas"], "validate": {"enable": True}}
    (shown,) = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
    settings: dict[str, Any] = tomllib.loads(shown)["language-server"][
        "vscode-json-language-server"
    ]
    assert settings["command"] == "vscode-json-language-server"
    assert settings["args"] == ["--stdio"]
    found: dict[str, Any] = settings["config"]["json"]
    return found
