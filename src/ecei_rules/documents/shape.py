"""Validation of documents against their schemas, with our own messages."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import joined, near, nearest_name, quoted, value_text
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.documents.quick.schema_check import checks_of
from ecei_rules.documents.resources import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.documents.quick.schema_check import Checks

_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
_NUMERIC = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_SUPPORTED_DAY = re.compile(r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")


def shape_problems(kind: str, document: object) -> Iterator[Problem]:
    """Validate a document of a kind, such as `ruleset`, against its schema."""
    for error in _validator(kind).iter_errors(document):
        yield from _problems(kind, error)


@cache
def _validator(kind: str) -> Any:
    own = {"pattern": _matches_whole, "uniqueItems": _unique_items, "type": _of_type}
    return extend(Draft202012Validator, {**own, **_only_misfits(checks_of(kind))})(schema(kind))


def _only_misfits(checks: Checks) -> dict[str, Any]:
    """Return the keywords that lead into a value, for those members and items that do not fit."""

    def members(
        validator: Any, properties: dict[str, Any], value: object, _schema: object
    ) -> Iterator[ValidationError]:
        if isinstance(value, dict):
            for name, part in properties.items():
                if name in value and not checks.check(part)(value[name]):
                    yield from validator.descend(value[name], part, path=name, schema_path=name)

    def others(
        validator: Any, part: Any, value: object, schema: dict[str, Any]
    ) -> Iterator[ValidationError]:
        if isinstance(value, dict):
            known = schema.get("properties", {})
            for name in value:
                if name in known or name.startswith("x-") or checks.check(part)(value[name]):
                    continue
                if part is False:
                    yield ValidationError("")
                    return
                yield from validator.descend(value[name], part, path=name)

    def items(
        validator: Any, part: Any, value: object, _schema: object
    ) -> Iterator[ValidationError]:
        if isinstance(value, list):
            for index, item in enumerate(value):
                if not checks.check(part)(item):
                    yield from validator.descend(item, part, path=index)

    return {"properties": members, "additionalProperties": others, "items": items}


def _of_type(
    validator: Any, types: str | list[str], value: object, _schema: object
) -> Iterator[ValidationError]:
    """Avoid the message of the library, which quotes the whole value, however long it is."""
    names = [types] if isinstance(types, str) else types
    if not any(validator.is_type(value, name) for name in names):
        yield ValidationError("")


def _unique_items(
    _validator: object, _unique: object, value: object, _schema: object
) -> Iterator[ValidationError]:
    """Find repeated items in linear time; jsonschema compares all pairs."""
    if isinstance(value, list) and _repeated_index(value) is not None:
        yield ValidationError("")


def _repeated_index(items: list[Any]) -> int | None:
    """Return the index of the first item that equals an earlier one, however it is spelled."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        text = canonical(item)
        if text in seen:
            return index
        seen.add(text)
    return None


