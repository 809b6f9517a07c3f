"""Whether a document fits its schema, quickly and without telling why not."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any

from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.documents.resources import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Schema = dict[str, Any]
    #: Whether a JSON value fits a part of a schema.
    Check = Callable[[Any], bool]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, Decimal),
    "boolean": (bool,),
}
_ALL = (dict, list, str, int, Decimal, bool, NoneType)
_NOTES = {"$schema", "$defs", "title", "description", "examples", "default"}
_OF_OBJECTS = {"required", "properties", "patternProperties", "additionalProperties"}


@cache
def checks_of(kind: str) -> Checks:
    """Return the checks against the schema of a kind of document, such as `ruleset`."""
    return Checks(schema(kind))


class Checks:
    """
    Functions that tell whether values fit the parts of one schema.

    They decide as `shape_problems` does, in a thirtieth of the time; that function
    explains what does not fit.
    """

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._made: dict[int, Check] = {}

    def fits(self, document: Any) -> bool:
        """Return whether a document fits the schema."""
        return self.check(self._root)(document)

    def check(self, schema: Any) -> Check:
        """Return the function of a part of the schema, which is made once."""
        if id(schema) not in self._made:
            self._made[id(schema)] = self._check(schema)
        return self._made[id(schema)]

    def _check(self, schema: Any) -> Check:
        if isinstance(schema, bool):
            return lambda _: schema
        names = schema.get("type", ())
        types = [t for each in ([names] if isinstance(names, str) else names) for t in _TYPES[each]]
        checks = {kind: tuple(self._checks(schema, kind)) for kind in types or _ALL}

        def fits(value: Any) -> bool:
            of_type = checks.get(type(value))
            if of_type is None:
                return False
            for check in of_type:  # noqa: SIM110 - a generator takes longer
                if not check(value):
                    return False
            return True

        return fits

    def _checks(self, schema: Schema, kind: type) -> Iterator[Check]:
        """Yield what the keywords of a part ask of values of a type."""
        if kind is dict and _OF_OBJECTS & schema.keys():
            yield self._members(schema)
        for keyword, wanted in schema.items():
            if keyword not in _NOTES and keyword not in _OF_OBJECTS and keyword != "type":
                check = self._of_any(keyword, wanted, schema) or self._of(kind, keyword, wanted)
                if check is not None:
                    yield check

    def _of_any(self, keyword: str, wanted: Any, schema: Schema) -> Check | None:
        """Return what a keyword asks of values of all types."""
        match keyword:
            case "$ref":
                return self._reference(wanted.removeprefix("#/$defs/"))
            case "const" | "enum":
                values = [wanted] if keyword == "const" else wanted
                allowed = {(type(each), each) for each in values}
                return lambda value: value.__hash__ is not None and (type(value), value) in allowed
            case "not":
                excluded = self.check(wanted)
                return lambda value: not excluded(value)
            case "allOf":
                every = [self.check(each) for each in wanted]
                return lambda value: all(check(value) for check in every)
            case "anyOf":
                some = [self.check(each) for each in wanted]
                return lambda value: any(check(value) for check in some)
            case "if":
                condition = self.check(wanted)
                then, other = self.check(schema["then"]), self.check(schema.get("else", True))
                return lambda value: then(value) if condition(value) else other(value)
            case _:  # a keyword of one type
                return None

    def _of(self, kind: type, keyword: str, wanted: Any) -> Check | None:
        """Return what a keyword asks of values of a type, if it is one of that type."""
        if kind is dict and keyword == "propertyNames":
            name = self.check(wanted)
            return lambda value: all(map(name, value))
        if kind is dict and keyword == "dependentSchemas":
            dependent = {name: self.check(each) for name, each in wanted.items()}
            return lambda value: all(c(value) for name, c in dependent.items() if name in value)
        if kind is list:
            return self._of_list(keyword, wanted)
        if kind is str:
            return _of_text(keyword, wanted)
        return _of_number(keyword, wanted) if kind in (int, Decimal) else None

    def _members(self, schema: Schema) -> Check:
        required = schema.get("required", ())
        checks = {name: self.check(each) for name, each in schema.get("properties", {}).items()}
        # the only pattern of names is that of the notes, which can be anything
        notes = "patternProperties" in schema
        other = self.check(schema.get("additionalProperties", True))

        def fits(value: Any) -> bool:
            for name in required:
                if name not in value:
                    return False
            for name, member in value.items():
                if not (checks.get(name, other)(member) or (notes and name.startswith("x-"))):
                    return False
            return True

        return fits

    def _of_list(self, keyword: str, wanted: Any) -> Check | None:
        match keyword:
            case "items":
                item = self.check(wanted)
                return lambda value: all(map(item, value))
            case "minItems":
                return lambda value: len(value) >= wanted
            case "maxItems":
                return lambda value: len(value) <= wanted
            case "uniqueItems":
                return lambda value: len(set(map(canonical, value))) == len(value)
            case _:  # a keyword of another type
                return None

    def _reference(self, name: str) -> Check:
        """Return a function that looks for the one of a definition, which may contain itself."""
        defined = self._root["$defs"][name]

        def fits(value: Any) -> bool:
            return self.check(defined)(value)

        return fits


def _of_text(keyword: str, wanted: Any) -> Check | None:
    match keyword:
        case "pattern":
            # in `re` a $ also matches before a last line break
            search = re.compile(wanted.replace("$", r"\Z")).search
            return lambda value: search(value) is not None
        case "minLength":
            return lambda value: len(value) >= wanted
        case "maxLength":
            return lambda value: len(value) <= wanted
        case _:  # a keyword of another type
            return None


def _of_number(keyword: str, wanted: Any) -> Check | None:
    match keyword:
        case "minimum":
            return lambda value: bool(value >= wanted)
        case "maximum":
            return lambda value: bool(value <= wanted)
        case "exclusiveMinimum":
            return lambda value: bool(value > wanted)
        case _:  # a keyword of another type
            return None
