"""The answers of invented clusters."""

from __future__ import annotations

from decimal import Decimal
from math import floor
from typing import assert_never

from attrs import frozen

from ecei_rules.benchmark.synthetic.answer_model import (
    DecimalNumber,
    Derived,
    OptionSubset,
    PeopleShare,
    RankedOption,
    SpreadCount,
    WholeNumber,
)
from ecei_rules.benchmark.synthetic.random_draws import Quantiles
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Breakdown, Choice, Choices, Count, Indicator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.benchmark.synthetic.answer_model import AnswerModel, Population
    from ecei_rules.benchmark.synthetic.random_draws import RandomDraws
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind, Catalogue, Fact, Option

#: The percentage of companies among the participants, and of SMEs among the companies.
_COMPANIES = Quantiles([49.5, 57, 64, 71, 79, 88, 97])
_SMES = Quantiles([60, 78, 86, 98])
#: The types of the other participants; each takes a percentage of those that are left.
_NO_COMPANIES = ("research", "university", "public", "training")
_TAKEN = Quantiles([-40, 0, 25, 60, 90])
_GROWTH = Quantiles([-12, -1, 2, 5, 9, 15, 40])
_COMMITTED = Quantiles([55, 78, 88, 95, 100, 100, 100])
#: The greatest age at which a question may not apply, the share of clusters to which it
#: then does not, and the reason.
_NOT_YET = {
    "participant-growth": (0, 1.0, "the cluster is younger than a year"),
    "working-groups": (1, 0.5, "no working groups before the second year"),
    "stability-of-human-resources": (1, 1.0, "the team began less than two years ago"),
    "stability-of-participation": (1, 1.0, "the cluster began less than two years ago"),
}
#: How much less likely each option is than the one before it.
_ORDER = 0.06
_MOST_LEFT_OUT = 4
#: Numbers of kinds of something, and the breakdown that counts all of it.
_PARTS = {"activities-past-year": "activities-and-services"}


@frozen(kw_only=True)
class Traits:
    """
    The traits of a cluster on which its answers depend, though no answer states them.

    *quality* and *size* are ranks among all clusters, *fte* is in tenths.
    """

    quality: float
    size: float
    age: int
    participants: int
    fte: int

    @property
    def team(self) -> int:
        """The number of people in the team, more than its full-time equivalents."""
        return 1 + self.fte * 13 // 100


def draw_traits(draws: RandomDraws, population: Population) -> Traits:
    """Draw a cluster; on average, well-managed clusters are larger and older."""
    quality = draws.rank()
    size = draws.near(quality, 0.7)
    return Traits(
        quality=quality,
        size=size,
        age=int(population.age.at(draws.near(size, 0.7))),
        participants=_rounded(population.participants.at(size)),
        fte=_rounded(10 * population.staff.at(draws.near(size, 0.6))),
    )


def draw_answers(
    draws: RandomDraws, population: Population, catalogue: Catalogue, traits: Traits, year: int
) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Draw the answers and the facts of a cluster in a year, in the catalogue's order."""
    questions: list[Indicator | Fact] = [*catalogue.asked.values(), *catalogue.facts_asked.values()]
    answers: dict[str, Answer] = {}
    for question in questions:
        model = population.models[question.id]
        answers[question.id] = _draw_answer(draws, model, question, traits, year)
    for part, whole in _PARTS.items():
        counts = answers.get(whole)
        if isinstance(counts, FrozenMap) and isinstance(number := answers.get(part), int):
            answers[part] = min(number, sum(counts.values()))
    if draws.rank() < population.incomplete:
        for _ in range(draws.between(1, _MOST_LEFT_OUT)):
            del answers[tuple(answers)[draws.below(len(answers))]]
    return (
        {name: answers[name] for name in catalogue.asked if name in answers},
        {name: answers[name] for name in catalogue.facts_asked if name in answers},
    )


