"""Comparisons of rulesets against trying every interview, and the laws they keep."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from attrs import evolve
from brute_force import ON, BruteForce, cells_of
from hypothesis import given, settings
from hypothesis import strategies as st
from interview_cells import IMPROVEMENTS
from small_worlds import World, doubled, interview_days, small_interviews, worlds
from tiny_rulesets import (
    EXCELLENT,
    IMPROVABLE,
    REASONABLE,
    SCALE,
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

import ecei_rules as er
from ecei_rules.analysis.encoding.constraints import Statements
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass, Shares, Verdict, Witness
from ecei_rules.comparison.proofs import prove
from ecei_rules.comparison.witnesses import base_of, best_interview, interview_from
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome, Outcome
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Choice, Choices, Count, Year, YesNo
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.interview import Improvement, check_interview
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import AnyOf, OneOf, Threshold
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
from ecei_rules.rulesets.validity import FirstAward, ValidityRules

if TYPE_CHECKING:
    from interview_cells import Cell, Question

    from ecei_rules.analysis.encoding.space import Question as Asked
    from ecei_rules.comparison.comparison import Comparison, ScopeComparison
    from ecei_rules.interviews.history import Label
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.criteria import Requirement
    from ecei_rules.rulesets.ruleset import Grading, Ruleset

#: Together more than a thousand pairs in the profile `ci`; a witness takes longer to try.
HUNDREDS = settings(max_examples=18 * settings().max_examples)
MANY = settings(max_examples=9 * settings().max_examples)

VERDICTS = {
    (False, False): Verdict.EQUIVALENT,
    (True, False): Verdict.STRICTER,
    (False, True): Verdict.LOOSER,
    (True, True): Verdict.INCOMPARABLE,
}


def scopes(comparison: Comparison) -> tuple[ScopeComparison, ...]:
    """The label and the dimensions."""
    return comparison.label, *comparison.dimensions


def bases(world: World) -> st.SearchStrategy[Interview | None]:
    """The best interview there is, or one with or without open questions."""
    return st.one_of(st.none(), small_interviews(world), small_interviews(world, complete=False))


@HUNDREDS
@given(worlds(), interview_days)
def test_verdicts_and_shares_are_those_of_trying_every_interview(world: World, on: date) -> None:
    """
    A class of interviews for each region, a witness for each direction that has one, and
    a certificate for each that has none.
    """
    comparison = compare_rulesets(world.old, world.new, on=on)

    oracle = BruteForce(world.old, world.new, on)
    for found in scopes(comparison):
        tried = oracle.regions(found.scope)
        assert found.shares == Shares(tried.both, tried.old_only, tried.new_only, tried.neither)
        assert found.shares.total == prod(map(len, oracle.classes.values()))
        assert found.verdict is VERDICTS[tried.old_only > 0, tried.new_only > 0]
        assert isinstance(found.lost, Witness if tried.old_only else Certificate)
        assert isinstance(found.gained, Witness if tried.new_only else Certificate)
        assert found.beyond == ()


@MANY
@given(worlds(), st.data())
def test_a_witness_is_the_first_of_those_that_differ_in_the_fewest_answers(
    world: World, data: st.DataObject
) -> None:
    """
    From the best interview, or a given one. What a given one leaves open is answered in
    the best way, and differs only where a witness needs another answer: the witness is
    made from what is there, and whoever is interviewed has said nothing else yet.
    """
    base = data.draw(bases(world))
    on = base.conducted.on if base else ON
    comparison = compare_rulesets(world.old, world.new, base=base, on=on)

    tried = _Tried(world, base, on)
    for found in scopes(comparison):
        for awarding, witness in enumerate((found.lost, found.gained)):
            expected = tried.first(found.scope, awarding)
            if expected is None:
                assert isinstance(witness, Certificate)
                continue
            assert isinstance(witness, Witness)
            assert witness.old == witness.new
            assert tried.space.classes_of(witness.old, 0) == expected
            own, now = (cells_of(each, world.old, world.new) for each in (tried.start, witness.old))
            differing = {each for each in own if own[each] != now[each]}
            assert differing == {tried.names[name] for name in witness.changed}
            assert len(differing) == len(witness.changed)
    start = cells_of(tried.start, world.old, world.new)
    for side, witness in (("old", comparison.label.lost), ("new", comparison.label.gained)):
        least = tried.oracle.fewest_changes(start, awarded_by=side)
        assert least == (len(witness.changed) if isinstance(witness, Witness) else None)


class _Tried:
    """The witnesses of a world, found by trying every choice of classes in order."""

    def __init__(self, world: World, base: Interview | None, on: date) -> None:
        both = world.old, world.new
        self.space = encode(both, on)
        origin = base_of(base, self.space) if base else best_interview(self.space)
        self.orders = origin.orders
        self.start = interview_from(self.space, [order[0] for order in self.orders], origin, 0)
        self.oracle = BruteForce(world.old, world.new, on)
        questions = [_question(each) for each in self.space.questions]
        self.names = {
            asked.id: question
            for asked, question in zip(self.space.questions, questions, strict=True)
        }
        sizes = [len(each.cells) for each in self.space.questions]
        best_of_all = best_interview(self.space)
        rows = []
        for number in range(max(sizes, default=0)):
            numbers = [min(number, size - 1) for size in sizes]
            made = interview_from(self.space, numbers, best_of_all, 0)
            rows.append(cells_of(made, *both))
        self.cells: dict[Question, list[Cell]] = {
            question: [row[question] for row in rows[:size]]
            for question, size in zip(questions, sizes, strict=True)
        }
        # the classes are just those that trying every answer finds
        known = self.oracle.classes
        assert {q: set(each) for q, each in known.items()} == {
            q: set(each) for q, each in self.cells.items()
        }
        assert {q: len(each) for q, each in known.items()} == dict(
            zip(questions, sizes, strict=True)
        )

    def first(self, scope: str | None, awarding: int) -> tuple[int, ...] | None:
        """The first choice with the fewest changes that only one of the rulesets awards."""
        giving, refusing = self.oracle.trials[awarding], self.oracle.trials[1 - awarding]
        relevant = self.oracle.relevant(scope)
        choices = [
            order if question in relevant else order[:1]
            for order, question in zip(self.orders, self.cells, strict=True)
        ]
        found = []
        for chosen in product(*choices):
            held = {
                question: cells[number]
                for number, (question, cells) in zip(chosen, self.cells.items(), strict=True)
            }
            if giving.passes(held, scope) and not refusing.passes(held, scope):
                changes = sum(
                    one != order[0] for one, order in zip(chosen, self.orders, strict=True)
                )
                found.append((changes, chosen))
        # of equals `min` takes the first, and they are tried in order of preference
        return min(found, key=lambda each: each[0])[1] if found else None


def _question(asked: Asked) -> Question:
    match asked.subject:
        case "history":
            return ("history", *asked.id.split())
        case "improvements":
            return IMPROVEMENTS
        case subject:
            return subject, asked.id


def passed(interview: Interview, rules: Ruleset, scope: str | None) -> bool:
    """Whether the ordinary assessment awards the label, or passes the dimension."""
    found = er.assess(interview, rules)
    if scope is None:
        return found.outcome is LabelOutcome.AWARDED
    (dimension,) = (each for each in found.dimensions if each.id == scope)
    return dimension.outcome is DimensionOutcome.PASSED


@given(worlds(), st.data())
def test_every_witness_shows_what_it_witnesses(world: World, data: st.DataObject) -> None:
    """
    Assessed in the ordinary way the one ruleset awards it and the other refuses it, on the
    criteria that are named. It is complete, sound, and survives being written; and what
    did not have to change is as it was in the interview that it was made from.
    """
    base = data.draw(bases(world))
    comparison = compare_rulesets(world.old, world.new, base=base, on=None if base else ON)
    edition = er.Edition([world.catalogue])

    for found in scopes(comparison):
        for refusing, witness in ((world.new, found.lost), (world.old, found.gained)):
            if not isinstance(witness, Witness):
                continue
            awarding = world.old if refusing is world.new else world.new
            assert passed(witness.old, awarding, found.scope)
            assert not passed(witness.new, refusing, found.scope)
            required = {
                each.id
                for each in refusing.criteria
                if each.severity == "required" and found.scope in (None, each.dimension)
            }
            findings = er.assess(witness.new, refusing).all_findings
            assert witness.fails == tuple(
                each.criterion
                for each in findings
                if each.outcome is Outcome.NOT_MET and each.criterion in required
            )
            for one in (witness.old, witness.new):
                assert one.unanswered == ()
                assert check_interview(one) == ()
                assert er.read_interview(er.write_interview(one), edition=edition) == one
                assert one.conducted.on == comparison.on
                if base is not None:
                    assert_the_rest_is_as_it_was(base, one, witness)


def assert_the_rest_is_as_it_was(base: Interview, made: Interview, witness: Witness) -> None:
    """What a witness is not said to change is that of the base, in its own spelling."""
    for said, now in ((base.answers, made.answers), (base.facts, made.facts)):
        kept = {name: repr(each) for name, each in said.items() if name not in witness.changed}
        assert kept == {name: repr(now[name]) for name in kept}
    streams = {each for each in witness.changed if " " in each}
    for one, other in ((base, made), (made, base)):
        kept_events = [e for e in one.history if f"{e.label} {e.event}" not in streams]
        assert {*kept_events} <= {*other.history}
    if "improvements" not in witness.changed:
        assert made.improvements == base.improvements
    assert made.cluster == base.cluster


@given(worlds())
def test_a_ruleset_compared_with_itself_is_silent(world: World) -> None:
    """
    Equivalent everywhere, without a change, a witness or a class of interviews that only
    one awards.
    """
    comparison = compare_rulesets(world.old, world.old)

    assert comparison.change_class is ChangeClass.EDITORIAL
    assert comparison.changes == comparison.missing == ()
    assert comparison.only_old == comparison.only_new == ()
    for each in scopes(comparison):
        assert each.verdict is Verdict.EQUIVALENT
        assert isinstance(each.lost, Certificate)
        assert isinstance(each.gained, Certificate)
        assert each.shares is not None
        assert each.shares.old_only == each.shares.new_only == 0


@given(worlds(), st.data())
def test_comparing_the_other_way_round_is_the_mirror(world: World, data: st.DataObject) -> None:
    """
    Old and new change places: verdicts, shares, and how far the witnesses are from an
    interview that leaves nothing open. Where something is open the best answer is first
    that of the old ruleset, which is another one then.
    """
    base = data.draw(bases(world))
    complete = base is not None and not base.unanswered
    there = compare_rulesets(world.old, world.new, base=base)
    back = compare_rulesets(world.new, world.old, base=base)
    mirrored = {Verdict.STRICTER: Verdict.LOOSER, Verdict.LOOSER: Verdict.STRICTER}

    assert (there.only_old, there.only_new) == (back.only_new, back.only_old)
    assert len(there.changes) == len(back.changes)
    for one, other in zip(scopes(there), scopes(back), strict=True):
        assert one.scope == other.scope
        assert one.verdict is mirrored.get(other.verdict, other.verdict)
        assert one.shares is not None
        assert other.shares == Shares(
            one.shares.both, one.shares.new_only, one.shares.old_only, one.shares.neither
        )
        for forth, returned in ((one.lost, other.gained), (one.gained, other.lost)):
            assert isinstance(forth, Witness) is isinstance(returned, Witness)
            if isinstance(forth, Witness) and isinstance(returned, Witness) and complete:
                assert len(forth.changed) == len(returned.changed)


@given(worlds())
def test_all_weights_doubled_are_equivalent_where_only_percentages_are_asked(
    world: World,
) -> None:
    """
    Half of the points is half of twice the points.
    """
    rules = evolve(
        world.old,
        criteria=[evolve(e, requirement=_in_percent(e.requirement)) for e in world.old.criteria],
    )

    comparison = compare_rulesets(rules, evolve(rules, grading=doubled(rules)))

    assert {each.verdict for each in scopes(comparison)} == {Verdict.EQUIVALENT}
    assert {each.code for each in comparison.changes} <= {"ECEI542"}


def _in_percent(requirement: Requirement) -> Requirement:
    match requirement:
        case ScoreReaches(at_least=least):
            return ScoreReaches(least, "percent")
        case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
            return evolve(requirement, parts=[_in_percent(each) for each in parts])
        case _:
            return requirement


@given(worlds(), st.data())
def test_a_floor_that_a_higher_one_implies_makes_no_difference(
    world: World, data: st.DataObject
) -> None:
    """
    Whoever is excellent is reasonable, so that a lower floor beside a higher is redundant.
    """
    graded = sorted(world.old.grading)
    name = data.draw(st.sampled_from(graded) if graded else st.none())
    floors = [
        Criterion(f"floor-{grade}", "required", Floor([name], grade))
        for grade in SCALE[1:]
        if name is not None
    ]
    one = evolve(world.old, criteria=(*world.old.criteria, *floors[1:]))
    two = evolve(world.old, criteria=(*world.old.criteria, *floors))

    for comparison in (compare_rulesets(one, two), compare_rulesets(two, one)):
        assert {each.verdict for each in scopes(comparison)} == {Verdict.EQUIVALENT}
        assert comparison.change_class in (ChangeClass.EDITORIAL, ChangeClass.HOLDER_SAFE)


OTHERS = {
    "members": lambda given: AnyOf(
        [Threshold("value", each, Decimal(given)) for each in ("less_than", "more_than")]
    ),
    "plan": lambda given: OneOf([not given]),
    "focus": lambda given: OneOf([each for each in ("north", "south", "east") if each != given]),
}


@given(
    st.fixed_dictionaries(
        {
            "members": st.integers(0, 4),
            "plan": st.booleans(),
            "focus": st.sampled_from(["north", "south", "east"]),
        }
    ),
    st.sampled_from([10, 25, 50, 75, 100]),
)
def test_one_class_of_interviews_is_told_apart(chosen: dict[str, Any], percent: int) -> None:
    """
    A ruleset that refuses one way to answer more than another one loses just that class,
    and has it for a witness; if the other refuses it as well, the two are equivalent.
    """
    asked = catalogue(
        indicator("members", Count(maximum=4)),
        indicator("plan", YesNo()),
        indicator("focus", Choice(options("north", "south", "east"))),
    )
    grading = {
        "members": grades(at_least(3), at_least(1)),
        "plan": grades(YES, weight=2),
        "focus": grades(OneOf(["north"]), OneOf(["north", "south"])),
    }
    enough = ScoreReaches(Decimal(percent), "percent")
    other = SomeRequirement([meets(name, OTHERS[name](each)) for name, each in chosen.items()])
    old = ruleset(asked, enough, grading=grading)
    new = ruleset(asked, enough, other, grading=grading, version="2")

    found = compare_rulesets(old, new).label

    awarded = passed(interview(asked, **chosen), old, None)
    assert found.verdict is (Verdict.STRICTER if awarded else Verdict.EQUIVALENT)
    assert found.shares is not None
    assert (found.shares.old_only, found.shares.new_only) == (int(awarded), 0)
    if awarded:
        assert isinstance(found.lost, Witness)
        assert found.lost.old.answers == chosen
        assert found.lost.fails == ("criterion-1",)


MEMBERS = catalogue(indicator("members", Count(maximum=100)), indicator("plan", YesNo()))


class TestBounds:
    """Bounds that some answer lies between, and bounds that none does."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (Threshold("value", "at_least", Decimal(15)), at_least("14.5")),
            (Threshold("value", "more_than", Decimal(14)), at_least(15)),
            (
                Threshold("value", "at_most", Decimal("7.9")),
                Threshold("value", "less_than", Decimal(8)),
            ),
        ],
    )
    def test_a_bound_moved_inside_a_gap_makes_no_difference(
        self, one: Condition, other: Condition
    ) -> None:
        """
        No count lies between 14.5 and 15, so the two ask for the same.
        """
        graded = [
            ruleset(MEMBERS, Floor(["members"], EXCELLENT), grading={"members": grades(each)})
            for each in (one, other)
        ]
        required = [ruleset(MEMBERS, meets("members", each)) for each in (one, other)]

        for old, new in (graded, required):
            found = compare_rulesets(old, new)
            assert found.label.verdict is Verdict.EQUIVALENT
            assert found.label.shares is not None
            # awarded or not; the plan is not looked at, and one class
            assert found.label.shares == Shares(1, 0, 0, 1)
            assert found.change_class is ChangeClass.HOLDER_SAFE
            assert len(found.changes) == 1

    def test_a_bound_moved_past_an_answer_makes_that_answer_the_witness(self) -> None:
        """
        From 15 to 16 members: 15 are awarded by the old ruleset alone, and the plan is as
        good as can be.
        """
        old, new = (
            ruleset(MEMBERS, meets("members", at_least(n)), meets("plan")) for n in (15, 16)
        )

        found = compare_rulesets(old, new).label

        assert found.verdict is Verdict.STRICTER
        assert isinstance(found.lost, Witness)
        assert found.lost.old.answers == {"members": 15, "plan": True}
        assert found.lost.changed == ("members",)
        assert found.lost.fails == ("criterion-0",)
        # 0 to 14, 15, 16 and more, with a plan or without
        assert found.shares == Shares(1, 1, 0, 4)

    def test_a_witness_is_made_from_the_interview_that_is_given(self) -> None:
        """
        The answers that matter change, the others stay; what is open gets the best.
        """
        old, new = (ruleset(MEMBERS, meets("members", at_least(n))) for n in (15, 16))
        near = interview(MEMBERS, members=40, plan=False)

        found = compare_rulesets(old, new, base=near)
        opened = compare_rulesets(old, new, base=interview(MEMBERS, plan=False))

        for each in (found.label.lost, opened.label.lost):
            assert isinstance(each, Witness)
            assert each.old == evolve(near, answers={"members": 15, "plan": False})
            assert each.changed == ("members",)
        assert found.on == near.conducted.on

    def test_a_base_has_a_day_already(self) -> None:
        """
        A program that gives another one is told so; the same one says nothing more.
        """
        rules = ruleset(MEMBERS, meets("members", at_least(15)))
        base = interview(MEMBERS, members=40)
        day = base.conducted.on

        assert compare_rulesets(rules, rules, base=base, on=day).on == day
        message = "^a comparison with a base is on the day of the base; leave the other day out$"
        with pytest.raises(TypeError, match=message):
            compare_rulesets(rules, rules, base=base, on=day + timedelta(days=1))

    def test_a_base_of_another_catalogue_is_refused(self) -> None:
        """
        An interview is read against the catalogue edition it names, and only that one.
        """
        other = interview(catalogue(indicator("plan", YesNo()), version="3"), plan=True)

        with pytest.raises(er.WrongCatalogue):
            compare_rulesets(ruleset(MEMBERS), ruleset(MEMBERS), base=other)


