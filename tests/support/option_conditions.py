"""Conditions on options and numbers, with bounds close together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from ecei_rules.interviews.catalogue import (
    Option,
)
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import (
    COMPARE,
    AllOf,
    AnyOf,
    Condition,
    Includes,
    Threshold,
)

NAMES = ("north", "south", "east", "west")


def options(number: int) -> tuple[Option, ...]:
    """Return so many options, named from `NAMES` and on."""
    names = [*NAMES, *(f"option-{each}" for each in range(number))][:number]
    return tuple(Option(name, Text({"en": "an option"})) for name in names)


def threshold(measure: Any, comparison: Any, bound: str | int, *named: str) -> Threshold:
    """Return a threshold with its bound in digits."""
    return Threshold(measure, comparison, Decimal(bound), options=named)


def nested(simple: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Draw simple conditions, and combinations of them."""
    return st.recursive(
        simple,
        lambda inner: (
            st.builds(AllOf, st.lists(inner, min_size=1, max_size=3))
            | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3))
        ),
        max_leaves=5,
    )


def sharp(names: tuple[str, ...], *measures: str) -> st.SearchStrategy[list[Condition]]:
    """Draw some conditions over options with bounds close together."""
    some = st.lists(st.sampled_from(names), min_size=1, unique=True)
    comparisons = st.sampled_from(sorted(COMPARE))
    bounds = {
        "share_of": ("0", "25", "33.3", "33.33", "50", "66.6", "66.67", "75", "100", "100.5"),
        "sum_of": ("0", "1", "2", "3.5", "4", "6"),
        "types": ("0", "1", "1.5", "2", "3", "4"),
    }

    def simple(measure: str) -> st.SearchStrategy[Condition]:
        if measure == "includes":
            return st.builds(Includes, some)
        named = st.just(()) | some if measure == "types" else some
        numbers = st.sampled_from([Decimal(each) for each in bounds[measure]])
        return st.builds(Threshold, st.just(measure), comparisons, numbers, options=named)

    of_measures = st.sampled_from(measures).flatmap(simple)
    return st.lists(nested(of_measures), min_size=1, max_size=4)


def numeric(measures: tuple[str, ...], numbers: list[str]) -> st.SearchStrategy[list[Condition]]:
    """Draw some conditions on numbers."""
    simple = st.builds(
        Threshold,
        st.sampled_from(measures),
        st.sampled_from(sorted(COMPARE)),
        st.sampled_from([Decimal(each) for each in numbers]),
    )
    return st.lists(nested(simple), max_size=4)
