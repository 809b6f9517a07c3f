"""Checks of a benchmark: contradictions in it, and figures that would single somebody out."""

from __future__ import annotations

import re
from typing import assert_never

from ecei_rules.benchmark.disclosure.rounding import (
    LEAST_IN_CLASS,
    MINIMUM,
    fewest,
    most,
    rounded,
)
from ecei_rules.benchmark.groups import EVERYBODY, HIGHEST_FIRST
from ecei_rules.benchmark.questions import option_ids
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
)
from ecei_rules.diagnostics.phrasing import number_of, quoted
from ecei_rules.diagnostics.problem import Problem
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
from ecei_rules.interviews.portfolios import PORTFOLIOS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecei_rules.benchmark.benchmark import Benchmark, Figures, Group, Subject
    from ecei_rules.benchmark.tables import Table
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.ruleset import Ruleset

    SubjectKey = tuple[str, str | None]


def benchmark_problems(benchmark: Benchmark) -> Iterator[Problem]:
    """
    Yield the contradictions in a benchmark, and the figures of too few.

    Whether a published count pins an organisation cannot be checked here: that takes the
    organisations in each group, and only building a benchmark knows them.
    """
    everybody = next((each for each in benchmark.groups if each.called == EVERYBODY), None)
    yield from _benchmark_problems(benchmark, everybody)
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
            yield from _figures_problems(benchmark, group, figures, f"{where}/figures/{number}")


def ruleset_mismatches(benchmark: Benchmark, ruleset: Ruleset) -> Iterator[Problem]:
    """Yield the subjects of a benchmark that do not fit the ruleset it names."""
    catalogue = ruleset.catalogue
    known = {
        ("total", None),
        *(("indicator", name) for name in catalogue.asked),
        *(("dimension", each.id) for each in catalogue.dimensions),
    }
    for index, subject in enumerate(benchmark.subjects):
        where = f"/subjects/{index}"
        if subject.key not in known:
            message = f"{_phrase(subject.key)} is not part of the ruleset"
            yield Problem("ECEI444", where, message)
        elif subject.id is not None and subject.level == "indicator":
            kind = catalogue.asked[subject.id].answer
            for number, table in enumerate(subject.tables):
                if not _fits(table, kind):
                    message = f"the table does not fit {_phrase(subject.key)}"
                    yield Problem("ECEI444", f"{where}/tables/{number}", message)


def _fits(table: Table, kind: AnswerKind) -> bool:
    options = set(option_ids(kind))
    match table:
        case Intervals():
            return isinstance(kind, Count | Number | Share | Year)
        case OptionClasses(classes=classes):
            named = {option for each in classes for option in each}
            return isinstance(kind, YesNo | Choice) and named == options
        case Chosen(option=option):
            return isinstance(kind, Choices) and option in options
        case PartIntervals(option=option):
            return isinstance(kind, Breakdown) and option in options
        case GradeClasses():
            return isinstance(kind, Choices | Breakdown)
        case unreachable:
            assert_never(unreachable)


def _benchmark_problems(benchmark: Benchmark, everybody: Group | None) -> Iterator[Problem]:
    interviews = benchmark.interviews
    if benchmark.made_up > interviews:
        message = f"{benchmark.made_up} interviews are made up, but only {interviews} are counted"
        yield Problem("ECEI443", "/made_up", message)
    if (
        everybody is None
        and fewest(rounded(interviews), MINIMUM) >= benchmark.minimum <= interviews
    ):
        message = f"the group of everybody is missing, but {interviews} interviews are counted"
        yield Problem("ECEI444", "/groups", message)
    if everybody is not None and everybody.size != rounded(interviews):
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
        for number, table in enumerate(subject.tables):
            for message in _grade_problems(table, subject, benchmark.scale):
                yield Problem("ECEI444", f"/subjects/{index}/tables/{number}", message)


def _grade_problems(table: Table, subject: Subject, scale: Sequence[str]) -> Iterator[str]:
    grades = table.classes if isinstance(table, GradeClasses) else ()
    if isinstance(table, Intervals | OptionClasses):
        grades = table.grades
        if grades and len(grades) != table.size:
            yield f"there are grades of {len(grades)} classes, of {table.size}"
    named = {grade for some in grades for grade in some}
    for grade in sorted(named - {*scale}):
        yield f"{quoted([grade])} is not a grade of the scale"
    for grade in sorted(named.intersection(scale) - {*subject.points}):
        yield f"the grade {quoted([grade])} has no points in {_phrase(subject.key)}"