class TestDay:
    """The day of the interviews that are compared."""

    def test_it_is_the_first_on_which_both_are_or_have_been_in_force(self) -> None:
        """
        Unless it is given, or that of the base.
        """
        old = ruleset(MEMBERS, in_force=Period(date(2012, 1, 1), date(2016, 12, 31)))
        new = ruleset(MEMBERS, in_force=Period(date(2017, 1, 1)))
        base = interview(MEMBERS, date(2020, 2, 29))

        assert compare_rulesets(old, new).on == date(2017, 1, 1)
        assert compare_rulesets(new, old).on == date(2017, 1, 1)
        assert compare_rulesets(old, new, on=date(2018, 5, 1)).on == date(2018, 5, 1)
        assert compare_rulesets(old, new, base=base).on == date(2020, 2, 29)

    def test_years_ago_are_seen_from_it(self) -> None:
        """
        At most 4 years ago, from 2024, is 2020 or later; that is another rule from 2025.
        """
        asked = catalogue(indicator("plan", Year(minimum=2000, maximum=2030)))
        ago = ruleset(asked, meets("plan", Threshold("years_ago", "at_most", Decimal(4))))
        since = ruleset(asked, meets("plan", at_least(2020)))

        assert compare_rulesets(ago, since, on=date(2024, 1, 1)).label.verdict is Verdict.EQUIVALENT
        assert compare_rulesets(ago, since, on=date(2025, 1, 1)).label.verdict is Verdict.LOOSER


