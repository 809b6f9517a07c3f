"""A small catalogue, and short cuts into comparisons of rulesets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from small_worlds import World, small_interviews
from tiny_rulesets import (
    catalogue,
    indicator,
)

import ecei_rules as er
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome
from ecei_rules.interviews.catalogue import Count, YesNo

if TYPE_CHECKING:
    from ecei_rules.comparison.comparison import Comparison, ScopeComparison
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


def scopes(comparison: Comparison) -> tuple[ScopeComparison, ...]:
    """Return the comparisons of the label and of the dimensions."""
    return comparison.label, *comparison.dimensions


def bases(world: World) -> st.SearchStrategy[Interview | None]:
    """Draw no base, or an interview with or without open questions."""
    return st.one_of(st.none(), small_interviews(world), small_interviews(world, complete=False))


def passed(interview: Interview, rules: Ruleset, scope: str | None) -> bool:
    """Whether the ordinary assessment awards the label, or passes the dimension."""
    assessment = er.assess(interview, rules)
    if scope is None:
        return assessment.outcome is LabelOutcome.AWARDED
    (dimension,) = (each for each in assessment.dimensions if each.id == scope)
    return dimension.outcome is DimensionOutcome.PASSED


MEMBERS = catalogue(indicator("members", Count(maximum=100)), indicator("plan", YesNo()))
