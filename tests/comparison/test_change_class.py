"""The class of a change."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from comparison_samples import (
    MEMBERS,
)
from tiny_rulesets import (
    EXCELLENT,
    IMPROVABLE,
    YES,
    at_least,
    catalogue,
    grades,
    indicator,
    meets,
    ruleset,
)

from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass
from ecei_rules.interviews.catalogue import YesNo
from ecei_rules.interviews.texts import Text
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
from ecei_rules.rulesets.validity import FirstAward, ValidityRules

if TYPE_CHECKING:
    from ecei_rules.rulesets.criteria import Requirement
    from ecei_rules.rulesets.ruleset import Ruleset


class TestChangeClass:
    """The last class that applies is that of the change (docs/semantics.md, 9.9)."""

    ASKED = MEMBERS
    OLD = ruleset(MEMBERS, meets("plan"))

    def of(self, new: Ruleset) -> ChangeClass:
        """Return the class of a change from a ruleset that requires a plan."""
        return compare_rulesets(self.OLD, new).change_class

    def test_wording_alone_is_editorial(self) -> None:
        """
        So is no change at all, and another version.
        """
        assert self.of(evolve(self.OLD, version="2")) is ChangeClass.EDITORIAL
        assert self.of(evolve(self.OLD, title=Text({"en": "other words"}))) is ChangeClass.EDITORIAL

    def test_change_without_losses_is_holder_safe(self) -> None:
        """
        Weaker requirements, and changes that make no difference.
        """
        advised = Criterion("more", "advisory", meets("members", at_least(5)))

        assert self.of(ruleset(MEMBERS)) is ChangeClass.HOLDER_SAFE
        assert (
            self.of(evolve(self.OLD, criteria=[*self.OLD.criteria, advised]))
            is ChangeClass.HOLDER_SAFE
        )
        longer = ValidityRules(FirstAward(3, "end_of_month"))
        assert self.of(evolve(self.OLD, validity=longer)) is ChangeClass.HOLDER_SAFE

    def test_higher_bound_or_shorter_validity_is_holder_affecting(self) -> None:
        """
        A shorter validity loses the label earlier.
        """
        few, many = (ruleset(MEMBERS, meets("members", at_least(each))) for each in (5, 6))
        shorter = ValidityRules(FirstAward(2, "same_day"))

        assert compare_rulesets(few, many).change_class is ChangeClass.HOLDER_AFFECTING
        assert self.of(evolve(self.OLD, validity=shorter)) is ChangeClass.HOLDER_AFFECTING
        # the requirements are weaker, and the validity is shorter
        assert self.of(ruleset(MEMBERS, validity=shorter)) is ChangeClass.HOLDER_AFFECTING

    @pytest.mark.parametrize(
        "requirement",
        [
            meets("members", at_least(0)),
            Complete(),
            SomeRequirement([meets("members", at_least(2)), meets("plan")]),
            EveryRequirement([meets("members", at_least(2)), meets("plan")]),
        ],
    )
    def test_newly_needed_answer_is_data_breaking(self, requirement: Requirement) -> None:
        """
        An old interview may lack the answer, whatever the requirement.
        """
        new = ruleset(MEMBERS, meets("plan"), requirement)

        assert self.of(new) is ChangeClass.DATA_BREAKING
        assert compare_rulesets(self.OLD, new).missing == ("members",)
        assert compare_rulesets(new, self.OLD).missing == ()

    def test_grades_need_the_answer_of_their_indicator(self) -> None:
        """
        A floor, a score and a count do; a history and improvements need no answer.
        """
        grading = {"members": grades(at_least(2))}
        old = ruleset(MEMBERS, meets("plan"), grading=grading)
        for needing in (
            Floor(["members"], IMPROVABLE),
            ScoreReaches(Decimal(1), "points"),
            CountGraded(1, EXCELLENT),
        ):
            new = ruleset(MEMBERS, meets("plan"), needing, grading=grading)
            assert compare_rulesets(old, new).missing == ("members",)
        for free in (Improvements(1), Earlier("bronze", "awarded")):
            new = ruleset(MEMBERS, meets("plan"), free, grading=grading)
            compared = compare_rulesets(old, new)
            assert compared.missing == ()
            assert compared.change_class is ChangeClass.HOLDER_AFFECTING
        advised = Criterion("more", "advisory", Floor(["members"], EXCELLENT))
        new = evolve(old, criteria=[*old.criteria, advised])
        assert compare_rulesets(old, new).missing == ()

    @pytest.mark.parametrize(
        ("old", "new", "missing"),
        [
            (True, False, ("plan",)),
            (True, True, ()),
            (False, True, ()),
            (False, False, ()),
        ],
    )
    def test_answer_that_must_now_apply_is_newly_needed(
        self, *, old: bool, new: bool, missing: tuple[str, ...]
    ) -> None:
        """
        An old interview may say that it does not apply, and then has no answer to the question.
        """
        before, after = (
            ruleset(
                catalogue(indicator("plan", YesNo(), not_applicable=allowed), version=version),
                meets("plan"),
            )
            for version, allowed in (("1", old), ("2", new))
        )

        compared = compare_rulesets(before, after)

        assert compared.missing == missing
        assert (compared.change_class is ChangeClass.DATA_BREAKING) is bool(missing)

    def test_incomparable_verdict_is_incomparable(self) -> None:
        """
        It is the last class, even if a newly needed answer breaks data too.
        """
        assert self.of(ruleset(MEMBERS, meets("members", at_least(5)))) is ChangeClass.INCOMPARABLE

    def test_fact_and_indicator_of_one_name_are_different(self) -> None:
        """
        An interview that answers the indicator does not answer the fact.
        """
        old = ruleset(catalogue(indicator("plan", YesNo())), Complete())
        new = ruleset(catalogue(version="2", plan=YesNo()), AnswerMeets("fact", "plan", YES))

        assert compare_rulesets(old, new).missing == ("plan",)