def _matches_whole(
    _validator: object, pattern: str, value: object, _schema: object
) -> Iterator[ValidationError]:
    """In `re` a `$` also matches before a last line break, in a JSON Schema it does not."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _problems(kind: str, error: ValidationError) -> Iterator[Problem]:
    where = "".join(step(each) for each in error.absolute_path)
    value: Any = error.instance
    wanted: Any = error.validator_value
    match error.validator:
        case "type" | "const" | "enum" if value is None:
            yield Problem("ECEI204", where, "null is not allowed here", "leave the member out")
        case "type":
            yield _wrong_type(where, error)
        case "required":
            for name in (name for name in wanted if name not in value):
                yield _missing(where, name, error)
        case "additionalProperties":
            yield from _unknown(where, error)
        case "const" | "enum":
            yield _not_allowed(where, [wanted] if error.validator == "const" else wanted, value)
        case "pattern":
            yield _pattern(kind, where, error)
        case "minimum" | "maximum" | "exclusiveMinimum":
            yield Problem("ECEI209", where, f"expected {_bound(error)}, found {value_text(value)}")
        case "minLength":
            yield Problem("ECEI208", where, "expected a text that is not empty")
        case "maxLength":
            return  # a text that is too long does not match its pattern either
        case "maxItems":
            message = f"expected at most {wanted} items, found {len(value)}"
            yield Problem("ECEI210", where, message)
        case "minItems":
            yield Problem("ECEI210", where, "expected a list that is not empty")
        case "uniqueItems":
            index = _repeated_index(value)
            assert index is not None, "the keyword found it"
            message = f"{value_text(value[index])} is listed twice"
            yield Problem("ECEI211", where + step(index), message)
        case "anyOf":
            names = [name for branch in wanted for name in branch["required"]]
            yield Problem("ECEI205", where, f"expected one of the members {quoted(names)}")
        case _:
            yield _excluded(where, error)


def _wrong_type(where: str, error: ValidationError) -> Problem:
    wanted: Any = error.validator_value
    value, schema_here = error.instance, cast("dict[str, Any]", error.schema)
    names = [wanted] if isinstance(wanted, str) else wanted
    hint = None
    if isinstance(value, str) and _NUMERIC.fullmatch(value) and {"integer", "number"} & {*names}:
        hint = "write a number without quotation marks"
    elif names == ["string"] and isinstance(value, int | Decimal) and not isinstance(value, bool):
        hint = f'write it in quotation marks: "{value_text(value)}"'
    elif isinstance(value, str) and "en" in schema_here.get("required", ()):
        hint = f'give the text under its language: {{"en": {value_text(value)}}}'
    forms = joined(_TYPES[name] for name in names)
    return Problem("ECEI204", where, f"expected {forms}, found {value_text(value)}", hint)


def _missing(where: str, name: str, error: ValidationError) -> Problem:
    value: Any = error.instance
    known = _known(error)
    likely = nearest_name(name, (each for each in value if each not in known))
    hint = f'is "{likely}" meant for it?' if likely else None
    if name == "en" and "propertyNames" in cast("dict[str, Any]", error.schema):
        likely = next((each for each in value if each.lower() == "en"), None)
        hint = f'is "{likely}" meant for it?' if likely else "other languages are optional"
        return Problem("ECEI214", where, 'the text has no English form ("en")', hint)
    return Problem("ECEI205", where, f'the member "{name}" is missing', hint)


def _unknown(where: str, error: ValidationError) -> Iterator[Problem]:
    value: Any = error.instance
    known = _known(error)
    only = len(known) == 1
    listed = f"the {'only member is' if only else 'members are'} {quoted(known, 'and')}"
    kind = f' in the kind "{value["kind"]}"' if "kind" in known else " here"
    for name in value:
        if name not in known:
            hint = near(name, [each for each in known if each not in value])
            message = f'there is no member "{name}"{kind}'
            hint = hint or f"{listed}; a note of your own begins with x-"
            yield Problem("ECEI206", where + step(name), message, hint, at_name=True)


def _known(error: ValidationError) -> list[str]:
    return list(cast("dict[str, Any]", error.schema).get("properties", {}))


def _not_allowed(where: str, values: list[Any], value: object) -> Problem:
    texts = [each for each in values if isinstance(each, str)]
    listed = quoted(texts) if texts else joined(map(value_text, values))
    hint = near(value, texts) if isinstance(value, str) else None
    if values == [True] and value is False:
        hint = "leave it out"
    return Problem("ECEI207", where, f"expected {listed}, found {value_text(value)}", hint)


_NAMED_FORMS = {
    "date": "a day of the years 1900 to 2999 such as 2024-03-18",
    "day": "a day such as 2024-03-18",
    "id": "an id such as committed-participants",
    "version": "a version such as 2019-11",
    "digest": "a digest, sha256: and 64 hexadecimal digits",
}
_MEMBER_FORMS = {
    "url": "a web address that begins with http:// or https://",
    "website": "a web address that begins with http:// or https://",
    "country": "a country code such as IT (ISO 3166-1 alpha-2)",
    "aligned_with": "a catalogue and an id such as quality:web-presence",
    "number": "a number such as 4.1.2",
}
_FORM_HINTS = {
    "id": "small letters, digits and single hyphens, a letter first, and not x- first",
    "version": "small letters, digits, dots and hyphens, a letter or digit first",
}


def _pattern(kind: str, where: str, error: ValidationError) -> Problem:
    """Name the expected form after the definition that has the pattern, or after the member."""
    parts = list(error.absolute_schema_path)
    value = value_text(error.instance)
    if "propertyNames" in parts:
        message = f"expected a language tag such as en, found {value}"
        return Problem("ECEI208", where + step(str(error.instance)), message, at_name=True)
    defined = schema(kind)["$defs"]
    name = next((each for each in _NAMED_FORMS if defined.get(each) == error.schema), None)
    if name is None:
        form = next(_MEMBER_FORMS[each] for each in reversed(parts) if each in _MEMBER_FORMS)
        return Problem("ECEI208", where, f"expected {form}, found {value}")
    if name == "date" and _SUPPORTED_DAY.fullmatch(str(error.instance)):
        return Problem("ECEI208", where, f"the day {value} does not exist")
    hint = _FORM_HINTS.get(name)
    return Problem("ECEI208", where, f"expected {_NAMED_FORMS[name]}, found {value}", hint)


def _bound(error: ValidationError) -> str:
    words = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}
    return f"{words[str(error.validator)]} {error.validator_value}"


def _excluded(where: str, error: ValidationError) -> Problem:
    """Word the only other failure: a schema `false` at a member that another one excludes."""
    *_, excluding, _, name, _ = error.absolute_schema_path
    message = f'"{name}" does not belong here'
    if "dependentSchemas" in error.absolute_schema_path:
        message = f'"{name}" and "{excluding}" exclude each other'
    return Problem("ECEI212", where, message, _EXCLUDED.get(str(name)), at_name=True)


_EXCLUDED = {
    "options": "it goes with share_of, sum_of and types",
    "one_page": "it goes with documented",
    "valid_until": "only an award has a last day of validity",
}
