"""The exact JSON Schema of the interviews of one catalogue."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, assert_never

from ecei_rules.documents.resources import schema
from ecei_rules.documents.schema_texts import improvement_text, question_text
from ecei_rules.interviews.answers import expected
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator

Schema = dict[str, Any]

_EXTENSIONS = {"^x-": True}


def interview_schema(catalogue: Catalogue) -> Schema:
    """
    The JSON Schema (draft 2020-12) of the interviews held with one catalogue.

    It accepts exactly what `read_interview` accepts, but for a history that contradicts
    itself, so any editor or validator can check an interview down to each answer, and an
    editor shows the questions and the options. It stands alone: nothing in it refers to
    another file.
    """
    made = deepcopy(schema("interview"))
    properties, known = made["properties"], made["$defs"]["catalogue-reference"]["properties"]
    made["title"] = f"{catalogue.title}, {catalogue.reference}"
    edition = {"id": catalogue.id, "version": catalogue.version}
    named = {name: {**_words(known[name]), "const": value} for name, value in edition.items()}
    answers, facts = _asked(catalogue.asked), _asked(catalogue.facts_asked)
    contents = {
        "catalogue": {**_object(named, required=list(named)), "examples": [edition]},
        "answers": _object(answers),
        "facts": _object(facts),
        "remarks": _object({name: _remark(each) for name, each in {**answers, **facts}.items()}),
    }
    for name, content in contents.items():
        properties[name] = {**_words(properties[name]), **content}
    improvement = properties["improvements"]["items"]["properties"]
    improvement["indicator"] = {
        "title": improvement["indicator"]["title"],
        "description": improvement_text(catalogue),
        "enum": list(catalogue.asked),
    }
    for unused in ("answer", "catalogue-reference", "id", "not-applicable", "version"):
        del made["$defs"][unused]
    return made


def _remark(answer: Schema) -> Schema:
    told = f"What the expert noted about this: {answer['title']}"
    return {"title": answer["title"], "description": told, "type": "string", "minLength": 1}


def _words(told: Schema) -> Schema:
    return {name: told[name] for name in ("title", "description")}


def _about(asked: Indicator | Fact) -> Schema:
    return {"title": str(asked.title), "description": question_text(asked)}


def _asked(entries: Mapping[str, Indicator] | Mapping[str, Fact]) -> Schema:
    return {
        name: {**_about(each), **_may_not_apply(_answer(each), each)}
        for name, each in entries.items()
    }


def _may_not_apply(answer: Schema, asked: Indicator | Fact) -> Schema:
    if not getattr(asked, "not_applicable", False):
        return answer
    reason = _object(
        deepcopy(schema("interview")["$defs"]["not-applicable"]["properties"]),
        required=["not_applicable"],
    )
    says_so = {"type": "object", "required": ["not_applicable"]}
    return {"if": says_so, "then": reason, "else": answer}


def _answer(asked: Indicator | Fact) -> Schema:
    """The form, without default or example: an editor would write in what nobody answered."""
    match asked.answer:
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
            items = {**_about(asked), "enum": [each.id for each in options]}
            return {"type": "array", "items": items, "uniqueItems": True}
        case Breakdown(options=options, unit=unit, maximum=maximum):
            told = expected(Count(unit=unit, maximum=maximum))
            count = {
                "description": f"{asked.title}: {told}.",
                "type": "integer",
                **_bounds(0, maximum),
            }
            return _object({each.id: {"title": str(each.title), **count} for each in options})
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
