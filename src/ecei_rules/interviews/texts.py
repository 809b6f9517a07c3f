"""Texts by language, and where a thing was learned."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Any, Literal

from attrs import Attribute, field, frozen
from attrs.validators import matches_re, optional

from ecei_rules.diagnostics.frozen_map import FrozenMap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SLUG = r"([a-wyz][a-z0-9]*|x[a-z0-9]+)(-[a-z0-9]+)*"
VERSION = r"[0-9a-z][0-9a-z.-]*"
OUR_YEARS = range(1900, 3000)
_DAY = re.compile(r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")

slug = matches_re(SLUG)
version = matches_re(VERSION)


def nonempty(_instance: object, attribute: Attribute[str], value: str) -> None:
    """Refuse an empty text."""
    if not value:
        msg = f"{attribute.name} is not empty"
        raise ValueError(msg)


web_address = optional(matches_re(r"https?://[\s\S]*"))


def of_our_years(_instance: object, attribute: Attribute[Any], value: date | None) -> None:
    """Refuse a day outside the years 1900 to 2999, between which all arithmetic stays."""
    if value is not None and value.year not in OUR_YEARS:
        msg = f"{attribute.name} lies in the years 1900 to 2999: {value}"
        raise ValueError(msg)


def calendar_day(text: str) -> date | None:
    """
    The day that a text such as 2024-03-31 names, of the years 1900 to 2999; else none.

    >>> calendar_day("2024-02-30") is calendar_day("1899-12-31") is calendar_day("31.3.24")
    True
    """
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def no_empty_text(_instance: object, attribute: Attribute[Any], value: Mapping[str, str]) -> None:
    """Refuse a mapping with an empty text."""
    if "" in value.values():
        msg = f"{attribute.name} holds no empty text"
        raise ValueError(msg)


@frozen
class Text:
    """
    A text by language tag (BCP 47); English (`en`) is always there.

    >>> str(Text({"en": "Structure", "de": "Struktur"}))
    'Structure'
    """

    translations: FrozenMap[str, str] = field(converter=FrozenMap[str, str])

    @translations.validator
    def _check_languages(self, _attribute: object, value: Mapping[str, str]) -> None:
        if "en" not in value:
            msg = "a text has an English form (en)"
            raise ValueError(msg)
        for tag, text in value.items():
            if not LANGUAGE.fullmatch(tag) or not text:
                msg = f"a text stands under a language tag and is not empty: {tag!r}"
                raise ValueError(msg)

    def __str__(self) -> str:
        return self.translations["en"]


class Basis(Enum):
    """
    How sure a rule is, the surest first.

    *documented*: a published source states it; *inferred*: it follows from documented
    cases; *illustrative*: it is this project's own, to be replaced by the values of
    the scheme's owner, and never official.
    """

    DOCUMENTED = "documented"
    INFERRED = "inferred"
    ILLUSTRATIVE = "illustrative"


ORDER = tuple(Basis)


def weakest(bases: Iterable[Basis]) -> Basis:
    """
    The least sure of some bases; of none, *documented*.

    >>> weakest([Basis.INFERRED, Basis.DOCUMENTED]).value
    'inferred'
    """
    return max(bases, key=ORDER.index, default=Basis.DOCUMENTED)


@frozen
class Provenance:
    """Where a rule comes from: how sure it is, and the ids of its sources."""

    status: Basis = Basis.ILLUSTRATIVE
    sources: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)
    note: str | None = field(default=None, kw_only=True)


@frozen
class Attestation:
    """
    Whether a source names an indicator or a fact.

    What is *unattested* is part of a reconstruction: no page that was found names it.
    """

    status: Literal["attested", "unattested"]
    sources: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)
    note: str | None = field(default=None, kw_only=True)


@frozen
class Source:
    """A page or paper that something was learned from."""

    id: str = field(validator=slug)
    title: str = field(validator=nonempty)
    url: str | None = field(default=None, kw_only=True, validator=web_address)
