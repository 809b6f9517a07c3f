"""The comparisons by z3 agree with ordinary assessments."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import full_size
import pytest
import smt
import z3
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from smt_cases import FINE, ON, SCOPES, complete, judged, pairs, passes
from smt_interviews import Interviewed

from ecei_rules import assess, check_interview, check_ruleset
from ecei_rules.rulesets.criteria import (
    Criterion,
    EveryRequirement,
    Floor,
    Requirement,
    ScoreReaches,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

pytestmark = pytest.mark.oracle


class TestVerdicts:
    """Verdicts are right, and their witnesses can be assessed."""

    @given(pairs(), st.sampled_from(SCOPES))
    def test_verdict_agrees_with_formulas_over_answers(
        self, pair: tuple[Ruleset, Ruleset], scope: str | None
    ) -> None:
        """
        There is a witness if and only if the formulas over answers, without classes,
        have a solution; and each witness has the expected outcomes.
        """
        variables = Interviewed(pair[0].catalogue, ON, pair)
        compared = smt.Pair(*pair, ON)
        for awarding, refusing in (pair, pair[::-1]):
            solver = z3.Solver()
            solver.add([one for each in variables.valid.values() for one in each])
            solver.add(smt.awards(awarding, variables, scope))
            solver.add(z3.Not(smt.awards(refusing, variables, scope)))
            witness = compared.witness(awarding, refusing, scope)
            assert (witness is not None) == (solver.check() == z3.sat)
            if witness is not None:
                assert check_interview(witness) == ()
                assert passes(witness, awarding, scope)
                assert not passes(witness, refusing, scope)

    @given(st.data())
    def test_no_interview_contradicts_a_verdict(self, data: st.DataObject) -> None:
        """
        If the verdict allows no loss or no gain, no drawn interview has one.
        """
        old, new = data.draw(pairs())
        interview = data.draw(complete(old.catalogue))
        verdict = smt.verdict(old, new, None, interview.conducted.on)
        before, after = passes(interview, old, None), passes(interview, new, None)
        if before and not after:
            assert verdict in ("stricter", "incomparable")
        if after and not before:
            assert verdict in ("looser", "incomparable")

    def test_verdicts_of_simple_changes(self) -> None:
        """
        75 of 100 percent is stricter than 50, and 50 looser than 75; another floor in
        place of a score is incomparable; half a point more makes no difference, since
        points are whole.
        """
        over = full_size.catalogue(0)
        names = [each.id for each in over.within("dimension-0")]

        def asking(*requirements: Requirement) -> Ruleset:
            criteria = [Criterion(f"c-{n}", "required", one) for n, one in enumerate(requirements)]
            return evolve(full_size.ruleset(over, 0), criteria=criteria)

        half = asking(ScoreReaches(Decimal(50), "percent"))
        more = asking(ScoreReaches(Decimal(75), "percent"))
        floor = asking(Floor(names[:2], "excellent"))
        both = asking(EveryRequirement([Floor(names[:2], "excellent"), Floor(names, "reasonable")]))
        assert smt.verdict(half, more, None, ON) == "stricter"
        assert smt.verdict(more, half, None, ON) == "looser"
        assert smt.verdict(half, floor, None, ON) == "incomparable"
        assert smt.verdict(floor, both, None, ON) == "stricter"
        points = asking(ScoreReaches(Decimal(60), "points"))
        assert smt.verdict(points, points, None, ON) == "equivalent"
        between = asking(ScoreReaches(Decimal("59.5"), "points"))
        assert smt.verdict(points, between, None, ON) == "equivalent"


class TestCheapest:
    """The fewest steps of z3 are those of exhaustive search."""

    @given(case=judged(), locks=st.booleans())
    def test_fewest_steps_agree_with_exhaustive_search(
        self, case: tuple[Interview, Ruleset], *, locks: bool
    ) -> None:
        """
        Of the interviews in which each indicator keeps its answer or has one of a
        better grade, the nearest awarded one is as far as the solver states.
        """
        interview, ruleset = case
        locked = [*ruleset.grading][:1] if locks else []
        variables = Interviewed(ruleset.catalogue, interview.conducted.on, [ruleset], **FINE)
        members = smt.Classes(variables, [ruleset]).members
        now = _grades(interview, ruleset)
        # of each indicator the answers it may have, with how many grades better they are
        choices = {name: [(answer, 0)] for name, answer in interview.answers.items()}
        for name, grade in now.items():
            for _, said in members["indicator", name]:
                other = evolve(interview, answers={**interview.answers, name: said})
                better = _grades(other, ruleset)[name]
                if None not in (grade, better) and better < grade and name not in locked:
                    choices[name].append((said, grade - better))
        costs = [
            sum(steps for _, steps in chosen)
            for chosen in product(*choices.values())
            if passes(
                evolve(interview, answers=dict(zip(choices, (a for a, _ in chosen), strict=True))),
                ruleset,
                None,
            )
        ]
        assert smt.cheapest(interview, ruleset, locked=locked, **FINE) == min(costs, default=None)

    def test_fewest_steps_of_full_size(self) -> None:
        """
        A refused interview of full size needs some step, an awarded one needs none.
        """
        old, new = full_size.pair(0, "stricter")
        witness = smt.Pair(old, new, ON).witness(old, new)
        assert witness is not None
        assert smt.cheapest(witness, old) == 0
        assert smt.cheapest(witness, new) != 0


def _grades(interview: Interview, ruleset: Ruleset) -> dict[str, int | None]:
    """Return the place of each indicator's grade among its own, the best 0."""
    found = {}
    for dimension in assess(interview, ruleset).dimensions:
        for each in dimension.indicators:
            grades = [one.grade for one in ruleset.grading[each.indicator].grades]
            found[each.indicator] = None if each.grade is None else grades.index(each.grade)
    return found


