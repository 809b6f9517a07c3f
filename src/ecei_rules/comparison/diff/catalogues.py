"""What differs between two catalogues."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, TypeVar, assert_never

from ecei_rules.comparison.diff.matching import (
    Difference,
    Kind,
    Pair,
    by_id,
    cited,
    matched,
    provenance,
    reworded,
)
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.interviews.answers import expected
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Dimension,
    Fact,
    Indicator,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    E = TypeVar("E", Indicator, Fact)

_ATTESTED = ("ECEI513", "ECEI514")


def catalogue_differences(pair: Pair[Catalogue]) -> Iterator[Difference]:
    """
    The differences: dimensions, indicators, facts, the title, the sources.

    In which order the catalogues list them, and what the catalogues are called, is no
    difference.
    """
    yield from matched(
        pair.member("dimensions", lambda each: each.dimensions),
        by_id,
        Kind("ECEI501", "ECEI502", lambda _, verb: f"the dimension was {verb}", _dimension),
    )
    yield from matched(
        pair.member("indicators", lambda each: each.indicators),
        by_id,
        Kind(
            "ECEI504",
            "ECEI505",
            lambda each, verb: f'the indicator was {verb}, in the dimension "{each.dimension}"',
            _indicator,
        ),
    )
    yield from matched(
        pair.member("facts", lambda each: each.facts),
        by_id,
        Kind("ECEI515", "ECEI516", lambda _, verb: f"the fact was {verb}", _fact),
    )
    title = pair.about("title").member("title", lambda each: each.title)
    yield from reworded(title, "ECEI526", "the title of the catalogue")
    sources = pair.about("sources").member("sources", lambda each: each.sources)
    yield from cited(sources, "ECEI527")


def _dimension(pair: Pair[Dimension]) -> Iterator[Difference]:
    yield from reworded(pair.member("title", lambda each: each.title), "ECEI503", "the title")


def _indicator(pair: Pair[Indicator]) -> Iterator[Difference]:
    yield from _lifecycle(pair, ("ECEI506", "ECEI507"), "the indicator")
    dimension = pair.member("dimension", lambda each: each.dimension)
    yield from dimension.changed("ECEI508", "the dimension", '"{}"'.format)
    for name in ("title", "question", "evidence"):
        yield from reworded(pair.member(name, attrgetter(name)), "ECEI509", f"the {name}")
    number = pair.member("number", lambda each: each.number)
    yield from number.changed("ECEI510", "the number", lambda each: each or "none")
    yield from _answer(pair.member("answer", lambda each: each.answer))
    allowed = pair.member("not_applicable", lambda each: each.not_applicable)
    if pair.new.value.not_applicable > pair.old.value.not_applicable:
        yield allowed.differing("ECEI511", 'the answer may now be "not applicable"')
    elif pair.new.value.not_applicable < pair.old.value.not_applicable:
        yield allowed.differing("ECEI512", 'the answer may no longer be "not applicable"')
    attested = pair.member("provenance", lambda each: each.provenance)
    yield from provenance(attested, _ATTESTED, "the indicator")


def _fact(pair: Pair[Fact]) -> Iterator[Difference]:
    yield from _lifecycle(pair, ("ECEI517", "ECEI518"), "the fact")
    for name in ("title", "question"):
        yield from reworded(pair.member(name, attrgetter(name)), "ECEI519", f"the {name}")
    yield from _answer(pair.member("answer", lambda each: each.answer))
    attested = pair.member("provenance", lambda each: each.provenance)
    yield from provenance(attested, _ATTESTED, "the fact")


def _lifecycle(pair: Pair[E], codes: tuple[str, str], what: str) -> Iterator[Difference]:
    status = pair.member("status", lambda each: each.status)
    match status.old.value, status.new.value:
        case "active", "retired":
            yield status.differing(codes[0], f"{what} was retired")
        case "retired", "active":
            yield status.differing(codes[1], f"{what} was brought back")


def _answer(pair: Pair[AnswerKind]) -> Iterator[Difference]:
    old, new = pair.old.value, pair.new.value
    if type(old) is not type(new):
        message = f"the answer changed from {expected(old)} to {expected(new)}"
        yield pair.differing("ECEI520", message)
        return
    match new:
        case Count() | Number():
            yield from _bounds(pair, "minimum", "maximum")
            yield from _unit(pair)
        case Year():
            yield from _bounds(pair, "minimum", "maximum")
        case Breakdown():
            yield from _bounds(pair, "maximum")
            yield from _unit(pair)
            yield from _options(pair)
        case Choice() | Choices():
            yield from _options(pair)
        case Share() | YesNo():
            return
        case unreachable:
            assert_never(unreachable)


def _bounds(pair: Pair[Any], *names: str) -> Iterator[Difference]:
    for name in names:
        bound = pair.member(name, attrgetter(name))
        yield from bound.changed("ECEI521", f"the {name}", _number)


def _number(of: int | Decimal | None) -> str:
    return "none" if of is None else plain(of)


def _unit(pair: Pair[Any]) -> Iterator[Difference]:
    unit = pair.member("unit", attrgetter("unit"))
    yield from unit.changed("ECEI522", "the unit", lambda each: each or "none")


def _options(pair: Pair[Any]) -> Iterator[Difference]:
    options: Pair[tuple[Option, ...]] = pair.member("options", attrgetter("options"))
    yield from matched(
        options,
        by_id,
        Kind(
            "ECEI523", "ECEI524", lambda each, verb: f'the option "{each.id}" was {verb}', _option
        ),
        subjects=False,
    )


def _option(pair: Pair[Option]) -> Iterator[Difference]:
    title = pair.member("title", lambda each: each.title)
    what = f'the title of the option "{pair.new.value.id}"'
    yield from reworded(title, "ECEI525", what)
