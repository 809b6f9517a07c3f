"""The strict converter between values and the members of documents."""

from __future__ import annotations

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
    from cattrs import Converter

    Family = dict[str, type]

_WORDING = {"note", "number", "schema"}


Members = dict[str, Any]


@frozen
class Adapter:
    """Functions from the members of a document to attributes, and back."""

    read: Callable[[Members], Members]
    write: Callable[[Members], Members]


@frozen(eq=False, kw_only=True)
class Codec:
    """
    The types of one package that a converter handles.

    *families* are its unions: their members by the `kind` that names them in a document.
    *names* are the attributes whose member in a document has another name. *formats* are
    the types that are documents of their own. *adapters* are for types whose JSON form
    differs from their attributes.
    """

    families: tuple[Family, ...] = ()
    names: dict[type, dict[str, str]] = field(factory=dict)
    formats: dict[type, str] = field(factory=dict)
    adapters: dict[type, Adapter] = field(factory=dict)


@cache
def converter(*codecs: Codec, wording: bool = True) -> Converter:
    """
    Return the converter for documents made of the types of some codecs.

    It structures documents that their schema accepts, and checks no more than the values
    do themselves. Without *wording* it leaves out texts, notes and source lists, as a
    digest does.
    """
    from cattrs import Converter

    known = _KnownTypes(codecs)
    result = Converter(forbid_extra_keys=True, omit_if_default=True)
    for plain in (str, int, bool):
        result.register_structure_hook(plain, _unchanged)
    result.register_structure_hook(Decimal, _decimal)
    result.register_structure_hook(date, lambda day, _: date.fromisoformat(day))
    result.register_structure_hook_func(_is_enum, lambda value, kind: kind(value))
    result.register_structure_hook(Text, lambda value, _: Text(value))
    result.register_structure_hook_factory(_is_tuple, lambda kind: _items(result, kind))
    result.register_structure_hook_factory(_is_map, lambda kind: _pairs(result, kind))
    result.register_structure_hook_factory(_is_optional, lambda kind: _optional(result, kind))
    result.register_structure_hook_factory(
        known.is_family, lambda kind: _tagged(result, kind, known.kind_of)
    )
    result.register_structure_hook(Answer, lambda value, _: _answer(result, value))
    result.register_structure_hook(str | bool, _unchanged)
    result.register_structure_hook(int | Decimal, _unchanged)
    result.register_structure_hook_factory(_is_value, lambda kind: _structured(result, kind, known))
    result.register_unstructure_hook_factory(
        _is_value, lambda kind: _unstructured(result, kind, known, wording=wording)
    )
    result.register_unstructure_hook(Text, lambda text: dict(text.translations))
    result.register_unstructure_hook(date, str)
    result.register_unstructure_hook(Decimal, lambda number: number)
    result.register_unstructure_hook_func(
        lambda kind: kind is FrozenMap or _is_map(kind),
        lambda pairs: {name: result.unstructure(value) for name, value in pairs.items()},
    )
    return result


class _KnownTypes:
    """The types of all codecs of a converter."""

    def __init__(self, codecs: tuple[Codec, ...]) -> None:
        self.kind_of: dict[type, str] = {
            member: kind
            for codec in codecs
            for family in codec.families
            for kind, member in family.items()
        }
        self.names = {kind: names for codec in codecs for kind, names in codec.names.items()}
        self.formats = {kind: name for codec in codecs for kind, name in codec.formats.items()}
        self.adapters = {
            kind: adapter for codec in codecs for kind, adapter in codec.adapters.items()
        }

    def is_family(self, kind: Any) -> bool:
        union = get_origin(kind) in (Union, UnionType)
        return union and all(member in self.kind_of for member in get_args(kind))


def document(value: AttrsInstance, *codecs: Codec, wording: bool = True) -> Members:
    """Return the members of a value's document, without those that hold their default."""
    members = converter(*codecs, wording=wording).unstructure(value)
    head = {"$schema": members.pop("$schema")} if "$schema" in members else {}
    return {**head, **members}


def conversion_problems(error: Exception, where: str = "") -> Iterator[Problem]:
    """Turn the error of a converter into problems, with the messages of our own types."""
    from cattrs import ClassValidationError, IterableValidationError, IterableValidationNote

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
    """Return the members except the named ones."""
    return {name: value for name, value in members.items() if name not in names}


