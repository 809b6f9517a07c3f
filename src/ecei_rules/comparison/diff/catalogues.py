"""The differences between two catalogues."""

from __future__ import annotations

from typing import Any, TypeVar, assert_never

from ecei_rules.comparison.diff.matching import (
    Counterparts,
    PartDifference,
    PartDifferences,
    by_id,
    matched,
    provenance_differences,
    source_differences,
    text_differences,
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


def catalogue_differences(pair: Counterparts[Catalogue]) -> Iterator[PartDifference]:
    """
    Yield the differences in dimensions, indicators, facts, roles, title and sources.

    Another order, id or version is no difference.
    """
    yield from matched(
        pair.attribute("dimensions"),
        by_id,
        PartDifferences(
            "ECEI501", "ECEI502", lambda _, verb: f"the dimension was {verb}", _dimension
        ),
    )
    yield from matched(
        pair.attribute("indicators"),
        by_id,
        PartDifferences(
            "ECEI504",
            "ECEI505",
            lambda each, verb: f'the indicator was {verb}, in the dimension "{each.dimension}"',
            _indicator,
        ),
    )
    yield from matched(
        pair.attribute("facts"),
        by_id,
        PartDifferences("ECEI515", "ECEI516", lambda _, verb: f"the fact was {verb}", _fact),
    )
    yield from matched(
        pair.attribute("roles"),
        by_id,
        PartDifferences("ECEI523", "ECEI524", lambda _, verb: f"the role was {verb}", _role),
    )
    yield from text_differences(
        pair.about("title").attribute("title"), "ECEI526", "the title of the catalogue"
    )
    yield from source_differences(pair.about("sources").attribute("sources"), "ECEI527")


def _dimension(pair: Counterparts[Dimension]) -> Iterator[PartDifference]:
    yield from text_differences(pair.attribute("title"), "ECEI503", "the title")


def _indicator(pair: Counterparts[Indicator]) -> Iterator[PartDifference]:
    yield from _status(pair, ("ECEI506", "ECEI507"), "the indicator")
    yield from pair.attribute("dimension").changed("ECEI508", "the dimension", '"{}"'.format)
    for name in ("title", "question", "evidence"):
        yield from text_differences(pair.attribute(name), "ECEI509", f"the {name}")
    yield from pair.attribute("number").changed(
        "ECEI510", "the number", lambda each: each or "none"
    )
    yield from _answer(pair.attribute("answer"))
    allowed = pair.attribute("not_applicable")
    if pair.new.value.not_applicable > pair.old.value.not_applicable:
        yield allowed.difference("ECEI511", 'the answer may now be "not applicable"')
    elif pair.new.value.not_applicable < pair.old.value.not_applicable:
        yield allowed.difference("ECEI512", 'the answer may no longer be "not applicable"')
    yield from _improvable(pair, "the indicator")
    yield from provenance_differences(pair.attribute("provenance"), _ATTESTED, "the indicator")


def _fact(pair: Counterparts[Fact]) -> Iterator[PartDifference]:
    yield from _status(pair, ("ECEI517", "ECEI518"), "the fact")
    for name in ("title", "question"):
        yield from text_differences(pair.attribute(name), "ECEI519", f"the {name}")
    yield from _answer(pair.attribute("answer"))
    yield from _improvable(pair, "the fact")
    yield from provenance_differences(pair.attribute("provenance"), _ATTESTED, "the fact")


def _role(pair: Counterparts[Option]) -> Iterator[PartDifference]:
    yield from text_differences(pair.attribute("title"), "ECEI525", "the title of the role")


def _status(pair: Counterparts[E], codes: tuple[str, str], what: str) -> Iterator[PartDifference]:
    status = pair.attribute("status")
    match status.old.value, status.new.value:
        case "active", "retired":
            yield status.difference(codes[0], f"{what} was retired")
        case "retired", "active":
            yield status.difference(codes[1], f"{what} was brought back")
        case _:  # the same status
            return


def _improvable(pair: Counterparts[E], what: str) -> Iterator[PartDifference]:
    yield from pair.attribute("improvable").changed(
        "ECEI528", what, lambda each: "improvable" if each else "not improvable"
    )


def _answer(pair: Counterparts[AnswerKind]) -> Iterator[PartDifference]:
    old, new = pair.old.value, pair.new.value
    if type(old) is not type(new):
        message = f"the answer changed from {expected(old)} to {expected(new)}"
        yield pair.difference("ECEI520", message)
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
            yield from pair.attribute("parts_of").changed(
                "ECEI529", "the count that the parts add up to", lambda each: each or "none"
            )
            yield from _options(pair)
        case Choice() | Choices():
            yield from _options(pair)
        case Share() | YesNo():
            return
        case unreachable:
            assert_never(unreachable)


def _bounds(pair: Counterparts[Any], *names: str) -> Iterator[PartDifference]:
    for name in names:
        yield from pair.attribute(name).changed("ECEI521", f"the {name}", _number)


def _number(bound: int | Decimal | None) -> str:
    return "none" if bound is None else plain(bound)


def _unit(pair: Counterparts[Any]) -> Iterator[PartDifference]:
    yield from pair.attribute("unit").changed("ECEI522", "the unit", lambda each: each or "none")


def _options(pair: Counterparts[Any]) -> Iterator[PartDifference]:
    options: Counterparts[tuple[Option, ...]] = pair.attribute("options")
    yield from matched(
        options,
        by_id,
        PartDifferences(
            "ECEI523", "ECEI524", lambda each, verb: f'the option "{each.id}" was {verb}', _option
        ),
        subjects=False,
    )


def _option(pair: Counterparts[Option]) -> Iterator[PartDifference]:
    title = pair.attribute("title")
    what = f'the title of the option "{pair.new.value.id}"'
    yield from text_differences(title, "ECEI525", what)
