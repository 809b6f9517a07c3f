"""docs/command-line.md: files are written whole or not at all, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shlex
import signal
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from tempfile import mkstemp
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from paths import EXAMPLES

from ecei_rules.cli import files
from ecei_rules.cli.files import write_pieces
from ecei_rules.cli.main import main
from ecei_rules.cli.output import Unwritable, WrongUsage
from ecei_rules.cli.targets import named_files

if TYPE_CHECKING:
    from collections.abc import Iterator

AWARDED = str(EXAMPLES / "awarded.json")
REGISTER = str(EXAMPLES / "register" / "register.csv")
BRONZE = "bronze@2019-11"


@pytest.fixture(name="folder", autouse=True)
def _folder(tmp_path: Path) -> Iterator[Path]:
    """Work in an empty folder."""
    with chdir(tmp_path):
        yield tmp_path


def run(capfd: pytest.CaptureFixture[str], line: str) -> tuple[int, str]:
    """Return the exit code of a command and its messages; it has no result."""
    code = main(shlex.split(line))
    out, err = capfd.readouterr()
    assert out == ""
    return code, err


class TestWholeOrNotAtAll:
    """A file is first written beside its place."""

    def test_replaced_file_keeps_its_mode(self, folder: Path) -> None:
        """
        A private file stays private.
        """
        path = folder / "register.json"
        path.touch(mode=0o600)

        write_pieces(str(path), ["aft", b"er"])

        assert path.read_text(encoding="utf-8") == "after"
        assert path.stat().st_mode & 0o777 == 0o600

    def test_new_file_has_the_usual_mode(self, folder: Path) -> None:
        """
        It is as readable as the mask of the process allows.
        """
        kept = os.umask(0o027)
        try:
            write_pieces("register.json", ["after"])
        finally:
            os.umask(kept)

        assert (folder / "register.json").stat().st_mode & 0o777 == 0o640

    def test_failed_write_leaves_nothing_behind(self, folder: Path) -> None:
        """
        A lone surrogate cannot be encoded: the old file is unchanged, and there is no other.
        """
        path = folder / "register.json"
        path.write_text("before", encoding="utf-8")

        with pytest.raises(Unwritable, match=r"^cannot write .*register\.json: "):
            write_pieces(str(path), ["\ud800"])

        assert path.read_text(encoding="utf-8") == "before"
        assert list(folder.iterdir()) == [path]

    def test_writers_do_not_share_a_file(self, folder: Path) -> None:
        """
        Two programs that write one file at once, also with one process id, do not mix.
        """

        def nested() -> Iterator[str]:
            yield "a"
            write_pieces("register.json", ["b", "b", "b"])
            beside = [path.name for path in folder.iterdir() if path.name != "register.json"]
            assert [name.startswith("ecei-rules-unfinished-") for name in beside] == [True]
            yield "a"

        write_pieces("register.json", nested())

        assert (folder / "register.json").read_text("utf-8") == "aa"
        assert len(list(folder.iterdir())) == 1

    def test_link_is_followed_to_its_file(self, folder: Path) -> None:
        """
        The file behind a link is replaced, and a link to a missing file makes that file.
        """
        (folder / "old.json").write_text("before", "utf-8")
        (folder / "link.json").symlink_to("old.json")
        (folder / "dangling.json").symlink_to("new.json")

        write_pieces("link.json", ["after"])
        write_pieces("dangling.json", ["made"])

        assert (folder / "old.json").read_text("utf-8") == "after"
        assert (folder / "new.json").read_text("utf-8") == "made"
        assert (folder / "link.json").is_symlink()

    @pytest.mark.parametrize("thread", [False, True])
    def test_told_to_end(self, *, thread: bool) -> None:
        """
        SIGTERM removes what is half done; elsewhere than in the main thread nobody asks for it.
        """
        seen = []

        def write() -> None:
            write_pieces("a.json", (str(signal.getsignal(signal.SIGTERM)) for _ in "a"))
            seen.append(Path("a.json").read_text("utf-8"))

        if thread:
            started = Thread(target=write)
            started.start()
            started.join()
        else:
            write()
        assert (seen[0] == str(signal.SIG_DFL)) is thread
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL

    def test_program_told_to_end_while_it_makes_the_file(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It ends as soon as it knows what to clear up.
        """

        def make(**wanted: Any) -> tuple[int, str]:
            made = mkstemp(**wanted)
            signal.raise_signal(signal.SIGTERM)
            return made

        monkeypatch.setattr(files, "mkstemp", make)

        with pytest.raises(SystemExit) as ended:
            write_pieces("a.json", ["whole"])

        assert ended.value.code == 128 + signal.SIGTERM
        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
    def test_program_told_to_end(self, told: signal.Signals, folder: Path) -> None:
        """
        It ends as the signal says, and leaves no part of a file. A closed terminal sends SIGHUP.
        """
        arguments = ["example", "corpus", "--count", "999999999", "-o", "corpus.ndjson"]
        program = [sys.executable, "-m", "ecei_rules", *arguments]
        with subprocess.Popen(program, cwd=folder, stderr=subprocess.PIPE) as running:
            begun = monotonic()
            while not any(folder.iterdir()) and monotonic() < begun + 60:
                pass
            running.send_signal(told)
            _, errors = running.communicate()

        assert (running.returncode, errors) == (128 + told, b"")
        assert list(folder.iterdir()) == []


