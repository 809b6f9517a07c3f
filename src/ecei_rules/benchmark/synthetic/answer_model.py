"""
A model of the answers of invented clusters.

The figures, in `answer_model.json`, are guesses and describe no real cluster.
Benchmarking is open to all, so `improvable` answers are not rare there. A cluster that
asks for an audit has prepared for it, so they are rare under the catalogue `quality`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen

from ecei_rules.benchmark.synthetic.random_draws import DiscreteDistribution, Quantiles
from ecei_rules.diagnostics.frozen_map import FrozenMap

#: The latent trait that an answer depends on: how good the management is, or how large the cluster.
Driver = Literal["quality", "size"]


@frozen(kw_only=True)
class _Dependent:
    """An answer that depends on its *cause*, the less the greater its *looseness*."""

    cause: Driver = "quality"
    looseness: float = 0.5


@frozen
class RankedOption(_Dependent):
    """One of the options, from the worst to the best; or no and yes."""

    weights: DiscreteDistribution = field(converter=DiscreteDistribution)


@frozen
class OptionSubset(_Dependent):
    """Some of the options; the weights are those of choosing none, one, two and so on."""

    weights: DiscreteDistribution = field(converter=DiscreteDistribution)


@frozen
class WholeNumber(_Dependent):
    """A whole number."""

    quantiles: Quantiles = field(converter=Quantiles)


@frozen
class DecimalNumber(_Dependent):
    """A number with one decimal."""

    quantiles: Quantiles = field(converter=Quantiles)


@frozen
class PeopleShare(_Dependent):
    """A percentage of the participants or of the team, as a count or as a share."""

    quantiles: Quantiles = field(converter=Quantiles)
    of: Literal["participants", "team"] = field(default="participants", kw_only=True)


@frozen
class SpreadCount(_Dependent):
    """A whole number divided among the options, roughly in proportion to *weights*."""

    quantiles: Quantiles = field(converter=Quantiles)
    weights: tuple[int, ...] = field(converter=tuple[int, ...])


@frozen
class Derived:
    """An answer that follows from the cluster itself, which several questions may ask about."""

    quantity: Literal["beginning", "participants", "types", "growth", "commitment", "load", "staff"]


AnswerModel = (
    RankedOption | OptionSubset | WholeNumber | DecimalNumber | PeopleShare | SpreadCount | Derived
)

_KINDS: dict[str, type[AnswerModel]] = {
    "ranked-option": RankedOption,
    "option-subset": OptionSubset,
    "whole-number": WholeNumber,
    "decimal-number": DecimalNumber,
    "people-share": PeopleShare,
    "spread-count": SpreadCount,
    "derived": Derived,
}


def _answer_model(kind: str, **members: Any) -> AnswerModel:
    return _KINDS[kind](**members)


@frozen(kw_only=True)
class Population:
    """
    The clusters that answer one catalogue, with a model for each question.

    The quantiles are those of the age in years, of the number of participants and of the
    staff in FTE. The share *incomplete* of the clusters leaves some questions open.
    """

    models: FrozenMap[str, AnswerModel] = field(converter=FrozenMap[str, AnswerModel])
    age: Quantiles = field(converter=Quantiles)
    participants: Quantiles = field(converter=Quantiles)
    staff: Quantiles = field(converter=Quantiles)
    incomplete: float


@cache
def populations() -> FrozenMap[str, Population]:
    """Return the populations by the id of their catalogue."""
    text = Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    return FrozenMap({name: _population(**members) for name, members in json.loads(text).items()})


def _population(*, models: dict[str, dict[str, Any]], **figures: Any) -> Population:
    by_question = {name: _answer_model(**members) for name, members in models.items()}
    return Population(models=by_question, **figures)
