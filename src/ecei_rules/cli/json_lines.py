"""Documents in a stream: one on each line, or a single one."""

from __future__ import annotations

from functools import partial
from itertools import chain

from attrs import evolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from ecei_rules.diagnostics.errors import InvalidDocument

    #: The number of a document's line, unless it is the only document, and its text.
    NumberedText = tuple[int | None, bytes]

#: The endings of files with one document on each line.
LINES = (".ndjson", ".jsonl")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: A line may hold this much beside its document: a byte order mark and an end of two bytes.
_MORE = len(_BYTE_ORDER_MARK) + len(b"\r\n")
#: A file has one document on each line if so many of its first lines are an object each.
_HEAD = 2


def documents_of(stream: BinaryIO, max_size: int, *, lines: bool) -> Iterator[NumberedText]:
    """
    Yield the texts of the documents in a stream: one on each line, or as its head suggests.

    A document that is larger than *max_size* bytes is cut to as many as show that.
    """
    pieces = iter(partial(stream.readline, max_size + _MORE + 1), b"")
    head = [] if lines else _head(pieces, max_size)
    if lines or _one_on_each_line(head):
        yield from _lines(chain(head, pieces))
    else:
        rest = stream.read(max_size + 1)
        yield None, b"".join([*head, rest])


def on_line(error: InvalidDocument, line: int) -> InvalidDocument:
    """Return the error of a document with the line that it has in its file."""
    problems = [evolve(each, line=each.line and line) for each in error.problems]
    return type(error)(error.name, problems)


def _head(pieces: Iterator[bytes], max_size: int) -> list[bytes]:
    """Read up to the end of the second line that is not empty."""
    head: list[bytes] = []
    filled = empty = 0
    for piece in pieces:
        head.append(piece)
        if piece.strip():
            filled += 1
        else:
            empty += len(piece)
        if filled == _HEAD or empty > max_size:
            break
    return head


def _lines(pieces: Iterable[bytes]) -> Iterator[NumberedText]:
    """Yield the document on each line; a line that is too long is cut."""
    number, complete = 0, True
    for piece in pieces:
        if complete:
            number += 1
            line = piece.removeprefix(_BYTE_ORDER_MARK) if number == 1 else piece
            if line.strip():
                yield number, line.rstrip(b"\r\n")
        complete = piece.endswith(b"\n")


def _one_on_each_line(head: Iterable[bytes]) -> bool:
    """
    Return whether the first lines are an object each.

    No document of several lines begins so: in JSON an object never follows directly on
    the end of another one.
    """
    filled = [each.removeprefix(_BYTE_ORDER_MARK).strip() for each in head if each.strip()]
    objects = [each for each in filled if each.startswith(b"{")]
    return len(objects) == _HEAD and objects[0].endswith(b"}")
