"""Documents with one mistake in one place, or only spelled differently."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ecei_rules.diagnostics.problem import step

#: Values that are wrong in most places, and right in some.
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    3,
    101,
    10**30,
    1.5,
    -0.5,
    "",
    "x",
    "north",
    "x-north",
    "IT",
    "IT\n",
    "it",
    "2024-02-29",
    "2023-02-29",
    "2024-02-30",
    "2024-2-1",
    "1899-12-31",
    "1900-01-01",
    "2999-12-31",
    "3000-01-01",
    "2024-02-29\n",
    "٢٠٢٤-01-01",
    "20240229",
    "2024-W09-4",
    "awarded",
    "benchmarked",
    "bronze",
    "on_site",
    "https://example.org",
    "http:",
    "indicator-0",
    "fact-0",
    [],
    ["north"],
    ["north", "north"],
    ["north", 1],
    [[]],
    {},
    {"north": 1},
    {"north": -1},
    {"north": 1.0},
    {"north": 1.5},
    {"west": 1},
    {"not_applicable": "not yet"},
    {"not_applicable": ""},
    {"not_applicable": 1},
    {"not_applicable": "not yet", "north": 1},
    {"x-note": None},
    {"id": "sample", "version": "2024-01"},
)
NAMES = ("north", "x-note", "indicator-0", "indicator-9", "fact-0", "valid_until", "", "en")


def places(document: Any, where: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Yield every place in a JSON document, as the steps to it."""
    found = [where]
    if isinstance(document, dict):
        for name, value in document.items():
            found += places(value, (*where, name))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            found += places(value, (*where, index))
    return found


def pointers(document: Any) -> set[str]:
    """Return every place in a JSON document, as JSON Pointers."""
    return {"".join(step(each) for each in where) for where in places(document)}


_odd = st.sampled_from(ODD)
_names = st.sampled_from(NAMES)
_actions = st.sampled_from(("replace", "remove", "add"))


@st.composite
def spoiled(draw: st.DrawFn, document: Any) -> Any:
    """The document with one value replaced, removed or added; it may still be valid."""
    where = draw(st.sampled_from(places(document)))
    holder = [document]
    steps: tuple[str | int, ...] = (0, *where)
    copied: Any = _copied(holder)
    parent = copied
    for each in steps[:-1]:
        parent = parent[each]
    target = parent[steps[-1]]
    action = draw(_actions)
    if action == "add" and isinstance(target, dict):
        target[draw(_names)] = draw(_odd)
    elif action == "add" and isinstance(target, list):
        target.append(draw(st.sampled_from([*ODD, *target])))
    elif action == "remove" and where:
        del parent[steps[-1]]
    else:
        parent[steps[-1]] = draw(_odd)
    return copied[0]


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return value
