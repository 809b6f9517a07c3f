"""Corpora whose benchmarks are attacked, and what the public knows of their organisations."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from attrs import evolve
from benchmark_attack import EVERYBODY

import ecei_rules as er
from ecei_rules.benchmark.synthetic.random_draws import RandomDraws

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from benchmark_attack import GroupKey

#: The share of answers that are drawn to the commonest.
_ALIKE = 0.8


def memberships(
    corpus: Iterable[er.Interview], ruleset: er.Ruleset, on: date
) -> list[tuple[GroupKey, ...]]:
    """Return the groups of each organisation, as the public register would give them."""
    groups = []
    for interview in corpus:
        awards = er.awards_in(er.LabelHistory(interview.history), er.shipped())
        labels = {award.label for award in awards if award.first <= on <= award.until}
        validity = er.assess(interview, ruleset).validity
        if validity is not None and validity.first <= on <= validity.until:
            labels.add(ruleset.label)
        portfolio = interview.cluster.comparative_portfolio
        own: list[GroupKey] = [(on, *EVERYBODY), (on, "country", interview.cluster.country)]
        own += [(on, "portfolio", portfolio)] if portfolio else []
        groups.append((*own, *((on, "label", label) for label in sorted(labels))))
    return groups


def drawn_together(corpus: Iterable[er.Interview], seed: int) -> list[er.Interview]:
    """
    Return interviews in which four of five answers are those commonest among their like.

    Their like are everybody, the country or the portfolio, by question. Real organisations
    resemble each other more than invented ones do, and where groups agree, counts tell more.
    """
    corpus, draws = list(corpus), RandomDraws(seed, 0)
    names = list(corpus[0].catalogue.asked)
    families = ("everybody", "country", "portfolio")
    like = {name: families[draws.below(len(families))] for name in names}

    def group(interview: er.Interview, name: str) -> str | None:
        cluster = interview.cluster
        by_family = {"country": cluster.country, "portfolio": cluster.comparative_portfolio}
        return by_family.get(like[name])

    common: dict[tuple[str, str | None], Counter[Any]] = defaultdict(Counter)
    for interview in corpus:
        for name, answer in interview.answers.items():
            common[name, group(interview, name)][answer] += 1
    return [
        evolve(
            interview,
            answers={
                name: common[name, group(interview, name)].most_common(1)[0][0]
                if draws.rank() < _ALIKE
                else answer
                for name, answer in interview.answers.items()
            },
        )
        for interview in corpus
    ]