class TestDifferentCatalogues:
    """Rulesets of different catalogues are compared over what they share."""

    PLAN = indicator("plan", YesNo())

    def test_what_only_one_asks_is_named_and_answered_in_its_own_interview(self) -> None:
        """
        A new indicator that is required: those who did not answer it lack something; the
        answers that all have are compared.
        """
        added = catalogue(self.PLAN, indicator("team", YesNo()), version="2", listed=YesNo())
        old = ruleset(catalogue(self.PLAN), meets("plan"))
        new = ruleset(added, meets("plan"), meets("team"))

        found = compare_rulesets(old, new)

        assert (found.only_old, found.only_new) == ((), ("team", "listed"))
        assert found.label.verdict is Verdict.STRICTER
        assert found.missing == ("team",)
        assert found.change_class is ChangeClass.DATA_BREAKING
        assert isinstance(found.label.lost, Witness)
        assert found.label.lost.old == interview_like(found.label.lost.old, plan=True)
        assert found.label.lost.old.catalogue == old.catalogue
        assert found.label.lost.new.catalogue == added
        assert found.label.lost.new.answers == {"plan": True, "team": False}
        assert found.label.lost.new.facts == {"listed": True}
        # with plan and team, with plan alone, or without; the fact is not looked at
        assert found.label.shares == Shares(1, 1, 0, 2)

        back = compare_rulesets(new, old)
        assert (back.only_old, back.only_new) == (("team", "listed"), ())
        assert back.missing == ()
        assert back.change_class is ChangeClass.HOLDER_SAFE

    def test_another_kind_of_answer_is_another_question(self) -> None:
        """
        A yes is no count: nothing that was said to the one is said to the other.
        """
        old = ruleset(catalogue(self.PLAN), meets("plan"))
        counted = catalogue(indicator("plan", Count(maximum=9)), version="2")
        new = ruleset(counted, meets("plan", at_least(1)))

        found = compare_rulesets(old, new)

        assert (found.only_old, found.only_new) == (("plan",), ("plan",))
        assert found.label.verdict is Verdict.INCOMPARABLE
        assert found.label.shares == Shares(1, 1, 1, 1)
        assert isinstance(found.label.lost, Witness)
        assert found.label.lost.old.answers == {"plan": True}
        assert found.label.lost.new.answers == {"plan": 0}

    def test_options_that_both_have_are_compared(self) -> None:
        """
        What can only be said in one edition is in no interview of both.
        """
        old = catalogue(indicator("focus", Choice(options("north", "south"))))
        new = catalogue(indicator("focus", Choice(options("south", "north", "east"))), version="2")
        without = ruleset(old, meets("focus", OneOf(["north", "south"])))
        within = ruleset(new, meets("focus", OneOf(["north", "east"])))

        found = compare_rulesets(without, within).label

        assert found.verdict is Verdict.STRICTER
        assert isinstance(found.lost, Witness)
        assert found.lost.new.answers == found.lost.old.answers == {"focus": "south"}
        assert found.shares == Shares(1, 1, 0, 0)

    def test_not_applicable_counts_where_both_allow_it(self) -> None:
        """
        An indicator that does not apply passes; where only one edition allows that, no
        interview of both says so.
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

    def test_a_dimension_that_only_one_has_is_not_compared(self) -> None:
        """
        The label is; the dimensions are those that both have.
        """
        one = catalogue(self.PLAN)
        two = evolve(one, version="2", dimensions=one.dimensions[:1])

        for old, new in ((one, two), (two, one)):
            found = compare_rulesets(ruleset(old, meets("plan")), ruleset(new, meets("plan")))
            assert [each.scope for each in found.dimensions] == ["structure"]
            assert found.label.verdict is Verdict.EQUIVALENT

    def test_a_witness_pair_is_sound_in_each_catalogue(self) -> None:
        """
        Each interview fits its own edition, and differs from a base of one edition in
        what it must.
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
            found = compare_rulesets(old, new, base=base)
            assert found.label.verdict is Verdict.STRICTER
            witness = found.label.lost
            assert isinstance(witness, Witness)
            for rules, made in ((old, witness.old), (new, witness.new)):
                assert made.catalogue == rules.catalogue
                assert made.unanswered == ()
                assert check_interview(made) == ()
            assert passed(witness.old, old, None)
            assert not passed(witness.new, new, None)


