"""One interview beside the groups of a benchmark, as a report shows it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from attrs import evolve, field, frozen

from ecei_rules.benchmark.distribution import WHOLE, Numbers, Options, Parts, shares_of
from ecei_rules.benchmark.ranking import Agreement, Placing, Rank
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.schema_texts import options_of
from ecei_rules.evaluation.assessment import rounded_down
from ecei_rules.interviews.catalogue import Breakdown, Choices, Share, Year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ecei_rules.benchmark.distribution import Quartiles
    from ecei_rules.interviews.catalogue import AnswerKind, Indicator
    from ecei_rules.report.pages.localisation import Words

#: How wide drawings are, in units of their own: bars of points, bands and parts, grades.
WIDE, BROAD, NARROW = 640, 320, 160
#: What bands leave free at each side.
MARGIN = 10
#: The groups in the order in which they are shown; each has a mark of its own.
_ORDER = ("portfolio", "country", "everybody", "gold", "silver", "bronze")


@frozen
class Mark:
    """A group's median on a bar: which mark, where, and what it stands for."""

    style: int
    x: Decimal
    title: str
    value: str


@frozen
class Band:
    """Where the middle half of a group lies, its median, and the own value."""

    lower: Decimal
    median: Decimal
    upper: Decimal
    own: Decimal | None


@frozen
class Piece:
    """A part of a bar that shows a whole."""

    x: Decimal
    width: Decimal
    tone: int
    number: int
    chosen: bool

    @property
    def middle(self) -> Decimal:
        """Where the middle of it is."""
        return self.x + self.width / 2


@frozen
class Row:
    """
    What is shown of one group, or of the cluster itself, for an indicator.

    *said* stands beside the picture, *described* says all of it for those who do not see it.
    """

    title: str
    size: int | None = None
    said: str = ""
    described: str = ""
    band: Band | None = None
    pieces: tuple[Piece, ...] = field(default=(), converter=tuple[Piece, ...])
    grades: tuple[Piece, ...] = field(default=(), converter=tuple[Piece, ...])
    grades_said: str = ""
    grades_described: str = ""
    withheld: bool = False


def titled(placing: Placing, words: Words) -> str:
    """The group of a placing, in words."""
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


def style_of(placing: Placing) -> int:
    """Which mark a group has."""
    name = placing.group if placing.family == "label" else placing.family
    return _ORDER.index(name or "")


def in_order(placings: Iterable[Placing], against: Sequence[str]) -> tuple[Placing, ...]:
    """The placings as they are shown; of the labels those that were asked for."""
    kept = (p for p in placings if p.family != "label" or p.group in against)
    return tuple(sorted(kept, key=style_of))


def reached(placings: Iterable[Placing], scale: Sequence[str]) -> dict[str, Fraction]:
    """
    For each indicator, which part of those most like the cluster attain its grade.

    These are the clusters of its portfolio, or all of them where those are not shown.
    """
    found: dict[str, Fraction] = {}
    for family in ("everybody", "portfolio"):
        for each in placings:
            if each.family == family and each.figures and each.grade and each.id:
                grades = each.figures.grades
                as_good = scale[scale.index(each.grade) :]
                count = sum(grades.get(grade, 0) for grade in as_good)
                found[each.id] = Fraction(count, max(1, sum(grades.values())))
    return found


def marks(placings: Iterable[Placing], maximum: int, words: Words) -> tuple[Mark, ...]:
    """The medians of points, of the groups that have any."""
    found = []
    for each in placings:
        if each.figures is not None and isinstance(each.figures.distribution, Numbers):
            part = Fraction(each.figures.distribution.quartiles.median) / maximum
            value = words.percent(rounded_down(100 * part))
            found.append(Mark(style_of(each), at(part, WIDE), titled(each, words), value))
    return tuple(found)


def rows(
    placings: Sequence[Placing], asked: Indicator, scale: Sequence[str], words: Words
) -> tuple[Row, ...]:
    """What is shown of an indicator: a row for the cluster where it has parts, and one a group."""
    own = _own_parts(placings, asked, words)
    spread = _spread(placings)
    return (*own, *(_row(each, asked, scale, spread, words) for each in placings))


def _row(
    placing: Placing,
    asked: Indicator,
    scale: Sequence[str],
    spread: tuple[Fraction, Fraction],
    words: Words,
) -> Row:
    title, figures = titled(placing, words), placing.figures
    if figures is None:
        return Row(title, withheld=True)
    row = Row(title, figures.answered)
    match figures.distribution:
        case Numbers(quartiles=found):
            row = evolve(row, band=_band(found, placing, spread))
            row = evolve(row, said=_quartiles(found, placing, asked, words))
            row = evolve(row, described=row.said)
        case Options() as options:
            row = _options_row(row, options, placing, asked, words)
        case Parts(parts=parts):
            means = {each.option: each.exact_mean for each in parts}
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
        grades_said=_shares(own, whole, titles, words) if own else described,
        grades_described=described,
    )


