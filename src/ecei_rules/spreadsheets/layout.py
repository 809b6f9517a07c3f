"""How an interview is laid out over the sheets of a workbook."""

from __future__ import annotations

from attrs import frozen

FORMAT = "ecei-interview-workbook/1"
#: The first cell of a sheet says what its rows are.
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


@frozen
class Beside:
    """The cells beside an answer: names for the reason why none applies, and the remark."""

    reason: str
    remark: str


def beside(name: str) -> Beside:
    """
    The names of the cells beside the one of a name.

    >>> beside("answers.working-groups").remark
    'remarks.working-groups'
    """
    return Beside(f"{name}.not_applicable", f"remarks.{name.partition('.')[2]}")


def coordinates(sheet: str, row: int, column: int) -> str:
    """
    A cell as spreadsheets name it.

    >>> coordinates("Facts", 7, 5), coordinates("Bob's facts", 1, 1)
    ('Facts!E7', "'Bob''s facts'!A1")
    """
    plain = sheet.isascii() and sheet.replace("_", "a").isalnum() and not sheet[0].isdigit()
    shown = sheet if plain else "'" + sheet.replace("'", "''") + "'"
    return f"{shown}!{chr(ord('A') + column - 1)}{row}"