def interview_like(made: Interview, **values: object) -> Interview:
    """The interview with these answers alone."""
    return evolve(made, answers=values, facts={})


class TestBasesOfOneEdition:
    """What a base says that only its own edition allows is not said in the other."""

    NEW = catalogue(
        indicator("focus", Choice(options("north", "south"))),
        indicator("plan", YesNo()),
        version="2",
    )

    def lost(self, base: Interview) -> Witness:
        """What a new requirement of a plan loses, made from a base of the old edition."""
        witness = compare_rulesets(
            ruleset(base.catalogue), ruleset(self.NEW, meets("plan")), base=base
        ).label.lost
        assert isinstance(witness, Witness)
        return witness

    def test_an_option_of_one_edition_is_replaced(self) -> None:
        """
        East can no longer be chosen, so a witness of both chooses something else.
        """
        asked = catalogue(
            indicator("focus", Choice(options("north", "south", "east"))),
            indicator("plan", YesNo()),
        )
        witness = self.lost(interview(asked, focus="east", plan=True))

        assert check_interview(witness.old) == check_interview(witness.new) == ()
        assert witness.old.answers == witness.new.answers

    def test_what_does_not_apply_in_one_edition_is_answered(self) -> None:
        """
        Where the new one wants an answer, the witness has the best.
        """
        focus = evolve(self.NEW.indicators[0], not_applicable=True)
        asked = catalogue(focus, self.NEW.indicators[1])
        witness = self.lost(interview(asked, focus=NotApplicable("young"), plan=True))

        assert check_interview(witness.old) == check_interview(witness.new) == ()
        assert witness.old.answers == witness.new.answers == {"focus": "north", "plan": False}

    def test_improvements_of_an_indicator_of_one_edition_are_left_out(self) -> None:
        """
        Nothing improves in what is not asked.
        """
        asked = catalogue(*self.NEW.indicators, indicator("team", YesNo()))
        improved = [Improvement("team", "larger", confirmed=True)]
        witness = self.lost(
            interview(asked, focus="north", plan=True, team=True, improvements=improved)
        )

        assert check_interview(witness.old) == check_interview(witness.new) == ()

    def test_a_base_held_with_other_words_is_of_the_same_edition(self) -> None:
        """
        A reworded question is no other catalogue (docs/semantics.md, 5.6).
        """
        reworded = evolve(self.NEW, title=Text({"en": "other words"}))
        base = interview(reworded, focus="north", plan=True)
        found = compare_rulesets(ruleset(self.NEW), ruleset(self.NEW, meets("plan")), base=base)

        assert isinstance(found.label.lost, Witness)
        assert found.label.lost.old.answers == {"focus": "north", "plan": False}


