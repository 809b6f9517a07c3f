"""A plugin of pytest that finds the tests of a mutant sooner, and runs short examples first."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, settings

NAMED = pytest.StashKey[frozenset[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """
    Collect whole files, and simplify no example that fails.

    Pytest compares each test of a file with each name that it is given, which takes longer.
    """
    settings.register_profile("mutation", settings(phases=(Phase.explicit, Phase.generate)))
    settings.load_profile("mutation")
    config.stash[NAMED] = frozenset(each for each in config.args if "::" in each)
    config.args = list(dict.fromkeys(each.partition("::")[0] for each in config.args))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that are named, and those of files named as a whole; sort them."""
    named = config.stash[NAMED]
    files = {each.partition("::")[0] for each in named}
    items[:] = [
        item
        for item in items
        if item.nodeid in named or item.nodeid.partition("::")[0] not in files
    ]
    seconds = durations()
    items.sort(
        key=lambda item: (
            item.get_closest_marker("hypothesis") is not None,
            seconds.get(item.nodeid, 0.0),
        )
    )


@cache
def durations() -> dict[str, float]:
    """Return how long each test took with the code as it is, as far as mutmut knows it."""
    try:
        stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return dict(stats["duration_by_test"])
