"""Comparisons of rulesets with different catalogues."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import evolve
from comparison_samples import (
    passed,
)
from tiny_rulesets import (
    YES,
    at_least,
    catalogue,
    grades,
    indicator,
    interview,
    meets,
    options,
    ruleset,
)

from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass, Shares, Verdict, Witness
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Choice, Choices, Count, YesNo
from ecei_rules.interviews.interview import Improvement, check_interview
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import OneOf
from ecei_rules.rulesets.criteria import (
    Improvements,
    ScoreReaches,
    SomeRequirement,
)

if TYPE_CHECKING:
    from ecei_rules.comparison.comparison import Comparison
    from ecei_rules.interviews.interview import Interview


class TestDifferentCatalogues:
    """Rulesets of different catalogues are compared over their common answers."""

    PLAN = indicator("plan", YesNo())

    def test_question_of_one_catalogue_is_named(self) -> None:
        """
        A new required indicator is missing in old interviews; the witness of its catalogue
        answers it, and the common answers are compared.
        """
        added = catalogue(self.PLAN, indicator("team", YesNo()), version="2", listed=YesNo())
        old = ruleset(catalogue(self.PLAN), meets("plan"))
        new = ruleset(added, meets("plan"), meets("team"))

        compared = compare_rulesets(old, new)

        assert (compared.only_old, compared.only_new) == ((), ("team", "listed"))
        assert compared.label.verdict is Verdict.STRICTER
        assert compared.missing == ("team",)
        assert compared.change_class is ChangeClass.DATA_BREAKING
        assert isinstance(compared.label.lost, Witness)
        assert compared.label.lost.old == interview_like(compared.label.lost.old, plan=True)
        assert compared.label.lost.old.catalogue == old.catalogue
        assert compared.label.lost.new.catalogue == added
        assert compared.label.lost.new.answers == {"plan": True, "team": False}
        assert compared.label.lost.new.facts == {"listed": True}
        # with plan and team, with plan alone, or without; the fact is not looked at
        assert compared.label.shares == Shares(1, 1, 0, 2)

        back = compare_rulesets(new, old)
        assert (back.only_old, back.only_new) == (("team", "listed"), ())
        assert back.missing == ()
        assert back.change_class is ChangeClass.HOLDER_SAFE

    def test_another_kind_of_answer_is_another_question(self) -> None:
        """
        A yes is not a count, so the two questions have no common answer.
        """
        old = ruleset(catalogue(self.PLAN), meets("plan"))
        counted = catalogue(indicator("plan", Count(maximum=9)), version="2")
        new = ruleset(counted, meets("plan", at_least(1)))

        compared = compare_rulesets(old, new)

        assert (compared.only_old, compared.only_new) == (("plan",), ("plan",))
        assert compared.label.verdict is Verdict.INCOMPARABLE
        assert compared.label.shares == Shares(1, 1, 1, 1)
        assert isinstance(compared.label.lost, Witness)
        assert compared.label.lost.old.answers == {"plan": True}
        assert compared.label.lost.new.answers == {"plan": 0}

    def test_only_common_options_are_compared(self) -> None:
        """
        An option of one catalogue alone is in no pair of interviews.
        """
        old = catalogue(indicator("focus", Choice(options("north", "south"))))
        new = catalogue(indicator("focus", Choice(options("south", "north", "east"))), version="2")
        without = ruleset(old, meets("focus", OneOf(["north", "south"])))
        within = ruleset(new, meets("focus", OneOf(["north", "east"])))

        compared = compare_rulesets(without, within).label

        assert compared.verdict is Verdict.STRICTER
        assert isinstance(compared.lost, Witness)
        assert compared.lost.new.answers == compared.lost.old.answers == {"focus": "south"}
        assert compared.shares == Shares(1, 1, 0, 0)

    def test_not_applicable_counts_if_both_allow_it(self) -> None:
        """
        An indicator that does not apply passes; if only one catalogue allows that, no pair
        of interviews has it.
        """

        def pair(*, old: bool, new: bool) -> Comparison:
            one = catalogue(indicator("plan", YesNo(), not_applicable=old))
            two = catalogue(indicator("plan", YesNo(), not_applicable=new), version="2")
            required = SomeRequirement([meets("plan")])
            return compare_rulesets(
                ruleset(one, meets("plan")),
                ruleset(
                    two,
                    required,
                    ScoreReaches(Decimal(100), "percent"),
                    grading={"plan": grades(YES)},
                ),
            )

        assert pair(old=True, new=True).label.verdict is Verdict.STRICTER
        for old, new in ((True, False), (False, True), (False, False)):
            assert pair(old=old, new=new).label.verdict is Verdict.EQUIVALENT

    def test_dimension_of_one_catalogue_is_not_compared(self) -> None:
        """
        The label and the common dimensions are compared.
        """
        one = catalogue(self.PLAN)
        two = evolve(one, version="2", dimensions=one.dimensions[:1])

        for old, new in ((one, two), (two, one)):
            compared = compare_rulesets(ruleset(old, meets("plan")), ruleset(new, meets("plan")))
            assert [each.scope for each in compared.dimensions] == ["structure"]
            assert compared.label.verdict is Verdict.EQUIVALENT

    def test_witnesses_fit_their_catalogues(self) -> None:
        """
        Each interview of a witness fits its own catalogue, whatever the catalogue of the base.
        """
        one = catalogue(
            indicator("members", Count(maximum=50)),
            indicator("focus", Choices(options("north", "south"))),
            self.PLAN,
        )
        two = catalogue(
            indicator("members", Count(maximum=80)),
            indicator("focus", Choices(options("south", "east"))),
            indicator("team", YesNo()),
            version="2",
        )
        old = ruleset(one, meets("members", at_least(20)), Improvements(1))
        new = ruleset(two, meets("members", at_least(30)), Improvements(2))
        bases = [
            interview(one, members=40, focus=("south",), plan=True),
            interview(two, members=10, focus=(), team=False),
        ]

        for base in (None, *bases):
            compared = compare_rulesets(old, new, base=base)
            assert compared.label.verdict is Verdict.STRICTER
            witness = compared.label.lost
            assert isinstance(witness, Witness)
            for rules, made in ((old, witness.old), (new, witness.new)):
                assert made.catalogue == rules.catalogue
                assert made.unanswered == ()
                assert check_interview(made) == ()
            assert passed(witness.old, old, None)
            assert not passed(witness.new, new, None)


def interview_like(made: Interview, **values: object) -> Interview:
    """Return the interview with these answers alone."""
    return evolve(made, answers=values, facts={})


class TestBasesOfOneCatalogue:
    """A witness leaves out answers of the base that only one catalogue allows."""

    NEW = catalogue(
        indicator("focus", Choice(options("north", "south"))),
        indicator("plan", YesNo()),
        version="2",
    )

    def lost(self, base: Interview) -> Witness:
        """Return the witness that a new requirement of a plan loses, made from a base."""
        witness = compare_rulesets(
            ruleset(base.catalogue), ruleset(self.NEW, meets("plan")), base=base
        ).label.lost
        assert isinstance(witness, Witness)
        return witness

    def test_option_of_one_catalogue_is_replaced(self) -> None:
        """
        The option east was removed, so the witness has another one.
        """
        asked = catalogue(
            indicator("focus", Choice(options("north", "south", "east"))),
            indicator("plan", YesNo()),
        )
        witness = self.lost(interview(asked, focus="east", plan=True))

        assert check_interview(witness.old) == check_interview(witness.new) == ()
        assert witness.old.answers == witness.new.answers

    def test_not_applicable_of_one_catalogue_is_replaced(self) -> None:
        """
        If the new catalogue requires an answer, the witness has the best one.
        """
        focus = evolve(self.NEW.indicators[0], not_applicable=True)
        asked = catalogue(focus, self.NEW.indicators[1])
        witness = self.lost(interview(asked, focus=NotApplicable("young"), plan=True))

        assert check_interview(witness.old) == check_interview(witness.new) == ()
        assert witness.old.answers == witness.new.answers == {"focus": "north", "plan": False}

    def test_improvements_of_one_catalogue_are_left_out(self) -> None:
        """
        The new catalogue does not have the improved indicator.
        """
        asked = catalogue(*self.NEW.indicators, indicator("team", YesNo()))
        improved = [Improvement("team", "larger", confirmed=True)]
        witness = self.lost(
            interview(asked, focus="north", plan=True, team=True, improvements=improved)
        )

        assert check_interview(witness.old) == check_interview(witness.new) == ()

    def test_base_with_a_reworded_catalogue_is_accepted(self) -> None:
        """
        A reworded catalogue is not another one (docs/semantics.md, 5.6).
        """
        reworded = evolve(self.NEW, title=Text({"en": "other words"}))
        base = interview(reworded, focus="north", plan=True)
        compared = compare_rulesets(ruleset(self.NEW), ruleset(self.NEW, meets("plan")), base=base)

        assert isinstance(compared.label.lost, Witness)
        assert compared.label.lost.old.answers == {"focus": "north", "plan": False}