class TestFullSize:
    """Pairs of full size are as described, and z3 decides on them."""

    @pytest.mark.parametrize("kind", full_size.PAIR_KINDS)
    @pytest.mark.parametrize("seed", range(3))
    def test_pairs_are_well_formed(self, seed: int, kind: full_size.PairKind) -> None:
        """
        36 indicators, five facts, no problem, two different rulesets; and the same pair
        again for the same seed.
        """
        old, new = full_size.pair(seed, kind)
        assert (len(old.catalogue.asked), len(old.catalogue.facts_asked)) == (36, 5)
        assert check_ruleset(old) == check_ruleset(new) == ()
        assert evolve(new, version=old.version) != old
        assert full_size.pair(seed, kind) == (old, new)

    @pytest.mark.parametrize("kind", full_size.PAIR_KINDS)
    @pytest.mark.parametrize("seed", range(2))
    def test_verdicts_of_known_changes(self, seed: int, kind: full_size.PairKind) -> None:
        """
        Doubled weights are equivalent for the label and each dimension; restrictions
        alone award nothing more; the mirrored pair has the mirrored verdict; and each
        witness is awarded by one ruleset and refused by the other.
        """
        old, new = full_size.pair(seed, kind)
        compared = smt.Pair(old, new, ON)
        found = {scope: compared.verdict(scope) for scope in (None, *full_size.DIMENSIONS)}
        if kind == "doubled":
            assert set(found.values()) == {"equivalent"}
        if kind == "stricter":
            assert set(found.values()) <= {"equivalent", "stricter"}
        mirrored = {"stricter": "looser", "looser": "stricter"}
        verdict = found[None]
        assert smt.verdict(new, old, None, ON) == mirrored.get(verdict, verdict)
        for awarding, refusing in ((old, new), (new, old)):
            witness = compared.witness(awarding, refusing)
            if witness is not None:
                assert check_interview(witness) == ()
                assert passes(witness, awarding, None)
                assert not passes(witness, refusing, None)

    def test_both_rulesets_award_some_interview(self) -> None:
        """
        Some interview is awarded by both of an unrelated pair, so the verdict is not
        only about unattainable labels.
        """
        old, new = full_size.pair(0, "unrelated")
        compared = smt.Pair(old, new, ON)
        solver = z3.SolverFor("QF_LIA")
        solver.add(compared.classes.valid)
        solver.add([smt.awards(each, compared.classes) for each in (old, new)])
        assert solver.check() == z3.sat
        witness = compared.classes.interview(solver.model())
        assert passes(witness, old, None)
        assert passes(witness, new, None)
