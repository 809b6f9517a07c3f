"""docs/semantics.md, as laws over all kinds of rulesets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from strategies import SIMPLE, answered_with, answers_to, judged

import ecei_rules as er
from ecei_rules.evaluation.deciding import deciding
from ecei_rules.evaluation.grounds import HistoryHeld
from ecei_rules.rulesets.criteria import Criterion, Earlier

if TYPE_CHECKING:
    from ecei_rules import Interview, Ruleset

SETTLED_LABELS = (er.LabelOutcome.AWARDED, er.LabelOutcome.NOT_AWARDED)
SETTLED = (er.Outcome.MET, er.Outcome.NOT_MET, er.Outcome.NOT_APPLICABLE)


def subset(data: st.DataObject, interview: Interview) -> Interview:
    """Return the interview without some of its answers."""
    given_names = sorted({*interview.answers, *interview.facts})
    kept = data.draw(st.sets(st.sampled_from(given_names)) if given_names else st.just(set()))
    return answered_with(interview, kept)


@given(judged(), st.data())
def test_further_answer_never_overturns_a_settled_outcome(
    case: tuple[Interview, Ruleset], data: st.DataObject
) -> None:
    """
    docs/semantics.md, 2.13: an outcome that is settled while answers are missing stays so.
    """
    more, ruleset = case
    fewer = subset(data, more)

    before, after = er.assess(fewer, ruleset), er.assess(more, ruleset)

    if before.outcome in SETTLED_LABELS:
        assert after.outcome is before.outcome
    for old, new in zip(before.all_findings, after.all_findings, strict=True):
        assert old.outcome is er.Outcome.UNDETERMINED or new.outcome is old.outcome
    for early, late in zip(before.dimensions, after.dimensions, strict=True):
        open_before = early.outcome is er.DimensionOutcome.UNDETERMINED
        assert open_before or late.outcome is early.outcome


@given(judged(), st.data())
def test_further_answer_only_narrows_a_score(
    case: tuple[Interview, Ruleset], data: st.DataObject
) -> None:
    """
    docs/semantics.md, 2.8: a score is an interval, each answer narrows it, and all of them
    close it.
    """
    more, ruleset = case
    fewer = subset(data, more)

    wide, narrow = er.assess(fewer, ruleset).score, er.assess(more, ruleset).score

    assert 0 <= wide.low <= narrow.low <= narrow.high <= wide.high <= wide.maximum
    assert wide.maximum == narrow.maximum
    if set(ruleset.grading) <= set(more.answers):
        assert narrow.low == narrow.high


@given(judged())
def test_total_score_is_the_sum_of_its_parts(case: tuple[Interview, Ruleset]) -> None:
    """
    Every point is earned by one indicator in one dimension.
    """
    assessment = er.assess(*case)

    for part in ("low", "high", "maximum"):
        dimensions = [getattr(each.score, part) for each in assessment.dimensions]
        indicators = [
            getattr(one.score, part) for each in assessment.dimensions for one in each.indicators
        ]
        assert getattr(assessment.score, part) == sum(dimensions) == sum(indicators)


@given(judged())
def test_percentages_are_rounded_down(case: tuple[Interview, Ruleset]) -> None:
    """
    docs/semantics.md, 1.4: the shown percentage never reaches a bound that the points do
    not reach.
    """
    score = er.assess(*case).score

    low, high = score.percent

    assert 0 <= low * score.maximum <= 100 * score.low
    assert high * score.maximum <= 100 * score.high
    assert score.maximum == 0 or 100 * score.low < (low + 1) * score.maximum


@given(judged(), st.data())
def test_better_grade_never_makes_an_outcome_worse(
    case: tuple[Interview, Ruleset], data: st.DataObject
) -> None:
    """
    An answer that attains a better grade lowers no score and fails no criterion on grades.
    """
    interview, ruleset = case
    if not ruleset.grading:
        return
    name = data.draw(st.sampled_from(sorted(ruleset.grading)))
    answers = answers_to(ruleset.catalogue.asked[name].answer)
    one, other = (
        er.assess(evolve(interview, answers={**interview.answers, name: each}), ruleset)
        for each in (data.draw(answers), data.draw(answers))
    )

    def earned(assessment: er.Assessment) -> int:
        graded = (each for d in assessment.dimensions for each in d.indicators)
        return next(each.score.low for each in graded if each.indicator == name)

    worse, better = sorted((one, other), key=earned)

    assert worse.score.low <= better.score.low
    for low, high in zip(worse.all_findings, better.all_findings, strict=True):
        if low.grounds.__class__.__name__ in ("GradesHeld", "ScoreHeld"):
            assert not (low.outcome is er.Outcome.MET and high.outcome is er.Outcome.NOT_MET)


@given(judged())
def test_deciding_answers_alone_decide(case: tuple[Interview, Ruleset]) -> None:
    """
    docs/semantics.md, 4.5: other answers than the deciding ones cannot change the outcome.
    """
    interview, ruleset = case
    assessment = er.assess(interview, ruleset)

    for criterion, finding in zip(
        sorted(ruleset.criteria, key=lambda each: each.id),
        sorted(assessment.all_findings, key=lambda each: each.criterion),
        strict=True,
    ):
        if finding.outcome in SETTLED:
            alone = answered_with(interview, set(deciding(finding.grounds)))
            assert er.evaluate(criterion, alone, ruleset).outcome is finding.outcome


@given(judged())
def test_deciding_answers_alone_decide_the_label(
    case: tuple[Interview, Ruleset],
) -> None:
    """
    The label has the same outcome with the answers of its decisive findings alone.
    """
    interview, ruleset = case
    assessment = er.assess(interview, ruleset)
    named = {name for each in assessment.decisive for name in deciding(each.grounds)}

    if assessment.outcome in SETTLED_LABELS:
        alone = er.assess(answered_with(interview, named), ruleset)
        assert alone.outcome is assessment.outcome


@given(judged())
def test_every_outcome_can_be_explained(case: tuple[Interview, Ruleset]) -> None:
    """
    `explain` words every outcome and its basis.
    """
    assessment = er.assess(*case)

    text = er.explain(assessment)

    assert f"{assessment.ruleset.label}@{assessment.ruleset.version}" in text
    assert assessment.basis.value in text
    for finding in assessment.decisive:
        assert finding.criterion in text


@given(judged())
def test_basis_is_never_stronger_than_its_criterion(
    case: tuple[Interview, Ruleset],
) -> None:
    """
    docs/semantics.md, 4.5: the basis of a finding is the weakest provenance that decided
    it.
    """
    order = list(er.Basis)
    assessment = er.assess(*case)
    stated = {each.id: each.provenance.status for each in case[1].criteria}

    for finding in assessment.all_findings:
        assert order.index(finding.basis) >= order.index(stated[finding.criterion])


@given(judged())
def test_only_an_award_has_days(case: tuple[Interview, Ruleset]) -> None:
    """
    docs/semantics.md, 6.2: for every award the first, the last and the last renewable day
    are in this order.
    """
    assessment = er.assess(*case)
    held = assessment.validity

    assert (held is not None) is (assessment.outcome is er.LabelOutcome.AWARDED)
    if held is not None:
        assert held.first <= held.until
        assert held.renewable_until is None or held.until <= held.renewable_until


@given(judged())
def test_inapplicable_indicator_stays_in_the_maximum(case: tuple[Interview, Ruleset]) -> None:
    """
    docs/semantics.md, 3.3: an indicator that does not apply still counts for the maximum.
    """
    interview, ruleset = case
    bare = answered_with(interview, set())

    assert er.assess(interview, ruleset).score.maximum == er.assess(bare, ruleset).score.maximum


@given(judged(), SIMPLE["history"])
def test_history_criterion_needs_events_of_the_required_age(
    case: tuple[Interview, Ruleset], asked: Earlier
) -> None:
    """
    docs/semantics.md, 2.12, pair by pair and with another library's months.
    """
    interview, ruleset = case
    on, repeated = interview.conducted.on, asked.repeated
    least, most = asked.at_least_months, asked.at_most_months
    recent, since = asked.later_at_most_months, asked.since_award_of
    awards = [
        each.on
        for each in interview.history
        if (each.label, each.event) == (since, "awarded") and each.on < on
    ]
    days = {
        each.on
        for each in interview.history
        if (each.label, each.event) == (asked.label, asked.event) and each.on < on
    }
    pairs = {(one, other) for one in days for other in (days if repeated else {on}) if one < other}
    fitting = {
        pair
        for pair in pairs
        if (least is None or pair[0] + relativedelta(months=least) <= pair[1])
        and (most is None or pair[1] <= pair[0] + relativedelta(months=most))
        and (recent is None or on <= pair[1] + relativedelta(months=recent))
        and all(award < pair[repeated] for award in awards)
    }

    found = er.evaluate(Criterion("asked", "required", asked), interview, ruleset)

    assert (found.outcome is er.Outcome.MET) is bool(fitting)
    assert isinstance(found.grounds, HistoryHeld)
    shown = {*found.grounds.days, *found.grounds.other_days}
    assert shown == days
    assert found.grounds.last_award == max(awards, default=None)
    assert set(found.grounds.days) == {day for pair in fitting for day in pair if day != on}


@given(judged())
def test_recommendations_are_ordered_by_decision_then_gain_then_catalogue(
    case: tuple[Interview, Ruleset],
) -> None:
    """
    docs/semantics.md, 4.9: the decisive ones first, then by gain, then as in the catalogue,
    facts last.
    """
    catalogue = case[1].catalogue
    order = [("indicator", name) for name in catalogue.asked]
    order += [("fact", name) for name in catalogue.facts_asked]
    recommended = er.assess(*case).recommendations

    keys = [
        (not each.decisive, -each.gain, order.index((each.subject, each.id)))
        for each in recommended
    ]

    assert keys == sorted(keys)
