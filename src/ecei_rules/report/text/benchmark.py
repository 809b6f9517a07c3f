"""A benchmark, and the place of an interview in it, in words."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import assert_never

from ecei_rules.benchmark.disclosure_control import FAMILIES, GroupName
from ecei_rules.benchmark.distribution import Numbers, Options, Parts
from ecei_rules.benchmark.ranking import Agreement, PartRanks, Rank
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.evaluation.grounds import rounded_down
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.report.text.blocks import Item, Items, Report, Section, as_text
from ecei_rules.report.text.wording import answer_text, rating_note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecei_rules.benchmark.benchmark import Benchmark, Figures, Subject
    from ecei_rules.benchmark.disclosure_control import Family
    from ecei_rules.benchmark.ranking import Placing, Position

_NOUNS: dict[Family, tuple[str, str]] = {
    "label": ("label", "labels"),
    "portfolio": ("portfolio", "portfolios"),
    "country": ("country", "countries"),
}
_REASONS = {
    "too_few": "fewer than {minimum} have a value",
    "difference": "another published group differs from it by fewer than {minimum}",
    "remainder": "fewer than {minimum} of everybody would be in no published group",
    "not_listed": "the group has fewer than {minimum} organisations, or none",
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
    figures = {each.key: each for each in everybody.figures} if everybody else {}
    sections = [_groups(benchmark), *_withheld(benchmark)]
    for title, subjects in _by_dimension(benchmark):
        items = [
            Item(f"{subject.title}: {_distribution(figures[subject.key], subject, benchmark)}")
            for subject in subjects
            if subject.key in figures
        ]
        sections += [Section(f"{title}, everybody", [Items(items)])] if items else []
    return as_text(
        Report(_title(benchmark), _notice(benchmark), [_introduction(benchmark)], sections)
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
        Report(_title(benchmark), _notice(benchmark), [_introduction(benchmark)], sections)
    )


def _title(benchmark: Benchmark) -> str:
    count = number_of(benchmark.interviews, "organisation")
    return f"Benchmark of {count}, labels as held on {benchmark.on}"


def _notice(benchmark: Benchmark) -> str:
    sentences = []
    if benchmark.made_up:
        which = "All" if benchmark.made_up == benchmark.interviews else str(benchmark.made_up)
        are = "is" if benchmark.made_up == 1 and which != "All" else "are"
        sentences.append(
            f"MADE UP: {which} of the {benchmark.interviews} interviews {are} made up."
        )
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
    text = f"Under {under}. All figures are of at least {benchmark.minimum} organisations."
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
        rest = f"{small} {noun} with fewer than {benchmark.minimum} not listed"
        listed = [sizes] * bool(groups) + [rest] * bool(small)
        items.append(Item(f"{plural}: {'; '.join(listed) or 'none'}"))
    return Section("Groups and their numbers of organisations", [Items(items)])


def _withheld(benchmark: Benchmark) -> Iterator[Section]:
    titles = {each.key: str(each.title) for each in benchmark.subjects}
    items = []
    for group in benchmark.groups:
        by_reason = {
            reason: [titles[each.key] for each in group.withheld if each.reason == reason]
            for reason in dict.fromkeys(each.reason for each in group.withheld)
        }
        for reason, names in by_reason.items():
            items.append(
                Item(f"{group.called}: {_first(names, benchmark)} ({_reason(reason, benchmark)})")
            )
    if items:
        yield Section("Withheld, so that nobody is singled out", [Items(items)])


def _first(names: Sequence[str], benchmark: Benchmark) -> str:
    if len(names) == len(benchmark.subjects):
        return "everything"
    listed = ", ".join(names[:_NAMED])
    return listed if len(names) <= _NAMED else f"{listed} and {len(names) - _NAMED} more"


def _reason(reason: str, benchmark: Benchmark) -> str:
    return _REASONS[reason].format(minimum=benchmark.minimum)


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
    unit = _unit(subject)
    match figures.distribution:
        case Numbers(quartiles=quartiles, digits=digits):
            lower, upper = plain(quartiles.lower), plain(quartiles.upper)
            text = f"median {plain(quartiles.median)}{unit}, half between {lower} and {upper}"
            text += f" ({digits} digits of each kept)" if digits is not None else ""
        case Options(counts=counts):
            text = ", ".join(
                f"{name} {_percent(Fraction(count, figures.answered))}"
                for name, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
            )
        case Parts(parts=parts):
            text = ", ".join(f"{each.option} {_percent(each.exact_mean / 1000)}" for each in parts)
            text = f"on average {text}"
        case unreachable:
            assert_never(unreachable)
    grades = ", ".join(
        f"{name} {_percent(Fraction(count, figures.answered))}"
        for name, count in sorted(
            figures.grades.items(), key=lambda entry: -benchmark.scale.index(entry[0])
        )
    )
    counted = {
        "answered": figures.answered,
        "unanswered": figures.unanswered,
        "not applicable": figures.not_applicable,
    }
    if isinstance(figures.distribution, Parts):
        counted["without any count"] = figures.distribution.empty
    of = ", ".join(f"{n} {state}" for state, n in counted.items() if n or state == "answered")
    return f"{text} ({of})" + (f"; {grades}" if grades else "")


def _placed(subject: Subject, placings: Sequence[Placing], benchmark: Benchmark) -> Item:
    """Show the own answer, and below it each group."""
    first = placings[0]
    if first.answer is None:
        scored = subject.maximum is not None
        own = "no points while answers are missing" if scored else "unanswered"
    else:
        applies = not isinstance(first.answer, NotApplicable)
        own = f"{answer_text(first.answer)}{_unit(subject) if applies else ''}"
    grade = f" [{first.grade}]" if first.grade else ""
    items = []
    for place, same in groupby(placings, key=lambda each: _beside(each, subject, benchmark)):
        names = [str(GroupName(each.family, each.group)) for each in same]
        items.append(Item(f"{', '.join(names)}: {place}"))
    return Item(f"{subject.title}: {own}{grade}", items)


def _beside(placing: Placing, subject: Subject, benchmark: Benchmark) -> str:
    if placing.withheld is not None:
        return f"not shown, {_reason(placing.withheld, benchmark)}"
    assert placing.figures is not None, "figures are withheld or published"
    if placing.position is None:
        return _distribution(placing.figures, subject, benchmark)
    return _position(placing.position, placing.figures)


def _position(position: Position, figures: Figures) -> str:
    match position:
        case Rank():
            assert isinstance(figures.distribution, Numbers), "numbers have a rank"
            median = plain(figures.distribution.quartiles.median)
            return f"{_rank(position)} of {figures.answered}, median {median}"
        case Agreement(shares=shares):
            if len(shares) == 1:
                return f"{_percent(*shares.values())} of {figures.answered} answer the same"
            same = ", ".join(f"{name} {_percent(share)}" for name, share in shares.items())
            return f"chosen as well among {figures.answered}: {same or 'nothing to compare'}"
        case PartRanks(ranks=ranks):
            assert isinstance(figures.distribution, Parts), "only breakdowns have parts"
            means = {each.option: each.exact_mean for each in figures.distribution.parts}
            return ", ".join(
                f"{name} {_percent(Fraction(rank.value) / 1000)} (mean"
                f" {_percent(means[name] / 1000)}, percentile {_bare(rank.percentile)})"
                for name, rank in ranks.items()
            )
        case unreachable:
            assert_never(unreachable)


def _rank(rank: Rank) -> str:
    return f"percentile {_bare(rank.percentile)}, quarter {rank.quarter}"


def _percent(share: Fraction) -> str:
    return f"{_bare(share)} %"


def _bare(share: Fraction) -> str:
    return str(rounded_down(share * 100))


def _unit(subject: Subject) -> str:
    if subject.maximum is not None:
        return f" of {subject.maximum} points"
    return f" {subject.unit}" if subject.unit else ""
