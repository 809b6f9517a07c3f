"""Why two assessments of one organisation came out differently."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import catalogues, days, interviews, rulesets

import ecei_rules as er
from ecei_rules.comparison.impact.answer_changes import ChangedEvent
from ecei_rules.comparison.impact.attribution import Difference, Factor, compare_assessments
from ecei_rules.comparison.impact.counterfactuals import Days, NoGrade
from ecei_rules.comparison.impact.partial_interview import NotKnown, carried, from_assessment
from ecei_rules.diagnostics.errors import DifferentOrganisations, DigestMismatch
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Count,
    Dimension,
    Fact,
    Indicator,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import Conducted, Improvement, Interview
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.report.text.attribution import explain_change
from ecei_rules.rulesets.conditions import OneOf, Threshold
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
from ecei_rules.rulesets.editions import Edition
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.comparison.impact.attribution import AssessmentComparison
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.rulesets.criteria import Requirement

ANSWERS, RULES, DAY = Factor.ANSWERS, Factor.RULES, Factor.DAY
CLUSTER = Cluster("Example Cluster", "IT")
Side = tuple[Interview, Ruleset]


@st.composite
def sides(draw: st.DrawFn) -> tuple[Side, Side]:
    """Two interviews of one organisation with their rulesets, which share more or less."""
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


def place(*rules: Ruleset) -> Edition:
    """The edition of some rulesets, each of them once."""
    judged = dict.fromkeys(each.catalogue for each in rules)
    return Edition(judged, rulesets=dict.fromkeys(rules))


def compared(before: Side, after: Side, *, known: bool) -> AssessmentComparison:
    """The comparison, with the interviews at hand or without."""
    return compare_assessments(
        er.assess(*before),
        er.assess(*after),
        edition=place(before[1], after[1]),
        interviews=(before[0], after[0]) if known else None,
    )


def mixed(before: Side, after: Side, gone: Iterable[Factor]) -> Assessment:
    """What comes out with some factors gone to after, each answer tried on its own."""
    source = (before, after)[ANSWERS in gone][0]
    on = (before, after)[DAY in gone][0].conducted.on
    ruleset = (before, after)[RULES in gone][1]
    bare = Interview(ruleset.catalogue, CLUSTER, Conducted(on), {}, history=source.history)

    def fits(**given: Any) -> bool:
        return not er.check_interview(evolve(bare, **given))

    def same(name: str, answer: Answer) -> bool:
        held, asked = ({**c.asked, **c.facts_asked}[name].answer for c in catalogues)
        units = {getattr(each, "unit", None) for each in (held, asked)}
        # that nothing applies is said in no unit
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
    """All that is compared, as the assessment says it."""
    held = assessment.validity
    graded = [each for one in assessment.dimensions for each in one.indicators]
    return {
        ("label", ""): assessment.outcome,
        ("validity", ""): held and (held.first, held.until, held.renewable_until),
        ("score", ""): assessment.score,
        **{("dimension", each.id): each.outcome for each in assessment.dimensions},
        **{("criterion", each.criterion): each.outcome for each in assessment.all_findings},
        **{("grade", each.indicator): (each.grade, each.answer is None) for each in graded},
    }


SETS = [each for size in (1, 2, 3) for each in combinations(Factor, size)]


def brute(before: Side, after: Side) -> dict[tuple[str, str], list[tuple[Factor, ...]]]:
    """The sets that give the outcome of after, of all that came out differently."""
    old, new = outcomes(er.assess(*before)), outcomes(er.assess(*after))
    corners = {each: outcomes(mixed(before, after, each)) for each in SETS}
    found = {}
    for thing in {**old, **new}:
        if thing not in old or thing not in new:
            found[thing] = [each for each in SETS if (thing in corners[each]) is (thing in new)]
        elif old[thing] != new[thing]:
            found[thing] = [each for each in SETS if corners[each].get(thing) == new[thing]]
    return found


def least(enough: list[tuple[Factor, ...]]) -> list[tuple[Factor, ...]]:
    """Those that no smaller one is part of."""
    return [each for each in enough if not any(set(one) < set(each) for one in enough)]


def by_thing(found: AssessmentComparison) -> dict[tuple[str, str], Difference]:
    """The differences by what they are of."""
    return {(each.aspect, each.id): each for each in found.differences}


class TestLaws:
    """Over everything that rulesets and interviews can say."""

    @pytest.mark.oracle
    @given(sides())
    def test_with_the_interviews_it_agrees_with_brute_force(self, pair: tuple[Side, Side]) -> None:
        """
        All that came out differently is listed, with exactly the least sets of factors that
        give the outcome of after when the real interviews are assessed.
        """
        found, truth = by_thing(compared(*pair, known=True)), brute(*pair)

        assert {thing: list(each.due_to) for thing, each in found.items()} == {
            thing: least(enough) for thing, enough in truth.items()
        }
        assert all(not each.not_known for each in found.values())

    @given(sides())
    def test_assessments_alone_say_nothing_wrong(self, pair: tuple[Side, Side]) -> None:
        """
        What is said to be enough is enough in truth, and every least set is either said
        or said to be not known.
        """
        found, truth = by_thing(compared(*pair, known=False)), brute(*pair)

        assert found.keys() == truth.keys()
        for thing, each in found.items():
            assert each.due_to
            assert set(each.due_to) <= set(truth[thing])
            assert set(least(truth[thing])) <= {*each.due_to, *each.not_known}

    @given(pair=sides(), known=st.booleans())
    def test_comparing_with_itself_is_silent(self, pair: tuple[Side, Side], *, known: bool) -> None:
        """
        Nothing came out differently from itself, and nothing changed.
        """
        found = compared(pair[0], pair[0], known=known)

        assert found.changed == found.differences == found.answers == found.events == ()
        assert found.improvements == found.not_held == ()
        assert "Nothing came out differently." in explain_change(found)

    @given(pair=sides(), on=days, factor=st.sampled_from(Factor), known=st.booleans())
    def test_what_alone_changed_is_what_it_is_due_to(
        self, pair: tuple[Side, Side], on: date, factor: Factor, *, known: bool
    ) -> None:
        """
        If only the answers are others, everything is due to the answers; so with the rules,
        and, with the interviews at hand, for the day.
        """
        (one, old), (other, new) = pair
        match factor:
            case Factor.ANSWERS if other.catalogue == one.catalogue:
                after = evolve(other, conducted=one.conducted), old
            case Factor.DAY if known:
                after = evolve(one, conducted=Conducted(on)), old
            case _:
                factor = RULES
                after = one, new if new.catalogue == one.catalogue else old

        found = compared((one, old), after, known=known)

        assert set(found.changed) <= {factor}
        assert all(each.due_to == ((factor,),) for each in found.differences)
        assert all(not each.not_known for each in found.differences)

    @given(pair=sides(), known=st.booleans())
    def test_swapped_it_is_mirrored(self, pair: tuple[Side, Side], *, known: bool) -> None:
        """
        The other way round the same things came out differently, and the same was answered
        differently, before and after exchanged; what that is due to is asked anew.
        """
        before, after = pair

        there, back = compared(before, after, known=known), compared(after, before, known=known)

        assert there.changed == back.changed
        assert {(k, e.before, e.after) for k, e in by_thing(there).items()} == {
            (k, e.after, e.before) for k, e in by_thing(back).items()
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
    def test_every_comparison_can_be_said(self, pair: tuple[Side, Side], *, known: bool) -> None:
        """
        Everything that came out differently is said, on lines of at most 100 columns.
        """
        found = compared(*pair, known=known)

        said = explain_change(found)

        assert max(map(len, said.splitlines())) <= 100
        for each in found.differences:
            assert each.id in said
        assert said.count("  - ") >= 2 + len(found.differences) + len(found.answers)


MEMBERS, FOUNDED = "members", "year-founded"
ATTESTED = Attestation("attested", sources=["page"])


def asked(name: str, kind: Any, *, may_not_apply: bool = False) -> Indicator:
    """An indicator of the one dimension there is."""
    title = Text({"en": name.capitalize()})
    return Indicator(
        name,
        "structure",
        title,
        title,
        kind,
        not_applicable=may_not_apply,
        provenance=ATTESTED,
    )


def catalogue(*indicators: Indicator, version: str = "2024-01") -> Catalogue:
    """A catalogue of these indicators and of the staff."""
    return Catalogue(
        "sample",
        version,
        Text({"en": "Sample"}),
        [Dimension("structure", Text({"en": "Structure"}))],
        indicators,
        facts=[Fact("staff", Text({"en": "Staff"}), Number(unit="FTE"))],
    )


ASKED = catalogue(
    asked(MEMBERS, Count()),
    asked(FOUNDED, Year()),
    asked("plan", YesNo(), may_not_apply=True),
    asked("partners", Breakdown([Option(n, Text({"en": n})) for n in ("sme", "research")])),
)


def at_least(bound: int, measure: Any = "value") -> Threshold:
    """A lower bound."""
    return Threshold(measure, "at_least", Decimal(bound))


def graded(when: Any) -> Grading:
    """Good, worth a point, when the condition holds, or else poor."""
    return Grading(1, [Grade("good", 1, when=when), Grade("poor", 0)])


def required(*requirements: Requirement, **more: Any) -> list[Criterion]:
    """Required criteria, called one, two and three."""
    names = ("one", "two", "three")
    return [Criterion(n, "required", r, **more) for n, r in zip(names, requirements, strict=False)]


def rules(
    *requirements: Requirement,
    version: str = "2024-01",
    judges: Catalogue = ASKED,
    grading: Any = (),
    renewal: Renewal | None = None,
    label: Any = "bronze",
    **more: Any,
) -> Ruleset:
    """A ruleset that requires these, and awards for two years to the day."""
    starts = {"2024-01": date(2010, 1, 1), "2024-02": date(2012, 1, 1)}
    return Ruleset(
        label,
        version,
        Text({"en": "Sample"}),
        Period(starts[version]),
        judges,
        ("poor", "good"),
        grading,
        required(*requirements, **more),
        ValidityRules(FirstAward(2, "same_day"), renewal=renewal),
    )


def held(on: date = date(2024, 3, 18), **answers: Any) -> Interview:
    """An interview with these answers; an underscore stands for a hyphen."""
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return Interview(ASKED, CLUSTER, Conducted(on), given)


def told(found: AssessmentComparison, aspect: str, name: str = "") -> tuple[Any, Any]:
    """What one thing is due to, and what is not known of it."""
    each = by_thing(found)[aspect, name]
    return each.due_to, each.not_known


def floor(bound: int) -> AnswerMeets:
    """At least so many members."""
    return AnswerMeets("indicator", MEMBERS, at_least(bound))


class TestDueTo:
    """What one factor does alone, what several do, and what they do only together."""

    def test_only_together(self) -> None:
        """
        20 members are too few for the new rules, and 40 would be enough for both: only
        fewer members and stricter rules together refuse the label.
        """
        before = held(members=40), rules(floor(15))
        after = held(members=20), rules(floor(30), version="2024-02")

        found = compared(before, after, known=False)

        assert found.changed == (ANSWERS, RULES)
        assert told(found, "label") == (((ANSWERS, RULES),), ())
        assert told(found, "validity") == (((ANSWERS, RULES),), ())

    def test_each_alone(self) -> None:
        """
        10 members are too few for the old rules, and 40 for the new: either is enough.
        """
        before = held(members=40), rules(floor(15))
        after = held(members=10), rules(floor(50), version="2024-02")

        found = compared(before, after, known=False)

        assert told(found, "criterion", "one") == (((ANSWERS,), (RULES,)), ())

    def test_time_that_passed_is_the_day(self) -> None:
        """
        Founded in 2020 and asked for at least four years, the day of 2024 does it alone.
        """
        old = rules(AnswerMeets("indicator", FOUNDED, at_least(4, "years_ago")))
        before = held(date(2023, 12, 31), year_founded=2020), old
        after = held(date(2024, 1, 1), year_founded=2020), old

        found = compared(before, after, known=True)

        assert found.changed == (DAY,)
        assert told(found, "label") == (((DAY,),), ())
        assert found.answers == ()

    def test_an_event_that_was_added_is_an_answer(self) -> None:
        """
        A benchmarking counts from the day after it, so a new one does so only with the day.
        """
        old = rules(Earlier("bronze", "benchmarked"))
        event = LabelEvent("bronze", "benchmarked", date(2022, 3, 18))
        before = held(date(2022, 3, 18)), old
        after = evolve(held(date(2024, 3, 18)), history=[event]), old

        found = compared(before, after, known=True)

        assert told(found, "label") == (((ANSWERS, DAY),), ())
        assert found.events == (
            ChangedEvent("bronze", "benchmarked", date(2022, 3, 18), counts=True),
        )

    def test_what_is_only_in_one_of_the_rulesets_is_due_to_the_rules(self) -> None:
        """
        A criterion that was added, and a grade that is no longer given, come from the rules.
        """
        before = held(members=40), rules(floor(15), grading={MEMBERS: graded(at_least(15))})
        after = held(members=5), rules(floor(15), floor(3), version="2024-02")

        found = compared(before, after, known=False)

        assert told(found, "criterion", "two") == (((RULES,),), ())
        assert by_thing(found)["criterion", "two"].before is None
        assert told(found, "grade", MEMBERS) == (((RULES,),), ())
        assert by_thing(found)["grade", MEMBERS].after is None

    def test_another_label_is_another_ruleset(self) -> None:
        """
        Silver asks for more than bronze, and that is due to the rules.
        """
        interview = held(members=20)
        silver = rules(floor(30), label="silver")

        found = compared((interview, rules(floor(15))), (interview, silver), known=False)

        assert found.changed == (RULES,)
        assert told(found, "label") == (((RULES,),), ())

    def test_an_indicator_without_a_grade_says_why(self) -> None:
        """
        No answer, one that does not apply, and a grade are three different things.
        """
        one = rules(grading={"plan": graded(OneOf([True]))})

        first = compared((held(), one), (held(plan=NotApplicable("new")), one), known=False)
        second = compared((held(), one), (held(plan=True), one), known=False)

        assert by_thing(first)["grade", "plan"].before is NoGrade.UNANSWERED
        assert by_thing(first)["grade", "plan"].after is NoGrade.NOT_APPLICABLE
        assert by_thing(second)["grade", "plan"].after == "good"

    def test_another_library_is_none_of_the_three(self) -> None:
        """
        The same interview under the same rules, come out differently, is due to none.
        """
        assessment = er.assess(held(members=20), rules(floor(15)))
        other = evolve(assessment, library="0", outcome=er.LabelOutcome.UNDETERMINED)

        found = compare_assessments(assessment, other, edition=place(rules(floor(15))))

        assert told(found, "label") == ((), ())
        assert "Due neither to the answers nor to the rules nor to the day" in explain_change(found)


BENCHMARKED = LabelEvent("bronze", "benchmarked", date(2022, 3, 18))
RICH = evolve(
    held(members=40, year_founded=2020, plan=True, partners=FrozenMap({"sme": 3})),
    facts={"staff": 2},
    improvements=[Improvement("plan", "better", confirmed=True)],
    history=[BENCHMARKED],
)
POOR = evolve(
    held(members=20, year_founded=2020, plan=True, partners=FrozenMap()), facts={"staff": 0}
)
STAFFED = AnswerMeets("fact", "staff", at_least(1))


class TestNotHeld:
    """What an assessment does not hold is not known, unless it makes no difference."""

    @pytest.mark.parametrize(
        "requirement",
        [
            pytest.param(floor(30), id="answer"),
            pytest.param(STAFFED, id="fact"),
            pytest.param(Improvements(1), id="improvements"),
            pytest.param(Earlier("bronze", "benchmarked"), id="history"),
            pytest.param(Floor([MEMBERS], "good"), id="floor"),
            pytest.param(CountGraded(1, "good"), id="count"),
            pytest.param(ScoreReaches(Decimal(1), "points"), id="score"),
            pytest.param(SomeRequirement([floor(30), Improvements(1)]), id="some"),
            pytest.param(EveryRequirement([Complete(), Improvements(1)]), id="every"),
        ],
    )
    def test_what_the_old_rules_did_not_look_at(self, requirement: Requirement) -> None:
        """
        The new rules look at what the old ones did not, and only the later interview is
        below them: without the interviews it is not known that the rules alone are not
        enough.
        """
        grading = {MEMBERS: graded(at_least(30))}
        before = RICH, rules()
        after = POOR, rules(requirement, version="2024-02", grading=grading)

        alone, together = compared(before, after, known=False), compared(before, after, known=True)

        assert told(alone, "label") == (((ANSWERS, RULES),), ((RULES,),))
        assert told(alone, "validity") == (((ANSWERS, RULES),), ((RULES,),))
        assert told(together, "label") == (((ANSWERS, RULES),), ())

    def test_points_for_an_answer_that_is_not_held(self) -> None:
        """
        Each ruleset gives points for an answer that the other does not look at: how many it
        would have given to the other interview is not known.
        """
        before = RICH, rules(grading={"plan": graded(OneOf([True]))})
        after = POOR, rules(version="2024-02", grading={MEMBERS: graded(at_least(30))})

        alone, together = compared(before, after, known=False), compared(before, after, known=True)

        assert told(alone, "score") == (((ANSWERS, RULES),), ((ANSWERS,), (RULES,)))
        assert told(together, "score") == (((ANSWERS, RULES),), ())

    @pytest.mark.parametrize("scope", [None, "structure"])
    def test_what_is_not_met_decides_and_what_is_open_does_not(self, scope: str | None) -> None:
        """
        Beside a requirement of which nothing is known, one that is not met is enough for a
        refusal; one that is undetermined leaves all of it not known.
        """
        old = rules(SomeRequirement([STAFFED, Improvements(0)]), dimension=scope)
        new = rules(STAFFED, floor(30), version="2024-02", dimension=scope)
        unstaffed, silent = evolve(RICH, facts={"staff": 0}), evolve(RICH, facts={})
        aspects = [("label", "")] if scope is None else [("label", ""), ("dimension", scope)]

        refused = compared((unstaffed, old), (POOR, new), known=False)
        still_open = compared((silent, old), (POOR, new), known=False)

        for aspect in aspects:
            assert told(refused, *aspect) == (((RULES,),), ())
            assert told(still_open, *aspect) == (((ANSWERS, RULES),), ((RULES,),))

    def test_that_all_is_answered_is_held(self) -> None:
        """
        An assessment does not hold every answer, and yet that there is one.
        """
        fewer = evolve(POOR, answers={"members": 20})

        found = compared(
            (RICH, rules()), (fewer, rules(Complete(), version="2024-02")), known=False
        )

        assert told(found, "label") == (((ANSWERS, RULES),), ())

    def test_what_settles_the_matter_is_enough(self) -> None:
        """
        Without staff the new requirement is not met, whatever the number of members was.
        """
        before = (
            evolve(RICH, facts={"staff": 0}),
            rules(SomeRequirement([STAFFED, Improvements(0)])),
        )
        new = rules(EveryRequirement([STAFFED, floor(30)]), version="2024-02")

        found = compared(before, (POOR, new), known=False)

        assert told(found, "label") == (((RULES,),), ())

    @pytest.mark.parametrize(
        ("kind", "not_known"),
        [
            pytest.param(Count(), (), id="as before"),
            pytest.param(Share(), ((RULES,),), id="as a share"),
        ],
    )
    def test_an_answer_that_may_not_fit_the_other_catalogue(
        self, kind: Any, not_known: tuple[tuple[Factor, ...], ...]
    ) -> None:
        """
        The new catalogue asks for the members in another form: whether the answer that is
        not held fits is not known, so nor is whether all would be answered.
        """
        asks = catalogue(asked(MEMBERS, kind), version="2024-02")
        new = rules(Complete(), version="2024-02", judges=asks)
        after = evolve(held(), catalogue=asks), new

        alone = compared((RICH, rules()), after, known=False)
        together = compared((RICH, rules()), after, known=True)

        assert told(alone, "label") == (((ANSWERS, RULES),), not_known)
        assert told(together, "label") == (((ANSWERS, RULES),), ())

    def test_what_happened_since_is_not_held(self) -> None:
        """
        An event of the interview's own day may stand in its history, and would count two
        years later; with the interview it is known that there is none.
        """
        asks = rules(Earlier("bronze", "benchmarked"))
        before = held(date(2022, 3, 18)), asks
        after = evolve(held(date(2024, 3, 18)), history=[BENCHMARKED]), asks

        alone = compared(before, after, known=False)

        assert told(alone, "label") == (((ANSWERS, DAY),), ((DAY,),))

    def test_the_end_of_an_earlier_label(self) -> None:
        """
        An assessment tells when the label before ended as its own day saw it: later it may
        have been another, and earlier it is known if no award lies between, or none at all.
        """
        renewing = Renewal(3, "end_of_month", 1)
        asks = rules(
            SomeRequirement([Earlier("bronze", "awarded"), Improvements(0)]), renewal=renewing
        )
        award = LabelEvent("bronze", "awarded", date(2022, 1, 10), valid_until=date(2024, 1, 31))
        interview = evolve(held(date(2024, 3, 18)), history=[award])

        seen = from_assessment(er.assess(interview, asks), ASKED)
        unseen = from_assessment(er.assess(interview, rules(renewal=renewing)), ASKED)
        first = from_assessment(er.assess(held(), rules(renewal=renewing)), ASKED)
        refused = from_assessment(er.assess(held(), rules(Earlier("gold", "awarded"))), ASKED)

        assert seen.previous_end("bronze", date(2024, 3, 18)) == date(2024, 1, 31)
        assert seen.previous_end("bronze", date(2022, 1, 11)) == date(2024, 1, 31)
        assert seen.previous_end("bronze", date(2022, 1, 10)) is NotKnown.NOT_KNOWN
        assert seen.previous_end("bronze", date(2024, 3, 19)) is NotKnown.NOT_KNOWN
        assert seen.previous_end("silver", date(2024, 3, 18)) is NotKnown.NOT_KNOWN
        assert unseen.previous_end("bronze", date(2022, 1, 11)) is NotKnown.NOT_KNOWN
        assert first.previous_end("bronze", date(2020, 1, 1)) is None
        assert refused.previous_end("gold", date(2024, 3, 18)) is None
        assert refused.previous_end("bronze", date(2024, 3, 18)) is NotKnown.NOT_KNOWN

    def test_the_days_hang_on_it(self) -> None:
        """
        Two years later the same answers earn other days; without renewals that is the day,
        with them it is not known from the assessments what label there was before.
        """
        for renewal, not_known in ((None, ()), (Renewal(3, "end_of_month", 1), ((DAY,),))):
            asks = rules(floor(15), renewal=renewal)
            before = held(date(2022, 3, 18), members=40), asks
            after = held(date(2024, 3, 18), members=40), asks

            found = compared(before, after, known=False)

            assert found.changed == (ANSWERS, DAY)
            assert told(found, "validity")[1] == not_known
            assert by_thing(found)["validity", ""].before == Days(
                date(2022, 3, 18), date(2024, 3, 18), date(2025, 3, 31) if renewal else None
            )


class TestChanges:
    """Different answers."""

    def test_what_means_the_same_is_no_change(self) -> None:
        """
        An option counted 0 and one left out, or another reason, are the same answer.
        """
        one = rules()
        before = held(partners=FrozenMap({"sme": 2, "research": 0}), plan=NotApplicable("new"))
        after = held(partners=FrozenMap({"sme": 2}), plan=NotApplicable("too new"))

        assert compared((before, one), (after, one), known=True).answers == ()

    def test_what_changed_is_named(self) -> None:
        """
        Answers, facts, events and improvements, as the interviews have them.
        """
        award = LabelEvent("bronze", "awarded", date(2022, 1, 10), valid_until=date(2024, 1, 31))
        after = evolve(POOR, history=[award]), rules()

        found = compared((RICH, rules()), after, known=True)

        assert [(e.subject, e.id, e.before, e.after) for e in found.answers] == [
            ("indicator", "members", 40, 20),
            ("indicator", "partners", {"sme": 3}, {}),
            ("fact", "staff", 2, 0),
        ]
        assert found.events == (
            ChangedEvent("bronze", "awarded", award.on, valid_until=award.valid_until, counts=True),
            ChangedEvent("bronze", "benchmarked", BENCHMARKED.on, counts=False),
        )
        assert [(e.indicator, str(e.title), e.confirmed) for e in found.improvements] == [
            ("plan", "Plan", False)
        ]

    def test_what_is_not_held_is_said_apart(self) -> None:
        """
        Answered in both and not held of one is not known; answered in one alone is a change.
        """
        looks = rules(floor(15), version="2024-02")
        fewer = evolve(POOR, answers={"members": 20}, facts={})

        found = compared((RICH, rules()), (fewer, looks), known=False)

        unknown = NotKnown.NOT_KNOWN
        assert [(e.id, e.before, e.after) for e in found.not_held] == [("members", unknown, 20)]
        assert [(e.id, e.before, e.after) for e in found.answers] == [
            ("year-founded", unknown, None),
            ("plan", unknown, None),
            ("partners", unknown, None),
            ("staff", unknown, None),
        ]
        assert found.events == found.improvements == ()

    def test_yes_is_not_the_number_one(self) -> None:
        """
        Where another catalogue asks for a number what was a yes, the answers differ.
        """
        asks = catalogue(asked("plan", Count()), version="2024-02")
        after = evolve(held(plan=1), catalogue=asks), rules(version="2024-02", judges=asks)

        found = compared((held(plan=True), rules()), after, known=True)

        assert found.changed == (ANSWERS, RULES)
        assert [(e.before, e.after) for e in found.answers] == [(True, 1)]

    def test_only_what_came_before_an_interview_counts(self) -> None:
        """
        An event of the interview's own day counts for none of the two.
        """
        event = LabelEvent("bronze", "benchmarked", date(2024, 3, 18))
        after = evolve(held(members=3), history=[event]), rules()

        assert compared((held(), rules()), after, known=True).events == ()

    def test_events_are_compared_where_both_assessments_hold_them(self) -> None:
        """
        An event that only one of the rulesets looked at may have been there before.
        """
        looks = rules(Earlier("bronze", "benchmarked"), version="2024-02")

        for known, count in ((False, 0), (True, 1)):
            found = compared((POOR, rules()), (RICH, looks), known=known)
            assert len(found.events) == count


class TestCarried:
    """What of an interview another catalogue can take over."""

    def test_under_the_same_catalogue_all_of_it(self) -> None:
        """
        Even what does not fit it, since assessing never asked for that.
        """
        interview = evolve(RICH, improvements=[Improvement("gone", "better", confirmed=True)])
        on = date(2025, 1, 1)

        assert carried(interview, ASKED, on) == evolve(interview, conducted=Conducted(on))

    def test_under_another_what_it_asks_in_a_form_that_fits(self) -> None:
        """
        Not what it does not ask, nor a number above its bounds, nor that an indicator does
        not apply where it must.
        """
        asks = catalogue(
            asked(MEMBERS, Count(maximum=30)),
            asked("plan", YesNo()),
            asked(FOUNDED, Year()),
            version="2024-02",
        )
        improved = [Improvement(name, "better", confirmed=True) for name in ("plan", "partners")]
        interview = evolve(
            RICH,
            answers={**RICH.answers, "plan": NotApplicable("new")},
            improvements=improved,
            remarks={"partners": "list seen"},
        )

        found = carried(interview, asks, date(2024, 3, 18))

        assert found.answers == {FOUNDED: 2020}
        assert found.facts == {"staff": 2}
        assert found.improvements == (improved[0],)
        assert er.check_interview(found) == ()


class TestErrors:
    """Calls that cannot be answered."""

    def test_two_organisations(self) -> None:
        """
        Assessments of two organisations have no common cause.
        """
        one = er.assess(held(), rules())
        other = er.assess(evolve(held(), cluster=Cluster("Example Cluster", "NO")), rules())

        with pytest.raises(DifferentOrganisations) as caught:
            compare_assessments(one, other, edition=place(rules()))

        assert str(caught.value) == (
            "the assessments are of two organisations: Example Cluster (IT),"
            " and Example Cluster (NO)"
        )
        assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args

    def test_a_ruleset_that_is_not_there(self) -> None:
        """
        The rulesets are looked up by their names, by default among the shipped ones.
        """
        one = er.assess(held(), rules())

        with pytest.raises(er.UnknownEdition):
            compare_assessments(one, one)

    def test_another_ruleset_of_the_name(self) -> None:
        """
        What was assessed under another ruleset of the name cannot be asked of this one.
        """
        one = er.assess(held(), rules())
        other = rules(floor(15))

        with pytest.raises(DigestMismatch) as caught:
            compare_assessments(one, one, edition=place(other))

        assert str(caught.value) == (
            "the ruleset bronze@2024-01 is not the one that was assessed: its digest is"
            f" {er.digest(other)}, not {er.digest(rules())}"
        )
        assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args

    def test_another_catalogue_of_the_name(self) -> None:
        """
        A ruleset names its catalogue; the one found must be the one assessed, and that of
        an interview too.
        """
        asks = catalogue(*ASKED.indicators, asked("more", YesNo()))
        one = er.assess(held(), rules())
        changed = evolve(held(), catalogue=asks)

        with pytest.raises(DigestMismatch, match="the catalogue sample@2024-01 is not"):
            compare_assessments(one, one, edition=place(rules(judges=asks)))
        with pytest.raises(DigestMismatch, match="the catalogue sample@2024-01 is not"):
            compare_assessments(one, one, edition=place(rules()), interviews=(held(), changed))

    def test_another_interview(self) -> None:
        """
        The interviews are those that were assessed, in their order.
        """
        one, other = er.assess(held(), rules()), er.assess(held(members=3), rules())

        with pytest.raises(
            DigestMismatch, match="the interview of Example Cluster on 2024-03-18 is not"
        ):
            compare_assessments(
                one, other, edition=place(rules()), interviews=(held(members=3), held())
            )


class TestWords:
    """What people are told."""

    def test_what_is_due_to_the_same_stands_together(self) -> None:
        """
        Fewer members, more is asked, and the history holds another event: each thing once.
        """
        event = LabelEvent("bronze", "awarded", date(2022, 1, 10), valid_until=date(2024, 1, 31))
        before = (
            evolve(RICH, answers={**RICH.answers, "members": 40}),
            rules(floor(15), grading={"plan": graded(OneOf([True]))}),
        )
        after = (
            evolve(
                POOR,
                conducted=Conducted(date(2024, 3, 20)),
                answers={"members": 20, "plan": False},
                history=[event],
            ),
            rules(
                floor(30),
                STAFFED,
                version="2024-02",
                dimension="structure",
                grading={"plan": graded(OneOf([True])), MEMBERS: graded(at_least(15))},
                renewal=Renewal(3, "end_of_month", 1),
            ),
        )

        said = explain_change(compared(before, after, known=True))

        assert (
            said
            == """\
