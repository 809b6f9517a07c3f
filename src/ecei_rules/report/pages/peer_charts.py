"""Charts of one interview beside the groups of a benchmark."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from attrs import evolve, field, frozen

from ecei_rules.benchmark.distribution import WHOLE, Numbers, Options, Parts, shares_of
from ecei_rules.benchmark.ranking import Agreement, Placing, Rank
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.schema_texts import options_of
from ecei_rules.evaluation.grounds import rounded_down
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
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ecei_rules.benchmark.distribution import Quartiles
    from ecei_rules.interviews.catalogue import AnswerKind, Indicator
    from ecei_rules.report.pages.localisation import Words

#: Widths of drawings, in their own units: bars of points, bands and parts, grades.
WIDE, BROAD, NARROW = 640, 320, 160
#: The free space at each side of a band.
MARGIN = 10
#: The groups in the order in which they are shown; each has a mark of its own.
_ORDER = ("portfolio", "country", "everybody", "gold", "silver", "bronze")


@frozen
class MedianMark:
    """The median of a group on a bar: the form of the mark, its place, and its meaning."""

    style: int
    x: Decimal
    title: str
    value: str


@frozen
class Band:
    """The quartiles of a group and the own value, as places on a common scale."""

    lower: Decimal
    median: Decimal
    upper: Decimal
    own: Decimal | None


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

    *caption* is beside the picture; *described* is its text alternative.
    """

    title: str
    size: int | None = None
    caption: str = ""
    described: str = ""
    band: Band | None = None
    pieces: tuple[Piece, ...] = field(default=(), converter=tuple[Piece, ...])
    grades: tuple[Piece, ...] = field(default=(), converter=tuple[Piece, ...])
    grades_caption: str = ""
    grades_described: str = ""
    withheld: bool = False


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


def share_reaching(placings: Iterable[Placing], scale: Sequence[str]) -> dict[str, Fraction]:
    """
    Return for each indicator the part of the peers that attains at least the own grade.

    The peers are the clusters of the same portfolio, or all of them if it is not shown.
    """
    parts: dict[str, Fraction] = {}
    for family in ("everybody", "portfolio"):
        for placing in placings:
            if placing.family == family and placing.figures and placing.grade and placing.id:
                grades = placing.figures.grades
                as_good = scale[scale.index(placing.grade) :]
                count = sum(grades.get(grade, 0) for grade in as_good)
                parts[placing.id] = Fraction(count, max(1, sum(grades.values())))
    return parts


def medians(placings: Iterable[Placing], maximum: int, words: Words) -> tuple[MedianMark, ...]:
    """Return the marks of the median points of the groups that have any."""
    marks = []
    for placing in placings:
        if placing.figures is not None and isinstance(placing.figures.distribution, Numbers):
            part = Fraction(placing.figures.distribution.quartiles.median) / maximum
            value = words.percent(rounded_down(100 * part))
            title = group_title(placing, words)
            marks.append(MedianMark(mark_style(placing), at(part, WIDE), title, value))
    return tuple(marks)


def group_rows(
    placings: Sequence[Placing], asked: Indicator, scale: Sequence[str], words: Words
) -> tuple[GroupRow, ...]:
    """Return a row for each group, after one for the cluster itself if the answer has parts."""
    own = _own_parts(placings, asked, words)
    ends = _common_scale(placings)
    return (*own, *(_row(placing, asked, scale, ends, words) for placing in placings))


def _row(
    placing: Placing,
    asked: Indicator,
    scale: Sequence[str],
    ends: tuple[Fraction, Fraction],
    words: Words,
) -> GroupRow:
    title, figures = group_title(placing, words), placing.figures
    if figures is None:
        return GroupRow(title, withheld=True)
    row = GroupRow(title, figures.answered)
    match figures.distribution:
        case Numbers(quartiles=quartiles):
            caption = _quartiles(quartiles, placing, asked, words)
            band = _band(quartiles, placing, ends)
            row = evolve(row, band=band, caption=caption, described=caption)
        case Options() as options:
            row = _options_row(row, options, placing, asked, words)
        case Parts(parts=parts):
            means = {part.option: part.exact_mean for part in parts}
            described = _shares(means, WHOLE, _titles(asked, words), words)
            row = evolve(row, pieces=_pieces(means, BROAD, ()), described=described)
        case unreachable:
            assert_never(unreachable)
    best_first = {grade: figures.grades.get(grade, 0) for grade in reversed(scale)}
    whole = sum(best_first.values())
    if not whole:
        return row
    titles = {grade: words.text(grade) for grade in scale}
    described = _shares(best_first, whole, titles, words)
    own = {} if placing.grade is None else {placing.grade: best_first[placing.grade]}
    return evolve(
        row,
        grades=_pieces(best_first, NARROW, own),
        grades_caption=_shares(own, whole, titles, words) if own else described,
        grades_described=described,
    )


