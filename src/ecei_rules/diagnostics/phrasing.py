"""Names, counts and values as messages word them."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice

from ecei_rules.diagnostics.json_text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


_LONG = 60


#: What people call things is longer than most values, and not cut before this.
_LONG_NAME = 200


_NEAR = 0.7


#: Of how many names a message lists, and a hint is sought among, at the most.
_MANY = 100


#: Control characters, line and paragraph separators, and what reorders a line.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""
    A text that stays on its line and cannot steer a terminal.

    What documents hold is quoted in messages; a line break or an escape sequence in it
    must not look like something this library said.

    >>> print(visible("a\x1b[31m\nb"), visible("naïve 𝄞"))
    a\u001b[31m\u000ab naïve 𝄞
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def quoted(names: Iterable[str], last: str = "or") -> str:
    """
    Names as a sentence lists them.

    >>> quoted(["a"]), quoted(["a", "b"]), quoted(["a", "b", "c"])
    ('"a"', '"a" or "b"', '"a", "b" or "c"')
    """
    all_names = list(names)
    each = [
        f'"{name}"' if len(name) <= _LONG_NAME else value_text(name) for name in all_names[:_MANY]
    ]
    if len(all_names) > _MANY:
        each.append(f"one of {len(all_names) - _MANY:,} more")
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} {last} {each[-1]}"


def near(name: str, known: Iterable[str], *, most: int = _MANY) -> str | None:
    """
    A hint that names what was probably meant, or none if nothing is near.

    It is sought among the first names that are known, *most* of them.

    >>> near("grup-size", ["group-size", "staff"])
    'did you mean "group-size"?'
    """
    close = get_close_matches(name, list(islice(known, most)), n=3, cutoff=_NEAR)
    return f"did you mean {quoted(close)}?" if close else None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The nearest name, or none if nothing is near."""
    return next(iter(get_close_matches(name, list(islice(known, _MANY)), n=1, cutoff=_NEAR)), None)


def joined(forms: Iterable[str]) -> str:
    """
    Forms as a sentence lists them.

    >>> joined(["a text", "true", "false"])
    'a text, true or false'
    """
    *others, last = forms
    return f"{', '.join(others)} or {last}" if others else last


def number_of(count: int, thing: str) -> str:
    """
    A count with its noun, singular and plural right.

    >>> number_of(1, "problem"), number_of(2, "problem")
    ('1 problem', '2 problems')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def value_text(value: object) -> str:
    """A value of a document as a message quotes it, cut when it is long."""
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