Example Cluster (IT)
  - before: interview of 2024-03-18, under bronze@2024-01, catalogue sample@2024-01
  - after: interview of 2024-03-20, under bronze@2024-02, catalogue sample@2024-01

Due only to the answers and the rules together
  - the label: awarded, then not awarded
  - the days of the label: 2024-03-18 to 2026-03-18, then none
  - the points: 1 of 1, then 1 of 2
  - dimension Structure [structure]: passed, then failed
  - criterion one: met, then not met

Due to the rules
  - criterion two: not required, then not met
  - Members [members]: not graded, then good

Due to the answers
  - Plan [plan]: good, then poor

Different answers
  - Members [members]: 40, then 20
  - Year-founded [year-founded]: 2020, then no answer
  - Plan [plan]: yes, then no
  - Partners [partners]: sme 3, then no answer
  - Staff [staff]: 2, then 0
  - history: bronze awarded on 2022-01-10 until 2024-01-31 counts now
  - history: bronze benchmarked on 2022-03-18 no longer counts
  - improvement in Plan: no longer confirmed
"""
        )

    def test_what_is_not_known(self) -> None:
        """
        Which sets of factors may be enough is said, and which answers may have changed.
        """
        after = POOR, rules(floor(30), version="2024-02")

        said = explain_change(compared((RICH, rules()), after, known=False))

        assert (
            said
            == """\
