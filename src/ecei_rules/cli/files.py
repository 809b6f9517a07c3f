"""Writes files whole or not at all, in the format that their ending names."""

from __future__ import annotations

import os
import signal as signals
import stat
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from shutil import copymode
from tempfile import mkstemp
from threading import current_thread, main_thread

from ecei_rules.cli.output import Unwritable, WrongUsage
from ecei_rules.cli.targets import NAMES, files_below
from ecei_rules.diagnostics.phrasing import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping

#: Windows takes these names for devices, in any folder and with any ending.
_DEVICES = {
    *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"),
    *(f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"),
}
_NOT_IN_NAMES = '<>:"|?*'
#: The arguments that name a file to read.
_INPUTS = ("file", "pages", "corpus", "benchmark", "ruleset")


def check_output(arguments: Namespace) -> None:
    """
    Refuse at the start what cannot be written at the end.

    Raises:
        WrongUsage: the file to write is one of those to read, or is there already and must
            not be replaced without `--force`.
        Unwritable: the file cannot be replaced, or Windows has no files of that name.
    """
    name = arguments.output
    if os.name == "nt":
        check_name_on_windows(name)
    path = _destination(name)
    if not path.exists():
        return
    for argument in _INPUTS:
        value = getattr(arguments, argument, None)
        for each in value if isinstance(value, list) else [value]:
            if each is not None and _is_read(path, each):
                msg = f"{name} is read, and cannot be written too; name another file with -o"
                raise WrongUsage(msg)
    if not getattr(arguments, "force", True):
        raise _there_already(name)


def _is_read(path: Path, name: str) -> bool:
    """Whether a file is read by a name, as standard input, or as one of a folder."""
    if name == "-":
        return _is_stream(path.stat(), 0)
    source = Path(name)
    if source.is_dir():
        # most outputs are not in the folder, however many files that has
        within = path.suffix.lower() in NAMES and source.resolve() in path.parents
        return within and any(path.samefile(each) for each in files_below(source) if each.exists())
    return source.exists() and path.samefile(source)


def format_to_write(arguments: Namespace, endings: Mapping[str, str]) -> str:
    """
    Return the format of a result: the one of `--format`, or the one that the ending names.

    Without either it is the first one.

    Raises:
        WrongUsage: no format has the ending, or another one than that of `--format`.
    """
    formats = list(endings.values())
    wanted: str | None = arguments.format if arguments.format in formats else None
    name = arguments.output
    if name in (None, "-"):
        return wanted or formats[0]
    named = endings.get(Path(name).suffix.lower())
    written = wanted or named
    if written is None:
        msg = f"the ending of {name} names no format to write; the endings are {joined(endings)}"
        raise WrongUsage(msg)
    if named not in (None, written):
        msg = f"{name} names another format than --format {wanted}; leave one of them out"
        raise WrongUsage(msg)
    return written


def write_pieces(name: str, pieces: Iterable[str | bytes], *, replace: bool = True) -> None:
    """
    Write a file piece by piece, whole or not at all: first beside it, then in its place.

    What a killed program leaves beside it is called `ecei-rules-unfinished-…`.

    Raises:
        WrongUsage: the file is there already, and *replace* is false.
        Unwritable: the file cannot be written; what was there before still is.
    """
    try:
        path = _destination(name)
        with _ended_by_exception() as ending:
            number, created = mkstemp(prefix="ecei-rules-unfinished-", dir=path.parent)
            part = Path(created)
            try:
                ending.release()
                with os.fdopen(number, "wb") as file:
                    file.writelines(p.encode() if isinstance(p, str) else p for p in pieces)
                    file.flush()
                    os.fsync(file.fileno())
                _set_mode(part, path)
                _put(part, path, replace=replace)
            except FileExistsError:
                raise _there_already(name) from None
            finally:
                _remove(part)
    except (OSError, ValueError) as error:
        raise Unwritable(name, error) from error


def _destination(name: str) -> Path:
    """Return the path to write, behind all links."""
    try:
        path = Path(name)
        status = path.stat()
    except FileNotFoundError:
        return Path(name).resolve()
    except (OSError, ValueError) as error:
        raise Unwritable(name, error) from error
    if stat.S_ISDIR(status.st_mode):
        raise Unwritable(name, "it is a folder")
    if _is_stream(status, 1):
        raise Unwritable(name, "it is standard output; `-o -` writes there")
    if not stat.S_ISREG(status.st_mode):
        raise Unwritable(name, "it is not a regular file")
    return path.resolve()


def check_name_on_windows(name: str) -> None:
    """
    Refuse a path that Windows would change, or take for a device or a stream of a file.

    Raises:
        Unwritable: Windows has no file of that name.
    """
    path = PureWindowsPath(name)
    for part in path.parts[bool(path.anchor) :]:
        if part == "..":
            continue
        wrong = next((each for each in part if each in _NOT_IN_NAMES or each < " "), None)
        if wrong is not None:
            raise Unwritable(name, f'Windows has no files with "{wrong}" in their names')
        if part.endswith((".", " ")):
            raise Unwritable(name, "Windows has no files whose names end with a dot or a space")
        device = part.partition(".")[0].rstrip(" ")
        if device.upper() in _DEVICES:
            raise Unwritable(name, f"on Windows {device} is a device")


def _is_stream(status: os.stat_result, number: int) -> bool:
    """Whether a file is that of a standard stream, as `/dev/stdout` is after `> file`."""
    try:
        return os.path.samestat(status, os.fstat(number))
    except OSError:
        return False


def _there_already(name: str) -> WrongUsage:
    return WrongUsage(f"{name} is there already; --force replaces it")


def _set_mode(part: Path, path: Path) -> None:
    """Give a temporary file, which is private, the mode of the file that it becomes."""
    if path.exists():
        copymode(path, part)
        return
    mask = os.umask(0o077)
    os.umask(mask)
    part.chmod(0o666 & ~mask)


def _remove(part: Path) -> None:
    """Remove a temporary file that did not become the file, if there is one."""
    try:
        part.unlink(missing_ok=True)
    except PermissionError:
        # Windows removes no file that is only to be read, as the file to replace may be
        part.chmod(0o600)
        part.unlink()


def _put(part: Path, path: Path, *, replace: bool) -> None:
    if replace:
        _replace(part, path)
        return
    try:
        # unlike a rename it fails if the file is there by now
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # not every file system has links
        if path.exists():
            raise FileExistsError from None
        _replace(part, path)


def _replace(part: Path, path: Path) -> None:
    """Rename a file; where that is not permitted, tell the reason that is common on Windows."""
    try:
        part.replace(path)
    except PermissionError as error:
        reason = f"{error.strerror}; it may be open in another program, close it there"
        raise PermissionError(error.errno, reason) from error


class _Ending:
    """The handler of signals to end, which waits until there is something to clear up."""

    def __init__(self) -> None:
        self._waiting = True
        self._told: int | None = None

    def end(self, number: int, _frame: object) -> None:
        """End the program, or remember to."""
        self._told = number
        if not self._waiting:
            self.release()

    def release(self) -> None:
        """End the program now if it was told to, and with the next signal."""
        self._waiting = False
        if self._told is not None:
            raise SystemExit(128 + self._told)


@contextmanager
def _ended_by_exception() -> Iterator[_Ending]:
    """Let a program that is told to end, or whose terminal is closed, clear up before it does."""
    ending = _Ending()
    if current_thread() is not main_thread():
        yield ending
        return

    # Windows has no SIGHUP
    ends = [getattr(signals, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signals, name)]
    taken = [each for each in ends if signals.getsignal(each) is signals.SIG_DFL]
    for each in taken:
        signals.signal(each, ending.end)
    try:
        yield ending
    finally:
        for each in taken:
            signals.signal(each, signals.SIG_DFL)
