"""Pairs of rulesets that differ in one place, in wording alone, or in spelling alone."""

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

#: The lists whose order says something; that of the grades of a grading goes by the scale.
ORDERED = ("scale", "grades")
_UNSAID = ("version", "schema", "extensions", "catalogue")


@st.composite
def grafted(draw: st.DrawFn, stock: Any, scion: Any) -> Any:
    """The *stock* with one part of it, however deep, as it is in the *scion*."""
    if type(stock) is not type(scion) or draw(st.integers(0, 9)) == 0:
        return scion
    if attrs.has(type(stock)):
        fields = [f.name for f in attrs.fields(type(stock)) if f.init and f.name not in _UNSAID]
        if not fields:
            return scion
        name = draw(st.sampled_from(fields))
        part = draw(grafted(getattr(stock, name), getattr(scion, name)))
        return evolve(stock, **{name: part})
    if isinstance(stock, tuple) and stock and scion:
        index = draw(st.integers(0, min(len(stock), len(scion)) - 1))
        part = draw(grafted(stock[index], scion[index]))
        return (*stock[:index], part, *stock[index + 1 :])
    if isinstance(stock, FrozenMap) and (shared := [name for name in stock if name in scion]):
        name = draw(st.sampled_from(shared))
        return FrozenMap({**stock, name: draw(grafted(stock[name], scion[name]))})
    return scion


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Ruleset, Ruleset]:
    """Two rulesets: unrelated, or with one part taken over from another one."""
    catalogue, other = draw(catalogues()), draw(catalogues())
    old = draw(rulesets(catalogue))
    match draw(st.sampled_from(("ruleset", "ruleset", "catalogue", "all"))):
        case "ruleset":
            return old, draw(grafted(old, draw(rulesets(catalogue))))
        case "catalogue":
            return old, evolve(old, catalogue=draw(grafted(catalogue, other)))
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
        fields = [f.name for f in attrs.fields(type(value)) if f.init and f.name not in _UNSAID]
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
