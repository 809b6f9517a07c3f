"""The wording of names, counts and values in messages."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice

from ecei_rules.diagnostics.json_text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


_LONG = 60
#: Names are longer than most values, and are not cut before this.
_LONG_NAME = 200
_LONG_MESSAGE = 1000
_NEAR = 0.7
#: The largest number of names that a message lists, or that a hint is chosen from.
_MANY = 100
#: Control characters, line and paragraph separators, bidirectional controls and lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""
    Make a text safe to print: it stays on its line and cannot control a terminal.

    Messages quote documents; a line break or an escape sequence in a document must not
    look like part of the message.

    >>> print(visible("a\x1b[31m\nb"), visible("naïve 𝄞"))
    a\u001b[31m\u000ab naïve 𝄞
    """
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def shortened(message: str) -> str:
    """
    Cut a message that quotes more than a reader takes in.

    >>> len(shortened("the row has no name: " + 1000 * "x"))
    1000
    """
    return message if len(message) <= _LONG_MESSAGE else f"{message[: _LONG_MESSAGE - 1]}…"


def quoted(names: Iterable[str], last: str = "or") -> str:
    """
    List names for a sentence, each in quotation marks.

    >>> quoted(["a"]), quoted(["a", "b"]), quoted(["a", "b", "c"])
    ('"a"', '"a" or "b"', '"a", "b" or "c"')
    """
    all_names = list(names)
    items = [
        f'"{name}"' if len(name) <= _LONG_NAME else value_text(name) for name in all_names[:_MANY]
    ]
    if len(all_names) > _MANY:
        items.append(f"one of {len(all_names) - _MANY:,} more")
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def near(name: str, known: Iterable[str], *, most: int = _MANY) -> str | None:
    """
    Return a hint with the names that are near, or `None` if there are none.

    It considers the first *most* of the known names.

    >>> near("grup-size", ["group-size", "staff"])
    'did you mean "group-size"?'
    """
    close = _close(name, islice(known, most), 3)
    return f"did you mean {quoted(close)}?" if close else None


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the nearest name, or `None` if none is near."""
    return next(iter(_close(name, islice(known, _MANY), 1)), None)


def _close(name: str, known: Iterable[str], most: int) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, list(known), n=most, cutoff=_NEAR)


def joined(forms: Iterable[str]) -> str:
    """
    List forms for a sentence.

    >>> joined(["a text", "true", "false"])
    'a text, true or false'
    """
    *others, last = forms
    return f"{', '.join(others)} or {last}" if others else last


def number_of(count: int, thing: str) -> str:
    """
    Write a count with its noun in the singular or plural.

    >>> number_of(1, "problem"), number_of(2, "problem")
    ('1 problem', '2 problems')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def value_text(value: object) -> str:
    """Write a value of a document for a message, cut if it is long."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            text = plain(value)
            return text if len(text) <= _LONG else f"{text[:_LONG]}…"
        case str():
            return f'"{value}"' if len(value) <= _LONG else f'"{value[:_LONG]}…"'
        case list():
            return "a list"
        case _:
            return "an object"
