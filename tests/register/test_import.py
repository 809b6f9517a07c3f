"""docs/command-line.md: the command `register import`."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from invented_register import INVENTED, PAGE, PILLS, called, contents
from register_strategies import (
    HEADING,
)

import ecei_rules as er
from ecei_rules.cli.files import write_pieces
from ecei_rules.cli.output import Unwritable

if TYPE_CHECKING:
    from pathlib import Path

NO_ROW = "the text has no row of a register"
IMPORTED = """\
{
  "format": "ecei-register/1",
  "records": [
    {
      "name": "Example Bakers",
      "label": "bronze",
      "valid_until": "2016-07-24",
      "comparative_portfolio": "Food industry"
    },
    {
      "name": "Example Coders, Inc.",
      "label": "bronze",
      "valid_until": "2023-08-31",
      "country": "DE",
      "comparative_portfolio": "ICT",
      "website": "https://example.org"
    },
    {
      "name": "Example Valley of Pills",
      "label": "bronze",
      "valid_until": "2019-01-10",
      "comparative_portfolio": "Health and medical science"
    },
    {
      "name": "Example Valley of Pills",
      "label": "bronze",
      "valid_until": "2017-02-04",
      "comparative_portfolio": "Biotechnology"
    },
    {
      "name": "Example Miners",
      "label": "silver",
      "valid_until": "2024-02-29"
    }
  ]
}
"""
PUBLISHED_ON_NO_DAY = 'wrong.json:1:44: ECEI208 /published: the day "2024-02-30" does not exist\n'


class TestImport:
    """`register import` merges several pages into one register."""

    def test_pages_and_tables_become_one_register(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Repeats are merged. A warning is printed but is not a failure.
        """
        done = called(capfd, "import", "page.txt", "more.csv", "-o", "new.json")

        assert done == (0, "", f"{PILLS}ecei-rules: 5 records of 2 pages written to new.json\n")
        assert (folder / "new.json").read_bytes() == IMPORTED.encode()
        assert called(capfd, "import", "new.json") == (0, IMPORTED, "")
        assert called(capfd, "import", "new.json", "-o", "-") == (0, IMPORTED, "")

    @pytest.mark.usefixtures("folder")
    def test_country_option_is_the_default(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The table states a country, which stays; the page states none, so the two disagree
        on the country of the coders.
        """
        code, out, err = called(capfd, "import", "page.txt", "more.csv", "--country", "IT")

        records = json.loads(out)["records"]
        assert [(each["name"], each["country"]) for each in records] == [
            ("Example Bakers", "IT"),
            ("Example Coders, Inc.", "IT"),
            ("Example Coders, Inc.", "DE"),
            ("Example Valley of Pills", "IT"),
            ("Example Valley of Pills", "IT"),
            ("Example Miners", "IT"),
        ]
        assert (code, err) == (
            0,
            (
                f"{PILLS}merged: ECEI408 records: two records of "
                '"Example Coders, Inc." until 2023-08-31 differ in "country"; both are kept\n'
            ),
        )

    def test_details_of_a_page_are_stated(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A page by industry that names neither its label nor its portfolio has both of them
        from the options; the country of a row stays.
        """
        rows = "Name Country www Label valid until\nExample Bakers Italia 2025/03/31\n"
        (folder / "industry.txt").write_text(rows, encoding="utf-8")
        options = ("--label", "gold", "--portfolio", "food industry", "--country", "EL")

        code, out, err = called(capfd, "import", "industry.txt", *options)

        assert (code, err) == (0, "")
        assert json.loads(out)["records"] == [
            {
                "name": "Example Bakers",
                "label": "gold",
                "valid_until": "2025-03-31",
                "country": "IT",
                "comparative_portfolio": "Food industry",
            }
        ]

    def test_day_of_publication_is_stated(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Without the option it is the latest that a register states; the option replaces it.
        """
        dated = INVENTED.replace("  ]\n}", '  ],\n  "published": "2024-03-01"\n}')
        (folder / "dated.json").write_text(dated, encoding="utf-8")

        assert called(capfd, "import", "dated.json") == (0, dated, "")
        again = called(capfd, "import", "dated.json", "--published", "2023-12-31")
        assert again == (0, dated.replace("2024-03-01", "2023-12-31"), "")
        code, out, _ = called(capfd, "import", "page.txt", "--published", "2024-03-02")
        assert (code, json.loads(out)["published"]) == (0, "2024-03-02")

    def test_wrong_day_of_publication_is_a_problem(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        It is a day of the calendar, as in a record.
        """
        text = '{"format": "ecei-register/1", "published": "2024-02-30", "records": []}'
        (folder / "wrong.json").write_text(text, encoding="utf-8")

        assert called(capfd, "import", "wrong.json") == (1, "", PUBLISHED_ON_NO_DAY)

    def test_page_of_another_label_is_refused(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Nothing is written, and the exit code is 1.
        """
        done = called(capfd, "import", "page.txt", "--label", "gold", "-o", "new.json")

        message = 'page.txt:1:1: ECEI410 line: the page names "bronze", but "gold" was stated\n'
        assert done == (1, "", message)
        assert not (folder / "new.json").exists()

    def test_unreadable_line_is_printed_and_ends_with_1(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The other records are written nevertheless.
        """
        (folder / "cut.txt").write_text(f"{PAGE}Example Forw", encoding="utf-8")

        code, out, err = called(capfd, "import", "cut.txt", "-o", "new.json")

        assert (code, out) == (1, "")
        assert err == (
            f"{PILLS.replace('page.txt', 'cut.txt')}"
            "cut.txt:7:1: ECEI405 line: there is no day in the line: Example Forw\n"
            "ecei-rules: 4 records of 1 page written to new.json\n"
        )
        assert len(er.load_register(folder / "new.json").records) == 4

    @pytest.mark.parametrize(
        ("content", "printed"),
        [
            (HEADING, f"bad.txt:1:1: ECEI400 (whole document): {NO_ROW}\n"),
            (
                '{"format": "ecei-register/2"}',
                (
                    "bad.txt:1:12: ECEI202 /format: this library reads version 1 of the format,"
                    ' found "ecei-register/2"\n'
                    "  hint: a newer version of the library may read it\n"
                ),
            ),
        ],
        ids=["no-row", "newer"],
    )
    def test_unreadable_page_changes_no_file(
        self, content: str, printed: str, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Whatever its place among the pages, nothing is written or printed.
        """
        (folder / "bad.txt").write_text(content, encoding="utf-8")
        before = contents(folder)

        for pages in (["bad.txt"], ["more.csv", "bad.txt"], ["bad.txt", "more.csv"]):
            assert called(capfd, "import", *pages) == (1, "", printed)
            for output in ("new.json", "all.json"):
                assert called(capfd, "import", *pages, "--force", "-o", output) == (1, "", printed)
            assert contents(folder) == before

    def test_missing_page_changes_no_file(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        It is wrong usage and ends with 2.
        """
        before = contents(folder)

        done = called(capfd, "import", "more.csv", "none.txt", "--force", "-o", "all.json")

        assert done == (2, "", f"ecei-rules: cannot read none.txt: {os.strerror(errno.ENOENT)}\n")
        assert contents(folder) == before

    def test_file_is_replaced_whole(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Nothing of a longer file remains.
        """
        (folder / "old.json").write_text(INVENTED + " " * 9999, encoding="utf-8")

        done = called(capfd, "import", "all.json", "--force", "-o", "old.json")

        assert done == (0, "", "ecei-rules: 5 records of 1 page written to old.json\n")
        assert sorted(contents(folder)) == ["all.json", "more.csv", "old.json", "page.txt"]
        assert (folder / "old.json").read_bytes() == INVENTED.encode()

    def test_pages_are_not_replaced(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The merged register has no notes, so replacing a register that is merged would lose them.
        """
        before = contents(folder)
        reason = "is read, and cannot be written too; name another file with -o"

        done = called(capfd, "import", "more.csv", "all.json", "-o", "all.json")

        assert done == (2, "", f"ecei-rules: all.json {reason}\n")
        assert contents(folder) == before

    def test_link_stays_a_link(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The file that it leads to is written.
        """
        (folder / "link.json").symlink_to("new.json")

        assert called(capfd, "import", "all.json", "-o", "link.json")[0] == 0
        assert (folder / "link.json").is_symlink()
        assert (folder / "new.json").read_bytes() == INVENTED.encode()

    @pytest.mark.parametrize(
        ("output", "reason"),
        [
            ("kept", "it is a folder"),
            ("kept/", "it is a folder"),
            ("", "it is a folder"),
            ("none/new.json", os.strerror(errno.ENOENT)),
            ("page.txt/new.json", os.strerror(errno.ENOTDIR)),
            ("a" * 256, os.strerror(errno.ENAMETOOLONG)),
        ],
    )
    def test_unwritable_output_is_an_error(
        self, output: str, reason: str, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A folder, a missing folder and a too long name end with 2 and leave no part.
        """
        (folder / "kept").mkdir()
        before = contents(folder)

        done = called(capfd, "import", "all.json", "-o", output)

        assert done == (2, "", f"ecei-rules: cannot write {output}: {reason}\n")
        assert contents(folder) == before

    @pytest.mark.usefixtures("folder")
    def test_impossible_file_name_is_an_error(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The reason that Python gives differs from version to version.
        """
        code, out, err = called(capfd, "import", "all.json", "-o", "a\0b")

        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(r"ecei-rules: cannot write a\u0000b: ")

    @pytest.mark.parametrize("name", ["all.json", "new.json"])
    def test_failure_while_writing_leaves_no_part(self, name: str, folder: Path) -> None:
        """
        Half of a surrogate pair cannot be written; the text before it is not written either.
        """
        before = contents(folder)

        with pytest.raises(Unwritable):
            write_pieces(name, ["x" * 99_999 + "\ud800"])

        assert contents(folder) == before

    def test_standard_input_is_a_page(self) -> None:
        """
        `-` reads the piped text, and problems name it `-`.
        """
        done = subprocess.run(
            [sys.executable, "-m", "ecei_rules", "register", "import", "-"],
            input=PAGE.encode(),
            capture_output=True,
            check=False,
        )

        assert (done.returncode, done.stderr.decode()) == (0, PILLS.replace("page.txt", "-"))
        assert len(er.read_register(done.stdout).records) == 4
