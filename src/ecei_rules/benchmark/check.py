"""Checks of a benchmark: contradictions in it, and figures that would single somebody out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import assert_never

from ecei_rules.benchmark.disclosure_control import EVERYBODY, FAMILIES, HIGHEST_FIRST
from ecei_rules.benchmark.distribution import Numbers, Options, Parts
from ecei_rules.benchmark.tallies import option_ids
from ecei_rules.diagnostics.phrasing import number_of, quoted
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.benchmark.benchmark import Benchmark, Figures, Group
    from ecei_rules.benchmark.disclosure_control import Family
    from ecei_rules.benchmark.distribution import Distribution
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.ruleset import Ruleset

    SubjectKey = tuple[str, str | None]


def benchmark_problems(benchmark: Benchmark) -> Iterator[Problem]:
    """
    Yield the contradictions in a benchmark, and the figures that single somebody out.

    Differences between a group and everybody are checked, those between two other groups
    are not: a benchmark does not say how many organisations are in both.
    """
    everybody = next((each for each in benchmark.groups if each.called == EVERYBODY), None)
    yield from _benchmark_problems(benchmark, everybody)
    totals = {each.key: each.answered for each in everybody.figures} if everybody else {}
    seen = set()
    for index, group in enumerate(benchmark.groups):
        where = f"/groups/{index}"
        yield from _name_problems(group, where)
        if group.called in seen:
            message = f"the group {quoted([str(group.called)])} is listed twice"
            yield Problem("ECEI444", where, message)
        seen.add(group.called)
        yield from _size_problems(benchmark, group, where)
        yield from _subject_problems(benchmark, group, where)
        for number, figures in enumerate(group.figures):
            place = f"{where}/figures/{number}"
            yield from _figures_problems(benchmark, group, figures, place)
            if group.called == EVERYBODY:
                continue
            if everybody is None or figures.key not in totals:
                message = "the figures are shown, but those of everybody are not"
                yield Problem("ECEI442", place, message)
                continue
            total = totals[figures.key]
            if figures.answered > total:
                message = f"more organisations have a value than the {total} of everybody"
                yield Problem("ECEI443", f"{place}/answered", message)
            differences = (total - figures.answered, everybody.size - group.size)
            yield from _small_count_problems(differences, "not in the group", benchmark, place)
    if everybody is not None:
        for family in FAMILIES[2:]:
            yield from _remainder_problems(benchmark, everybody, family)


def ruleset_mismatches(benchmark: Benchmark, ruleset: Ruleset) -> Iterator[Problem]:
    """Yield the subjects and figures of a benchmark that do not fit the ruleset it names."""
    catalogue = ruleset.catalogue
    known = {
        ("total", None),
        *(("indicator", name) for name in catalogue.asked),
        *(("dimension", each.id) for each in catalogue.dimensions),
    }
    for index, subject in enumerate(benchmark.subjects):
        if subject.key not in known:
            message = f"{_phrase(subject.key)} is not part of the ruleset"
            yield Problem("ECEI444", f"/subjects/{index}", message)
    for index, group in enumerate(benchmark.groups):
        for number, figures in enumerate(group.figures):
            indicator = figures.key in known and figures.level == "indicator"
            kind = catalogue.asked[figures.id or ""].answer if indicator else None
            if not _fits(figures.distribution, kind):
                where = f"/groups/{index}/figures/{number}/distribution"
                message = f"the distribution does not fit {_phrase(figures.key)}"
                yield Problem("ECEI444", where, message)


def _fits(distribution: Distribution, kind: AnswerKind | None) -> bool:
    match kind:
        case None | Count() | Number() | Share() | Year():
            return isinstance(distribution, Numbers)
        case YesNo() | Choice() | Choices():
            options = set(option_ids(kind))
            return isinstance(distribution, Options) and set(distribution.counts) == options
        case Breakdown():
            parts = distribution.parts if isinstance(distribution, Parts) else ()
            return tuple(each.option for each in parts) == option_ids(kind)
        case unreachable:
            assert_never(unreachable)


def _benchmark_problems(benchmark: Benchmark, everybody: Group | None) -> Iterator[Problem]:
    interviews = benchmark.interviews
    if benchmark.made_up > interviews:
        message = f"{benchmark.made_up} interviews are made up, but only {interviews} are counted"
        yield Problem("ECEI443", "/made_up", message)
    if everybody is None and interviews >= benchmark.minimum:
        message = f"the group of everybody is missing, but {interviews} interviews are counted"
        yield Problem("ECEI444", "/groups", message)
    if everybody is not None and everybody.size != interviews:
        message = (
            f"the benchmark counts {interviews} interviews,"
            f" but its group of everybody has {everybody.size}"
        )
        yield Problem("ECEI443", "/interviews", message)
    seen = set()
    for index, subject in enumerate(benchmark.subjects):
        if subject.key in seen:
            message = f"{_phrase(subject.key)} is listed twice"
            yield Problem("ECEI444", f"/subjects/{index}", message)
        seen.add(subject.key)


def _name_problems(group: Group, where: str) -> Iterator[Problem]:
    name = group.name or ""
    match group.family:
        case "everybody":
            fits, expected = group.name is None, "everybody has no name"
        case "label":
            fits, expected = name in HIGHEST_FIRST, f"expected one of {quoted(HIGHEST_FIRST)}"
        case "portfolio":
            fits, expected = bool(name), "expected the name of a portfolio"
        case "country":
            fits = re.fullmatch("[A-Z]{2}", name) is not None
            expected = "expected a country code such as IT"
        case unreachable:
            assert_never(unreachable)
    if not fits:
        yield Problem("ECEI444", where, f"the name of the group does not fit: {expected}")


def _size_problems(benchmark: Benchmark, group: Group, where: str) -> Iterator[Problem]:
    if group.size < benchmark.minimum:
        message = f"the group has {group.size} organisations, fewer than {benchmark.minimum}"
        yield Problem("ECEI441", f"{where}/size", message)
    if group.size > benchmark.interviews:
        message = (
            f"the group has {group.size} organisations, more than the {benchmark.interviews}"
            " of the benchmark"
        )
        yield Problem("ECEI443", f"{where}/size", message)


def _subject_problems(benchmark: Benchmark, group: Group, where: str) -> Iterator[Problem]:
    known = {each.key for each in benchmark.subjects}
    seen = set()
    entries = [(f"{where}/figures/{index}", e.key) for index, e in enumerate(group.figures)]
    entries += [(f"{where}/withheld/{index}", e.key) for index, e in enumerate(group.withheld)]
    for place, key in entries:
        if key not in known:
            message = f"{_phrase(key)} is not a subject of the benchmark"
            yield Problem("ECEI444", place, message)
        elif key in seen:
            yield Problem("ECEI444", place, f"{_phrase(key)} is listed twice")
        seen.add(key)
    for subject in benchmark.subjects:
        if subject.key not in seen:
            message = f"{_phrase(subject.key)} is neither shown nor withheld"
            yield Problem("ECEI444", where, message)


def _figures_problems(
    benchmark: Benchmark, group: Group, figures: Figures, where: str
) -> Iterator[Problem]:
    answered = figures.answered
    if answered < benchmark.minimum:
        message = f"the figures are of {answered} organisations, fewer than {benchmark.minimum}"
        yield Problem("ECEI441", f"{where}/answered", message)
    empty = 0
    match figures.distribution:
        case Numbers(counts=counts):
            wrong = sum(counts) != answered
        case Options(counts=by_option):
            wrong = max(by_option.values(), default=0) > answered
        case Parts(parts=parts):
            wrong, empty = sum(parts[0].counts) != answered, figures.distribution.empty
        case unreachable:
            assert_never(unreachable)
    if wrong:
        message = f"the values are not those of {answered} organisations"
        yield Problem("ECEI443", f"{where}/distribution", message)
    if figures.grades and sum(figures.grades.values()) != answered:
        message = f"the grades are not those of {answered} organisations"
        yield Problem("ECEI443", f"{where}/grades", message)
    for grade in (name for name in figures.grades if name not in benchmark.scale):
        message = f"{quoted([grade])} is not a grade of the scale"
        yield Problem("ECEI444", f"{where}/grades{step(grade)}", message, at_name=True)
    total = answered + figures.unanswered + figures.not_applicable + empty
    if total != group.size:
        message = (
            f"the organisations with and without an answer add up to {total},"
            f" but the group has {group.size}"
        )
        yield Problem("ECEI443", where, message)


def _remainder_problems(
    benchmark: Benchmark, everybody: Group, family: Family
) -> Iterator[Problem]:
    """Yield the small remainders of everybody beside all published groups of a family."""
    published: dict[SubjectKey, list[tuple[str, int, int]]] = defaultdict(list)
    for index, group in enumerate(benchmark.groups):
        for number, figures in enumerate(group.figures if group.family == family else ()):
            where = f"/groups/{index}/figures/{number}"
            published[figures.key].append((where, figures.answered, group.size))
    for total in everybody.figures:
        groups = published[total.key]
        remainders = (
            total.answered - sum(answered for _, answered, _ in groups),
            everybody.size - sum(size for _, _, size in groups),
        )
        # the difference between one group and everybody was checked before
        if len(groups) > 1:
            which = f"in no {family} that is shown"
            yield from _small_count_problems(remainders, which, benchmark, groups[-1][0])


def _small_count_problems(
    counts: tuple[int, ...], which: str, benchmark: Benchmark, where: str
) -> Iterator[Problem]:
    small = next((count for count in counts if 0 < count < benchmark.minimum), None)
    if small is not None:
        message = (
            f"subtracting the figures reveals those of {number_of(small, 'organisation')}"
            f" {which}, fewer than {benchmark.minimum}"
        )
        yield Problem("ECEI442", where, message)


def _phrase(key: SubjectKey) -> str:
    level, name = key
    return f"the {level} {quoted([name])}" if name is not None else f"the {level}"
