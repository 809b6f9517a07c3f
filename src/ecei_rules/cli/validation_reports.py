"""What validating documents found, for people and for programs that read it at once."""

from __future__ import annotations

import sys
from typing import Literal

from attrs import evolve, field, frozen

from ecei_rules.cli.targets import Target
from ecei_rules.diagnostics.excerpt import excerpt
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.diagnostics.problem import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Report(Protocol):
        """Takes what was found in one document after the other."""

        def add(self, looked: Looked, /) -> None:
            """Take what was found in a document."""

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
class Looked:
    """A document, its format if it was read, what is wrong in it and what is suspicious."""

    target: Target
    format: str | None
    problems: tuple[Problem, ...] = field(converter=tuple[Problem, ...])
    warnings: tuple[Problem, ...] = field(converter=tuple[Problem, ...])


@frozen
class TextReport:
    """Each problem with its place, the line and a mark under it, and a hint."""

    quiet: bool
    color: bool

    def add(self, looked: Looked) -> None:
        """Print what was found in a document."""
        lines = looked.target.text.decode("utf-8", errors="replace").split("\n")
        for each in looked.problems:
            sys.stdout.write(self.shown(looked.target, lines, each, "problem"))
        for each in looked.warnings:
            sys.stdout.write(self.shown(looked.target, lines, each, "warning"))
        if looked.format is not None and not self.quiet:
            sys.stdout.write(f"{visible(looked.target.name)}: ok ({looked.format})\n")

    def end(self) -> None:
        """Everything was printed."""

    def shown(self, target: Target, lines: list[str], problem: Problem, style: Style) -> str:
        """A problem of a document in a few lines."""
        line, column = place_of(problem)
        bare = str(evolve(problem, line=None, column=None, hint=None, message=""))
        code, _, where = bare.removesuffix(": ").partition(" ")
        kind = "warning: " if style == "warning" else ""
        place = self.styled("place", f"{visible(target.file)}:{line}:{column}:")
        told = f"{where}: {kind}{visible(problem.message)}"
        first = f"{place} {self.styled(style, code)} {told}"
        said = [first, *self.marked(target, lines, problem)]
        if problem.hint is not None:
            said.append(f"  {self.styled('hint', 'hint:')} {visible(problem.hint)}")
        return "\n".join([*said, ""])

    def marked(self, target: Target, lines: list[str], problem: Problem) -> list[str]:
        """The line of a problem and a mark under its place."""
        line, column = place_of(problem)
        number, blank = str(line), " " * len(str(line))
        found = excerpt(lines[line - (target.line or 1)].removesuffix("\r"), column)
        return [f"  {number} | {found.line}", f"  {blank} | {self.styled('mark', found.mark)}"]

    def styled(self, style: Style, text: str) -> str:
        """A text in its colour."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.color else text


class JsonReport:
    """One object, in which each document is a member of the list `files`."""

    def __init__(self) -> None:
        self.before = '{"files":['

    def add(self, looked: Looked) -> None:
        """Print what was found in a document."""
        members: dict[str, object] = {"file": looked.target.file}
        if looked.target.line is not None:
            members["line"] = looked.target.line
        if looked.format is not None:
            members["format"] = looked.format
        members["problems"] = [members_of(each) for each in looked.problems]
        members["warnings"] = [members_of(each) for each in looked.warnings]
        sys.stdout.write(self.before + canonical(members))
        self.before = ","

    def end(self) -> None:
        """Close the list."""
        sys.stdout.write((self.before if self.before != "," else "") + "]}\n")


def place_of(problem: Problem) -> tuple[int, int]:
    """The line and the column of a problem."""
    assert problem.line is not None, "what is validated is a text, and has lines"
    assert problem.column is not None, "a line has columns"
    return problem.line, problem.column


def members_of(problem: Problem) -> dict[str, object]:
    """A problem for programs."""
    members: dict[str, object] = {
        "code": problem.code,
        "where": problem.where,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
    return members if problem.hint is None else {**members, "hint": problem.hint}


class GithubReport:
    """
    Workflow commands, which GitHub shows beside the lines of a pull request.

    Source: GitHub Docs, "Workflow commands for GitHub Actions".
    """

    def add(self, looked: Looked) -> None:
        """Print a command for each problem."""
        for kind, found in (("error", looked.problems), ("warning", looked.warnings)):
            for each in found:
                sys.stdout.write(f"{_command(kind, looked.target.file, each)}\n")

    def end(self) -> None:
        """Everything was printed."""


def _command(kind: str, file: str, problem: Problem) -> str:
    line, column = place_of(problem)
    properties = {"file": file, "line": line, "col": column, "title": problem.code}
    said = ",".join(f"{name}={_escaped(str(each), ':,')}" for name, each in properties.items())
    bare = str(evolve(problem, line=None, column=None))
    return f"::{kind} {said}::{_escaped(bare.partition(' ')[2], '')}"


def _escaped(text: str, more: str) -> str:
    """A text with what separates the parts of a command written as its number."""
    return "".join(f"%{ord(each):02X}" if each in f"%\r\n{more}" else each for each in text)
