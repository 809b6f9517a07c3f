"""docs/command-line.md: the commands `register status`, `due`, `stats` and `export`."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_register import INVENTED, PAGE, called, contents
from register_pages import UNSEEN, events_in
from register_strategies import (
    HEADING,
    altered,
)

import ecei_rules as er
from ecei_rules.cli.main import main

STATUS = """\
2016-07-24  lapsed     bronze  Example Bakers (IT, Food industry)
2023-08-31  renewable  bronze  Example Coders, Inc. (DE, ICT); renewable until 2024-08-31 [inferred]
2026-08-31  valid      bronze  Example Coders, Inc. (DE, ICT); renewable until 2027-08-31 [inferred]
2024-02-29  renewable  silver  Example Miners; renewable until 2025-02-28 [inferred]
2024-09-30  valid      gold    Example Sailors\
 (NO, Maritime technologies, water resources); renewable until 2025-09-30 [inferred]
5 records on 2024-08-31: 2 valid, 2 renewable, 1 lapsed
the register does not give the first days of labels
"""
DUE = """\
2024-08-31  last day to renew  bronze  Example Coders, Inc. (DE, ICT);\
 ran out on 2023-08-31; renewable until 2024-08-31 [inferred];\
 another record of the name runs until 2026-08-31
2024-09-30  runs out           gold    Example Sailors\
 (NO, Maritime technologies, water resources); renewable until 2025-09-30 [inferred]
"""
STATS = """\
5 records on 2024-08-31

Comparative portfolio                     all  valid  renewable  lapsed
(not stated)                                1      0          1       0
Food industry                               1      0          0       1
ICT                                         2      1          1       0
Maritime technologies, water resources      1      1          0       0

Country                                   all  valid  renewable  lapsed
(not stated)                                1      0          1       0
DE                                          2      1          1       0
IT                                          1      0          0       1
NO                                          1      1          0       0

Year of the last day                      all  valid  renewable  lapsed
2016                                        1      0          0       1
2023                                        1      0          1       0
2024                                        2      1          1       0
2026                                        1      1          0       0

