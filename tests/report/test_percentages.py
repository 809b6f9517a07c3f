"""docs/semantics.md, 1.5: percentages in texts and on pages."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from harbour_json import ANSWERS, assessed, ruleset, threshold
from hypothesis import given
from hypothesis import strategies as st
from tiny_rulesets import at_least, catalogue, grades, indicator, interview, meets, options
from tiny_rulesets import ruleset as tiny_ruleset

import ecei_rules as er
from ecei_rules.evaluation.grounds import Score
from ecei_rules.interviews.catalogue import Breakdown, Count
from ecei_rules.report.pages.individual import report_markdown
from ecei_rules.report.pages.individual_content import individual_report
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.report.pages.phrases import evidence_text
from ecei_rules.report.text.percentages import rounded_percentage
from ecei_rules.report.text.wording import points
from ecei_rules.rulesets.conditions import AllOf, Threshold
from ecei_rules.rulesets.criteria import Criterion, ScoreReaches
from ecei_rules.rulesets.wording import ENGLISH

if TYPE_CHECKING:
    from ecei_rules.report.pages.individual_content import IndividualReport
    from ecei_rules.report.text.percentages import Bound
    from ecei_rules.rulesets.conditions import Comparator, Condition

COMPARED: dict[Comparator, Any] = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}
LOWER: tuple[Comparator, ...] = ("at_least", "more_than")
UPPER: tuple[Comparator, ...] = ("at_most", "less_than")
TELLING = [Decimal(each) for each in ("0", "33.333", "50", "59.9", "59.96", "60", "66.65", "100")]


def _near(bound: Decimal, off: int) -> Fraction:
    return min(max(Fraction(bound) + Fraction(off, 7 * 10**6), Fraction()), Fraction(100))


#: Shares of small numbers, and shares that are on a bound or next to it.
SHARES = st.one_of(
    st.integers(1, 300).flatmap(
        lambda whole: st.integers(0, whole).map(lambda part: Fraction(100 * part, whole))
    ),
    st.builds(_near, st.sampled_from(TELLING), st.integers(-2, 2)),
)
BOUNDS = st.one_of(
    st.sampled_from(TELLING), st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
)


def _beside(*comparisons: Comparator) -> st.SearchStrategy[list[Bound]]:
    return st.lists(st.tuples(st.sampled_from(comparisons), BOUNDS), max_size=3)


def _allowed(exact: Fraction, shown: Fraction, unit: Fraction, bounds: list[Bound]) -> bool:
    """Whether a number of units is the exact one in the direction of the bounds beside it."""
    comparisons = {comparison for comparison, _ in bounds}
    if comparisons and comparisons <= set(LOWER):
        return 0 <= exact - shown < unit
    if comparisons and comparisons <= set(UPPER):
        return 0 <= shown - exact < unit
    return -unit < 2 * (exact - shown) <= unit if exact < shown else 2 * (exact - shown) < unit


def _keeps(exact: Fraction, shown: Fraction, bounds: list[Bound]) -> bool:
    """Whether both numbers satisfy the same bounds."""
    return all(
        COMPARED[c](shown, Fraction(b)) == COMPARED[c](exact, Fraction(b)) for c, b in bounds
    )


@given(SHARES, st.one_of(_beside(*LOWER), _beside(*UPPER), _beside(*LOWER, *UPPER)))
def test_rounded_in_the_direction_of_the_bounds_and_across_none(
    exact: Fraction, bounds: list[Bound]
) -> None:
    """
    "The rounded number satisfies each of these bounds if and only if the exact percentage does.

    Where it would not with one decimal, it has as many decimals as that takes."
    """
    rounded = rounded_percentage(exact, bounds)

    shown, decimals = Fraction(rounded), -int(rounded.as_tuple().exponent)
    unit = Fraction(1, 10**decimals)
    assert _keeps(exact, shown, bounds)
    assert _allowed(exact, shown, unit, bounds)
    assert decimals >= 1
    for fewer in range(1, decimals):
        below = Fraction(exact * 10**fewer // 1, 10**fewer)
        unit = Fraction(1, 10**fewer)
        shorter = [each for each in (below, below + unit) if _allowed(exact, each, unit, bounds)]
        assert shorter
        assert not any(_keeps(exact, each, bounds) for each in shorter)


@given(SHARES, BOUNDS)
def test_the_direction_does_not_depend_on_the_strictness(exact: Fraction, bound: Decimal) -> None:
    """
    A share that is not on the bound looks the same beside *at least* and *more than*, and
    beside *at most* and *less than*, as far as the first of its decimals.
    """
    for one, other in (LOWER, UPPER):
        first, second = (rounded_percentage(exact, [(each, bound)]) for each in (one, other))
        assert abs(first - second) < Decimal("0.1")


@pytest.mark.parametrize(
    ("exact", "comparison", "bound", "shown"),
    [
        (Fraction(200, 3), "at_least", "60", "66.6"),
        (Fraction(200, 3), "at_least", "66.7", "66.6"),
        (Fraction(200, 3), "at_least", "66.66", "66.66"),
        (Fraction(200, 3), "at_least", "66.65", "66.66"),
        (Fraction(200, 3), "at_most", "70", "66.7"),
        (Fraction(200, 3), "at_most", "66.6", "66.7"),
        (Fraction(200, 3), "at_most", "66.68", "66.67"),
        (Fraction(100, 3), "more_than", "33.3", "33.33"),
        (Fraction(100, 3), "less_than", "33.4", "33.34"),
        (Fraction("59.96"), "at_least", "60", "59.9"),
        (Fraction("59.96"), "at_most", "60", "60.0"),
        (Fraction("59.96"), "less_than", "60", "59.96"),
        (Fraction("59.96"), "more_than", "60", "59.9"),
        (Fraction(60), "at_least", "60", "60.0"),
        (Fraction(60), "less_than", "60", "60.0"),
        (Fraction("50.02"), "more_than", "50", "50.02"),
        (Fraction("50.02"), "at_most", "50", "50.1"),
        (Fraction(1, 10**40), "more_than", "0", f"0.{'0' * 39}1"),
        (Fraction(100) - Fraction(1, 3000), "less_than", "100", "99.9997"),
        (Fraction(0), "at_most", "0", "0.0"),
    ],
)
def test_beside_one_bound(exact: Fraction, comparison: Comparator, bound: str, shown: str) -> None:
    """
    Lower bounds round down, upper bounds up, and a number next to the bound has more decimals.
    """
    rounded = rounded_percentage(exact, [(comparison, Decimal(bound))])

    assert format(rounded, "f") == shown


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(200, 3), "66.7"),
        (Fraction(100, 3), "33.3"),
        (Fraction("59.96"), "60.0"),
        (Fraction("0.05"), "0.1"),
        (Fraction("0.15"), "0.2"),
        (Fraction("99.95"), "100.0"),
        (Fraction("0.049"), "0.0"),
    ],
)
def test_beside_no_bound(exact: Fraction, shown: str) -> None:
    """
    "To the nearest, halves up", and so up to 100.
    """
    assert str(rounded_percentage(exact)) == shown


def test_beside_a_lower_and_an_upper_bound() -> None:
    """
    "To the nearest", with the decimals that both bounds need: 59.96 is below 60, and 60.04
    above it.
    """
    between: list[Bound] = [("at_least", Decimal(40)), ("less_than", Decimal(60))]

    assert str(rounded_percentage(Fraction("59.94"), between)) == "59.9"
    assert str(rounded_percentage(Fraction("59.96"), between)) == "59.96"
    assert str(rounded_percentage(Fraction("60.04"), between)) == "60.0"
    assert str(rounded_percentage(Fraction("39.996"), between)) == "39.996"


def test_points_beside_a_required_percentage() -> None:
    """
    2,999 of 5,000 points are 59.98 %: no 60 %. An open score is rounded alike at both ends.
    """
    sixty: list[Bound] = [("at_least", Decimal(60))]

    assert points(Score(2999, 2999, 5000)) == "2999 of 5000 points (60 %)"
    assert points(Score(2999, 2999, 5000), ENGLISH, sixty) == "2999 of 5000 points (59.9 %)"
    assert points(Score(1999, 2999, 5000)) == "1999 to 2999 of 5000 points (40 % to 60 %)"
    assert points(Score(1999, 2999, 5000), ENGLISH, sixty) == (
        "1999 to 2999 of 5000 points (39.9 % to 59.9 %)"
    )


PARTS = catalogue(
    indicator("members", Breakdown(options("a", "b")), title=er.Text({"en": "Members"}))
)


def _share(comparison: Comparator, bound: str, option: str = "a") -> Threshold:
    return Threshold("share_of", comparison, Decimal(bound), options=[option])


def _found(when: Condition, a: int, b: int, language: str = "en") -> str:
    """Word the finding on a breakdown of two parts."""
    held = interview(PARTS, members=er.FrozenMap({"a": a, "b": b}))
    (finding,) = er.assess(held, tiny_ruleset(PARTS, meets("members", when))).findings
    return evidence_text(finding.grounds, PARTS, words_in(language))


class TestFindings:
    """A share in a finding is rounded as beside the bounds of its requirement."""

    @pytest.mark.parametrize(
        ("when", "a", "text"),
        [
            (
                _share("more_than", "50"),
                5002,
                'Members: 5,002 of 10,000 (50.02%) (required: "a text" more than 50%)',
            ),
            (
                _share("at_most", "66.6"),
                6661,
                'Members: 6,661 of 10,000 (66.7%) (required: "a text" at most 66.6%)',
            ),
            (
                AllOf([_share("at_least", "40"), _share("less_than", "60")]),
                5996,
                (
                    'Members: 5,996 of 10,000 (59.96%) (required: "a text" at least 40%);'
                    ' Members: 5,996 of 10,000 (59.96%) (required: "a text" less than 60%)'
                ),
            ),
            (
                AllOf([_share("at_least", "40"), _share("at_most", "60", "b")]),
                5996,
                (
                    'Members: 5,996 of 10,000 (59.9%) (required: "a text" at least 40%);'
                    ' Members: 4,004 of 10,000 (40.1%) (required: "a text" at most 60%)'
                ),
            ),
        ],
    )
    def test_whole_text(self, when: Condition, a: int, text: str) -> None:
        """
        Two bounds on the same options give the same number; those on other options do not count.
        """
        assert _found(when, a, 10000 - a) == text

    @pytest.mark.parametrize(
        ("language", "shown"),
        [
            ("en", "2 of 3 (66.6%)"),
            ("de", "2 von 3 (66,6\xa0%)"),
            ("es", "2 de 3 (66,6\xa0%)"),
            ("fr", "2 sur 3 (66,6\xa0%)"),
            ("it", "2 su 3 (66,6%)"),
        ],
    )
    def test_every_language_rounds_alike(self, language: str, shown: str) -> None:
        """
        The number is rounded before it is written as the language does.
        """
        assert shown in _found(_share("at_least", "60"), 2, 1, language)

    def test_in_the_explanation(self) -> None:
        """
        The words of the terminal are rounded by the same rule.
        """
        upper = threshold("share_of", options=["sme"], at_most=50)
        requirement = {"kind": "answer", "indicator": "members", "when": upper}

        text = er.explain(assessed(ruleset(requirement), answers=ANSWERS))

        assert 'Members: 2 of 3 firms (66.7 %) (required: "sme" at most 50 %)' in text


class TestScores:
    """A score looks the same in the list of points as in the finding that requires it."""

    ASKED = catalogue(
        indicator("cranes", Count()),
        indicator("docks", Count(), dimension="services"),
        indicator("piers", Count(), dimension="services"),
    )
    GRADING = MappingProxyType(
        {
            "cranes": grades(at_least(4), at_least(2), weight=1250),
            "docks": grades(at_least(4), at_least(2), weight=2501),
            "piers": grades(at_least(4), at_least(2)),
        }
    )

    def report(self, *required: tuple[str, str | None]) -> IndividualReport:
        """Report on 5,002 of 7,504 points, 66.657… %, under bounds of percentages and scopes."""
        rules = tiny_ruleset(
            self.ASKED,
            grading=self.GRADING,
            criteria=[
                Criterion(
                    f"c{number}",
                    "required",
                    ScoreReaches(Decimal(bound), "percent"),
                    dimension=scope,
                )
                for number, (bound, scope) in enumerate(required)
            ],
        )
        return individual_report(interview(self.ASKED, cranes=1, docks=5, piers=0), rules)

    @pytest.mark.parametrize(
        ("required", "percent"),
        [
            ([], "66.7"),
            ([("60", None)], "66.6"),
            ([("66.7", None)], "66.6"),
            ([("66.65", None)], "66.65"),
            ([("66.7", None), ("66.65", None)], "66.65"),
            ([("60", "services")], "66.7"),
        ],
    )
    def test_the_total(self, required: list[tuple[str, str | None]], percent: str) -> None:
        """
        "Rounded as beside the percentages that the `score` criteria of the same scope
        require": one of a dimension does not round the total.
        """
        text = er.explain(self.report(*required).assessment)

        assert f"Score: 5002 of 7504 points ({percent} %)" in text

    @pytest.mark.parametrize(
        ("required", "percent"), [([], "100%"), ([("100", "services")], "99.9%")]
    )
    def test_a_dimension_on_the_page(
        self, required: list[tuple[str, str | None]], percent: str
    ) -> None:
        """
        In the summary, above its indicators and in the finding: 5,002 of 5,004 points are
        99.960… %, which is not 100 %.
        """
        page = report_markdown(self.report(*required))

        shown = f"5,002 of 5,004 points ({percent})"
        assert f"| {shown} |" in page
        assert f"\n{shown} (" in page
        assert page.count(shown) == page.count("5,002 of 5,004 points") == 2 + len(required)
