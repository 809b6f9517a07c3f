"""docs/semantics.md, 10: settled outcomes, open questions and the cheapest ways to the label."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from brute_force import ON
from event_streams import events
from interview_cells import IMPROVEMENTS, values_of
from interview_cells import interview_of as answering
from plan_trials import AWARDED, REFUSED
from small_rulesets import FIRST_DAY, SCALE, VALIDITY

import ecei_rules as er
from ecei_rules.analysis.solver import formulas
from ecei_rules.analysis.solver import shortest_path as search
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
from ecei_rules.interviews.provenance import Attestation, Basis, Provenance
from ecei_rules.interviews.texts import Text
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
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.criteria import Requirement

IMPROVABLE, REASONABLE, EXCELLENT = SCALE


OPEN = er.LabelOutcome.UNDETERMINED
WORDS = Text({"en": "a text"})
YES = OneOf([True])


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
    """Return a ruleset that requires these, as `c0` and so on."""
    criteria = [Criterion(f"c{at}", "required", each) for at, each in enumerate(requirements)]
    parts = {"grading": GRADING, "criteria": criteria, "validity": VALIDITY, **more}
    period = er.Period(FIRST_DAY)
    return Ruleset("bronze", "1", WORDS, period, CATALOGUE, SCALE, **parts)


def interview(**answers: object) -> Interview:
    """Return an interview of these answers and no others; names of facts are facts."""
    indicators = CATALOGUE.asked
    said = {("indicator" if n in indicators else "fact", n): each for n, each in answers.items()}
    return answering(CATALOGUE, ON, said)


ANSWERS = {"members": 20, "cranes": 0, "strategy": False, "funds": 50, "listed": True}


class TestWays:
    """The ways to the label, by hand."""

    def ways(self, *requirements: Requirement, **more: object) -> list[dict[str, object]]:
        """Return the answers that each of the ways changes, for the answers above."""
        held = interview(**{**ANSWERS, **more.pop("answers", {})})
        found = plan(held, ruleset(*requirements), **more)
        return [{each.indicator: each.answer for each in way.changes} for way in found.ways]

    def test_ways_use_the_nearest_sufficient_answers(self) -> None:
        """
        Four points are needed, and there is one. The strategy earns six in one step; all
        three steps of the other two indicators are enough as well; nothing else is.
        """
        assert self.ways(ScoreReaches(Decimal(4), "points"), alternatives=9) == [
            {"strategy": True},
            {"members": 40, "cranes": 4},
        ]

    def test_alternatives_do_not_count_the_cheapest(self) -> None:
        """
        There are two alternatives by default; with none there is the cheapest way alone.
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

    def test_effort_changes_the_order(self) -> None:
        """
        Three steps of other indicators cost less than one of the strategy at 3.1, and more
        than one at 2.9.
        """
        score = ScoreReaches(Decimal(4), "points")
        strategy, others = {"strategy": True}, {"members": 40, "cranes": 4}
        for effort, order in (("2.9", [strategy, others]), ("3.1", [others, strategy])):
            assert self.ways(score, effort={"strategy": Decimal(effort)}) == order

    def test_locked_indicators_stay(self) -> None:
        """
        With the strategy locked the other way is the only one; naming it twice locks it
        once.
        """
        score, locked = ScoreReaches(Decimal(4), "points"), ["strategy", "strategy"]
        assert self.ways(score, locked=locked) == [{"members": 40, "cranes": 4}]
        assert plan(interview(**ANSWERS), ruleset(score), locked=locked).locked == ("strategy",)

    def test_unanswered_indicators_are_answered(self) -> None:
        """
        An answer to an unanswered indicator takes a step more than from the lowest grade,
        and completeness needs any answer at all.
        """
        held = interview(cranes=0)
        found = plan(held, ruleset(Floor(["members"], REASONABLE), Complete()), alternatives=0)
        (way,) = found.ways
        changes = {each.indicator: (each.before, each.steps) for each in way.changes}
        assert changes == {"members": (None, 2), "strategy": (None, 1), "funds": (None, 1)}
        assert [each.target for each in way.changes] == [REASONABLE, IMPROVABLE, None]

    def test_another_answer_of_the_same_grade_is_a_step(self) -> None:
        """
        Thirty members attain the same grade as twenty, but they are required.
        """
        thirty = AnswerMeets("indicator", "members", _at_least(30))
        (way,) = plan(interview(**ANSWERS), ruleset(thirty)).ways
        (change,) = way.changes
        assert (change.grade, change.target) == (REASONABLE, REASONABLE)
        assert (change.before, change.answer, change.steps) == (20, 30, 1)

    def test_answers_do_not_get_worse(self) -> None:
        """
        Few members are required, which is a worse grade than that of twenty, so no way
        leads there; an ungraded share of funds moves either way.
        """
        few = AnswerMeets("indicator", "members", Threshold("value", "at_most", Decimal(10)))
        found = plan(interview(**ANSWERS), ruleset(few))
        assert found.blocked == (Blocked("c0", None, ["indicator"]),)
        less = AnswerMeets("indicator", "funds", Threshold("value", "at_most", Decimal(10)))
        assert self.ways(less) == [{"funds": 10}]

    def test_contradictory_criteria_have_no_way(self) -> None:
        """
        Each of two criteria can be met, but not both: nothing is blocked, and there is no
        way.
        """
        funds = [
            Threshold("value", "at_least", Decimal(60)),
            Threshold("value", "at_most", Decimal(40)),
        ]
        found = plan(
            interview(**ANSWERS), ruleset(*(AnswerMeets("indicator", "funds", f) for f in funds))
        )
        assert (found.blocked, found.ways) == ((), ())

    def test_first_indicator_breaks_ties(self) -> None:
        """
        Of two ways of one cost the one that keeps the earlier indicator comes first.
        """
        either = SomeRequirement([Floor(["members"], EXCELLENT), Floor(["strategy"], EXCELLENT)])
        assert self.ways(either) == [{"strategy": True}, {"members": 40}]