Label                                     all  valid  renewable  lapsed
bronze                                      3      1          1       1
gold                                        1      1          0       0
silver                                      1      0          1       0
"""
TABLE = """\
name,label,valid_until,country,comparative_portfolio,website
Example Bakers,bronze,2016-07-24,IT,Food industry,http://example.org/bakers
"Example Coders, Inc.",bronze,2023-08-31,DE,ICT,
"Example Coders, Inc.",bronze,2026-08-31,DE,ICT,
Example Miners,silver,2024-02-29,,,
Example Sailors,gold,2024-09-30,NO,"Maritime technologies, water resources",
"""
NO_DAY = "expected a day such as 2024-03-31 of the years 1900 to 2999, found"
NO_NUMBER = "expected a number of days from 0 to 99999, found"
NO_COUNTRY = "expected two capital letters such as IT, found"


#: Until when each of its records can be renewed; Bronze of 2016 never could.
RENEWABLE = [None, "2024-08-31", "2027-08-31", "2025-02-28", "2025-09-30"]


@pytest.mark.usefixtures("folder")
class TestCommands:
    """The commands read a register, a table or a page."""

    DAY = ("--on", "2024-08-31")

    @pytest.mark.parametrize(
        ("arguments", "printed"),
        [
            (("status", *DAY), STATUS),
            (("due", *DAY, "--within", "30"), DUE),
            (("due", *DAY, "--within", "29"), f"{DUE.splitlines()[0]}\n"),
            (("due", *DAY, "--within", "0"), f"{DUE.splitlines()[0]}\n"),
            (
                ("due", "--on", "2016-07-24", "--within", "1"),
                (
                    "2016-07-24  runs out           bronze  Example Bakers (IT, Food industry);"
                    " no rule known renews it then\n"
                ),
            ),
            (
                ("due", "--on", "2024-09-01", "--within", "1"),
                "nothing runs out within 1 day\n",
            ),
            (
                ("due", "--on", "2024-09-01", "--within", "00"),
                "nothing runs out within 0 days\n",
            ),
            (("stats", *DAY), STATS),
            (("export",), INVENTED),
            (("export", "--format", "json"), INVENTED),
            (("export", "--format", "csv"), TABLE.replace("\n", "\r\n")),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_command_prints_the_result(
        self, arguments: tuple[str, ...], printed: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Standard output has the whole result and nothing else.
        """
        assert called(capfd, *arguments, "all.json") == (0, printed, "")

    def test_status_as_json(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        One line has every record with its status and the last day to renew it.
        """
        code, out, err = called(capfd, "status", *self.DAY, "all.json", "--format", "json")

        statuses = ["lapsed", "renewable", "valid", "renewable", "valid"]
        expected = [
            {**each, "status": status}
            for each, status in zip(with_renewal(), statuses, strict=True)
        ]
        assert (code, out.count("\n"), err) == (0, 1, "")
        assert json.loads(out) == {"on": "2024-08-31", "records": expected}

    def test_due_as_json(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        One line has every deadline with its day, its kind and its record.
        """
        code, out, err = called(
            capfd, "due", *self.DAY, "--within", "30", "all.json", "--format", "json"
        )

        _, coders, _, _, sailors = with_renewal()
        assert (code, out.count("\n"), err) == (0, 1, "")
        assert json.loads(out) == {
            "on": "2024-08-31",
            "within": 30,
            "due": [
                {
                    "on": "2024-08-31",
                    "what": "last_day_to_renew",
                    "record": coders,
                    "later_end": "2026-08-31",
                },
                {"on": "2024-09-30", "what": "runs_out", "record": sailors},
            ],
        }

    def test_stats_as_json(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        One line has the counts of the table; missing values have no `value`.
        """
        code, out, err = called(capfd, "stats", *self.DAY, "all.json", "--format", "json")

        names = ["comparative_portfolio", "country", "year", "label"]
        blocks = [block.splitlines()[1:] for block in STATS.split("\n\n")[1:]]
        expected = {
            name: [cells(row) for row in rows] for name, rows in zip(names, blocks, strict=True)
        }
        assert (code, out.count("\n"), err) == (0, 1, "")
        assert json.loads(out) == {"on": "2024-08-31", "records": 5, "by": expected}

    def test_empty_register_is_no_failure(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The commands print counts of 0.
        """
        (folder / "none.csv").write_text("name,label,valid_until\n", encoding="utf-8")

        assert called(capfd, "status", *self.DAY, "none.csv") == (
            0,
            (
                "0 records on 2024-08-31: 0 valid, 0 renewable, 0 lapsed\n"
                "the register does not give the first days of labels\n"
            ),
            "",
        )
        assert called(capfd, "stats", *self.DAY, "none.csv")[0] == 0
        assert called(capfd, "due", *self.DAY, "--within", "7", "none.csv") == (
            0,
            "nothing runs out within 7 days\n",
            "",
        )

    def test_calendar_has_an_event_for_each_deadline(
        self, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """
        There are five ends and four last days to renew; lines end with CR and LF.
        """
        code = main(["register", "export", "all.json", "--format", "ics"])
        data, err = capfdbinary.readouterr()

        assert (code, err) == (0, b"")
        assert data.replace(b"\r\n", b"").count(b"\n") == 0
        assert [(str(e.dtstart.value), e.summary.value) for e in events_in(data.decode())] == [
            ("2016-07-24", "Bronze label of Example Bakers runs out"),
            ("2023-08-31", "Bronze label of Example Coders, Inc. runs out"),
            ("2024-02-29", "Silver label of Example Miners runs out"),
            ("2024-08-31", "last day to renew Bronze label of Example Coders, Inc."),
            ("2024-09-30", "Gold label of Example Sailors runs out"),
            ("2025-02-28", "last day to renew Silver label of Example Miners"),
            ("2025-09-30", "last day to renew Gold label of Example Sailors"),
            ("2026-08-31", "Bronze label of Example Coders, Inc. runs out"),
            ("2027-08-31", "last day to renew Bronze label of Example Coders, Inc."),
        ]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("status", *DAY),
            ("due", *DAY, "--within", "30"),
            ("stats", *DAY),
            ("export", "--format", "json"),
            ("export", "--format", "csv"),
            ("export", "--format", "ics"),
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("file", ["page.txt", "cut.txt", "bad.txt", "none.txt"])
    def test_problems_decide_the_exit_code(
        self, arguments: tuple[str, ...], file: str, capfd: pytest.CaptureFixture[str], folder: Path
    ) -> None:
        """
        A warning alone ends with 0; an unreadable line with 1 and the result; a page without
        rows with 1 and no result; a missing file with 2.
        """
        (folder / "cut.txt").write_text(f"{PAGE}Example Forw", encoding="utf-8")
        (folder / "bad.txt").write_text(HEADING, encoding="utf-8")

        code, out, err = called(capfd, *arguments, file)

        assert code == {"page.txt": 0, "cut.txt": 1, "bad.txt": 1, "none.txt": 2}[file]
        assert bool(out) is (file in ("page.txt", "cut.txt"))
        assert err.count("\n") == {"page.txt": 1, "cut.txt": 2, "bad.txt": 1, "none.txt": 1}[file]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("status", *DAY),
            ("due", *DAY, "--within", "999"),
            ("stats", *DAY),
        ],
        ids=" ".join,
    )
    def test_control_characters_in_names_are_escaped(
        self, arguments: tuple[str, ...], folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        So no name of a record controls the terminal.
        """
        odd = "Example \x1b[2J\x9b1mBakers\n\u202e\u2028"
        record = er.LabelRecord(odd, "gold", date(2024, 9, 30), comparative_portfolio=odd)
        (folder / "odd.json").write_text(er.write_register(er.Register([record])), encoding="utf-8")
        shown = "Example \\u001b[2J\\u009b1mBakers\\u000a\\u202e\\u2028"

        code, out, err = called(capfd, *arguments, "odd.json")

        assert (code, err) == (0, "")
        assert not UNSEEN.search(out.replace("\n", ""))
        assert shown in out

    @pytest.mark.parametrize(
        ("arguments", "complaint"),
        [
            (("status", "all.json"), "the following arguments are required: --on"),
            (("due", "all.json", *DAY), "the following arguments are required: --within"),
            (("stats", "all.json", "--on"), "argument --on: expected one argument"),
            (("import",), "the following arguments are required: PAGE"),
            (("export", "all.json", "--format", "xml"), "argument --format: invalid choice: 'xml'"),
            ((), "the following arguments are required: ACTION"),
            *(
                (
                    ("status", "all.json", f"--on={day}"),
                    f"argument --on: {NO_DAY} {day!r}",
                )
                for day in ("2024-02-30", "2024-8-31", "31.08.2024", "1899-12-31", "today", "")
            ),
            *(
                (
                    ("due", "all.json", "--on=2024-08-31", f"--within={days}"),
                    f"argument --within: {NO_NUMBER} {days!r}",
                )
                for days in ("-1", "100000", "1.5", "1_0", "\u0663", "month", "")
            ),
            *(
                (
                    ("import", "all.json", f"--country={country}", "-o", "new.json"),
                    f"argument --country: {NO_COUNTRY} {country!r}",
                )
                for country in ("it", "ITA", "I", "I1", "\u00c4\u00d6", "")
            ),
            (
                ("import", "page.txt", "--country=XX"),
                "argument --country: there is no country with the code 'XX'",
            ),
            (
                ("import", "page.txt", "--published=2024-02-30"),
                f"argument --published: {NO_DAY} '2024-02-30'",
            ),
            (
                ("import", "page.txt", "--portfolio= "),
                "argument --portfolio: expected a text, found ' '",
            ),
            (
                ("import", "page.txt", "--label=Gold"),
                "argument --label: invalid choice: 'Gold'",
            ),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_wrong_usage_is_an_error(
        self,
        arguments: tuple[str, ...],
        complaint: str,
        folder: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """
        It ends with 2, prints no result, and names the expected and the found value.
        """
        before = contents(folder)

        with pytest.raises(SystemExit) as ended:
            main(["register", *arguments])

        out, err = capfd.readouterr()
        assert (ended.value.code, out) == (2, "")
        assert f"error: {complaint}" in err
        assert contents(folder) == before

    @given(st.binary() | altered(PAGE).map(str.encode) | altered(INVENTED).map(str.encode))
    def test_any_bytes_end_with_an_exit_code(self, data: bytes) -> None:
        """
        Commands end with 0 or 1 and without a traceback, whatever a file contains.
        """
        with TemporaryDirectory() as scratch:
            path, new = Path(scratch) / "file", Path(scratch) / "new.json"
            path.write_bytes(data)
            codes = {
                main(["register", *command, str(path)])
                for command in (
                    ("import", "-o", str(new)),
                    ("status", *self.DAY),
                    ("due", *self.DAY, "--within", "999"),
                    ("stats", *self.DAY),
                    ("export", "--format", "csv"),
                    ("export", "--format", "ics"),
                )
            }

            assert codes in ({0}, {1})
            assert not new.exists() or er.load_register(new)


def with_renewal() -> list[dict[str, str]]:
    """Return the records of the invented register with the last days to renew them."""
    records = json.loads(INVENTED)["records"]
    days = [
        {"renewable_until": day, "renewal_basis": "inferred"} if day else {} for day in RENEWABLE
    ]
    return [{**record, **day} for record, day in zip(records, days, strict=True)]


def cells(row: str) -> dict[str, str | int]:
    """Return a row of the table of counts in its JSON form."""
    value, *numbers = re.split(r"\s{2,}", row)
    names = ("all", "valid", "renewable", "lapsed")
    stated = {} if value == "(not stated)" else {"value": value}
    return {**stated, **dict(zip(names, map(int, numbers), strict=True))}


@pytest.mark.parametrize(
    "text",
    [
        f"name,label,valid_until\n{1_000_000 * 'x'},bronze,2025-03-31\n",
        f"name,label,valid_until\nA,{100_000 * 'x'},2025-03-31\n",
        f"Name Comparative Portfolio Valid until\n{1_000_000 * 'x'}\n",
        f"Name Comparative Portfolio Valid until\nA ICT 2025/03/31 {1_000_000 * 'x'}\n",
    ],
)
def test_messages_quote_the_beginning_of_a_long_row(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The register from Python quotes it whole, so that nothing is lost.
    """
    path = tmp_path / "register.txt"
    path.write_text(text, "utf-8")
    main(["register", "import", str(path)])
    longest = max(capsys.readouterr().err.splitlines(), key=len)

    beginning = longest.removeprefix(f"{path}:2:1: ").partition(": ")[2]
    assert (len(beginning), beginning[-2:]) == (1000, "x…")
    try:
        whole = er.read_register(text, label="bronze").problems
    except er.InvalidDocument as refused:
        whole = refused.problems
    assert any(len(each.message) > 100_000 for each in whole)
