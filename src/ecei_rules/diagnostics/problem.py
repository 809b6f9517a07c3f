"""What is wrong in a document, and where."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice

from attrs import field, frozen

from ecei_rules.diagnostics.json_text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Where a value stands, the last step outermost: one text of all would be long to make
#: for each of many values deep in a document.
Steps = tuple["Steps", str | int] | None

_LONG = 60
#: What people call things is longer than most values, and not cut before this.
_LONG_NAME = 200
_NEAR = 0.7
#: Of how many names a message lists, and a hint is sought among, at the most.
_MANY = 100
#: Control characters, line and paragraph separators, and what reorders a line.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@frozen
class Problem:
    """
    One thing wrong in one document, at one place.

    `where` is a JSON Pointer (RFC 6901) to the value, or to the object that lacks
    it; the empty pointer is the whole document. In a listing or a table it is the name
    of the column, or just `line`. `line` and `column` count from 1, a column is a
    character; both are `None` where there was no text to count in.
    `ecei_rules explain CODE` says more about each `code`.

    >>> print(Problem("ECEI304", "/answers/age", "expected a year, found true"))
    ECEI304 /answers/age: expected a year, found true
    """

    code: str
    where: str
    message: str
    hint: str | None = None
    line: int | None = field(default=None, kw_only=True)
    column: int | None = field(default=None, kw_only=True)
    #: Whether the name of a member is what is wrong, and not what it holds.
    at_name: bool = field(default=False, kw_only=True, repr=False)

    def __str__(self) -> str:
        place = "" if self.line is None else f"{self.line}:{self.column}: "
        whole = self.where or "(whole document)"
        text = visible(f"{self.code} {whole}: {self.message}")
        hint = "" if self.hint is None else f"\n  hint: {visible(self.hint)}"
        return f"{place}{text}{hint}"


#: How many problems of one document are reported; a hostile one could have millions.
MAX_PROBLEMS = 1000
TOO_MANY = Problem(
    "ECEI112", "", f"there are more than {MAX_PROBLEMS:,} problems, and not all are listed"
)


def visible(text: str) -> str:
    r"""
    A text that stays on its line and cannot steer a terminal.

    What documents hold is quoted in messages; a line break or an escape sequence in it
    must not look like something this library said.

    >>> print(visible("a\x1b[31m\nb"), visible("naïve 𝄞"))
    a\u001b[31m\u000ab naïve 𝄞
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def step(name: str | int) -> str:
    """
    One step of a JSON Pointer, with its slash.

    >>> step("a/b~c"), step(3)
    ('/a~1b~0c', '/3')
    """
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


def pointer(steps: Steps) -> str:
    """
    The JSON Pointer to where some steps lead.

    >>> pointer(((None, "a/b"), 3)), pointer(None)
    ('/a~1b/3', '')
    """
    found = []
    while steps is not None:
        steps, name = steps
        found.append(step(name))
    return "".join(reversed(found))


def quoted(names: Iterable[str], last: str = "or") -> str:
    """
    Names as a sentence lists them.

    >>> quoted(["a"]), quoted(["a", "b"]), quoted(["a", "b", "c"])
    ('"a"', '"a" or "b"', '"a", "b" or "c"')
    """
    all_names = list(names)
    each = [f'"{name}"' if len(name) <= _LONG_NAME else shown(name) for name in all_names[:_MANY]]
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


def unknown(noun: str, name: str, known: Iterable[str], where: str) -> Problem:
    """The problem of naming something the catalogue does not have."""
    message = f'the catalogue has no {noun} "{name}"'
    at_name = where.endswith(step(name))
    return Problem("ECEI302", where, message, near(name, known), at_name=at_name)


def repeated(ids: Iterable[str], where: str, noun: str) -> Iterator[Problem]:
    """The problem of an id that stands more than once in one list of things."""
    seen = set()
    for index, name in enumerate(ids):
        if name in seen:
            place = f"{where}/{index}/id"
            yield Problem("ECEI310", place, f'another {noun} has the id "{name}" already')
        seen.add(name)


def uncited(cited: Iterable[str], known: Mapping[str, object], where: str) -> Iterator[Problem]:
    """The problem of citing a source that is not listed; *known* are those by id."""
    for index, name in enumerate(cited):
        if name not in known:
            message = f'the document lists no source "{name}"'
            yield Problem("ECEI312", f"{where}/{index}", message, near(name, known))


def shown(value: object) -> str:
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
