"""Questions about a ruleset that are beyond the method (ECEI366)."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from attrs import evolve
from reviewed_rulesets import GRADING, HIGH, LOW, WORDS, at_least, irrelevant, reported_in, ruleset

from ecei_rules.analysis.checks.gaps import MAX_POINTS
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.interviews.catalogue import (
    Choices,
    Count,
    Indicator,
    Option,
)
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    Criterion,
    EveryRequirement,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset

if TYPE_CHECKING:
    from ecei_rules.rulesets.conditions import Condition


def entangled(kind: Choices) -> Condition:
    """Require two of each three of 39 options, but fewer in all."""
    chosen = [Includes([option.id]) for option in kind.options]
    threes = [chosen[at : at + 3] for at in range(0, 39, 3)]
    pairs = [AnyOf(pair) for three in threes for pair in combinations(three, 2)]
    return AllOf([*pairs, Threshold("types", "at_most", Decimal(25))])


class TestNotDecided:
    """ECEI366: undecided questions are reported, and the rest is reviewed."""

    def test_undecided_classes_leave_the_bounds_of_others(self) -> None:
        """
        Grades and criteria are not decided; a bound on another answer is.
        """
        many = [Option(f"option-{each}", WORDS) for each in range(39)]
        plain = ruleset(AnswerMeets("fact", "offices", at_least("2.5")))
        asked = [
            evolve(each, answer=Choices(many)) if each.id == "types" else each
            for each in plain.catalogue.indicators
        ]
        grades = [Grade(HIGH, 1, when=entangled(Choices(many))), Grade(LOW, 0)]
        found = evolve(
            plain,
            catalogue=evolve(plain.catalogue, indicators=asked),
            grading={"types": Grading(1, grades)},
        )

        assert [(each.code, each.where, each.message) for each in review_ruleset(found)] == [
            (
                "ECEI365",
                "/criteria/0/when/at_least",
                "no answer can be 2.5: the nearest are 2 and 3",
            ),
            (
                "ECEI366",
                "/grading/types",
                'whether every grade of "types" can be attained was not decided',
            ),
            (
                "ECEI366",
                "",
                (
                    "whether the criteria have an effect was not decided:"
                    " telling apart the answers over 39 options is beyond the method"
                ),
            ),
        ]

    def test_undecided_criteria_are_reported_one_by_one(self) -> None:
        """
        Thirteen pairs of alternatives make 8,192 boxes, and without one of them 4,096,
        where 4,000 are allowed. A question that no criterion looks at is decided.
        """
        found = paired(13)
        beyond = "was not decided: a combination of so many alternatives is beyond the method"

        assert [(each.code, each.where, each.message) for each in review_ruleset(found)] == [
            ("ECEI366", "", f"whether the label can be attained {beyond}"),
            ("ECEI366", "", f'whether the dimension "structure" can be passed {beyond}'),
            ("ECEI366", "/criteria/1", f'whether the criterion "b" is implied {beyond}'),
            *(
                ("ECEI366", "/catalogue", f'whether "{each.id}" matters {beyond}')
                for each in found.catalogue.indicators
            ),
            ("ECEI364", "/catalogue", 'no answer to "offices" changes the outcome of a criterion'),
        ]

    def test_one_decided_criterion_is_enough(self) -> None:
        """
        An answer that decides a simple criterion matters, whatever the entangled one does.
        """
        pairs = paired(13)
        simple = AnswerMeets("indicator", "indicator-0", at_least("5"))
        found = evolve(pairs, criteria=[*pairs.criteria, Criterion("c", "advisory", simple)])

        reported = [each.message for each in review_ruleset(found)]

        assert not any('"indicator-0"' in each for each in reported)
        assert any('whether "indicator-1" matters was not decided' in each for each in reported)

    def test_shared_parts_are_not_multiplied(self) -> None:
        """
        The six of seven pairs without the answer hold, and their negation is not needed.
        """
        assert [each.code for each in review_ruleset(paired(7))] == ["ECEI364"]
        assert irrelevant(paired(7)) == ["offices"]

    def test_too_many_points_are_reported_as_undecided(self) -> None:
        """
        The bound of the score is not decided, and everything else is.
        """
        grading = {**GRADING, "members": evolve(GRADING["members"], weight=MAX_POINTS)}
        found = ruleset(ScoreReaches(Decimal(6), "points"), grading=grading)

        assert reported_in(found, "ECEI361", "ECEI363", "ECEI365", "ECEI366") == [
            (
                "ECEI366 /criteria/0/at_least_points: whether a sum of points is at the bound was"
                " not decided: looking for sums of up to 5000006 points is beyond the method"
            )
        ]


def paired(pairs: int) -> Ruleset:
    """Return a ruleset that requires one of two answers, so many times, and being listed."""
    plain = ruleset(Complete())
    names = [f"indicator-{each}" for each in range(2 * pairs)]
    asked = [
        Indicator(each, "structure", WORDS, WORDS, Count(), provenance=Attestation("attested"))
        for each in names
    ]
    met = [AnswerMeets("indicator", each, at_least("5")) for each in names]
    either = [SomeRequirement(met[each : each + 2]) for each in range(0, 2 * pairs, 2)]
    return evolve(
        plain,
        catalogue=evolve(plain.catalogue, indicators=asked),
        grading={},
        criteria=[
            Criterion("a", "required", EveryRequirement(either), dimension="structure"),
            Criterion("b", "required", AnswerMeets("fact", "listed", OneOf([True]))),
        ],
    )
