"""Excerpts: the line of a problem, and the mark under its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ecei_rules.diagnostics.excerpt import excerpt
from ecei_rules.diagnostics.phrasing import visible

#: Letters, wide ones, astral ones, quotes, escapes, what separates, tabs and controls.
CHARACTERS = 'aé例𝄞"\\,:[]{} 1\t\x00\x1b\u202e'


@given(st.text(CHARACTERS, max_size=300), st.data())
def test_mark_is_below_the_character(line: str, data: st.DataObject) -> None:
    """
    The text above the beginning of the mark is the character of the column, by the widths
    of another library; after the end of the line there is none. Neither line takes more
    than 100 columns, and there are no line breaks.
    """
    column = data.draw(st.integers(1, len(line) + 1))
    found = excerpt(line, column)
    blanks = found.mark.index("^")
    above = [
        found.line[end:]
        for end in range(len(found.line) + 1)
        if cell_len(found.line[:end]) == blanks
    ]

    there = visible(line[column - 1 : column].replace("\t", " "))
    assert any(each.startswith(there) for each in above) or not there.strip()
    assert set(found.mark[blanks:]) == {"^"}
    assert cell_len(found.line) <= 100
    assert cell_len(found.mark) <= 100
    assert "\n" not in found.line


@given(st.text(CHARACTERS, max_size=30), st.text(CHARACTERS, max_size=30))
def test_short_line_is_shown_whole(before: str, after: str) -> None:
    """
    Up to 40 columns before the place are shown, and as many as fit after it.
    """
    line = before + "x" + after
    shown = visible(line.replace("\t", " "))
    room = cell_len(visible(before.replace("\t", " "))) <= 40 and cell_len(shown) <= 99

    if room:
        assert excerpt(line, len(before) + 1).line == shown.rstrip()


@pytest.mark.parametrize(
    ("line", "column", "shown", "mark"),
    [
        ('  "on": "2024-\\"x"}', 9, '  "on": "2024-\\"x"}', "        ^^^^^^^^^^"),
        ('  "on": "2024-03', 9, '  "on": "2024-03', "        ^^^^^^^^"),
        ("  a: -12.50,", 6, "  a: -12.50,", "     ^^^^^^"),
        ("{", 1, "{", "^"),
        ("", 1, "", "^"),
        ("ab", 3, "ab", "  ^"),
        ("\t\t[1]", 4, "  [1]", "   ^"),
        ("例例 1", 4, "例例 1", "     ^"),
        ("a" * 50 + " 7", 52, "…" + "a" * 39 + " 7", " " * 41 + "^"),
        ("1" + "b" * 120, 1, "1" + "b" * 98 + "…", "^" * 99),
        ("[" + "b " * 120, 1, "[" + "b " * 49 + "…", "^"),
    ],
)
def test_mark_covers_a_token(line: str, column: int, shown: str, mark: str) -> None:
    """
    A mark covers a whole text in quotes, a number or a word, or one character; a long line
    is cut on both sides.
    """
    found = excerpt(line, column)

    assert (found.line, found.mark) == (shown, mark)
