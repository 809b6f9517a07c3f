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
    """One document: the file, the line in it if there is one on each, and the text."""

    file: str
    line: int | None
    text: bytes

    @property
    def name(self) -> str:
        """How the document is called."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


def named_files(names: Iterable[str]) -> Iterator[str | Unreadable]:
    """
    The files that are named, by themselves, by a folder that they are in or by a pattern.

    Of a folder, and of those in it that are not hidden, these are the files that end in
    `.json`, `.ndjson` and `.jsonl`, in the order of their names. In a pattern `*`, `?`
    and `[...]` stand for what is in one name, and `**` for any folders.
    """
    for name in names:
        path = Path(name)
        if name == "-" or path.is_file():
            yield name
        elif path.is_dir():
            reason = f"no file in it ends in {joined(_NAMES)}"
            yield from _or_none(_within(path), name, reason)
        elif has_magic(name) and not path.exists():
            yield from _or_none(_fitting(path), name, "no file fits the pattern")
        else:
            yield name


def documents_in(file: str) -> Iterator[Target]:
    """
    The documents in a file, or in standard input for `-`.

    Raises:
        Unreadable: there is no such file, or it is none that can be read.
    """
    if file == "-":
        yield from _targets("-", sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as stream:
            yield from _targets(file, stream)
    except (OSError, ValueError) as error:
        raise Unreadable(file, getattr(error, "strerror", None) or str(error)) from error


def _targets(file: str, stream: BinaryIO) -> Iterator[Target]:
    lines = Path(file).suffix.lower() in LINES
    for line, text in documents_of(stream, MAX_SIZE, lines=lines):
        yield Target(file, line, text)


def _fitting(pattern: Path) -> Iterator[str]:
    anchor = Path(pattern.anchor)
    found = anchor.glob(str(pattern.relative_to(anchor)))
    yield from sorted(str(each) for each in found if each.is_file())


def _within(folder: Path) -> Iterator[str]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        # a folder that is a link may lead back to where it stands
        if each.is_dir() and not each.is_symlink() and not each.name.startswith("."):
            yield from _within(each)
        elif each.suffix.lower() in _NAMES and not each.is_dir():
            yield str(each)


def _or_none(files: Iterable[str], name: str, reason: str) -> Iterator[str | Unreadable]:
    found = False
    try:
        for each in files:
            found = True
            yield each
    except (OSError, ValueError) as error:
        yield Unreadable(name, getattr(error, "strerror", None) or str(error))
        return
    if not found:
        yield Unreadable(name, reason)