class TestChangeClass:
    """What a new version does to those who have the label."""

    ASKED = MEMBERS
    OLD = ruleset(MEMBERS, meets("plan"))

    def of(self, new: Ruleset) -> ChangeClass:
        """The class of a change from a ruleset that requires a plan."""
        return compare_rulesets(self.OLD, new).change_class

    def test_wording_alone_is_editorial(self) -> None:
        """
        So is nothing at all, and another version.
        """
        assert self.of(evolve(self.OLD, version="2")) is ChangeClass.EDITORIAL
        assert self.of(evolve(self.OLD, title=Text({"en": "other words"}))) is ChangeClass.EDITORIAL

    def test_what_loses_nobody_the_label_is_holder_safe(self) -> None:
        """
        To require less, and to change what makes no difference.
        """
        advised = Criterion("more", "advisory", meets("members", at_least(5)))

        assert self.of(ruleset(MEMBERS)) is ChangeClass.HOLDER_SAFE
        assert (
            self.of(evolve(self.OLD, criteria=[*self.OLD.criteria, advised]))
            is ChangeClass.HOLDER_SAFE
        )
        longer = ValidityRules(FirstAward(3, "end_of_month"))
        assert self.of(evolve(self.OLD, validity=longer)) is ChangeClass.HOLDER_SAFE

    def test_a_higher_bound_or_a_shorter_validity_affects_holders(self) -> None:
        """
        To hold the label for a shorter time is to lose it earlier.
        """
        few, many = (ruleset(MEMBERS, meets("members", at_least(each))) for each in (5, 6))
        shorter = ValidityRules(FirstAward(2, "same_day"))

        assert compare_rulesets(few, many).change_class is ChangeClass.HOLDER_AFFECTING
        assert self.of(evolve(self.OLD, validity=shorter)) is ChangeClass.HOLDER_AFFECTING
        # looser in what it asks, shorter in what it gives
        assert self.of(ruleset(MEMBERS, validity=shorter)) is ChangeClass.HOLDER_AFFECTING

    @pytest.mark.parametrize(
        "requirement",
        [
            meets("members", at_least(0)),
            Complete(),
            SomeRequirement([meets("members", at_least(2)), meets("plan")]),
            EveryRequirement([meets("members", at_least(2)), meets("plan")]),
        ],
    )
    def test_what_needs_an_answer_more_breaks_data(self, requirement: Requirement) -> None:
        """
        An old interview without that answer is no longer enough, whatever it asks.
        """
        new = ruleset(MEMBERS, meets("plan"), requirement)

        assert self.of(new) is ChangeClass.DATA_BREAKING
        assert compare_rulesets(self.OLD, new).missing == ("members",)
        assert compare_rulesets(new, self.OLD).missing == ()

    def test_grades_of_an_indicator_need_its_answer(self) -> None:
        """
        A floor, a score and a count; a history and improvements need no answer.
        """
        grading = {"members": grades(at_least(2))}
        old = ruleset(MEMBERS, meets("plan"), grading=grading)
        for needing in (
            Floor(["members"], IMPROVABLE),
            ScoreReaches(Decimal(1), "points"),
            CountGraded(1, EXCELLENT),
        ):
            new = ruleset(MEMBERS, meets("plan"), needing, grading=grading)
            assert compare_rulesets(old, new).missing == ("members",)
        for free in (Improvements(1), Earlier("bronze", "awarded")):
            new = ruleset(MEMBERS, meets("plan"), free, grading=grading)
            found = compare_rulesets(old, new)
            assert found.missing == ()
            assert found.change_class is ChangeClass.HOLDER_AFFECTING
        advised = Criterion("more", "advisory", Floor(["members"], EXCELLENT))
        new = evolve(old, criteria=[*old.criteria, advised])
        assert compare_rulesets(old, new).missing == ()

    def test_each_awards_what_the_other_refuses(self) -> None:
        """
        Whether data break or not, holders cannot be told apart by it.
        """
        assert self.of(ruleset(MEMBERS, meets("members", at_least(5)))) is ChangeClass.INCOMPARABLE

    def test_a_fact_and_an_indicator_of_one_name_are_two(self) -> None:
        """
        Whoever answered the one did not answer the other.
        """
        old = ruleset(catalogue(indicator("plan", YesNo())), Complete())
        new = ruleset(catalogue(version="2", plan=YesNo()), AnswerMeets("fact", "plan", YES))

        assert compare_rulesets(old, new).missing == ("plan",)


