"""The layout of reports as text and as Markdown."""

from __future__ import annotations

import pytest

from ecei_rules.report.text.blocks import (
    Grid,
    Item,
    Items,
    Report,
    Section,
    as_markdown,
    as_text,
    escape_markdown,
)

STEPS = Items([Item("first", [Item("a part")]), Item("second")], numbered=True)
NUMBERS = Grid(["", "old", "new"], [("awarded", "1", "10"), ("all", "200", "3")])


def test_numbered_list_and_grid_as_text() -> None:
    """
    Columns of numbers are aligned at the right; without a notice the title comes first.
    """
    report = Report("Title", "", ["under bronze"], [Section("Steps", [STEPS, NUMBERS])])

    assert as_text(report) == (
        "Title\nunder bronze\n\nSteps\n"
        "  1. first\n    - a part\n  2. second\n\n"
        "           old  new\n"
        "  awarded    1   10\n"
        "  all      200    3\n\n"
    )


def test_numbered_list_and_grid_as_markdown() -> None:
    """
    A notice is a quotation under the title.
    """
    report = Report("Title", "Beware.", [], [Section("Steps", [STEPS, NUMBERS])])

    assert as_markdown(report) == (
        "# Title\n\n> Beware.\n\n## Steps\n\n"
        "1. first\n   - a part\n2. second\n\n"
        "|  | old | new |\n|---|---:|---:|\n| awarded | 1 | 10 |\n| all | 200 | 3 |\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("===", "\\==="),
        ("12. a", "12\\. a"),
        ("1) a", "1\\) a"),
        ("1.5 a", "1.5 a"),
        ("# a", "\\# a"),
        ("  a ", "a"),
        ("a - b", "a - b"),
    ],
)
def test_text_begins_no_list_and_no_heading(text: str, written: str) -> None:
    """
    The beginning of a paragraph is not taken for a mark.
    """
    assert escape_markdown(text) == written
