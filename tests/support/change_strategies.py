"""Pairs of rulesets that differ in one place, in wording alone, or in notation alone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
from attrs import evolve
from hypothesis import strategies as st
from strategies import booleans, catalogues, provenances, rulesets, some_words, texts

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.catalogue import Indicator
from ecei_rules.interviews.provenance import Attestation, Provenance
from ecei_rules.interviews.texts import Text

if TYPE_CHECKING:
    from ecei_rules.rulesets.ruleset import Ruleset

#: The lists whose order matters; grades of a grading are in the order of the scale.
ORDERED = ("scale", "grades")
_KEPT = ("version", "schema", "extensions", "catalogue")


@st.composite
def with_part_of(draw: st.DrawFn, value: Any, source: Any) -> Any:
    """Draw *value* with one part of it, at any depth, replaced by that of *source*."""
    if type(value) is not type(source) or draw(st.integers(0, 9)) == 0:
        return source
    if attrs.has(type(value)):
        fields = [f.name for f in attrs.fields(type(value)) if f.init and f.name not in _KEPT]
        if not fields:
            return source
        name = draw(st.sampled_from(fields))
        part = draw(with_part_of(getattr(value, name), getattr(source, name)))
        return evolve(value, **{name: part})
    if isinstance(value, tuple) and value and source:
        index = draw(st.integers(0, min(len(value), len(source)) - 1))
        part = draw(with_part_of(value[index], source[index]))
        return (*value[:index], part, *value[index + 1 :])
    if isinstance(value, FrozenMap) and (shared := [name for name in value if name in source]):
        name = draw(st.sampled_from(shared))
        return FrozenMap({**value, name: draw(with_part_of(value[name], source[name]))})
    return source


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Ruleset, Ruleset]:
    """Draw two rulesets: unrelated, or equal but for one part."""
    catalogue, other = draw(catalogues()), draw(catalogues())
    old = draw(rulesets(catalogue))
    match draw(st.sampled_from(("ruleset", "ruleset", "catalogue", "all"))):
        case "ruleset":
            return old, draw(with_part_of(old, draw(rulesets(catalogue))))
        case "catalogue":
            return old, evolve(old, catalogue=draw(with_part_of(catalogue, other)))
        case _:
            return old, draw(rulesets(other))


@st.composite
def reworded(draw: st.DrawFn, value: Any) -> Any:
    """The value with other texts, numbers of indicators and provenances here and there."""
    return _reworded(draw, value)


def _reworded(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, Text):
        return draw(texts) if draw(booleans) else value
    if isinstance(value, Provenance):
        return draw(provenances) if draw(booleans) else value
    if isinstance(value, Attestation):
        return evolve(value, note=draw(some_words)) if draw(booleans) else value
    if isinstance(value, Indicator) and draw(booleans):
        value = evolve(value, number=None)
    if attrs.has(type(value)):
        fields = [f.name for f in attrs.fields(type(value)) if f.init and f.name not in _KEPT]
        return evolve(value, **{name: _reworded(draw, getattr(value, name)) for name in fields})
    if isinstance(value, tuple):
        return tuple(_reworded(draw, each) for each in value)
    if isinstance(value, FrozenMap):
        return FrozenMap({name: _reworded(draw, each) for name, each in value.items()})
    return value


@st.composite
def respelled(draw: st.DrawFn, value: Any) -> Any:
    """The value with its lists and mappings in another order, its numbers written longer."""
    return _respelled(draw, value)


def _respelled(draw: st.DrawFn, value: Any, name: str = "") -> Any:
    if attrs.has(type(value)):
        fields = [f.name for f in attrs.fields(type(value)) if f.init]
        parts = {each: _respelled(draw, getattr(value, each), each) for each in fields}
        return evolve(value, **parts)
    if isinstance(value, tuple):
        items = [_respelled(draw, each) for each in value]
        return tuple(items if name in ORDERED else draw(st.permutations(items)))
    if isinstance(value, FrozenMap):
        entries = [(each, _respelled(draw, part)) for each, part in value.items()]
        return FrozenMap(draw(st.permutations(entries)))
    if isinstance(value, Decimal):
        return value + Decimal("0.000")
    return value