SHIPPED = [
    ("bronze", "2010-11", "2019-11", Verdict.STRICTER, ChangeClass.DATA_BREAKING),
    ("silver", "2014-10", "2017-01", Verdict.EQUIVALENT, ChangeClass.HOLDER_SAFE),
    ("silver", "2017-01", "2019-11", Verdict.STRICTER, ChangeClass.DATA_BREAKING),
    ("gold", "2012-04", "2019-11", Verdict.STRICTER, ChangeClass.DATA_BREAKING),
]


@pytest.mark.parametrize(("label", "before", "after", "verdict", "change_class"), SHIPPED)
def test_the_shipped_rulesets_compare_as_the_history_of_the_scheme_says(
    label: Label, before: str, after: str, verdict: Verdict, change_class: ChangeClass
) -> None:
    """
    In 2019 facts about the applicant came to be required of all three labels, which
    nobody had been asked before; in 2017 the audit of Silver stayed what it was.
    """
    old, new = (er.shipped().ruleset(label, version=each) for each in (before, after))

    found = compare_rulesets(old, new)

    assert (found.label.verdict, found.change_class) == (verdict, change_class)
    assert all(each.beyond == () for each in scopes(found))
    assert bool(found.missing) is (change_class is ChangeClass.DATA_BREAKING)
    witness = found.label.lost
    assert isinstance(witness, Witness) is (verdict is Verdict.STRICTER)
    if isinstance(witness, Witness):
        for rules, one in ((old, witness.old), (new, witness.new)):
            edition = er.shipped()
            assert er.read_interview(er.write_interview(one), edition=edition) == one
            assert one.unanswered == ()
            assert passed(one, rules, None) is (rules is old)