class TestBlocked:
    """Blocked criteria, by hand."""

    def test_each_obstacle_is_named(self) -> None:
        """
        A fact, the history, the improvements, a lock, an indicator that does not apply, and
        an impossible answer are each named once.
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

    def test_met_criteria_are_not_blocked(self) -> None:
        """
        A fact, a history and improvements that meet their criteria are no obstacle.
        """
        day = ON.replace(year=ON.year - 1)
        said = interview(**ANSWERS)
        held = evolve(
            said,
            history=events([(("bronze", "awarded"), day)]),
            improvements=values_of(IMPROVEMENTS, [ruleset()], ON)[1],
        )
        rules = ruleset(LISTED, Earlier("bronze", "awarded"), Improvements(1))
        found = plan(held, rules)
        assert (found.outcome, found.blocked) == (AWARDED, ())
        assert [each.changes for each in found.ways] == [()]

    def test_unanswered_fact_is_an_obstacle(self) -> None:
        """
        A plan changes no fact, whether it was answered otherwise or not at all.
        """
        found = plan(interview(members=20), ruleset(LISTED))
        assert found.outcome is OPEN
        assert found.blocked == (Blocked("c0", None, ["fact"]),)


class TestSettled:
    """Settled outcomes and deciding questions, by hand."""

    def test_settled_outcomes_begin_with_the_label(self) -> None:
        """
        The quay fails on its members whatever is missing, and so does the label; the office
        is still open, and so is the criterion that it be complete.
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

    def test_outcome_can_be_settled_beyond_the_assessment(self) -> None:
        """
        Every answer is at least 50 or less than 60 percent, so the criterion is met
        whatever the answer will be, while an assessment leaves it open.
        """
        any_share = AnyOf([_at_least(50), Threshold("value", "less_than", Decimal(60))])
        rules = ruleset(AnswerMeets("indicator", "funds", any_share))
        found = plan(interview(), rules)
        assert found.outcome is OPEN
        assert SettledOutcome("label", "bronze@1", AWARDED) in found.settled
        assert found.decides == ()

    def test_completeness_is_not_taken_for_granted(self) -> None:
        """
        All answers together would be complete, but they may never come; so every missing
        answer in the scope decides, and none outside it.
        """
        rules = evolve(
            ruleset(), criteria=[Criterion("all", "required", Complete(), dimension="quay")]
        )
        found = plan(interview(members=3, listed=True), rules)
        assert found.settled == (SettledOutcome("dimension", "office", er.DimensionOutcome.PASSED),)
        assert found.decides == (OpenQuestion("indicator", "cranes", Text({"en": "Cranes"})),)

    def test_irrelevant_completeness_decides_nothing(self) -> None:
        """
        Completeness, or else members that are there, are required.
        """
        rules = ruleset(SomeRequirement([Complete(), Floor(["members"], REASONABLE)]))
        found = plan(interview(members=20), rules)
        assert (found.outcome, found.decides) == (AWARDED, ())

    def test_only_relevant_questions_decide(self) -> None:
        """
        Four points of ten are required, and there is one. The strategy alone makes the
        difference, while the cranes lead to three at most; the fact is required as well,
        the funds are not.
        """
        rules = ruleset(ScoreReaches(Decimal(4), "points"), LISTED)
        found = plan(interview(members=20), rules)
        assert found.decides == (
            OpenQuestion("indicator", "strategy", Text({"en": "Strategy"})),
            OpenQuestion("fact", "listed", Text({"en": "Listed"})),
        )

    def test_two_questions_decide_together(self) -> None:
        """
        Cranes and members are required together: neither decides without the other.
        """
        rules = ruleset(ScoreReaches(Decimal(2), "points"))
        held = interview(strategy=False)
        assert [each.id for each in plan(held, rules).decides] == ["members", "cranes"]

    def test_complete_interview_has_no_open_question(self) -> None:
        """
        All outcomes are settled, and no answer is missing.
        """
        rules = ruleset(Complete(), LISTED, ScoreReaches(Decimal(4), "points"))
        found = plan(interview(**ANSWERS), rules)
        assert (found.unanswered, found.decides) == (0, ())
        assert len(found.settled) == 1 + 2 + 3


