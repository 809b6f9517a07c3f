"""Writes results, messages and files for all commands."""

from __future__ import annotations

import sys
from contextlib import contextmanager

from attrs import evolve, frozen

from ecei_rules.diagnostics.errors import EceiRulesError
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import shortened, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.diagnostics.problem import Problem


class WrongUsage(EceiRulesError):
    """The command cannot do what it was asked; the message says what to change."""


class Unreadable(WrongUsage):
    """A file cannot be read."""

    def __init__(self, name: str, reason: str | Exception) -> None:
        self.name, self.reason = name, _reason(reason)
        super().__init__(f"cannot read {name}: {self.reason}")


class Unwritable(WrongUsage):
    """A file cannot be written."""

    def __init__(self, name: str, reason: str | Exception) -> None:
        super().__init__(f"cannot write {name}: {_reason(reason)}")


def _reason(reason: str | Exception) -> str:
    return getattr(reason, "strerror", None) or str(reason)


@contextmanager
def needs_extra(thing: str, extra: str) -> Iterator[None]:
    """
    Name the extra to install where a block fails because a package is missing.

    Raises:
        WrongUsage: a package is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        msg = f"{thing} needs the extra: pip install 'ecei-rules[{extra}]'"
        raise WrongUsage(msg) from error


def require_file(name: str | None, kind: str, ending: str) -> None:
    """
    Refuse to write a format that is not text to standard output.

    Raises:
        WrongUsage: no file is named.
    """
    if name in (None, "-"):
        msg = f"{kind} is written into a file; name it with -o FILE.{ending}"
        raise WrongUsage(msg)


@frozen
class Output:
    """Writes results to standard output as text or JSON, and messages to standard error."""

    as_json: bool

    def text(self, text: str) -> None:
        """Print a result for people."""
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")

    def json(self, value: object) -> None:
        """Print a result for programs, on one line."""
        sys.stdout.write(canonical(value) + "\n")

    def save(
        self,
        content: str | bytes,
        file: str | None,
        *,
        description: str | None = None,
        replace: bool = True,
    ) -> None:
        """
        Write a result to a file, and report its *description*; without a file print it.

        Raises:
            WrongUsage: the file is there already, and *replace* is false.
            Unwritable: the file cannot be written; what was there before still is.
        """
        if isinstance(content, str) and file in (None, "-"):
            self.text(content)
            return
        from ecei_rules.cli.files import write_pieces

        assert file is not None, "bytes are written to a file"
        write_pieces(file, [content], replace=replace)
        if description is not None:
            self.message(f"{description} written to {file}")

    def message(self, text: str) -> None:
        """Print a message that is not part of the result."""
        sys.stderr.write(f"ecei-rules: {visible(text)}\n")

    def problems(self, name: str, problems: Iterable[Problem]) -> None:
        """
        Print the problems of a document as messages, each with its place in the file.

        A message may quote a row, and a file may be a single row: no more than its beginning
        is printed.
        """
        for each in problems:
            problem = evolve(each, message=shortened(each.message))
            place = f"{visible(name)}:" if problem.line else f"{visible(name)}: "
            sys.stderr.write(f"{place}{problem}\n")
