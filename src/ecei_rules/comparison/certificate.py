"""Why no interview that one ruleset awards is refused by another."""

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

    *key* is its subject and id, as `indicator/composition`; a question that only one of
    the rulesets asks in this way has its number after them. *sides* are the rulesets
    that ask it, 0 the old and 1 the new one.
    """

    key: str
    sides: tuple[int, ...]
    answers: tuple[Given, ...] = field(converter=tuple[Given, ...])


@frozen
class Need:
    """
    Points that must be reached for a refusal: what each class gains, and how many.

    *gains* lists, by the id of a question, the gain of each class, the least of each
    question 0 and their greatest common factor 1; a question left out gains nothing.
    Points that must *not* be reached are counted as points lost.
    """

    gains: FrozenMap[str, tuple[int, ...]] = field(converter=FrozenMap[str, tuple[int, ...]])
    at_least: int


def _bounds(bounds: Iterable[Iterable[Iterable[int]]]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    return tuple(tuple(tuple(each) for each in layer) for layer in bounds)


@frozen
class Case:
    """
    One way to be awarded by the one and refused by the other, and why it is barred.

    *allowed* lists the classes that are left of a question, where not all are; a way on
    which none is left of some question is no case. The *needs* cannot all be met: the
    last ones may be to lose what the first are to gain; otherwise *bounds* has, after
    each question that gains anything, in the order of the questions, for all values of
    the first needs (no more than is needed of each) the most that the last can be.
    """

    allowed: FrozenMap[str, tuple[int, ...]] = field(converter=FrozenMap[str, tuple[int, ...]])
    needs: tuple[Need, ...] = field(default=(), converter=tuple[Need, ...])
    bounds: tuple[tuple[tuple[int, ...], ...], ...] = field(default=(), converter=_bounds)


@frozen
class Proof:
    """
    That no interview which meets some criteria fails another one.

    *by* are criteria of the awarding ruleset, as few as suffice.
    """

    criterion: str
    by: tuple[str, ...] = field(converter=tuple[str, ...])
    cases: tuple[Case, ...] = field(converter=tuple[Case, ...])


@frozen
class Certificate:
    """
    That whatever one ruleset awards (or passes in a dimension) the other does not refuse.

    There is a proof for each required criterion of the other one. It holds for complete
    interviews held *on* a day.
    """

    scope: str | None
    awarded_by: str
    not_refused_by: str
    on: date
    questions: tuple[CertifiedQuestion, ...] = field(converter=tuple[CertifiedQuestion, ...])
    proofs: tuple[Proof, ...] = field(converter=tuple[Proof, ...])
