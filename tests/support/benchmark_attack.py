"""
An attack on benchmarks that tries to read off what single organisations answered.

The attacker knows the document, who is in which group, and which answers are possible. For
every organisation and table an integer programme (HiGHS) asks whether the organisation can be
in another class: whether some assignment of possible answers to all organisations, in which it
is, agrees with every published count. It shares no code with the audit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

import ecei_rules as er
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
)
from ecei_rules.interviews.catalogue import Breakdown, Choices

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.benchmark.tables import Table

#: The classes of one answer: its state, then its class in each table.
Classes = tuple[int | str | None, ...]
#: The day of a document, the family and the name of one of its groups.
GroupKey = tuple[date, str, str | None]
EVERYBODY = "everybody", None
#: In seconds, for one integer programme.
_TIME_LIMIT = 600
#: How far from the best an assignment of answers like those given may be.
_GAP = 0.5
#: In how many tables the classes of an answer like another one differ from it.
_FEW = 2
#: The fewest answers of a group that version 1 of the format told.
_MINIMUM = 5
_AMOUNTS = (1, 2, 3, 5, 8, 13, 21)


class Pinned(NamedTuple):
    """An indicator, the groups of some organisations, and the class that they must be in."""

    indicator: str
    groups: tuple[GroupKey, ...]
    column: int
    found: int | str | None


class Count(NamedTuple):
    """What is known of one count: the organisations of a group with a class in a column."""

    group: GroupKey
    column: int
    found: int | str | None
    low: int
    high: float


def classes_of(answer: Any, grade: str | None, tables: Sequence[Table]) -> Classes:
    """Return the state of an answer and its class in each table, found in another way."""
    if answer is None:
        return ("unanswered", *("unanswered" for _ in tables))
    if isinstance(answer, er.NotApplicable):
        return ("not applicable", *("not applicable" for _ in tables))
    found: list[int | str | None] = ["answered"]
    for table in tables:
        match table:
            case Intervals(bounds=bounds, includes="low"):
                found.append(sum(answer >= bound for bound in bounds))
            case Intervals(bounds=bounds):
                found.append(sum(answer > bound for bound in bounds))
            case OptionClasses(classes=classes):
                name = (
                    {True: "yes", False: "no"}.get(answer, answer)
                    if isinstance(answer, bool)
                    else answer
                )
                found += [number for number, each in enumerate(classes) if name in each]
            case Chosen(option=option):
                found.append(0 if option in answer else "other")
            case PartIntervals(option=option, bounds=bounds):
                share = Decimal(100 * answer.get(option, 0)) / max(1, sum(answer.values()))
                found.append(sum(share >= bound for bound in bounds))
            case GradeClasses(classes=classes):
                found += [number for number, each in enumerate(classes) if grade in each]
    return tuple(found)


def known_counts(
    documents: Iterable[Benchmark], indicator: str, tables: Sequence[Table]
) -> Iterator[Count]:
    """Yield what some documents tell about the answers to an indicator."""
    for document in documents:
        for group in document.groups:
            key = document.on, group.family, group.name
            everybody = key[1:] == EVERYBODY
            for figures in group.figures:
                if figures.indicator != indicator:
                    continue
                states = figures.answered, figures.not_applicable, figures.unanswered
                for state, count in zip(
                    ("answered", "not applicable", "unanswered"), states, strict=True
                ):
                    least = document.minimum if state == "answered" else 0
                    yield Count(key, 0, state, max(least, count - 2), count + 2)
                own = _tables_of(document, indicator)
                for table, counts in zip(own, figures.counts, strict=True):
                    column = 1 + tables.index(table)
                    for number, count in enumerate(counts):
                        least = max(count - 2, 10 if everybody else 0)
                        yield Count(key, column, number, least, count + 2)
                    if everybody and isinstance(table, Chosen):
                        yield Count(key, column, "other", 10, np.inf)


def _tables_of(document: Benchmark, indicator: str) -> Sequence[Table]:
    return next(each.tables for each in document.subjects if each.id == indicator)


def possible_answers(answer: Any, kind: Any) -> Iterator[Any]:
    """Yield answers near another one, in which an attacker cannot see a contradiction."""
    yield answer
    if isinstance(kind, Breakdown) and isinstance(answer, er.FrozenMap):
        names = [option.id for option in kind.options]
        whole = sum(answer.values())
        for source, target in permutations(names, 2):
            held = answer.get(source, 0)
            for amount in {*_AMOUNTS, *(whole * each // 100 for each in range(5, 60, 5)), held}:
                if 0 < amount <= held:
                    yield er.FrozenMap(
                        {**answer, source: held - amount, target: answer.get(target, 0) + amount}
                    )


class Attacked(NamedTuple):
    """The organisations of a corpus, the groups of each, and the rules of the benchmark."""

    corpus: Sequence[er.Interview]
    groups: Sequence[tuple[GroupKey, ...]]
    ruleset: er.Ruleset


def pinned(
    documents: Sequence[Benchmark],
    attacked: Attacked,
    indicator: str,
    *,
    exact: Sequence[Count] = (),
    told: Container[int] = (),
) -> tuple[list[Pinned], int]:
    """
    Return who has the same class in every assignment that agrees with some documents.

    Also return the number of organisations and tables that were attacked. The attacker may
    know *exact* counts besides, and what the organisations with the numbers *told* answered.
    Answers like those given are tried first: they set nearly everybody free, and quickly.
    Only for the rest all possible answers are tried.
    """
    tables = list(
        dict.fromkeys(table for each in documents for table in _tables_of(each, indicator))
    )
    known = [*known_counts(documents, indicator, tables), *exact]
    if not known:
        return [], 0
    cells = _cells(attacked, {each.group for each in known}, told)
    true = _true_classes(attacked, indicator, tables)
    possible = [
        {true[members[0]]} if members[0] in told else classes
        for classes, (_, members) in zip(
            _possible_classes(attacked, indicator, tables, cells), cells, strict=True
        )
    ]
    return _read_off(indicator, _Situation(cells, true, known), possible, told)


def pinned_by_values(attacked: Attacked, indicator: str) -> tuple[list[Pinned], int]:
    """Return who is pinned by what version 1 of the format told: how often each value occurs."""
    true: list[Classes] = []
    for interview in attacked.corpus:
        answer = interview.answers.get(indicator)
        if answer is None or isinstance(answer, er.NotApplicable):
            true.append(("unanswered", "unanswered"))
        else:
            true.append(("answered", str(answer)))
    counts: dict[GroupKey, Counter[Any]] = defaultdict(Counter)
    for (_, value), groups in zip(true, attacked.groups, strict=True):
        for group in groups:
            counts[group][value] += 1
    known = [
        Count(group, 1, value, count, count)
        for group, values in counts.items()
        if values.total() - values["unanswered"] >= _MINIMUM
        for value, count in values.items()
    ]
    cells = _cells(attacked, {each.group for each in known}, ())
    return _read_off(indicator, _Situation(cells, true, known), [set(true)] * len(cells), ())


class _Situation(NamedTuple):
    """The members of each cell, the true classes of everybody, and the known counts."""

    cells: Sequence[Cell]
    true: Sequence[Classes]
    known: Sequence[Count]


def _read_off(
    indicator: str,
    situation: _Situation,
    possible: Sequence[set[Classes]],
    told: Container[int],
) -> tuple[list[Pinned], int]:
    cells, true, _ = situation
    left = {
        (cell, place, classes[place])
        for cell, (_, members) in enumerate(cells)
        if members[0] not in told
        for classes in [true[members[0]]]
        for place in range(len(classes))
        if all(true[member][place] == classes[place] for member in members)
        and classes[place] != "answered"
    }
    size = len(left)
    given = set(true)
    alike = [
        {
            each
            for each in classes
            if each in given or any(_differing(each, true[one]) <= _FEW for one in members)
        }
        for classes, (_, members) in zip(possible, cells, strict=True)
    ]
    _set_free(left, alike, situation, _GAP)
    _set_free(left, possible, situation, 0)
    return [
        Pinned(indicator, cells[cell].groups, place, found)
        for cell, place, found in sorted(left, key=str)
    ], size


class Cell(NamedTuple):
    """The organisations of one combination of groups, by their numbers."""

    groups: tuple[GroupKey, ...]
    members: tuple[int, ...]


def _cells(attacked: Attacked, shown: set[GroupKey], told: Container[int]) -> list[Cell]:
    """Return the organisations in the same shown groups; who told an answer is alone."""
    cells: dict[tuple[tuple[GroupKey, ...], int | None], list[int]] = defaultdict(list)
    for number, each in enumerate(attacked.groups):
        groups = tuple(group for group in each if group in shown)
        cells[groups, number if number in told else None].append(number)
    return [Cell(groups, tuple(members)) for (groups, _), members in cells.items()]


def _classified(
    attacked: Attacked, indicator: str, tables: Sequence[Table], answer: Any, on: date
) -> Classes:
    grading = attacked.ruleset.grading.get(indicator)
    value = answer is not None and not isinstance(answer, er.NotApplicable)
    grade = grading.grade_of(answer, on).grade if grading and value else None
    return classes_of(answer, grade, tables)


def _true_classes(attacked: Attacked, indicator: str, tables: Sequence[Table]) -> list[Classes]:
    return [
        _classified(attacked, indicator, tables, each.answers.get(indicator), each.conducted.on)
        for each in attacked.corpus
    ]


def _possible_classes(
    attacked: Attacked,
    indicator: str,
    tables: Sequence[Table],
    cells: Sequence[Cell],
) -> list[set[Classes]]:
    """Return, for each cell, the classes that an attacker has to think possible."""
    corpus, kind = attacked.corpus, attacked.ruleset.catalogue.asked[indicator].answer
    common = set(_true_classes(attacked, indicator, tables))
    if isinstance(kind, Choices):
        options = [option.id for option in kind.options]
        subsets = (some for size in range(len(options) + 1) for some in combinations(options, size))
        on = corpus[0].conducted.on
        common |= {_classified(attacked, indicator, tables, some, on) for some in subsets}
    return [
        common
        | {
            _classified(attacked, indicator, tables, answer, corpus[member].conducted.on)
            for member in members
            for answer in possible_answers(corpus[member].answers.get(indicator), kind)
        }
        for _, members in cells
    ]


def _differing(one: Classes, other: Classes) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _set_free(
    left: set[tuple[int, int, Any]],
    possible: Sequence[set[Classes]],
    situation: _Situation,
    gap: float,
) -> None:
    """Take those away who, in some assignment, are not all in the class that they are in."""
    cells, true, known = situation
    columns = []
    for cell, (each, (groups, members)) in enumerate(zip(possible, cells, strict=True)):
        labelled = any(family == "label" for _, family, _ in groups)
        for classes in sorted(each, key=str):
            held = sum(true[member] == classes for member in members)
            most = held if labelled and classes[0] != "answered" else len(members)
            columns.append((cell, classes, most))
    matrix, low, high = _constraints(columns, cells, known)
    bounds = Bounds(np.zeros(len(columns)), np.array([most for _, _, most in columns]))
    while left:
        cost = [
            sum((cell, place, each) in left for place, each in enumerate(classes))
            for cell, classes, _ in columns
        ]
        result = milp(
            np.array(cost),
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(len(columns)),
            bounds=bounds,
            options={"time_limit": _TIME_LIMIT, "mip_rel_gap": gap},
        )
        assert result.x is not None, f"the true answers agree with the documents: {result.message}"
        numbers: dict[tuple[int, int, Any], int] = defaultdict(int)
        for (cell, classes, _), count in zip(columns, np.round(result.x), strict=True):
            for place, each in enumerate(classes):
                numbers[cell, place, each] += int(count)
        free = {each for each in left if numbers[each] < len(cells[each[0]].members)}
        if not free:
            return
        left -= free


def exact_counts(document: Benchmark, attacked: Attacked, indicator: str) -> list[Count]:
    """Return the exact counts of a question in the classes of a document, with none withheld."""
    true = _true_classes(attacked, indicator, _tables_of(document, indicator))
    counts: dict[tuple[GroupKey, int, Any], int] = defaultdict(int)
    for classes, groups in zip(true, attacked.groups, strict=True):
        for column, found in enumerate(classes):
            for group in groups:
                counts[group, column, found] += 1
    return [Count(*place, count, count) for place, count in counts.items()]


def _constraints(
    columns: Sequence[tuple[int, Classes, int]], cells: Sequence[Cell], known: Sequence[Count]
) -> tuple[Any, list[float], list[float]]:
    rows = [cell for cell, _, _ in columns]
    places = list(range(len(columns)))
    low: list[float] = [len(members) for _, members in cells]
    high = low.copy()
    by_class: dict[tuple[GroupKey, int, Any], list[int]] = defaultdict(list)
    for place, (cell, classes, _) in enumerate(columns):
        for column, found in enumerate(classes):
            for group in cells[cell].groups:
                by_class[group, column, found].append(place)
    for count in known:
        chosen = by_class[count.group, count.column, count.found]
        rows += [len(low)] * len(chosen)
        places += chosen
        low.append(count.low)
        high.append(count.high)
    data = np.ones(len(rows))
    return csr_array((data, (rows, places)), shape=(len(low), len(columns))), low, high
