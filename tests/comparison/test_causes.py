"""Which criteria differ between two rulesets, and in what."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from corpus_samples import STAFF, TITLE, at_least, catalogue, graded, members, required, rules

from ecei_rules.comparison.impact.causes import changed_criteria
from ecei_rules.comparison.impact.corpus_outcomes import CriterionChange
from ecei_rules.interviews.catalogue import Catalogue, Choice, Count, Option
from ecei_rules.interviews.provenance import Basis, Provenance
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import AllOf, AnyOf
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading

if TYPE_CHECKING:
    from ecei_rules.rulesets.criteria import Requirement

FLOOR = Floor(["members"], "good")
SCORE = ScoreReaches(Decimal(50), "percent")
GRADED = {"members": graded(15), "partners": graded(5)}
NORTH, SOUTH = (Option(each, TITLE) for each in ("north", "south"))
OTHER_WORDS = Text({"en": "Other words"})


class TestChanged:
    """The ways in which a criterion that can decide differs."""

    @pytest.mark.parametrize(
        ("requirement", "grading", "scale", "how"),
        [
            (
                FLOOR,
                {**GRADED, "members": graded(15, weight=2)},
                ("poor", "good"),
                [CriterionChange.GRADINGS],
            ),
            (FLOOR, {**GRADED, "partners": graded(6)}, ("poor", "good"), []),
            (
                SCORE,
                {**GRADED, "partners": graded(6)},
                ("poor", "good"),
                [CriterionChange.GRADINGS],
            ),
            (SCORE, {"members": graded(15)}, ("poor", "good"), [CriterionChange.GRADINGS]),
            (CountGraded(1, "good"), GRADED, ("poor", "fair", "good"), [CriterionChange.GRADINGS]),
            (Complete(), {}, ("poor", "fair", "good"), []),
            (
                SomeRequirement([STAFF, FLOOR]),
                {**GRADED, "members": graded(9)},
                (),
                [CriterionChange.GRADINGS],
            ),
            (Earlier("bronze", "awarded"), {}, ("good",), []),
            (Improvements(1), {}, ("good",), []),
        ],
    )
    def test_gradings(
        self, requirement: Requirement, grading: Any, scale: Any, how: list[CriterionChange]
    ) -> None:
        """
        A changed grading or scale changes only the criteria that look at it.
        """
        criterion = required("a", requirement)
        old = rules("1", criterion, grading=GRADED)
        new = rules("2", criterion, grading=grading, scale=scale or ("poor", "good"))

        assert [list(each.how) for each in changed_criteria(old, new)] == ([how] if how else [])

    @pytest.mark.parametrize(
        ("requirement", "judges", "changed"),
        [
            (Complete(), catalogue("members"), True),
            (Complete(), catalogue("members", "partners", title=OTHER_WORDS), False),
            (SCORE, catalogue("members", "partners", "plans"), False),
            (SCORE, catalogue("members", "partners", kind=Count(maximum=9)), True),
            (FLOOR, catalogue("members"), False),
            (members(1), catalogue("members", kind=Count(minimum=1)), True),
            (STAFF, catalogue("plans"), False),
            (EveryRequirement([STAFF, members(1)]), catalogue("partners"), True),
            (Improvements(1), catalogue("members", kind=Count(minimum=1)), True),
            (Improvements(1), catalogue("members", "partners", kind=Count(minimum=1)), False),
            (Earlier("bronze", "awarded"), catalogue("plans"), False),
        ],
    )
    def test_questions(self, requirement: Requirement, judges: Catalogue, *, changed: bool) -> None:
        """
        A removed, new or otherwise asked question changes only the criteria that look at it;
        an indicator that is not graded is not part of a score.
        """
        criterion = required("a", requirement)
        old = rules("1", criterion, grading=GRADED)
        new = rules("2", criterion, grading=GRADED, judges=evolve(judges, version="2024-02"))

        expected = [(CriterionChange.QUESTIONS,)] if changed else []
        assert [each.how for each in changed_criteria(old, new)] == expected

    def test_options_are_compared_by_their_ids(self) -> None:
        """
        Other titles or another order of options do not change a question; other ids do.
        """
        one, other, third = (
            rules("1", required("a", Complete()), judges=catalogue("members", kind=Choice(each)))
            for each in (
                [NORTH, SOUTH],
                [SOUTH, evolve(NORTH, title=OTHER_WORDS)],
                [NORTH],
            )
        )

        assert changed_criteria(one, other) == ()
        assert changed_criteria(one, third)[0].how == (CriterionChange.QUESTIONS,)

    def test_order_wording_and_provenance_are_no_change(self) -> None:
        """
        The indicators of floors and the parts of conditions can be in any order.
        """
        bounds = at_least(1), at_least(2)
        one, other = (
            [
                required("a", Floor(names, "good"), title=title, provenance=Provenance(basis)),
                required("b", AnswerMeets("indicator", "members", AllOf(parts))),
            ]
            for names, title, basis, parts in (
                (["members", "partners"], None, Basis.DOCUMENTED, bounds),
                (["partners", "members"], TITLE, Basis.INFERRED, bounds[::-1]),
            )
        )
        gradings = [
            {
                "members": Grading(1, [Grade("good", 1, when=AnyOf(parts)), Grade("poor", 0)]),
                "partners": graded(1, provenance=Provenance(basis)),
            }
            for parts, basis in ((bounds, Basis.DOCUMENTED), (bounds[::-1], Basis.INFERRED))
        ]

        old = rules("1", *one, grading=gradings[0])
        new = rules("2", *other[::-1], grading=gradings[1])

        assert changed_criteria(old, new) == ()

    def test_all_differences_of_one_criterion(self) -> None:
        """
        Requirement, severity, scope and gradings differ; a criterion that is advisory in
        both rulesets is left out.
        """
        advice = Criterion("advice", "advisory", members(1)), Criterion("gone", "advisory", STAFF)
        old = rules("1", required("a", SCORE), *advice, grading=GRADED)
        new = rules(
            "2",
            Criterion("a", "advisory", FLOOR, dimension="services", title=TITLE),
            evolve(advice[0], requirement=members(2)),
            grading={**GRADED, "partners": graded(6)},
        )

        (changed,) = changed_criteria(old, new)

        assert (changed.id, changed.title, changed.basis) == ("a", "Sample", Basis.ILLUSTRATIVE)
        assert changed.how == (
            CriterionChange.REQUIREMENT,
            CriterionChange.SEVERITY,
            CriterionChange.SCOPE,
            CriterionChange.GRADINGS,
        )

    def test_basis_is_the_weakest_of_both_rulesets(self) -> None:
        """
        A documented floor is inferred if the grading that it looks at is inferred in one of
        the rulesets.
        """
        documented, inferred = Provenance(Basis.DOCUMENTED), Provenance(Basis.INFERRED)
        floor = required("a", FLOOR, provenance=documented)
        added = required("b", STAFF, provenance=documented)
        old = rules("1", floor, grading={"members": graded(15, provenance=inferred)})
        new = rules("2", floor, added, grading={"members": graded(9, provenance=documented)})

        changed = changed_criteria(old, new)

        assert [each.basis for each in changed] == [Basis.INFERRED, Basis.DOCUMENTED]
