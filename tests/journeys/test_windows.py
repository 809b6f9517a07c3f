"""docs/command-line.md: consoles, names of files and open files as Windows has them."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from argparse import Namespace
from contextlib import chdir, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from paths import EXAMPLES

from ecei_rules.cli.files import check_name_on_windows, check_output, write_pieces
from ecei_rules.cli.main import main
from ecei_rules.cli.output import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator

AWARDED = str(EXAMPLES / "awarded.json")
NAME = "Café → Ωmega 𝄞"
REGISTER = f"name,country,label,valid_until\n{NAME},IT,bronze,2024-03-31\n"
STATUS = ("register", "status", "register.csv", "--on", "2024-01-01")
SHOWN = (
    f"2024-03-31  valid      bronze  {NAME} (IT); renewable until 2025-03-31 [inferred]\n"
    "1 record on 2024-01-01: 1 valid, 0 renewable, 0 lapsed\n"
    "the register does not give the first days of labels\n"
)


@pytest.fixture(name="folder", autouse=True)
def _folder(tmp_path: Path) -> Iterator[Path]:
    """Work in a folder with a register alone."""
    (tmp_path / "register.csv").write_text(REGISTER, "utf-8")
    with chdir(tmp_path):
        yield tmp_path


def environment(encoding: str) -> dict[str, str]:
    """Return the environment of a program whose streams refuse what they cannot encode."""
    return {**os.environ, "PYTHONIOENCODING": f"{encoding}:strict", "PYTHONUTF8": "0"}


def on_terminal(encoding: str, *arguments: str) -> bytes:
    """Return what a command that succeeds writes to a terminal with an encoding."""
    terminal, inner = os.openpty()
    program = [sys.executable, "-m", "ecei_rules", *arguments]
    with subprocess.Popen(
        program, stdin=inner, stdout=inner, stderr=inner, env=environment(encoding)
    ) as running:
        os.close(inner)
        written = b""
        # Linux ends a terminal that nobody writes to with EIO, others with no bytes
        with suppress(OSError):
            while piece := os.read(terminal, 65536):
                written += piece
    os.close(terminal)
    assert running.returncode == 0
    return written.replace(b"\r\n", b"\n")


def escaped(text: str, encoding: str) -> str:
    """Return a text with JSON escapes in place of what an encoding lacks."""
    known = text.encode(encoding, "ignore").decode(encoding)
    return "".join(each if each in known else json.dumps(each)[1:-1] for each in text)


class TestConsoles:
    """A console shows all it can, and no output ends in a traceback."""

    @pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
    def test_text_on_a_terminal(self, encoding: str) -> None:
        """
        What the encoding of the terminal has is written in it, the rest as escapes.
        """
        written = on_terminal(encoding, *STATUS).decode(encoding)

        assert written == escaped(SHOWN, encoding)
        assert ("é" in written) is (encoding != "ascii")
        assert "\\u2192 " in written
        assert "mega \\ud834\\udd1e (IT)" in written

    def test_json_on_a_terminal(self) -> None:
        """
        Escapes do not change what JSON means.
        """
        written = on_terminal("ascii", *STATUS, "--format", "json")

        assert json.loads(written.decode("ascii"))["records"][0]["name"] == NAME

    def test_terminal_with_all_characters(self) -> None:
        """
        A terminal with UTF-8 needs no escapes.
        """
        assert on_terminal("utf-8", *STATUS).decode("utf-8") == SHOWN

    @pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
    def test_files_and_programs_get_utf_8(self, encoding: str) -> None:
        """
        The encoding that others expect, whatever the locale and `PYTHONIOENCODING`.
        """
        program = [sys.executable, "-m", "ecei_rules", *STATUS]
        done = subprocess.run(program, capture_output=True, env=environment(encoding), check=False)

        assert (done.returncode, done.stdout, done.stderr) == (0, SHOWN.encode(), b"")

    def test_messages_on_a_terminal(self, folder: Path) -> None:
        """
        A message about a name that the console lacks shows the name in escapes.
        """
        terminal, inner = os.openpty()
        program = [sys.executable, "-m", "ecei_rules", "assess", "→.json"]
        done = subprocess.run(
            program, stdout=subprocess.PIPE, stderr=inner, env=environment("cp437"), check=False
        )
        os.close(inner)
        written = os.read(terminal, 65536).decode("cp437")
        os.close(terminal)

        assert done.returncode == 2
        reason = os.strerror(errno.ENOENT)
        assert written == f"ecei-rules: cannot read \\u2192.json: {reason}\r\n"
        assert [path.name for path in folder.iterdir()] == ["register.csv"]

    def test_progress_on_a_terminal(self) -> None:
        """
        The sign of progress is of characters that every encoding has.
        """
        terminal, inner = os.openpty()
        program = [sys.executable, "-m", "ecei_rules", "validate", AWARDED]
        done = subprocess.run(
            program,
            stdout=subprocess.PIPE,
            stderr=inner,
            env={**environment("ascii"), "TERM": "xterm"},
            check=False,
        )
        os.close(inner)
        written = os.read(terminal, 65536)
        os.close(terminal)

        assert done.returncode == 0
        assert b"1 documents" in written
        assert b"\\u" not in written


class TestNames:
    """Names that Windows does not take for files are refused there, and only there."""

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("con", "on Windows con is a device"),
            ("CON.json", "on Windows CON is a device"),
            ("nul.tar.gz", "on Windows nul is a device"),
            ("Aux .json", "on Windows Aux is a device"),
            ("prn/a.json", "on Windows prn is a device"),
            ("C:\\reports\\com1.html", "on Windows com1 is a device"),
            ("com9.json", "on Windows com9 is a device"),
            ("LPT³.json", "on Windows LPT³ is a device"),
            ("conout$", "on Windows conout$ is a device"),
            ("a.json.", "Windows has no files whose names end with a dot or a space"),
            ("a.json ", "Windows has no files whose names end with a dot or a space"),
            ("reports /a.json", "Windows has no files whose names end with a dot or a space"),
            ("...", "Windows has no files whose names end with a dot or a space"),
            ("what?.json", 'Windows has no files with "?" in their names'),
            ("a.json:notes", 'Windows has no files with ":" in their names'),
            ("a<b>.json", 'Windows has no files with "<" in their names'),
            ('"a".json', 'Windows has no files with """ in their names'),
            ("a|b", 'Windows has no files with "|" in their names'),
            ("*.json", 'Windows has no files with "*" in their names'),
            ("a\tb", 'Windows has no files with "\t" in their names'),
        ],
    )
    def test_refused_on_windows(self, name: str, reason: str) -> None:
        """
        Windows would wait for a device, drop a part of the name, or hide a stream in a file.
        """
        with pytest.raises(Unwritable) as refused:
            check_name_on_windows(name)

        assert str(refused.value) == f"cannot write {name}: {reason}"

    def test_refused_at_the_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Before anything is read or computed.
        """
        with monkeypatch.context() as on_windows:
            on_windows.setattr(os, "name", "nt")
            with pytest.raises(Unwritable, match=r"^cannot write con\.json: on Windows con is"):
                check_output(Namespace(output="con.json", file="none.json"))

    @pytest.mark.parametrize(
        "name",
        [
            "console.json",
            "com.json",
            "com0.json",
            "com10.json",
            "a con.json",
            ".con",
            "reports.2024/a.json",
            "C:\\reports\\a.json",
            "C:a.json",
            "\\\\server\\share\\a.json",
            "\\\\?\\C:\\a.json",
            "./a.json",
            "..\\a.json",
            "Ωmega 𝄞.json",
        ],
    )
    def test_allowed_on_windows(self, name: str) -> None:
        """
        Names that only look like those, drives, shares and the folders above.
        """
        check_name_on_windows(name)

    @pytest.mark.parametrize("name", ["con.json", "a?:.json", "a .json"])
    @pytest.mark.skipif(os.name == "nt", reason="these names are refused")
    def test_written_elsewhere(self, folder: Path, name: str) -> None:
        """
        Other systems have such files.
        """
        assert main(["convert", AWARDED, "-o", name]) == 0
        assert (folder / name).is_file()


class TestOpenFiles:
    """Windows replaces no file that another program has open."""

    REASON = "Access is denied; it may be open in another program, close it there"

    @pytest.fixture(autouse=True)
    def _open_elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let no file be replaced."""

        def refuse(_source: object, _target: object) -> None:
            raise PermissionError(errno.EACCES, "Access is denied")

        monkeypatch.setattr(os, "replace", refuse)

    @pytest.mark.parametrize(
        "arguments", [("report", "-o", "a.md"), ("convert", "--force", "-o", "a.json")]
    )
    def test_old_file_stays(
        self, folder: Path, arguments: tuple[str, ...], capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A message tells what to do, and nothing else is left behind.
        """
        command, *options = arguments
        path = folder / options[-1]
        path.write_text("before", "utf-8")

        assert main([command, AWARDED, *options]) == 2
        message = f"ecei-rules: cannot write {path.name}: {self.REASON}\n"
        assert capfd.readouterr() == ("", message)
        assert path.read_text("utf-8") == "before"
        assert sorted(each.name for each in folder.iterdir()) == sorted([path.name, "register.csv"])

    def test_file_only_to_be_read(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The temporary file has its mode by then, and Windows removes no such file.
        """
        path = folder / "a.json"
        path.write_text("before", "utf-8")
        path.chmod(0o444)
        unlink = os.unlink

        def remove(removed: Path) -> None:
            if not Path(removed).stat().st_mode & 0o200:
                raise PermissionError(errno.EACCES, "Access is denied")
            unlink(removed)

        monkeypatch.setattr(os, "unlink", remove)
        with pytest.raises(Unwritable, match=rf"^cannot write a\.json: {self.REASON}$"):
            write_pieces("a.json", ["after"])

        assert path.read_text("utf-8") == "before"
        assert sorted(each.name for each in folder.iterdir()) == ["a.json", "register.csv"]

    def test_file_system_without_links(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        There a new file that cannot be put in its place is not left under another name.
        """

        def refuse(_path: Path, _target: Path) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(Path, "hardlink_to", refuse)
        with pytest.raises(Unwritable, match=rf"^cannot write a\.json: {self.REASON}$"):
            write_pieces("a.json", ["after"], replace=False)

        assert [each.name for each in folder.iterdir()] == ["register.csv"]