def _band(quartiles: Quartiles, placing: Placing, ends: tuple[Fraction, Fraction]) -> Band:
    rank = placing.position if isinstance(placing.position, Rank) else None
    lower, median, upper = (
        _on_scale(Fraction(value), ends)
        for value in (quartiles.lower, quartiles.median, quartiles.upper)
    )
    return Band(lower, median, upper, _on_scale(Fraction(rank.value), ends) if rank else None)


def _quartiles(quartiles: Quartiles, placing: Placing, asked: Indicator, words: Words) -> str:
    text = words(
        "median {median} ({lower} to {upper})",
        median=number_text(quartiles.median, asked.answer, words),
        lower=number_text(quartiles.lower, asked.answer, words),
        upper=number_text(quartiles.upper, asked.answer, words),
    )
    if not isinstance(placing.position, Rank):
        return text
    percentile = words.number(int(100 * placing.position.percentile))
    return f"{text}; {words('percentile {number}', number=percentile)}"


def _options_row(
    row: GroupRow, options: Options, placing: Placing, asked: Indicator, words: Words
) -> GroupRow:
    """Show the part of a group that gave the same answer, or each of several same ones."""
    counts, answered = options.counts, row.size or 1
    titles = _titles(asked, words)
    described = _shares(counts, answered, titles, words)
    if not isinstance(placing.position, Agreement):
        return evolve(row, caption=described, described=described)
    same = {option: counts[option] for option in placing.position.shares}
    if isinstance(asked.answer, Choices):
        caption = _shares(same, answered, titles, words) or words("none")
        return evolve(row, caption=caption, described=described)
    (count,) = same.values()
    share = words.percent(rounded_down(100 * Fraction(count, answered)))
    pieces = _pieces({"same": count, "others": answered - count}, BROAD, ())
    caption = words("the same answer: {share}", share=share)
    # the second tone would look like a second answer
    pieces = [evolve(piece, tone=0 if piece.number == 1 else 2) for piece in pieces]
    return evolve(row, caption=caption, described=described, pieces=pieces)


def _own_parts(placings: Sequence[Placing], asked: Indicator, words: Words) -> tuple[GroupRow, ...]:
    answer = next((placing.answer for placing in placings), None)
    if not (isinstance(asked.answer, Breakdown) and isinstance(answer, FrozenMap)):
        return ()
    if not any(answer.values()):
        return ()
    shares = shares_of(answer, [option.id for option in asked.answer.options])
    described = _shares(shares, WHOLE, _titles(asked, words), words)
    pieces = _pieces(shares, BROAD, ())
    return (GroupRow(words("this cluster"), described=described, pieces=pieces),)


def number_text(number: int | Decimal, kind: AnswerKind, words: Words) -> str:
    """Write a number as answers of its kind are written."""
    match kind:
        case Share():
            return words.percent(number)
        case Year():
            return words.number(number, grouped=False)
        case Count() | Number() | YesNo() | Choice() | Choices() | Breakdown():
            return words.number(number)
        case unreachable:
            assert_never(unreachable)


def _titles(asked: Indicator, words: Words) -> dict[str, str]:
    titles = {option.id: words.text(option.title) for option in options_of(asked.answer)}
    return titles or {"yes": words("yes"), "no": words("no")}


def _shares(
    counts: Mapping[str, int | Fraction], whole: int, titles: Mapping[str, str], words: Words
) -> str:
    return ", ".join(
        f"{titles[name]} {words.percent(rounded_down(100 * Fraction(count) / whole))}"
        for name, count in counts.items()
        if count
    )


def _pieces(
    counts: Mapping[str, int | Fraction], width: int, chosen: Collection[str]
) -> list[Piece]:
    whole, before = sum(counts.values()), Fraction(0)
    pieces = []
    for index, (name, count) in enumerate(counts.items()):
        start, end = at(before / whole, width), at((before + count) / whole, width)
        if count:
            pieces.append(Piece(start, end - start, index % 4, index + 1, name in chosen))
        before += count
    return pieces


def _common_scale(placings: Iterable[Placing]) -> tuple[Fraction, Fraction]:
    """Return the ends of the scale that the bands of all groups share."""
    values: list[Fraction] = []
    for placing in placings:
        if placing.figures is not None and isinstance(placing.figures.distribution, Numbers):
            quartiles = placing.figures.distribution.quartiles
            values += map(Fraction, (quartiles.lower, quartiles.upper))
            if isinstance(placing.position, Rank):
                values.append(Fraction(placing.position.value))
    low, high = min(values, default=Fraction(0)), max(values, default=Fraction(1))
    return (low, high) if low < high else (low - 1, high + 1)


def _on_scale(value: Fraction, ends: tuple[Fraction, Fraction]) -> Decimal:
    low, high = ends
    return MARGIN + at((value - low) / (high - low), BROAD - 2 * MARGIN)


def at(part: Fraction, width: int) -> Decimal:
    """
    Return the place of a part on a drawing of a width, to a hundredth of its unit.

    >>> at(Fraction(2, 3), 640)
    Decimal('426.67')
    """
    return Decimal(round(100 * part * width)).scaleb(-2)
