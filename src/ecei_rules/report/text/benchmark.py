"""A benchmark, and the place of an interview in it, in words."""

from __future__ import annotations

from itertools import groupby
from typing import assert_never

from ecei_rules.benchmark.disclosure.rounding import MINIMUM
from ecei_rules.benchmark.estimates import (
    MEDIAN,
    Attainment,
    attainment,
    grade_shares,
    middle_half,
    percents,
    quartile,
    share_of_choosers,
    share_range,
    tells,
)
from ecei_rules.benchmark.groups import FAMILIES, GroupName
from ecei_rules.benchmark.ranking import Agreement, PartRanks, Rank
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
)
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.report.text.blocks import Item, Items, Report, Section, as_text
from ecei_rules.report.text.wording import answer_text, rating_note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecei_rules.benchmark.benchmark import Benchmark, Figures, Subject
    from ecei_rules.benchmark.estimates import ShareRange
    from ecei_rules.benchmark.groups import Family
    from ecei_rules.benchmark.ranking import Placing, Position
    from ecei_rules.interviews.answers import Answer

_NOUNS: dict[Family, tuple[str, str]] = {
    "label": ("label", "labels"),
    "portfolio": ("portfolio", "portfolios"),
    "country": ("country", "countries"),
}
_WITHHELD = "withheld"
_TOO_FEW = "too few to tell"
_REASONS = {
    "withheld": "withheld, so that nobody is singled out",
    "not_listed": "not listed, the group may have fewer than {minimum} organisations, or none",
}
_NAMED = 5


def explain_benchmark(benchmark: Benchmark) -> str:
    """
    Explain a benchmark: its groups, the withheld figures and why, everybody's figures.

    No line has more than 100 columns. Source: docs/benchmark.md.

    >>> from datetime import date
    >>> import ecei_rules as er
    >>> ruleset = er.shipped().ruleset("bronze", version="2019-11")
    >>> benchmark = er.build_benchmark(er.example_corpus(20), ruleset, on=date(2024, 6, 30))
    >>> er.explain_benchmark(benchmark).splitlines()[3]
    'Benchmark of 20 organisations, labels as held on 2024-06-30'
    """
    everybody = benchmark.group("everybody")
    figures = {each.indicator: each for each in everybody.figures} if everybody else {}
    sections = [_groups(benchmark), *_withheld(benchmark)]
    for title, subjects in _by_dimension(benchmark):
        items = []
        for subject in subjects:
            shown = figures.get(subject.id or "") if subject.level == "indicator" else None
            if shown is not None:
                text = _distribution(shown, subject, benchmark)
                items.append(Item(f"{subject.title}: {text}"))
            elif everybody is not None and subject.level != "indicator":
                mean = attainment(benchmark, everybody, subject.id)
                items += (
                    [Item(f"{subject.title}: {_position(mean, None, subject)}")] if mean else []
                )
        sections += [Section(f"{title}, everybody", [Items(items)])] if items else []
    return as_text(
        Report(_title(benchmark), notice(benchmark), [_introduction(benchmark)], sections)
    )


def explain_placings(benchmark: Benchmark, placings: Sequence[Placing]) -> str:
    """
    Explain the places of an interview in its groups, as `place` returns them.

    Both must be of the same benchmark. No line has more than 100 columns. Source:
    docs/benchmark.md.
    """
    by_subject: dict[tuple[str, str | None], list[Placing]] = {}
    for placing in placings:
        by_subject.setdefault((placing.level, placing.id), []).append(placing)
    sections = [_groups(benchmark)]
    for title, subjects in _by_dimension(benchmark):
        items = [_placed(each, by_subject[each.key], benchmark) for each in subjects]
        sections += [Section(title, [Items(items)])]
    return as_text(
        Report(_title(benchmark), notice(benchmark), [_introduction(benchmark)], sections)
    )


def _title(benchmark: Benchmark) -> str:
    count = number_of(benchmark.interviews, "organisation")
    return f"Benchmark of {count}, labels as held on {benchmark.on}"


def notice(benchmark: Benchmark) -> str:
    """Word how far a benchmark can be trusted: made-up interviews, and illustrative values."""
    sentences = []
    if benchmark.made_up:
        which = "All" if benchmark.made_up == benchmark.interviews else str(benchmark.made_up)
        counted = f"{which} of the {number_of(benchmark.interviews, 'interview')}"
        if benchmark.interviews == 1:
            counted = "The only interview"
        sentences.append(f"MADE UP: {counted} {'is' if benchmark.made_up == 1 else 'are'} made up.")
    bases = [each.basis for each in benchmark.subjects if each.basis is not None]
    if weakest(bases) is Basis.ILLUSTRATIVE:
        sentences.append(
            "NOT OFFICIAL: grades and points follow illustrative values of this project, not the"
            " scheme owner's."
        )
    elif bases:
        sentences.append(f"The gradings behind grades and points are {weakest(bases).value}.")
    sentences += filter(None, [rating_note(benchmark.ruleset.label, weakest(bases))])
    return " ".join(sentences) or "There are no grades and no points."


