"""Interviews without the names and texts that tell whose they are."""

from __future__ import annotations

from attrs import evolve

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.digest import digest
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import MADE_UP, Expert, Improvement
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.portfolios import portfolio_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.interview import Interview

    #: The form of a name that all its spellings share, and the country.
    Organisation = tuple[str, str]

#: In place of a text that must not be empty.
LEFT_OUT = "left out"


def pseudonymous(interviews: Iterable[Interview]) -> tuple[Interview, ...]:
    """
    Number the organisations of interviews, and drop what people wrote in them.

    Call this before sharing interviews for study, on all of them at once: an organisation
    has the same number in all its interviews. An assessment gives the same outcomes,
    points and days as before, so the answers, the country, a known portfolio, the days, the
    history, and the roles and impartiality of the experts are kept; they can still identify
    an organisation. Neither order nor numbers depend on names or on the order given.
    Source: docs/command-line.md, "Pseudonymous interviews".

    >>> import ecei_rules as er
    >>> one, other = pseudonymous(er.example_corpus(2))
    >>> one.cluster.name, other.cluster.name, one.cluster.website, one.remarks
    ('Organisation 1', 'Organisation 2', None, FrozenMap({}))
    """
    held: dict[Organisation, list[tuple[date, str, Interview]]] = {}
    for interview in interviews:
        cluster, stripped = interview.cluster, _stripped(interview)
        entry = interview.conducted.on, digest(stripped), stripped
        held.setdefault((comparable_name(cluster.name), cluster.country), []).append(entry)
    # by digests: the order of the interviews may be that of the names
    organisations = sorted((sorted(each, key=_order) for each in held.values()), key=_digests)
    return tuple(
        evolve(each, cluster=evolve(each.cluster, name=f"Organisation {number}"))
        for number, entries in enumerate(organisations, start=1)
        for _, _, each in entries
    )


def _order(entry: tuple[date, str, Interview]) -> tuple[date, str]:
    return entry[:2]


def _digests(entries: Iterable[tuple[date, str, Interview]]) -> list[str]:
    return [digest for _, digest, _ in entries]


def _stripped(interview: Interview) -> Interview:
    """Return an interview with the name of nobody, and without any text that was written."""
    cluster, conducted = interview.cluster, interview.conducted
    experts = conducted.experts
    if experts is not None:
        experts = tuple(Expert(each.role, impartial=each.impartial) for each in experts)
    portfolio = cluster.comparative_portfolio
    return evolve(
        interview,
        cluster=Cluster(
            "Organisation",
            cluster.country,
            comparative_portfolio=None if portfolio is None else portfolio_of(portfolio),
        ),
        conducted=evolve(conducted, experts=experts),
        answers={name: _without_reason(each) for name, each in interview.answers.items()},
        improvements=[
            Improvement(each.indicator, LEFT_OUT, confirmed=each.confirmed)
            for each in interview.improvements
        ],
        remarks=FrozenMap(),
        schema=None,
        # invented answers must not pass for real ones
        extensions=FrozenMap({MADE_UP: True} if interview.made_up else {}),
    )


def _without_reason(answer: Answer) -> Answer:
    return NotApplicable(LEFT_OUT) if isinstance(answer, NotApplicable) else answer
