"""
The messages of workbooks and tables that are refused, compared whole.

`tests/cases/tables` has the messages of `convert`; the workbooks and tables are made here.
After changing a message, write them anew and read the difference:

    PYTHONPATH=tests/support python tests/spreadsheets/test_table_messages.py --write
"""

from __future__ import annotations

import json
import sys
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from paths import CASES
from workbook_samples import EXAMPLE, example, packed, parts_of

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.diagnostics.codes import PROBLEM_CODES

TABLES = CASES / "tables"
HEADING = "catalogue,cluster.name,cluster.country,conducted.on"
ROW = "benchmarking@2019-11,Example Cluster,EE,2024-03-18"


def table(columns: str, *rows: str) -> bytes:
    """A table of an interview with further columns."""
    return "\n".join([f"{HEADING},{columns}", *(f"{ROW},{each}" for each in rows), ""]).encode()


def with_a_formula() -> bytes:
    """A workbook in which a number is computed."""
    book = load_workbook(BytesIO(er.write_workbook(example())))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == 63:
                    cell.value = "=60+3"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def with_a_document_type() -> bytes:
    """A workbook with a part that declares an entity."""
    parts = parts_of(er.write_workbook(example()))
    declared = b'<!DOCTYPE x [<!ENTITY a "ha">]>'
    return packed({**parts, "xl/workbook.xml": declared + parts["xl/workbook.xml"]})


def too_large() -> bytes:
    """A small file that is large when unpacked."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 17_000_000)
    return made.getvalue()


def with_a_note() -> bytes:
    """An interview with an `x-` member."""
    return json.dumps({**json.loads(EXAMPLE.read_bytes()), "x-note": "invented"}, indent=2).encode()


DOCUMENTS = {
    "ecei421-random-bytes.xlsx": lambda: b"PK, but no workbook",
    "ecei422-too-large-unpacked.xlsx": too_large,
    "ecei423-document-type.xlsx": with_a_document_type,
    "ecei424-formula.xlsx": with_a_formula,
    "ecei425-no-catalogue.csv": lambda: b"cluster.name,cluster.country\nExample Cluster,EE\n",
    "ecei426-unknown-column.csv": lambda: table("answers.commited-participants", "63"),
    "ecei427-column-twice.csv": lambda: table("facts.listed-on-eccp,facts.listed-on-eccp", "yes,"),
    "ecei428-no-number.csv": lambda: table("answers.committed-participants", "many"),
    "ecei429-no-last-day.csv": lambda: table(
        "history.1.label,history.1.event,history.1.on", "bronze,awarded,2022-03-02"
    ),
    "ecei430-answered-as-well.csv": lambda: table(
        "answers.working-groups,answers.working-groups.not_applicable", "3,none yet"
    ),
    "ecei431-more-values-than-columns.csv": lambda: table("answers.working-groups", "3,4,5"),
    "ecei432-note.json": with_a_note,
}


def printed(name: str, folder: Path) -> str:
    """Return the messages of converting a document, which is first written into a folder."""
    path = folder / name
    path.write_bytes(DOCUMENTS[name]())
    stderr, sys.stderr = sys.stderr, StringIO()
    try:
        assert main(["convert", str(path), "--format", "csv"]) == 1
        return sys.stderr.getvalue().replace(str(path), name)
    finally:
        sys.stderr = stderr


@pytest.mark.parametrize("name", DOCUMENTS)
def test_messages_are_those_recorded(name: str, tmp_path: Path) -> None:
    """
    Messages change only on purpose.
    """
    expected = (TABLES / name).with_suffix(".txt").read_text(encoding="utf-8")

    assert printed(name, tmp_path) == expected
    assert name.partition("-")[0].upper() in expected


def test_every_code_has_a_document() -> None:
    """
    Each code of spreadsheets has a document, and each recorded text too.
    """
    of_tables = {code for code in PROBLEM_CODES if "ECEI421" <= code <= "ECEI439"}
    assert {name.partition("-")[0].upper() for name in DOCUMENTS} == of_tables
    assert {each.stem for each in TABLES.glob("*.txt")} == {Path(name).stem for name in DOCUMENTS}


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    with TemporaryDirectory() as scratch:
        for each in DOCUMENTS:
            text = printed(each, Path(scratch))
            (TABLES / each).with_suffix(".txt").write_text(text, encoding="utf-8", newline="\n")
