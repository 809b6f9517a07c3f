"""Answers of made-up clusters."""

from __future__ import annotations

from decimal import Decimal
from math import floor
from typing import assert_never

from attrs import frozen

from ecei_rules.benchmark.synthetic.answer_model import (
    Level,
    Own,
    Part,
    Several,
    Spread,
    Tenths,
    Whole,
)
from ecei_rules.benchmark.synthetic.random_draws import Points
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Breakdown, Choice, Choices, Count, Indicator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.benchmark.synthetic.answer_model import Draw, Population
    from ecei_rules.benchmark.synthetic.random_draws import Chances
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind, Catalogue, Fact, Option

#: The share of companies among the participants, that of SMEs among these, of all in percent.
_COMPANIES = Points([49.5, 57, 64, 71, 79, 88, 97])
_SMES = Points([60, 78, 86, 98])
#: Of what is no company, each type takes a part of what those before it have left.
_NO_COMPANIES = ("research", "university", "public", "training")
_TAKEN = Points([-40, 0, 25, 60, 90])
_GROWTH = Points([-12, -1, 2, 5, 9, 15, 40])
_COMMITTED = Points([55, 78, 88, 95, 100, 100, 100])
#: Up to which age something need not apply, how often it then does not, and why.
_NOT_YET = {
    "participant-growth": (0, 1.0, "the cluster is younger than a year"),
    "working-groups": (1, 0.5, "no working groups before the second year"),
    "stability-of-human-resources": (1, 1.0, "the team began less than two years ago"),
    "stability-of-participation": (1, 1.0, "the cluster began less than two years ago"),
}
#: How much later an option comes than the one before it when some are chosen.
_ORDER = 0.06
_MOST_LEFT_OUT = 4


@frozen(kw_only=True)
class Character:
    """
    What is behind the answers of one cluster, and not said in any.

    *quality* and *size* are ranks among all clusters, *fte* is in tenths.
    """

    quality: float
    size: float
    age: int
    participants: int
    fte: int

    @property
    def team(self) -> int:
        """How many people share the work: more than there are full-time equivalents."""
        return 1 + self.fte * 13 // 100


def character(chances: Chances, population: Population) -> Character:
    """A cluster, in which those that are well managed are larger and older on average."""
    quality = chances.rank()
    size = chances.near(quality, 0.7)
    return Character(
        quality=quality,
        size=size,
        age=int(population.age.at(chances.near(size, 0.7))),
        participants=_rounded(population.participants.at(size)),
        fte=_rounded(10 * population.staff.at(chances.near(size, 0.6))),
    )


def made_up_answers(
    chances: Chances, population: Population, catalogue: Catalogue, one: Character, year: int
) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """The answers and the facts of a cluster in a year, in the catalogue's order."""
    questions: list[Indicator | Fact] = [*catalogue.asked.values(), *catalogue.facts_asked.values()]
    given: dict[str, Answer] = {}
    for asked in questions:
        given[asked.id] = _answer(chances, population.draws[asked.id], asked, one, year)
    if chances.rank() < population.incomplete:
        for _ in range(chances.between(1, _MOST_LEFT_OUT)):
            del given[tuple(given)[chances.some(len(given))]]
    return _among(catalogue.asked, given), _among(catalogue.facts_asked, given)


def _among(asked: Iterable[str], given: Mapping[str, Answer]) -> dict[str, Answer]:
    return {name: given[name] for name in asked if name in given}


