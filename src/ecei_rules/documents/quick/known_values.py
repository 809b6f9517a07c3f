"""Builds values from documents that are known to be valid, as the shipped editions are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from ecei_rules.documents.converter import Codec, Members

    T = TypeVar("T")

    #: Builds a value from its JSON value.
    Build = Callable[[Any], Any]


class KnownValues:
    """
    Builds values of the types of a codec, without checking more than these do themselves.

    A converter refuses documents and knows why; to prepare it takes longer than to read an
    edition. Use this only where a test has read the same document by the converter.
    """

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._kinds = {kind: name for family in codec.families for name, kind in family.items()}
        self._builds: dict[Any, Build] = {}

    def build(self, members: Members, kind: type[T]) -> T:
        """Build a value of a type from the members of its document."""
        value: T = self._of(kind)(members)
        return value

    def _of(self, kind: Any) -> Build:
        if kind not in self._builds:
            self._builds[kind] = self._made(kind)
        return self._builds[kind]

    def _made(self, kind: Any) -> Build:
        origin, inner = get_origin(kind), get_args(kind)
        if origin is tuple:
            item = self._of(inner[0])
            return lambda items: tuple(map(item, items))
        if origin is FrozenMap:
            value = self._of(inner[1])
            return lambda pairs: FrozenMap({name: value(each) for name, each in pairs.items()})
        if origin in (Union, UnionType):
            members = [each for each in inner if each is not NoneType]
            if len(members) == 1:
                return self._of(members[0])
            return self._family(members) if members[0] in self._kinds else _unchanged
        if kind is Decimal or kind is Text:
            return kind
        if kind is date:
            return date.fromisoformat
        if isinstance(kind, type) and attrs.has(kind):
            return self._class(kind)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind
        return _unchanged

    def _family(self, members: list[type]) -> Build:
        builds = {self._kinds[each]: self._of(each) for each in members}

        def build(value: Members) -> Any:
            rest = dict(value)
            return builds[rest.pop("kind")](rest)

        return build

    def _class(self, kind: type[attrs.AttrsInstance]) -> Build:
        names = self._codec.names.get(kind, {})
        arguments: dict[str, tuple[str, Build]] = {}

        def build(members: Members) -> Any:
            values = {}
            for name, value in members.items():
                argument, build = arguments[name]
                values[argument] = build(value)
            return kind(**values)

        adapter = self._codec.adapters.get(kind)
        made = build if adapter is None else lambda members: build(adapter.read(members))
        # known before its attributes, of which one may be of the same type
        self._builds[kind] = made
        for attribute in attrs.fields(attrs.resolve_types(kind)):
            name = "$schema" if attribute.name == "schema" else attribute.name
            arguments[names.get(name, name)] = (
                attribute.name,
                (
                    # it is not part of the document, and was found before
                    _unchanged if attribute.type is Catalogue else self._of(attribute.type)
                ),
            )
        return made


def _unchanged(value: Any) -> Any:
    return value
