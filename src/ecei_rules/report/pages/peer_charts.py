"""Charts of one interview beside the groups of a benchmark."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import TypeVar, assert_never

from attrs import evolve, field, frozen

from ecei_rules.benchmark.estimates import (
    MEDIAN,
    Attainment,
    ClassRange,
    ShareRange,
    grade_counts,
    grade_shares,
    middle_half,
    quartile,
    share_of_choosers,
    share_range,
    tells,
)
from ecei_rules.benchmark.ranking import Agreement, Placing, Rank
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
    option_named,
    share_of,
)
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.schema_texts import options_of
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choices,
    Share,
)
from ecei_rules.report.pages.peer_words import between, rank_text, share_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ecei_rules.benchmark.benchmark import Benchmark, Subject
    from ecei_rules.interviews.catalogue import Indicator
    from ecei_rules.report.pages.localisation import Words

Name = TypeVar("Name")

#: Widths of drawings, in their own units: bars of points, classes and parts, grades.
WIDE, BROAD, NARROW = 640, 320, 160
#: The groups in the order in which they are shown; each has a mark of its own.
_ORDER = ("portfolio", "country", "everybody", "gold", "silver", "bronze")


@frozen
class MeanMark:
    """
    The mean points of a group beside a bar: the form of the mark, the range, and its meaning.

    The mean can be anywhere from *low* to *high*.
    """

    style: int
    low: Decimal
    high: Decimal
    title: str
    value: str

    @property
    def middle(self) -> Decimal:
        """The place of the mark, in the middle of the range."""
        return (self.low + self.high) / 2


@frozen
class Piece:
    """A part of a stacked bar."""

    x: Decimal
    width: Decimal
    tone: int
    number: int
    chosen: bool

    @property
    def middle(self) -> Decimal:
        """The place of its middle."""
        return self.x + self.width / 2


@frozen
class GroupRow:
    """
    The chart of one group, or of the cluster itself, for an indicator.

    *caption* is beside the picture; *described* is its text alternative. Without figures
    *missing* says why.
    """

    title: str
    size: int | None = None
    caption: str = ""
    described: str = ""
    pieces: tuple[Piece, ...] = field(default=(), converter=tuple[Piece, ...])
    grades: tuple[Piece, ...] = field(default=(), converter=tuple[Piece, ...])
    grades_caption: str = ""
    grades_described: str = ""
    missing: str = ""


def group_title(placing: Placing, words: Words) -> str:
    """Name the group of a placing."""
    match placing.family:
        case "everybody":
            return words("all clusters")
        case "portfolio":
            return words("portfolio: {portfolio}", portfolio=words.text(placing.group or ""))
        case "country":
            return words("country: {country}", country=words.country(placing.group or ""))
        case "label":
            label = words.text((placing.group or "").capitalize())
            return words("holders of {label}", label=label)
        case unreachable:
            assert_never(unreachable)


def mark_style(placing: Placing) -> int:
    """Return the number of the mark that a group has."""
    name = placing.group if placing.family == "label" else placing.family
    return _ORDER.index(name or "")


def in_order(placings: Iterable[Placing], against: Sequence[str]) -> tuple[Placing, ...]:
    """Sort the placings as they are shown, with the holders of the labels *against* alone."""
    kept = (p for p in placings if p.family != "label" or p.group in against)
    return tuple(sorted(kept, key=mark_style))


def share_reaching(
    placings: Iterable[Placing], benchmark: Benchmark | None, scale: Sequence[str]
) -> dict[str, Fraction]:
    """
    Return for each indicator about the part of the peers that attains at least the own grade.

    The peers are the clusters of the same portfolio, or all of them if it is not shown.
    Grades that are counted together count as the lowest of them.
    """
    parts: dict[str, Fraction] = {}
    subjects = {each.id: each for each in benchmark.subjects} if benchmark else {}
    for family in ("everybody", "portfolio"):
        for placing in placings:
            if placing.family == family and placing.figures and placing.grade and placing.id:
                grades = grade_counts(subjects[placing.id], placing.figures, scale)
                whole = sum(grades.values())
                own = scale.index(placing.grade)
                count = sum(n for each, n in grades.items() if scale.index(each[0]) >= own)
                if whole:
                    parts[placing.id] = Fraction(count, whole)
    return parts


def means(placings: Iterable[Placing], words: Words) -> tuple[MeanMark, ...]:
    """Return the marks of the mean points of the groups of which they tell anything."""
    marks = []
    for placing in placings:
        if isinstance(placing.position, Attainment):
            share, title = placing.position.share, group_title(placing, words)
            if not tells(share):
                continue
            value = words(
                "{share}, by {known} of {graded} indicators",
                share=share_text(share, words),
                known=words.number(placing.position.indicators),
                graded=words.number(placing.position.graded),
            )
            low, high = at(share.low, WIDE), at(share.high, WIDE)
            marks.append(MeanMark(mark_style(placing), low, high, title, value))
    return tuple(marks)


def group_rows(
    placings: Sequence[Placing],
    asked: Indicator,
    benchmark: Benchmark | None,
    words: Words,
) -> tuple[GroupRow, ...]:
    """Return a row for each group, after one for the cluster itself if the answer has parts."""
    if benchmark is None:
        return ()
    subject = next(each for each in benchmark.subjects if each.key == ("indicator", asked.id))
    own = _own_parts(placings, asked, words)
    return (*own, *(_row(placing, asked, subject, benchmark, words) for placing in placings))


def _row(
    placing: Placing, asked: Indicator, subject: Subject, benchmark: Benchmark, words: Words
) -> GroupRow:
    title, figures = group_title(placing, words), placing.figures
    if placing.withheld == "not_listed":
        minimum = words.number(benchmark.minimum)
        return GroupRow(
            title,
            missing=words(
                "not listed, it may have fewer than {minimum} clusters, or none", minimum=minimum
            ),
        )
    if figures is None:
        return GroupRow(title, missing=words("not shown, to keep anybody from being singled out"))
    row = _counted(placing, asked, subject, words)
    counts = dict(reversed(grade_counts(subject, figures, benchmark.scale).items()))
    shares = dict(reversed(grade_shares(subject, figures, benchmark.scale).items()))
    titles = {each: _either(each, words) for each in shares}
    described = _shares(shares, titles, words)
    own = {each: share for each, share in shares.items() if placing.grade in each}
    return evolve(
        row,
        grades=_pieces(counts, NARROW, own),
        grades_caption=_shares(own, titles, words) or described,
        grades_described=described,
    )


def _counted(placing: Placing, asked: Indicator, subject: Subject, words: Words) -> GroupRow:
    """Show the classes of the answers."""
    assert placing.figures is not None, "figures are shown"
    answered = placing.figures.answered
    row = _empty_row(placing, words)
    chosen: dict[str, ShareRange] = {}
    captions = []
    for table, counts in zip(subject.tables, placing.figures.counts, strict=True):
        if not counts:
            continue
        match table:
            case Intervals():
                return _numbers_row(placing, table, counts, asked, words)
            case OptionClasses():
                return _options_row(placing, table, counts, asked, words)
            case Chosen(option=option):
                chosen[option] = share_of_choosers(counts[0], answered)
            case PartIntervals(option=option):
                median = quartile(counts, answered, MEDIAN)
                if _excludes(median, counts):
                    text = between(table, median, Share(), words)
                    title = _titles(asked, words)[option]
                    captions.append(words("{title}: {text}", title=title, text=text))
            case GradeClasses():
                pass
            case unreachable:
                assert_never(unreachable)
    if isinstance(asked.answer, Choices):
        titles = _titles(asked, words)
        described = _shares(chosen, titles, words)
        same = placing.position.shares if isinstance(placing.position, Agreement) else chosen
        own = {option: share for option, share in chosen.items() if option in same}
        caption = _shares(own, titles, words) or words("none")
        return evolve(row, caption=caption, described=described)
    caption = ", ".join(captions) or words("too few to tell")
    return evolve(row, caption=caption, described=caption)


def _excludes(classes: ClassRange, counts: Sequence[int]) -> bool:
    """Whether some class is not in a range of classes."""
    return (classes.first, classes.last) != (0, len(counts) - 1)


def _either(grades: Sequence[str], words: Words) -> str:
    """Name the grades that a class mixes."""
    first, *others = (words.text(grade) for grade in grades)
    return reduce(
        lambda named, each: words("{first} or {second}", first=named, second=each), others, first
    )


def _answered(placing: Placing) -> int:
    assert placing.figures is not None, "figures are shown"
    return placing.figures.answered


def _empty_row(placing: Placing, words: Words) -> GroupRow:
    return GroupRow(group_title(placing, words), _answered(placing))


def _numbers_row(
    placing: Placing, table: Intervals, counts: Sequence[int], asked: Indicator, words: Words
) -> GroupRow:
    row, answered = _empty_row(placing, words), _answered(placing)
    parts = []
    median, half = quartile(counts, answered, MEDIAN), middle_half(counts, answered)
    if _excludes(median, counts):
        numbers = between(table, median, asked.answer, words)
        parts.append(words("median: {numbers}", numbers=numbers))
    if _excludes(half, counts):
        numbers = between(table, half, asked.answer, words)
        parts.append(words("middle half: {numbers}", numbers=numbers))
    rank = placing.position if isinstance(placing.position, Rank) else None
    if rank is not None:
        parts.append(rank_text(rank, words))
    caption = "; ".join(filter(None, parts)) or words("too few to tell")
    classes = range(len(counts))
    titles = {
        number: between(table, ClassRange(number, number), asked.answer, words)
        for number in classes
    }
    shares = {number: share_range(counts, answered, [number]) for number in classes}
    return evolve(
        row,
        pieces=_pieces(dict(enumerate(counts)), BROAD, (rank.number,) if rank else ()),
        caption=caption,
        described=f"{caption}; {_shares(shares, titles, words)}",
    )


def _options_row(
    placing: Placing, table: OptionClasses, counts: Sequence[int], asked: Indicator, words: Words
) -> GroupRow:
    """Show the part of a group that can have given the same answer, or each of them."""
    row, answered = _empty_row(placing, words), _answered(placing)
    own_titles = _titles(asked, words)
    titles = {each: ", ".join(own_titles[name] for name in each) for each in table.classes}
    shares = {
        each: share_range(counts, answered, [number]) for number, each in enumerate(table.classes)
    }
    described = _shares(shares, titles, words)
    if not isinstance(placing.position, Agreement) or placing.answer is None:
        return evolve(row, caption=described, described=described)
    own = table.class_of(option_named(placing.answer))
    share = share_text(shares[table.classes[own]], words)
    # the second tone would look like a second answer
    pieces = [
        evolve(piece, tone=0 if piece.number == 1 else 2)
        for piece in _pieces({"same": counts[own], "others": sum(counts) - counts[own]}, BROAD, ())
    ]
    caption = words("the same answer: {share}", share=share)
    return evolve(row, caption=caption, described=described, pieces=pieces)


def _own_parts(placings: Sequence[Placing], asked: Indicator, words: Words) -> tuple[GroupRow, ...]:
    answer = next((placing.answer for placing in placings), None)
    if not (isinstance(asked.answer, Breakdown) and isinstance(answer, FrozenMap)):
        return ()
    if not any(answer.values()):
        return ()
    shares = {option.id: share_of(answer, option.id) for option in asked.answer.options}
    titles = _titles(asked, words)
    described = ", ".join(
        f"{titles[name]} {words.percent(round(share))}" for name, share in shares.items() if share
    )
    pieces = _pieces(shares, BROAD, ())
    return (GroupRow(words("this cluster"), described=described, pieces=pieces),)


def _titles(asked: Indicator, words: Words) -> dict[str, str]:
    titles = {option.id: words.text(option.title) for option in options_of(asked.answer)}
    return titles or {"yes": words("yes"), "no": words("no")}


def _shares(shares: Mapping[Name, ShareRange], titles: Mapping[Name, str], words: Words) -> str:
    return ", ".join(f"{titles[name]} {share_text(each, words)}" for name, each in shares.items())


def _pieces(
    counts: Mapping[Name, int | Fraction], width: int, chosen: Collection[Name]
) -> list[Piece]:
    """Return the parts of a bar; none if there is nothing to divide."""
    whole, before = sum(counts.values()), Fraction(0)
    pieces = []
    for index, (name, count) in enumerate(counts.items()):
        if count:
            start, end = at(before / whole, width), at((before + count) / whole, width)
            pieces.append(Piece(start, end - start, index % 4, index + 1, name in chosen))
        before += count
    return pieces


def at(part: Fraction, width: int) -> Decimal:
    """
    Return the place of a part on a drawing of a width, to a hundredth of its unit.

    >>> at(Fraction(2, 3), 640)
    Decimal('426.67')
    """
    return Decimal(round(100 * part * width)).scaleb(-2)
