"""Validators of attributes: ids, versions, texts, web addresses and days."""

from __future__ import annotations

from typing import Any

from attrs.validators import matches_re, optional

from ecei_rules.interviews.dates import SUPPORTED_YEARS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from attrs import Attribute

slug = matches_re(r"([a-wyz][a-z0-9]*|x[a-z0-9]+)(-[a-z0-9]+)*")
version = matches_re(r"[0-9a-z][0-9a-z.-]*")
web_address = optional(matches_re(r"https?://[\s\S]*"))


def nonempty(_instance: object, attribute: Attribute[str], value: str) -> None:
    """Refuse an empty text."""
    if not value:
        msg = f"{attribute.name} is not empty"
        raise ValueError(msg)


def no_empty_text(_instance: object, attribute: Attribute[Any], value: Mapping[str, str]) -> None:
    """Refuse a mapping with an empty text."""
    if "" in value.values():
        msg = f"{attribute.name} holds no empty text"
        raise ValueError(msg)


def supported_day(_instance: object, attribute: Attribute[Any], value: date | None) -> None:
    """Refuse a day outside the years 1900 to 2999, so that all arithmetic stays in range."""
    if value is not None and value.year not in SUPPORTED_YEARS:
        msg = f"{attribute.name} lies in the years 1900 to 2999: {value}"
        raise ValueError(msg)
