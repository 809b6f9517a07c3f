"""Strict reading and canonical writing of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring

#: A JSON value: numbers are exact, and integral ones are always `int`.
Json = None | bool | int | Decimal | str | list["Json"] | dict[str, "Json"]

MAX_DEPTH = 100
MAX_DIGITS = 1000
#: Limits the pointers of problems, which contain names.
MAX_NAME = 1000

_TOO_BIG = 10**MAX_DIGITS
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class NotPlain(Exception):
    """The quick reader refuses a text or is not sure; the scanner decides."""


def parse_json(text: str) -> Json:
    """
    Read strict JSON quickly, or raise `NotPlain`.

    It accepts a subset of the texts that `ecei_rules.diagnostics.scanner.scan` accepts,
    with the same values. Texts that are wrong or merely unusual (with an escaped
    surrogate pair) are left to the scanner, which is slower and knows places.

    >>> parse_json('{"share": 18.50, "count": 1.8e1}')
    {'share': Decimal('18.50'), 'count': 18}
    """
    value = parse_unlimited(text)
    check_limits(value)
    return value


def parse_unlimited(text: str) -> Json:
    """
    Read a text as `parse_json` does, and leave the limits to the caller.

    The limits are those of `check_limits`. Call this where every value is examined anyway.
    """
    if "\\" in text and _SURROGATE.search(text):
        raise NotPlain
    if not text.isascii() and LONE_SURROGATE.search(text):
        raise NotPlain
    try:
        value: Json = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise NotPlain from error
    return value


def check_limits(value: Json, *, depth: int = MAX_DEPTH) -> None:
    """
    Raise `NotPlain` for values nested deeper than *depth*, large integers and long names.

    >>> check_limits([[]], depth=1)
    Traceback (most recent call last):
        ...
    ecei_rules.diagnostics.json_text.NotPlain
    """
    if isinstance(value, dict):
        if depth == 0 or max(map(len, value), default=0) > MAX_NAME:
            raise NotPlain
        for inner in value.values():
            check_limits(inner, depth=depth - 1)
    elif isinstance(value, list):
        if depth == 0:
            raise NotPlain
        for inner in value:
            check_limits(inner, depth=depth - 1)
    elif isinstance(value, int) and not -_TOO_BIG < value < _TOO_BIG:
        raise NotPlain


def exact(text: str) -> int | Decimal | None:
    """
    Return the exact value of a JSON number, or `None` if it has too many digits.

    The limit of 1,000 digits holds for the number as written and when written without
    an exponent: `1e999` is accepted, `1e1000` is not. Source: docs/semantics.md, 1.1.

    >>> exact("1e2"), exact("0.10"), exact("-0.0"), exact("1e1000")
    (100, Decimal('0.10'), 0, None)
    """
    mantissa, _, exponent = text.lower().partition("e")
    digits, shift = mantissa.lstrip("-").replace(".", ""), exponent.lstrip("+-0")
    if len(digits) > MAX_DIGITS or len(shift) > len(str(MAX_DIGITS)):
        return None
    sign = -1 if exponent.startswith("-") else 1
    power = sign * int(shift or "0") - len(mantissa.partition(".")[2])
    if max(len(digits) + power, 1 - power) > MAX_DIGITS:
        return None
    if power >= 0:
        factor: int = 10**power
        return int(mantissa.replace(".", "")) * factor
    value = Decimal(text)
    whole = int(value)
    return whole if whole == value else value


def plain(value: int | Decimal) -> str:
    """
    Write a number without exponent and without needless zeros.

    Equal numbers are written alike. Source: docs/semantics.md, 1.1.

    >>> plain(Decimal("1.50")), plain(Decimal("1E+2")), plain(-0)
    ('1.5', '100', '0')
    """
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical(value: object) -> str:
    """
    Write a JSON value in canonical form: equal values give equal texts.

    Names are sorted by code point, there is no insignificant space, numbers are written
    by `plain`, and no character is escaped needlessly. Tuples and mappings are written
    as arrays and objects. Source: docs/formats.md, "Canonical JSON".

    >>> canonical({"b": Decimal("18.0"), "a": (True, None)})
    '{"a":[true,null],"b":18}'
    """
    match value:
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case int() | Decimal():
            return plain(value)
        case str():
            return json_string(value)
        case Mapping():
            pairs = (f"{json_string(name)}:{canonical(value[name])}" for name in sorted(value))
            return "{" + ",".join(pairs) + "}"
        case list() | tuple():
            return "[" + ",".join(map(canonical, value)) + "]"
        case _:
            msg = f"not a JSON value: {value!r}"
            raise TypeError(msg)


def pretty(value: object) -> str:
    """Write a JSON value for people: indented, with members in the given order."""
    return "".join(_indented(value, "\n")) + "\n"


def _indented(value: object, margin: str) -> str:
    deeper = margin + "  "
    match value:
        case Mapping() if value:
            pairs = (f"{json_string(n)}: {_indented(v, deeper)}" for n, v in value.items())
            return "{" + deeper + ("," + deeper).join(pairs) + margin + "}"
        case list() | tuple() if any(isinstance(v, Mapping | list | tuple) for v in value):
            items = (_indented(item, deeper) for item in value)
            return "[" + deeper + ("," + deeper).join(items) + margin + "]"
        case list() | tuple():
            return "[" + ", ".join(map(canonical, value)) + "]"
        case _:
            return canonical(value)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotPlain
    return result


def _decimal(text: str) -> int | Decimal:
    if text[-1] != "0" and "e" not in text and "E" not in text and len(text) <= MAX_DIGITS:
        return Decimal(text)
    value = exact(text)
    if value is None:
        raise NotPlain
    return value


def _refuse(_name: str) -> Json:
    raise NotPlain


#: Writes a text with quotation marks, and escapes no character needlessly.
json_string = encode_basestring
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_decimal, parse_constant=_refuse)
