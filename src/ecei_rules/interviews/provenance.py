"""Provenance: the sources of rules and questions, and how reliable the rules are."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from attrs import field, frozen

from ecei_rules.interviews.validators import nonempty, slug, web_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Basis(Enum):
    """
    How reliable a rule is, the most reliable first.

    *documented*: a published source states it; *inferred*: it follows from documented
    cases; *illustrative*: it is this project's own, to be replaced by the values of
    the scheme's owner, and never official. Source: docs/semantics.md, 4.4.
    """

    DOCUMENTED = "documented"
    INFERRED = "inferred"
    ILLUSTRATIVE = "illustrative"

    # there is one object for each member, and a hash of names takes long
    __hash__ = object.__hash__


ORDER = tuple(Basis)


def weakest(bases: Iterable[Basis]) -> Basis:
    """
    Return the least reliable basis; of none, *documented* (docs/semantics.md, 4.4).

    >>> weakest([Basis.INFERRED, Basis.DOCUMENTED]).value
    'inferred'
    """
    given = list(bases)
    return next((basis for basis in reversed(ORDER) if basis in given), ORDER[0])


@frozen
class Provenance:
    """
    How reliable a rule is, and the ids of its sources.

    A rule without provenance is illustrative. A documented criterion that rests on *one
    page* alone, and not one of the scheme's operator, says so. Source:
    docs/semantics.md, 4.4.
    """

    status: Basis = Basis.ILLUSTRATIVE
    sources: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)
    one_page: bool = field(default=False, kw_only=True)
    note: str | None = field(default=None, kw_only=True)


@frozen
class Attestation:
    """
    Whether a source names an indicator or a fact.

    An *unattested* one is part of a reconstruction: no page that was found names it.
    """

    status: Literal["attested", "unattested"]
    sources: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)
    note: str | None = field(default=None, kw_only=True)


@frozen
class Source:
    """A page or paper that a rule or a question was taken from."""

    id: str = field(validator=slug)
    title: str = field(validator=nonempty)
    url: str | None = field(default=None, kw_only=True, validator=web_address)
