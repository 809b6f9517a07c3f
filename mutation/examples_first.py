"""A plugin of pytest that finds the tests of a mutant sooner, and runs the short ones first."""

from __future__ import annotations

from zlib import crc32

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
    """
    Keep the tests that are named, in a good order.

    Cases of the conformance suite come first, then other examples, then properties; within
    these, similar tests are apart from each other, because a mutant escapes many alike.
    """
    named = config.stash[NAMED]
    if named:
        items[:] = [item for item in items if item.nodeid in named]
    items.sort(
        key=lambda item: (
            item.get_closest_marker("hypothesis") is not None,
            item.path.name != "test_conformance.py",
            crc32(item.nodeid.encode()),
        )
    )
