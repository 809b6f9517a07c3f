"""Packages that read or validate interviews, each with a schema or models of the catalogue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Reader = Callable[[bytes], object]
    Members = dict[str, Any]

DAY = r"^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$"


class Refused(Exception):
    """The package refuses the document."""


def jsonschema(_catalogue: Any, schema: Any) -> Reader:
    """Return a reader by jsonschema."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema)

    def read(data: bytes) -> object:
        document = json.loads(data)
        for error in validator.iter_errors(document):
            raise Refused(error.message)
        return document

    return read


def jsonschema_rs(_catalogue: Any, schema: Any) -> Reader:
    """Return a reader by jsonschema-rs."""
    from jsonschema_rs import Draft202012Validator

    validator = Draft202012Validator(schema)

    def read(data: bytes) -> object:
        document = json.loads(data)
        if not validator.is_valid(document):
            raise Refused
        return document

    return read


def fastjsonschema(_catalogue: Any, schema: Any) -> Reader:
    """Return a reader by fastjsonschema, which knows an older draft that is enough here."""
    import fastjsonschema as package

    validate = package.compile({**schema, "$schema": "http://json-schema.org/draft-07/schema#"})

    def read(data: bytes) -> object:
        try:
            return validate(json.loads(data))
        except package.JsonSchemaException as error:
            raise Refused from error

    return read


def msgspec(catalogue: Any, _schema: Any) -> Reader:
    """Return a reader by msgspec, with structs made of the catalogue."""
    from msgspec import UNSET, DecodeError, Meta, UnsetType, ValidationError, defstruct
    from msgspec.json import Decoder

    def record(name: str, members: Members, required: Sequence[str] = ()) -> Any:
        python = {member: member.replace("-", "_").replace("$", "_") for member in members}
        fields = [
            (python[each], kind) if each in required else (python[each], kind | UnsetType, UNSET)
            for each, kind in members.items()
        ]
        rename = {python[each]: each for each in members}
        return defstruct(name, fields, rename=rename, forbid_unknown_fields=True, kw_only=True)

    decoder = Decoder(_interview(catalogue, record, Meta))

    def read(data: bytes) -> object:
        try:
            return decoder.decode(data)
        except (ValidationError, DecodeError) as error:
            raise Refused from error

    return read


def pydantic(catalogue: Any, _schema: Any) -> Reader:
    """Return a reader by pydantic, with models made of the catalogue."""
    from pydantic import ConfigDict, Field, ValidationError, create_model

    def record(name: str, members: Members, required: Sequence[str] = ()) -> Any:
        fields: dict[str, Any] = {
            "m_" + each.replace("-", "_").replace("$", ""): (kind, Field(alias=each))
            if each in required
            else (kind | None, Field(None, alias=each))
            for each, kind in members.items()
        }
        return create_model(name, __config__=ConfigDict(extra="forbid", strict=True), **fields)

    interview = _interview(catalogue, record, Field)

    def read(data: bytes) -> object:
        try:
            return interview.model_validate_json(data)
        except ValidationError as error:
            raise Refused from error

    return read


def _interview(catalogue: Any, record: Any, limits: Any) -> Any:
    """Return the type of interviews, made of records and of types with limits."""
    text = Annotated[str, limits(min_length=1)]
    day = Annotated[str, limits(pattern=DAY)]
    country = Annotated[str, limits(pattern="^[A-Z]{2}$")]
    reason = record("NotApplicable", {"not_applicable": text}, ["not_applicable"])

    def answers(name: str, questions: Any) -> Any:
        kinds = {}
        for question in questions:
            kind = _kind(question["answer"], record, limits)
            kinds[question["id"]] = kind | reason if question.get("not_applicable") else kind
        return record(name, kinds)

    role = Literal[tuple(each["id"] for each in catalogue["roles"])]
    expert = record("Expert", {"role": role, "name": text, "impartial": bool}, ["role"])
    improvement = {"indicator": text, "description": text, "effect": text, "confirmed": bool}
    event = {"label": Literal["bronze", "silver", "gold"]}
    event |= {"event": Literal["benchmarked", "awarded"], "on": day, "valid_until": day}
    edition = {name: Literal[catalogue[name]] for name in ("id", "version")}
    cluster = {"name": text, "country": country, "website": text, "comparative_portfolio": text}
    mode = Literal["on_site", "at_expert", "video"]
    conducted = {"on": day, "mode": mode, "experts": list[expert]}
    members = {
        "$schema": str,
        "format": Literal["ecei-interview/1"],
        "catalogue": record("Edition", edition, ["id", "version"]),
        "cluster": record("Cluster", cluster, ["name", "country"]),
        "conducted": record("Conducted", conducted, ["on"]),
        "facts": answers("Facts", catalogue["facts"]),
        "answers": answers("Answers", catalogue["indicators"]),
        "improvements": list[record("Improvement", improvement, ["indicator", "description"])],
        "history": list[record("Event", event, ["label", "event", "on"])],
        "remarks": dict[str, text],
        "x-made-up": Any,
        "x-note": Any,
    }
    required = ["format", "catalogue", "cluster", "conducted", "answers"]
    return record("Interview", members, required)


def _kind(answer: Any, record: Any, limits: Any) -> Any:
    """Return the type of the answers of a kind."""
    low = answer.get("minimum", 0 if answer["kind"] in ("count", "share", "breakdown") else None)
    high = answer.get("maximum", 100 if answer["kind"] == "share" else None)
    bounds = {name: bound for name, bound in (("ge", low), ("le", high)) if bound is not None}
    options = tuple(each["id"] for each in answer.get("options", ()))
    match answer["kind"]:
        case "count" | "year":
            return Annotated[int, limits(**bounds)]
        case "number" | "share":
            return Annotated[float, limits(**bounds)]
        case "yes_no":
            return bool
        case "choice":
            return Literal[options]
        case "choices":
            return list[Literal[options]]
        case _:
            return record("Parts", dict.fromkeys(options, Annotated[int, limits(**bounds)]))


#: By the package of each.
READERS: dict[str, Callable[[Any, Any], Reader]] = {
    "jsonschema": jsonschema,
    "jsonschema-rs": jsonschema_rs,
    "fastjsonschema": fastjsonschema,
    "msgspec": msgspec,
    "pydantic": pydantic,
}
