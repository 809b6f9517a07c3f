"""Strategies for complete interviews, and for rulesets to assess them under."""

from __future__ import annotations

from datetime import date

import strategies
import z3
from attrs import evolve
from hypothesis import strategies as st

from ecei_rules import assess
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome
from ecei_rules.interviews.interview import MODES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.interviews.catalogue import Catalogue
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

ON = date(2024, 3, 18)
#: More than the decimal places of any answer, and than the events of one label and kind,
#: that the strategies draw.
FINE = {"places": 3, "events": 4}
SCOPES = (None, *strategies.DIMENSIONS)


@st.composite
def complete(draw: st.DrawFn, catalogue: Catalogue) -> Interview:
    """Interviews with an answer to every question."""
    interview = draw(strategies.interviews(catalogue))
    answers, facts = dict(interview.answers), dict(interview.facts)
    for name, one in catalogue.asked.items():
        answers.setdefault(name, draw(strategies.answers_to(one.answer)))
    for name, one in catalogue.facts_asked.items():
        facts.setdefault(name, draw(strategies.answers_to(one.answer)))
    conducted = interview.conducted
    stated = [
        evolve(each, impartial=each.impartial or draw(st.booleans()))
        for each in conducted.experts or ()
    ]
    mode = conducted.mode or draw(st.sampled_from(MODES))
    return evolve(
        interview,
        answers=answers,
        facts=facts,
        conducted=evolve(conducted, mode=mode, experts=stated),
    )


@st.composite
def judged(draw: st.DrawFn) -> tuple[Interview, Ruleset]:
    """A complete interview, and a ruleset for its catalogue."""
    catalogue = draw(strategies.catalogues())
    return draw(complete(catalogue)), draw(strategies.rulesets(catalogue))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Ruleset, Ruleset]:
    """Two rulesets for one catalogue, half of the time with the same gradings."""
    catalogue = draw(strategies.catalogues())
    old, new = draw(strategies.rulesets(catalogue)), draw(strategies.rulesets(catalogue))
    if draw(st.booleans()):
        # their criteria then meet on the same grades, and are implied more often
        kept = [one for one in old.criteria if draw(st.booleans())]
        new = evolve(old, criteria=kept)
    return old, new


def solved(*formulas: list[z3.BoolRef]) -> z3.ModelRef:
    """Return a model of satisfiable formulas."""
    solver = z3.Solver()
    for each in formulas:
        solver.add(each)
    assert solver.check() == z3.sat
    return solver.model()


def passes(interview: Interview, ruleset: Ruleset, scope: str | None) -> bool:
    """Return whether an interview is awarded the label, or passes the dimension."""
    assessment = assess(interview, ruleset)
    if scope is None:
        return assessment.outcome is LabelOutcome.AWARDED
    found = {each.id: each.outcome for each in assessment.dimensions}
    return found[scope] is DimensionOutcome.PASSED
