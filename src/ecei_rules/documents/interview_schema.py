"""The JSON Schema of the interviews of one catalogue."""

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
    Return the JSON Schema (draft 2020-12) of the interviews of one catalogue.

    It accepts exactly what `read_interview` accepts, except that a schema cannot find a
    history that contradicts itself. Give it to an editor or a validator: it checks an
    interview down to each answer, and shows the questions and the options. It refers to
    no other file. Source: docs/editors.md.

    >>> import ecei_rules as er
    >>> schema = interview_schema(er.shipped().catalogue("benchmarking", "2019-11"))
    >>> schema["properties"]["answers"]["properties"]["working-groups"]["else"]
    {'type': 'integer', 'minimum': 0, 'maximum': 1000}
    """
    interview = deepcopy(schema("interview"))
    properties = interview["properties"]
    reference = interview["$defs"]["catalogue-reference"]["properties"]
    interview["title"] = f"{catalogue.title}, {catalogue.reference}"
    edition = {"id": catalogue.id, "version": catalogue.version}
    named = {name: {**_words(reference[name]), "const": value} for name, value in edition.items()}
    answers, facts = _questions(catalogue.asked), _questions(catalogue.facts_asked)
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
    expert = properties["conducted"]["properties"]["experts"]["items"]["properties"]
    expert["role"] = {
        **_words(expert["role"]),
        "enum": [role.id for role in catalogue.roles],
    }
    for unused in ("answer", "catalogue-reference", "id", "not-applicable", "version"):
        del interview["$defs"][unused]
    return interview


def _remark(answer: Schema) -> Schema:
    description = f"A note of the expert about: {answer['title']}"
    title = answer["title"]
    return {"title": title, "description": description, "type": "string", "minLength": 1}


def _words(member: Schema) -> Schema:
    return {name: member[name] for name in ("title", "description")}


def _about(asked: Indicator | Fact) -> Schema:
    return {"title": str(asked.title), "description": question_text(asked)}


def _questions(entries: Mapping[str, Indicator] | Mapping[str, Fact]) -> Schema:
    return {
        name: {**_about(asked), **_may_not_apply(_answer(asked), asked)}
        for name, asked in entries.items()
    }


def _may_not_apply(answer: Schema, asked: Indicator | Fact) -> Schema:
    if not getattr(asked, "not_applicable", False):
        return answer
    reason = _object(
        deepcopy(schema("interview")["$defs"]["not-applicable"]["properties"]),
        required=["not_applicable"],
    )
    not_applicable = {"type": "object", "required": ["not_applicable"]}
    return {"if": not_applicable, "then": reason, "else": answer}


def _answer(asked: Indicator | Fact) -> Schema:
    """Give no default or example: an editor would fill in an answer that nobody gave."""
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
            form = expected(Count(unit=unit, maximum=maximum))
            count = {
                "description": f"{asked.title}: {form}.",
                "type": "integer",
                **_bounds(0, maximum),
            }
            return _object({each.id: {"title": str(each.title), **count} for each in options})
        case Year(minimum=minimum, maximum=maximum):
            return {"type": "integer", **_bounds(minimum, maximum)}
        case unreachable:
            assert_never(unreachable)


def _bounds(minimum: int | Decimal | None, maximum: int | Decimal | None) -> Schema:
    """Write bounds as `json` does: a decimal becomes the float that is spelled like it."""
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
