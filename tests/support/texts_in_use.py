"""Every English text that pages and documents of the package show, as they stand in it."""

from __future__ import annotations

import ast
import json
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

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Texts that stand in tables and are said by their names.
TABLES = (individual.OUTCOMES, individual.FINDINGS, individual.BASES)


def of_documents() -> Iterator[str]:
    """The texts of the shipped catalogues and rulesets."""
    for file in sorted(RULESETS.rglob("*.json")):
        yield from _texts(json.loads(file.read_text(encoding="utf-8")))


def of_names() -> Iterator[str]:
    """What is called by a name that is no text of a document: grades, units, portfolios."""
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
    """What pages say of their own."""
    for table in TABLES:
        yield from table.values()
    for template in sorted(TEMPLATES.iterdir()):
        if template.suffix in (".html", ".md"):
            yield from _said_in_template(template.read_text(encoding="utf-8"))
    for module in sorted(TEMPLATES.parent.glob("*.py")):
        yield from _said_in_code(ast.parse(module.read_text(encoding="utf-8")))


def in_use() -> list[str]:
    """All of them, each once, in a fixed order."""
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


def _said_in_template(source: str) -> Iterator[str]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        name = call.node
        if isinstance(name, nodes.Name) and name.name == "words":
            said = call.args[:1]
        elif isinstance(name, nodes.Getattr) and name.attr == "of" and _is_words(name.node):
            said = call.args[1:3]
        else:
            continue
        yield from (each.value for each in said if isinstance(each, nodes.Const))


def _is_words(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "words"


def _said_in_code(tree: ast.Module) -> Iterator[str]:
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Name(id="words"), args=[first, *_]):
                said = [first]
            case ast.Call(func=ast.Attribute(value=ast.Name(id="words"), attr="of"), args=args):
                said = args[1:3]
            case _:
                continue
        for each in said:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value
