"""What the tests of reports share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(name="browser", scope="session")
def _browser() -> Iterator[Browser]:
    """Start one browser for all tests of a worker, because starting it takes a second."""
    with chromium() as browser:
        yield browser
