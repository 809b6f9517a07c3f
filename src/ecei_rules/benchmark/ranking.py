"""The ranks of one interview among the interviews of a benchmark."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, assert_never

from attrs import field, frozen

from ecei_rules.benchmark.benchmark import Figures, Level
from ecei_rules.benchmark.build import groups_of, values_of
from ecei_rules.benchmark.check import ruleset_mismatches
from ecei_rules.benchmark.disclosure_control import (
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
    truncated,
)
from ecei_rules.benchmark.tallies import chosen_options
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
    The rank of a number in a group.

    *percentile*, from 0 to 1, is the exact share of the group below the number, plus half of
    the share with the same number. *quarter* is from 1, the lowest, to 4. Where the
    benchmark keeps fewer digits, *value* is the number with as many. For points and numbers
    the unit is that of the subject, for a breakdown per mille.
    Source: docs/benchmark.md, "The rank of an interview".
    """

    value: int | Decimal
    percentile: Fraction
    quarter: int


@frozen
class Agreement:
    """The share of a group, from 0 to 1, that chose the same, for each chosen option."""

    shares: FrozenMap[str, Fraction] = field(converter=FrozenMap[str, Fraction])


@frozen
class PartRanks:
    """The rank of each option of a breakdown; values are in per mille of the whole."""

    ranks: FrozenMap[str, Rank] = field(converter=FrozenMap[str, Rank])


#: The result of comparing an answer with those of a group.
Position = Rank | Agreement | PartRanks


@frozen
class Placing:
    """
    One answer of an interview, or its points, compared with those of one group.

    *position* is given if the interview has an *answer* and the group has *figures*.
    Otherwise *withheld* is the reason why there are no figures: that of the benchmark, or
    `not_listed` if the group has too few organisations or none.
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
    Compare an interview, subject by subject, with each group that it can be compared with.

    The groups are everybody, the holders of each label, its portfolio and its country.
    Points are those under *ruleset*, by default the shipped ruleset of the benchmark. The
    result says no more about other organisations than the benchmark does.
    Source: docs/benchmark.md, "The rank of an interview".

    Raises:
        WrongCatalogue: the interview was held with another edition of the catalogue.
        UnknownEdition: the ruleset of the benchmark is not a shipped one.
        DigestMismatch: *ruleset* is not the ruleset of the benchmark.
        InvalidDocument: the subjects or figures of the benchmark do not fit its ruleset.
    """
    expected = benchmark.ruleset
    reference = f"{expected.label}@{expected.version}"
    if ruleset is None:
        ruleset = shipped().ruleset(expected.label, version=expected.version)
    if digest(ruleset) != expected.digest:
        msg = f"the ruleset {reference}"
        raise DigestMismatch(msg, expected.digest, digest(ruleset))
    if digest(interview.catalogue) != benchmark.catalogue.digest:
        judged = f"{benchmark.catalogue.id}@{benchmark.catalogue.version}"
        raise WrongCatalogue(interview.catalogue.reference, reference, judged)
    problems = tuple(ruleset_mismatches(benchmark, ruleset))
    if problems:
        name = "benchmark"
        raise InvalidDocument(name, problems)
    grades = {each.id: grade_indicator(interview, ruleset, each) for each in ruleset.graded(None)}
    values = values_of(interview, ruleset, benchmark.subjects, grades)
    answers = list(zip(benchmark.subjects, values, strict=True))
    groups = groups_of(interview.cluster, HIGHEST_FIRST)
    return tuple(each for group in groups for each in _in_group(benchmark, group, answers))


def _in_group(
    benchmark: Benchmark,
    called: GroupName,
    answers: list[tuple[Subject, tuple[Answer | None, str | None]]],
) -> Iterator[Placing]:
    group = benchmark.group(called.family, called.name)
    figures = {each.key: each for each in group.figures} if group else {}
    reasons = {each.key: each.reason for each in group.withheld} if group else {}
    for subject, (answer, grade) in answers:
        shown = figures.get(subject.key)
        yield Placing(
            called.family,
            called.name,
            subject.level,
            subject.id,
            answer,
            grade,
            figures=shown,
            position=position(shown, answer) if shown is not None else None,
            withheld=None if shown else reasons.get(subject.key, "not_listed"),
        )


def position(figures: Figures, answer: Answer | None) -> Position | None:
    """Compare an answer with the figures of a group; without an answer return `None`."""
    if answer is None or isinstance(answer, NotApplicable):
        return None
    match figures.distribution:
        case Numbers(values=values, counts=counts, digits=digits):
            assert isinstance(answer, int | Decimal), "the interview has the benchmark's catalogue"
            value = answer if digits is None else truncated(answer, digits)
            share = percentile(values, counts, value)
            return Rank(value, share, quarter(share))
        case Options(counts=by_option):
            options = chosen_options(answer)
            return Agreement(
                {name: Fraction(by_option[name], figures.answered) for name in options}
            )
        case Parts(parts=parts):
            assert isinstance(answer, FrozenMap), "the interview has the benchmark's catalogue"
            if not any(answer.values()):
                return None
            shares = shares_of(answer, [each.option for each in parts])
            return PartRanks({each.option: _rank(each, shares[each.option]) for each in parts})
        case unreachable:
            assert_never(unreachable)


def _rank(part: Part, value: int) -> Rank:
    share = percentile(part.values, part.counts, value)
    return Rank(value, share, quarter(share))
