"""A folder for the commands on registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from invented_register import INVENTED, MORE, PAGE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in a folder with a register, a page and a table."""
    for name, text in {"all.json": INVENTED, "page.txt": PAGE, "more.csv": MORE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