class TestWhatIsNoFile:
    """A clear answer for each thing that cannot be replaced."""

    LINE = f"convert {shlex.quote(AWARDED)} -o "

    def test_symlinks_in_a_circle(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The system's own words say it.
        """
        (folder / "a.json").symlink_to("b.json")
        (folder / "b.json").symlink_to("a.json")
        reason = os.strerror(errno.ELOOP)

        for line in (self.LINE, f"convert --force {shlex.quote(AWARDED)} -o "):
            message = f"ecei-rules: cannot write a.json: {reason}\n"
            assert run(capfd, f"{line}a.json") == (2, message)
        assert (folder / "a.json").is_symlink()

    def test_name_as_long_as_allowed(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The name of the file beside it is no longer.
        """
        name = 245 * "n"
        assert run(capfd, f"{self.LINE}{name}.json") == (0, "")
        assert (folder / f"{name}.json").exists()

        longer = f"{11 * 'n'}{name}.json"
        reason = os.strerror(errno.ENAMETOOLONG)
        message = f"ecei-rules: cannot write {longer}: {reason}\n"
        assert run(capfd, f"{self.LINE}{longer}") == (2, message)

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            (".", "it is a folder"),
            ("pipe.json", "it is not a regular file"),
            ("/dev/null", "it is not a regular file"),
            ("/dev/stdout", "it is standard output; `-o -` writes there"),
            ("no/such/folder.json", os.strerror(errno.ENOENT)),
        ],
    )
    def test_other_things(
        self, folder: Path, name: str, reason: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Nothing is computed for them, nothing waits, and nothing is replaced.
        """
        os.mkfifo(folder / "pipe.json")

        assert main(["convert", AWARDED, "-o", name]) == 2
        assert capfd.readouterr() == ("", f"ecei-rules: cannot write {name}: {reason}\n")
        assert [path.name for path in folder.iterdir()] == ["pipe.json"]

    def test_file_that_is_standard_output(self, folder: Path) -> None:
        """
        A file that a shell has opened for the output is not replaced behind its back.
        """
        with (folder / "out.json").open("wb") as out:
            program = [sys.executable, "-m", "ecei_rules", "convert", AWARDED, "-o", "out.json"]
            done = subprocess.run(program, stdout=out, stderr=subprocess.PIPE, check=False)

        reason = "it is standard output; `-o -` writes there"
        assert done.returncode == 2
        assert done.stderr.decode() == f"ecei-rules: cannot write out.json: {reason}\n"

    def test_closed_standard_output_is_no_file(self) -> None:
        """
        Without a standard output no file is taken for it.
        """
        kept = os.dup(1)
        os.close(1)
        try:
            write_pieces("a.json", ["first"])
            write_pieces("a.json", ["second"])
        finally:
            os.dup2(kept, 1)
            os.close(kept)
        assert Path("a.json").read_text("utf-8") == "second"


class TestNothingIsLost:
    """What people go on editing is replaced only with `--force`."""

    @pytest.mark.parametrize(
        "line",
        [
            f"convert {shlex.quote(AWARDED)} -o a.json",
            f"convert {shlex.quote(AWARDED)} -o a.csv --leave-out-notes",
            f"convert {shlex.quote(AWARDED)} -o a.xlsx --leave-out-notes",
            "new interview --catalogue benchmarking@2019-11 -o a.json",
            "new interview --catalogue benchmarking@2019-11 -o a.xlsx",
            "example corpus --count 2 -o a.ndjson",
            f"register import {shlex.quote(REGISTER)} -o a.json",
        ],
    )
    def test_second_time(self, folder: Path, line: str, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The file filled in meanwhile is still there.
        """
        assert run(capfd, line)[0] == 0
        (path,) = folder.iterdir()
        path.write_bytes(b"filled in")

        message = f"ecei-rules: {path.name} is there already; --force replaces it\n"
        assert run(capfd, line) == (2, message)
        assert path.read_bytes() == b"filled in"

        assert run(capfd, f"{line} --force")[0] == 0
        assert path.read_bytes() != b"filled in"

    def test_file_made_meanwhile(self, folder: Path) -> None:
        """
        Also a file that another program has made since the start is kept.
        """

        def pieces() -> Iterator[str]:
            (folder / "a.json").write_text("other", "utf-8")
            yield "ours"

        with pytest.raises(WrongUsage, match=r"^a\.json is there already; --force replaces it$"):
            write_pieces("a.json", pieces(), replace=False)
        assert (folder / "a.json").read_text("utf-8") == "other"
        assert len(list(folder.iterdir())) == 1

    def test_file_system_without_links(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        There a file is kept as well, if it is there when the new one is finished.
        """

        def refuse(_path: Path, _target: Path) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(Path, "hardlink_to", refuse)
        write_pieces("a.json", ["first"], replace=False)
        with pytest.raises(WrongUsage, match=r"^a\.json is there already; --force replaces it$"):
            write_pieces("a.json", ["second"], replace=False)

        assert (folder / "a.json").read_text("utf-8") == "first"
        assert len(list(folder.iterdir())) == 1

    def test_results_are_replaced(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        A report is written anew each time.
        """
        for _ in range(2):
            assert run(capfd, f"report {shlex.quote(AWARDED)} -o a.md") == (0, "")
        assert len(list(folder.iterdir())) == 1

    @pytest.mark.parametrize(
        "line",
        [
            "convert a.json -o a.json",
            "convert a.json -o ./a.json --force",
            "convert a.json -o link.json --force",
            "report a.json -o link.json --format md",
            "register import b.csv a.json -o a.json",
            f"benchmark build a.json --on 2024-01-01 -o a.json --ruleset {BRONZE}",
            f"benchmark build . --on 2024-01-01 -o a.json --ruleset {BRONZE}",
            f"benchmark build ../{{folder}} --on 2024-01-01 -o link.json --ruleset {BRONZE}",
        ],
    )
    def test_input_is_not_replaced(
        self, folder: Path, line: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A file is not read and written by one command.
        """
        content = Path(AWARDED).read_bytes()
        (folder / "a.json").write_bytes(content)
        (folder / "link.json").symlink_to("a.json")
        (folder / "b.csv").write_bytes(Path(REGISTER).read_bytes())
        output = line.partition("-o ")[2].split()[0]

        reason = "is read, and cannot be written too; name another file with -o"
        assert run(capfd, line.format(folder=folder.name)) == (
            2,
            f"ecei-rules: {output} {reason}\n",
        )
        assert (folder / "a.json").read_bytes() == content

    def test_standard_input_is_not_replaced(self, folder: Path) -> None:
        """
        Nor by its own name.
        """
        content = Path(AWARDED).read_bytes()
        (folder / "a.json").write_bytes(content)
        reason = "is read, and cannot be written too; name another file with -o"

        for command in (["convert", "-", "--force"], ["report", "-", "--format", "md"]):
            program = [sys.executable, "-m", "ecei_rules", *command, "-o", "a.json"]
            with (folder / "a.json").open("rb") as given:
                done = subprocess.run(program, stdin=given, capture_output=True, check=False)
            assert (done.returncode, done.stderr.decode()) == (2, f"ecei-rules: a.json {reason}\n")
        assert (folder / "a.json").read_bytes() == content

    def test_new_file_in_a_folder_that_is_read(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The command has read no file that was not there yet.
        """
        (folder / "a.json").write_bytes(Path(AWARDED).read_bytes())
        command = f"benchmark build . --on 2024-01-01 --ruleset {BRONZE}"

        code, _ = run(capfd, f"{command} -o new.json")

        assert code == 0
        assert sorted(path.name for path in folder.iterdir()) == ["a.json", "new.json"]


class TestEndings:
    """The ending of a file decides its format, for every command in the same way."""

    @pytest.mark.parametrize(
        ("line", "ending", "endings"),
        [
            (f"convert {AWARDED}", "xls", ".json, .ndjson, .jsonl, .csv or .xlsx"),
            (f"convert {AWARDED}", "ods", ".json, .ndjson, .jsonl, .csv or .xlsx"),
            (f"report {AWARDED}", "docx", ".html, .htm, .md or .pdf"),
            (f"report {AWARDED}", "", ".html, .htm, .md or .pdf"),
            ("new interview --catalogue benchmarking@2019-11", "ods", ".json or .xlsx"),
            (f"register import {REGISTER}", "csv", ".json"),
            (f"register report {REGISTER} --on 2024-06-30", "pdf", ".html or .htm"),
            (f"benchmark build {EXAMPLES} --on 2024-06-30", "xlsx", ".json"),
            ("example corpus --count 1", "csv", ".ndjson, .jsonl or .json"),
        ],
    )
    def test_unknown_ending(
        self,
        folder: Path,
        line: str,
        ending: str,
        endings: str,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """
        It is wrong usage that lists the endings that there are.
        """
        name = f"a.{ending}".removesuffix(".")
        message = f"ecei-rules: the ending of {name} names no format to write; "
        message += f"the endings are {endings}\n"

        assert run(capfd, f"{line} -o {name}") == (2, message)
        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize(
        ("line", "beginning"),
        [
            ("new interview --catalogue benchmarking@2019-11 -o a.xlsx", b"PK"),
            ("new interview --catalogue benchmarking@2019-11 -o A.JSON", b"{"),
            ("new interview --catalogue benchmarking@2019-11 --format text -o a.json", b"{"),
            (f"convert {AWARDED} -o a.CSV --leave-out-notes", b"catalogue,"),
            (f"convert {AWARDED} --format csv -o a.txt --leave-out-notes", b"catalogue,"),
            (f"report {AWARDED} -o a.htm", b"<!doctype html>"),
            (f"report {AWARDED} --format md -o a", b"# "),
        ],
    )
    def test_known_ending(
        self, folder: Path, line: str, beginning: bytes, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Capitals do not matter, and `--format` decides where the ending says nothing.
        """
        assert run(capfd, line)[0] == 0
        (path,) = folder.iterdir()
        assert path.read_bytes().removeprefix(b"\xef\xbb\xbf").lstrip().startswith(beginning)

    def test_contradiction(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        A file whose name lies about its format is not written.
        """
        reason = "names another format than --format csv; leave one of them out"
        line = f"convert {AWARDED} --format csv -o a.xlsx"
        assert run(capfd, line) == (2, f"ecei-rules: a.xlsx {reason}\n")
        assert list(folder.iterdir()) == []


class TestFolders:
    """Folders with things in them that are no documents."""

    def test_deep_folder(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Documents 1,100 folders deep are found.
        """
        try:
            for _ in range(1100):
                Path("d").mkdir()
                os.chdir("d")
            Path("a.json").write_bytes(Path(AWARDED).read_bytes())
            os.chdir(folder)

            assert main(["validate", "."]) == 0
        finally:
            # what removes the folder of a test goes no thousand levels down
            subprocess.run(["/bin/rm", "-r", str(folder / "d")], check=True)
        assert capfd.readouterr().out == f"{1100 * 'd/'}a.json: ok (ecei-interview/1)\n"

    def test_pipe_in_a_folder(self, folder: Path) -> None:
        """
        Nothing waits for a pipe; a link that leads nowhere is still a file to be read.
        """
        os.mkfifo(folder / "a.json")
        (folder / "b.json").symlink_to("nowhere.json")
        (folder / "c.json").write_text("{}", "utf-8")

        assert list(named_files([str(folder)])) == [
            str(folder / "b.json"),
            str(folder / "c.json"),
        ]
