"""Where a command says what it found."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shutil import copymode

from attrs import frozen

from ecei_rules.diagnostics.errors import EceiRulesError
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.diagnostics.problem import Problem


class Unreadable(EceiRulesError):
    """A file cannot be read; the message says which and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot read {self.name}: {self.reason}"


class Unwritable(EceiRulesError):
    """A file cannot be written; the message says which and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot write {self.name}: {self.reason}"


def write_file(name: str, content: str | bytes) -> None:
    """
    Write a file whole or not at all, as `write_pieces` does.

    Raises:
        Unwritable: it cannot be written; what was there before still is.
    """
    write_pieces(name, [content])


def write_pieces(name: str, pieces: Iterable[str | bytes]) -> None:
    """
    Write a file piece by piece, whole or not at all: beside it first, then in its place.

    Raises:
        Unwritable: it cannot be written; what was there before still is.
    """
    try:
        path = Path(name).resolve()
        if path.exists() and not path.is_file():
            msg = "it is no file"
            raise Unwritable(name, msg)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                file.writelines(p.encode() if isinstance(p, str) else p for p in pieces)
            if path.exists():
                copymode(path, part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise Unwritable(name, getattr(error, "strerror", None) or str(error)) from error


@frozen
class Output:
    """Results go to standard output as text or JSON, messages to standard error."""

    as_json: bool

    def text(self, text: str) -> None:
        """Print a result for people."""
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")

    def json(self, value: object) -> None:
        """Print a result for programs, on one line."""
        sys.stdout.write(canonical(value) + "\n")

    def message(self, text: str) -> None:
        """Say something that is no result."""
        sys.stderr.write(f"ecei-rules: {visible(text)}\n")

    def problems(self, name: str, problems: Iterable[Problem], *, result: bool) -> None:
        """Say the problems of a document, each with its place in the file."""
        stream = sys.stdout if result else sys.stderr
        for problem in problems:
            place = f"{visible(name)}:" if problem.line else f"{visible(name)}: "
            stream.write(f"{place}{problem}\n")