def _band(found: Quartiles, placing: Placing, spread: tuple[Fraction, Fraction]) -> Band:
    rank = placing.position if isinstance(placing.position, Rank) else None
    lower, median, upper = (
        _on(Fraction(each), spread) for each in (found.lower, found.median, found.upper)
    )
    return Band(lower, median, upper, _on(Fraction(rank.value), spread) if rank else None)


def _quartiles(found: Quartiles, placing: Placing, asked: Indicator, words: Words) -> str:
    said = words(
        "median {median} ({lower} to {upper})",
        median=number_of(found.median, asked.answer, words),
        lower=number_of(found.lower, asked.answer, words),
        upper=number_of(found.upper, asked.answer, words),
    )
    if not isinstance(placing.position, Rank):
        return said
    place = words.number(int(100 * placing.position.percentile))
    return f"{said}; {words('percentile {number}', number=place)}"


def _options_row(
    row: Row, options: Options, placing: Placing, asked: Indicator, words: Words
) -> Row:
    """Which part of a group gave the same answer, or each of the same ones."""
    counts, answered = options.counts, row.size or 1
    titles = _titles(asked, words)
    described = _shares(counts, answered, titles, words)
    if not isinstance(placing.position, Agreement):
        return evolve(row, said=described, described=described)
    same = {each: counts[each] for each in placing.position.shares}
    if isinstance(asked.answer, Choices):
        said = _shares(same, answered, titles, words) or words("none")
        return evolve(row, said=said, described=described)
    (count,) = same.values()
    share = words.percent(rounded_down(100 * Fraction(count, answered)))
    pieces = _pieces({"same": count, "others": answered - count}, BROAD, ())
    said = words("the same answer: {share}", share=share)
    # the second tone would look like a second answer
    pieces = [evolve(each, tone=0 if each.number == 1 else 2) for each in pieces]
    return evolve(row, said=said, described=described, pieces=pieces)


def _own_parts(placings: Sequence[Placing], asked: Indicator, words: Words) -> tuple[Row, ...]:
    answer = next((each.answer for each in placings), None)
    if not (isinstance(asked.answer, Breakdown) and isinstance(answer, FrozenMap)):
        return ()
    if not any(answer.values()):
        return ()
    shares = shares_of(answer, [each.id for each in asked.answer.options])
    described = _shares(shares, WHOLE, _titles(asked, words), words)
    pieces = _pieces(shares, BROAD, ())
    return (Row(words("this cluster"), described=described, pieces=pieces),)


def number_of(number: int | Decimal, kind: AnswerKind, words: Words) -> str:
    """A number in the form of the answers that it comes from."""
    match kind:
        case Share():
            return words.percent(number)
        case Year():
            return words.number(number, grouped=False)
        case _:
            return words.number(number)


def _titles(asked: Indicator, words: Words) -> dict[str, str]:
    titles = {each.id: words.text(each.title) for each in options_of(asked.answer)}
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
    found = []
    for index, (name, count) in enumerate(counts.items()):
        start, end = at(before / whole, width), at((before + count) / whole, width)
        if count:
            found.append(Piece(start, end - start, index % 4, index + 1, name in chosen))
        before += count
    return found


def _spread(placings: Iterable[Placing]) -> tuple[Fraction, Fraction]:
    """The ends of the scale that the bands of all groups have in common."""
    values: list[Fraction] = []
    for each in placings:
        if each.figures is not None and isinstance(each.figures.distribution, Numbers):
            found = each.figures.distribution.quartiles
            values += map(Fraction, (found.lower, found.upper))
            if isinstance(each.position, Rank):
                values.append(Fraction(each.position.value))
    low, high = min(values, default=Fraction(0)), max(values, default=Fraction(1))
    return (low, high) if low < high else (low - 1, high + 1)


def _on(value: Fraction, spread: tuple[Fraction, Fraction]) -> Decimal:
    low, high = spread
    return MARGIN + at((value - low) / (high - low), BROAD - 2 * MARGIN)


def at(part: Fraction, width: int) -> Decimal:
    """
    A place on a drawing so wide, to a hundredth of its unit.

    >>> at(Fraction(2, 3), 640)
    Decimal('426.67')
    """
    return Decimal(round(100 * part * width)).scaleb(-2)
