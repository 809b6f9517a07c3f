"""docs/method.md: the worked example of the exact analysis."""

from __future__ import annotations

import doctest
import re
from typing import TYPE_CHECKING

import pytest
from paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE: Path = ROOT / "docs" / "method.md"
_, *SECTIONS = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_worked_example_prints_what_the_page_shows() -> None:
    """
    The blocks run in their order, as one session.
    """
    failed, attempted = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert attempted
    assert failed == 0


@pytest.mark.parametrize("number", range(1, 6))
def test_every_step_shows_its_result(number: int) -> None:
    """
    No step is only described.
    """
    (section,) = (each for each in SECTIONS if each.startswith(f"{number}. "))

    assert doctest.DocTestParser().get_examples(section)
