"""The verdicts of comparisons, against an SMT solver."""

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
    """A shipped ruleset by its reference."""
    label, _, version = reference.partition("@")
    return er.shipped().ruleset(label, version=version)


def said(found: er.ScopeComparison) -> str:
    """The verdict, which is there whatever else is beyond the method."""
    assert found.verdict is not None
    return found.verdict.value


@pytest.mark.parametrize("kind", PAIR_KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_rulesets_of_full_size_come_out_as_the_solver_says(kind: PairKind, seed: int) -> None:
    """
    36 indicators, three grades, weights to 9 and every kind of criterion: the label.
    """
    old, new = pair(seed, kind)

    found = er.compare_rulesets(old, new)

    assert said(found.label) == smt.verdict(old, new, None, found.on)


def test_so_do_their_dimensions() -> None:
    """
    Of two rulesets that have nothing to do with each other.
    """
    old, new = pair(1, "unrelated")

    found = er.compare_rulesets(old, new)

    assert [each.scope for each in found.dimensions] == list(DIMENSIONS)
    solved = smt.Pair(old, new, found.on)
    for each in found.dimensions:
        assert said(each) == solved.verdict(each.scope)


@pytest.mark.parametrize(("old", "new"), SHIPPED, ids=" ".join)
def test_shipped_rulesets_come_out_as_the_solver_says(old: str, new: str) -> None:
    """
    Those that judge one catalogue.
    """
    one, other = shipped(old), shipped(new)

    found = er.compare_rulesets(one, other)

    assert said(found.label) == smt.verdict(one, other, None, found.on)
