"""The exact JSON Schema of the interviews of one catalogue."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, assert_never

from ecei_rules.answers import expected
from ecei_rules.catalogue import (
    AnswerKind,
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.package_data import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from ecei_rules.catalogue import Catalogue, Fact, Indicator

Schema = dict[str, Any]

_EXTENSIONS = {"^x-": True}


def interview_schema(catalogue: Catalogue) -> Schema:
    """
    The JSON Schema (draft 2020-12) of the interviews held with one catalogue.

    It accepts exactly what `read_interview` accepts, but for a history that contradicts
    itself, so any editor or validator can check an interview down to each answer. It
    stands alone: nothing in it refers to another file.
    """
    made = deepcopy(schema("interview"))
    properties, title = made["properties"], str(catalogue.title)
    made["title"] = f"{title}, {catalogue.reference}"
    properties["catalogue"] = _object(
        {"id": {"const": catalogue.id}, "version": {"const": catalogue.version}},
        required=["id", "version"],
    )
    properties["answers"] = _object(_asked(catalogue.asked))
    properties["facts"] = _object(_asked(catalogue.facts_asked))
    ids = [*catalogue.asked, *catalogue.facts_asked]
    properties["remarks"] = _object({each: {"type": "string", "minLength": 1} for each in ids})
    improvement = properties["improvements"]["items"]["properties"]
    improvement["indicator"] = {"enum": list(catalogue.asked)}
    for unused in ("answer", "catalogue-reference", "id", "not-applicable", "version"):
        del made["$defs"][unused]
    return made


def _asked(entries: Mapping[str, Indicator] | Mapping[str, Fact]) -> Schema:
    return {
        name: {
            "title": str(each.title),
            "description": _description(each),
            **_may_not_apply(_answer(each.answer), each),
        }
        for name, each in entries.items()
    }


def _description(asked: Indicator | Fact) -> str:
    question = f"{asked.question} " if asked.question else ""
    evidence = getattr(asked, "evidence", None)
    looked_at = f" The expert looks at: {evidence}" if evidence else ""
    return f"{question}({expected(asked.answer)}){looked_at}"


def _may_not_apply(answer: Schema, asked: Indicator | Fact) -> Schema:
    if not getattr(asked, "not_applicable", False):
        return answer
    reason = _object(
        {"not_applicable": {"type": "string", "minLength": 1}}, required=["not_applicable"]
    )
    says_so = {"type": "object", "required": ["not_applicable"]}
    return {"if": says_so, "then": reason, "else": answer}


def _answer(kind: AnswerKind) -> Schema:
    match kind:
        case Count(minimum=minimum, maximum=maximum):
            return {"type": "integer", **_bounds(minimum or 0, maximum)}
        case Number(minimum=minimum, maximum=maximum):
            return {"type": "number", **_bounds(minimum, maximum)}
        case Share():
            return {"type": "number", **_bounds(0, 100)}
        case YesNo():
            return {"type": "boolean"}
        case Choice(options=options):
            return {"enum": [each.id for each in options]}
        case Choices(options=options):
            items = {"enum": [each.id for each in options]}
            return {"type": "array", "items": items, "uniqueItems": True}
        case Breakdown(options=options, maximum=maximum):
            count = {"type": "integer", **_bounds(0, maximum)}
            return _object({each.id: count for each in options})
        case Year(minimum=minimum, maximum=maximum):
            return {"type": "integer", **_bounds(minimum, maximum)}
        case unreachable:
            assert_never(unreachable)


def _bounds(minimum: int | Decimal | None, maximum: int | Decimal | None) -> Schema:
    """Bounds as `json` writes them: a decimal becomes the float with its spelling."""
    bounds = {"minimum": minimum, "maximum": maximum}
    return {
        name: int(bound) if bound == int(bound) else float(bound)
        for name, bound in bounds.items()
        if bound is not None
    }


def _object(properties: Schema, required: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "patternProperties": _EXTENSIONS,
        "additionalProperties": False,
    }