def _introduction(benchmark: Benchmark) -> str:
    ruleset, catalogue = benchmark.ruleset, benchmark.catalogue
    under = f"{ruleset.label}@{ruleset.version}, catalogue {catalogue.id}@{catalogue.version}"
    text = (
        f"Under {under}. All figures are of at least {benchmark.minimum} organisations, and of"
        " counts rounded to the nearest five: a group of 5 has 5 to 7, and one of 10 has 8 to 12."
    )
    left_out = left_out_of(benchmark)
    return f"{text} {left_out[0].upper()}{left_out[1:]}." if left_out else text


def left_out_of(benchmark: Benchmark) -> str:
    """Word the numbers of documents that were not counted; nothing if all were."""
    left_out = {
        "of an organisation counted before": benchmark.repeated,
        "of another edition of the catalogue": benchmark.of_another_catalogue,
        "that could not be read": benchmark.unreadable,
    }
    listed = [f"{number_of(n, 'document')} {what}" for what, n in left_out.items() if n]
    return f"left out: {', '.join(listed)}" if listed else ""


def _groups(benchmark: Benchmark) -> Section:
    items = []
    for family in FAMILIES:
        groups = [each for each in benchmark.groups if each.family == family]
        sizes = ", ".join(f"{group.called} {group.size}" for group in groups)
        if family == "everybody":
            items.append(Item(sizes or "everybody: too few to be shown"))
            continue
        singular, plural = _NOUNS[family]
        small = getattr(benchmark.unlisted, family)
        noun = singular if small == 1 else plural
        rest = f"{small} {noun} {_not_listed(benchmark)}"
        listed = [sizes] * bool(groups) + [rest] * bool(small)
        items.append(Item(f"{plural}: {'; '.join(listed) or 'none'}"))
    return Section("Groups and their numbers of organisations", [Items(items)])


def _not_listed(benchmark: Benchmark) -> str:
    """Word why groups are not listed: above the least minimum it depends on rounded counts."""
    if benchmark.minimum == MINIMUM:
        return f"with fewer than {MINIMUM} not listed"
    return f"not listed, because the rounded counts do not guarantee {benchmark.minimum}"


def _withheld(benchmark: Benchmark) -> Iterator[Section]:
    titles = {each.id: str(each.title) for each in benchmark.subjects if each.level == "indicator"}
    items = []
    for group in benchmark.groups:
        names = [titles[name] for name in group.withheld]
        parts = [titles[each.indicator] for each in group.figures if not all(each.counts)]
        listed = [_first(names, len(titles))] * bool(names)
        listed += [f"in part {_first(parts, len(titles))}"] * bool(parts)
        if listed:
            items.append(Item(f"{group.called}: {'; '.join(listed)}"))
    if items:
        yield Section("Withheld, so that nobody is singled out", [Items(items)])


def _first(names: Sequence[str], count: int) -> str:
    if len(names) == count:
        return "everything"
    listed = ", ".join(names[:_NAMED])
    return listed if len(names) <= _NAMED else f"{listed} and {len(names) - _NAMED} more"


def _by_dimension(benchmark: Benchmark) -> Iterator[tuple[str, list[Subject]]]:
    """Yield the subjects of each dimension with its points last, then the total."""
    titles = {each.id: str(each.title) for each in benchmark.subjects if each.level == "dimension"}
    by_dimension: dict[str | None, list[Subject]] = {}
    for level in ("indicator", "dimension"):
        for subject in (each for each in benchmark.subjects if each.level == level):
            scope = subject.dimension if level == "indicator" else subject.id
            by_dimension.setdefault(scope, []).append(subject)
    for dimension, subjects in by_dimension.items():
        yield titles.get(dimension, str(dimension)), subjects
    total = [each for each in benchmark.subjects if each.level == "total"]
    if total:
        yield "All dimensions", total


def _distribution(figures: Figures, subject: Subject, benchmark: Benchmark) -> str:
    parts, chosen = [], []
    for table, counts in zip(subject.tables, figures.counts, strict=True):
        match table:
            case Intervals():
                parts.append(_quartiles(table, counts, figures.answered, _unit(subject)))
            case OptionClasses(classes=classes):
                names = [", ".join(each) for each in classes]
                parts.append(shares_of_classes(names, counts, figures.answered))
            case Chosen(option=option):
                share = share_of_choosers(counts[0], figures.answered) if counts else None
                chosen.append(f"{option} {_share(share)}")
            case PartIntervals(option=option):
                quartiles = _quartiles(table, counts, figures.answered, " %")
                parts.append(f"{option} {quartiles}" if quartiles else "")
            case GradeClasses():
                pass
            case unreachable:
                assert_never(unreachable)
    parts.append(", ".join(chosen))
    best_first = reversed(grade_shares(subject, figures, benchmark.scale).items())
    parts.append(", ".join(f"{' or '.join(names)} {_share(each)}" for names, each in best_first))
    counted = {
        "answered": figures.answered,
        "unanswered": figures.unanswered,
        "not applicable": figures.not_applicable,
    }
    of = ", ".join(f"{n} {state}" for state, n in counted.items() if n or state == "answered")
    return f"{'; '.join(filter(None, parts)) or _TOO_FEW} ({of})"