class TestLoss:
    """The fewest steps that lose an award, by hand."""

    def test_loss_with_the_fewest_steps_is_found(self) -> None:
        """
        Five points are required, and there are nine: the strategy, of six, is one step.
        """
        rules = ruleset(ScoreReaches(Decimal(5), "points"))
        found = plan(interview(members=40, cranes=3, strategy=True), rules)
        assert found.loses is not None
        (change,) = found.loses.changes
        assert (change.indicator, change.before, change.answer) == ("strategy", True, False)
        assert (change.grade, change.target) == (EXCELLENT, IMPROVABLE)
        assert (change.steps, change.cost) == (1, 1)

    def test_loss_uses_the_nearest_answer_below(self) -> None:
        """
        From 63 members it is 39 that are no longer excellent.
        """
        found = plan(interview(members=63), ruleset(Floor(["members"], EXCELLENT)))
        assert found.loses is not None
        assert [each.answer for each in found.loses.changes] == [39]

    def test_no_loss_without_a_required_indicator(self) -> None:
        """
        A fact does not get worse, nor does an unanswered question.
        """
        found = plan(interview(listed=True), ruleset(LISTED))
        assert (found.outcome, found.loses) == (AWARDED, None)

    def test_loss_ignores_efforts_and_locks(self) -> None:
        """
        An award is as safe as it is, whatever improvements would cost.
        """
        held, rules = interview(members=63), ruleset(Floor(["members"], EXCELLENT))
        found = plan(held, rules, effort={"members": Decimal(5)}, locked=["members"])
        assert found.loses == plan(held, rules).loses
        assert found.loses is not None
        assert found.loses.cost == 1


