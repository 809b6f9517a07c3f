"""docs/semantics.md, 10: where one interview stands, and the cheapest ways to the label."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import full_size
import pytest
import smt
from attrs import evolve
from brute_force import ON, cheapest_improvement, fewest_downgrades
from hypothesis import given
from hypothesis import strategies as st
from interview_cells import IMPROVEMENTS, events, values_of
from interview_cells import interview_of as answering
from plan_trials import Taken, least_sets, settled_outcomes, smallest_settling
from ruleset_trials import looked_at
from small_rulesets import FIRST_DAY, SCALE, VALIDITY
from small_worlds import World, small_interviews, worlds

import ecei_rules as er
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.analysis.solver import formulas
from ecei_rules.analysis.solver import shortest_path as search
from ecei_rules.comparison.witnesses import best_interview, interview_from
from ecei_rules.diagnostics.errors import UnknownIndicator
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Catalogue,
    Count,
    Dimension,
    Fact,
    Indicator,
    Share,
    YesNo,
)
from ecei_rules.interviews.texts import Attestation, Basis, Provenance, Text
from ecei_rules.planning.plan import Blocked, OpenQuestion, SettledOutcome
from ecei_rules.planning.planner import plan
from ecei_rules.rulesets.conditions import AnyOf, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Advice, Grade, Grading, Ruleset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.interviews.interview import Interview
    from ecei_rules.planning.plan import AnswerChange, Way
    from ecei_rules.rulesets.criteria import Requirement

IMPROVABLE, REASONABLE, EXCELLENT = SCALE
AWARDED, REFUSED = er.LabelOutcome.AWARDED, er.LabelOutcome.NOT_AWARDED
OPEN = er.LabelOutcome.UNDETERMINED
WORDS = Text({"en": "a text"})
YES = OneOf([True])
#: More than all that changes in a small world cost together.
OUT_OF_REACH = 1_000_000

efforts = st.integers(1, 5).map(Decimal) | st.decimals("0.1", 4, places=1)


@st.composite
def placed(draw: st.DrawFn, *, complete: bool | None = None) -> tuple[Interview, Ruleset]:
    """An interview, complete or not unless it is said, and a small ruleset to be held against."""
    world = draw(worlds())
    whole = draw(st.booleans()) if complete is None else complete
    return draw(small_interviews(World(world.old, world.old), complete=whole)), world.old


@st.composite
def wishes(draw: st.DrawFn, ruleset: Ruleset) -> tuple[dict[str, Decimal], list[str]]:
    """What some indicators cost, and which are to stay as they are."""
    names = st.sampled_from([*ruleset.catalogue.asked])
    return draw(st.dictionaries(names, efforts)), draw(st.lists(names, max_size=2, unique=True))


def applied(interview: Interview, changes: Iterable[AnswerChange]) -> Interview:
    """The interview with some of its answers changed."""
    changed = {each.indicator: each.answer for each in changes}
    return evolve(interview, answers={**interview.answers, **changed})


def awarded(interview: Interview, ruleset: Ruleset) -> bool:
    """Whether an ordinary assessment awards the label."""
    return er.assess(interview, ruleset).outcome is AWARDED


def requiring(ruleset: Ruleset, *ids: str) -> Ruleset:
    """The ruleset with no other required criteria than these."""
    return evolve(
        ruleset,
        criteria=[
            evolve(each, severity="required" if each.id in ids else "advisory")
            for each in ruleset.criteria
        ],
    )


def required(ruleset: Ruleset) -> list[Criterion]:
    """The criteria that decide the label."""
    return [each for each in ruleset.criteria if each.severity == "required"]


def taken(way: Way) -> frozenset[tuple[str, Decimal]]:
    """What a way takes of each indicator."""
    return frozenset((each.indicator, each.cost) for each in way.changes)


class TestBruteForce:
    """On small worlds a plan is what trying every interview finds."""

    @given(st.data())
    def test_the_cheapest_way_costs_the_least(self, data: st.DataObject) -> None:
        """
        The first way costs what the cheapest of all changes do, at any efforts and with
        any indicators locked, and is one of the sets of changes that cost no more. There
        is no way where no changes earn the label.
        """
        interview, ruleset = data.draw(placed())
        effort, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, effort=effort, locked=locked)
        blocked = {each.criterion for each in found.blocked}
        possible = [each.id for each in required(ruleset) if each.id not in blocked]

        def cost(indicator: str, steps: int) -> int:
            if indicator in locked:
                return OUT_OF_REACH
            return int(steps * 10 * effort.get(indicator, Decimal(1)))

        tried = cheapest_improvement(interview, requiring(ruleset, *possible), cost)
        assert tried is not None or not found.ways
        if tried is not None and tried.cost >= OUT_OF_REACH:
            assert not found.ways
        elif tried is not None:
            first = found.ways[0]
            assert 10 * first.cost == tried.cost
            assert frozenset((each.indicator, each.target) for each in first.changes) in {
                frozenset((each.indicator, each.grade) for each in changes)
                for changes in tried.changes
            }

    @given(st.data(), st.integers(0, 5))
    def test_the_ways_are_the_cheapest_that_take_no_more_than_is_needed(
        self, data: st.DataObject, alternatives: int
    ) -> None:
        """
        Among all sets of changes of which none can be left out or made smaller the ways
        are as many as were asked for in order of cost, and of two of one cost first the one
        that costs less at the first indicator where they differ.
        """
        interview, ruleset = data.draw(placed())
        effort, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, effort=effort, locked=locked, alternatives=alternatives)
        blocked = {each.criterion for each in found.blocked}
        possible = [each for each in required(ruleset) if each.id not in blocked]
        least = least_sets(interview, ruleset, possible, effort, locked)

        def order(spent: Taken) -> tuple[Decimal, list[Decimal]]:
            each = dict(spent)
            return sum(each.values(), Decimal(0)), [
                each.get(name, Decimal(0)) for name in ruleset.catalogue.asked
            ]

        assert [taken(each) for each in found.ways] == sorted(least, key=order)[: 1 + alternatives]

    @given(st.data())
    def test_what_is_blocked_no_changes_meet(self, data: st.DataObject) -> None:
        """
        A required criterion is blocked just when no changes make it stand, all else aside.
        It names what it looks at that does not change, or else that no answer will do.
        """
        interview, ruleset = data.draw(placed())
        _, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, locked=locked)
        blocked = {
            each.id: each
            for each in required(ruleset)
            if not least_sets(interview, ruleset, [each], {}, locked)
        }
        assert [each.criterion for each in found.blocked] == [*blocked]
        for each in found.blocked:
            looked = looked_at(blocked[each.criterion], ruleset)
            named = {question[0] for question in looked if question[0] != "indicator"}
            for question in looked:
                if question[0] == "indicator" and question[1] in locked:
                    named.add("locked")
                elif isinstance(interview.answers.get(question[-1]), NotApplicable):
                    named.add("not_applicable")
            assert set(each.obstacles) == (named or {"indicator"})
            assert len(set(each.obstacles)) == len(each.obstacles)

    @given(placed())
    def test_settled_is_what_no_missing_answer_changes(
        self, case: tuple[Interview, Ruleset]
    ) -> None:
        """
        Settled is what comes out in all completions alike. That everything is answered is
        not taken for granted: what is settled stays so where `complete` fails for every
        scope in which an indicator is not answered.
        """
        found = plan(*case).settled
        assert {(each.of, each.id, each.outcome) for each in found} == settled_outcomes(*case)
        assert len(found) == len(settled_outcomes(*case))

    @given(placed(complete=False))
    def test_the_answers_that_decide_are_the_fewest_that_settle_the_label(
        self, case: tuple[Interview, Ruleset]
    ) -> None:
        """
        However they are answered the label depends on no other answer; no smaller set of
        missing answers does that, and no other set as small.
        """
        decides = [(each.subject, each.id) for each in plan(*case).decides]
        assert smallest_settling(*case) == [set(decides)]
        names = [name for _, name in decides]
        assert names == [each for each in case[0].unanswered if each in names]

    @given(placed())
    def test_the_fewest_downgrades_lose_the_label(self, case: tuple[Interview, Ruleset]) -> None:
        """
        What would lose an award costs as few steps down as any changes that lose it, and
        is there just when some do.
        """
        loses = plan(*case).loses
        assert (None if loses is None else loses.cost) == fewest_downgrades(*case)


class TestLaws:
    """What an ordinary assessment says of a plan."""

    @given(st.data())
    def test_exactly_the_changes_earn_the_label(self, data: st.DataObject) -> None:
        """
        An interview with the changes of any way meets all that is not blocked, so that it is
        awarded where nothing is; with any one of them left out it does not.
        """
        interview, ruleset = data.draw(placed())
        effort, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, effort=effort, locked=locked)
        blocked = {each.criterion for each in found.blocked}
        rest = requiring(ruleset, *(e.id for e in required(ruleset) if e.id not in blocked))
        for way in found.ways:
            assert awarded(applied(interview, way.changes), rest)
            for left_out in way.changes:
                kept = [each for each in way.changes if each != left_out]
                assert not awarded(applied(interview, kept), rest)

    @given(placed())
    def test_the_downgrades_lose_the_label(self, case: tuple[Interview, Ruleset]) -> None:
        """
        An interview with all of the downgrades is not awarded; without any one it still is.
        """
        interview, ruleset = case
        loses = plan(interview, ruleset).loses
        if loses is not None:
            assert not awarded(applied(interview, loses.changes), ruleset)
            for left_out in loses.changes:
                kept = [each for each in loses.changes if each != left_out]
                assert awarded(applied(interview, kept), ruleset)

    @given(st.data())
    def test_a_change_says_what_changes(self, data: st.DataObject) -> None:
        """
        Every change is of an answer as it stands into one that its question allows and that
        attains the grade it names, no worse than before. It costs its steps, at least one,
        times the effort. What is locked, or does not apply, does not change.
        """
        interview, ruleset = data.draw(placed())
        effort, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, effort=effort, locked=locked)
        for change in (each for way in found.ways for each in way.changes):
            name = change.indicator
            assert name not in locked
            assert change.before == interview.answers.get(name)
            assert not isinstance(change.before, NotApplicable)
            assert er.check_interview(applied(interview, [change])) == ()
            assert change.title == ruleset.catalogue.asked[name].title
            assert change.cost == change.steps * effort.get(name, 1)
            grades: list[str | None] = [None, None]
            rises = 0
            if name in ruleset.grading:
                order = [None, *(each.grade for each in reversed(ruleset.grading[name].grades))]
                grades = [
                    None
                    if answer is None
                    else ruleset.grading[name].attained(answer, interview.conducted.on).grade
                    for answer in (change.before, change.answer)
                ]
                rises = order.index(grades[1]) - order.index(grades[0])
            assert [change.grade, change.target] == grades
            assert change.steps == max(1, rises)
            assert rises >= 0

    @given(placed())
    def test_an_award_needs_nothing(self, case: tuple[Interview, Ruleset]) -> None:
        """
        The label is awarded just when nothing is blocked and the first way is empty; only
        then can it be lost.
        """
        found = plan(*case)
        nothing = not found.blocked and bool(found.ways) and not found.ways[0].changes
        assert (found.outcome is AWARDED) == nothing == awarded(*case)
        assert found.loses is None or found.outcome is AWARDED
        assert len(found.ways) == 1 or not nothing

    @given(st.data(), efforts, efforts)
    def test_more_effort_and_locks_make_nothing_cheaper(
        self, data: st.DataObject, effort: Decimal, more: Decimal
    ) -> None:
        """
        Where a step of an indicator takes more, or the indicator stays as it is, no less is
        blocked, and what is not blocked costs no less.
        """
        interview, ruleset = data.draw(placed())
        name = data.draw(st.sampled_from([*ruleset.catalogue.asked]))
        before = plan(interview, ruleset, effort={name: effort})
        dearer = plan(interview, ruleset, effort={name: effort + more})
        locked = plan(interview, ruleset, effort={name: effort}, locked=[name])
        assert dearer.blocked == before.blocked
        assert len(dearer.ways) == len(before.ways)
        assert not before.ways or dearer.ways[0].cost >= before.ways[0].cost
        assert {each.criterion for each in before.blocked} <= {
            each.criterion for each in locked.blocked
        }
        if len(locked.blocked) == len(before.blocked) and locked.ways:
            assert locked.ways[0].cost >= before.ways[0].cost

    @given(st.data())
    def test_no_completion_overturns_what_is_settled(self, data: st.DataObject) -> None:
        """
        What an assessment settles is settled in the plan, and what that settles an
        assessment finds when everything is answered.
        """
        interview, ruleset = data.draw(placed(complete=False))
        settled = {(each.of, each.id): each.outcome for each in plan(interview, ruleset).settled}
        answers, facts = dict(interview.answers), dict(interview.facts)
        for name in ruleset.catalogue.asked:
            known = values_of(("indicator", name), (ruleset,))
            answers.setdefault(name, data.draw(st.sampled_from(known)))
        for name in ruleset.catalogue.facts_asked:
            facts.setdefault(
                name, data.draw(st.sampled_from(values_of(("fact", name), (ruleset,))))
            )
        found = outcomes(interview, ruleset)
        completed = outcomes(evolve(interview, answers=answers, facts=facts), ruleset)
        for of, outcome in found.items():
            if outcome.value != "undetermined":
                assert settled[of] is outcome
        for of, outcome in settled.items():
            assert completed[of] is outcome

    @given(placed())
    def test_a_plan_is_of_its_assessment(self, case: tuple[Interview, Ruleset]) -> None:
        """
        Interview, ruleset and outcome are those of the assessment; the answers that are
        missing are counted; nothing is beyond the method.
        """
        found, assessment = plan(*case), er.assess(*case)
        assert (found.interview, found.ruleset) == (assessment.interview, assessment.ruleset)
        assert found.outcome is assessment.outcome
        assert found.unanswered == len(assessment.unanswered)
        assert (found.locked, found.beyond) == ((), ())


def outcomes(
    interview: Interview, ruleset: Ruleset
) -> dict[tuple[str, str], er.LabelOutcome | er.DimensionOutcome | er.Outcome]:
    """What an ordinary assessment makes of the label, each dimension and each criterion."""
    assessment = er.assess(interview, ruleset)
    return {
        ("label", ruleset.reference): assessment.outcome,
        **{("dimension", each.id): each.outcome for each in assessment.dimensions},
        **{("criterion", each.criterion): each.outcome for each in assessment.all_findings},
    }


def _indicator(name: str, dimension: str, kind: Count | YesNo | Share, **more: bool) -> Indicator:
    title = Text({"en": name.capitalize()})
    attested = Attestation("attested")
    return Indicator(name, dimension, title, WORDS, kind, provenance=attested, **more)


CATALOGUE = Catalogue(
    "harbour",
    "1",
    WORDS,
    [Dimension("quay", WORDS), Dimension("office", WORDS)],
    [
        _indicator("members", "quay", Count(maximum=100)),
        _indicator("cranes", "quay", Count(maximum=100)),
        _indicator("strategy", "office", YesNo(), not_applicable=True),
        _indicator("funds", "office", Share()),
    ],
    facts=[Fact("listed", Text({"en": "Listed"}), YesNo())],
)


def _at_least(bound: int) -> Threshold:
    return Threshold("value", "at_least", Decimal(bound))


def _steps(low: int, high: int, weight: int = 1) -> Grading:
    return Grading(
        weight,
        [
            Grade(EXCELLENT, 2, when=_at_least(high)),
            Grade(REASONABLE, 1, when=_at_least(low)),
            Grade(IMPROVABLE, 0),
        ],
    )


GRADING = {
    "members": _steps(15, 40),
    "cranes": _steps(2, 4),
    "strategy": Grading(3, [Grade(EXCELLENT, 2, when=YES), Grade(IMPROVABLE, 0)]),
}
LISTED = AnswerMeets("fact", "listed", YES)


def ruleset(*requirements: Requirement, **more: object) -> Ruleset:
    """A ruleset that requires these, as `c0` and so on."""
    criteria = [Criterion(f"c{at}", "required", each) for at, each in enumerate(requirements)]
    parts = {"grading": GRADING, "criteria": criteria, "validity": VALIDITY, **more}
    period = er.Period(FIRST_DAY)
    return Ruleset("bronze", "1", WORDS, period, CATALOGUE, SCALE, **parts)


def interview(**answers: object) -> Interview:
    """An interview of these answers and no others; what is no indicator is a fact."""
    indicators = CATALOGUE.asked
    said = {("indicator" if n in indicators else "fact", n): each for n, each in answers.items()}
    return answering(CATALOGUE, ON, said)


ANSWERS = {"members": 20, "cranes": 0, "strategy": False, "funds": 50, "listed": True}


class TestWays:
    """The ways to the label, by hand."""

    def ways(self, *requirements: Requirement, **more: object) -> list[dict[str, object]]:
        """The answers that each of the ways changes, for the answers above."""
        held = interview(**{**ANSWERS, **more.pop("answers", {})})
        found = plan(held, ruleset(*requirements), **more)
        return [{each.indicator: each.answer for each in way.changes} for way in found.ways]

    def test_the_nearest_answers_that_will_do(self) -> None:
        """
        Four points are asked for, one is there. The strategy earns six in one step; all
        three steps of the other two do as well; nothing else does.
        """
        assert self.ways(ScoreReaches(Decimal(4), "points"), alternatives=9) == [
            {"strategy": True},
            {"members": 40, "cranes": 4},
        ]

    def test_alternatives_are_counted_beside_the_cheapest(self) -> None:
        """
        Two alternatives unless it is said otherwise; with none there is the cheapest alone.
        """
        anything = SomeRequirement(
            [
                Floor(["members"], EXCELLENT),
                Floor(["cranes"], EXCELLENT),
                Floor(["strategy"], EXCELLENT),
                AnswerMeets("indicator", "funds", _at_least(60)),
            ]
        )
        assert len(self.ways(anything)) == 3
        assert len(self.ways(anything, alternatives=0)) == 1
        assert len(self.ways(anything, alternatives=9)) == 4

    def test_effort_turns_the_order(self) -> None:
        """
        Three steps of other indicators are cheaper than one of the strategy that takes 3.1,
        and dearer than one that takes 2.9.
        """
        score = ScoreReaches(Decimal(4), "points")
        strategy, others = {"strategy": True}, {"members": 40, "cranes": 4}
        for effort, order in (("2.9", [strategy, others]), ("3.1", [others, strategy])):
            assert self.ways(score, effort={"strategy": Decimal(effort)}) == order

    def test_what_is_locked_stays(self) -> None:
        """
        With the strategy locked the other way is the only one; named twice it is locked once.
        """
        score, locked = ScoreReaches(Decimal(4), "points"), ["strategy", "strategy"]
        assert self.ways(score, locked=locked) == [{"members": 40, "cranes": 4}]
        assert plan(interview(**ANSWERS), ruleset(score), locked=locked).locked == ("strategy",)

    def test_what_is_unanswered_is_answered(self) -> None:
        """
        An answer where there was none takes a step more than from the lowest grade, and
        completeness asks for any answer at all.
        """
        held = interview(cranes=0)
        found = plan(held, ruleset(Floor(["members"], REASONABLE), Complete()), alternatives=0)
        (way,) = found.ways
        changes = {each.indicator: (each.before, each.steps) for each in way.changes}
        assert changes == {"members": (None, 2), "strategy": (None, 1), "funds": (None, 1)}
        assert [each.target for each in way.changes] == [REASONABLE, IMPROVABLE, None]

    def test_another_answer_of_the_same_grade_is_a_step(self) -> None:
        """
        Nothing is attained by thirty members that twenty do not, but they are asked for.
        """
        thirty = AnswerMeets("indicator", "members", _at_least(30))
        (way,) = plan(interview(**ANSWERS), ruleset(thirty)).ways
        (change,) = way.changes
        assert (change.grade, change.target) == (REASONABLE, REASONABLE)
        assert (change.before, change.answer, change.steps) == (20, 30, 1)

    def test_an_answer_does_not_get_worse(self) -> None:
        """
        Few members are asked for: from twenty that is a worse grade, so no way leads there,
        while the share of funds, which is not graded, goes either way.
        """
        few = AnswerMeets("indicator", "members", Threshold("value", "at_most", Decimal(10)))
        found = plan(interview(**ANSWERS), ruleset(few))
        assert found.blocked == (Blocked("c0", None, ["indicator"]),)
        less = AnswerMeets("indicator", "funds", Threshold("value", "at_most", Decimal(10)))
        assert self.ways(less) == [{"funds": 10}]

    def test_no_improvement_meets_two_that_exclude_each_other(self) -> None:
        """
        Each of two criteria can be met, and not both: nothing is blocked, and no way is there.
        """
        funds = [
            Threshold("value", "at_least", Decimal(60)),
            Threshold("value", "at_most", Decimal(40)),
        ]
        found = plan(
            interview(**ANSWERS), ruleset(*(AnswerMeets("indicator", "funds", f) for f in funds))
        )
        assert (found.blocked, found.ways) == ((), ())

    def test_the_cheapest_is_the_first_where_two_cost_the_same(self) -> None:
        """
        Of two ways of one cost the one comes first that keeps the earlier indicator.
        """
        either = SomeRequirement([Floor(["members"], EXCELLENT), Floor(["strategy"], EXCELLENT)])
        assert self.ways(either) == [{"strategy": True}, {"members": 40}]


class TestBlocked:
    """What no improvement can meet, by hand."""

    def test_each_obstacle_is_named(self) -> None:
        """
        A fact, the history, the improvements, what is locked, what does not apply, and an
        answer that nobody can give stand in the way, each named once.
        """
        titled = Criterion(
            "all", "required", EveryRequirement([LISTED, Improvements(1), LISTED]), title=WORDS
        )
        others = ruleset(
            Earlier("bronze", "awarded"),
            Floor(["cranes"], EXCELLENT),
            ScoreReaches(Decimal(7), "points"),
            AnswerMeets("indicator", "members", _at_least(101)),
            Floor(["members"], EXCELLENT),
            SomeRequirement([LISTED, Floor(["cranes"], EXCELLENT)]),
        )
        rules = evolve(others, criteria=[titled, *others.criteria])
        held = interview(**{**ANSWERS, "listed": False, "strategy": NotApplicable("too small")})
        found = plan(held, rules, locked=["cranes"])
        assert found.blocked == (
            Blocked("all", WORDS, ["fact", "improvements"]),
            Blocked("c0", None, ["history"]),
            Blocked("c1", None, ["locked"]),
            Blocked("c2", None, ["locked", "not_applicable"]),
            Blocked("c3", None, ["indicator"]),
            Blocked("c5", None, ["fact", "locked"]),
        )
        (way,) = found.ways
        assert [each.indicator for each in way.changes] == ["members"]

    def test_what_is_met_already_is_not_blocked(self) -> None:
        """
        A fact, a history and improvements that are as they should be are no obstacle.
        """
        day = ON.replace(year=ON.year - 1)
        said = interview(**ANSWERS)
        held = evolve(
            said,
            history=events(("history", "bronze", "awarded"), [day]),
            improvements=values_of(IMPROVEMENTS, [ruleset()])[1],
        )
        rules = ruleset(LISTED, Earlier("bronze", "awarded"), Improvements(1))
        found = plan(held, rules)
        assert (found.outcome, found.blocked) == (AWARDED, ())
        assert [each.changes for each in found.ways] == [()]

    def test_an_unanswered_fact_is_an_obstacle(self) -> None:
        """
        The plan changes no fact, whether it was answered otherwise or not at all.
        """
        found = plan(interview(members=20), ruleset(LISTED))
        assert found.outcome is OPEN
        assert found.blocked == (Blocked("c0", None, ["fact"]),)


class TestSettled:
    """What is settled and what decides, by hand."""

    def test_the_label_then_the_dimensions_then_the_criteria(self) -> None:
        """
        The quay fails on its members whatever is missing, and so does the label; the office
        is still open, as is what asks it to be complete.
        """
        rules = evolve(
            ruleset(),
            criteria=[
                Criterion("much", "required", Floor(["members"], REASONABLE), dimension="quay"),
                Criterion("all", "required", Complete(), dimension="office"),
                Criterion("apart", "advisory", Floor(["strategy"], IMPROVABLE)),
            ],
        )
        found = plan(interview(members=3, strategy=NotApplicable("too small")), rules)
        assert found.settled == (
            SettledOutcome("label", "bronze@1", REFUSED),
            SettledOutcome("dimension", "quay", er.DimensionOutcome.FAILED),
            SettledOutcome("criterion", "much", er.Outcome.NOT_MET),
            SettledOutcome("criterion", "apart", er.Outcome.NOT_APPLICABLE),
        )
        assert found.decides == ()

    def test_settled_though_an_assessment_does_not_see_it(self) -> None:
        """
        At least 50 or less than 60 percent is what every answer is, so the criterion is met
        whatever the answer will be, and an assessment alone leaves it open.
        """
        any_share = AnyOf([_at_least(50), Threshold("value", "less_than", Decimal(60))])
        rules = ruleset(AnswerMeets("indicator", "funds", any_share))
        found = plan(interview(), rules)
        assert found.outcome is OPEN
        assert SettledOutcome("label", "bronze@1", AWARDED) in found.settled
        assert found.decides == ()

    def test_completeness_is_not_taken_for_granted(self) -> None:
        """
        All answers together would be complete, but whether they come is open; so every
        missing answer in the scope decides, and none outside it.
        """
        rules = evolve(
            ruleset(), criteria=[Criterion("all", "required", Complete(), dimension="quay")]
        )
        found = plan(interview(members=3, listed=True), rules)
        assert found.settled == (SettledOutcome("dimension", "office", er.DimensionOutcome.PASSED),)
        assert found.decides == (OpenQuestion("indicator", "cranes", Text({"en": "Cranes"})),)

    def test_completeness_that_makes_no_difference_decides_nothing(self) -> None:
        """
        Completeness, or else members that are there, are asked for.
        """
        rules = ruleset(SomeRequirement([Complete(), Floor(["members"], REASONABLE)]))
        found = plan(interview(members=20), rules)
        assert (found.outcome, found.decides) == (AWARDED, ())

    def test_only_what_can_turn_the_label_decides(self) -> None:
        """
        Four points of ten are asked for, and one is there. The strategy alone turns that,
        while with the cranes there are at most three; the fact is asked for as well, the
        funds are not.
        """
        rules = ruleset(ScoreReaches(Decimal(4), "points"), LISTED)
        found = plan(interview(members=20), rules)
        assert found.decides == (
            OpenQuestion("indicator", "strategy", Text({"en": "Strategy"})),
            OpenQuestion("fact", "listed", Text({"en": "Listed"})),
        )

    def test_two_answers_that_decide_together(self) -> None:
        """
        Cranes and members are asked for together: neither decides unless the other is there.
        """
        rules = ruleset(ScoreReaches(Decimal(2), "points"))
        held = interview(strategy=False)
        assert [each.id for each in plan(held, rules).decides] == ["members", "cranes"]

    def test_nothing_is_open_in_a_complete_interview(self) -> None:
        """
        Where everything is answered everything is settled, and no answer is missing.
        """
        rules = ruleset(Complete(), LISTED, ScoreReaches(Decimal(4), "points"))
        found = plan(interview(**ANSWERS), rules)
        assert (found.unanswered, found.decides) == (0, ())
        assert len(found.settled) == 1 + 2 + 3


class TestLoss:
    """How safe an award is, by hand."""

    def test_the_fewest_steps_down(self) -> None:
        """
        Five points are asked for, and nine are there: the strategy, of six, is one step.
        """
        rules = ruleset(ScoreReaches(Decimal(5), "points"))
        found = plan(interview(members=40, cranes=3, strategy=True), rules)
        assert found.loses is not None
        (change,) = found.loses.changes
        assert (change.indicator, change.before, change.answer) == ("strategy", True, False)
        assert (change.grade, change.target) == (EXCELLENT, IMPROVABLE)
        assert (change.steps, change.cost) == (1, 1)

    def test_the_nearest_answer_below(self) -> None:
        """
        From 63 members it is 39 that are no longer excellent.
        """
        found = plan(interview(members=63), ruleset(Floor(["members"], EXCELLENT)))
        assert found.loses is not None
        assert [each.answer for each in found.loses.changes] == [39]

    def test_no_worse_answer_loses_a_label_that_asks_for_none(self) -> None:
        """
        A fact does not get worse, nor does what was never answered.
        """
        found = plan(interview(listed=True), ruleset(LISTED))
        assert (found.outcome, found.loses) == (AWARDED, None)

    def test_efforts_and_locks_are_for_the_way_up(self) -> None:
        """
        An award is as safe as it is, whatever its improvements would take.
        """
        held, rules = interview(members=63), ruleset(Floor(["members"], EXCELLENT))
        found = plan(held, rules, effort={"members": Decimal(5)}, locked=["members"])
        assert found.loses == plan(held, rules).loses
        assert found.loses is not None
        assert found.loses.cost == 1


class TestBasis:
    """A plan says how sure the rules are that it rests on."""

    @pytest.mark.parametrize(
        ("criterion", "grading", "basis"),
        [
            (Basis.DOCUMENTED, Basis.DOCUMENTED, Basis.DOCUMENTED),
            (Basis.DOCUMENTED, Basis.INFERRED, Basis.INFERRED),
            (Basis.ILLUSTRATIVE, Basis.INFERRED, Basis.ILLUSTRATIVE),
        ],
    )
    def test_the_weakest_of_what_is_required(
        self, criterion: Basis, grading: Basis, basis: Basis
    ) -> None:
        """
        Required criteria and the gradings that they look at are of the basis; advice, and
        what nothing required looks at, are not.
        """
        floor = SomeRequirement([Floor(["members"], EXCELLENT), Complete()])
        members = evolve(GRADING["members"], provenance=Provenance(grading))
        rules = evolve(
            ruleset(grading={**GRADING, "members": members}),
            criteria=[
                Criterion("floor", "required", floor, provenance=Provenance(criterion)),
                Criterion("advice", "advisory", ScoreReaches(Decimal(1), "points")),
            ],
        )
        assert plan(interview(), rules).basis is basis


class TestErrors:
    """What cannot be answered is said whole."""

    def test_another_catalogue(self) -> None:
        """
        As `assess` does.
        """
        other = evolve(CATALOGUE, version="2", facts=[])
        held = evolve(interview(), catalogue=other)
        with pytest.raises(er.WrongCatalogue) as refused:
            plan(held, ruleset())
        said = "the interview was held with harbour@2, but bronze@1 judges harbour@1"
        assert str(refused.value) == said

    @pytest.mark.parametrize(
        ("name", "hint"), [("crane", '; did you mean "cranes"?'), ("listed", ""), ("x", "")]
    )
    def test_an_unknown_indicator(self, name: str, hint: str) -> None:
        """
        Efforts and locks are of indicators that the catalogue asks, and of no facts.
        """
        said = f'the catalogue harbour@1 asks no indicator "{name}"{hint}'
        for more in ({"locked": [name]}, {"effort": {name: Decimal(1)}}):
            with pytest.raises(UnknownIndicator) as refused:
                plan(interview(), ruleset(), **more)
            assert str(refused.value) == said

    @pytest.mark.parametrize(
        "more",
        [
            {"effort": {"cranes": Decimal(0)}},
            {"effort": {"members": Decimal(1), "cranes": Decimal("-0.1")}},
            {"alternatives": -1},
        ],
    )
    def test_no_effort_is_free(self, more: dict[str, object]) -> None:
        """
        What would take nothing would be no way, and fewer than no alternatives none.
        """
        with pytest.raises(ValueError, match="an effort is above 0, at most a million") as e:
            plan(interview(), ruleset(), **more)
        assert str(e.value) == (
            "an effort is above 0, at most a million and of at most six decimals,"
            " and the number of alternatives is not below 0"
        )


class TestBeyond:
    """Where a limit is reached a plan says so; an assessment does not plan."""

    RULES = ruleset(
        SomeRequirement([Floor(["members"], EXCELLENT), Floor(["cranes"], EXCELLENT)]),
        ScoreReaches(Decimal(4), "points"),
        LISTED,
        recommendations={name: Advice(WORDS) for name in ("members", "cranes", "strategy")},
    )

    def beyond(self, what: str) -> er.Assessment:
        """Hold the answers against the rules, and the plan to what it can say."""
        held = interview(**ANSWERS)
        found, assessment = plan(held, self.RULES, locked=["members"]), er.assess(held, self.RULES)
        assert found.beyond == (f"{what} is beyond the method",)
        assert (found.outcome, found.basis) == (REFUSED, Basis.ILLUSTRATIVE)
        assert (found.unanswered, found.locked) == (0, ("members",))
        assert (found.ways, found.blocked, found.loses) == ((), (), None)
        assert assessment.outcome is REFUSED
        return assessment

    def test_too_many_states(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        A search that is given up leaves what was settled before.
        """
        before = er.assess(interview(**ANSWERS), self.RULES)
        monkeypatch.setattr(search, "MAX_STATES", 0)
        assert self.beyond("a search through so many states") == before
        settled = plan(interview(**ANSWERS), self.RULES).settled
        monkeypatch.undo()
        assert settled == plan(interview(**ANSWERS), self.RULES).settled != ()

    def test_too_many_alternatives(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        A formula of too many alternatives is not even searched.
        """
        monkeypatch.setattr(formulas, "MAX_BOXES", 1)
        self.beyond("a combination of so many alternatives")

    def test_too_many_questions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Nor is a catalogue of too many questions.
        """
        monkeypatch.setattr(search, "MAX_QUESTIONS", 4)
        self.beyond("a search through so many questions")

    def test_answers_that_cannot_be_told_apart(self) -> None:
        """
        Where even the classes of answers are beyond the method the outcome alone is said.
        The bounds are the even numbers up to 2998; with those between they are 3000.
        """
        some = AnyOf([_at_least(2 * each) for each in range(1, 1500)])
        kinds = [evolve(each, answer=Count()) for each in CATALOGUE.indicators]
        rules = evolve(
            ruleset(AnswerMeets("indicator", "members", some), grading={}),
            catalogue=evolve(CATALOGUE, indicators=kinds),
        )
        held = evolve(interview(members=1), catalogue=rules.catalogue)
        found = plan(held, rules)
        beyond = "holding 1499 simple conditions against 3000 answers is beyond the method"
        assert (found.outcome, found.beyond) == (REFUSED, (beyond,))
        assert (found.settled, found.decides, found.ways) == ((), (), ())
        assert er.assess(held, rules).outcome is REFUSED


@cache
def full(seed: int, edited: int) -> Ruleset:
    """A ruleset of full size, as it is (0) or edited (1)."""
    return full_size.pair(seed, "edited")[edited]


def worse_in(ruleset: Ruleset, part: int) -> Interview:
    """
    The worst answers that apply, but in every third indicator the best ones.

    Facts, history and improvements are the best as well, so that nothing is blocked.
    """
    space = encode((ruleset,), ON)
    best_of_all = best_interview(space)
    chosen = []
    for number, (question, order) in enumerate(
        zip(space.questions, best_of_all.orders, strict=True)
    ):
        applying = [each for each in order if question.cells[each].applies]
        worst = question.subject == "indicator" and number % 3 != part
        chosen.append(applying[-1 if worst else 0])
    return interview_from(space, chosen, best_of_all, 0)


class TestFullSize:
    """On rulesets of full size a plan costs what z3 finds, and does what it says."""

    @pytest.mark.parametrize("part", range(2))
    @pytest.mark.parametrize("seed", range(3))
    def test_as_cheap_as_z3_finds(self, seed: int, part: int) -> None:
        """
        z3 moves indicators by grades alone. So what a plan finds costs no more, and no less
        either where each of its changes is to a better grade, also with some of the
        indicators of its cheapest way locked.
        """
        ruleset = full(seed, seed % 2)
        held = worse_in(ruleset, part)
        found = plan(held, ruleset, alternatives=0)
        changed = [each.indicator for each in found.ways[0].changes]
        for locked in ([], changed[:1]):
            found = plan(held, ruleset, locked=locked, alternatives=0)
            least = smt.cheapest(held, ruleset, locked=locked)
            cost = found.ways[0].cost if found.ways and not found.blocked else None
            rising = all(each.grade != each.target for way in found.ways for each in way.changes)
            assert cost == least or (cost is not None and not rising)
            assert least is None or (cost is not None and cost <= least)

    def test_what_it_says_is_so(self) -> None:
        """
        Each way earns the label and none of its changes can be left out; what would lose
        the award then loses it.
        """
        ruleset = full(1, 0)
        held = worse_in(ruleset, 0)
        found = plan(held, ruleset)
        assert (found.outcome, found.blocked, found.beyond) == (REFUSED, (), ())
        assert len(found.ways) == 3
        for way in found.ways:
            earned = applied(held, way.changes)
            assert awarded(earned, ruleset)
            for left_out in way.changes:
                kept = [each for each in way.changes if each != left_out]
                assert not awarded(applied(held, kept), ruleset)
            loses = plan(earned, ruleset, alternatives=0).loses
            assert loses is not None
            assert not awarded(applied(earned, loses.changes), ruleset)

    @pytest.mark.parametrize("seed", range(4))
    def test_the_next_best_costs_no_more_than_without_a_change_of_the_best(self, seed: int) -> None:
        """
        The cheapest way that leaves an indicator as it is, of those that the best one
        changes, is one of the others: the next best costs no more.
        """
        ruleset = full(seed, 1)
        held = worse_in(ruleset, 1)
        best_interview, following = plan(held, ruleset, alternatives=1).ways
        for change in best_interview.changes:
            found = plan(held, ruleset, locked=[change.indicator], alternatives=0)
            if not found.blocked and found.ways:
                assert best_interview.cost <= following.cost <= found.ways[0].cost
