"""docs/command-line.md: standard streams that end early, are full or are closed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from paths import EXAMPLES

from ecei_rules.cli.main import main
from ecei_rules.cli.output import Unreadable
from ecei_rules.cli.streams import OutputEnded, StandardStreams
from ecei_rules.cli.targets import standard_input

if TYPE_CHECKING:
    from pathlib import Path

BAD = (EXAMPLES / "awarded.json").read_text("utf-8").replace('"own-legal-form"', '"own-legal-fom"')
COMMAND = f"{shlex.quote(sys.executable)} -m ecei_rules"
#: Their problems are several times what a buffer holds.
MANY = 120


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a good interview, and a folder of many with a problem each."""
    folder = tmp_path_factory.mktemp("interviews")
    (folder / "bad").mkdir()
    for number in range(MANY):
        (folder / "bad" / f"{number}.json").write_text(BAD, "utf-8")
    (folder / "good.json").write_bytes((EXAMPLES / "awarded.json").read_bytes())
    return folder


def shell(folder: Path, line: str) -> tuple[int, str, str]:
    """Return the exit code of a line in a real shell with `pipefail`, and its output."""
    done = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {line.replace('ecei-rules', COMMAND)}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


class TestReaderLeaves:
    """A program that stops reading does not change a verdict."""

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("ecei-rules validate --strict bad | head -n 1", 1),
            ("ecei-rules validate --format sarif bad | head -c 1", 1),
            ("ecei-rules validate --format json bad good.json none.json | head -c 1", 2),
            ("ecei-rules validate good.json | true", 0),
            ("ecei-rules ruleset check bad | head -n 1", 1),
            ("ecei-rules assess --require awarded good.json | true", 0),
            ("ecei-rules assess --require awarded bad/* good.json 2>&1 | head -n 1", 1),
            ("ecei-rules compare bronze@2010-11 bronze@2019-11 --fail-on editorial | true", 1),
            ("ecei-rules validate bad 2>&1 >/dev/null | true", 1),
        ],
    )
    def test_verdicts_are_those_of_the_whole(self, folder: Path, line: str, code: int) -> None:
        """
        Nothing more is printed, but every document is read.
        """
        ended, _, errors = shell(folder, line)

        assert ended == code
        assert "Traceback" not in errors
        assert "Exception" not in errors

    @pytest.mark.parametrize(
        "line",
        [
            "ecei-rules catalogue show benchmarking@2019-11 | true",
            "ecei-rules example corpus --count 100000 | head -n 1",
            "ecei-rules example corpus --count 100000 -o - | head -n 1",
            "ecei-rules assess good.json | true",
            "ecei-rules register --help | true",
            "ecei-rules assess bad/* 2>&1 >/dev/null | head -n 1",
        ],
    )
    def test_other_commands_end_quietly(self, folder: Path, line: str) -> None:
        """
        They end with 141, as programs do that a closed pipe ends.
        """
        code, _, errors = shell(folder, line)

        assert (code, errors) == (141, "")

    def test_file_is_written_nevertheless(self, tmp_path: Path) -> None:
        """
        Messages nobody reads do not leave `-o` unwritten.
        """
        line = "ecei-rules example corpus --count 3 -o corpus.ndjson 2>&1 | true"

        assert shell(tmp_path, line)[0] == 0
        assert len((tmp_path / "corpus.ndjson").read_text("utf-8").splitlines()) == 3


