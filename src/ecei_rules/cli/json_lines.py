"""The documents of a stream: one on each line, or a single one."""

from __future__ import annotations

from functools import partial
from itertools import chain

from attrs import evolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from ecei_rules.diagnostics.errors import InvalidDocument

    #: The line that a document stands on, if it is not the only one, and its text.
    Piece = tuple[int | None, bytes]

#: The names that files with one document on each line have.
LINES = (".ndjson", ".jsonl")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: Beside a document there may stand on a line: a byte order mark, and an end of two bytes.
_MORE = len(_BYTE_ORDER_MARK) + len(b"\r\n")
#: How many lines tell whether there is a document on each.
_TELLING = 2


def documents_of(stream: BinaryIO, max_size: int, *, lines: bool) -> Iterator[Piece]:
    """
    The texts of the documents in a stream: one on each line, or else as its beginning looks.

    Of a document that is larger than *max_size* bytes only so much comes that this shows.
    """
    pieces = iter(partial(stream.readline, max_size + _MORE + 1), b"")
    head = [] if lines else _head(pieces, max_size)
    if lines or _one_on_each_line(head):
        yield from _lines(chain(head, pieces))
    else:
        rest = stream.read(max_size + 1)
        yield None, b"".join([*head, rest])


def on_line(error: InvalidDocument, line: int) -> InvalidDocument:
    """The same error of a document that stands on one line of a file."""
    problems = [evolve(each, line=each.line and line) for each in error.problems]
    return type(error)(error.name, problems)


def _head(pieces: Iterator[bytes], max_size: int) -> list[bytes]:
    """What comes up to the end of the second line that is not empty."""
    head: list[bytes] = []
    filled = empty = 0
    for piece in pieces:
        head.append(piece)
        if piece.strip():
            filled += 1
        else:
            empty += len(piece)
        if filled == _TELLING or empty > max_size:
            break
    return head


def _lines(pieces: Iterable[bytes]) -> Iterator[Piece]:
    """The document on each line; of a line that is too long only the beginning is kept."""
    number, whole = 0, True
    for piece in pieces:
        if whole:
            number += 1
            line = piece.removeprefix(_BYTE_ORDER_MARK) if number == 1 else piece
            if line.strip():
                yield number, line.rstrip(b"\r\n")
        whole = piece.endswith(b"\n")


def _one_on_each_line(head: Iterable[bytes]) -> bool:
    """
    Whether lines begin as those of a file do that has one object on each.

    No document of several lines begins so: behind the end of an object in it there is
    never the beginning of another one.
    """
    filled = [each.removeprefix(_BYTE_ORDER_MARK).strip() for each in head if each.strip()]
    objects = [each for each in filled if each.startswith(b"{")]
    return len(objects) == _TELLING and objects[0].endswith(b"}")
