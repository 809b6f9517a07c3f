"""Where one interview stands among those of a benchmark."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, assert_never

from attrs import field, frozen

from ecei_rules.benchmark.benchmark import Figures, Level
from ecei_rules.benchmark.build import groups_of, values_of
from ecei_rules.benchmark.check import misfits_with
from ecei_rules.benchmark.disclosure_control import (
    FAMILIES,
    HIGHEST_FIRST,
    Family,
    GroupName,
    Reason,
)
from ecei_rules.benchmark.distribution import (
    Numbers,
    Options,
    Part,
    Parts,
    percentile,
    quarter,
    shares_of,
    shortened,
)
from ecei_rules.benchmark.tallies import chosen
from ecei_rules.diagnostics.errors import DigestMismatch, InvalidDocument, WrongCatalogue
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.digest import digest
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.grading import grade_indicator
from ecei_rules.interviews.answers import Answer, NotApplicable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.benchmark.benchmark import Benchmark, Subject
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


@frozen
class Rank:
    """
    Where a number stands in a group.

    *percentile* is the share of the group below the number and half of those that have
    the same, exactly; *quarter* is the one it is in, 1 for the lowest. Where the
    benchmark keeps fewer digits, they are of *value* shortened in the same way.
    """

    value: int | Decimal
    percentile: Fraction
    quarter: int


@frozen
class Agreement:
    """Which share of a group gave the same answer: by each option that was chosen."""

    shares: FrozenMap[str, Fraction] = field(converter=FrozenMap[str, Fraction])


@frozen
class PartRanks:
    """Where each option of a breakdown stands in a group, in per mille of the whole."""

    ranks: FrozenMap[str, Rank] = field(converter=FrozenMap[str, Rank])


#: What can be said of an answer beside the answers of a group.
Position = Rank | Agreement | PartRanks


@frozen
class Placing:
    """
    What one answer, or points, of an interview are beside those of one group.

    *position* is there where the interview has an *answer* and the group has *figures*.
    *withheld* says why there are none: as in the benchmark, or the group is not listed
    (*not_listed*), since it has too few organisations or none.
    """

    family: Family
    group: str | None
    level: Level
    id: str | None
    answer: Answer | None
    grade: str | None
    figures: Figures | None = field(default=None, kw_only=True)
    position: Position | None = field(default=None, kw_only=True)
    withheld: Reason | Literal["not_listed"] | None = field(default=None, kw_only=True)


def place(
    benchmark: Benchmark, interview: Interview, *, ruleset: Ruleset | None = None
) -> tuple[Placing, ...]:
    """
    Where an interview stands, subject by subject, in each group it can be compared with.

    These are everybody, the holders of each label, its portfolio and its country. Its
    points are by *ruleset*, by default the shipped one of the benchmark; nothing is
    said of any other organisation than what stands in the benchmark.

    Raises:
        WrongCatalogue: the interview was held with another edition of the catalogue.
        UnknownEdition: the ruleset of the benchmark is no shipped one.
        DigestMismatch: the ruleset is not the one of the benchmark.
        InvalidDocument: the benchmark asks or grades otherwise than its ruleset does.
    """
    named = benchmark.ruleset
    reference = f"{named.label}@{named.version}"
    if ruleset is None:
        ruleset = shipped().ruleset(named.label, version=named.version)
    if digest(ruleset) != named.digest:
        msg = f"the ruleset {reference}"
        raise DigestMismatch(msg, named.digest, digest(ruleset))
    if digest(interview.catalogue) != benchmark.catalogue.digest:
        judged = f"{benchmark.catalogue.id}@{benchmark.catalogue.version}"
        raise WrongCatalogue(interview.catalogue.reference, reference, judged)
    misfits = tuple(misfits_with(benchmark, ruleset))
    if misfits:
        name = "benchmark"
        raise InvalidDocument(name, misfits)
    groups = sorted(
        groups_of(interview.cluster, HIGHEST_FIRST), key=lambda each: FAMILIES.index(each.family)
    )
    grades = {each.id: grade_indicator(interview, ruleset, each) for each in ruleset.graded(None)}
    own = list(values_of(interview, ruleset, benchmark.subjects, grades))
    return tuple(
        each
        for group in groups
        for each in _in_group(benchmark, group, list(zip(benchmark.subjects, own, strict=True)))
    )


def _in_group(
    benchmark: Benchmark,
    called: GroupName,
    own: list[tuple[Subject, tuple[Answer | None, str | None]]],
) -> Iterator[Placing]:
    group = benchmark.group(called.family, called.name)
    figures = {each.key: each for each in group.figures} if group else {}
    reasons = {each.key: each.reason for each in group.withheld} if group else {}
    for subject, (answer, grade) in own:
        there = figures.get(subject.key)
        yield Placing(
            called.family,
            called.name,
            subject.level,
            subject.id,
            answer,
            grade,
            figures=there,
            position=position(there, answer) if there is not None else None,
            withheld=None if there else reasons.get(subject.key, "not_listed"),
        )


def position(figures: Figures, answer: Answer | None) -> Position | None:
    """What can be said of an answer beside some figures; nothing without an answer."""
    if answer is None or isinstance(answer, NotApplicable):
        return None
    match figures.distribution:
        case Numbers(values=values, counts=counts, digits=digits):
            assert isinstance(answer, int | Decimal), "the catalogue is the same"
            kept = answer if digits is None else shortened(answer, digits)
            share = percentile(values, counts, kept)
            return Rank(kept, share, quarter(share))
        case Options(counts=by_option):
            return Agreement(
                {each: Fraction(by_option[each], figures.answered) for each in chosen(answer)}
            )
        case Parts(parts=parts):
            assert isinstance(answer, FrozenMap), "the catalogue is the same"
            if not any(answer.values()):
                return None
            shares = shares_of(answer, [each.option for each in parts])
            return PartRanks({each.option: _rank(each, shares[each.option]) for each in parts})
        case unreachable:
            assert_never(unreachable)


def _rank(part: Part, value: int) -> Rank:
    share = percentile(part.values, part.counts, value)
    return Rank(value, share, quarter(share))