class TestBasis:
    """A plan has the basis of its rules."""

    @pytest.mark.parametrize(
        ("criterion", "grading", "basis"),
        [
            (Basis.DOCUMENTED, Basis.DOCUMENTED, Basis.DOCUMENTED),
            (Basis.DOCUMENTED, Basis.INFERRED, Basis.INFERRED),
            (Basis.ILLUSTRATIVE, Basis.INFERRED, Basis.ILLUSTRATIVE),
        ],
    )
    def test_basis_is_the_weakest_of_the_required_rules(
        self, criterion: Basis, grading: Basis, basis: Basis
    ) -> None:
        """
        Required criteria and the gradings that they look at count; advice and other
        gradings do not.
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
    """Errors of `plan`, whole."""

    def test_another_catalogue_is_refused(self) -> None:
        """
        The error is that of `assess`.
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
    def test_unknown_indicator_is_refused(self, name: str, hint: str) -> None:
        """
        Efforts and locks are of indicators that the catalogue asks, and of no facts.
        """
        said = f'the catalogue harbour@1 asks no indicator "{name}"{hint}'
        for more in ({"locked": [name]}, {"effort": {name: Decimal(1)}}):
            with pytest.raises(UnknownIndicator) as refused:
                plan(interview(), ruleset(), **more)
            assert str(refused.value) == said

    @pytest.mark.parametrize(
        "effort",
        [
            *(Decimal(each) for each in ("0", "-0.1", "1000000.1", "0.0000001", "NaN", "Infinity")),
            *(0, -1, 10**6 + 1),
            # neither a float nor a text is the number that was meant, and a truth value is none
            *(2.0, "2", True, None),
        ],
    )
    def test_other_efforts_are_refused(self, effort: Any) -> None:
        """
        An effort is an int or a Decimal, above 0, at most a million, of at most six decimals.
        """
        with pytest.raises(er.InvalidEffort) as refused:
            plan(interview(), ruleset(), effort={"members": 1, "cranes": effort})
        assert str(refused.value) == (
            'the effort of "cranes" is an int or a Decimal above 0, at most a million and of at'
            f" most six decimals, such as Decimal('2.5'), not {effort!r}"
        )

    def test_number_of_many_digits_is_refused(self) -> None:
        """
        Python writes no int of more than 4,300 digits.
        """
        with pytest.raises(er.InvalidEffort, match="not a number of thousands of digits"):
            plan(interview(), ruleset(), effort={"cranes": 10**5000})

    @pytest.mark.parametrize("least", [Decimal("0.000001"), 1, 2, 10**6, Decimal(10**6)])
    def test_int_and_decimal_are_efforts(self, least: int | Decimal) -> None:
        """
        The cost is a Decimal in either case.
        """
        held, rules = interview(**ANSWERS), ruleset(Floor(["members"], EXCELLENT))
        (way,) = plan(held, rules, effort={"members": least}).ways
        assert (way.cost, type(way.cost)) == (Decimal(least), Decimal)

    def test_negative_number_of_alternatives_is_refused(self) -> None:
        """
        There is no plan without the cheapest way.
        """
        with pytest.raises(ValueError, match="alternatives") as refused:
            plan(interview(), ruleset(), alternatives=-1)
        assert str(refused.value) == "the number of alternatives is 0 or more, not -1"


class TestBeyond:
    """A plan reports where a limit is reached; an assessment does not plan."""

    RULES = ruleset(
        SomeRequirement([Floor(["members"], EXCELLENT), Floor(["cranes"], EXCELLENT)]),
        ScoreReaches(Decimal(4), "points"),
        LISTED,
        recommendations={name: Advice(WORDS) for name in ("members", "cranes", "strategy")},
    )

    def beyond(self, what: str) -> er.Assessment:
        """Plan for the answers under the rules, and return the reason for what is left out."""
        held = interview(**ANSWERS)
        found, assessment = plan(held, self.RULES, locked=["members"]), er.assess(held, self.RULES)
        assert found.beyond == (f"{what} is beyond the method",)
        assert (found.outcome, found.basis) == (REFUSED, Basis.ILLUSTRATIVE)
        assert (found.unanswered, found.locked) == (0, ("members",))
        assert (found.ways, found.blocked, found.loses) == ((), (), None)
        assert assessment.outcome is REFUSED
        return assessment

    def test_search_of_too_many_states_is_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Earlier results are kept.
        """
        before = er.assess(interview(**ANSWERS), self.RULES)
        monkeypatch.setattr(search, "MAX_STATES", 0)
        assert self.beyond("a search through so many states") == before
        settled = plan(interview(**ANSWERS), self.RULES).settled
        monkeypatch.undo()
        assert settled == plan(interview(**ANSWERS), self.RULES).settled != ()

    def test_formula_of_too_many_boxes_is_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        It is not even searched.
        """
        monkeypatch.setattr(formulas, "MAX_BOXES", 1)
        self.beyond("a combination of so many alternatives")

    def test_catalogue_of_too_many_questions_is_left_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It is not even searched.
        """
        monkeypatch.setattr(search, "MAX_QUESTIONS", 4)
        self.beyond("a search through so many questions")

    def test_too_many_classes_leave_the_outcome_alone(self) -> None:
        """
        Where even the classes of answers are beyond the method the plan has the outcome
        alone. The bounds are the even numbers up to 2998; with those between they are 3000.
        """
        some = AnyOf([_at_least(2 * each) for each in range(1, 1500)])
        kinds = [evolve(each, answer=Count()) for each in CATALOGUE.indicators]
        rules = evolve(
            ruleset(AnswerMeets("indicator", "members", some), grading={}),
            catalogue=evolve(CATALOGUE, indicators=kinds),
        )
        held = evolve(interview(members=1), catalogue=rules.catalogue)
        found = plan(held, rules)
        beyond = "evaluating 1499 simple conditions on 3000 answers is beyond the method"
        assert (found.outcome, found.beyond) == (REFUSED, (beyond,))
        assert (found.settled, found.decides, found.ways) == ((), (), ())
        assert er.assess(held, rules).outcome is REFUSED
