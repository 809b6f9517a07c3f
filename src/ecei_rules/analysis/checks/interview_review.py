"""Warnings about suspicious answers in a valid interview."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import chain

from attrs import frozen

from ecei_rules.diagnostics.errors import NoRulesetInForce
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import joined, near
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.documents.shipped import shipped
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Year
from ecei_rules.interviews.portfolios import PORTFOLIOS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset


@frozen
class _Related:
    """
    The indicators of one catalogue that count the same participants.

    *whole* is their number, *types* the breakdown of all, *parts* are numbers of some
    of them, and *shares* are shares of some of them in percent.
    """

    whole: str
    types: str
    parts: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()


#: By the id of the catalogue. Source: the questions of its editions.
_RELATED = {
    "benchmarking": _Related(
        "committed-participants",
        "composition",
        parts=("international-participants",),
        shares=("participant-contacts",),
    ),
    "quality": _Related(
        "number-of-committed-participants",
        "composition-of-participants",
        shares=("geographical-concentration", "direct-personal-contacts"),
    ),
}


def review_interview(
    interview: Interview, *, edition: Edition | None = None
) -> tuple[Problem, ...]:
    """
    Return a warning for each suspicious answer or day in an interview.

    It warns of numbers that contradict each other, impossible days, an expert who is not
    declared impartial, an unknown portfolio, and a day on which no ruleset of *edition*
    (by default the shipped one) judges interviews of this catalogue. No reader refuses
    an interview for a warning; call this before an interview is used. Source:
    docs/formats.md, "Careful advice".

    >>> from datetime import date
    >>> from ecei_rules.interviews.history import Cluster
    >>> from ecei_rules.interviews.interview import Conducted, Expert, Interview
    >>> catalogue = shipped().ruleset("bronze", version="2019-11").catalogue
    >>> cluster, expert = Cluster("Example Cluster", "IT"), Expert("observer", impartial=True)
    >>> conducted = Conducted(date(2024, 3, 18), experts=[expert])
    >>> answers = {"committed-participants": 63, "international-participants": 64}
    >>> interview = Interview(catalogue, cluster, conducted, answers)
    >>> [problem.code for problem in review_interview(interview)]
    ['ECEI371']
    """
    rules = shipped() if edition is None else edition
    checks = (_numbers, _years, _events, _experts, _portfolio)
    return (*chain.from_iterable(check(interview) for check in checks), *_rules(interview, rules))


def _numbers(interview: Interview) -> Iterator[Problem]:
    related, answers = _RELATED.get(interview.catalogue.id), interview.answers
    whole = answers.get(related.whole) if related else None
    if related is None or not isinstance(whole, int):
        return
    of_all = f'the {whole} of "{related.whole}"'
    types = _total(answers, related.types)
    if types is not None and types != whole:
        code, how = ("ECEI371", "more than") if types > whole else ("ECEI372", "fewer than")
        message = f"the types add up to {types}, {how} {of_all}"
        yield Problem(code, _place(related.types), message)
    for name in related.parts:
        part = answers.get(name)
        if isinstance(part, int) and part > whole:
            yield Problem("ECEI371", _place(name), f"{part} is more than {of_all}")
    for name in related.shares:
        share = answers.get(name)
        if isinstance(share, int | Decimal) and not _is_share_of(Decimal(share), whole):
            message = f"no number of {of_all} is a share of {plain(share)} %"
            yield Problem("ECEI373", _place(name), message)


def _total(answers: Mapping[str, Answer], name: str) -> int | None:
    answer = answers.get(name)
    if answer is None or isinstance(answer, NotApplicable | str | int | Decimal | tuple):
        return None
    return sum(answer.values())


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
    if not experts:
        place = "/conducted" if experts is None else "/conducted/experts"
        yield Problem("ECEI376", place, "no expert is stated")
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


def _rules(interview: Interview, edition: Edition) -> Iterator[Problem]:
    catalogue, on = interview.catalogue, interview.conducted.on
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


def _in_force(edition: Edition, label: str, interview: Interview) -> Ruleset | None:
    try:
        return edition.ruleset(label, on=interview.conducted.on)
    except NoRulesetInForce:
        return None