def _quartiles(
    table: Intervals | PartIntervals, counts: Sequence[int], answered: int, unit: str
) -> str:
    """Word the median and the middle half; nothing if they can be in any class."""
    if not counts:
        return _WITHHELD
    classes = quartile(counts, answered, MEDIAN), middle_half(counts, answered)
    told = [
        f"{name} {numbers_between(table, each.first, each.last)}"
        for name, each in zip(("median", "the middle half"), classes, strict=True)
        if (each.first, each.last) != (0, len(counts) - 1)
    ]
    return f"{', '.join(told)}{unit}" if told else ""


def numbers_between(table: Intervals | PartIntervals, first: int, last: int) -> str:
    """
    Word the numbers of some, but not all, neighbouring classes.

    >>> numbers_between(Intervals([40, 60]), 0, 0), numbers_between(Intervals([40, 60]), 1, 2)
    ('under 40', 'at least 40')
    """
    low = plain(table.bounds[first - 1]) if first else None
    high = plain(table.bounds[last]) if last < len(table.bounds) else None
    includes_low = isinstance(table, PartIntervals) or table.includes == "low"
    match low, high:
        case None, _:
            return f"{'under' if includes_low else 'up to'} {high}"
        case _, None:
            return f"{'at least' if includes_low else 'over'} {low}"
        case _:
            return f"{low} to {high}"


def shares_of_classes(names: Sequence[str], counts: Sequence[int], answered: int) -> str:
    """Word the share that each class can have."""
    if not counts:
        return _WITHHELD
    known = [share_range(counts, answered, [number]) for number in range(len(counts))]
    return ", ".join(f"{name} {_share(each)}" for name, each in zip(names, known, strict=True))


def _placed(subject: Subject, placings: Sequence[Placing], benchmark: Benchmark) -> Item:
    """Show the own answer, and below it each group."""
    first = placings[0]
    if first.answer is None:
        scored = subject.maximum is not None
        own = "no points while answers are missing" if scored else "unanswered"
    else:
        own = f"{answer_text(first.answer)}{_unit(subject) if _amounts(first.answer) else ''}"
    grade = f" [{first.grade}]" if first.grade else ""
    items = []
    for place, same in groupby(placings, key=lambda each: _beside(each, subject, benchmark)):
        names = [str(GroupName(each.family, each.group)) for each in same]
        items.append(Item(f"{', '.join(names)}: {place}"))
    return Item(f"{subject.title}: {own}{grade}", items)


def _beside(placing: Placing, subject: Subject, benchmark: Benchmark) -> str:
    if placing.withheld is not None:
        return _REASONS[placing.withheld].format(minimum=benchmark.minimum)
    if placing.position is not None:
        return _position(placing.position, placing.figures, subject)
    assert placing.figures is not None, "figures are withheld or published"
    return _distribution(placing.figures, subject, benchmark)


def _position(position: Position, figures: Figures | None, subject: Subject) -> str:
    match position:
        case Attainment(share=share, indicators=known, graded=graded):
            mean = f"{_share(share)} of the points on average" if tells(share) else _TOO_FEW
            return f"{mean}, by {known} of {graded} indicators"
        case Rank():
            (table,) = subject.tables
            assert isinstance(table, Intervals), "numbers have a rank"
            assert figures is not None, "a rank is among figures"
            (counts,) = figures.counts
            parts = [_rank(position), _quartiles(table, counts, figures.answered, "")]
            return f"{', '.join(filter(None, parts)) or _TOO_FEW}, of {figures.answered}"
        case Agreement(shares=shares_of_options):
            assert figures is not None, "an agreement is with figures"
            same = ", ".join(f"{name} {_share(share)}" for name, share in shares_of_options.items())
            return f"chosen as well among {figures.answered}: {same or 'nothing to compare'}"
        case PartRanks(ranks=ranks):
            told = {name: _rank(rank) for name, rank in ranks.items()}
            same = ", ".join(f"{name} {rank}" for name, rank in told.items() if rank)
            return same or (_TOO_FEW if ranks else _WITHHELD)
        case unreachable:
            assert_never(unreachable)


def _rank(rank: Rank) -> str:
    """Word a rank; nothing if all of the group, or nobody, can be below."""
    if not tells(rank.percentile):
        return ""
    text = "percentile {} to {}".format(*percents(rank.percentile))
    quarter, half = rank.percentile.quarter, rank.percentile.half
    if quarter is not None:
        return f"{text}, quarter {quarter}"
    return f"{text}, {('lower', 'upper')[half - 1]} half" if half is not None else text


def _share(share: ShareRange | None) -> str:
    if share is None:
        return _WITHHELD
    low, high = percents(share)
    return f"{low} %" if low == high else f"{low} to {high} %"


def _amounts(answer: Answer) -> bool:
    """Whether an answer has a number that a unit fits: a breakdown may have none."""
    return not (isinstance(answer, NotApplicable) or (isinstance(answer, FrozenMap) and not answer))


def _unit(subject: Subject) -> str:
    if subject.maximum is not None:
        return f" of {subject.maximum} points"
    return f" {subject.unit}" if subject.unit else ""
