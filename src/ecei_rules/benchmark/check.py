"""What in a benchmark does not fit together, or would single somebody out."""

from __future__ import annotations

import re
from typing import assert_never

from ecei_rules.benchmark.disclosure_control import EVERYBODY, FAMILIES, HIGHEST_FIRST
from ecei_rules.benchmark.distribution import Numbers, Options, Parts
from ecei_rules.benchmark.tallies import options_of
from ecei_rules.diagnostics.phrasing import number_of, quoted
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.interviews.catalogue import Breakdown, Count, Number, Share, Year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.benchmark.benchmark import Benchmark, Figures, Group
    from ecei_rules.benchmark.disclosure_control import Family
    from ecei_rules.benchmark.distribution import Distribution
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.ruleset import Ruleset

_TWICE = "stands twice"


def benchmark_problems(benchmark: Benchmark) -> Iterator[Problem]:
    """
    What contradicts itself in a benchmark, and figures that are of too few.

    Not every difference between two groups can be looked at, since who is in both does
    not stand in a benchmark; those to everybody are.
    """
    everybody = next((each for each in benchmark.groups if each.called == EVERYBODY), None)
    yield from _whole(benchmark, everybody)
    whole = {each.key: each for each in everybody.figures} if everybody else {}
    seen = set()
    for index, group in enumerate(benchmark.groups):
        where = f"/groups/{index}"
        yield from _name(group, where)
        if group.called in seen:
            yield Problem("ECEI444", where, f"the group {quoted([str(group.called)])} {_TWICE}")
        seen.add(group.called)
        yield from _size(benchmark, group, where)
        yield from _subjects(benchmark, group, where)
        for at, figures in enumerate(group.figures):
            place = f"{where}/figures/{at}"
            yield from _figures(benchmark, group, figures, place)
            if group.called == EVERYBODY:
                continue
            if everybody is None or figures.key not in whole:
                message = "the figures are shown, though those of everybody are not"
                yield Problem("ECEI442", place, message)
                continue
            of_all = whole[figures.key].answered
            if figures.answered > of_all:
                message = f"more have a value than the {of_all} of everybody"
                yield Problem("ECEI443", f"{place}/answered", message)
            yield from _few(
                (of_all - figures.answered, everybody.size - group.size),
                "not in the group",
                benchmark,
                place,
            )
    if everybody is not None:
        for family in FAMILIES[2:]:
            yield from _remainders(benchmark, everybody, family)


def misfits_with(benchmark: Benchmark, ruleset: Ruleset) -> Iterator[Problem]:
    """What in a benchmark is not asked or graded as in the ruleset that it names."""
    catalogue = ruleset.catalogue
    levels = {("indicator", each) for each in catalogue.asked} | {("total", None)}
    known = {*levels, *(("dimension", each.id) for each in catalogue.dimensions)}
    for index, subject in enumerate(benchmark.subjects):
        if subject.key not in known:
            message = f"the ruleset knows nothing of {_said(subject.key)}"
            yield Problem("ECEI444", f"/subjects/{index}", message)
    for index, group in enumerate(benchmark.groups):
        for at, figures in enumerate(group.figures):
            indicator = figures.key in known and figures.level == "indicator"
            kind = catalogue.asked[figures.id or ""].answer if indicator else None
            if not _fits(figures.distribution, kind):
                where = f"/groups/{index}/figures/{at}/distribution"
                message = f"they are no figures of {_said(figures.key)}"
                yield Problem("ECEI444", where, message)


def _fits(distribution: Distribution, kind: AnswerKind | None) -> bool:
    match distribution:
        case Numbers():
            return isinstance(kind, Count | Number | Share | Year | None)
        case Options(counts=counts):
            asked = () if isinstance(kind, Breakdown) else options_of(kind)
            return bool(asked) and set(counts) == set(asked)
        case Parts(parts=parts):
            asked = options_of(kind) if isinstance(kind, Breakdown) else ()
            return tuple(each.option for each in parts) == asked
        case unreachable:
            assert_never(unreachable)


