"""docs/benchmark.md, "The audit": an attack finds no answer of a single organisation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from attacked_corpora import drawn_together, memberships
from attrs import evolve
from benchmark_attack import Attacked, exact_counts, pinned, pinned_by_values
from hypothesis import given, settings
from hypothesis import strategies as st

import ecei_rules as er
from ecei_rules.interviews.history import Cluster

if TYPE_CHECKING:
    from ecei_rules.benchmark.benchmark import Benchmark

ON, BEFORE_LABELS = date(2022, 6, 30), date(2000, 1, 1)
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
def in_few_groups() -> tuple[list[er.Interview], str]:
    """Return interviews from two countries, on a day without labels, and their benchmark."""
    corpus = [
        evolve(each, cluster=Cluster(each.cluster.name, ("IT", "DE")[number % 2]))
        for number, each in enumerate(er.example_corpus(40, seed=3))
    ]
    return corpus, er.write_benchmark(er.build_benchmark(corpus, RULESET, on=BEFORE_LABELS))


@pytest.mark.oracle
@settings(max_examples=5)
@given(st.data())
def test_no_figure_depends_on_two_questions(data: st.DataObject) -> None:
    """
    Organisations of the same groups exchange their answers to some questions, and the
    document stays the same. So nothing in it joins two questions, points included: every
    combination of answers that are possible one by one is possible too.
    """
    corpus, written = in_few_groups()
    names = {name for name in RULESET.catalogue.asked if data.draw(st.booleans())}
    cells: defaultdict[object, list[int]] = defaultdict(list)
    for number, groups in enumerate(memberships(corpus, RULESET, BEFORE_LABELS)):
        cells[groups].append(number)
    exchanged = list(corpus)
    for members in cells.values():
        for this, that in zip(members, data.draw(st.permutations(members)), strict=True):
            kept = {n: a for n, a in corpus[this].answers.items() if n not in names}
            taken = {n: a for n, a in corpus[that].answers.items() if n in names}
            exchanged[this] = evolve(corpus[this], answers={**kept, **taken})

    again = er.build_benchmark(exchanged, RULESET, on=BEFORE_LABELS)

    assert er.write_benchmark(again) == written
