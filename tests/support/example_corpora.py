"""Example corpora of the shipped catalogues."""

from __future__ import annotations

from functools import cache

import ecei_rules as er

CATALOGUES = [each.reference for each in er.shipped().catalogues]


def catalogue(reference: str) -> er.Catalogue:
    """Return a shipped catalogue."""
    return er.shipped().catalogue(*reference.split("@"))


@cache
def corpus(reference: str) -> tuple[er.Interview, ...]:
    """Return a thousand interviews of a catalogue, enough to compare shares."""
    return tuple(er.example_corpus(1000, seed=6, catalogue=catalogue(reference)))


def corpus_text(reference: str, count: int, seed: int = 0) -> str:
    """Return the text of a corpus, one interview a line."""
    interviews = er.example_corpus(count, seed=seed, catalogue=catalogue(reference))
    return "".join(f"{er.write_interview(each)}\n" for each in interviews)
