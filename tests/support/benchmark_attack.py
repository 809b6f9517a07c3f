"""
An attack on benchmarks that tries to read off what single organisations answered.

The attacker knows the document, who is in which group, and which answers are possible. For
every organisation and table an integer programme (HiGHS) asks whether the organisation can be
in another class: whether some assignment of possible answers to all organisations, in which it
is, agrees with every published count. It shares no code with the audit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from attrs import evolve
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

import ecei_rules as er
from ecei_rules.benchmark.synthetic.random_draws import RandomDraws
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
)
from ecei_rules.interviews.catalogue import Breakdown, Choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.benchmark.tables import Table

#: The classes of one answer: its state, then its class in each table.
Classes = tuple[int | str | None, ...]
GroupKey = tuple[str, str | None]
#: In seconds, for one integer programme.
_TIME_LIMIT = 600
#: How far from the best an assignment of answers like those given may be.
_GAP = 0.5
#: In how many tables the classes of an answer like another one differ from it.
_FEW = 2
#: The share of answers that are drawn to the commonest.
_ALIKE = 0.8
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


def memberships(
    corpus: Iterable[er.Interview], ruleset: er.Ruleset, on: date
) -> list[tuple[GroupKey, ...]]:
    """Return the groups of each organisation, as the public register would give them."""
    groups = []
    for interview in corpus:
        awards = er.awards_in(er.LabelHistory(interview.history), er.shipped())
        labels = {award.label for award in awards if award.first <= on <= award.until}
        validity = er.assess(interview, ruleset).validity
        if validity is not None and validity.first <= on <= validity.until:
            labels.add(ruleset.label)
        portfolio = interview.cluster.comparative_portfolio
        own: list[GroupKey] = [("everybody", None), ("country", interview.cluster.country)]
        own += [("portfolio", portfolio)] if portfolio else []
        groups.append((*own, *(("label", label) for label in sorted(labels))))
    return groups


def classes_of(answer: Any, grade: str | None, tables: Sequence[Table]) -> Classes:
    """Return the state of an answer and its class in each table, found in another way."""
    if answer is None or (isinstance(answer, er.FrozenMap) and not any(answer.values())):
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
                share = Decimal(100 * answer.get(option, 0)) / sum(answer.values())
                found.append(sum(share >= bound for bound in bounds))
            case GradeClasses(classes=classes):
                found += [number for number, each in enumerate(classes) if grade in each]
    return tuple(found)


def known_counts(documents: Iterable[Benchmark], indicator: str) -> Iterator[Count]:
    """Yield what some documents tell about the answers to an indicator."""
    for document in documents:
        subject = next(each for each in document.subjects if each.id == indicator)
        for group in document.groups:
            key = group.family, group.name
            for figures in group.figures:
                if figures.indicator != indicator:
                    continue
                states = figures.answered, figures.not_applicable, figures.unanswered
                for state, count in zip(
                    ("answered", "not applicable", "unanswered"), states, strict=True
                ):
                    least = document.minimum if state == "answered" else 0
                    yield Count(key, 0, state, max(least, count - 2), count + 2)
                for column, (table, counts) in enumerate(
                    zip(subject.tables, figures.counts, strict=True), start=1
                ):
                    everybody = key == ("everybody", None)
                    for number, count in enumerate(counts):
                        least = max(count - 2, 10 if everybody else 0)
                        yield Count(key, column, number, least, count + 2)
                    if everybody and isinstance(table, Chosen):
                        yield Count(key, column, "other", 10, np.inf)


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
    documents: Sequence[Benchmark], attacked: Attacked, indicator: str, exact: Sequence[Count] = ()
) -> tuple[list[Pinned], int]:
    """
    Return who has the same class in every assignment that agrees with some documents.

    Also return the number of organisations and tables that were attacked. The attacker may
    know *exact* counts besides. Answers like those given are tried first: they set nearly
    everybody free, and quickly. Only for the rest all possible answers are tried.
    """
    subject = next(each for each in documents[0].subjects if each.id == indicator)
    known = [*known_counts(documents, indicator), *exact]
    if not known:
        return [], 0
    cells = _cells(attacked, {each.group for each in known})
    true = _true_classes(attacked, indicator, subject.tables)
    left = {
        (cell, place, classes[place])
        for cell, each in enumerate(cells.values())
        for classes in [true[each[0]]]
        for place in range(len(classes))
        if all(true[member][place] == classes[place] for member in each)
        and classes[place] != "answered"
    }
    size = len(left)
    possible = _possible_classes(attacked, indicator, subject.tables, cells)
    alike = [
        {each for each in classes if any(_differing(each, true[one]) <= _FEW for one in members)}
        | set(true)
        for classes, members in zip(possible, cells.values(), strict=True)
    ]
    for tried, gap in ((alike, _GAP), (possible, 0.0)):
        _set_free(left, tried, _Situation(cells, true, known), gap)
    names = list(cells)
    return [
        Pinned(indicator, names[cell], place, found) for cell, place, found in sorted(left, key=str)
    ], size


class _Situation(NamedTuple):
    """The members of each combination of groups, the true classes, and the known counts."""

    cells: dict[tuple[GroupKey, ...], list[int]]
    true: Sequence[Classes]
    known: Sequence[Count]


def _cells(attacked: Attacked, shown: set[GroupKey]) -> dict[tuple[GroupKey, ...], list[int]]:
    """Return the numbers of the organisations that are in the same shown groups."""
    cells: dict[tuple[GroupKey, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(attacked.groups):
        cells[tuple(group for group in each if group in shown)].append(number)
    return cells


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
    cells: dict[tuple[GroupKey, ...], list[int]],
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
        for members in cells.values()
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
    true, known = situation.true, situation.known
    names, members = list(situation.cells), list(situation.cells.values())
    columns = []
    for cell, each in enumerate(possible):
        labelled = any(family == "label" for family, _ in names[cell])
        for classes in sorted(each, key=str):
            held = sum(true[member] == classes for member in members[cell])
            most = held if labelled and classes[0] != "answered" else len(members[cell])
            columns.append((cell, classes, most))
    matrix, low, high = _constraints(columns, names, members, known)
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
        free = {each for each in left if numbers[each] < len(members[each[0]])}
        if not free:
            return
        left -= free


def exact_counts(document: Benchmark, attacked: Attacked, indicator: str) -> list[Count]:
    """Return the exact counts of a question in the classes of a document, with none withheld."""
    subject = next(each for each in document.subjects if each.id == indicator)
    grading = attacked.ruleset.grading[indicator]
    counts: dict[tuple[GroupKey, int, Any], int] = defaultdict(int)
    for interview, names in zip(attacked.corpus, attacked.groups, strict=True):
        answer = interview.answers.get(indicator)
        value = answer is not None and not isinstance(answer, er.NotApplicable)
        grade = grading.grade_of(answer, interview.conducted.on).grade if value else None
        for column, found in enumerate(classes_of(answer, grade, subject.tables)):
            for group in names:
                counts[group, column, found] += 1
    return [Count(*place, count, count) for place, count in counts.items()]


def drawn_together(corpus: Iterable[er.Interview], seed: int) -> list[er.Interview]:
    """
    Return interviews in which four of five answers are those commonest among their like.

    Their like are everybody, the country or the portfolio, by question. Real organisations
    resemble each other more than invented ones do, and where groups agree, counts tell more.
    """
    corpus, draws = list(corpus), RandomDraws(seed, 0)
    names = list(corpus[0].catalogue.asked)
    families = ("everybody", "country", "portfolio")
    like = {name: families[draws.below(len(families))] for name in names}

    def group(interview: er.Interview, name: str) -> str | None:
        cluster = interview.cluster
        by_family = {"country": cluster.country, "portfolio": cluster.comparative_portfolio}
        return by_family.get(like[name])

    common: dict[tuple[str, str | None], Counter[Any]] = defaultdict(Counter)
    for interview in corpus:
        for name, answer in interview.answers.items():
            common[name, group(interview, name)][answer] += 1
    return [
        evolve(
            interview,
            answers={
                name: common[name, group(interview, name)].most_common(1)[0][0]
                if draws.rank() < _ALIKE
                else answer
                for name, answer in interview.answers.items()
            },
        )
        for interview in corpus
    ]


def _constraints(
    columns: Sequence[tuple[int, Classes, int]],
    names: Sequence[tuple[GroupKey, ...]],
    members: Sequence[Sequence[int]],
    known: Sequence[Count],
) -> tuple[Any, list[float], list[float]]:
    rows: list[int] = []
    places: list[int] = []
    low: list[float] = []
    high: list[float] = []
    for cell, each in enumerate(members):
        rows += [cell] * sum(column[0] == cell for column in columns)
        places += [place for place, column in enumerate(columns) if column[0] == cell]
        low.append(len(each))
        high.append(len(each))
    by_class: dict[tuple[int, Any], list[int]] = defaultdict(list)
    for place, (_, classes, _) in enumerate(columns):
        for number, found in enumerate(classes):
            by_class[number, found].append(place)
    for count in known:
        row = len(low)
        chosen = [
            place
            for place in by_class[count.column, count.found]
            if count.group in names[columns[place][0]]
        ]
        rows += [row] * len(chosen)
        places += chosen
        low.append(count.low)
        high.append(count.high)
    data = np.ones(len(rows))
    return csr_array((data, (rows, places)), shape=(len(low), len(columns))), low, high
