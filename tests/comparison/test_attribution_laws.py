"""Laws of comparing two assessments, and brute force."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from attribution_samples import (
    ANSWERS,
    CLUSTER,
    DAY,
    RULES,
    Side,
    by_aspect,
    compared,
)
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import catalogues, days, interviews, rulesets

import ecei_rules as er
from ecei_rules.comparison.impact.attribution import Factor
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.interview import Conducted, Interview
from ecei_rules.report.text.attribution import explain_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import Catalogue


@st.composite
def sides(draw: st.DrawFn) -> tuple[Side, Side]:
    """Draw two interviews of one organisation with their rulesets, partly the same."""
    catalogue = draw(catalogues())
    one = evolve(draw(interviews(catalogue)), cluster=CLUSTER)
    rules = evolve(draw(rulesets(catalogue)), in_force=Period(date(2010, 1, 1), date(2015, 1, 1)))
    later = catalogue
    if draw(st.booleans()):
        later = evolve(draw(catalogues()), version="2024-02")
    other = evolve(draw(interviews(later)), cluster=CLUSTER)
    if later is catalogue:
        alike = draw(st.sets(st.sampled_from(("answers", "history", "improvements", "day"))))
        if "answers" in alike:
            other = evolve(other, answers=one.answers, facts=one.facts)
        if "history" in alike:
            other = evolve(other, history=one.history)
        if "improvements" in alike:
            other = evolve(other, improvements=one.improvements)
        if "day" in alike:
            other = evolve(other, conducted=evolve(other.conducted, on=one.conducted.on))
    new_rules = evolve(draw(rulesets(later)), in_force=Period(date(2015, 1, 2)), version="2024-02")
    if later is catalogue and draw(st.booleans()):
        new_rules = rules
    return (one, rules), (other, new_rules)


def conducted_with(catalogue: Catalogue, conducted: Conducted) -> Conducted:
    """Return how an interview was conducted, with the experts whose roles a catalogue has."""
    if conducted.experts is None:
        return conducted
    roles = {role.id for role in catalogue.roles}
    return evolve(conducted, experts=[each for each in conducted.experts if each.role in roles])


def mixed(before: Side, after: Side, gone: Iterable[Factor]) -> Assessment:
    """Assess a mixture with some factors of the later side, each answer checked on its own."""
    source = (before, after)[ANSWERS in gone][0]
    on = (before, after)[DAY in gone][0].conducted.on
    ruleset = (before, after)[RULES in gone][1]
    conducted = evolve(source.conducted, on=on)
    bare = Interview(
        ruleset.catalogue,
        CLUSTER,
        conducted_with(ruleset.catalogue, conducted),
        {},
        history=source.history,
    )

    def fits(**given: Any) -> bool:
        return not er.check_interview(evolve(bare, **given))

    def same(name: str, answer: Answer) -> bool:
        kinds = ({**c.asked, **c.facts_asked}[name].answer for c in catalogues)
        units = {getattr(kind, "unit", None) for kind in kinds}
        # "not applicable" has no unit
        return len(units) == 1 or isinstance(answer, NotApplicable)

    catalogues = source.catalogue, ruleset.catalogue

    return er.assess(
        evolve(
            bare,
            answers={
                n: a for n, a in source.answers.items() if fits(answers={n: a}) and same(n, a)
            },
            facts={n: a for n, a in source.facts.items() if fits(facts={n: a}) and same(n, a)},
            improvements=[each for each in source.improvements if fits(improvements=[each])],
        ),
        ruleset,
    )


def outcomes(assessment: Assessment) -> dict[tuple[str, str], object]:
    """Return all results of an assessment that are compared."""
    period = assessment.validity
    graded = [each for one in assessment.dimensions for each in one.indicators]
    return {
        ("label", ""): assessment.outcome,
        ("validity", ""): period and (period.first, period.until, period.renewable_until),
        ("score", ""): assessment.score,
        **{("dimension", each.id): each.outcome for each in assessment.dimensions},
        **{("criterion", each.criterion): each.outcome for each in assessment.all_findings},
        **{("grade", each.indicator): (each.grade, each.answer is None) for each in graded},
    }


SETS = [each for size in (1, 2, 3) for each in combinations(Factor, size)]


def brute(before: Side, after: Side) -> dict[tuple[str, str], list[tuple[Factor, ...]]]:
    """Return, for each result that differs, the sets of factors that give the later one."""
    old, new = outcomes(er.assess(*before)), outcomes(er.assess(*after))
    tried = {factors: outcomes(mixed(before, after, factors)) for factors in SETS}
    enough = {}
    for aspect in {**old, **new}:
        if aspect not in old or aspect not in new:
            enough[aspect] = [f for f in SETS if (aspect in tried[f]) is (aspect in new)]
        elif old[aspect] != new[aspect]:
            enough[aspect] = [f for f in SETS if tried[f].get(aspect) == new[aspect]]
    return enough


def minimal(enough: list[tuple[Factor, ...]]) -> list[tuple[Factor, ...]]:
    """Return the sets that include no other one."""
    return [each for each in enough if not any(set(one) < set(each) for one in enough)]


class TestLaws:
    """Laws about any rulesets and interviews."""

    @pytest.mark.oracle
    @given(sides())
    def test_with_interviews_it_agrees_with_brute_force(self, pair: tuple[Side, Side]) -> None:
        """
        Every result that differs is listed, with exactly the minimal sets of factors that
        give the later result when the real interviews are assessed.
        """
        differences, truth = by_aspect(compared(*pair, known=True)), brute(*pair)

        assert {aspect: list(each.due_to) for aspect, each in differences.items()} == {
            aspect: minimal(enough) for aspect, enough in truth.items()
        }
        assert all(not each.not_known for each in differences.values())

    @given(sides())
    def test_without_interviews_nothing_wrong_is_reported(self, pair: tuple[Side, Side]) -> None:
        """
        Every reported set is really enough, and every minimal set is either reported or
        reported as not known.
        """
        differences, truth = by_aspect(compared(*pair, known=False)), brute(*pair)

        assert differences.keys() == truth.keys()
        for aspect, difference in differences.items():
            assert difference.due_to
            assert set(difference.due_to) <= set(truth[aspect])
            assert set(minimal(truth[aspect])) <= {*difference.due_to, *difference.not_known}

    @given(pair=sides(), known=st.booleans())
    def test_comparison_with_itself_is_empty(self, pair: tuple[Side, Side], *, known: bool) -> None:
        """
        An assessment does not differ from itself.
        """
        comparison = compared(pair[0], pair[0], known=known)

        assert (
            comparison.changed
            == comparison.differences
            == comparison.answers
            == comparison.events
            == ()
        )
        assert comparison.improvements == comparison.not_held == ()
        assert "Nothing came out differently." in explain_change(comparison)

    @given(pair=sides(), on=days, factor=st.sampled_from(Factor), known=st.booleans())
    def test_only_changed_factor_is_the_cause(
        self, pair: tuple[Side, Side], on: date, factor: Factor, *, known: bool
    ) -> None:
        """
        If only the answers differ, everything is due to the answers; the same holds for the
        rules, and, if the interviews are given, for the day.
        """
        (one, old), (other, new) = pair
        match factor:
            case Factor.ANSWERS if other.catalogue == one.catalogue:
                after = evolve(other, conducted=evolve(other.conducted, on=one.conducted.on)), old
            case Factor.DAY if known:
                after = evolve(one, conducted=evolve(one.conducted, on=on)), old
            case _:
                factor = RULES
                after = one, new if new.catalogue == one.catalogue else old

        comparison = compared((one, old), after, known=known)

        assert set(comparison.changed) <= {factor}
        assert all(each.due_to == ((factor,),) for each in comparison.differences)
        assert all(not each.not_known for each in comparison.differences)

    @given(pair=sides(), known=st.booleans())
    def test_swapped_comparison_is_mirrored(self, pair: tuple[Side, Side], *, known: bool) -> None:
        """
        In the other direction the same results and answers differ, with before and after
        exchanged; the causes can be others.
        """
        before, after = pair

        there, back = compared(before, after, known=known), compared(after, before, known=known)

        assert there.changed == back.changed
        assert {(k, e.before, e.after) for k, e in by_aspect(there).items()} == {
            (k, e.after, e.before) for k, e in by_aspect(back).items()
        }
        for one, other in ((there.answers, back.answers), (there.not_held, back.not_held)):
            assert {(e.id, e.before, e.after) for e in one} == {
                (e.id, e.after, e.before) for e in other
            }
        assert there.events == tuple(evolve(e, counts=not e.counts) for e in back.events)
        assert [(e.indicator, e.confirmed) for e in there.improvements] == [
            (e.indicator, not e.confirmed) for e in back.improvements
        ]

    @given(pair=sides(), known=st.booleans())
    def test_every_difference_is_in_the_text(self, pair: tuple[Side, Side], *, known: bool) -> None:
        """
        The text names every difference, on lines of at most 100 columns.
        """
        comparison = compared(*pair, known=known)

        text = explain_change(comparison)

        assert max(map(len, text.splitlines())) <= 100
        for each in comparison.differences:
            assert each.id in text
        assert text.count("  - ") >= 2 + len(comparison.differences) + len(comparison.answers)
