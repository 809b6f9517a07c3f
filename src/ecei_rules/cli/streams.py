"""Standard output and standard error, which may take no more before a command ends."""

from __future__ import annotations

import codecs
import os
import sys
from errno import EAGAIN, EBADF, EINVAL
from io import BufferedWriter, RawIOBase, TextIOWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import IO, Any, Self


class OutputEnded(Exception):
    """
    A standard stream takes no more output.

    It is no `OSError`: on the way out, nothing takes it for a failure of its own.
    """

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(f"cannot write {name}: {error.strerror}")
        self.reader_left = _reader_left(error)


class StandardStreams:
    """
    The standard streams while a command runs: UTF-8 in every locale, and their end is noticed.

    A terminal with another encoding gets its own. A stream that cannot be written raises
    `OutputEnded`. If only its reader left, as `head` does, and the command *goes_on*,
    further output is dropped instead.
    """

    def __init__(self) -> None:
        self.goes_on = False
        self.kept = sys.stdout, sys.stderr

    def __enter__(self) -> Self:
        output, errors = self.kept
        sys.stdout = self._watched(output or _closed(), "standard output")
        # whoever closes standard error wants no messages
        sys.stderr = self._watched(errors or _closed(), "standard error", ended=errors is None)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        sys.stdout, sys.stderr = self.kept

    def _watched(self, stream: IO[str], name: str, *, ended: bool = False) -> Any:
        if not isinstance(stream, TextIOWrapper):
            return stream
        stream.flush()
        return TextIOWrapper(
            BufferedWriter(_Watched(stream, name, self, ended=ended)),
            encoding=stream.encoding if stream.isatty() else "utf-8",
            # of UTF-8 they are lone surrogates
            errors=_ESCAPES,
            newline="\n",
            line_buffering=stream.line_buffering or stream is self.kept[1],
        )


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that an encoding lacks by escapes as JSON has them."""
    assert isinstance(error, UnicodeEncodeError), "nothing is decoded with it"
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs), error.end


_ESCAPES = "json-escapes-of-ecei-rules"
codecs.register_error(_ESCAPES, _escaped)


class _Watched(RawIOBase):
    """The bytes of a stream; after a failure everything further is dropped."""

    def __init__(
        self, stream: TextIOWrapper, name: str, streams: StandardStreams, *, ended: bool
    ) -> None:
        self.stream, self.called, self.streams = stream, name, streams
        # past the buffer, which would keep what cannot be written and fail again at exit
        self.target: Any = getattr(stream.buffer, "raw", stream.buffer)
        self.ended = ended

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.stream.isatty()

    def write(self, data: Any) -> int:
        if self.ended:
            return len(data)
        try:
            written = self.target.write(data)
            if written is None:
                raise BlockingIOError(EAGAIN, os.strerror(EAGAIN))
        except OSError as error:
            self.ended = True
            if self.streams.goes_on and _reader_left(error):
                return len(data)
            raise OutputEnded(self.called, error) from error
        return int(written)


class _Closed(RawIOBase):
    """A stream that was closed before the program began."""

    def writable(self) -> bool:
        return True

    def write(self, _data: Any) -> int:
        raise OSError(EBADF, "it is closed")


def _closed() -> TextIOWrapper:
    return TextIOWrapper(BufferedWriter(_Closed()))


def _reader_left(error: OSError) -> bool:
    # Windows says EINVAL where other systems say EPIPE
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == EINVAL)