def _whole(benchmark: Benchmark, everybody: Group | None) -> Iterator[Problem]:
    counted = benchmark.interviews
    if benchmark.made_up > counted:
        message = f"{benchmark.made_up} interviews are made up, of {counted}"
        yield Problem("ECEI443", "/made_up", message)
    if everybody is None and counted >= benchmark.minimum:
        message = f"there is no group of everybody, though {counted} interviews were counted"
        yield Problem("ECEI444", "/groups", message)
    if everybody is not None and everybody.size != counted:
        message = f"{counted} interviews were counted, but everybody are {everybody.size}"
        yield Problem("ECEI443", "/interviews", message)
    seen = set()
    for index, key in enumerate(each.key for each in benchmark.subjects):
        if key in seen:
            yield Problem("ECEI444", f"/subjects/{index}", f"{_said(key)} {_TWICE}")
        seen.add(key)


def _name(group: Group, where: str) -> Iterator[Problem]:
    named = group.name or ""
    fits = {
        "everybody": group.name is None,
        "label": named in HIGHEST_FIRST,
        "portfolio": bool(named),
        "country": re.fullmatch("[A-Z]{2}", named) is not None,
    }
    if not fits[group.family]:
        wanted = {
            "everybody": "everybody has no name",
            "label": f"expected one of {quoted(HIGHEST_FIRST)}",
            "portfolio": "expected the name of a portfolio",
            "country": "expected a country code such as IT",
        }
        yield Problem("ECEI444", where, f"the group has another name: {wanted[group.family]}")


def _size(benchmark: Benchmark, group: Group, where: str) -> Iterator[Problem]:
    if group.size < benchmark.minimum:
        message = f"the group has {group.size} organisations, fewer than {benchmark.minimum}"
        yield Problem("ECEI441", f"{where}/size", message)
    if group.size > benchmark.interviews:
        message = f"the group has {group.size} organisations, of {benchmark.interviews}"
        yield Problem("ECEI443", f"{where}/size", message)


def _subjects(benchmark: Benchmark, group: Group, where: str) -> Iterator[Problem]:
    known = {each.key for each in benchmark.subjects}
    seen = set()
    entries = [(f"{where}/figures/{at}", one.key) for at, one in enumerate(group.figures)]
    entries += [(f"{where}/withheld/{at}", one.key) for at, one in enumerate(group.withheld)]
    for place, key in entries:
        if key not in known:
            message = f"{_said(key)} is none of the subjects of the benchmark"
            yield Problem("ECEI444", place, message)
        elif key in seen:
            yield Problem("ECEI444", place, f"{_said(key)} {_TWICE}")
        seen.add(key)
    for subject in benchmark.subjects:
        if subject.key not in seen:
            message = f"{_said(subject.key)} is neither shown nor withheld"
            yield Problem("ECEI444", where, message)


def _figures(benchmark: Benchmark, group: Group, figures: Figures, where: str) -> Iterator[Problem]:
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
    for name in (each for each in figures.grades if each not in benchmark.scale):
        message = f"{quoted([name])} is no grade of the scale"
        yield Problem("ECEI444", f"{where}/grades{step(name)}", message, at_name=True)
    if answered + figures.unanswered + figures.not_applicable + empty != group.size:
        message = f"those with an answer and those without are not {group.size} together"
        yield Problem("ECEI443", where, message)


def _remainders(benchmark: Benchmark, everybody: Group, family: Family) -> Iterator[Problem]:
    """What is left of everybody when all groups of a family are taken away."""
    found: dict[tuple[str, str | None], list[tuple[str, int, int]]] = {}
    for index, group in enumerate(benchmark.groups):
        for at, figures in enumerate(group.figures if group.family == family else ()):
            where = f"/groups/{index}/figures/{at}"
            found.setdefault(figures.key, []).append((where, figures.answered, group.size))
    for whole in everybody.figures:
        parts = found.get(whole.key, [])
        rests = (
            whole.answered - sum(answered for _, answered, _ in parts),
            everybody.size - sum(size for _, _, size in parts),
        )
        # what one group alone leaves over was looked at before
        if len(parts) > 1:
            yield from _few(rests, f"in no {family} that is shown", benchmark, parts[-1][0])


def _few(rests: Iterable[int], which: str, benchmark: Benchmark, where: str) -> Iterator[Problem]:
    rest = next((each for each in rests if 0 < each < benchmark.minimum), None)
    if rest is not None:
        some = number_of(rest, "organisation")
        message = f"the figures give away those of {some} {which}, fewer than {benchmark.minimum}"
        yield Problem("ECEI442", where, message)


def _said(key: tuple[str, str | None]) -> str:
    level, name = key
    return f"the {level} {quoted([name])}" if name is not None else f"the {level}"
