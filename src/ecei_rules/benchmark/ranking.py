"""The ranks of one interview among the interviews of a benchmark."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, assert_never

from attrs import field, frozen

from ecei_rules.benchmark.benchmark import Figures, Level
from ecei_rules.benchmark.check import ruleset_mismatches
from ecei_rules.benchmark.estimates import (
    MEDIAN,
    Attainment,
    ClassRange,
    PercentileRange,
    ShareRange,
    attainment,
    middle_half,
    percentile_range,
    quartile,
    share_of_choosers,
    share_range,
)
from ecei_rules.benchmark.groups import HIGHEST_FIRST, Family, GroupName, groups_of
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
    has_value,
    option_named,
    share_of,
)
from ecei_rules.diagnostics.errors import (
    DigestMismatch,
    InvalidDocument,
    WrongCatalogue,
)
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.digest import digest
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.grading import graded_indicators, total_score
from ecei_rules.interviews.answers import Answer
from ecei_rules.interviews.interview import require_fitting_answers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecei_rules.benchmark.benchmark import Benchmark, Subject
    from ecei_rules.evaluation.assessment import GradedIndicator
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


_MISFIT = "the interview has the catalogue of the benchmark"


@frozen
class Rank:
    """
    The rank of a number in a group, as far as the rounded counts tell.

    *number* is the class that the number is in. At least the share *low* of the *percentile*
    range of the group, from 0 to 1, is below the number, and at most *high*. The *median*
    and the *middle_half* of the group are in the classes given. Source: docs/benchmark.md,
    "The rank of an interview".
    """

    number: int
    percentile: PercentileRange
    median: ClassRange
    middle_half: ClassRange


@frozen
class Agreement:
    """
    About the share of a group that chose the same, for each class or option of the answer.

    The names are the options of a class, with commas between them. A share is `None` if it
    is withheld, or too few organisations chose it, or did not, for a table of its own.
    """

    shares: FrozenMap[str, ShareRange | None] = field(converter=FrozenMap[str, ShareRange | None])


@frozen
class PartRanks:
    """The rank of the share of each option of a breakdown that has a table that is shown."""

    ranks: FrozenMap[str, Rank] = field(converter=FrozenMap[str, Rank])


#: The result of comparing an answer with those of a group.
Position = Rank | Agreement | PartRanks | Attainment


@frozen
class Placing:
    """
    One answer of an interview, or its points, compared with those of one group.

    *position* is given if the interview has an *answer* and the group has *figures* of the
    indicator; for points it is the `Attainment` of the group. Without them *withheld* says
    whether the benchmark withholds them, or the group is not listed.
    """

    family: Family
    group: str | None
    level: Level
    id: str | None
    answer: Answer | None
    grade: str | None
    figures: Figures | None = field(default=None, kw_only=True)
    position: Position | None = field(default=None, kw_only=True)
    withheld: Literal["withheld", "not_listed"] | None = field(default=None, kw_only=True)


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
        InvalidAnswers: an answer of the interview does not fit its question.
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
    require_fitting_answers(interview)
    problems = tuple(ruleset_mismatches(benchmark, ruleset))
    if problems:
        name = "benchmark"
        raise InvalidDocument(name, problems)
    grades = graded_indicators(interview, ruleset)
    answers = [
        (subject, *_answer(subject, interview, ruleset, grades)) for subject in benchmark.subjects
    ]
    groups = groups_of(interview.cluster, HIGHEST_FIRST)
    return tuple(each for group in groups for each in _in_group(benchmark, group, answers))


def _answer(
    subject: Subject,
    interview: Interview,
    ruleset: Ruleset,
    grades: Mapping[str, GradedIndicator],
) -> tuple[Answer | None, str | None]:
    """Return the answer and its grade, or the points if they are settled."""
    if subject.level == "indicator":
        assert subject.id is not None, "an indicator has an id"
        graded = grades.get(subject.id)
        return interview.answers.get(subject.id), graded.grade if graded else None
    score = total_score(grades[each.id].score for each in ruleset.graded(subject.id))
    return (score.low if score.low == score.high else None), None


def _in_group(
    benchmark: Benchmark,
    called: GroupName,
    answers: list[tuple[Subject, Answer | None, str | None]],
) -> Iterator[Placing]:
    group = benchmark.group(called.family, called.name)
    figures = {each.indicator: each for each in group.figures} if group else {}
    for subject, answer, grade in answers:
        shown = figures.get(subject.id or "") if subject.level == "indicator" else None
        found: Position | None
        if shown is not None:
            found = position(subject, shown, answer)
        elif group is not None and subject.level != "indicator":
            found = attainment(benchmark, group, subject.id)
        else:
            found = None
        missing = shown is None and (subject.level == "indicator" or found is None)
        yield Placing(
            called.family,
            called.name,
            subject.level,
            subject.id,
            answer,
            grade,
            figures=shown,
            position=found,
            withheld=("withheld" if group else "not_listed") if missing else None,
        )


def position(subject: Subject, figures: Figures, answer: Answer | None) -> Position | None:
    """Compare an answer with the figures of a group; without a value return `None`."""
    if answer is None or not has_value(answer):
        return None
    same: dict[str, ShareRange | None] = {}
    answered = figures.answered
    ranks: dict[str, Rank] = {}
    for table, counts in zip(subject.tables, figures.counts, strict=True):
        match table:
            case Intervals():
                assert isinstance(answer, int | Decimal), _MISFIT
                return _rank(table.class_of(answer), counts, answered)
            case OptionClasses(classes=classes):
                number = table.class_of(option_named(answer))
                share = share_range(counts, answered, [number]) if counts else None
                return Agreement({", ".join(classes[number]): share})
            case Chosen(option=option):
                assert isinstance(answer, tuple), _MISFIT
                if option in answer:
                    same[option] = share_of_choosers(counts[0], answered) if counts else None
            case PartIntervals(option=option):
                assert isinstance(answer, FrozenMap), _MISFIT
                rank = _rank(table.class_of(share_of(answer, option)), counts, answered)
                if rank is not None:
                    ranks[option] = rank
            case GradeClasses():
                pass
            case unreachable:
                assert_never(unreachable)
    if isinstance(answer, FrozenMap):
        return PartRanks(ranks)
    assert isinstance(answer, tuple), "every other answer has one table"
    return Agreement({option: same.get(option) for option in answer})


def _rank(number: int, counts: tuple[int, ...], answered: int) -> Rank | None:
    if not counts:
        return None
    return Rank(
        number,
        percentile_range(counts, answered, number),
        quartile(counts, answered, MEDIAN),
        middle_half(counts, answered),
    )
