"""The layout of an interview over the sheets of a workbook."""

from __future__ import annotations

FORMAT = "ecei-interview-workbook/1"
#: The first cell of a sheet identifies its rows.
BY_ID, SETTINGS = "id", "ecei"
LISTS = "ecei-lists"

#: The columns of a sheet with one answer in a row, the first being hidden.
ID, TITLE, QUESTION, EXPECTED, ANSWER, REASON, REMARK = range(1, 8)
HEADINGS = (
    BY_ID,
    "What is asked",
    "Question",
    "Expected",
    "Answer",
    "Does not apply, because",
    "Remark",
)


def reason_and_remark(name: str) -> tuple[str, str]:
    """
    Return the names of the cells beside an answer: why it does not apply, and the remark.

    >>> reason_and_remark("answers.working-groups")
    ('answers.working-groups.not_applicable', 'remarks.working-groups')
    """
    return f"{name}.not_applicable", f"remarks.{name.partition('.')[2]}"


def coordinates(sheet: str, row: int, column: int) -> str:
    """
    Return the name of a cell in spreadsheet programs.

    >>> coordinates("Facts", 7, 5), coordinates("Bob's facts", 1, 1)
    ('Facts!E7', "'Bob''s facts'!A1")
    """
    plain = sheet.isascii() and sheet.replace("_", "a").isalnum() and not sheet[0].isdigit()
    quoted = sheet if plain else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{chr(ord('A') + column - 1)}{row}"