Example Cluster (IT)
  - before: interview of 2024-03-18, under bronze@2024-01, catalogue sample@2024-01
  - after: interview of 2024-03-18, under bronze@2024-02, catalogue sample@2024-01

Due to the answers and the rules together; whether the rules alone would be enough is not known
  - the label: awarded, then not awarded
  - the days of the label: 2024-03-18 to 2026-03-18, then none

Due to the rules
  - criterion one: not required, then not met

Different answers
  - not known, since the assessments do not hold both answers: Members [members], Year-founded
    [year-founded], Plan [plan], Partners [partners], Staff [staff]
"""
        )

    def test_each_alone_and_an_open_score(self) -> None:
        """
        Sets that are enough are said one after the other, and points as long as they are
        open from the fewest to the most.
        """
        grading = {MEMBERS: graded(at_least(15)), "plan": graded(OneOf([True]))}
        one = rules(floor(15), grading=grading, renewal=Renewal(3, "end_of_month", 1))
        two = rules(floor(50), grading=grading, version="2024-02")

        said = explain_change(
            compared((held(members=40), one), (held(members=10), two), known=False)
        )

        assert (
            said
            == """\
Example Cluster (IT)
  - before: interview of 2024-03-18, under bronze@2024-01, catalogue sample@2024-01
  - after: interview of 2024-03-18, under bronze@2024-02, catalogue sample@2024-01

Due to the answers, or to the rules
  - the label: awarded, then not awarded
  - the days of the label: 2024-03-18 to 2026-03-18, renewable until 2027-03-31, then none
  - criterion one: met, then not met

Due to the answers
  - the points: 1 to 2 of 2, then 0 to 1 of 2
  - Members [members]: good, then poor

Different answers
  - Members [members]: 40, then 10
"""
        )

    def test_an_answer_that_is_not_held(self) -> None:
        """
        That there was an answer is said, and that nobody knows which.
        """
        new = rules(floor(15), version="2024-02")

        said = explain_change(
            compared((held(plan=True, members=40), rules()), (held(members=40), new), known=False)
        )

        assert (
            "  - Plan [plan]: an answer that the assessment does not hold, then no answer\n" in said
        )
