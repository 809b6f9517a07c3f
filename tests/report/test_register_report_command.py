"""docs/command-line.md, "register report": the command."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from register_page_samples import LISTING, TABLE

from ecei_rules.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


class TestCommand:
    """Exit codes and files of the command."""

    def test_page_is_written_to_a_file_or_printed(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Both are the same.
        """
        path = tmp_path / "register.html"
        command = ["register", "report", str(TABLE), "--on", "2024-06-30"]

        assert main([*command, "-o", str(path)]) == 0
        assert capfd.readouterr() == ("", f"ecei-rules: a page of 3 records written to {path}\n")
        assert main([*command, "-o", "-", "--lang", "en-GB"]) == main([*command]) == 0
        assert capfd.readouterr().out == path.read_text("utf-8") * 2
        assert list(tmp_path.iterdir()) == [path]

    def test_register_with_problems_ends_with_1(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The page has the records that could be read, and the problems.
        """
        path = tmp_path / "register.html"

        assert (
            main(["register", "report", str(LISTING), "--on", "2024-06-30", "-o", str(path)]) == 1
        )
        assert "ECEI405" in capfd.readouterr().err
        assert "ECEI405" in path.read_text("utf-8")

    def test_unreadable_register_leaves_no_page(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        No file is written if nothing can be read.
        """
        unreadable = tmp_path / "register.json"
        unreadable.write_text("{", "utf-8")
        path = tmp_path / "register.html"

        assert (
            main(["register", "report", str(unreadable), "--on", "2024-06-30", "-o", str(path)])
            == 1
        )
        assert "ECEI104" in capfd.readouterr().err
        assert list(tmp_path.iterdir()) == [unreadable]

    def test_file_that_cannot_be_written_is_named(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The exit code is that of wrong usage.
        """
        path = tmp_path / "missing" / "register.html"

        assert main(["register", "report", str(TABLE), "--on", "2024-06-30", "-o", str(path)]) == 2
        assert capfd.readouterr().err == (
            f"ecei-rules: cannot write {path}: No such file or directory\n"
        )

    @pytest.mark.parametrize("tag", ["", "e", "en_GB", "en-", "../de", "englishes"])
    def test_invalid_language_tag_is_refused(
        self, tag: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The message gives a valid tag.
        """
        with pytest.raises(SystemExit) as ended:
            main(["register", "report", str(TABLE), "--on", "2024-06-30", f"--lang={tag}"])

        assert ended.value.code == 2
        assert capfd.readouterr().err.endswith(
            f"argument --lang: expected a language tag such as de or de-AT, found {tag!r}\n"
        )

    @pytest.mark.parametrize("missing", ["jinja2", "babel"])
    def test_missing_extra_is_named(self, missing: str, tmp_path: Path) -> None:
        """
        The message names what to install, and no file is written.
        """
        path = tmp_path / "register.html"
        code = (
            "import sys\n"
            f"sys.modules[{missing!r}] = None\n"
            "from ecei_rules.cli.main import main\n"
            f"sys.exit(main(['register', 'report', {str(TABLE)!r}, '--on', '2024-06-30',"
            f" '-o', {str(path)!r}]))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )

        assert (done.returncode, done.stdout, done.stderr) == (
            2,
            "",
            "ecei-rules: a page needs the extra: pip install 'ecei-rules[report]'\n",
        )
        assert list(tmp_path.iterdir()) == []

    def test_missing_part_of_the_extra_is_named(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Even if it is noticed late, nothing else is printed.
        """
        monkeypatch.setitem(sys.modules, "babel.dates", None)

        assert main(["register", "report", str(TABLE), "--on", "2024-06-30"]) == 2
        assert capfd.readouterr() == (
            "",
            "ecei-rules: a page needs the extra: pip install 'ecei-rules[report]'\n",
        )

    def test_every_run_gives_same_bytes(self) -> None:
        """
        For any locale and hash seed.
        """
        command = [sys.executable, "-m", "ecei_rules", "register", "report", str(TABLE)]
        outputs = {
            subprocess.run(
                [*command, "--on", "2024-06-30"],
                env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Asia/Tokyo"},
                capture_output=True,
                check=True,
            ).stdout
            for seed, locale in (("1", "C"), ("2", "de_DE.UTF-8"))
        }

        assert len(outputs) == 1