class TestProofs:
    """Why what one ruleset awards the other does not refuse."""

    GRADING: ClassVar = {"members": grades(at_least(6), at_least(3)), "plan": grades(YES)}

    def proved(self, *by: Requirement, failing: Requirement) -> tuple[str, ...] | None:
        """The criteria that exclude a failure, of those that are required."""
        old = ruleset(MEMBERS, *by, grading=self.GRADING)
        new = ruleset(MEMBERS, failing, grading=self.GRADING, version="2")
        lost = prove(Statements(encode((old, new), ON)), None, 0)
        return lost and lost.proofs[0].by

    def test_a_single_criterion_where_one_suffices(self) -> None:
        """
        First that of the same name; none where the other cannot fail.
        """
        enough, more = meets("members", at_least(5)), meets("members", at_least(7))

        assert self.proved(more, enough, failing=enough) == ("criterion-0",)
        assert self.proved(meets("plan"), more, failing=enough) == ("criterion-1",)
        # each of the two suffices, and the second has the name of the one that fails
        one = Criterion("one", "required", more)
        two = Criterion("criterion-0", "required", enough)
        old = ruleset(MEMBERS, criteria=[one, two])
        new = ruleset(MEMBERS, enough, version="2")
        lost = prove(Statements(encode((old, new), ON)), None, 0)
        assert lost is not None
        assert lost.proofs[0].by == ("criterion-0",)
        assert self.proved(meets("plan"), more, failing=Complete()) == ()

    def test_several_where_none_suffices_alone_and_no_more_than_that(self) -> None:
        """
        A plan and a floor earn 2 of 3 points, and either of them earns just one; what is
        known of earlier awards has no say.
        """
        floor = Floor(["members"], REASONABLE)
        two = ScoreReaches(Decimal(2), "points")
        award = Earlier("bronze", "awarded")

        assert self.proved(award, meets("plan"), floor, failing=two) == (
            "criterion-1",
            "criterion-2",
        )

    def test_there_is_no_proof_of_what_is_not_so(self) -> None:
        """
        A plan alone is one of the points.
        """
        assert self.proved(meets("plan"), failing=ScoreReaches(Decimal(2), "points")) is None
        assert self.proved(failing=meets("plan")) is None


