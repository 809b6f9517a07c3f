"""The results of validating documents, as text, JSON or workflow commands."""

from __future__ import annotations

import sys
from typing import Literal

from attrs import field, frozen

from ecei_rules.cli.targets import Target
from ecei_rules.diagnostics.excerpt import excerpt
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.diagnostics.problem import WHOLE_DOCUMENT, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from ecei_rules.cli.output import Unreadable

    class Report(Protocol):
        """Takes the results of one document after the other."""

        def add(self, document: ValidatedDocument, /) -> None:
            """Report on a document."""

        def add_unreadable(self, file: Unreadable, /) -> None:
            """Report that a file could not be read, of which there is a message too."""

        def end(self) -> None:
            """Finish, after the last document."""


Style = Literal["place", "problem", "warning", "mark", "hint"]
_STYLES: dict[Style, str] = {
    "place": "1",
    "problem": "1;31",
    "warning": "1;33",
    "mark": "32",
    "hint": "36",
}


@frozen
class ValidatedDocument:
    """A document with its problems and warnings, and its format unless it was refused."""

    target: Target
    format: str | None
    problems: tuple[Problem, ...] = field(converter=tuple[Problem, ...])
    warnings: tuple[Problem, ...] = field(converter=tuple[Problem, ...])


@frozen
class TextReport:
    """Each problem with its place, its line with a mark under the place, and a hint."""

    quiet: bool
    color: bool

    def add(self, document: ValidatedDocument) -> None:
        """Print the problems and warnings of a document."""
        target = document.target
        lines = target.text.decode("utf-8", errors="replace").split("\n")
        for problem in (*document.problems, *document.warnings):
            sys.stdout.write(self.formatted(target, lines, problem))
        if document.format is not None and not self.quiet:
            sys.stdout.write(f"{visible(target.name)}: ok ({document.format})\n")

    def add_unreadable(self, _file: Unreadable) -> None:
        """Leave it to the message."""

    def end(self) -> None:
        """Everything was printed."""

    def formatted(self, target: Target, lines: list[str], problem: Problem) -> str:
        """Format a problem in a few lines."""
        line, column = place_of(problem)
        place = self.styled("place", f"{visible(target.file)}:{line}:{column}:")
        code = self.styled(problem.severity, problem.code)
        kind = "warning: " if problem.severity == "warning" else ""
        text = [
            f"{place} {code} {_where(problem)}: {kind}{visible(problem.message)}",
            *self.marked(target, lines, problem),
        ]
        if problem.hint is not None:
            text.append(f"  {self.styled('hint', 'hint:')} {visible(problem.hint)}")
        return "\n".join([*text, ""])

    def marked(self, target: Target, lines: list[str], problem: Problem) -> list[str]:
        """Show the line of a problem with a mark under its place."""
        line, column = place_of(problem)
        number, blank = str(line), " " * len(str(line))
        shown = excerpt(lines[line - (target.line or 1)].removesuffix("\r"), column)
        return [f"  {number} | {shown.line}", f"  {blank} | {self.styled('mark', shown.mark)}"]

    def styled(self, style: Style, text: str) -> str:
        """Colour a text, where colours are wanted."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.color else text


class JsonReport:
    """
    One object, in which each document is a member of the list `files`.

    If files could not be read, there is a list `unreadable` of them too.
    """

    def __init__(self) -> None:
        self.before = '{"files":['
        self.unreadable: list[dict[str, str]] = []

    def add(self, document: ValidatedDocument) -> None:
        """Print the member of a document."""
        members: dict[str, object] = {"file": document.target.file}
        if document.target.line is not None:
            members["line"] = document.target.line
        if document.format is not None:
            members["format"] = document.format
        members["problems"] = [_members(each) for each in document.problems]
        members["warnings"] = [_members(each) for each in document.warnings]
        sys.stdout.write(self.before + canonical(members))
        self.before = ","

    def add_unreadable(self, file: Unreadable) -> None:
        """Keep the file for the second list."""
        self.unreadable.append({"file": file.name, "reason": file.reason})

    def end(self) -> None:
        """Close the list, and print the second one."""
        more = f',"unreadable":{canonical(self.unreadable)}' if self.unreadable else ""
        sys.stdout.write(f"{self.before if self.before != ',' else ''}]{more}}}\n")


class GithubReport:
    """
    Workflow commands, which GitHub shows beside the lines of a pull request.

    Source: GitHub Docs, "Workflow commands for GitHub Actions".
    """

    def add(self, document: ValidatedDocument) -> None:
        """Print a command for each problem and each warning."""
        for problem in (*document.problems, *document.warnings):
            sys.stdout.write(f"{_command(document.target.file, problem)}\n")

    def add_unreadable(self, file: Unreadable) -> None:
        """Print a command for the file."""
        name = _escaped(visible(file.name), ":,")
        sys.stdout.write(f"::error file={name}::{_escaped(visible(str(file)), '')}\n")

    def end(self) -> None:
        """Everything was printed."""


def place_of(problem: Problem) -> tuple[int, int]:
    """Return the line and the column of a problem."""
    assert problem.line is not None, "a document that is validated is a text, and has lines"
    assert problem.column is not None, "a line has columns"
    return problem.line, problem.column


def level_of(problem: Problem) -> str:
    """Return the level of a problem for other tools: `error` or `warning`."""
    return "error" if problem.severity == "problem" else "warning"


def _where(problem: Problem) -> str:
    return visible(problem.where or WHOLE_DOCUMENT)


def _members(problem: Problem) -> dict[str, object]:
    members: dict[str, object] = {
        "code": problem.code,
        "where": problem.where,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
    return members if problem.hint is None else {**members, "hint": problem.hint}


def _command(file: str, problem: Problem) -> str:
    line, column = place_of(problem)
    values = {"file": visible(file), "line": line, "col": column, "title": problem.code}
    properties = ",".join(f"{name}={_escaped(str(each), ':,')}" for name, each in values.items())
    hint = "" if problem.hint is None else f"\n  hint: {visible(problem.hint)}"
    text = f"{_where(problem)}: {visible(problem.message)}{hint}"
    return f"::{level_of(problem)} {properties}::{_escaped(text, '')}"


def _escaped(text: str, more: str) -> str:
    """Replace the characters that separate the parts of a command by their numbers."""
    return "".join(f"%{ord(each):02X}" if each in f"%\r\n{more}" else each for each in text)