class TestFullDevice:
    """Output that cannot be written is a message and 2."""

    FULL = "ecei-rules: cannot write standard output: No space left on device\n"

    @pytest.mark.parametrize(
        "arguments",
        [
            "validate bad",
            "validate --format sarif good.json",
            "assess good.json",
            "--help",
            "--version",
            "example corpus --count 100000",
        ],
    )
    def test_full_device(self, folder: Path, arguments: str) -> None:
        """
        A verdict that could not be printed is none.
        """
        assert shell(folder, f"ecei-rules {arguments} > /dev/full") == (2, "", self.FULL)

    def test_messages_on_a_full_device(self, folder: Path) -> None:
        """
        A message that could not be printed is wrong usage too, and nothing can say so.
        """
        assert shell(folder, "ecei-rules assess none.json 2> /dev/full") == (2, "", "")
        assert shell(folder, "ecei-rules assess good.json > /dev/full 2>&1") == (2, "", "")

    def test_largest_file(self, tmp_path: Path) -> None:
        """
        A file as large as `ulimit -f` allows is not taken for a whole one.
        """
        made = "example corpus --count 1500"

        code, _, errors = shell(tmp_path, f"ulimit -f 2000; ecei-rules {made} > corpus.ndjson")
        assert (code, errors) == (2, "ecei-rules: cannot write standard output: File too large\n")

        code, _, errors = shell(tmp_path, f"ulimit -f 2000; ecei-rules {made} -o other.ndjson")
        assert (code, errors) == (2, "ecei-rules: cannot write other.ndjson: File too large\n")
        assert [path.name for path in tmp_path.iterdir()] == ["corpus.ndjson"]

    def test_temporary_file_of_a_library(self, tmp_path: Path) -> None:
        """
        A workbook is made in temporary files first, which may not fit either.
        """
        made = "new interview --catalogue benchmarking@2019-11 -o a.xlsx"

        code, _, errors = shell(tmp_path, f"ulimit -f 1; ecei-rules {made}")

        first, *_ = errors.splitlines()
        assert (code, first) == (2, "ecei-rules: cannot use a temporary file: File too large")
        assert list(tmp_path.iterdir()) == []

    def test_pipe_that_does_not_wait(self) -> None:
        """
        A full pipe that refuses more is an output that cannot be written.
        """
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        arguments = [sys.executable, "-m", "ecei_rules", "example", "corpus", "--count", "100"]
        done = subprocess.run(arguments, stdout=writing, stderr=subprocess.PIPE, check=False)
        os.close(reading)
        os.close(writing)

        assert done.returncode == 2
        assert done.stderr.startswith(b"ecei-rules: cannot write standard output: Resource")


class TestClosedStreams:
    """Streams that the caller closed."""

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            (
                "ecei-rules assess good.json >&-",
                (2, "", "ecei-rules: cannot write standard output: it is closed\n"),
            ),
            (
                "ecei-rules --help >&-",
                (2, "", "ecei-rules: cannot write standard output: it is closed\n"),
            ),
            ("ecei-rules validate --quiet good.json >&-", (0, "", "")),
            ("ecei-rules assess none.json 2>&-", (2, "", "")),
            ("ecei-rules validate --quiet good.json 2>&-", (0, "", "")),
            ("ecei-rules assess good.json >&- 2>&-", (2, "", "")),
            (
                "ecei-rules assess - <&-",
                (2, "", "ecei-rules: cannot read standard input: it is closed\n"),
            ),
            (
                "ecei-rules validate - <&-",
                (2, "", "ecei-rules: cannot read standard input: it is closed\n"),
            ),
            (
                "ecei-rules compare bronze@2010-11 bronze@2019-11 --corpus - <&-",
                (2, "", "ecei-rules: cannot read standard input: it is closed\n"),
            ),
        ],
    )
    def test_closed_stream(self, folder: Path, line: str, expected: tuple[int, str, str]) -> None:
        """
        It is an error only where the stream is needed.
        """
        assert shell(folder, line) == expected


class TestInOneProcess:
    """The same where a program calls `main`."""

    def test_streams_are_put_back(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        After a command the streams are those of the program.
        """
        kept = sys.stdout, sys.stderr

        assert main(["validate", str(EXAMPLES / "awarded.json")]) == 0
        assert (sys.stdout, sys.stderr) == kept
        assert capfd.readouterr().out.endswith("ok (ecei-interview/1)\n")

    def test_end_of_output_is_no_error_of_reading(self) -> None:
        """
        A closed stream ends what writes, with what to do about it.
        """
        kept = sys.stdout
        sys.stdout = None  # type: ignore[assignment]
        try:
            with StandardStreams():
                sys.stdout.write("text")
                with pytest.raises(OutputEnded) as ended:
                    sys.stdout.flush()
        finally:
            sys.stdout = kept
        assert str(ended.value) == "cannot write standard output: it is closed"
        assert not isinstance(ended.value, OSError)

    def test_closed_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        It is named as what it is, and not by its sign.
        """
        monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(Unreadable, match=r"^cannot read standard input: it is closed$"):
            standard_input()
