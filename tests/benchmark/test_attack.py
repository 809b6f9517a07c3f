"""docs/benchmark.md, "The audit": an attack finds no answer of a single organisation."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from attacked_corpora import drawn_together, memberships
from attrs import evolve
from benchmark_attack import Attacked, exact_counts, pinned, pinned_by_values
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import ecei_rules as er

if TYPE_CHECKING:
    from benchmark_attack import GroupKey

    from ecei_rules.benchmark.benchmark import Benchmark

ON = date(2022, 6, 30)
RULESET = er.shipped().ruleset("bronze", version="2019-11")
#: One question of each kind, and those in which many answer alike.
ASKED = (
    "specialisation",
    "participants-per-fte",
    "legal-form",
    "working-groups",
    "cluster-cooperation",
    "service-spectrum",
)


def corpus_of(count: int, seed: int, *, alike: bool) -> list[er.Interview]:
    """Return invented interviews, perhaps with most answers like those of the group."""
    corpus = list(er.example_corpus(count, seed=seed))
    return drawn_together(corpus, seed) if alike else corpus


def answers_read_off(documents: list[Benchmark], corpus: list[er.Interview]) -> list[Any]:
    """Return who is pinned by some documents, in the questions that are asked here."""
    attacked = Attacked(corpus, memberships(corpus, RULESET, ON), RULESET)
    return [each for name in ASKED for each in pinned(documents, attacked, name)[0]]


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("count", "seed", "alike"), [(30, 1, False), (45, 2, True), (50, 3, False)]
)
def test_no_answer_is_read_off(count: int, seed: int, *, alike: bool) -> None:
    """
    Two documents of one day, with minima of 5 and 10, leave every organisation two classes.
    """
    corpus = corpus_of(count, seed, alike=alike)
    documents = [er.build_benchmark(corpus, RULESET, on=ON, minimum=n) for n in (5, 10)]

    assert answers_read_off(documents, corpus) == []


@pytest.mark.oracle
def test_attack_reads_answers_off_exact_counts() -> None:
    """
    The same counts in classes, not rounded and with nothing withheld, give answers away, so
    the attack is one; all that it claims is true.
    """
    corpus = corpus_of(60, 3, alike=False)
    attacked = Attacked(corpus, memberships(corpus, RULESET, ON), RULESET)
    benchmark = er.build_benchmark(corpus, RULESET, on=ON)
    exact = exact_counts(benchmark, attacked, "legal-form")

    found, size = pinned([benchmark], attacked, "legal-form", exact=exact)

    assert len(found) > size / 10


@pytest.mark.oracle
def test_attack_reads_answers_off_documents_of_version_1() -> None:
    """
    They told how often each value occurs in each group, which gives away many years.
    """
    corpus = corpus_of(60, 3, alike=False)
    attacked = Attacked(corpus, memberships(corpus, RULESET, ON), RULESET)

    found, size = pinned_by_values(attacked, "year-established")

    assert len(found) > size / 4


@cache
def forty() -> tuple[list[er.Interview], list[tuple[GroupKey, ...]], str]:
    """Return interviews, the groups of each, and the benchmark of them."""
    corpus = corpus_of(40, 3, alike=False)
    written = er.write_benchmark(er.build_benchmark(corpus, RULESET, on=ON))
    return corpus, memberships(corpus, RULESET, ON), written


@pytest.mark.oracle
@settings(max_examples=5)
@given(st.data())
def test_no_figure_depends_on_two_questions(data: st.DataObject) -> None:
    """
    Two organisations in the same groups exchange their answers to one question, and the
    document stays the same. So nothing in it joins two questions, points included: every
    combination of answers that are possible one by one is possible too.
    """
    corpus, groups, written = forty()
    pairs = [
        (one, other)
        for one, other in combinations(range(len(corpus)), 2)
        if groups[one] == groups[other]
    ]
    name = data.draw(st.sampled_from(list(RULESET.catalogue.asked)))
    one, other = data.draw(st.sampled_from(pairs))
    exchanged = list(corpus)
    for this, that in ((one, other), (other, one)):
        answers = {**corpus[this].answers}
        answers.pop(name, None)
        if name in corpus[that].answers:
            answers[name] = corpus[that].answers[name]
        exchanged[this] = evolve(corpus[this], answers=answers)
    # an award that comes or goes changes who holds a label
    assume(memberships(exchanged, RULESET, ON) == groups)

    again = er.build_benchmark(exchanged, RULESET, on=ON)

    assert er.write_benchmark(again) == written
