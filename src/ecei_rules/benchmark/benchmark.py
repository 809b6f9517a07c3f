"""A benchmark: how the answers of groups of organisations are distributed."""

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

#: The smallest group of organisations whose figures may be published.
MINIMUM = 5

#: Figures describe one indicator, the points of one dimension, or all points.
Level = Literal["indicator", "dimension", "total"]


@frozen
class Subject:
    """
    The subject of figures: an indicator, a dimension or the total.

    The total has no *id*. An indicator has its *dimension*, and the *unit* of its answer if
    there is one; a dimension and the total have a *maximum* of points. *basis* is the
    provenance of the gradings that grades and points depend on, the weakest of them;
    without it there are no grades or points. Source: docs/benchmark.md, "What is counted".
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
        """The level and the id, which identify the subject."""
        return self.level, self.id


@frozen
class Figures:
    """
    How the answers of a group to one indicator, or its points, are distributed.

    *answered*, at least 1, is the number of organisations with a value; points have a value
    once every answer that they depend on is given. *unanswered* and *not_applicable* are
    the numbers without one. *grades* is the number of organisations that attain each grade.
    Source: docs/benchmark.md, "Figures".
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
        """The level and the id of the `Subject`."""
        return self.level, self.id


@frozen
class Withheld:
    """
    Figures that are suppressed so that nobody is singled out.

    The *reason* is `too_few` if fewer than the minimum have a value, `difference` if the
    difference to a published group would be too small, `remainder` if the rest of everybody
    beside all published groups of the family would be. Source: docs/benchmark.md, "Nobody
    is singled out".
    """

    level: Level
    id: str | None = field(default=None, kw_only=True, validator=optional(slug))
    reason: Reason = field(kw_only=True)

    @property
    def key(self) -> tuple[Level, str | None]:
        """The level and the id of the `Subject`."""
        return self.level, self.id


@frozen
class Group:
    """
    A group of organisations to compare with, and its figures.

    *family* is what its members have in common and *name* is the label, the portfolio or the
    country; the group of everybody has no name. Every subject of the benchmark is either in
    *figures* or in *withheld*. *size* is the number of organisations, at least 1.
    """

    family: Family
    name: str | None = field(default=None, kw_only=True, validator=optional(nonempty))
    size: int = field(kw_only=True, validator=ge(1))
    figures: tuple[Figures, ...] = field(converter=tuple[Figures, ...], kw_only=True)
    withheld: tuple[Withheld, ...] = field(default=(), converter=tuple[Withheld, ...], kw_only=True)

    @property
    def called(self) -> GroupName:
        """The family and the name, which identify the group."""
        return GroupName(self.family, self.name)


@frozen
class Unlisted:
    """The numbers of groups that are too small to be listed, by family."""

    label: int = field(validator=ge(0))
    portfolio: int = field(validator=ge(0))
    country: int = field(validator=ge(0))


@frozen
class Benchmark:
    """
    How the answers of many organisations are distributed, without their names.

    Read one with `read_benchmark`, or build it from interviews with `build_benchmark`.
    Labels are those held on the day *on*. *interviews* is the number of organisations, one
    interview each, and *made_up* the number of those whose interview says that it is
    invented; *repeated*, *of_another_catalogue* and *unreadable* are the numbers of
    interviews left out. No figures are of fewer than *minimum* organisations. *scale* is
    that of the ruleset, the lowest grade first. Source: docs/benchmark.md.

    Raises:
        ValueError: *minimum* is lower than 5.
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
        """Return the group of a family and a name, or `None` if it is not listed."""
        called = GroupName(family, name)
        return next((each for each in self.groups if each.called == called), None)


def check_minimum(minimum: int) -> None:
    """Refuse a minimum below `MINIMUM`, which could single somebody out."""
    if minimum < MINIMUM:
        msg = f"figures are of at least {MINIMUM} organisations, not of {minimum}"
        raise ValueError(msg)
