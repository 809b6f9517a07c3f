"""Codes and names of countries, as registers write them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from ecei_rules.interviews.names import comparable_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def country_of(text: str) -> str | None:
    """
    Return the code (ISO 3166-1 alpha-2) of the country that a text names, or `None`.

    A text is a code, or a name in English or in an official language of the country. The
    codes EL and UK, which European institutions use, are those of Greece and the United
    Kingdom. Source: docs/formats.md, "Countries".

    >>> country_of("IT"), country_of("Italia"), country_of("EL"), country_of("Atlantis")
    ('IT', 'IT', 'GR', None)
    """
    known = _countries()
    return known.get(text) or known.get(comparable_name(text))


@cache
def most_words() -> int:
    """Return the number of words of the longest name of a country."""
    return max(len(name.split()) for name in _countries())


@cache
def _countries() -> Mapping[str, str]:
    """Return the codes of all countries, by code and by comparable name, which has no capitals."""
    path = Path(__file__).with_name("countries.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    codes: dict[str, str] = {code: code for code in content["names"]} | content["other_codes"]
    named = {name: code for code, names in content["names"].items() for name in names}
    named |= content["other_names"]
    return codes | {comparable_name(name): code for name, code in named.items()}
