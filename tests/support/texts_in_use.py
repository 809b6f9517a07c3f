"""All English texts that pages and documents of the package show."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, nodes

import ecei_rules as er
from ecei_rules.documents.resources import RULESETS
from ecei_rules.interviews.catalogue import Breakdown, Count, Number
from ecei_rules.interviews.history import LABELS
from ecei_rules.interviews.portfolios import PORTFOLIOS
from ecei_rules.interviews.provenance import Basis
from ecei_rules.report.pages import individual
from ecei_rules.report.pages.templates import TEMPLATES
from ecei_rules.report.text import wording as text_wording
from ecei_rules.rulesets import wording as rule_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Tables of texts, which templates use by variables.
TABLES = (individual.OUTCOMES, individual.FINDINGS, text_wording.BASES)
#: Modules that word the same for text and pages.
WORDINGS = (Path(rule_wording.__file__), Path(text_wording.__file__))


def of_documents() -> Iterator[str]:
    """The texts of the shipped catalogues and rulesets, and the notes on whole catalogues."""
    for file in sorted(RULESETS.rglob("*.json")):
        yield from _texts(json.loads(file.read_text(encoding="utf-8")))
    yield from (catalogue.note for catalogue in er.shipped().catalogues if catalogue.note)


def of_names() -> Iterator[str]:
    """The names that are no texts of a document: grades, units, portfolios."""
    for ruleset in er.shipped().rulesets:
        yield from ruleset.scale
    for catalogue in er.shipped().catalogues:
        for asked in (*catalogue.indicators, *catalogue.facts):
            if isinstance(asked.answer, Count | Number | Breakdown) and asked.answer.unit:
                yield asked.answer.unit
    yield from (each.value for each in Basis)
    yield from (label.capitalize() for label in LABELS)
    yield from PORTFOLIOS


def of_pages() -> Iterator[str]:
    """The texts of pages themselves."""
    for table in TABLES:
        yield from table.values()
    yield from (text_wording.NO_RATING, text_wording.ONE_PAGE, text_wording.MEANING_OF_ONE_PAGE)
    for template in sorted(TEMPLATES.iterdir()):
        if template.suffix in (".html", ".md"):
            yield from _in_template(template.read_text(encoding="utf-8"))
    for module in (*sorted(TEMPLATES.parent.glob("*.py")), *WORDINGS):
        yield from _in_code(ast.parse(module.read_text(encoding="utf-8")))


def in_use() -> list[str]:
    """Return all of them, each once, in a fixed order."""
    return list(dict.fromkeys([*of_documents(), *of_names(), *of_pages()]))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("en"), str):
            yield value["en"]
        else:
            for each in value.values():
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _in_template(source: str) -> Iterator[str]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        name = call.node
        if isinstance(name, nodes.Name) and name.name == "words":
            texts = call.args[:1]
        elif isinstance(name, nodes.Getattr) and name.attr == "of" and _is_words(name.node):
            texts = call.args[1:3]
        else:
            continue
        yield from (each.value for each in texts if isinstance(each, nodes.Const))


def _is_words(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "words"


def _in_code(tree: ast.Module) -> Iterator[str]:
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Name(id="words"), args=[first, *_]):
                texts = [first]
            case ast.Call(func=ast.Attribute(value=ast.Name(id="words"), attr="of"), args=args):
                texts = args[1:3]
            case _:
                continue
        for text in texts:
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value
