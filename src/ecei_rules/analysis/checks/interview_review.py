"""Warnings about suspicious answers in a valid interview."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import TypeGuard

from attrs import frozen

from ecei_rules.diagnostics.errors import NoRulesetInForce
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import joined, near, value_text
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.documents.shipped import shipped_labels, shipped_ruleset_in_force
from ecei_rules.interviews.catalogue import Share, Year
from ecei_rules.interviews.consistency import unequal_parts_problems
from ecei_rules.interviews.portfolios import PORTFOLIOS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset


#: The part by which a figure may differ from the one that follows from two others.
_TOLERANCE = Fraction(1, 10)


@frozen
class _Related:
    """
    The indicators of one catalogue that count the same participants.

    *whole* is their number, *parts* are numbers of some of them, and *shares* are shares
    of some of them in percent.
    """

    whole: str
    parts: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()


#: By the id of the catalogue. Source: the questions of its editions.
_RELATED = {
    "benchmarking": _Related(
        "committed-participants",
        parts=("international-participants",),
        shares=("participant-contacts",),
    ),
    "quality": _Related(
        "number-of-committed-participants",
        shares=("geographical-concentration", "direct-personal-contacts"),
    ),
}


def review_interview(
    interview: Interview, *, edition: Edition | None = None
) -> tuple[Problem, ...]:
    """
    Return a warning for each suspicious answer or day in an interview.

    It warns of numbers that contradict each other, tiny shares, impossible days, an
    expert who is not declared impartial, an unknown portfolio, and a day on which no
    ruleset of *edition* (by default the shipped one) judges interviews of this catalogue.
    No reader refuses an interview for a warning; call this before an interview is used.
    Source: docs/formats.md, "Careful advice".

    >>> from datetime import date
    >>> from ecei_rules.interviews.history import Cluster
    >>> from ecei_rules.interviews.interview import Conducted, Expert, Interview
    >>> import ecei_rules as er
    >>> catalogue = er.shipped().ruleset("bronze", version="2019-11").catalogue
    >>> cluster, expert = Cluster("Example Cluster", "IT"), Expert("observer", impartial=True)
    >>> conducted = Conducted(date(2024, 3, 18), experts=[expert])
    >>> answers = {"committed-participants": 63, "international-participants": 64}
    >>> interview = Interview(catalogue, cluster, conducted, answers)
    >>> [problem.code for problem in review_interview(interview)]
    ['ECEI371']
    """
    checks = (unequal_parts_problems, _numbers, _shares, _figures, _years, _events, _experts)
    return (
        *chain.from_iterable(check(interview) for check in checks),
        *_portfolio(interview),
        *_rules(interview, edition),
    )


def _numbers(interview: Interview) -> Iterator[Problem]:
    related, answers = _RELATED.get(interview.catalogue.id), interview.answers
    whole = answers.get(related.whole) if related else None
    if related is None or not isinstance(whole, int):
        return
    of_all = f'the {whole} of "{related.whole}"'
    for name in related.parts:
        part = answers.get(name)
        if isinstance(part, int) and part > whole:
            yield Problem("ECEI371", _place(name), f"{part} is more than {of_all}")
    for name in related.shares:
        share = answers.get(name)
        if isinstance(share, int | Decimal) and not _is_share_of(Decimal(share), whole):
            message = f"no number of {of_all} is a share of {plain(share)} %"
            yield Problem("ECEI373", _place(name), message)


def _shares(interview: Interview) -> Iterator[Problem]:
    """Find the percentages that were perhaps written as parts of one."""
    for member, answers, asked in (
        ("answers", interview.answers, interview.catalogue.asked),
        ("facts", interview.facts, interview.catalogue.facts_asked),
    ):
        for name, answer in answers.items():
            share = answer if isinstance(asked[name].answer, Share) else None
            if not (isinstance(share, Decimal) and 0 < share < 1):
                continue
            decimals = plain(share).partition(".")[2]
            # a percentage is often given to a tenth, and so small a one may be right
            if len(decimals) > 1:
                percent = value_text(Decimal(f"{decimals[:2]}.{decimals[2:]}"))
                hint = f"a share is a percentage: if {percent} % is meant, write {percent}"
                message = f"{value_text(share)} is less than 1 %"
                yield Problem("ECEI381", f"/{member}{step(name)}", message, hint)


def _figures(interview: Interview) -> Iterator[Problem]:
    """Compare the figures that an interview gives twice (docs/indicators.md, docs/quality.md)."""
    match interview.catalogue.id:
        case "benchmarking":
            yield from _participants_per_fte(interview)
        case "quality":
            yield from _figures_of_audit(interview)
        case _:  # a catalogue of somebody's own
            return


def _participants_per_fte(interview: Interview) -> Iterator[Problem]:
    stated = interview.answers.get("participants-per-fte")
    whole = interview.answers.get("committed-participants")
    staff = interview.facts.get("management-fte")
    if not (_is_number(stated) and _is_number(whole) and _is_number(staff) and staff):
        return
    ratio = Fraction(whole) / Fraction(staff)
    if abs(Fraction(stated) - ratio) > ratio * _TOLERANCE:
        message = (
            f'"committed-participants" is {plain(whole)} and "management-fte" is {plain(staff)},'
            f" which gives {_tenth(ratio)} and not {plain(stated)}"
        )
        yield Problem("ECEI380", _place("participants-per-fte"), message)


def _figures_of_audit(interview: Interview) -> Iterator[Problem]:
    available = interview.answers.get("human-resources-available")
    staff = interview.facts.get("management-fte")
    if _is_number(available) and _is_number(staff) and available != staff:
        message = f'"management-fte" is {plain(staff)} and not {plain(available)}'
        yield Problem("ECEI380", _place("human-resources-available"), message)
    kinds = interview.facts.get("activities-past-year")
    activities = interview.answers.get("activities-and-services")
    if _is_number(kinds) and isinstance(activities, Mapping):
        total = sum(activities.values())
        if kinds > total:
            message = f'{plain(kinds)} is more than the {total} of "activities-and-services"'
            yield Problem("ECEI371", "/facts/activities-past-year", message)


def _is_number(answer: Answer | None) -> TypeGuard[int | Decimal]:
    return isinstance(answer, int | Decimal)


def _tenth(number: Fraction) -> str:
    """
    Round a number to the nearest tenth.

    >>> _tenth(Fraction(42)), _tenth(Fraction(100, 3))
    ('42', '33.3')
    """
    return plain(Decimal(round(number * 10)).scaleb(-1))


def _is_share_of(share: Decimal, whole: int) -> bool:
    """
    Whether a share in percent, rounded up or down, is that of a number out of a *whole*.

    >>> _is_share_of(Decimal("33"), 3), _is_share_of(Decimal("33.4"), 3)
    (True, True)
    >>> _is_share_of(Decimal("40"), 3)
    False
    """
    if not whole:
        return not share
    _, _, decimals = plain(share).partition(".")
    unit = Fraction(1, 10 ** len(decimals))
    low, high = ((Fraction(share) + error) * whole / 100 for error in (-unit, unit))
    return any(low < number < high for number in range(int(low), int(high) + 2))


def _place(name: str) -> str:
    return f"/answers{step(name)}"


def _years(interview: Interview) -> Iterator[Problem]:
    on = interview.conducted.on
    for member, answers, asked in (
        ("answers", interview.answers, interview.catalogue.asked),
        ("facts", interview.facts, interview.catalogue.facts_asked),
    ):
        for name, answer in answers.items():
            year = answer if isinstance(asked[name].answer, Year) else None
            if isinstance(year, int) and year > on.year:
                message = f"{year} had not begun on the day of the interview, {on}"
                yield Problem("ECEI375", f"/{member}{step(name)}", message)


def _events(interview: Interview) -> Iterator[Problem]:
    on = interview.conducted.on
    for index, event in enumerate(interview.history):
        if event.on > on:
            message = f"{event.on} is after the day of the interview, {on}"
            yield Problem("ECEI374", f"/history/{index}/on", message)


def _experts(interview: Interview) -> Iterator[Problem]:
    experts = interview.conducted.experts
    if experts is None:
        hint = "a criterion on them stays open as long as they are left out"
        yield Problem("ECEI376", "/conducted", "no expert is stated", hint)
    elif not experts:
        hint = "an empty list says that nobody held the interview"
        yield Problem("ECEI376", "/conducted/experts", "no expert is stated", hint)
    for index, expert in enumerate(experts or ()):
        if not expert.impartial:
            where = f"/conducted/experts/{index}"
            place = where if expert.impartial is None else f"{where}/impartial"
            yield Problem("ECEI376", place, "the expert is not declared impartial")


def _portfolio(interview: Interview) -> Iterator[Problem]:
    named = interview.cluster.comparative_portfolio
    if named is not None and named not in PORTFOLIOS:
        message = f'the register has no comparative portfolio "{named}"'
        hint = near(named, PORTFOLIOS)
        yield Problem("ECEI377", "/cluster/comparative_portfolio", message, hint)


def _rules(interview: Interview, edition: Edition | None) -> Iterator[Problem]:
    catalogue, on = interview.catalogue, interview.conducted.on
    labels: Iterable[str]
    if edition is None:
        labels = shipped_labels(catalogue.id)
    else:
        labels = {r.label: None for r in edition.rulesets if r.catalogue.id == catalogue.id}
    in_force = [rules for label in labels if (rules := _in_force(edition, label, interview))]
    if not labels or any(rules.catalogue.version == catalogue.version for rules in in_force):
        return
    if in_force:
        judged = f"{in_force[0].reference} judges {in_force[0].catalogue.reference}"
        message = f"{judged} on {on}, the day of the interview"
        yield Problem("ECEI378", "/catalogue", message)
    else:
        message = f"no ruleset of {joined(labels)} is in force on {on}, the day of the interview"
        yield Problem("ECEI378", "/conducted/on", message)


def _in_force(edition: Edition | None, label: str, interview: Interview) -> Ruleset | None:
    find = shipped_ruleset_in_force if edition is None else edition.ruleset
    try:
        return find(label, on=interview.conducted.on)
    except NoRulesetInForce:
        return None
