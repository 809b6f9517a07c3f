"""Where organisations stand: how the answers of groups of them are distributed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen
from attrs.validators import ge, optional

from ecei_rules.benchmark.disclosure_control import Family, GroupName, Reason
from ecei_rules.benchmark.distribution import Distribution
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.evaluation.assessment import CatalogueReference, RulesetReference
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text
from ecei_rules.interviews.validators import nonempty, slug, supported_day

#: The fewest organisations of which figures are ever shown.
MINIMUM = 5

#: What figures are of: one indicator, the points of a dimension, those of all.
Level = Literal["indicator", "dimension", "total"]


@frozen
class Subject:
    """
    What figures are of.

    The total has no *id*; an indicator has its *dimension*, and a *unit* where its
    answer has one. *maximum* is the most points there are. *basis* is how sure the
    gradings are that grades and points rest on; without one there are none.
    """

    level: Level
    id: str | None = field(default=None, kw_only=True, validator=optional(slug))
    title: Text = field(kw_only=True)
    dimension: str | None = field(default=None, kw_only=True, validator=optional(slug))
    unit: str | None = field(default=None, kw_only=True)
    maximum: int | None = field(default=None, kw_only=True)
    basis: Basis | None = field(default=None, kw_only=True)

    @property
    def key(self) -> tuple[Level, str | None]:
        """What tells one subject from another."""
        return self.level, self.id


@frozen
class Figures:
    """
    How the answers of a group to one indicator, or its points, are distributed.

    *answered* are those whose value is among the figures; points count once every
    answer is there that they depend on. *grades* says how many of them attain each.
    """

    level: Level
    id: str | None = field(default=None, kw_only=True, validator=optional(slug))
    answered: int = field(kw_only=True, validator=ge(1))
    unanswered: int = field(kw_only=True, validator=ge(0))
    not_applicable: int = field(kw_only=True, validator=ge(0))
    distribution: Distribution = field(kw_only=True)
    grades: FrozenMap[str, int] = field(
        default=FrozenMap(), converter=FrozenMap[str, int], kw_only=True
    )

    @property
    def key(self) -> tuple[Level, str | None]:
        """What the figures are of, see `Subject`."""
        return self.level, self.id


@frozen
class Withheld:
    """
    Figures that are not shown, so that nobody is singled out.

    *too_few* have a value; the *difference* to a group that is shown, or the *remainder*
    of everybody beside all groups of a family, would be too few.
    """

    level: Level
    id: str | None = field(default=None, kw_only=True, validator=optional(slug))
    reason: Reason = field(kw_only=True)

    @property
    def key(self) -> tuple[Level, str | None]:
        """What the figures would be of, see `Subject`."""
        return self.level, self.id


@frozen
class Group:
    """
    Organisations that others are compared with, and their figures.

    *family* says what they have in common and *name* which of it; everybody has none.
    Of every subject of the benchmark there are figures, or why they are withheld.
    """

    family: Family
    name: str | None = field(default=None, kw_only=True, validator=optional(nonempty))
    size: int = field(kw_only=True, validator=ge(1))
    figures: tuple[Figures, ...] = field(converter=tuple[Figures, ...], kw_only=True)
    withheld: tuple[Withheld, ...] = field(default=(), converter=tuple[Withheld, ...], kw_only=True)

    @property
    def called(self) -> GroupName:
        """What tells the group from others."""
        return GroupName(self.family, self.name)


@frozen
class Unlisted:
    """How many groups are too small to be listed, of each family that has several."""

    label: int = field(validator=ge(0))
    portfolio: int = field(validator=ge(0))
    country: int = field(validator=ge(0))


@frozen
class Benchmark:
    """
    How the interviews of many organisations are distributed, without their names.

    Labels are those held on the day *on*. *interviews* were counted, one of each
    organisation, *made_up* of them with a note that says so; *repeated*,
    *of_another_catalogue* and *unreadable* are what was left out. No figures are of
    fewer than *minimum* organisations. Source: docs/benchmark.md.

    Raises:
        ValueError: the minimum is lower than 5.
    """

    ruleset: RulesetReference
    catalogue: CatalogueReference
    on: date = field(validator=supported_day)
    minimum: int = field(kw_only=True)
    interviews: int = field(kw_only=True, validator=ge(0))
    made_up: int = field(kw_only=True, validator=ge(0))
    repeated: int = field(kw_only=True, validator=ge(0))
    of_another_catalogue: int = field(kw_only=True, validator=ge(0))
    unreadable: int = field(kw_only=True, validator=ge(0))
    scale: tuple[str, ...] = field(converter=tuple[str, ...], kw_only=True)
    subjects: tuple[Subject, ...] = field(converter=tuple[Subject, ...], kw_only=True)
    groups: tuple[Group, ...] = field(converter=tuple[Group, ...], kw_only=True)
    unlisted: Unlisted = field(kw_only=True)
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )

    @minimum.validator
    def _check_minimum(self, _attribute: object, value: int) -> None:
        check_minimum(value)

    def group(self, family: Family, name: str | None = None) -> Group | None:
        """The group of a family and a name, or `None` where it is not listed."""
        wanted = GroupName(family, name)
        return next((each for each in self.groups if each.called == wanted), None)


def check_minimum(minimum: int) -> None:
    """Refuse a smallest number of organisations that would single somebody out."""
    if minimum < MINIMUM:
        msg = f"figures are of at least {MINIMUM} organisations, not of {minimum}"
        raise ValueError(msg)
