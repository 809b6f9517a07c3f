"""docs/command-line.md, "convert" and "new": files, messages and exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve
from openpyxl import load_workbook
from paths import EXAMPLES, ROOT
from workbook_samples import awkward, example, parts_of

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.documents.pseudonyms import pseudonymous
from ecei_rules.spreadsheets.write_workbook import write_workbook

AWARDED = EXAMPLES / "awarded.json"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write_lines(name: str, *interviews: er.Interview) -> str:
    """Write a file of interviews, one a line, and return its name."""
    lines = "".join(f"{er.write_interview(each)}\n" for each in interviews)
    Path(name).write_text(lines, encoding="utf-8", newline="\n")
    return name


class TestThereAndBack:
    """Each format can be converted from JSON and back."""

    @pytest.mark.parametrize("other", ["a.xlsx", "a.csv", "A.XLSX", "a.json"])
    def test_json_survives_the_round_trip(
        self, other: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The result is the canonical text, byte for byte.
        """
        given = write_lines("given.json", awkward())

        assert main(["convert", given, "-o", other]) == 0
        assert main(["convert", other]) == 0
        assert capfd.readouterr() == (Path(given).read_text(encoding="utf-8"), "")

    def test_table_of_several_rows_becomes_lines(self) -> None:
        """
        A table of several rows becomes NDJSON, and the other way round.
        """
        given = write_lines("given.ndjson", example(), awkward())
        text = Path(given).read_bytes()
        Path("gaps.ndjson").write_bytes(b"\n" + text.replace(b"\n", b"\n\n"))

        assert main(["convert", "gaps.ndjson", "-o", "a.csv"]) == 0
        assert main(["convert", "a.csv", "-o", "b.ndjson"]) == 0
        assert Path("b.ndjson").read_bytes() == text

    @pytest.mark.parametrize("other", ["a.xlsx", "a.csv", "a.json"])
    def test_format_is_recognised_without_an_ending(
        self, other: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A file without a known ending is recognised by its beginning.
        """
        assert main(["convert", write_lines("given.json", example()), "-o", other]) == 0
        Path("unnamed").write_bytes(Path(other).read_bytes())

        assert main(["convert", "unnamed", "--format", "csv"]) == 0
        assert capfd.readouterr().out.startswith("catalogue,schema,cluster.name,")

    def test_notes_are_refused_or_left_out(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The examples have a note, for which there is no cell.
        """
        message = "a note under a name that begins with x- has no cell"

        assert main(["convert", str(AWARDED), "-o", "a.xlsx"]) == 1
        assert capfd.readouterr() == (
            "",
            f"{AWARDED}: ECEI432 /x-note: {message}\n  hint: --leave-out-notes drops it\n",
        )
        assert not Path("a.xlsx").exists()
        assert main(["convert", str(AWARDED), "-o", "a.xlsx", "--leave-out-notes"]) == 0
        assert er.read_workbook(Path("a.xlsx").read_bytes()) == example()


class TestPseudonymous:
    """`--pseudonymous` in every format that is read and written."""

    TOLD = (
        "ecei-rules: {}, pseudonymous but not anonymous: countries, portfolios, days of labels"
        " and answers still identify organisations\n"
    )

    @pytest.mark.parametrize(
        ("read", "written"),
        [("a.json", "b.xlsx"), ("a.xlsx", "b.json"), ("a.csv", "b.csv"), ("a.ndjson", "b.ndjson")],
    )
    def test_every_format(self, read: str, written: str, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The result is the same, and no part of a workbook has a word of the interview.
        """
        assert main(["convert", write_lines("given.json", awkward()), "-o", read]) == 0

        assert main(["convert", read, "--pseudonymous", "-o", written]) == 0
        told = self.TOLD.format("1 interview of 1 organisation")
        assert capfd.readouterr() == ("", told)
        assert main(["convert", written]) == 0
        (hidden,) = pseudonymous([awkward()])
        assert capfd.readouterr() == (f"{er.write_interview(hidden)}\n", "")
        parts = {"": Path(written).read_bytes()}
        if written == "b.xlsx":
            parts = parts_of(Path(written).read_bytes())
        for part in parts.values():
            assert not any(word in part for word in (b"=1+1", b"example.org", b"quoted", b"1e3"))

    def test_many_interviews(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The organisations of one run are numbered together, in a file or a stream.
        """
        corpus = tuple(er.example_corpus(3))
        renewed = evolve(corpus[1], conducted=evolve(corpus[1].conducted, on=date(2026, 5, 4)))
        given = write_lines("a.ndjson", *corpus, renewed)

        assert main(["convert", given, "--pseudonymous"]) == 0
        out, err = capfd.readouterr()
        hidden = pseudonymous([*corpus, renewed])
        assert out == "".join(f"{er.write_interview(each)}\n" for each in hidden)
        assert err == self.TOLD.format("4 interviews of 3 organisations")

        assert main(["convert", given, "--pseudonymous", "--leave-out-notes", "-o", "a.csv"]) == 0
        table = er.read_interview_table(Path("a.csv").read_bytes())
        assert table == tuple(evolve(each, extensions={}) for each in hidden)

    def test_what_no_option_drops_has_no_such_hint(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        A list without experts has no cell either.
        """
        document = json.loads(AWARDED.read_bytes())
        document["conducted"]["experts"] = []
        document.pop("x-made-up", None)
        Path("a.json").write_text(json.dumps(document), encoding="utf-8")

        assert main(["convert", "a.json", "-o", "a.csv", "--leave-out-notes"]) == 1
        assert capfd.readouterr().err == (
            "a.json: ECEI432 /conducted/experts: there is no cell for a list without experts\n"
            "  hint: leave it out, or name one\n"
        )

    def test_notes_are_no_obstacle(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Notes are dropped; the mark of an invented interview, which has no cell, is not.
        """
        assert main(["convert", str(AWARDED), "--pseudonymous", "--format", "csv"]) == 0
        assert capfd.readouterr().out.startswith("catalogue,")

        made_up = write_lines("a.json", *er.example_corpus(1))
        assert main(["convert", made_up, "--pseudonymous", "-o", "a.csv"]) == 1
        message = "a note under a name that begins with x- has no cell"
        hint = "  hint: --leave-out-notes drops it"
        assert capfd.readouterr() == ("", f"{made_up}: ECEI432 /x-made-up: {message}\n{hint}\n")
        assert not Path("a.csv").exists()


class TestRefused:
    """If something is wrong no file is written, and the exit code is not 0."""

    def test_problems_of_all_lines_are_reported(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Each with its line.
        """
        Path("a.ndjson").write_text('{"a": 1}\n\n{"format": 1}\n', encoding="utf-8")

        assert main(["convert", "a.ndjson", "-o", "a.csv"]) == 1
        assert capfd.readouterr().err == (
            "a.ndjson:1:1: ECEI201 (whole document): the document does not name its format\n"
            '  hint: add "format": "ecei-interview/1"\n'
            'a.ndjson:3:12: ECEI203 /format: expected "ecei-interview/1", found 1\n'
        )
        assert not Path("a.csv").exists()

    def test_at_most_a_thousand_problems_are_listed(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The first line says that there are more.
        """
        Path("a.ndjson").write_text("{}\n" * 1_001, encoding="utf-8")

        assert main(["convert", "a.ndjson"]) == 1
        first, *others = capfd.readouterr().err.splitlines()
        assert first == (
            "a.ndjson: ECEI112 (whole document): there are more than 1,000 problems, and not all"
            " are listed"
        )
        assert [each for each in others if "ECEI" in each][-1].startswith("a.ndjson:1000:1: ")

    def test_file_of_lines_may_exceed_the_limit(self) -> None:
        """
        The limit applies to each document, not to the file.
        """
        line = json.dumps({**json.loads(er.write_interview(example())), "x-note": "a" * 6_000_000})
        Path("large.ndjson").write_text(f"{line}\n" * 3)

        assert main(["convert", "large.ndjson", "--leave-out-notes", "-o", "a.csv"]) == 0
        assert er.read_interview_table(Path("a.csv").read_bytes()) == (example(),) * 3

    def test_limit_applies_without_an_ending(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        At most the size of one document is read.
        """
        Path("a").write_text('{"format": "ecei-interview/1"}\n' * 600_000)

        assert main(["convert", "a"]) == 1
        assert capfd.readouterr().err == (
            "a:1:1: ECEI101 (whole document): the document is larger than 16,777,216 bytes\n"
        )

    @pytest.mark.parametrize("name", ["a.ndjson", "a.json", "a"])
    def test_empty_file_is_refused(self, name: str, capfd: pytest.CaptureFixture[str]) -> None:
        """
        It is not a table without interviews.
        """
        Path(name).write_text("", encoding="utf-8")

        assert main(["convert", name, "-o", "a.csv"]) == 1
        assert capfd.readouterr().err.startswith(f"{name}:1:1: ECEI")
        assert not Path("a.csv").exists()

    @pytest.mark.parametrize("command", ["validate", "assess"])
    def test_workbook_instead_of_json_is_recognised(
        self, command: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The hint names `convert`.
        """
        Path("a.xlsx").write_bytes(write_workbook(example()))

        assert main([command, "a.xlsx"]) == 1
        messages = "".join(capfd.readouterr())
        assert "ECEI102" in messages
        assert (
            "  hint: it looks like a workbook; ecei-rules convert turns one into a document\n"
            in messages
        )

    def test_problem_of_a_workbook_has_its_cell(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Sheet and cell take the place of the line.
        """
        new = ["new", "interview", "--catalogue", "benchmarking@2019-11"]
        assert main([*new, "--format", "xlsx", "-o", "a.xlsx"]) == 0

        assert main(["convert", "a.xlsx", "-o", "a.json"]) == 1
        assert capfd.readouterr().err.splitlines()[0] == (
            "a.xlsx: ECEI429 Interview!E2: Name of the cluster (cluster.name) is needed"
        )
        assert not Path("a.json").exists()

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (
                ["convert", "one.json", "--format", "xlsx"],
                "a workbook is written into a file; name it with -o FILE.xlsx",
            ),
            (
                ["convert", "two.ndjson", "-o", "a.xlsx"],
                "a workbook holds one interview, not 2",
            ),
            (
                ["new", "interview", "--catalogue", "benchmarking@2019-11", "--format", "xlsx"],
                "a workbook is written into a file; name it with -o FILE.xlsx",
            ),
            (["convert", "none.json"], "cannot read none.json: No such file or directory"),
            (
                ["convert", "one.json", "-o", "no/a.csv"],
                "cannot write no/a.csv: No such file or directory",
            ),
        ],
    )
    def test_wrong_usage(
        self, arguments: list[str], words: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        One line, and exit code 2.
        """
        write_lines("one.json", example())
        write_lines("two.ndjson", example(), awkward())

        assert main(arguments) == 2
        assert capfd.readouterr() == ("", f"ecei-rules: {words}\n")

    @pytest.mark.parametrize(
        "arguments",
        [
            ["convert", "one.json", "-o", "a.xlsx"],
            ["new", "interview", "--catalogue", "quality@2019-11", "--format", "xlsx", "-o", "a"],
        ],
    )
    def test_missing_extra_is_named(
        self,
        arguments: list[str],
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """
        The message has the command that installs it.
        """
        write_lines("one.json", example())
        monkeypatch.setitem(sys.modules, "openpyxl", None)

        assert main(arguments) == 2
        assert capfd.readouterr().err == (
            "ecei-rules: a workbook needs the extra: pip install 'ecei-rules[excel]'\n"
        )

    def test_reading_needs_no_extra(self) -> None:
        """
        Reading a workbook does not import openpyxl.
        """
        Path("a.xlsx").write_bytes(er.write_workbook(example()))
        code = (
            "import sys, ecei_rules as er; er.read_workbook(open('a.xlsx', 'rb').read());"
            "print('openpyxl' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

        assert done.stdout.strip() == b"False"


class TestPage:
    """docs/spreadsheets.md shows the output of its commands."""

    def test_page_shows_the_problems(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        A workbook with three mistakes gives the block of the page.
        """
        book = load_workbook(BytesIO(er.write_workbook(example())))
        book["Interview"]["E3"] = None
        book["Structure of the cluster"]["E5"] = 101
        book["Structure of the cluster"]["E6"] = "=40+23"
        book.save("interview.xlsx")
        page = (ROOT / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
        shown = page.partition("```text\n$ ecei-rules convert interview.xlsx\n")[2]

        assert main(["convert", "interview.xlsx"]) == 1
        assert capfd.readouterr() == ("", shown.partition("```")[0])

    def test_columns_of_the_page_exist(self) -> None:
        """
        The table of the example has each name of the page.
        """
        page = (ROOT / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
        rows = page.partition("| Column | Holds |")[2].partition("\n\n")[0].splitlines()
        named = re.findall("`([a-z].*?)`", "".join(row.split("|")[1] for row in rows if row))

        header = er.write_interview_table([example()]).splitlines()[0].split(",")
        assert len(named) > 15
        assert [each for each in named if each not in header] == []


class TestNew:
    """`new` with an output file."""

    def test_skeleton_is_written_to_a_file(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The file has the same text as standard output.
        """
        new = ["new", "interview", "--catalogue", "benchmarking@2019-11"]
        assert main(new) == 0
        assert main([*new, "-o", "a.json"]) == 0

        text = Path("a.json").read_text(encoding="utf-8")
        assert capfd.readouterr() == (text, "")
        assert json.loads(text)["format"] == "ecei-interview/1"
