"""Texts of documents in messages: visible, on one line, and short."""

from __future__ import annotations

from unicodedata import bidirectional, category

from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.diagnostics.phrasing import visible

#: The Unicode names of the controls of direction; the marks have the directions of letters.
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = "\u061c\u200e\u200f"


@given(st.text(st.characters() | st.sampled_from(MARKS)))
def test_visible_text_controls_no_terminal(text: str) -> None:
    """
    It has no control, no separator of lines and nothing that changes the direction.
    """
    for character in visible(text):
        assert category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert bidirectional(character) not in DIRECTIONS
        assert character not in MARKS


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_ordinary_text_stays(text: str) -> None:
    """
    Letters, marks, digits and signs of every script are shown as they are.
    """
    assert visible(text) == text
