"""docs/benchmark.md, "The audit": an attack finds no answer of a single organisation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from benchmark_attack import Attacked, drawn_together, exact_counts, memberships, pinned

import ecei_rules as er

if TYPE_CHECKING:
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

    found, size = pinned([benchmark], attacked, "legal-form", exact)

    assert len(found) > size / 10