def _draw_answer(
    draws: RandomDraws, model: AnswerModel, question: Indicator | Fact, traits: Traits, year: int
) -> Answer:
    if isinstance(question, Indicator) and question.not_applicable:
        greatest_age, share, reason = _NOT_YET[question.id]
        if traits.age <= greatest_age and draws.rank() < share:
            return NotApplicable(reason)
    if isinstance(model, Derived):
        return _derived(draws, model, traits, year)
    cause = traits.quality if model.cause == "quality" else traits.size
    rank, kind = draws.near(cause, model.looseness), question.answer
    match model:
        case RankedOption(weights=weights):
            index = weights.at(rank)
            return kind.options[index].id if isinstance(kind, Choice) else bool(index)
        case OptionSubset(weights=weights):
            return _subset(draws, _options(kind), weights.at(rank))
        case WholeNumber(quantiles=quantiles):
            return _rounded(quantiles.at(rank))
        case DecimalNumber(quantiles=quantiles):
            return _tenths(_rounded(10 * quantiles.at(rank)))
        case PeopleShare(quantiles=quantiles, of=of):
            whole = traits.participants if of == "participants" else traits.team
            part = _rounded(whole * quantiles.at(rank) / 100)
            return part if isinstance(kind, Count) else _percent(part, whole)
        case SpreadCount(quantiles=quantiles, weights=weights):
            return _spread(draws, _options(kind), weights, _rounded(quantiles.at(rank)))
        case unreachable:
            assert_never(unreachable)


def _options(kind: AnswerKind) -> tuple[Option, ...]:
    assert isinstance(kind, Choices | Breakdown), "the answer model fits the catalogue"
    return kind.options


def _derived(draws: RandomDraws, model: Derived, traits: Traits, year: int) -> Answer:
    match model.quantity:
        case "beginning":
            return year - traits.age
        case "participants":
            return traits.participants
        case "types":
            return _composition(draws, traits)
        case "growth":
            growth = _GROWTH.at(draws.near(traits.quality, 0.7))
            before = max(1, _rounded(100 * traits.participants / (100 + growth)))
            return _percent(traits.participants - before, before)
        case "commitment":
            share = _COMMITTED.at(draws.near(traits.quality, 0.3))
            return _percent(traits.participants, _rounded(100 * traits.participants / share))
        case "load":
            return _tenths(_rounded(100 * traits.participants / traits.fte))
        case "staff":
            return _tenths(traits.fte)
        case unreachable:
            assert_never(unreachable)


def _composition(draws: RandomDraws, traits: Traits) -> FrozenMap[str, int]:
    """Draw the number of participants of each type; they add up to all participants."""
    share = _COMPANIES.at(draws.near(traits.quality, 0.5))
    companies = _rounded(traits.participants * share / 100)
    smes = _rounded(companies * _SMES.at(draws.rank()) / 100)
    counts = {"sme": smes, "large-company": companies - smes}
    left = traits.participants - companies
    for participant_type in _NO_COMPANIES:
        taken = max(0, _TAKEN.at(draws.near(traits.quality, 0.5)))
        counts[participant_type] = _rounded(left * taken / 100)
        left -= counts[participant_type]
    counts["other"] = left
    return FrozenMap({name: count for name, count in counts.items() if count})


def _subset(draws: RandomDraws, options: tuple[Option, ...], count: int) -> tuple[str, ...]:
    """Draw *count* options, in the order of the list; its first options are the likeliest."""
    ranks = [draws.rank() + _ORDER * index for index in range(len(options))]
    last = sorted(ranks)[count - 1] if count else -1
    return tuple(each.id for each, rank in zip(options, ranks, strict=True) if rank <= last)


def _spread(
    draws: RandomDraws, options: tuple[Option, ...], weights: tuple[int, ...], total: int
) -> FrozenMap[str, int]:
    """Divide a total among the options; the last takes the rest, and zeros are left out."""
    shares = [weight * (1 + draws.rank()) for weight in weights]
    counts: dict[str, int] = {}
    left, shares_left = total, sum(shares)
    for option, share in zip(options, shares, strict=True):
        counts[option.id] = min(left, _rounded(left * share / shares_left))
        left, shares_left = left - counts[option.id], shares_left - share
    return FrozenMap({name: count for name, count in counts.items() if count})


def _percent(part: int, whole: int) -> int | Decimal:
    """
    Return a part of a whole in percent, rounded to the nearest tenth.

    >>> _percent(1, 3), _percent(1, 2), _percent(-1, 40)
    (Decimal('33.3'), 50, Decimal('-2.5'))
    """
    return _tenths((2000 * part + whole) // (2 * whole))


def _tenths(tenths: int) -> int | Decimal:
    return Decimal(f"{tenths}e-1") if tenths % 10 else tenths // 10


def _rounded(number: float) -> int:
    return floor(number + 0.5)