def _without_none(members: Members) -> Members:
    return {name: value for name, value in members.items() if value is not None}


#: For types that are only written: leaves out `None`, also where it is not the default.
OMIT_NONE = Adapter(dict, _without_none)


def _overrides(
    kind: type[AttrsInstance], names: dict[str, str], *, wording: bool
) -> dict[str, Any]:
    from cattrs.gen import override

    overrides: dict[str, Any] = {}
    for attribute in attrs.fields(attrs.resolve_types(kind)):
        name = attribute.name
        if not attribute.init or name in ("extensions", "problems"):
            overrides[name] = override(omit=True)
        elif attribute.type is Catalogue:
            overrides[name] = override(struct_hook=_unchanged, unstruct_hook=_reference)
        elif not wording and (name in _WORDING or _is_wording(attribute.type)):
            overrides[name] = override(omit=True)
        elif isinstance(attribute.default, Provenance) or (kind is Provenance and name == "status"):
            overrides[name] = override(omit_if_default=False)
        elif name == "schema":
            overrides[name] = override(rename="$schema")
        elif name in names:
            overrides[name] = override(rename=names[name])
    return overrides


def _structured(
    result: Converter, kind: type[AttrsInstance], known: _KnownTypes
) -> Callable[[Any, Any], Any]:
    from cattrs.gen import make_dict_structure_fn

    overrides = _overrides(kind, known.names.get(kind, {}), wording=True)
    build = make_dict_structure_fn(kind, result, _cattrs_forbid_extra_keys=True, **overrides)
    adapter = known.adapters.get(kind)
    if adapter is None:
        return build
    read = adapter.read
    return lambda value, kind: build(read(value), kind)


def _unstructured(
    result: Converter, kind: type[AttrsInstance], known: _KnownTypes, *, wording: bool
) -> Callable[[Any], Members]:
    from cattrs.gen import make_dict_unstructure_fn

    overrides = _overrides(kind, known.names.get(kind, {}), wording=wording)
    take = make_dict_unstructure_fn(kind, result, _cattrs_omit_if_default=True, **overrides)
    adapter = known.adapters.get(kind)
    write = adapter.write if adapter else dict
    head = {"kind": known.kind_of[kind]} if kind in known.kind_of else {}
    if kind in known.formats:
        # a document inside another one has its format too, so that it can be cut out and read
        head["format"] = known.formats[kind]
    return lambda value: {**head, **write(take(value))}


def _tagged(result: Converter, union: Any, kind_of: dict[type, str]) -> Callable[[Any, Any], Any]:
    family = {kind_of[member]: member for member in get_args(union)}

    def structure(value: Members, _kind: object) -> Any:
        rest = dict(value)
        return result.structure(rest, family[rest.pop("kind")])

    return structure


def _items(result: Converter, kind: Any) -> Callable[[Any, Any], tuple[Any, ...]]:
    item_kind: Any = list.__class_getitem__(get_args(kind)[0])
    default = result.get_structure_hook(item_kind)

    return lambda value, _: tuple(default(value, item_kind))


def _pairs(result: Converter, kind: Any) -> Callable[[object, Any], FrozenMap[str, Any]]:
    by_name: Any = dict.__class_getitem__(get_args(kind))
    default = result.get_structure_hook(by_name)
    return lambda value, _: FrozenMap(default(value, by_name))


def _optional(result: Converter, kind: Any) -> Callable[[object, Any], Any]:
    """Structure an optional value: a document leaves `None` out, so a value is never `None`."""
    inner: Any = reduce(or_, (each for each in get_args(kind) if each is not NoneType))
    return lambda value, _: result.structure(value, inner)


def _answer(result: Converter, value: object) -> Answer:
    match value:
        case bool() | int() | Decimal() | str():
            return value
        case list():
            return result.structure(value, tuple[str, ...])
        case dict() if "not_applicable" in value:
            return result.structure(value, NotApplicable)
        case _:
            return result.structure(value, FrozenMap[str, int])


def _decimal(value: Any, _kind: object) -> Decimal:
    return Decimal(value)


def _unchanged(value: object, _kind: object) -> object:
    """Keep a value that the schema has checked, or a reference that was resolved before."""
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
