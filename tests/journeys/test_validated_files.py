"""docs/command-line.md, "Files, folders and patterns": the documents that `validate` reads."""

from __future__ import annotations

import io
import os
import sys
from errno import EACCES, ENOENT
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from paths import EXAMPLES
from validate_samples import (
    BAD,
    CODES_OF_BAD,
    FORMATS,
    GOOD,
    SUSPICIOUS,
    compact,
    files,
    make_documents,
    validate,
)

from ecei_rules.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with documents in it and below."""
    monkeypatch.chdir(tmp_path)
    make_documents(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
class TestWhatIsRead:
    """Files, folders, patterns, and lines of files."""

    def test_folder_includes_documents_below(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        In the order of their names, without hidden folders and links that lead back.
        """
        names = [(each["file"], each.get("line")) for each in files(capfd, ".")]

        assert names == [
            ("a.JSON", None),
            ("b.json", None),
            ("deep/er/c.json", None),
            ("deep/lines.ndjson", 1),
            ("deep/lines.ndjson", 3),
        ]

    @pytest.mark.parametrize(
        ("pattern", "names"),
        [
            ("*.json", ["b.json"]),
            ("**/*.json", [".hidden/d.json", "b.json", "deep/er/c.json"]),
            ("[ab].*", ["a.JSON", "b.json"]),
            ("{folder}/?.json", ["{folder}/b.json"]),
        ],
    )
    def test_pattern_matches_files(
        self, pattern: str, names: list[str], folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Where no shell has expanded it.
        """
        found = [each["file"] for each in files(capfd, pattern.format(folder=folder))]

        assert found == [each.format(folder=folder) for each in names]

    def test_pattern_reports_what_cannot_be_read(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A link that leads nowhere is a file that cannot be read, as in a folder.
        """
        (folder / "lost.json").symlink_to("nowhere.json")

        for names in ("[bl]*.json", "**/[bl]*.json"):
            code, out, err = validate(capfd, names)
            assert (code, out) == (2, "b.json: ok (ecei-interview/1)\n")
            assert err.startswith(f"ecei-rules: cannot read lost.json: {strerror(ENOENT)}\n")

    def test_pattern_over_a_deep_folder(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        However deep: the folders are made and removed one by one, since their path is too long.
        """
        depth = 1100
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("c.json").write_text(GOOD, "utf-8")
        os.chdir(tmp_path)
        try:
            code, out, _ = validate(capfd, "d/**/*.json")
        finally:
            for _ in range(depth):
                os.chdir("d")
            Path("c.json").unlink()
            for _ in range(depth):
                os.chdir("..")
                Path("d").rmdir()
        assert code == 0
        assert out.endswith("/c.json: ok (ecei-interview/1)\n")

    @pytest.mark.parametrize("name", [".", "**/*.json"])
    def test_unreadable_folder_below_does_not_stop_the_rest(
        self, name: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Its own name is reported, and the folders after it are read.
        """
        listed = Path.iterdir

        def refuse(folder: Path) -> Iterator[Path]:
            if folder.name == "er":
                raise PermissionError(EACCES, "Permission denied", str(folder))
            return listed(folder)

        Path("z").mkdir()
        Path("z/c.json").write_text(GOOD, "utf-8")
        monkeypatch.setattr(Path, "iterdir", refuse)
        code, out, err = validate(capfd, name)

        assert code == 2
        assert out.endswith("z/c.json: ok (ecei-interview/1)\n")
        assert "ecei-rules: cannot read deep/er: Permission denied\n" in err

    @pytest.mark.parametrize("format_", FORMATS)
    def test_long_values_are_not_quoted_whole(
        self, format_: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A problem may quote a value of many megabytes.
        """
        Path("long.json").write_text(GOOD.replace('"own-legal-form"', f'"{"x" * 10**6}"'), "utf-8")

        code, out, _ = validate(capfd, "--format", format_, "long.json")

        assert code == 1
        assert len(out) < 10_000

    def test_controls_in_the_name_of_a_file(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        A log shows their numbers in place of them, whether the file can be read or not.
        """
        Path("a\x1b[31m.json").write_text(BAD, "utf-8")

        _, out, _ = validate(capfd, "--format", "github", "a\x1b[31m.json", "\u202eb.json")

        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "file=a\\u001b[31m.json," in out
        assert "file=\\u202eb.json::" in out

    def test_folder_is_no_match_of_a_pattern(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Only the files in it are, if the pattern goes on.
        """
        for name in ("dee*", "*/nothing/*.json"):
            code, out, err = validate(capfd, name)
            assert (code, out) == (2, "")
            assert err.startswith(f"ecei-rules: cannot read {name}: no file fits the pattern\n")

    def test_name_that_may_not_be_looked_at(
        self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A file in a folder that may not be entered does not stop the rest.
        """
        looked = Path.is_dir

        def refuse(path: Path) -> bool:
            if path.name == "closed.json":
                raise PermissionError(EACCES, "Permission denied")
            return looked(path)

        monkeypatch.setattr(Path, "is_dir", refuse)
        code, out, err = validate(capfd, "closed.json", "b.json")

        assert (code, out) == (2, "b.json: ok (ecei-interview/1)\n")
        assert err.startswith("ecei-rules: cannot read closed.json: Permission denied\n")

    def test_corpus_with_an_unreadable_folder(
        self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A benchmark of a part of the interviews would be another one, so none is built.
        """

        def refuse(folder: Path) -> Iterator[Path]:
            raise PermissionError(EACCES, "Permission denied", str(folder))

        monkeypatch.setattr(Path, "iterdir", refuse)
        options = ["--on", "2024-01-01", "--ruleset", "bronze@2019-11"]

        assert main(["benchmark", "build", "deep", *options, "-o", "b.json"]) == 2
        assert capfd.readouterr() == ("", "ecei-rules: cannot read deep: Permission denied\n")

    def test_working_folder_that_is_gone(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A message says so, and there is no traceback.
        """
        gone = tmp_path / "gone"
        gone.mkdir()
        os.chdir(gone)
        gone.rmdir()
        try:
            code = main(["convert", str(EXAMPLES / "awarded.json"), "-o", "a.json"])
        finally:
            os.chdir(tmp_path)

        assert code == 2
        assert capfd.readouterr().err.startswith("ecei-rules: cannot ")

    def test_problems_have_the_line_of_the_file(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        And the column in the line.
        """
        text = Path("deep/lines.ndjson").read_text("utf-8").split("\n")
        good, bad = files(capfd, "deep/lines.ndjson")

        assert (good["line"], good["format"], good["problems"]) == (1, "ecei-interview/1", [])
        assert (bad["line"], [each["code"] for each in bad["problems"]]) == (3, CODES_OF_BAD)
        for each in bad["problems"]:
            assert each["line"] == 3
            name = each["where"].rpartition("/")[2]
            value = "own-legal-fom" if name == "legal-form" else name
            assert text[2][each["column"] - 1 :].startswith(f'"{value}"')

    def test_standard_input_may_have_lines(
        self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Two objects on two lines are two documents.
        """
        both = f"{compact(GOOD)}\n{compact(SUSPICIOUS)}\n".encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(both)))

        found = files(capfd, "-")

        assert [(each["line"], len(each["warnings"])) for each in found] == [(1, 0), (2, 1)]

    def test_unreadable_file_does_not_stop_the_rest(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        It is reported in its turn, and the exit code is 2.
        """
        Path("empty").mkdir()
        code, out, err = validate(capfd, "no.json", "x*", "empty", "b.json", "**x")

        assert code == 2
        assert out == "b.json: ok (ecei-interview/1)\n"
        assert [line.partition(": ")[2] for line in err.splitlines()][:3] == [
            "cannot read no.json: No such file or directory",
            "cannot read x*: no file fits the pattern",
            "cannot read empty: no file in it ends in .json, .ndjson or .jsonl",
        ]

    def test_unreadable_folder_does_not_stop_the_rest(
        self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A folder that the user may not list is reported with the reason, and the exit code is 2.
        """

        def refuse(_folder: Path) -> list[Path]:
            raise PermissionError(EACCES, "Permission denied")

        Path("closed").mkdir()
        monkeypatch.setattr(Path, "iterdir", refuse)
        code, out, err = validate(capfd, "closed", "b.json")

        assert (code, out) == (2, "b.json: ok (ecei-interview/1)\n")
        assert err.startswith("ecei-rules: cannot read closed: Permission denied\n")
