"""How likely which answers of a made-up cluster are: a guess, and nobody's figures."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from ecei_rules.benchmark.synthetic.random_draws import Points, Weights
from ecei_rules.diagnostics.frozen_map import FrozenMap

#: What is behind an answer: how well the cluster is managed, or how large it is.
Cause = Literal["quality", "size"]

_USUAL = 0.5


@frozen(kw_only=True)
class _Drawn:
    """Follows *by*, the more loosely the more *loosely* says."""

    by: Cause = "quality"
    loosely: float = _USUAL


@frozen
class Level(_Drawn):
    """One of the options, or no or yes; they go from the least to the best."""

    weights: Weights = field(converter=Weights)


@frozen
class Several(_Drawn):
    """So many of the options, from none to all."""

    weights: Weights = field(converter=Weights)


@frozen
class Whole(_Drawn):
    """A whole number."""

    points: Points = field(converter=Points)


@frozen
class Tenths(_Drawn):
    """A number in tenths."""

    points: Points = field(converter=Points)


@frozen
class Part(_Drawn):
    """So many in a hundred of the participants, or of the *team*, as a number or a share."""

    points: Points = field(converter=Points)
    of: Literal["participants", "team"] = field(default="participants", kw_only=True)


@frozen
class Spread(_Drawn):
    """A whole number spread over the options, of which each takes about its *weight*."""

    points: Points = field(converter=Points)
    weights: tuple[int, ...] = field(converter=tuple[int, ...])


@frozen
class Own:
    """Follows from what the cluster is, which several questions may ask about."""

    what: Literal["beginning", "participants", "types", "growth", "commitment", "load", "staff"]


Draw = Level | Several | Whole | Tenths | Part | Spread | Own

_FACTS: dict[str, Draw] = {
    "cluster-organisation": Level([1, 99]),
    "cluster-focus": Level([1, 99]),
    "management-fte": Own("staff"),
    "innovation-support": Level([1, 99]),
    "activities-past-year": Whole([4.2, 8, 11, 14, 18, 24, 45]),
    "strategic-priority-areas": Whole([1.45, 2, 3, 3, 4, 5, 9]),
    "listed-on-eccp": Level([2, 98]),
}
_EFFECT = Level([8, 18, 30, 28, 16])
_SERVICES = (3, 4, 9, 4, 2, 5, 3)
#: Benchmarking is open to all, so that what is improvable is not rare.
_BENCHMARKING: dict[str, Draw] = {
    "year-established": Own("beginning"),
    "legal-form": Level([12, 10, 33, 45], loosely=1),
    "driving-forces": Level([6, 14, 12, 24, 22, 22], loosely=1),
    "specialisation": Part([40, 62, 74, 83, 92, 97, 100], loosely=1),
    "committed-participants": Own("participants"),
    "composition": Own("types"),
    "participant-growth": Own("growth"),
    "geographical-concentration": Part([25, 48, 60, 71, 80, 89, 100], loosely=1),
    "international-participants": Part([0, 0, 2, 5, 10, 20, 50], by="size", loosely=1),
    "nature-of-cooperation": Level([8, 14, 26, 28, 24]),
    "governance-and-roles": Level([10, 18, 38, 34]),
    "participants-per-fte": Own("load"),
    "management-competences": Several([0, 3, 10, 17, 22, 20, 16, 12]),
    "staff-development": Tenths([0, 1, 2, 3, 4, 6, 12]),
    "strategy": Level([5, 14, 26, 28, 27], loosely=0.3),
    "implementation-plan": Level([8, 18, 24, 26, 24], loosely=0.3),
    "thematic-priorities": Level([6, 22, 40, 32]),
    "private-funding": Tenths([0, 12, 22, 33, 45, 60, 95], loosely=1),
    "financial-sustainability": Whole([2, 8, 12, 18, 24, 36, 60]),
    "service-spectrum": Several([0, 2, 6, 13, 22, 25, 20, 12]),
    "third-party-funding": Whole([0, 0, 1, 2, 4, 6, 15]),
    "collaborative-technology": Whole([0, 1, 2, 3, 5, 8, 20]),
    "information-exchange": Whole([1, 3, 5, 8, 11, 16, 40]),
    "human-resource-development": Whole([0, 1, 2, 3, 5, 8, 20]),
    "entrepreneurship-support": Whole([0, 0, 1, 3, 5, 9, 30]),
    "matchmaking-and-promotion": Whole([0, 1, 3, 4, 6, 9, 20]),
    "internationalisation-support": Level([8, 20, 26, 26, 20]),
    "working-groups": Whole([0, 0.4, 1, 2, 3, 5, 12], by="size", loosely=0.3),
    "participant-contacts": Part([25, 45, 56, 66, 76, 86, 100]),
    "cluster-cooperation": Spread([0, 1, 2, 3, 5, 8, 20], [3, 2]),
    "cooperation-requests": Spread([2, 8, 14, 22, 32, 50, 150], [5, 3, 2]),
    "media-visibility": Whole([0, 3, 6, 10, 15, 25, 80]),
    "success-stories": Whole([0, 0.4, 1, 2, 3, 4, 9]),
    "effect-on-research": _EFFECT,
    "effect-on-business": _EFFECT,
    "effect-on-international-activities": _EFFECT,
}
_STEP = Level([3, 8, 37, 52], loosely=0.3)
#: Whoever asks for an audit has prepared for it, so that what is improvable is rare.
_QUALITY: dict[str, Draw] = {
    "committed-cluster-participation": Own("commitment"),
    "composition-of-participants": Own("types"),
    "number-of-committed-participants": Own("participants"),
    "geographical-concentration": Part([35, 55, 66, 76, 84, 91, 100]),
    "maturity-of-cluster-management": _STEP,
    "human-resources-available": Own("staff"),
    "qualification-of-team": Several([0, 2, 5, 11, 16, 24, 24, 18], loosely=0.3),
    "life-long-learning-of-team": Tenths([1, 2.2, 3, 4.5, 6, 8, 15], loosely=0.3),
    "stability-of-human-resources": Part([40, 60, 75, 85, 95, 100, 100], of="team", loosely=0.3),
    "stability-of-participation": Tenths([66, 78, 86, 91, 95, 98, 100], loosely=0.3),
    "clarity-of-roles": _STEP,
    "direct-personal-contacts": Part([38, 57, 68, 77, 85, 92, 100], loosely=0.3),
    "degree-of-cooperation": Level([2, 3, 6, 37, 52], loosely=0.3),
    "integration-in-innovation-system": Several([0, 2, 6, 12, 17, 18, 17, 14, 9, 5], loosely=0.3),
    "prospects-of-financial-resources": Whole([6, 14, 20, 26, 34, 44, 60], loosely=0.3),
    "share-of-private-resources": Tenths([10, 22, 31, 38, 46, 58, 95], loosely=0.3),
    "strategy-building-process": _STEP,
    "documentation-of-strategy": _STEP,
    "implementation-plan": _STEP,
    "financial-controlling": _STEP,
    "review-of-strategy": _STEP,
    "performance-monitoring": _STEP,
    "focus-of-strategy": _STEP,
    "activities-and-services": Spread([6, 15, 23, 32, 44, 62, 120], _SERVICES, loosely=0.3),
    "performance-of-cluster-management": Tenths([45, 63, 73, 80, 86, 92, 100], loosely=0.3),
    "working-groups": Whole([0, 1, 2, 3, 4, 6, 14], by="size", loosely=0.3),
    "communication": Several([0, 1, 3, 7, 14, 21, 23, 18, 13], loosely=0.3),
    "web-presence": Several([0, 1, 2, 4, 8, 14, 22, 26, 23], loosely=0.3),
    "recognition-in-media": Whole([2, 6, 11, 17, 26, 42, 150], loosely=0.3),
    "success-stories": Whole([12, 19, 24, 28, 31, 33, 36], loosely=0.3),
    "satisfaction-of-participants": Tenths([45, 63, 73, 80, 86, 92, 100], loosely=0.3),
}


@frozen(kw_only=True)
class Population:
    """
    What the clusters are like that one catalogue is asked of.

    Points are of years since the beginning, of participants, of staff in FTE. Of the
    clusters in a hundred, *incomplete* leave some answers out.
    """

    draws: FrozenMap[str, Draw] = field(converter=FrozenMap[str, Draw])
    age: Points = field(converter=Points)
    participants: Points = field(converter=Points)
    staff: Points = field(converter=Points)
    incomplete: float


#: By the id of the catalogue.
POPULATIONS = FrozenMap(
    {
        "benchmarking": Population(
            draws={**_BENCHMARKING, **_FACTS},
            age=[0, 2, 5, 8, 12, 18, 30],
            participants=[13.5, 22, 34, 50, 75, 120, 260],
            staff=[0.43, 0.6, 0.9, 1.3, 1.8, 2.6, 6],
            incomplete=0.15,
        ),
        "quality": Population(
            draws={**_QUALITY, **_FACTS},
            age=[1, 5, 8, 11, 15, 21, 35],
            participants=[12, 24, 40, 58, 85, 130, 300],
            staff=[0.4, 1.2, 2, 3, 4, 6, 12],
            incomplete=0.08,
        ),
    }
)
