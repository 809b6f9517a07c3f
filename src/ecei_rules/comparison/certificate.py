"""Certificates: proofs that no interview awarded by one ruleset is refused by another."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.interview import Given

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


@frozen
class CertifiedQuestion:
    """
    A question, with an answer from each of its classes.

    *key* is its subject and id, as `indicator/composition`; for a question that only one
    of the rulesets asks in this way, the number of that ruleset follows. *sides* are the
    rulesets that ask it: 0 the old, 1 the new.
    """

    key: str
    sides: tuple[int, ...]
    answers: tuple[Given, ...] = field(converter=tuple[Given, ...])


@frozen
class Need:
    """
    Points that an interview must gain to be refused.

    *gains* lists, by the key of a question, the points that each class gains: the least
    of each question is 0, and the greatest common factor of all is 1. A question left
    out gains nothing. Points that must *not* be reached are counted as points lost.
    """

    gains: FrozenMap[str, tuple[int, ...]] = field(converter=FrozenMap[str, tuple[int, ...]])
    at_least: int


def _bounds(bounds: Iterable[Iterable[Iterable[int]]]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    return tuple(tuple(tuple(each) for each in layer) for layer in bounds)


@frozen
class Case:
    """
    One conjunction under which an interview would be awarded and refused; it is infeasible.

    *allowed* lists the classes that remain of a question, where not all do; a conjunction
    that leaves no class of some question is not listed. The *needs* cannot all be met.
    Either the last ones must lose the points that the first must gain. Or *bounds* shows
    it: one layer after each question that gains anything, in the order of the questions.
    A layer has rows: reachable values of all needs but the last, each capped at its
    need, and then the most that the last can reach with them.
    """

    allowed: FrozenMap[str, tuple[int, ...]] = field(converter=FrozenMap[str, tuple[int, ...]])
    needs: tuple[Need, ...] = field(default=(), converter=tuple[Need, ...])
    bounds: tuple[tuple[tuple[int, ...], ...], ...] = field(default=(), converter=_bounds)


@frozen
class Proof:
    """
    A proof that every interview which meets some criteria meets another one.

    *by* are criteria of the awarding ruleset, a minimal set of them.
    """

    criterion: str
    by: tuple[str, ...] = field(converter=tuple[str, ...])
    cases: tuple[Case, ...] = field(converter=tuple[Case, ...])


@frozen
class Certificate:
    """
    A proof that one ruleset refuses no interview that another one awards.

    With a *scope*, the id of a dimension, it is about passing that dimension. There is a
    proof for each required criterion of the refusing ruleset. It holds for complete
    interviews held *on* a day. Check it with `check_certificate`; its form is described
    in docs/formats.md. Source: docs/semantics.md, 9.7.
    """

    scope: str | None
    awarded_by: str
    not_refused_by: str
    on: date
    questions: tuple[CertifiedQuestion, ...] = field(converter=tuple[CertifiedQuestion, ...])
    proofs: tuple[Proof, ...] = field(converter=tuple[Proof, ...])
