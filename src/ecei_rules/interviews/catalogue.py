"""What an interview asks: dimensions, indicators, facts and the form of their answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, assert_never

from attrs import field, frozen
from attrs.validators import matches_re, optional

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import near, quoted
from ecei_rules.diagnostics.problem import Problem, repeated_ids, step, unknown_id, unlisted_sources
from ecei_rules.interviews.provenance import Attestation, Source
from ecei_rules.interviews.texts import Text
from ecei_rules.interviews.validators import slug, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import Protocol, TypeVar

    class _Entry(Protocol):
        @property
        def id(self) -> str: ...
        @property
        def status(self) -> Lifecycle: ...

    E = TypeVar("E", bound=_Entry)


@frozen
class Option:
    """One thing that can be chosen or counted."""

    id: str = field(validator=slug)
    title: Text


@frozen(kw_only=True)
class Count:
    """A whole number, from 0 or *minimum* up."""

    unit: str | None = None
    minimum: int | None = None
    maximum: int | None = None


@frozen(kw_only=True)
class Number:
    """A decimal number, such as staff in FTE."""

    unit: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@frozen
class Share:
    """A percentage, from 0 to 100."""


@frozen
class YesNo:
    """Yes or no."""


@frozen
class Choice:
    """One option."""

    options: tuple[Option, ...] = field(converter=tuple[Option, ...])


@frozen
class Choices:
    """Any number of options, none of them twice."""

    options: tuple[Option, ...] = field(converter=tuple[Option, ...])


@frozen
class Breakdown:
    """A count for each option; an option left out is 0, *maximum* is for one option."""

    options: tuple[Option, ...] = field(converter=tuple[Option, ...])
    unit: str | None = field(default=None, kw_only=True)
    maximum: int | None = field(default=None, kw_only=True)


@frozen(kw_only=True)
class Year:
    """A calendar year."""

    minimum: int = 1
    maximum: int = 9999


AnswerKind = Count | Number | Share | YesNo | Choice | Choices | Breakdown | Year

Lifecycle = Literal["active", "retired"]
NUMBER = r"[0-9]+(\.[0-9]+)*"


@frozen
class Dimension:
    """One area of the interview."""

    id: str = field(validator=slug)
    title: Text


@frozen
class Indicator:
    """
    One thing asked in a dimension.

    *number* is the one it is known under where the scheme numbers its indicators, and
    *evidence* what the expert looks at.
    """

    id: str = field(validator=slug)
    dimension: str = field(validator=slug)
    title: Text
    question: Text
    answer: AnswerKind
    number: str | None = field(default=None, kw_only=True, validator=optional(matches_re(NUMBER)))
    evidence: Text | None = field(default=None, kw_only=True)
    not_applicable: bool = field(default=False, kw_only=True)
    status: Lifecycle = field(default="active", kw_only=True)
    provenance: Attestation = field(kw_only=True)


@frozen
class Fact:
    """A statement about the applicant that is no indicator, such as its staff in FTE."""

    id: str = field(validator=slug)
    title: Text
    answer: AnswerKind
    question: Text | None = field(default=None, kw_only=True)
    status: Lifecycle = field(default="active", kw_only=True)
    provenance: Attestation | None = field(default=None, kw_only=True)


@frozen(cache_hash=True)
class Catalogue:
    """
    The questions of one edition of an interview; it asks, it does not judge.

    Retired indicators and facts stay listed, so that an id is never used again, but
    are no longer asked: `asked` and `facts_asked` leave them out.
    """

    id: str = field(validator=slug)
    version: str = field(validator=version)
    title: Text
    dimensions: tuple[Dimension, ...] = field(converter=tuple[Dimension, ...])
    indicators: tuple[Indicator, ...] = field(converter=tuple[Indicator, ...])
    facts: tuple[Fact, ...] = field(default=(), converter=tuple[Fact, ...], kw_only=True)
    sources: tuple[Source, ...] = field(default=(), converter=tuple[Source, ...], kw_only=True)
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )
    asked: FrozenMap[str, Indicator] = field(init=False, eq=False, repr=False)
    facts_asked: FrozenMap[str, Fact] = field(init=False, eq=False, repr=False)

    @asked.default
    def _asked(self) -> FrozenMap[str, Indicator]:
        return _active(self.indicators)

    @facts_asked.default
    def _facts_asked(self) -> FrozenMap[str, Fact]:
        return _active(self.facts)

    @property
    def reference(self) -> str:
        """How the edition is named, as `benchmarking@2019-11`."""
        return f"{self.id}@{self.version}"

    def within(self, dimension: str | None) -> tuple[Indicator, ...]:
        """The indicators asked in one dimension, or all that are asked."""
        return tuple(each for each in self.asked.values() if dimension in (None, each.dimension))


def _active(entries: Iterable[E]) -> FrozenMap[str, E]:
    return FrozenMap({each.id: each for each in entries if each.status == "active"})


def unusable_id(
    noun: str, name: str, known: Mapping[str, Indicator | Fact], where: str
) -> Iterator[Problem]:
    """The problem of naming an indicator or a fact that is unknown or retired."""
    if name not in known:
        active = [each for each, entry in known.items() if entry.status == "active"]
        yield unknown_id(noun, name, active, where)
    elif known[name].status == "retired":
        kind = "indicator" if isinstance(known[name], Indicator) else "fact"
        message = f'the {kind} "{name}" is retired in this edition'
        at_name = where.endswith(step(name))
        yield Problem("ECEI303", where, message, "leave it out", at_name=at_name)


def unknown_dimension(name: str, known: Collection[str], where: str) -> Problem:
    """The problem of naming a dimension that the catalogue does not have."""
    hint = near(name, known) or f"there is {quoted(known, 'and')}"
    return Problem("ECEI311", where, f'the catalogue has no dimension "{name}"', hint)


def check_catalogue(catalogue: Catalogue) -> tuple[Problem, ...]:
    """
    What in a catalogue does not fit together.

    Ids that stand twice (an indicator and a fact share one namespace), dimensions and
    sources that are not listed, bounds the wrong way round.

    >>> twice = [Dimension("structure", Text({"en": "Structure"}))] * 2
    >>> for problem in check_catalogue(Catalogue("own", "2030-01", Text({"en": "Own"}), twice, [])):
    ...     print(problem)
    ECEI310 /dimensions/1/id: another dimension has the id "structure" already
    """
    return tuple(catalogue_problems(catalogue))


def catalogue_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """What `check_catalogue` finds, one problem after the other."""
    sources = {each.id: each for each in catalogue.sources}
    dimensions = {each.id: each for each in catalogue.dimensions}
    yield from repeated_ids((each.id for each in catalogue.dimensions), "/dimensions", "dimension")
    yield from repeated_ids((each.id for each in catalogue.indicators), "/indicators", "indicator")
    yield from repeated_ids((each.id for each in catalogue.facts), "/facts", "fact")
    yield from repeated_ids((each.id for each in catalogue.sources), "/sources", "source")
    yield from _repeated_numbers(catalogue.indicators)
    indicators = {each.id for each in catalogue.indicators}
    for index, indicator in enumerate(catalogue.indicators):
        where = f"/indicators/{index}"
        if indicator.dimension not in dimensions:
            yield unknown_dimension(indicator.dimension, dimensions, f"{where}/dimension")
        yield from _answer_problems(indicator.answer, f"{where}/answer")
        yield from unlisted_sources(
            indicator.provenance.sources, sources, f"{where}/provenance/sources"
        )
    for index, fact in enumerate(catalogue.facts):
        where = f"/facts/{index}"
        if fact.id in indicators:
            message = f'an indicator has the id "{fact.id}" already'
            yield Problem("ECEI310", f"{where}/id", message)
        yield from _answer_problems(fact.answer, f"{where}/answer")
        if fact.provenance is not None:
            yield from unlisted_sources(
                fact.provenance.sources, sources, f"{where}/provenance/sources"
            )


def _repeated_numbers(indicators: Iterable[Indicator]) -> Iterator[Problem]:
    seen: dict[str | None, str] = {}
    for index, each in enumerate(indicators):
        if each.number is not None and each.number in seen:
            message = f'"{seen[each.number]}" has the number {each.number} already'
            yield Problem("ECEI314", f"/indicators/{index}/number", message)
        seen.setdefault(each.number, each.id)


def _answer_problems(kind: AnswerKind, where: str) -> Iterator[Problem]:
    match kind:
        case Count() | Number() | Year():
            lowest, highest = kind.minimum, kind.maximum
            if lowest is not None and highest is not None and lowest > highest:
                message = f"the minimum {plain(lowest)} is above the maximum {plain(highest)}"
                yield Problem("ECEI313", where, message)
        case Choice(options=options) | Choices(options=options) | Breakdown(options=options):
            yield from repeated_ids((each.id for each in options), f"{where}/options", "option")
        case Share() | YesNo():
            return
        case unreachable:
            assert_never(unreachable)