def _name_problems(group: Group, where: str) -> Iterator[Problem]:
    name = group.name or ""
    match group.family:
        case "everybody":
            fits, expected = group.name is None, "everybody has no name"
        case "label":
            fits, expected = name in HIGHEST_FIRST, f"expected one of {quoted(HIGHEST_FIRST)}"
        case "portfolio":
            fits, expected = name in PORTFOLIOS, "expected one of the public register's"
        case "country":
            fits = re.fullmatch("[A-Z]{2}", name) is not None
            expected = "expected a country code such as IT"
        case unreachable:
            assert_never(unreachable)
    if not fits:
        yield Problem("ECEI444", where, f"the name of the group does not fit: {expected}")


def _size_problems(benchmark: Benchmark, group: Group, where: str) -> Iterator[Problem]:
    least = fewest(group.size, MINIMUM)
    if least < benchmark.minimum:
        message = f"the group may have only {least} organisations, fewer than {benchmark.minimum}"
        yield Problem("ECEI441", f"{where}/size", message)
    if group.size > rounded(benchmark.interviews):
        message = (
            f"the group has {group.size} organisations, more than the {benchmark.interviews}"
            " of the benchmark"
        )
        yield Problem("ECEI443", f"{where}/size", message)


def _subject_problems(benchmark: Benchmark, group: Group, where: str) -> Iterator[Problem]:
    known = [str(each.id) for each in benchmark.subjects if each.level == "indicator"]
    seen = set()
    entries = [(f"{where}/figures/{index}", e.indicator) for index, e in enumerate(group.figures)]
    entries += [(f"{where}/withheld/{index}", name) for index, name in enumerate(group.withheld)]
    for place, name in entries:
        if name not in known:
            message = f"{_phrase(('indicator', name))} is not a subject of the benchmark"
            yield Problem("ECEI444", place, message)
        elif name in seen:
            yield Problem("ECEI444", place, f"{_phrase(('indicator', name))} is listed twice")
        seen.add(name)
    for name in known:
        if name not in seen:
            message = f"{_phrase(('indicator', name))} is neither shown nor withheld"
            yield Problem("ECEI444", where, message)


def _figures_problems(
    benchmark: Benchmark, group: Group, figures: Figures, where: str
) -> Iterator[Problem]:
    least = fewest(figures.answered, MINIMUM)
    if least < benchmark.minimum:
        message = (
            f"the figures may be of only {least} organisations, fewer than {benchmark.minimum}"
        )
        yield Problem("ECEI441", f"{where}/answered", message)
    states = figures.answered, figures.not_applicable, figures.unanswered
    if not _can_add_up(states, group.size):
        message = (
            f"the organisations with and without an answer add up to {sum(states)},"
            f" but the group has {group.size}"
        )
        yield Problem("ECEI443", where, message)
    subject = next(
        (each for each in benchmark.subjects if each.key == ("indicator", figures.indicator)), None
    )
    if subject is None:
        return
    if len(subject.tables) != len(figures.counts):
        message = (
            f"found counts of {number_of(len(figures.counts), 'table')}, of {len(subject.tables)}"
        )
        yield Problem("ECEI443", f"{where}/counts", message)
        return
    for number, (table, counts) in enumerate(zip(subject.tables, figures.counts, strict=True)):
        if not counts:
            continue
        place = f"{where}/counts/{number}"
        if len(counts) != table.size:
            message = f"found {number_of(len(counts), 'count')} of {table.size} classes"
            yield Problem("ECEI443", place, message)
            continue
        if not _can_add_up(counts, figures.answered, some=isinstance(table, Chosen)):
            message = f"the counts are not those of {figures.answered} organisations"
            yield Problem("ECEI443", place, message)
        if group.called == EVERYBODY and most(min(counts)) < LEAST_IN_CLASS:
            message = (
                f"a class has at most {most(min(counts))} organisations of everybody, fewer than"
                f" {LEAST_IN_CLASS}"
            )
            yield Problem("ECEI442", place, message)


def _can_add_up(parts: tuple[int, ...], whole: int, *, some: bool = False) -> bool:
    """Whether counts can add up to a whole, all of them rounded; or be *some* of it."""
    return sum(map(fewest, parts)) <= most(whole) and (
        some or sum(map(most, parts)) >= fewest(whole, MINIMUM)
    )


def _phrase(key: SubjectKey) -> str:
    level, name = key
    return f"the {level} {quoted([name])}" if name is not None else f"the {level}"
