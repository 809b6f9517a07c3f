"""docs/semantics.md, 9.6, 9.8 and 9.10, where another implementation could differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from tiny_rulesets import (
    ON,
    at_least,
    catalogue,
    grades,
    indicator,
    meets,
    options,
    ruleset,
)

from ecei_rules.analysis.encoding.preference import best_first
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import Shares, Witness
from ecei_rules.comparison.validity import compare_validity
from ecei_rules.interviews.catalogue import Choice, Choices, Count, YesNo
from ecei_rules.rulesets.conditions import Includes, OneOf
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Criterion,
    Earlier,
    EveryRequirement,
    Improvements,
)
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules

if TYPE_CHECKING:
    from ecei_rules.comparison.comparison import ScopeComparison
    from ecei_rules.rulesets.ruleset import Ruleset

A, B, C = (indicator(name, YesNo()) for name in "abc")
COUNTED = indicator("a", Count(maximum=9))


def lost(compared: ScopeComparison) -> Witness:
    """Return the witness of a loss."""
    assert isinstance(compared.lost, Witness)
    return compared.lost


class TestQuestions:
    """9.6: the order of the questions, by which ties between witnesses are broken."""

    OLD = catalogue(A, B, listed=YesNo(), open=YesNo())
    # a and open are asked in another way, and c and new are asked by this catalogue alone
    NEW = catalogue(C, B, COUNTED, version="2", new=YesNo(), open=Count(maximum=9), listed=YesNo())

    def test_questions_of_the_new_catalogue_alone_come_after_those_of_the_old_one(self) -> None:
        """
        Each kind in the order of its catalogue, also what both ask in two ways.
        """
        space = encode((ruleset(self.OLD), ruleset(self.NEW)), ON)

        assert [each.key for each in space.questions] == [
            "indicator/a/0",
            "indicator/b",
            "indicator/c/1",
            "indicator/a/1",
            "fact/listed",
            "fact/open/0",
            "fact/new/1",
            "fact/open/1",
        ]

    def test_histories_come_in_the_order_of_the_criteria_and_improvements_last(self) -> None:
        """
        Those of the old ruleset first, also within a combination.
        """
        gold, silver, bronze = (Earlier(label, "awarded") for label in ("gold", "silver", "bronze"))
        old = ruleset(self.OLD, Improvements(1), EveryRequirement([gold, meets("a")]))
        new = ruleset(self.OLD, bronze, gold, silver)

        space = encode((old, new), ON)

        assert [each.id for each in space.questions[4:]] == [
            "gold awarded",
            "bronze awarded",
            "silver awarded",
            "improvements",
        ]

    def test_witness_keeps_the_first_question(self) -> None:
        """
        The new ruleset requires c and its own a; without either the label is lost, so c,
        which comes first, is kept.
        """
        new = ruleset(self.NEW, meets("c"), meets("a", at_least(1)), version="2")

        found = lost(compare_rulesets(ruleset(self.OLD), new).label)

        assert found.changed == ("a",)
        assert found.new.answers["a"] == 0
        assert found.new.answers["c"] is True


class TestBetterClass:
    """9.6: which of two classes is better."""

    ASKED = catalogue(indicator("focus", Choice(options("north", "south", "east"))))

    def order(self, *rulesets: Ruleset) -> list[object]:
        """Return an answer of each class of the first question, the best first."""
        (question,) = encode(rulesets, ON).questions
        return [question.classes[at].answers[0] for at in best_first(question, rulesets)]

    def one_of(self, *names: str) -> AnswerMeets:
        """Require one of these options."""
        return meets("focus", OneOf(names))

    def test_equal_conditions_count_once(self) -> None:
        """
        South meets a condition that both have, north two that only one of them has.
        """
        old = ruleset(self.ASKED, self.one_of("south"), self.one_of("north"))
        new = ruleset(self.ASKED, self.one_of("south"), self.one_of("north", "east"))

        assert self.order(old, new) == ["north", "south", "east"]

    def test_first_condition_that_only_one_meets_decides(self) -> None:
        """
        The conditions of the old ruleset come before those of the new one, in the order of
        the criteria and their parts, advisory ones too.
        """
        south, east = self.one_of("south"), self.one_of("east")
        both = ruleset(self.ASKED, criteria=[Criterion("x1", "advisory", south)])
        parts = ruleset(self.ASKED, EveryRequirement([east, south]))

        assert self.order(both, ruleset(self.ASKED, east)) == ["south", "east", "north"]
        assert self.order(ruleset(self.ASKED, east), both) == ["east", "south", "north"]
        assert self.order(parts) == ["east", "south", "north"]

    def test_order_of_choices_is_that_of_the_conditions(self) -> None:
        """
        Of one choice each the one of the first condition is better, in whatever order the
        classes are found.
        """
        asked = catalogue(indicator("topics", Choices(options("north", "south"))))
        north, south = (meets("topics", Includes([name])) for name in ("north", "south"))

        found = self.order(ruleset(asked, south, north))

        assert found == [("north", "south"), ("south",), ("north",), ()]

    def test_order_of_histories_is_that_of_the_conditions(self) -> None:
        """
        An event of at least 24 months or one of at most 6, by the first of the criteria.
        """
        old_event = Earlier("gold", "awarded", at_least_months=24)
        young = Earlier("gold", "awarded", at_most_months=6)

        def ages(*requirements: Earlier) -> list[tuple[bool, ...]]:
            rules = ruleset(catalogue(), *requirements)
            (question,) = encode((rules,), ON).questions
            return [question.classes[at].truths for at in best_first(question, (rules,))]

        expected = [(True, True), (True, False), (False, True), (False, False)]
        assert ages(old_event, young) == ages(young, old_event) == expected

    def test_grade_goes_before_points_and_these_before_conditions(self) -> None:
        """
        East attains the better grade without points, south earns more of the rest, north
        meets most conditions.
        """
        worthless = grades(OneOf(["east"]))
        rules = ruleset(
            self.ASKED,
            self.one_of("north"),
            grading={
                "focus": evolve(
                    worthless, grades=[evolve(worthless.grades[0], points=0), worthless.grades[1]]
                )
            },
        )
        earning = ruleset(self.ASKED, grading={"focus": grades(OneOf(["south"]))})

        assert self.order(rules, earning) == ["east", "south", "north"]


class TestFails:
    """9.6: the order of the criteria that a witness fails is that of an assessment."""

    def test_criteria_without_a_dimension_come_first(self) -> None:
        """
        Then those of each dimension in the order of the catalogue.
        """
        asked = catalogue(A)
        places = ("services", None, "structure", None)
        new = ruleset(
            asked,
            version="2",
            criteria=[
                Criterion(f"c{number}", "required", meets("a"), dimension=place)
                for number, place in enumerate(places)
            ],
        )

        assert lost(compare_rulesets(ruleset(asked), new).label).fails == ("c1", "c3", "c2", "c0")


class TestShares:
    """9.8: "the classes are those of all questions, also for a dimension"."""

    def test_shares_of_a_dimension_are_over_all_questions(self) -> None:
        """
        Three classes of members are in another dimension, and two of c in an advisory
        criterion: each class of a counts six times.
        """
        members = indicator("members", Count(maximum=9), dimension="services")
        asked = catalogue(A, members, C)
        required = Criterion("a", "required", meets("a"), dimension="structure")
        rest = [
            Criterion("m3", "required", meets("members", at_least(3)), dimension="services"),
            Criterion("m6", "advisory", meets("members", at_least(6)), dimension="services"),
            Criterion("c", "advisory", meets("c")),
        ]
        old = ruleset(asked, criteria=rest)
        new = ruleset(asked, criteria=[required, *rest], version="2")

        compared = compare_rulesets(old, new)

        structure = next(each for each in compared.dimensions if each.scope == "structure")
        assert structure.shares == Shares(6, 6, 0, 0)
        # two of three classes of members suffice
        assert compared.label.shares == Shares(4, 4, 0, 4)


DAY, MONTH = "same_day", "end_of_month"


def rules(first: tuple[int, str], *renewal: object) -> ValidityRules:
    """Return rules of a first award, and perhaps a renewal: years, ends, years to renew."""
    given = Renewal(*renewal) if renewal else None  # type: ignore[arg-type]
    return ValidityRules(FirstAward(*first), renewal=given)  # type: ignore[arg-type]


class TestDays:
    """9.10: the words for the days on which dates differ, and for the shifts."""

    @pytest.mark.parametrize(
        ("old", "new", "days", "shift"),
        [
            (rules((2, DAY)), rules((2, DAY)), "never", "same"),
            (rules((2, DAY)), rules((3, DAY)), "always", "later"),
            (rules((3, MONTH)), rules((2, DAY)), "always", "earlier"),
            # equal from the last day of a month; from 28 February 2023 to 2025, not 2022 to 2024
            (rules((2, DAY)), rules((2, MONTH)), "not_last_of_month", "later"),
            (rules((2, MONTH)), rules((2, DAY)), "not_last_of_month", "earlier"),
        ],
    )
    def test_first_awards(
        self, old: ValidityRules, new: ValidityRules, days: str, shift: str
    ) -> None:
        """
        Without renewals there is one case, `any`.
        """
        (case,) = compare_validity(old, new).cases

        assert case.history.value == "any"
        assert (case.ends.days.value, case.ends.shift.value) == (days, shift)
        assert case.days.value == days
        assert (case.begins.days.value, case.begins.shift.value) == ("never", "same")
        assert (case.renewable.days.value, case.renewable.shift.value) == ("never", "same")

    def test_february_alone(self) -> None:
        """
        A label that ended on 29 February 2024 is renewed for 2 years, to 28 February 2026, and
        renewable for 2 years more, to 28 February 2028; or for 4 years, to 29 February 2028.
        """
        old = rules((2, DAY), 2, DAY, 2)
        new = rules((2, DAY), 4, DAY, 0)
        cases = {case.history.value: case for case in compare_validity(old, new).cases}

        renewable = cases["still_held"].renewable
        assert (renewable.days.value, renewable.shift.value) == ("february", "later")
        assert (cases["still_held"].ends.days.value) == "always"

    def test_sometimes_and_either(self) -> None:
        """
        One rule counts from the previous end and the other from the interview; in the year
        after the end, one year from the interview is earlier or later than two from the end.
        """
        old = rules((2, DAY), 3, DAY, 2)
        new = rules((2, DAY))
        cases = {case.history.value: case for case in compare_validity(old, new).cases}

        assert [*cases] == ["no_label", "still_held", "in_one_window", "past_every_window"]
        window = cases["in_one_window"]
        # on the last day of two years, two years from the interview are four from the end
        assert (window.ends.days.value, window.ends.shift.value) == ("sometimes", "either")
        assert (window.begins.days.value, window.begins.shift.value) == ("sometimes", "later")
        assert (window.renewable.days.value, window.renewable.shift.value) == ("always", "lost")
        assert cases["no_label"].ends.days.value == "never"

    def test_limits_divide_the_histories(self) -> None:
        """
        Two windows make four cases with a previous end, and one window of both three.
        """
        one, two = rules((2, DAY), 3, DAY, 1), rules((2, DAY), 3, DAY, 2)

        def histories(old: ValidityRules, new: ValidityRules) -> list[str]:
            return [case.history.value for case in compare_validity(old, new).cases]

        windows = ["in_every_window", "in_one_window", "past_every_window"]
        assert histories(one, two) == ["no_label", "still_held", *windows]
        assert histories(one, one) == ["no_label", "still_held", windows[0], windows[2]]
        # a label that can be renewed until it ends, to the day, has no window after it
        none = rules((2, DAY), 3, DAY, 0)
        assert histories(none, none) == ["no_label", "still_held", "past_every_window"]
