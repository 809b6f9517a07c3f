"""docs/semantics.md, 10: plans on rulesets of full size, compared with z3."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import full_size
import pytest
import smt
from brute_force import ON
from plan_trials import (
    REFUSED,
    applied,
    awarded,
)

from ecei_rules.analysis.encoding.space import encode
from ecei_rules.comparison.witnesses import best_interview, interview_from
from ecei_rules.planning.planner import plan

if TYPE_CHECKING:
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


@cache
def full(seed: int, edited: int) -> Ruleset:
    """Return a ruleset of full size, as it is (0) or edited (1)."""
    return full_size.pair(seed, "edited")[edited]


def worse_in(ruleset: Ruleset, part: int) -> Interview:
    """
    Return an interview of the worst answers, but the best in every third indicator.

    Facts, history and improvements are the best as well, so that nothing is blocked.
    """
    space = encode((ruleset,), ON)
    best_of_all = best_interview(space)
    chosen = []
    for number, (question, order) in enumerate(
        zip(space.questions, best_of_all.orders, strict=True)
    ):
        applying = [each for each in order if question.classes[each].applies]
        worst = question.subject == "indicator" and number % 3 != part
        chosen.append(applying[-1 if worst else 0])
    return interview_from(space, chosen, best_of_all, 0)


@pytest.mark.oracle
class TestFullSize:
    """On rulesets of full size a plan agrees with z3, and with assessments."""

    @pytest.mark.parametrize("part", range(2))
    @pytest.mark.parametrize("seed", range(3))
    def test_first_way_costs_as_much_as_z3_finds(self, seed: int, part: int) -> None:
        """
        z3 moves indicators by grades alone. So a plan costs no more, and no less either if
        each of its changes is to a better grade, also with some of the indicators of its
        cheapest way locked.
        """
        ruleset = full(seed, seed % 2)
        held = worse_in(ruleset, part)
        found = plan(held, ruleset, alternatives=0)
        changed = [each.indicator for each in found.ways[0].changes]
        for locked in ([], changed[:1]):
            found = plan(held, ruleset, locked=locked, alternatives=0)
            least = smt.cheapest(held, ruleset, locked=locked)
            cost = found.ways[0].cost if found.ways and not found.blocked else None
            rising = all(each.grade != each.target for way in found.ways for each in way.changes)
            assert cost == least or (cost is not None and not rising)
            assert least is None or (cost is not None and cost <= least)

    def test_full_size_ways_and_losses_agree_with_assessments(self) -> None:
        """
        Each way earns the label and none of its changes can be left out; the downgrades
        then lose the award.
        """
        ruleset = full(1, 0)
        held = worse_in(ruleset, 0)
        found = plan(held, ruleset)
        assert (found.outcome, found.blocked, found.beyond) == (REFUSED, (), ())
        assert len(found.ways) == 3
        for way in found.ways:
            earned = applied(held, way.changes)
            assert awarded(earned, ruleset)
            for left_out in way.changes:
                kept = [each for each in way.changes if each != left_out]
                assert not awarded(applied(held, kept), ruleset)
            loses = plan(earned, ruleset, alternatives=0).loses
            assert loses is not None
            assert not awarded(applied(earned, loses.changes), ruleset)

    @pytest.mark.parametrize("seed", range(4))
    def test_alternatives_include_ways_without_a_best_change(self, seed: int) -> None:
        """
        The cheapest way that leaves one changed indicator of the best way as it is costs no
        less than the next best.
        """
        ruleset = full(seed, 1)
        held = worse_in(ruleset, 1)
        best, following = plan(held, ruleset, alternatives=1).ways
        for change in best.changes:
            found = plan(held, ruleset, locked=[change.indicator], alternatives=0)
            if not found.blocked and found.ways:
                assert best.cost <= following.cost <= found.ways[0].cost
