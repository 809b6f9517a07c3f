"""The documents that a command line names: files, folders, patterns, lines of files."""

from __future__ import annotations

import sys
from fnmatch import fnmatch
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

#: The endings of the files that a folder means.
NAMES = (".json", *LINES)
_NO_DOCUMENT = f"no file in it ends in {joined(NAMES)}"


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
        try:
            yield from _files_of(name)
        except (OSError, ValueError) as error:
            yield Unreadable(name, error)


def _files_of(name: str) -> Iterator[str | Unreadable]:
    path = Path(name)
    unreadable: list[Unreadable] = []
    found: Iterable[Path]
    if path.is_dir():
        found, reason = files_below(path, hidden=False, unreadable=unreadable), _NO_DOCUMENT
    elif has_magic(name) and not path.exists():
        found, reason = _matching(path, unreadable), "no file fits the pattern"
    else:
        yield name
        return
    empty = True
    for file in found:
        empty = False
        yield str(file)
    # the others do not stop at a folder that cannot be read
    yield from unreadable
    if empty and not unreadable:
        yield Unreadable(name, reason)


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


def files_below(
    folder: Path, *, hidden: bool = True, unreadable: list[Unreadable] | None = None
) -> Iterator[Path]:
    """
    Yield the files of documents in a folder and in those below it, in order of their names.

    Pipes and devices are passed over: reading them might never end. The folders that
    cannot be read are added to *unreadable*.

    Raises:
        OSError: a folder cannot be read, and there is no list *unreadable*.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        # a folder that is a link may lead back to its own parent
        if path is folder or (
            path.is_dir() and not path.is_symlink() and (hidden or not path.name.startswith("."))
        ):
            try:
                waiting += sorted(path.iterdir(), key=lambda path: path.name, reverse=True)
            except OSError as error:
                if unreadable is None:
                    raise
                unreadable.append(Unreadable(str(path), error))
        elif path.suffix.lower() in NAMES and (path.is_file() or not path.exists()):
            yield path


def _targets(file: str, stream: BinaryIO) -> Iterator[Target]:
    lines = Path(file).suffix.lower() in LINES
    for line, text in documents_of(stream, MAX_SIZE, lines=lines):
        yield Target(file, line, text)


def _matching(pattern: Path, unreadable: list[Unreadable]) -> list[Path]:
    """
    Return the files that a pattern matches, in order of their names.

    Unlike the glob of the standard library it takes folders of any depth, and notes those
    that cannot be read. Links that lead nowhere are files that cannot be read.
    """
    anchor = Path(pattern.anchor)
    parts = pattern.relative_to(anchor).parts
    # a link to a folder may lead back to the folder's own parent
    waiting: set[tuple[Path, int]] = {(anchor, 0)}
    matches: set[Path] = set()
    while waiting:
        path, number = waiting.pop()
        if number == len(parts):
            if path.is_file() or not path.exists():
                matches.add(path)
            continue
        part = parts[number]
        if not has_magic(part):
            if path.joinpath(part).exists() or path.joinpath(part).is_symlink():
                waiting.add((path / part, number + 1))
            continue
        below = _listed(path, unreadable)
        if part == "**":
            waiting.add((path, number + 1))
            waiting |= {(p, number) for p in below if p.is_dir() and not p.is_symlink()}
        else:
            waiting |= {(each, number + 1) for each in below if fnmatch(each.name, part)}
    return sorted(matches, key=str)


def _listed(path: Path, unreadable: list[Unreadable]) -> list[Path]:
    try:
        return [*path.iterdir()] if path.is_dir() else []
    except OSError as error:
        unreadable.append(Unreadable(str(path), error))
        return []
