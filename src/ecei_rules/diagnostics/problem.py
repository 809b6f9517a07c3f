"""Problems of documents, and the pointers to them."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from ecei_rules.diagnostics.phrasing import near, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: The place that a message names where a problem concerns no place in particular.
WHOLE_DOCUMENT = "(whole document)"

#: The steps to a value, the last one outermost. A text of all steps would take long to
#: make for each of many values deep in a document.
Steps = tuple["Steps", str | int] | None


@frozen
class Problem:
    """
    One problem of a document, at one place.

    `where` is a JSON Pointer (RFC 6901) to the value, or to the object that lacks
    it; the empty pointer is the whole document. In a listing or a table it is the name
    of the column, or just `line`. `line` and `column` count from 1, in characters; both
    are `None` for a value that was not read from a text. `ecei-rules explain CODE`
    explains each `code`. Source: docs/codes.md.

    >>> print(Problem("ECEI304", "/answers/age", "expected a year, found true"))
    ECEI304 /answers/age: expected a year, found true
    """

    code: str
    where: str
    message: str
    hint: str | None = None
    line: int | None = field(default=None, kw_only=True)
    column: int | None = field(default=None, kw_only=True)
    #: Whether the problem is the name of a member, and not its value.
    at_name: bool = field(default=False, kw_only=True, repr=False)

    @property
    def severity(self) -> Literal["problem", "warning"]:
        """A `problem` refuses the document; a `warning` points at something suspicious."""
        from ecei_rules.diagnostics.codes import PROBLEM_CODES

        return "warning" if PROBLEM_CODES[self.code].warning else "problem"

    def __str__(self) -> str:
        place = "" if self.line is None else f"{self.line}:{self.column}: "
        whole = self.where or WHOLE_DOCUMENT
        text = visible(f"{self.code} {whole}: {self.message}")
        hint = "" if self.hint is None else f"\n  hint: {visible(self.hint)}"
        return f"{place}{text}{hint}"


#: The most problems of one document that are listed; a hostile one could have millions.
MAX_PROBLEMS = 1000
TOO_MANY = Problem(
    "ECEI112", "", f"there are more than {MAX_PROBLEMS:,} problems, and not all are listed"
)


def step(name: str | int) -> str:
    """
    Write one step of a JSON Pointer, with its slash.

    >>> step("a/b~c"), step(3)
    ('/a~1b~0c', '/3')
    """
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


def pointer(steps: Steps) -> str:
    """
    Write some steps as a JSON Pointer.

    >>> pointer(((None, "a/b"), 3)), pointer(None)
    ('/a~1b/3', '')
    """
    parts = []
    while steps is not None:
        steps, name = steps
        parts.append(step(name))
    return "".join(reversed(parts))


def unknown_id(noun: str, name: str, known: Iterable[str], where: str) -> Problem:
    """Return the problem with an id that the catalogue does not have."""
    message = f'the catalogue has no {noun} "{name}"'
    at_name = where.endswith(step(name))
    return Problem("ECEI302", where, message, near(name, known), at_name=at_name)


def repeated_ids(ids: Iterable[str], where: str, noun: str) -> Iterator[Problem]:
    """Yield the problems with ids that occur more than once in a list."""
    seen = set()
    for index, name in enumerate(ids):
        if name in seen:
            place = f"{where}/{index}/id"
            yield Problem("ECEI310", place, f'another {noun} has the id "{name}" already')
        seen.add(name)


def unlisted_sources(
    cited: Iterable[str], known: Mapping[str, object], where: str
) -> Iterator[Problem]:
    """Yield the problems with citations of sources that are not *known*."""
    for index, name in enumerate(cited):
        if name not in known:
            message = f'the document lists no source "{name}"'
            yield Problem("ECEI312", f"{where}/{index}", message, near(name, known))
