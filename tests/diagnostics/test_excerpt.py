"""The line of a problem, and the mark under its place."""

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
def test_the_mark_stands_under_the_character(line: str, data: st.DataObject) -> None:
    """
    What stands above the beginning of the mark, by the widths of another library, is the
    character of the column; behind the end of the line nothing is. Neither takes more
    than 100 columns, and both are on one line.
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
def test_a_short_line_is_shown_whole(before: str, after: str) -> None:
    """
    Up to 40 columns before the place and what fits behind it.
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
def test_what_is_marked(line: str, column: int, shown: str, mark: str) -> None:
    """
    A whole text in quotes, a whole number or word, or one character; a line that is too
    long is cut on both sides.
    """
    found = excerpt(line, column)

    assert (found.line, found.mark) == (shown, mark)
