"""Where a document has not the shape that its schema states, in our words."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from ecei_rules.package_data import schema
from ecei_rules.problems import Problem, near, quoted, shown, step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def misshapen(kind: str, document: object) -> Iterator[Problem]:
    """What is wrong with the shape of a document of a kind, such as `ruleset`."""
    for error in _validator(kind).iter_errors(document):
        yield from _problems(kind, error)


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema(kind))


def _problems(kind: str, error: ValidationError) -> Iterator[Problem]:
    where = "".join(step(each) for each in error.absolute_path)
    found, wanted = error.instance, error.validator_value
    match error.validator:
        case "type" | "const" | "enum" if found is None:
            hint = "leave out what there is nothing to say about"
            yield Problem("ECEI204", where, "null is never a value here", hint)
        case "type":
            names = [wanted] if isinstance(wanted, str) else wanted
            forms = " or ".join(_TYPES[name] for name in names)
            yield Problem("ECEI204", where, f"expected {forms}, found {shown(found)}")
        case "required":
            for name in (name for name in wanted if name not in found):
                yield _missing(where, name, error)
        case "additionalProperties":
            yield from _unknown(where, error)
        case "const" | "enum":
            values = [wanted] if error.validator == "const" else wanted
            yield _not_allowed(where, values, found)
        case "pattern":
            yield _pattern(kind, where, error)
        case "minimum" | "maximum" | "exclusiveMinimum":
            yield Problem("ECEI209", where, f"expected {_bound(error)}, found {shown(found)}")
        case "minLength":
            yield Problem("ECEI208", where, "expected a text that is not empty")
        case "maxLength":
            yield Problem("ECEI208", where, f"expected at most {wanted} characters")
        case "minItems":
            yield Problem("ECEI210", where, "expected a list that is not empty")
        case "uniqueItems":
            twice = [each for index, each in enumerate(found) if each in found[:index]]
            yield Problem("ECEI211", where, f"{shown(twice[0])} stands twice in one list")
        case "anyOf":
            names = [name for branch in wanted for name in branch["required"]]
            yield Problem("ECEI205", where, f"one of the members {quoted(names)} is missing")
        case unreachable if unreachable is None:
            yield _excluded(where, error)


def _missing(where: str, name: str, error: ValidationError) -> Problem:
    if name == "en" and error.schema.get("propertyNames"):
        return Problem("ECEI214", where, 'the text has no English form ("en")')
    likely = near(name, [each for each in error.instance if each not in _known(error)])
    hint = f'is "{likely.split(chr(34))[1]}" meant for it?' if likely else None
    return Problem("ECEI205", where, f'the member "{name}" is missing', hint)


def _unknown(where: str, error: ValidationError) -> Iterator[Problem]:
    known = _known(error)
    for name in error.instance:
        if name not in known:
            listed = f"the members are {quoted(known, 'and')}" if known else None
            hint = near(name, [each for each in known if each not in error.instance]) or listed
            message = f'there is no member "{name}" here'
            yield Problem("ECEI206", where + step(name), message, hint, at_name=True)


def _known(error: ValidationError) -> list[str]:
    return list(error.schema.get("properties", {}))


def _not_allowed(where: str, values: list[Any], found: object) -> Problem:
    texts = [each for each in values if isinstance(each, str)]
    listed = quoted(texts) if texts else " or ".join(map(shown, values))
    hint = near(found, texts) if isinstance(found, str) else None
    return Problem("ECEI207", where, f"expected {listed}, found {shown(found)}", hint)


_NAMED_FORMS = {
    "date": "a day of the years 1900 to 2999 such as 2024-03-18",
    "id": "an id such as committed-participants",
    "version": "a version such as 2019-11",
    "digest": "a digest, sha256: and 64 hexadecimal digits",
}
_MEMBER_FORMS = {
    "url": "a web address that begins with http:// or https://",
    "website": "a web address that begins with http:// or https://",
    "country": "a country code such as IT (ISO 3166-1 alpha-2)",
    "aligned_with": "a catalogue and an id such as quality:web-presence",
}


def _pattern(kind: str, where: str, error: ValidationError) -> Problem:
    """The definition a pattern belongs to says what it is for, or the member it stands at."""
    parts = list(error.absolute_schema_path)
    if "propertyNames" in parts:
        message = f"expected a language tag such as en, found {shown(error.instance)}"
        return Problem("ECEI208", where + step(error.instance), message, at_name=True)
    defined = schema(kind)["$defs"]
    forms = [form for name, form in _NAMED_FORMS.items() if defined.get(name) == error.schema]
    forms += [_MEMBER_FORMS[each] for each in reversed(parts) if each in _MEMBER_FORMS]
    form = forms[0]
    return Problem("ECEI208", where, f"expected {form}, found {shown(error.instance)}")


def _bound(error: ValidationError) -> str:
    words = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}
    return f"{words[error.validator]} {error.validator_value}"


def _excluded(where: str, error: ValidationError) -> Problem:
    """The schema `false` stands beside a member that excludes this one."""
    *_, before, _, name = error.absolute_schema_path
    message = f'"{name}" does not belong here'
    if "dependentSchemas" in error.absolute_schema_path:
        message = f'"{name}" cannot stand beside "{before}"'
    return Problem("ECEI212", where, message, at_name=True)
