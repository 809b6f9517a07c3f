"""Comparisons of rulesets against brute force, and their laws."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from brute_force import ON, BruteForce, cells_of
from comparison_samples import (
    bases,
    passed,
    scopes,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from interview_cells import CONDUCTED, IMPROVEMENTS
from small_worlds import World, doubled, interview_days, worlds
from tiny_rulesets import (
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
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass, Shares, Verdict, Witness
from ecei_rules.comparison.witnesses import base_of, best_interview, interview_from
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.catalogue import Choice, Count, YesNo
from ecei_rules.interviews.interview import check_interview
from ecei_rules.rulesets.conditions import AnyOf, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    Criterion,
    EveryRequirement,
    Floor,
    ScoreReaches,
    SomeRequirement,
)

if TYPE_CHECKING:
    from datetime import date

    from interview_cells import Cell, Question

    from ecei_rules.analysis.encoding.question import Question as Asked
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.criteria import Requirement

#: Together more than a thousand pairs in the profile `ci`; a witness takes longer to try.
HUNDREDS = settings(max_examples=18 * settings().max_examples)


MANY = settings(max_examples=9 * settings().max_examples)


VERDICTS = {
    (False, False): Verdict.EQUIVALENT,
    (True, False): Verdict.STRICTER,
    (False, True): Verdict.LOOSER,
    (True, True): Verdict.INCOMPARABLE,
}


@pytest.mark.oracle
@HUNDREDS
@given(worlds(), interview_days)
def test_verdicts_and_shares_agree_with_brute_force(world: World, on: date) -> None:
    """
    Shares are the numbers of classes; each direction has a witness or else a certificate.
    """
    comparison = compare_rulesets(world.old, world.new, on=on)

    oracle = BruteForce(world.old, world.new, on)
    for compared in scopes(comparison):
        tried = oracle.regions(compared.scope)
        shares = Shares(tried.both, tried.old_only, tried.new_only, tried.neither)
        assert compared.shares == shares
        assert shares.total == prod(map(len, oracle.classes.values()))
        assert compared.verdict is VERDICTS[tried.old_only > 0, tried.new_only > 0]
        assert isinstance(compared.lost, Witness if tried.old_only else Certificate)
        assert isinstance(compared.gained, Witness if tried.new_only else Certificate)
        assert compared.beyond == ()


@pytest.mark.oracle
@MANY
@given(worlds(), st.data())
def test_witness_is_the_first_with_the_fewest_changes(world: World, data: st.DataObject) -> None:
    """
    Changes are counted from the best interview, or from a given one. An open question of a
    given one has its best answer, and counts only if the witness needs another one.
    """
    base = data.draw(bases(world))
    on = base.conducted.on if base else ON
    comparison = compare_rulesets(world.old, world.new, base=base, on=on)

    tried = _Tried(world, base, on)
    for compared in scopes(comparison):
        for awarding, witness in enumerate((compared.lost, compared.gained)):
            expected = tried.first(compared.scope, awarding)
            if expected is None:
                assert isinstance(witness, Certificate)
                continue
            assert isinstance(witness, Witness)
            assert witness.old == witness.new
            assert tried.space.classes_of(witness.old, 0) == expected
            own, other = (
                cells_of(interview, world.old, world.new)
                for interview in (tried.start, witness.old)
            )
            differing = {question for question in own if own[question] != other[question]}
            assert differing == {tried.names[name] for name in witness.changed}
            assert len(differing) == len(witness.changed)
    start = cells_of(tried.start, world.old, world.new)
    for side, witness in (("old", comparison.label.lost), ("new", comparison.label.gained)):
        least = tried.oracle.fewest_changes(start, awarded_by=side)
        assert least == (len(witness.changed) if isinstance(witness, Witness) else None)


class _Tried:
    """Finds the witnesses of a world by trying every choice of classes in order."""

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
        sizes = [len(each.classes) for each in self.space.questions]
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
        # the classes are exactly those that trying every answer finds
        known = self.oracle.classes
        assert {q: set(each) for q, each in known.items()} == {
            q: set(each) for q, each in self.cells.items()
        }
        assert {q: len(each) for q, each in known.items()} == dict(
            zip(questions, sizes, strict=True)
        )

    def first(self, scope: str | None, awarding: int) -> tuple[int, ...] | None:
        """Return the first choice with the fewest changes that only one ruleset awards."""
        giving, refusing = self.oracle.trials[awarding], self.oracle.trials[1 - awarding]
        relevant = self.oracle.relevant(scope)
        choices = [
            order if question in relevant else order[:1]
            for order, question in zip(self.orders, self.cells, strict=True)
        ]
        witnesses = []
        for chosen in product(*choices):
            cells = {
                question: known[number]
                for number, (question, known) in zip(chosen, self.cells.items(), strict=True)
            }
            if giving.passes(cells, scope) and not refusing.passes(cells, scope):
                changes = sum(
                    number != order[0] for number, order in zip(chosen, self.orders, strict=True)
                )
                witnesses.append((changes, chosen))
        # of equals `min` takes the first, and they are tried in order of preference
        return min(witnesses, key=lambda each: each[0])[1] if witnesses else None


def _question(asked: Asked) -> Question:
    match asked.subject:
        case "history":
            return ("history", *asked.id.replace(" and ", " ").split())
        case "improvements":
            return IMPROVEMENTS
        case "conducted":
            return CONDUCTED
        case subject:
            return subject, asked.id


@given(worlds(), st.data())
def test_assessing_a_witness_confirms_it(world: World, data: st.DataObject) -> None:
    """
    The ordinary assessment awards it under the one ruleset, and refuses it under the other
    on the named criteria. It is complete, valid and can be written and read; all other
    answers are those of the interview that it was made from.
    """
    base = data.draw(bases(world))
    comparison = compare_rulesets(world.old, world.new, base=base, on=None if base else ON)
    edition = er.Edition([world.catalogue])

    for compared in scopes(comparison):
        for refusing, witness in ((world.new, compared.lost), (world.old, compared.gained)):
            if not isinstance(witness, Witness):
                continue
            awarding = world.old if refusing is world.new else world.new
            assert passed(witness.old, awarding, compared.scope)
            assert not passed(witness.new, refusing, compared.scope)
            required = {
                each.id
                for each in refusing.criteria
                if each.severity == "required" and compared.scope in (None, each.dimension)
            }
            findings = er.assess(witness.new, refusing).all_findings
            assert witness.fails == tuple(
                each.criterion
                for each in findings
                if each.outcome is Outcome.NOT_MET and each.criterion in required
            )
            for made in (witness.old, witness.new):
                assert made.unanswered == ()
                assert check_interview(made) == ()
                text = er.write_interview(made)
                assert er.read_interview(text, edition=edition) == made
                assert made.conducted.on == comparison.on
                if base is not None:
                    assert_rest_is_unchanged(base, made, witness)


def assert_rest_is_unchanged(base: Interview, made: Interview, witness: Witness) -> None:
    """Check that everything a witness does not change is that of the base, also in notation."""
    for own, new in ((base.answers, made.answers), (base.facts, made.facts)):
        kept = {name: repr(each) for name, each in own.items() if name not in witness.changed}
        assert kept == {name: repr(new[name]) for name in kept}
    streams = {stream for each in witness.changed if " " in each for stream in each.split(" and ")}
    for one, other in ((base, made), (made, base)):
        kept_events = [e for e in one.history if f"{e.label} {e.event}" not in streams]
        assert {*kept_events} <= {*other.history}
    if "improvements" not in witness.changed:
        assert made.improvements == base.improvements
    assert made.cluster == base.cluster


@given(worlds())
def test_ruleset_is_equivalent_to_itself(world: World) -> None:
    """
    There is no change, no witness and no class of interviews that only one awards.
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
def test_reverse_comparison_is_the_mirror(world: World, data: st.DataObject) -> None:
    """
    Verdicts and shares are exchanged, and witnesses have as many changes from a complete
    interview. An open question has the best answer under the old ruleset first, which is
    another ruleset then.
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
def test_doubled_weights_are_equivalent_for_percentages(
    world: World,
) -> None:
    """
    If only percentages are required, half of the points is half of twice the points.
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
def test_floor_below_another_floor_makes_no_difference(world: World, data: st.DataObject) -> None:
    """
    An excellent grade is also a reasonable one, so the lower floor is redundant.
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
def test_single_class_of_interviews_is_distinguished(chosen: dict[str, Any], percent: int) -> None:
    """
    If a ruleset refuses one more class than another, that class is lost and is the witness;
    if the other refuses it too, the two are equivalent.
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

    compared = compare_rulesets(old, new).label

    awarded = passed(interview(asked, **chosen), old, None)
    assert compared.verdict is (Verdict.STRICTER if awarded else Verdict.EQUIVALENT)
    assert compared.shares is not None
    assert (compared.shares.old_only, compared.shares.new_only) == (int(awarded), 0)
    if awarded:
        assert isinstance(compared.lost, Witness)
        assert compared.lost.old.answers == chosen
        assert compared.lost.fails == ("criterion-1",)