def _answer(
    chances: Chances, draw: Draw, asked: Indicator | Fact, one: Character, year: int
) -> Answer:
    if isinstance(asked, Indicator) and asked.not_applicable:
        until, often, reason = _NOT_YET[asked.id]
        if one.age <= until and chances.rank() < often:
            return NotApplicable(reason)
    if isinstance(draw, Own):
        return _own(chances, draw, one, year)
    cause = one.quality if draw.by == "quality" else one.size
    rank, kind = chances.near(cause, draw.loosely), asked.answer
    match draw:
        case Level(weights=weights):
            place = weights.at(rank)
            return kind.options[place].id if isinstance(kind, Choice) else bool(place)
        case Several(weights=weights):
            return _chosen(chances, _options(kind), weights.at(rank))
        case Whole(points=points):
            return _rounded(points.at(rank))
        case Tenths(points=points):
            return _tenths(_rounded(10 * points.at(rank)))
        case Part(points=points, of=of):
            whole = one.participants if of == "participants" else one.team
            part = _rounded(whole * points.at(rank) / 100)
            return part if isinstance(kind, Count) else _percent(part, whole)
        case Spread(points=points, weights=weights):
            return _spread(chances, _options(kind), weights, _rounded(points.at(rank)))
        case unreachable:
            assert_never(unreachable)


def _options(kind: AnswerKind) -> tuple[Option, ...]:
    assert isinstance(kind, Choices | Breakdown), "the table of answers fits the catalogue"
    return kind.options


def _own(chances: Chances, draw: Own, one: Character, year: int) -> Answer:
    match draw.what:
        case "beginning":
            return year - one.age
        case "participants":
            return one.participants
        case "types":
            return _composition(chances, one)
        case "growth":
            growth = _GROWTH.at(chances.near(one.quality, 0.7))
            before = max(1, _rounded(100 * one.participants / (100 + growth)))
            return _percent(one.participants - before, before)
        case "commitment":
            share = _COMMITTED.at(chances.near(one.quality, 0.3))
            return _percent(one.participants, _rounded(100 * one.participants / share))
        case "load":
            return _tenths(_rounded(100 * one.participants / one.fte))
        case "staff":
            return _tenths(one.fte)
        case unreachable:
            assert_never(unreachable)


def _composition(chances: Chances, one: Character) -> FrozenMap[str, int]:
    """Participants by type, which add up to all of them."""
    companies = _rounded(one.participants * _COMPANIES.at(chances.near(one.quality, 0.5)) / 100)
    smes = _rounded(companies * _SMES.at(chances.rank()) / 100)
    counts = {"sme": smes, "large-company": companies - smes}
    left = one.participants - companies
    for each in _NO_COMPANIES:
        taken = max(0, _TAKEN.at(chances.near(one.quality, 0.5)))
        counts[each] = _rounded(left * taken / 100)
        left -= counts[each]
    counts["other"] = left
    return FrozenMap({name: count for name, count in counts.items() if count})


def _chosen(chances: Chances, options: tuple[Option, ...], count: int) -> tuple[str, ...]:
    """So many options, those first in the list more often than others, in its order."""
    order = [chances.rank() + _ORDER * place for place in range(len(options))]
    last = sorted(order)[count - 1] if count else -1
    return tuple(each.id for each, rank in zip(options, order, strict=True) if rank <= last)


def _spread(
    chances: Chances, options: tuple[Option, ...], weights: tuple[int, ...], total: int
) -> FrozenMap[str, int]:
    """A total over options; the last takes what is left, and what is 0 is left out."""
    shares = [weight * (1 + chances.rank()) for weight in weights]
    counts: dict[str, int] = {}
    left, of_all = total, sum(shares)
    for each, share in zip(options, shares, strict=True):
        counts[each.id] = min(left, _rounded(left * share / of_all))
        left, of_all = left - counts[each.id], of_all - share
    return FrozenMap({name: count for name, count in counts.items() if count})


def _percent(part: int, whole: int) -> int | Decimal:
    """
    A part of a whole in percent, to the nearest tenth.

    >>> _percent(1, 3), _percent(1, 2), _percent(-1, 40)
    (Decimal('33.3'), 50, Decimal('-2.5'))
    """
    return _tenths((2000 * part + whole) // (2 * whole))


def _tenths(tenths: int) -> int | Decimal:
    return Decimal(f"{tenths}e-1") if tenths % 10 else tenths // 10


def _rounded(number: float) -> int:
    return floor(number + 0.5)
