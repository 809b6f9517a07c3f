"""The verdicts of comparisons, compared with those of an SMT solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import smt
from full_size import DIMENSIONS, PAIR_KINDS, pair

import ecei_rules as er

if TYPE_CHECKING:
    from full_size import PairKind

pytestmark = pytest.mark.oracle

SEEDS = (0, 3)
SHIPPED = (
    ("silver@2014-10", "silver@2017-01"),
    ("silver@2014-10", "gold@2012-04"),
    ("silver@2019-11", "gold@2019-11"),
)


def shipped(reference: str) -> er.Ruleset:
    """Return a shipped ruleset by its reference."""
    label, _, version = reference.partition("@")
    return er.shipped().ruleset(label, version=version)


def verdict_of(found: er.ScopeComparison) -> str:
    """Return the verdict, which is known even if other results are beyond the method."""
    assert found.verdict is not None
    return found.verdict.value


@pytest.mark.parametrize("kind", PAIR_KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_full_size_comparison_agrees_with_z3(kind: PairKind, seed: int) -> None:
    """
    The label of rulesets with 36 indicators, three grades, weights to 9 and every kind of
    criterion.
    """
    old, new = pair(seed, kind)

    found = er.compare_rulesets(old, new)

    assert verdict_of(found.label) == smt.verdict(old, new, None, found.on)


def test_full_size_dimensions_agree_with_z3() -> None:
    """
    The dimensions of two unrelated rulesets.
    """
    old, new = pair(1, "unrelated")

    found = er.compare_rulesets(old, new)

    assert [each.scope for each in found.dimensions] == list(DIMENSIONS)
    solved = smt.Pair(old, new, found.on)
    for each in found.dimensions:
        assert verdict_of(each) == solved.verdict(each.scope)


@pytest.mark.parametrize(("old", "new"), SHIPPED, ids=" ".join)
def test_shipped_comparison_agrees_with_z3(old: str, new: str) -> None:
    """
    The shipped rulesets of one catalogue.
    """
    one, other = shipped(old), shipped(new)

    found = er.compare_rulesets(one, other)

    assert verdict_of(found.label) == smt.verdict(one, other, None, found.on)