class TestBeyondTheMethod:
    """What is beyond the method is said at once, and what is not is given."""

    OLD = ruleset(
        MEMBERS,
        SomeRequirement([meets("plan"), ScoreReaches(Decimal(1), "points")]),
        Earlier("bronze", "awarded", at_least_months=12),
        grading={"members": grades(at_least(3)), "plan": grades(YES)},
    )
    NEW = ruleset(
        MEMBERS,
        SomeRequirement([meets("plan"), ScoreReaches(Decimal(2), "points")]),
        Earlier("bronze", "awarded", at_least_months=18),
        grading={"members": grades(at_least(4)), "plan": grades(YES)},
        version="2",
    )

    def test_it_is_within_the_method_by_itself(self) -> None:
        """
        What the limits below cut off is there without them.
        """
        found = compare_rulesets(self.OLD, self.NEW).label

        assert found.verdict is Verdict.STRICTER
        assert found.shares is not None
        assert found.beyond == ()

    @pytest.mark.parametrize(
        ("limit", "reason"),
        [
            ("analysis.solver.formulas.MAX_BOXES", "a combination of so many alternatives"),
            ("analysis.solver.shortest_path.MAX_QUESTIONS", "a search through so many questions"),
        ],
    )
    def test_without_a_verdict_the_other_layers_are_there(
        self, limit: str, reason: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        How many classes each awards, the changes and the days need no search.
        """
        whole = compare_rulesets(self.OLD, self.NEW)
        monkeypatch.setattr(f"ecei_rules.{limit}", 0)

        found = compare_rulesets(self.OLD, self.NEW)

        assert found.label.verdict is None
        assert found.label.lost is None
        assert set(found.label.beyond) == {f"{reason} is beyond the method"}
        assert found.label.shares == whole.label.shares
        assert found.change_class is ChangeClass.INCOMPARABLE
        assert (found.changes, found.validity) == (whole.changes, whole.validity)

    @pytest.mark.parametrize("limit", ["MAX_STATES", "MAX_BYTES"])
    def test_without_shares_the_verdict_is_there(
        self, limit: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Witnesses and certificates need no count.
        """
        whole = compare_rulesets(self.OLD, self.NEW)
        monkeypatch.setattr(f"ecei_rules.analysis.solver.counting.{limit}", 0)

        found = compare_rulesets(self.OLD, self.NEW)

        assert found.label.shares is None
        assert found.label.beyond == ("a count over sums of so many values is beyond the method",)
        assert evolve(found.label, shares=whole.label.shares, beyond=()) == whole.label
        assert found.change_class is whole.change_class

    def test_where_answers_cannot_be_cut_changes_and_days_are_there(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Without classes of histories there are no outcomes to compare.
        """
        whole = compare_rulesets(self.OLD, self.NEW)
        monkeypatch.setattr("ecei_rules.analysis.encoding.history_classes.MAX_REQUIREMENTS", 1)

        found = compare_rulesets(self.OLD, self.NEW)

        reason = "a history with so many requirements on one kind of event is beyond the method"
        for each, known in zip(scopes(found), scopes(whole), strict=True):
            assert (each.scope, each.title) == (known.scope, known.title)
            assert each.beyond == (reason,)
            assert (each.verdict, each.lost, each.gained, each.shares) == (None,) * 4
        assert (found.changes, found.validity) == (whole.changes, whole.validity)
        assert (found.only_old, found.only_new) == ((), ())
        assert found.change_class is ChangeClass.INCOMPARABLE

    def test_a_search_through_needs_that_hinder_one_another_can_be_too_long(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Four indicators with three answers each, that two rulesets grade each in its own
        way: what one counts for best the other counts for nothing.
        """
        names = ("alliances", "branding", "contacts", "duties")
        asked = catalogue(
            *(indicator(each, Choice(options("north", "south", "east"))) for each in names)
        )

        def graded(weights: tuple[int, ...], *best_interview: str) -> dict[str, Grading]:
            given = zip(names, weights, [each.split() for each in best_interview], strict=True)
            return {
                name: grades(OneOf([first]), OneOf([second]), weight=weight)
                for name, weight, (first, second) in given
            }

        old = ruleset(
            asked,
            ScoreReaches(Decimal(37), "percent"),
            CountGraded(3, EXCELLENT),
            grading=graded((3, 2, 4, 1), "east north", "north south", "north south", "east south"),
        )
        new = ruleset(
            asked,
            ScoreReaches(Decimal(51), "percent"),
            CountGraded(1, REASONABLE),
            grading=graded((4, 4, 3, 1), "east south", "north south", "north east", "south north"),
        )
        whole = compare_rulesets(old, new).label
        monkeypatch.setattr("ecei_rules.analysis.solver.shortest_path.MAX_STATES", 0)

        found = compare_rulesets(old, new).label

        assert whole.beyond == ()
        assert found.verdict is None
        assert set(found.beyond) == {"a search through so many states is beyond the method"}
        assert found.shares == whole.shares

    def test_a_proof_can_be_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Then there is neither a witness nor a certificate in that direction.
        """
        monkeypatch.setattr("ecei_rules.comparison.proofs.MAX_STATES", 0)
        light, heavy = (
            {"members": grades(at_least(3)), "plan": grades(YES, weight=each)} for each in (1, 2)
        )
        # one of two points, and then three of three
        old = ruleset(MEMBERS, ScoreReaches(Decimal(1), "points"), grading=light)
        new = ruleset(MEMBERS, ScoreReaches(Decimal(3), "points"), grading=heavy)

        found = compare_rulesets(old, new).label

        assert isinstance(found.lost, Witness)
        assert found.gained is None
        assert found.verdict is None
        assert found.beyond == ("a proof with so many bounds is beyond the method",)
