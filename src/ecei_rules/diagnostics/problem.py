"""What is wrong in a document, and where."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from ecei_rules.diagnostics.phrasing import near, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Stands in messages where a problem concerns no place in particular.
WHOLE_DOCUMENT = "(whole document)"

#: Where a value stands, the last step outermost: one text of all would be long to make
#: for each of many values deep in a document.
Steps = tuple["Steps", str | int] | None


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

    @property
    def severity(self) -> Literal["problem", "warning"]:
        """Whether the document is refused for it, or only looks suspicious."""
        from ecei_rules.diagnostics.codes import PROBLEM_CODES

        return "warning" if PROBLEM_CODES[self.code].warning else "problem"

    def __str__(self) -> str:
        place = "" if self.line is None else f"{self.line}:{self.column}: "
        whole = self.where or WHOLE_DOCUMENT
        text = visible(f"{self.code} {whole}: {self.message}")
        hint = "" if self.hint is None else f"\n  hint: {visible(self.hint)}"
        return f"{place}{text}{hint}"


#: How many problems of one document are reported; a hostile one could have millions.
MAX_PROBLEMS = 1000
TOO_MANY = Problem(
    "ECEI112", "", f"there are more than {MAX_PROBLEMS:,} problems, and not all are listed"
)


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
