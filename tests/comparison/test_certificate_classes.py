"""Checking the cases of a certificate, and its classes of answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from brute_force import ON
from certificate_samples import (
    EVENT,
    EXCELLENT,
    FIRMS,
    IMPROVABLE,
    LABS,
    LISTED,
    PLANNED,
    REASONABLE,
    WORDS,
    asked_in_services,
    catalogue,
    claim,
    ruleset,
)

from ecei_rules.comparison.certificate import Case, Certificate, CertifiedQuestion, Need, Proof
from ecei_rules.comparison.checking.certificate_check import check_certificate
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.rulesets.conditions import AllOf, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset

if TYPE_CHECKING:
    from ecei_rules.interviews.interview import Given
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.criteria import Requirement


def beyond(low: str, high: str) -> Condition:
    """Require more than one number, and less than another."""
    bounds = (("more_than", low), ("less_than", high))
    return AllOf([Threshold("value", side, Decimal(each)) for side, each in bounds])


def between(low: str, high: str) -> Condition:
    """Require at least one number, and at most another."""
    bounds = (
        Threshold("value", "at_least", Decimal(low)),
        Threshold("value", "at_most", Decimal(high)),
    )
    return AllOf(bounds)


TENTH = Decimal("0.1")


OPTIONS = [Option(f"o{number}", WORDS) for number in range(1, 14)]


NAMES = tuple(each.id for each in OPTIONS)


FEW = OPTIONS[:3]


ALL = Threshold("types", "more_than", Decimal(12))


MOST = Threshold("share_of", "more_than", Decimal(50), options=["o1"])


ENOUGH = Threshold("sum_of", "at_least", Decimal(7), options=["o2", "o3"])


RECENT = Threshold("years_ago", "at_most", Decimal(3))


SHOWN = "common {}, only-old 0, only-new 0"


def improved(common: int) -> FrozenMap[str, int]:
    """Return numbers of improvements, all of them in common indicators."""
    return FrozenMap({"common": common, "only-old": 0, "only-new": 0})


class TestCases:
    """The cases in which a criterion fails or does not, with parts that may not apply."""

    @pytest.mark.parametrize(
        ("requirement", "fails", "does_not_fail"),
        [
            (PLANNED, ["plan 1"], ["plan 0 or 2"]),
            (EveryRequirement([PLANNED]), ["plan 1"], ["plan 0 or 2"]),
            (SomeRequirement([PLANNED]), ["plan 1"], ["plan 0 or 2"]),
            (
                EveryRequirement([PLANNED, LISTED]),
                ["plan 1", "listed 1"],
                ["plan 0 or 2, listed 0"],
            ),
            # one part that is not met and one that does not apply: not met
            (SomeRequirement([PLANNED, LISTED]), ["plan 1 or 2, listed 1"], ["plan 0", "listed 0"]),
            (
                SomeRequirement([EveryRequirement([PLANNED]), LISTED]),
                ["plan 1 or 2, listed 1"],
                ["plan 0", "listed 0"],
            ),
            (
                EveryRequirement([SomeRequirement([PLANNED]), LISTED]),
                ["plan 1", "listed 1"],
                ["plan 0 or 2, listed 0"],
            ),
            (
                SomeRequirement([Floor(["plan"], EXCELLENT), LISTED]),
                ["plan 1 or 2, listed 1"],
                ["plan 0", "listed 0"],
            ),
        ],
    )
    def test_cases_of_a_requirement(
        self, requirement: Requirement, fails: list[str], does_not_fail: list[str]
    ) -> None:
        """
        The cases that a certificate without cases lacks: those of failing a requirement,
        and those of not failing it but one that nobody meets. Class 0 is yes, 1 is no, 2 is
        not applicable.
        """
        kind = Choice([Option("yes", WORDS), Option("no", WORDS)])
        asked = catalogue(asked_in_services(kind, aside=True))
        graded = Grading(1, [Grade(EXCELLENT, 1, when=OneOf(["yes"])), Grade(IMPROVABLE, 0)])
        # so that the fact has two classes, whatever is required
        advisory = Criterion("listed", "advisory", LISTED)
        criteria = [
            (version, [Criterion("criterion-0", "required", each), advisory])
            for version, each in [
                ("1", Complete()),
                ("2", CountGraded(9, EXCELLENT)),
                ("1", requirement),
                ("2", requirement),
            ]
        ]
        nothing, never, old, new = (
            evolve(ruleset(version, asked=asked), grading={"plan": graded}, criteria=each)
            for version, each in criteria
        )
        plan = CertifiedQuestion("indicator/plan", (0, 1), ("yes", "no", NotApplicable("none")))
        listed = CertifiedQuestion("fact/listed", (0, 1), (True, False))

        def lacking(by: list[str], old: Ruleset, new: Ruleset) -> set[frozenset[str]]:
            made = claim(Proof("criterion-0", by, []), questions=(plan, listed))
            words = 'the proof of "criterion-0" has no case for '
            wrong = check_certificate(made, old, new)
            assert all(each.startswith(words) for each in wrong)
            return {frozenset(each.removeprefix(words).split(" and ")) for each in wrong}

        assert lacking([], nothing, new) == spelled_out(fails)
        assert lacking(["criterion-0"], old, never) == spelled_out(does_not_fail)


def spelled_out(cases: list[str]) -> set[frozenset[str]]:
    """Return abbreviated cases in the words of the messages."""
    keys = {"plan": "indicator/plan of class", "listed": "fact/listed of class"}
    return {
        frozenset(f"{keys[name]} {classes}" for name, _, classes in parts)
        for parts in ([part.partition(" ") for part in case.split(", ")] for case in cases)
    }


class TestClasses:
    """An answer of a class that is not listed is found, whatever its kind."""

    @pytest.mark.parametrize(
        ("kind", "when", "holds", "fails", "shown"),
        [
            # the first that is tried and fails, and the first that holds
            (Count(), between("3", "5"), 4, 0, ("0", "3")),
            (Count(), beyond("3", "5"), 4, 0, ("0", "4")),
            (Number(), between("0.1", "0.3"), Decimal("0.2"), 7, ("-1", "0.1")),
            (
                Number(minimum=TENTH, maximum=4 * TENTH),
                between("0.2", "0.2"),
                2 * TENTH,
                TENTH,
                ("0.1", "0.2"),
            ),
            (Share(), Threshold("value", "more_than", Decimal("99.9")), 100, 0, ("0", "99.95")),
            (Year(minimum=2000), RECENT, 2021, 2020, ("2000", "2021")),
            (YesNo(), OneOf([False]), False, True, ("true", "false")),
            (Choice(FEW), OneOf(["o2"]), "o2", "o1", ("o1", "o2")),
            (Choices(FEW), Includes(["o2", "o3"]), ("o3", "o2"), (), ("none", "o2, o3")),
            (Choices(OPTIONS), ALL, NAMES, (), ("none", ", ".join(NAMES))),
            (Breakdown(FEW), MOST, {"o1": 1}, {}, ("none", "o1 1")),
            (Breakdown(FEW), ENOUGH, {"o2": 3, "o3": 4}, {}, ("none", "o1 0, o2 1, o3 6")),
        ],
    )
    def test_missing_class(
        self,
        kind: AnswerKind,
        when: Condition,
        holds: Answer,
        fails: Answer,
        shown: tuple[str, str],
    ) -> None:
        """
        Both rulesets require the same: there are two classes and no case.
        """
        asked = catalogue(asked_in_services(kind))
        old, new = (
            ruleset(each, AnswerMeets("indicator", "plan", when), asked=asked) for each in "12"
        )

        def made(*answers: Answer) -> Certificate:
            given = [FrozenMap(each) if isinstance(each, dict) else each for each in answers]
            question = CertifiedQuestion("indicator/plan", (0, 1), given)
            return claim(Proof("criterion-0", ["criterion-0"], []), questions=(question,))

        key = "indicator/plan"
        assert check_certificate(made(fails, holds), old, new) == ()
        assert check_certificate(made(holds), old, new) == (
            f"{key} has no class for the answer {shown[0]}",
        )
        assert check_certificate(made(fails), old, new) == (
            f"{key} has no class for the answer {shown[1]}",
        )
        assert check_certificate(made(fails, holds, fails), old, new) == (
            f"two answers to {key} are of one class",
        )

    @pytest.mark.parametrize(
        ("asked", "days", "shown"),
        [
            (
                Earlier("bronze", "benchmarked", at_least_months=18, at_most_months=24),
                [date(2022, 6, 1)],
                "bronze benchmarked on 2022-03-18",
            ),
            (
                Earlier("bronze", "benchmarked", repeated=True),
                [date(2020, 1, 1), date(2023, 1, 1)],
                "bronze benchmarked on 2024-03-16, bronze benchmarked on 2024-03-17",
            ),
            (
                Earlier("bronze", "awarded", repeated=True, at_least_months=12),
                [date(2020, 1, 1), date(2023, 1, 1)],
                "bronze awarded on 2023-03-16, bronze awarded on 2024-03-16",
            ),
        ],
    )
    def test_missing_history(self, asked: Earlier, days: list[date], shown: str) -> None:
        """
        Histories of no event, and of one or two around the required months, are tried.
        """
        old, new = (ruleset(version, asked) for version in "12")
        key = f"history/bronze {asked.event}"
        ends = {"valid_until": date(2026, 1, 1)} if asked.event == "awarded" else {}
        events = tuple(LabelEvent("bronze", asked.event, day, **ends) for day in days)

        def made(*answers: tuple[LabelEvent, ...]) -> Certificate:
            question = CertifiedQuestion(key, (0, 1), answers)
            return claim(Proof("criterion-0", ["criterion-0"], []), questions=(question,))

        assert check_certificate(made(events, ()), old, new) == ()
        assert check_certificate(made(events), old, new) == (
            f"{key} has no class for the answer none",
        )
        assert check_certificate(made(()), old, new) == (
            f"{key} has no class for the answer {shown}",
        )

    def test_history_before_our_years_is_not_tried(self) -> None:
        """
        No event is 200 years old, as interviews began in 1900: such a requirement is never met.
        """
        old, new = (
            ruleset(each, Earlier("gold", "awarded", at_least_months=2400)) for each in "12"
        )
        question = CertifiedQuestion("history/gold awarded", (0, 1), [()])
        made = claim(Proof("criterion-0", ["criterion-0"], []), questions=(question,))

        assert check_certificate(made, old, new) == ()

    def test_missing_number_of_improvements(self) -> None:
        """
        There can be as many improvements as indicators of both rulesets, which are two here.
        """
        old, new = (ruleset(each, Improvements(2)) for each in "12")
        key = "improvements/improvements"

        def made(*answers: Given) -> Certificate:
            question = CertifiedQuestion(key, (0, 1), answers)
            return claim(Proof("criterion-0", ["criterion-0"], []), questions=(question,))

        assert check_certificate(made(improved(0), improved(2)), old, new) == ()
        assert check_certificate(made(improved(1)), old, new) == (
            f"{key} has no class for the answer {SHOWN.format(2)}",
        )
        assert check_certificate(made(improved(0), improved(3)), old, new) == (
            f"{key} cannot be answered with {SHOWN.format(3)}",
        )

    @pytest.mark.parametrize(
        ("key", "answer", "shown"),
        [
            ("indicator/firms", 5, "5"),
            ("indicator/firms", NotApplicable("none"), "not applicable (none)"),
            ("indicator/firms", (EVENT,), "gold benchmarked on 2024-03-18"),
            ("fact/listed", "yes", "yes"),
            ("improvements/improvements", "many", "many"),
            ("improvements/improvements", 1, "1"),
            pytest.param("improvements/improvements", True, "true", id="improved"),
            ("improvements/improvements", FrozenMap({"common": 1}), "common 1"),
            ("improvements/improvements", improved(-1), SHOWN.format(-1)),
            ("history/gold benchmarked", "yes", "yes"),
            ("history/gold benchmarked", ("yes",), "yes"),
            ("history/gold benchmarked", (EVENT,), "gold benchmarked on 2024-03-18"),
            (
                "history/gold benchmarked",
                (LabelEvent("gold", "awarded", date(2020, 1, 1), valid_until=ON),),
                "gold awarded on 2020-01-01",
            ),
            (
                "history/gold benchmarked",
                (LabelEvent("gold", "benchmarked", date(2020, 1, 1)),) * 2,
                "gold benchmarked on 2020-01-01, gold benchmarked on 2020-01-01",
            ),
        ],
    )
    def test_impossible_answer(self, key: str, answer: Given, shown: str) -> None:
        """
        The answer of a class must fit its kind, and a history must be in the past.
        """
        asked = LISTED, Improvements(1), Earlier("gold", "benchmarked")
        old, new = (ruleset(each, Floor(["firms"], REASONABLE), *asked) for each in "12")
        proofs = [Proof(f"criterion-{n}", [f"criterion-{n}"], []) for n in range(4)]
        made = claim(*proofs, questions=(CertifiedQuestion(key, (0, 1), [answer]),))

        assert check_certificate(made, old, new) == (f"{key} cannot be answered with {shown}",)

    def test_not_applicable_is_a_class_if_both_allow_it(self) -> None:
        """
        Only answers that both catalogues allow are compared.
        """
        kind = Choice([Option("yes", WORDS), Option("no", WORDS)])
        both = [catalogue(asked_in_services(kind, aside=aside)) for aside in (True, False)]
        asked = AnswerMeets("indicator", "plan", OneOf(["yes"]))
        old, new = (ruleset(each, asked, asked=both[0]) for each in "12")
        never = ruleset("2", asked, asked=both[1])
        key, aside = "indicator/plan", NotApplicable("no plan")

        def made(*answers: str | NotApplicable) -> Certificate:
            question = CertifiedQuestion(key, (0, 1), answers)
            return claim(Proof("criterion-0", ["criterion-0"], []), questions=(question,))

        assert check_certificate(made("yes", "no", aside), old, new) == ()
        assert check_certificate(made("yes", "no"), old, new) == (
            f"{key} has no class for the answer not applicable (does not apply)",
        )
        assert check_certificate(made("yes", "no"), old, never) == ()
        assert check_certificate(made("yes", "no", aside), old, never) == (
            f"{key} cannot be answered with not applicable (no plan)",
        )

    def test_questions_without_a_common_answer_are_two(self) -> None:
        """
        The new catalogue counts firms in another unit. With a lab an organisation attains
        one reasonable grade; to miss two is to miss that of firms and that of labs.
        """
        old = ruleset("1", Floor(["labs"], REASONABLE))
        new = ruleset("2", CountGraded(1, REASONABLE), asked=catalogue(unit="people"))
        firms = CertifiedQuestion("indicator/firms/1", (1,), (0, 1, 2))
        missed = {"indicator/firms/1": (1, 0, 0), "indicator/labs": (1, 0, 0)}
        case = Case({"indicator/labs": (1, 2)}, [Need(missed, 2)], [[(1,)], [(1,)]])
        made = claim(Proof("criterion-0", ["criterion-0"], [case]), questions=(firms, LABS))

        assert check_certificate(made, old, new) == ()
        assert check_certificate(evolve(made, questions=(FIRMS, LABS)), old, new) == (
            "indicator/firms is not asked in this way",
        )
