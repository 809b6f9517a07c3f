"""A register, a page and a table of invented organisations, and the commands on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from register_strategies import (
    HEADING,
)

from ecei_rules.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

INVENTED = """\
{
  "format": "ecei-register/1",
  "records": [
    {
      "name": "Example Bakers",
      "label": "bronze",
      "valid_until": "2016-07-24",
      "country": "IT",
      "comparative_portfolio": "Food industry",
      "website": "http://example.org/bakers"
    },
    {
      "name": "Example Coders, Inc.",
      "label": "bronze",
      "valid_until": "2023-08-31",
      "country": "DE",
      "comparative_portfolio": "ICT"
    },
    {
      "name": "Example Coders, Inc.",
      "label": "bronze",
      "valid_until": "2026-08-31",
      "country": "DE",
      "comparative_portfolio": "ICT"
    },
    {
      "name": "Example Miners",
      "label": "silver",
      "valid_until": "2024-02-29"
    },
    {
      "name": "Example Sailors",
      "label": "gold",
      "valid_until": "2024-09-30",
      "country": "NO",
      "comparative_portfolio": "Maritime technologies, water resources"
    }
  ]
}
"""
PAGE = f"""\
You are here: Home / Bronze Label: example of a listing

{HEADING}
Example Bakers Food industry 2016/07/24
Example Coders, Inc. ICT 2023/08/31
Example Valley of Pills Health and medical science 2019/01/10 Biotechnology 2017/02/04
"""
PILLS = (
    "page.txt:6:1: ECEI401 line: the row holds 2 labels and became 2 records: Example"
    " Valley of Pills Health and medical science 2019/01/10 Biotechnology 2017/02/04\n"
)
MORE = """\
name;label;valid_until;country;website
Example Coders, Inc.;bronze;2023-08-31;DE;https://example.org
Example Miners;silver;2024-02-29;;
"""


def called(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run `register` and return its exit code and what it prints on either stream."""
    code = main(["register", *arguments])
    return code, *capfd.readouterr()


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return the files in a folder, hidden ones included."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }
