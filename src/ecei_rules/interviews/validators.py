"""Validators of attributes: ids, versions, texts, web addresses and days."""

from __future__ import annotations

import re
from typing import Any

from attrs.validators import optional

from ecei_rules.diagnostics.phrasing import quoted
from ecei_rules.interviews.dates import SUPPORTED_YEARS, check_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from attrs import Attribute

    Validator = Callable[[object, Attribute[Any], Any], None]


def matching(pattern: str, form: str) -> Validator:
    """Return a validator that refuses texts that do not match, and tells their *form*."""
    expression = re.compile(pattern)

    def check(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, str):
            msg = f"{attribute.name} is a text, got {value!r}"
            raise TypeError(msg)
        if not expression.fullmatch(value):
            msg = f"{attribute.name} is {form}, got {value!r}"
            raise ValueError(msg)

    return check


slug = matching(
    r"([a-wyz][a-z0-9]*|x[a-z0-9]+)(-[a-z0-9]+)*",
    "words of small letters and digits with hyphens between them, the first not x alone",
)
version = matching(r"[0-9a-z][0-9a-z.-]*", "small letters, digits, points and hyphens")
country_code = matching("[A-Z]{2}", "two capital letters such as IT")
web_address = optional(
    matching(r"https?://[\s\S]*", "an address that begins with http:// or https://")
)


def of_type(kind: type) -> Validator:
    """Return a validator that refuses values of other types."""

    def check(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, kind):
            msg = f"{attribute.name} is of the type {kind.__name__}, got {value!r}"
            raise TypeError(msg)

    return check


def each_of_type(kind: type) -> Validator:
    """Return a validator that refuses a sequence with a value of another type."""

    def check(_instance: object, attribute: Attribute[Any], values: Iterable[object]) -> None:
        for value in values:
            if not isinstance(value, kind):
                msg = f"{attribute.name} has values of the type {kind.__name__}, got {value!r}"
                raise TypeError(msg)

    return check


def one_of(*values: str) -> Validator:
    """Return a validator that refuses other texts than these."""

    def check(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if value not in values:
            msg = f"{attribute.name} is {quoted(values)}, got {value!r}"
            raise ValueError(msg)

    return check


def nonempty(_instance: object, attribute: Attribute[str], value: object) -> None:
    """Refuse an empty text, and what is not a text."""
    if not isinstance(value, str):
        msg = f"{attribute.name} is a text, got {value!r}"
        raise TypeError(msg)
    if not value:
        msg = f"{attribute.name} is not empty"
        raise ValueError(msg)


def no_empty_text(
    _instance: object, attribute: Attribute[Any], value: Mapping[object, object]
) -> None:
    """Refuse a mapping with an empty text, or with a name or a value that is not a text."""
    for name, text in value.items():
        if not isinstance(name, str) or not isinstance(text, str):
            msg = f"{attribute.name} has texts by their names, got {name!r}: {text!r}"
            raise TypeError(msg)
        if not text:
            msg = f"{attribute.name} holds no empty text"
            raise ValueError(msg)


def supported_day(_instance: object, attribute: Attribute[Any], value: Any) -> None:
    """
    Refuse what is not a day, and a day outside the years 1900 to 2999.

    All arithmetic then stays in range. An attribute whose default is `None` may be left out.
    """
    if value is None and attribute.default is None:
        return
    check_day(attribute.name, value)
    if value.year not in SUPPORTED_YEARS:
        msg = f"{attribute.name} lies in the years 1900 to 2999: {value}"
        raise ValueError(msg)
