"""The documents that a command line names: files, folders, patterns, lines of files."""

from __future__ import annotations

import sys
from glob import has_magic
from pathlib import Path

from attrs import frozen

from ecei_rules.cli.json_lines import LINES, documents_of
from ecei_rules.cli.output import Unreadable
from ecei_rules.diagnostics.phrasing import joined
from ecei_rules.documents.stages import MAX_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

_NAMES = (".json", *LINES)


@frozen
class Target:
    """One document: its file, its line if the file has one on each, and its text."""

    file: str
    line: int | None
    text: bytes

    @property
    def name(self) -> str:
        """The name of the document, as `file` or `file:12`."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


def named_files(names: Iterable[str]) -> Iterator[str | Unreadable]:
    """
    Yield the files that are named directly, by a folder or by a pattern.

    A folder means its files that end in `.json`, `.ndjson` or `.jsonl`, and for
    those of the folders below it that are not hidden, in the order of their names. In a
    pattern `*`, `?` and `[...]` match within one name, and `**` any folders.
    """
    for name in names:
        path = Path(name)
        if name == "-" or path.is_file():
            yield name
        elif path.is_dir():
            reason = f"no file in it ends in {joined(_NAMES)}"
            yield from _or_error(files_below(path, hidden=False), name, reason)
        elif has_magic(name) and not path.exists():
            yield from _or_error(_matching(path), name, "no file fits the pattern")
        else:
            yield name


def documents_in(file: str) -> Iterator[Target]:
    """
    Read the documents in a file, or in standard input for `-`.

    Raises:
        Unreadable: the file cannot be read.
    """
    try:
        if file == "-":
            yield from _targets("-", standard_input())
            return
        with Path(file).open("rb") as stream:
            yield from _targets(file, stream)
    except (OSError, ValueError) as error:
        raise Unreadable(file, error) from error


def standard_input() -> BinaryIO:
    """
    Return standard input as a stream of bytes.

    Raises:
        Unreadable: it is closed.
    """
    if sys.stdin is None:
        name = "standard input"
        raise Unreadable(name, "it is closed")
    return sys.stdin.buffer


def files_below(folder: Path, *, hidden: bool = True) -> Iterator[Path]:
    """
    Yield the files of documents in a folder and in those below it, in order of their names.

    Pipes and devices are passed over: reading them might never end.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        # a folder that is a link may lead back to its own parent
        if path is folder or (
            path.is_dir() and not path.is_symlink() and (hidden or not path.name.startswith("."))
        ):
            waiting += sorted(path.iterdir(), key=lambda path: path.name, reverse=True)
        elif path.suffix.lower() in _NAMES and (path.is_file() or not path.exists()):
            yield path


def _targets(file: str, stream: BinaryIO) -> Iterator[Target]:
    lines = Path(file).suffix.lower() in LINES
    for line, text in documents_of(stream, MAX_SIZE, lines=lines):
        yield Target(file, line, text)


def _matching(pattern: Path) -> Iterator[Path]:
    anchor = Path(pattern.anchor)
    matches = anchor.glob(str(pattern.relative_to(anchor)))
    yield from sorted((each for each in matches if each.is_file()), key=str)


def _or_error(files: Iterator[Path], name: str, reason: str) -> Iterator[str | Unreadable]:
    """Yield the names of files, or that there is none."""
    empty = True
    try:
        for file in files:
            empty = False
            yield str(file)
    except (OSError, ValueError) as error:
        yield Unreadable(name, error)
        return
    if empty:
        yield Unreadable(name, reason)
