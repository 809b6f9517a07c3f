"""Between the values of this library and JSON, strictly."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import field, frozen
from cattrs import (
    ClassValidationError,
    Converter,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.interviews.provenance import Provenance, Source
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from attrs import AttrsInstance

    Family = dict[str, type]

_WORDING = {"note", "number", "schema"}
_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")


Members = dict[str, Any]


@frozen
class Adapter:
    """How the members of a document become attributes, and back."""

    read: Callable[[Members], Members]
    write: Callable[[Members], Members]


@frozen(eq=False, kw_only=True)
class Codec:
    """
    What one package tells the converter about its types.

    *families* are its unions: their members by the `kind` that names them in a document.
    *names* are the attributes whose member of a document is named otherwise. *formats*
    are the types that are documents of their own. *adapters* are for types whose JSON
    form differs from their attributes.
    """

    families: tuple[Family, ...] = ()
    names: dict[type, dict[str, str]] = field(factory=dict)
    formats: dict[type, str] = field(factory=dict)
    adapters: dict[type, Adapter] = field(factory=dict)


@cache
def converter(*codecs: Codec, wording: bool = True, all_errors: bool = True) -> Converter:
    """
    The converter for documents made of the types that some codecs know.

    It takes nothing for something else: no text for a number, no number for yes or no,
    no text for a list, no member that it does not know. Without *wording* it writes no
    texts, notes or source lists, which is what a digest is made of. Without *all_errors*
    it stops at the first, where it is not asked what the matter is.
    """
    known = _Known(codecs)
    made = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=all_errors)
    for plain in (str, int, bool):
        made.register_structure_hook(plain, _exactly)
    made.register_structure_hook(Decimal, _decimal)
    made.register_structure_hook(date, _day)
    made.register_structure_hook_func(_is_enum, lambda value, kind: kind(value))
    made.register_structure_hook(Text, lambda value, _: Text(_object(value)))
    made.register_structure_hook_factory(_is_tuple, lambda kind: _items(made, kind))
    made.register_structure_hook_factory(_is_map, lambda kind: _pairs(made, kind))
    made.register_structure_hook_factory(_is_optional, lambda kind: _present(made, kind))
    made.register_structure_hook_factory(
        known.is_family, lambda kind: _tagged(made, kind, known.kind_of)
    )
    made.register_structure_hook(Answer, lambda value, _: _answer(made, value))
    made.register_structure_hook(str | bool, _as_it_is)
    made.register_structure_hook(int | Decimal, _as_it_is)
    made.register_structure_hook_factory(_is_value, lambda kind: _structured(made, kind, known))
    made.register_unstructure_hook_factory(
        _is_value, lambda kind: _unstructured(made, kind, known, wording=wording)
    )
    made.register_unstructure_hook(Text, lambda text: dict(text.translations))
    made.register_unstructure_hook(date, str)
    made.register_unstructure_hook(Decimal, lambda number: number)
    made.register_unstructure_hook_func(
        lambda kind: kind is FrozenMap or _is_map(kind),
        lambda pairs: {name: made.unstructure(value) for name, value in pairs.items()},
    )
    return made


class _Known:
    """What all codecs of a converter know together."""

    def __init__(self, codecs: tuple[Codec, ...]) -> None:
        self.kind_of: dict[type, str] = {
            member: kind
            for codec in codecs
            for family in codec.families
            for kind, member in family.items()
        }
        self.names = {kind: names for codec in codecs for kind, names in codec.names.items()}
        self.formats = {kind: name for codec in codecs for kind, name in codec.formats.items()}
        self.adapters = {kind: each for codec in codecs for kind, each in codec.adapters.items()}

    def is_family(self, kind: Any) -> bool:
        union = get_origin(kind) in (Union, UnionType)
        return union and all(member in self.kind_of for member in get_args(kind))


def document(value: AttrsInstance, *codecs: Codec, wording: bool = True) -> Members:
    """The members of a document of a value, without those that hold their default."""
    members = converter(*codecs, wording=wording).unstructure(value)
    head = {"$schema": members.pop("$schema")} if "$schema" in members else {}
    return {**head, **members}


def conversion_problems(error: Exception, where: str = "") -> Iterator[Problem]:
    """Turn what the converter raised into problems, keeping the messages we wrote."""
    if not isinstance(error, ClassValidationError | IterableValidationError):
        yield Problem("ECEI213", where, str(error))
        return
    noted, bare = error.group_exceptions()
    for inner, note in noted:
        here = note.index if isinstance(note, IterableValidationNote) else note.name
        yield from conversion_problems(inner, where + step(here))
    for inner in bare:
        yield from conversion_problems(inner, where)


def without(members: Members, *names: str) -> Members:
    """The members but for some."""
    return {name: value for name, value in members.items() if name not in names}


def _write_present(members: Members) -> Members:
    """Leave out what is not there, also where a value has to state it."""
    return {name: value for name, value in members.items() if value is not None}


#: For types that are written and not read: absent values are left out.
OMIT_NONE = Adapter(dict, _write_present)


def _overrides(
    kind: type[AttrsInstance], names: dict[str, str], *, wording: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in attrs.fields(attrs.resolve_types(kind)):
        if not each.init or each.name in ("extensions", "problems"):
            found[each.name] = override(omit=True)
        elif each.type is Catalogue:
            found[each.name] = override(struct_hook=_as_it_is, unstruct_hook=_reference)
        elif not wording and (each.name in _WORDING or _is_wording(each.type)):
            found[each.name] = override(omit=True)
        elif isinstance(each.default, Provenance) or (kind is Provenance and each.name == "status"):
            found[each.name] = override(omit_if_default=False)
        elif each.name == "schema":
            found[each.name] = override(rename="$schema")
        elif each.name in names:
            found[each.name] = override(rename=names[each.name])
    return found


def _structured(
    made: Converter, kind: type[AttrsInstance], known: _Known
) -> Callable[[object, type], Any]:
    overrides = _overrides(kind, known.names.get(kind, {}), wording=True)
    build = make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=True, **overrides)
    adapter = known.adapters.get(kind)
    if adapter is None:
        return lambda value, kind: build(_object(value), kind)
    read = adapter.read
    return lambda value, kind: build(read(_object(value)), kind)


def _unstructured(
    made: Converter, kind: type[AttrsInstance], known: _Known, *, wording: bool
) -> Callable[[Any], Members]:
    overrides = _overrides(kind, known.names.get(kind, {}), wording=wording)
    take = make_dict_unstructure_fn(kind, made, _cattrs_omit_if_default=True, **overrides)
    adapter = known.adapters.get(kind)
    write = adapter.write if adapter else dict
    head = {"kind": known.kind_of[kind]} if kind in known.kind_of else {}
    if kind in known.formats:
        # a document within another one can be cut out and read
        head["format"] = known.formats[kind]
    return lambda value: {**head, **write(take(value))}


def _tagged(made: Converter, union: Any, kind_of: dict[type, str]) -> Callable[[object, Any], Any]:
    family = {kind_of[member]: member for member in get_args(union)}

    def structure(value: object, _kind: object) -> Any:
        rest = dict(_object(value))
        return made.structure(rest, family[rest.pop("kind")])

    return structure


def _items(made: Converter, kind: Any) -> Callable[[object, Any], tuple[Any, ...]]:
    each: Any = list.__class_getitem__(get_args(kind)[0])
    default = made.get_structure_hook(each)

    def structure(value: object, _kind: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            msg = f"expected a list, got {value!r}"
            raise TypeError(msg)
        return tuple(default(value, each))

    return structure


def _pairs(made: Converter, kind: Any) -> Callable[[object, Any], FrozenMap[str, Any]]:
    by_name: Any = dict.__class_getitem__(get_args(kind))
    default = made.get_structure_hook(by_name)
    return lambda value, _: FrozenMap(default(_object(value), by_name))


def _present(made: Converter, kind: Any) -> Callable[[object, Any], Any]:
    """A document leaves out what is not there, so what is there is of the type itself."""
    inner: Any = reduce(or_, (each for each in get_args(kind) if each is not NoneType))
    return lambda value, _: made.structure(value, inner)


def _answer(made: Converter, value: object) -> Answer:
    match value:
        case bool() | int() | Decimal() | str():
            return value
        case list():
            return made.structure(value, tuple[str, ...])
        case dict() if "not_applicable" in value:
            return made.structure(value, NotApplicable)
        case _:
            counts = made.structure(value, FrozenMap[str, int])
            if any(count < 0 for count in counts.values()):
                msg = f"a count is not negative, got {counts!r}"
                raise ValueError(msg)
            return counts


def _exactly(value: object, kind: type) -> object:
    if type(value) is not kind:
        msg = f"expected {kind.__name__}, got {value!r}"
        raise TypeError(msg)
    return value


def _decimal(value: Any, _kind: object) -> Decimal:
    return Decimal(value)


def _day(value: object, _kind: object) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        msg = f"expected a day such as 2024-03-18, got {value!r}"
        raise ValueError(msg)
    return date.fromisoformat(value)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        msg = f"expected an object, got {value!r}"
        raise TypeError(msg)
    return value


def _as_it_is(value: object, _kind: object) -> object:
    """What the schema has seen to, or a reference that was resolved before."""
    return value


def _reference(edition: Catalogue) -> dict[str, str]:
    return {"id": edition.id, "version": edition.version}


def _is_value(kind: Any) -> bool:
    return isinstance(kind, type) and attrs.has(kind)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_map(kind: Any) -> bool:
    return get_origin(kind) is FrozenMap


def _is_optional(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType) and NoneType in get_args(kind)


def _is_wording(kind: Any) -> bool:
    return any(each in (Text, Source) for each in (kind, *get_args(kind)))
