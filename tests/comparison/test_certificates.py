"""What the checker of certificates accepts, and what it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from brute_force import ON, regions
from hypothesis import given
from hypothesis import strategies as st
from small_rulesets import DIMENSIONS, SCALE, VALIDITY
from small_worlds import World, interview_days, worlds

import ecei_rules as er
from ecei_rules.analysis.encoding.constraints import Statements
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.comparison.certificate import Case, Certificate, CertifiedQuestion, Need, Proof
from ecei_rules.comparison.certificate_check import check_certificate
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.proofs import prove
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Catalogue,
    Choice,
    Choices,
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
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.texts import Attestation, Text
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
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.interviews.interview import Given
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.criteria import Requirement

WORDS = Text({"en": "a text"})
IMPROVABLE, REASONABLE, EXCELLENT = SCALE
EVENT = LabelEvent("gold", "benchmarked", ON)
SCOPES = (None, *DIMENSIONS)
PAIRS = (
    ("bronze@2010-11", "bronze@2019-11"),
    ("silver@2014-10", "silver@2017-01"),
    ("silver@2017-01", "silver@2019-11"),
    ("gold@2012-04", "gold@2019-11"),
)


def certificates(old: Ruleset, new: Ruleset, on: date = ON) -> list[Certificate]:
    """All that are made of two rulesets, for the label and each dimension, both ways."""
    statements = Statements(encode((old, new), on))
    made = [prove(statements, *each) for each in product(SCOPES, (0, 1))]
    return [each for each in made if each is not None]


@st.composite
def certified_worlds(draw: st.DrawFn) -> tuple[World, date, list[Certificate]]:
    """Worlds with the certificates of a day; there may be none."""
    world, on = draw(worlds()), draw(interview_days)
    return world, on, certificates(world.old, world.new, on)


@st.composite
def otherwise_asked(draw: st.DrawFn, catalogue: Catalogue) -> Catalogue:
    """The catalogue with some questions asked in another way, and one more of them."""
    indicators = []
    for each in catalogue.indicators:
        kind = draw(st.sampled_from((each.answer, *_near(each.answer))))
        aside = draw(st.sampled_from((each.not_applicable, True, False)))
        indicators.append(evolve(each, answer=kind, not_applicable=aside))
    more = evolve(catalogue.indicators[0], id="more")
    return evolve(catalogue, indicators=[*indicators, more])


def _near(kind: AnswerKind) -> tuple[AnswerKind, ...]:
    """Kinds with other bounds, another unit or fewer options."""
    match kind:
        case Count():
            return Count(maximum=2), Count(minimum=1), Count(unit="people")
        case Number():
            return Number(minimum=Decimal(1)), Number(maximum=Decimal(-1)), Share()
        case Year():
            return Year(minimum=2022), Year(maximum=2010)
        case Choice(options=options):
            return Choice(options[:1]), Choice([Option("west", WORDS)])
        case Choices(options=options):
            return Choices(options[1:]), Choices([Option("west", WORDS)])
        case Breakdown(options=options):
            others = Breakdown([Option("west", WORDS)])
            return Breakdown(options[:1]), Breakdown(options, maximum=1), others
        case Share() | YesNo():
            return (kind,)


def _but(items: tuple[object, ...], at: int, *instead: object) -> tuple[object, ...]:
    return (*items[:at], *instead, *items[at + 1 :])


def altered_cases(case: Case) -> Iterator[Case]:
    """The case with any one number changed, or with something too much or too little."""
    for layer, entries in enumerate(case.bounds):
        for number, entry in enumerate(entries):
            for at, value in enumerate(entry):
                for step in (-1, 1):
                    changed = _but(entries, number, _but(entry, at, value + step))
                    yield evolve(case, bounds=_but(case.bounds, layer, changed))
        yield evolve(case, bounds=_but(case.bounds, layer))
        yield evolve(case, bounds=_but(case.bounds, layer, entries, entries))
    for at, need in enumerate(case.needs):
        changed = [evolve(need, at_least=need.at_least + step) for step in (-1, 1)]
        for key, row in need.gains.items():
            for number, gain in enumerate(row):
                gains = {**need.gains, key: _but(row, number, gain + 1)}
                changed.append(evolve(need, gains=gains))
            changed.append(evolve(need, gains={k: v for k, v in need.gains.items() if k != key}))
        for each in changed:
            yield evolve(case, needs=_but(case.needs, at, each))
        yield evolve(case, needs=_but(case.needs, at))
        yield evolve(case, needs=_but(case.needs, at, need, need))
    for key, classes in case.allowed.items():
        for at, number in enumerate(classes):
            for instead in ([], [number + 1], [number - 1]):
                changed = _but(classes, at, *instead)
                if set(changed) != set(classes):
                    yield evolve(case, allowed={**case.allowed, key: changed})
        yield evolve(case, allowed={k: v for k, v in case.allowed.items() if k != key})


def altered(made: Certificate) -> Iterator[Certificate]:
    """
    The certificate with any one thing changed that matters.

    An answer becomes one of another class, or one that is none. The names of criteria,
    of the scope and of rulesets become such as there are none.
    """
    yield evolve(made, scope="nowhere")
    yield evolve(made, awarded_by="bronze@1999")
    yield evolve(made, not_refused_by=made.awarded_by)
    for at, question in enumerate(made.questions):
        changed = [evolve(question, key=f"{question.key}s"), evolve(question, sides=())]
        for number in range(len(question.answers)):
            others = ([], [question.answers[number - 1]], [(EVENT,)], [-1])
            answers = [_but(question.answers, number, *each) for each in others]
            changed.extend(evolve(question, answers=each) for each in answers)
        yield from (evolve(made, questions=_but(made.questions, at, each)) for each in changed)
        yield evolve(made, questions=_but(made.questions, at))
        yield evolve(made, questions=_but(made.questions, at, question, question))
    for at, proof in enumerate(made.proofs):
        changed = [evolve(proof, criterion="nothing"), evolve(proof, by=[*proof.by, "nothing"])]
        for number, name in enumerate(proof.by):
            changed.append(evolve(proof, by=_but(proof.by, number, "nothing")))
            changed.append(evolve(proof, by=_but(proof.by, number, name, name)))
        for number, case in enumerate(proof.cases):
            others = ([], [case, case], *([each] for each in altered_cases(case)))
            cases = [_but(proof.cases, number, *each) for each in others]
            changed.extend(evolve(proof, cases=each) for each in cases)
        yield from (evolve(made, proofs=_but(made.proofs, at, each)) for each in changed)
        yield evolve(made, proofs=_but(made.proofs, at))
        yield evolve(made, proofs=_but(made.proofs, at, proof, proof))


def counted(*, name: str, unit: str | None = None) -> Indicator:
    """A question of how many, 0 to 4."""
    kind = Count(maximum=4, unit=unit)
    return Indicator(name, "structure", WORDS, WORDS, kind, provenance=Attestation("attested"))


def asked_in_services(kind: AnswerKind, *, aside: bool = False) -> Indicator:
    """The third question, of any kind."""
    return Indicator(
        "plan",
        "services",
        WORDS,
        WORDS,
        kind,
        not_applicable=aside,
        provenance=Attestation("attested"),
    )


def catalogue(*more: Indicator, unit: str | None = None) -> Catalogue:
    """Two counts, further questions, and one fact."""
    dimensions = [Dimension(name, WORDS) for name in DIMENSIONS]
    counts = [counted(name="firms", unit=unit), counted(name="labs")]
    listed = Fact("listed", WORDS, YesNo())
    return Catalogue("tiny", "1", WORDS, dimensions, [*counts, *more], facts=[listed])


# 0 earns no points, 1 earns one, 2 to 4 earn two
STEPS = Grading(
    1,
    [
        Grade(EXCELLENT, 2, when=Threshold("value", "at_least", Decimal(2))),
        Grade(REASONABLE, 1, when=Threshold("value", "at_least", Decimal(1))),
        Grade(IMPROVABLE, 0),
    ],
)


def ruleset(version: str, *requirements: Requirement, asked: Catalogue | None = None) -> Ruleset:
    """A ruleset that requires these, as `criterion-0` and so on."""
    return Ruleset(
        "bronze",
        version,
        WORDS,
        Period(date(2010, 11, 1)),
        asked or catalogue(),
        SCALE,
        {"firms": STEPS, "labs": STEPS},
        [Criterion(f"criterion-{n}", "required", each) for n, each in enumerate(requirements)],
        VALIDITY,
    )


def claim(
    *proofs: Proof, questions: tuple[CertifiedQuestion, ...], scope: str | None = None
) -> Certificate:
    """That what the old ruleset awards the new one does not refuse."""
    return Certificate(scope, "bronze@1", "bronze@2", ON, questions, proofs)


FIRMS = CertifiedQuestion("indicator/firms", (0, 1), (0, 1, 2))
LABS = CertifiedQuestion("indicator/labs", (0, 1), (0, 1, 2))
GAINED = {"indicator/firms": (0, 1, 2), "indicator/labs": (0, 1, 2)}
LOST = {"indicator/firms": (2, 1, 0), "indicator/labs": (2, 1, 0)}

# Whoever has at least one of both has at least 2 of 4 points. To have less is to lose 3 of
# 4; where both classes are 1 or 2, firms lose at most 1 and labs at most 1.
FLOOR = ruleset("1", Floor(["firms", "labs"], REASONABLE))
HALF = ruleset("2", ScoreReaches(Decimal(50), "percent"))
BOTH_ALLOWED = {"indicator/firms": (1, 2), "indicator/labs": (1, 2)}
LOSES_THREE = Case(BOTH_ALLOWED, [Need(LOST, 3)], [[(1,)], [(2,)]])
BY_FLOOR = Proof("criterion-0", ["criterion-0"], [LOSES_THREE])
HALF_BY_FLOOR = claim(BY_FLOOR, questions=(FIRMS, LABS))

# Whoever has 3 of 4 points attains a reasonable grade twice. After firms, by points up to
# 3 the most grades missed: with 0 points 1, with 1 or 2 none. After labs: 0 points and two
# missed; 1 point (0 + 1, 1 + 0) and one missed; 2 points (0 + 2, 2 + 0) and one; 3 and none.
THREE = ruleset("1", ScoreReaches(Decimal(3), "points"))
TWICE = ruleset("2", CountGraded(2, REASONABLE))
MISSED = {"indicator/firms": (1, 0, 0), "indicator/labs": (1, 0, 0)}
MISSES_ONE = Case(
    {},
    [Need(GAINED, 3), Need(MISSED, 1)],
    [[(0, 1), (1, 0), (2, 0)], [(0, 2), (1, 1), (2, 1), (3, 0)]],
)
BY_POINTS = Proof("criterion-0", ["criterion-0"], [MISSES_ONE])
TWICE_BY_POINTS = claim(BY_POINTS, questions=(FIRMS, LABS))

# Whoever has 3 of 4 points has 2: to have 3 and to lose 3 of 4 is to have what is lost.
TWO = ruleset("2", ScoreReaches(Decimal(2), "points"))
FEWER = Case({}, [Need(GAINED, 3), Need(LOST, 3)])
TWO_BY_THREE = claim(Proof("criterion-0", ["criterion-0"], [FEWER]), questions=(FIRMS, LABS))


NONE_LACKING = "indicator/firms of class 1 or 2 and indicator/labs of class 1 or 2"
POINTS = "points from indicator/firms, indicator/labs"


class TestByHand:
    """Certificates whose bounds were worked out by hand."""

    def test_the_bounds_of_one_need(self) -> None:
        """
        The most points lost after each question, where the floor leaves two classes of each.
        """
        assert check_certificate(HALF_BY_FLOOR, FLOOR, HALF) == ()

    def test_the_bounds_of_two_needs(self) -> None:
        """
        The most grades missed for each number of points.
        """
        assert check_certificate(TWICE_BY_POINTS, THREE, TWICE) == ()

    def test_needs_that_contradict_each_other(self) -> None:
        """
        What is to be gained and to be lost at once needs no bounds.
        """
        assert check_certificate(TWO_BY_THREE, THREE, TWO) == ()

    def test_points_with_a_common_factor(self) -> None:
        """
        With twice the weight 0 to 8 points are earned, all of them even: 3 are as good as 4,
        2 of 4 in twos; and to have less than 4 is to lose 5 of 8, as good as 6, or 3 in twos.
        """
        twice = {"firms": evolve(STEPS, weight=2), "labs": evolve(STEPS, weight=2)}
        three, four = (
            evolve(ruleset(version, ScoreReaches(Decimal(points), "points")), grading=twice)
            for version, points in (("1", 3), ("2", 4))
        )

        assert (
            check_certificate(
                only(TWO_BY_THREE, needs=[Need(GAINED, 2), Need(LOST, 3)]), three, four
            )
            == ()
        )

    def test_points_that_everybody_has(self) -> None:
        """
        Where every answer earns a point more, 5 points are as good as 3 without them, and
        4 as good as 2.
        """
        steps = evolve(
            STEPS, grades=[evolve(each, points=each.points + 1) for each in STEPS.grades]
        )
        five, four = (
            evolve(
                ruleset(version, ScoreReaches(Decimal(points), "points")),
                grading={"firms": steps, "labs": steps},
            )
            for version, points in (("1", 5), ("2", 4))
        )

        assert check_certificate(TWO_BY_THREE, five, four) == ()

    def test_the_needs_may_stand_in_any_order(self) -> None:
        """
        By grades missed, the most points: after firms 2 without a miss and 0 with one;
        then none missed 4, and at least one missed 2.
        """
        swapped = Case({}, [Need(MISSED, 1), Need(GAINED, 3)], [[(0, 2), (1, 0)], [(0, 4), (1, 2)]])
        made = claim(Proof("criterion-0", ["criterion-0"], [swapped]), questions=(FIRMS, LABS))

        assert check_certificate(made, THREE, TWICE) == ()

    def test_questions_that_gain_nothing_have_no_bounds(self) -> None:
        """
        What is listed for the sake of another proof is passed over.
        """
        listed = CertifiedQuestion("fact/listed", (0, 1), (True,))
        made = evolve(HALF_BY_FLOOR, questions=(listed, FIRMS, LABS))

        assert check_certificate(made, FLOOR, HALF) == ()

    def test_both_directions_of_rulesets_of_one_name(self) -> None:
        """
        Where the names do not tell the rulesets apart, one of the directions is proved.
        """
        made = evolve(HALF_BY_FLOOR, not_refused_by="bronze@1")
        half = evolve(HALF, version="1")

        assert check_certificate(made, FLOOR, half) == ()
        assert check_certificate(made, half, FLOOR) == ()


def only(made: Certificate, **changes: object) -> Certificate:
    """The certificate with its only case changed."""
    (proof,) = made.proofs
    (case,) = proof.cases
    return evolve(made, proofs=[evolve(proof, cases=[evolve(case, **changes)])])


class TestRefused:
    """Each way to be no proof, and the words for it."""

    def test_of_other_rulesets(self) -> None:
        """
        A certificate about others proves nothing of these two, in whatever order.
        """
        assert check_certificate(HALF_BY_FLOOR, HALF, FLOOR) == ()
        assert check_certificate(HALF_BY_FLOOR, evolve(THREE, version="3"), HALF) == (
            "it is about bronze@1 and bronze@2, not bronze@3 and bronze@2",
        )

    def test_of_a_dimension_that_is_not_there(self) -> None:
        """
        Nothing is required in a dimension that neither ruleset has.
        """
        assert check_certificate(evolve(HALF_BY_FLOOR, scope="nowhere"), FLOOR, HALF) == (
            'bronze@1 has no dimension "nowhere"',
            'bronze@2 has no dimension "nowhere"',
            'expected none, found 1 proofs of "criterion-0"',
        )

    def test_with_a_proof_too_much_or_too_little(self) -> None:
        """
        Each required criterion is proved once, and no other one.
        """
        other = evolve(BY_FLOOR, criterion="other")

        assert check_certificate(evolve(HALF_BY_FLOOR, proofs=[]), FLOOR, HALF) == (
            'expected one, found 0 proofs of "criterion-0"',
        )
        twice = evolve(HALF_BY_FLOOR, proofs=[BY_FLOOR, other, BY_FLOOR])
        assert check_certificate(twice, FLOOR, HALF) == (
            'expected one, found 2 proofs of "criterion-0"',
            'expected none, found 1 proofs of "other"',
        )

    def test_with_questions_that_are_not_asked_so(self) -> None:
        """
        A question is listed once, by its name and the rulesets that ask it.
        """
        alone, other = evolve(FIRMS, sides=[0]), evolve(LABS, key="fact/labs")
        made = evolve(HALF_BY_FLOOR, questions=[alone, other, LABS, LABS])

        assert check_certificate(made, FLOOR, HALF) == (
            "a question is listed twice",
            "indicator/firms is not asked in this way",
            "fact/labs is not asked in this way",
        )

    def test_with_bounds_that_do_not_follow(self) -> None:
        """
        Every bound is that which follows, and there is one for each question.
        """
        for bounds, wrong in [
            ([[(0,)], [(2,)]], "the bounds after indicator/firms do not follow"),
            ([[(1,)], [(1,)]], "the bounds after indicator/labs do not follow"),
            ([[(1,)]], "the bounds after indicator/labs do not follow"),
            ([], "the bounds after indicator/firms do not follow"),
            ([[(1,)], [(2,)], [(2,)]], "there are bounds after the last question"),
        ]:
            assert check_certificate(only(HALF_BY_FLOOR, bounds=bounds), FLOOR, HALF) == (
                f'the proof of "criterion-0": {wrong}: {NONE_LACKING} and 3 {POINTS}',
            )

    def test_with_bounds_that_prove_nothing(self) -> None:
        """
        Who has at least one of both may have 2 of 4 points and lack a third: 2 lost.
        """
        three = ruleset("2", ScoreReaches(Decimal(75), "percent"))
        made = only(HALF_BY_FLOOR, needs=[Need(LOST, 2)])
        wrong = "the bounds leave it possible"

        assert check_certificate(made, FLOOR, three) == (
            f'the proof of "criterion-0": {wrong}: {NONE_LACKING} and 2 {POINTS}',
        )

    def test_without_anything_that_bars_the_way(self) -> None:
        """
        Without a need a refusal is possible as soon as every question has a class left.
        """
        nothing, listed = ruleset("1", Complete()), ruleset("2", LISTED)
        question = CertifiedQuestion("fact/listed", (0, 1), (True, False))
        case = Case({"fact/listed": (1,)})
        made = claim(Proof("criterion-0", [], [case]), questions=(question,))

        assert check_certificate(made, nothing, listed) == (
            'the proof of "criterion-0": nothing makes it infeasible: fact/listed of class 1',
        )

    def test_without_bounds_where_needs_do_not_contradict_each_other(self) -> None:
        """
        To have 2 of 4 points and to lose the other 2 is possible.
        """
        two, three = (
            ruleset(version, ScoreReaches(Decimal(points), "points"))
            for version, points in (("1", 2), ("2", 3))
        )
        made = only(TWO_BY_THREE, needs=[Need(GAINED, 2), Need(LOST, 2)])
        wrong = "the bounds after indicator/firms do not follow"

        assert check_certificate(made, two, three) == (
            f'the proof of "criterion-0": {wrong}: 2 {POINTS} and 2 {POINTS}',
        )

    def test_with_bounds_where_none_are_needed(self) -> None:
        """
        Bounds beside a contradiction are superfluous.
        """
        made = only(TWO_BY_THREE, bounds=[[(0, 2)]])

        (wrong,) = check_certificate(made, THREE, TWO)

        assert wrong == (
            'the proof of "criterion-0" has bounds where the needs contradict each other:'
            f" 3 {POINTS} and 3 {POINTS}"
        )

    def test_with_another_case(self) -> None:
        """
        A case that is not a way to be refused does not stand for the one that is.
        """
        lacks = f'the proof of "criterion-0" has no case for {NONE_LACKING} and 3 {POINTS}'
        for changes, said in [
            ({"allowed": {}}, f"3 {POINTS}"),
            ({"allowed": {}, "needs": []}, "any answers"),
        ]:
            assert check_certificate(only(HALF_BY_FLOOR, **changes), FLOOR, HALF) == (
                lacks,
                f'the proof of "criterion-0" has a superfluous case: {said}',
            )

    def test_with_a_case_or_a_need_twice(self) -> None:
        """
        What stands twice is superfluous.
        """
        proof = evolve(BY_FLOOR, cases=[LOSES_THREE, LOSES_THREE])
        said = f'the proof of "criterion-0" has a superfluous case: {NONE_LACKING} and 3 {POINTS}'
        needs = only(HALF_BY_FLOOR, needs=[Need(LOST, 3), Need(LOST, 3)])

        assert check_certificate(evolve(HALF_BY_FLOOR, proofs=[proof]), FLOOR, HALF) == (said,)
        assert check_certificate(needs, FLOOR, HALF) == (said,)

    def test_on_an_unlisted_question(self) -> None:
        """
        Whatever a way to be refused rests on is listed with its classes.

        Labs alone lose at most 1, as the first of the bounds says, so the second is left.
        """
        last = "there are bounds after the last question"

        assert check_certificate(evolve(HALF_BY_FLOOR, questions=[LABS]), FLOOR, HALF) == (
            'the proof of "criterion-0" rests on indicator/firms, which is not listed',
            f'the proof of "criterion-0": {last}: {NONE_LACKING} and 3 {POINTS}',
        )

    @pytest.mark.parametrize("by", [["other"], ["criterion-0", "criterion-0"]])
    def test_by_what_is_not_required(self, by: list[str]) -> None:
        """
        A proof is by required criteria of the awarding ruleset, each once.
        """
        made = evolve(HALF_BY_FLOOR, proofs=[evolve(BY_FLOOR, by=by)])

        assert check_certificate(made, FLOOR, HALF) == (
            f'the proof of "criterion-0" is by {", ".join(by)}, not by required criteria',
        )


def beyond(low: str, high: str) -> Condition:
    """More than a number, and less than another."""
    bounds = (("more_than", low), ("less_than", high))
    return AllOf([Threshold("value", side, Decimal(each)) for side, each in bounds])


def between(low: str, high: str) -> Condition:
    """At least one number, and no more than another."""
    bounds = (
        Threshold("value", "at_least", Decimal(low)),
        Threshold("value", "at_most", Decimal(high)),
    )
    return AllOf(bounds)


LISTED = AnswerMeets("fact", "listed", OneOf([True]))
TENTH = Decimal("0.1")
PLANNED = AnswerMeets("indicator", "plan", OneOf(["yes"]))
OPTIONS = [Option(f"o{number}", WORDS) for number in range(1, 14)]
NAMES = tuple(each.id for each in OPTIONS)
FEW = OPTIONS[:3]
ALL = Threshold("types", "more_than", Decimal(12))
MOST = Threshold("share_of", "more_than", Decimal(50), options=["o1"])
ENOUGH = Threshold("sum_of", "at_least", Decimal(7), options=["o2", "o3"])
RECENT = Threshold("years_ago", "at_most", Decimal(3))


class TestWays:
    """In what ways a criterion fails and stands, with parts that may not apply."""

    @pytest.mark.parametrize(
        ("requirement", "fails", "stands"),
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
    def test_the_ways_of_a_requirement(
        self, requirement: Requirement, fails: list[str], stands: list[str]
    ) -> None:
        """
        The ways that a certificate without cases lacks: to fail it, and to meet it and
        still fail what nobody meets. Class 0 is yes, 1 is no, 2 does not apply.
        """
        kind = Choice([Option("yes", WORDS), Option("no", WORDS)])
        asked = catalogue(asked_in_services(kind, aside=True))
        graded = Grading(1, [Grade(EXCELLENT, 1, when=OneOf(["yes"])), Grade(IMPROVABLE, 0)])
        # what is listed is told from what is not, whatever is required
        told = Criterion("told", "advisory", LISTED)
        criteria = [
            (version, [Criterion("criterion-0", "required", each), told])
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

        assert lacking([], nothing, new) == said_of(fails)
        assert lacking(["criterion-0"], old, never) == said_of(stands)


def said_of(ways: list[str]) -> set[frozenset[str]]:
    """Ways in short, as the messages name them."""
    keys = {"plan": "indicator/plan of class", "listed": "fact/listed of class"}
    return {
        frozenset(f"{keys[name]} {classes}" for name, _, classes in parts)
        for parts in ([each.partition(" ") for each in way.split(", ")] for way in ways)
    }


class TestClasses:
    """An answer that behaves like none of those listed is found, whatever its kind."""

    @pytest.mark.parametrize(
        ("kind", "when", "holds", "fails", "said"),
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
    def test_a_class_that_is_missing(
        self, kind: AnswerKind, when: Condition, holds: Answer, fails: Answer, said: tuple[str, str]
    ) -> None:
        """
        The refusing ruleset asks for the same as the awarding one: two classes, no case.
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
            f"{key} has no class for the answer {said[0]}",
        )
        assert check_certificate(made(fails), old, new) == (
            f"{key} has no class for the answer {said[1]}",
        )
        assert check_certificate(made(fails, holds, fails), old, new) == (
            f"two answers to {key} are of one class",
        )

    @pytest.mark.parametrize(
        ("asked", "days", "said"),
        [
            (
                Earlier("bronze", "benchmarked", at_least_months=18, at_most_months=24),
                [date(2022, 6, 1)],
                "benchmarked on 2022-03-18",
            ),
            (
                Earlier("bronze", "benchmarked", repeated=True),
                [date(2020, 1, 1), date(2023, 1, 1)],
                "benchmarked on 2024-03-16, benchmarked on 2024-03-17",
            ),
            (
                Earlier("bronze", "awarded", repeated=True, at_least_months=12),
                [date(2020, 1, 1), date(2023, 1, 1)],
                "awarded on 2023-03-16, awarded on 2024-03-16",
            ),
        ],
    )
    def test_a_history_that_is_missing(self, asked: Earlier, days: list[date], said: str) -> None:
        """
        Histories are tried around the months asked for: none, and one or two events.
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
            f"{key} has no class for the answer {said}",
        )

    def test_a_history_before_our_years_is_not_tried(self) -> None:
        """
        No event of the years in which there are interviews is 200 years old: whoever asks
        for one awards nobody.
        """
        old, new = (
            ruleset(each, Earlier("gold", "awarded", at_least_months=2400)) for each in "12"
        )
        question = CertifiedQuestion("history/gold awarded", (0, 1), [()])
        made = claim(Proof("criterion-0", ["criterion-0"], []), questions=(question,))

        assert check_certificate(made, old, new) == ()

    def test_a_number_of_improvements_that_is_missing(self) -> None:
        """
        There can be as many improvements as indicators that both rulesets ask: two here.
        """
        old, new = (ruleset(each, Improvements(2)) for each in "12")
        key = "improvements/improvements"

        def made(*answers: int) -> Certificate:
            question = CertifiedQuestion(key, (0, 1), answers)
            return claim(Proof("criterion-0", ["criterion-0"], []), questions=(question,))

        assert check_certificate(made(0, 2), old, new) == ()
        assert check_certificate(made(1), old, new) == (f"{key} has no class for the answer 2",)
        assert check_certificate(made(0, 3), old, new) == (f"{key} cannot be answered with 3",)

    @pytest.mark.parametrize(
        ("key", "answer", "said"),
        [
            ("indicator/firms", 5, "5"),
            ("indicator/firms", NotApplicable("none"), "not applicable (none)"),
            ("indicator/firms", (EVENT,), "benchmarked on 2024-03-18"),
            ("fact/listed", "yes", "yes"),
            ("improvements/improvements", "many", "many"),
            pytest.param("improvements/improvements", True, "true", id="improved"),
            ("history/gold benchmarked", "yes", "yes"),
            ("history/gold benchmarked", ("yes",), "yes"),
            ("history/gold benchmarked", (EVENT,), "benchmarked on 2024-03-18"),
            (
                "history/gold benchmarked",
                (LabelEvent("gold", "awarded", date(2020, 1, 1), valid_until=ON),),
                "awarded on 2020-01-01",
            ),
            (
                "history/gold benchmarked",
                (LabelEvent("gold", "benchmarked", date(2020, 1, 1)),) * 2,
                "benchmarked on 2020-01-01, benchmarked on 2020-01-01",
            ),
        ],
    )
    def test_an_answer_that_nobody_can_give(self, key: str, answer: Given, said: str) -> None:
        """
        What stands for a class is an answer of its kind, and a history lies in the past.
        """
        asked = LISTED, Improvements(1), Earlier("gold", "benchmarked")
        old, new = (ruleset(each, Floor(["firms"], REASONABLE), *asked) for each in "12")
        proofs = [Proof(f"criterion-{n}", [f"criterion-{n}"], []) for n in range(4)]
        made = claim(*proofs, questions=(CertifiedQuestion(key, (0, 1), [answer]),))

        assert check_certificate(made, old, new) == (f"{key} cannot be answered with {said}",)

    def test_not_applicable_is_a_class_where_both_allow_it(self) -> None:
        """
        An answer that one of the catalogues refuses is none of those compared.
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

    def test_questions_that_no_answer_fits_are_two(self) -> None:
        """
        Firms are counted in another unit by the new catalogue. Whoever has a lab attains
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


class TestMade:
    """Certificates that are made, and these with something changed."""

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (FLOOR, HALF, HALF_BY_FLOOR),
            (THREE, TWICE, TWICE_BY_POINTS),
            (THREE, TWO, TWO_BY_THREE),
        ],
    )
    def test_what_was_worked_out_by_hand_is_made(
        self, old: Ruleset, new: Ruleset, expected: Certificate
    ) -> None:
        """
        The bounds are those that were worked out by hand.
        """
        assert prove(Statements(encode((old, new), ON)), None, 0) == expected

    @pytest.mark.parametrize(
        ("part", "aside"),
        [
            (Floor(["plan"], EXCELLENT), True),
            (
                EveryRequirement([PLANNED, AnswerMeets("indicator", "plan", OneOf(["yes", "no"]))]),
                False,
            ),
        ],
    )
    def test_a_case_within_another_is_left_out(self, part: Requirement, *, aside: bool) -> None:
        """
        Half of the points, or a plan: who fails that has no plan, or never will have one, or
        needs none; what one part refuses by itself is no case of its own beside that.
        """
        kind = Choice([Option(name, WORDS) for name in ("yes", "no", "never")])
        asked = catalogue(asked_in_services(kind, aside=aside))
        planned = Grading(1, [Grade(EXCELLENT, 0, when=OneOf(["yes"])), Grade(IMPROVABLE, 0)])
        half = SomeRequirement([part, ScoreReaches(Decimal(50), "percent")])
        old, new = (
            evolve(
                ruleset(version, each, asked=asked),
                grading={"firms": STEPS, "labs": STEPS, "plan": planned},
            )
            for version, each in (("1", Floor(["firms", "labs"], REASONABLE)), ("2", half))
        )
        made = prove(Statements(encode((old, new), ON)), None, 0)

        assert made is not None
        assert made.proofs[0].cases == (
            evolve(LOSES_THREE, allowed={**BOTH_ALLOWED, "indicator/plan": (1, 2)}),
        )
        assert check_certificate(made, old, new) == ()

    @given(certified_worlds())
    def test_what_is_made_is_accepted(
        self, certified: tuple[World, date, list[Certificate]]
    ) -> None:
        """
        Every certificate is accepted.
        """
        world, _, made = certified
        for each in made:
            assert check_certificate(each, world.old, world.new) == ()

    @given(worlds(), interview_days, st.data())
    def test_what_is_made_of_other_catalogues_is_accepted(
        self, world: World, on: date, data: st.DataObject
    ) -> None:
        """
        Also where the new ruleset judges answers to questions asked in another way.
        """
        new = evolve(world.new, catalogue=data.draw(otherwise_asked(world.catalogue)))
        for each in certificates(world.old, new, on):
            assert check_certificate(each, world.old, new) == ()

    @given(certified_worlds(), st.data())
    def test_what_is_altered_is_refused(
        self, certified: tuple[World, date, list[Certificate]], data: st.DataObject
    ) -> None:
        """
        No certificate is accepted after any one thing in it was changed.
        """
        world, _, made = certified
        for each in made:
            changed = data.draw(st.sampled_from(list(altered(each))))
            assert check_certificate(changed, world.old, world.new) != ()

    @given(certified_worlds(), interview_days, st.sampled_from(("as they are", "swapped")))
    def test_what_is_accepted_is_true(
        self,
        certified: tuple[World, date, list[Certificate]],
        on: date,
        rulesets: str,
    ) -> None:
        """
        A certificate shown for another day, scope or ruleset is refused, or true all the same.
        """
        world, _, made = certified
        old, new = world.old, world.new
        if rulesets == "swapped":
            old, new = evolve(new, version=old.version), evolve(old, version=new.version)
        for each, scope in product(made, SCOPES):
            shown = evolve(each, on=on, scope=scope)
            if check_certificate(shown, old, new) == ():
                found = regions(old, new, scope, on=on)
                gone = found.old_only if each.awarded_by == old.reference else found.new_only
                assert gone == 0

    @pytest.mark.parametrize("pair", PAIRS)
    def test_what_the_shipped_rulesets_give_is_accepted(self, pair: tuple[str, str]) -> None:
        """
        Every certificate about two versions of a label is accepted.
        """
        old, new, made = of_shipped(*pair)

        assert made
        for each in made:
            assert check_certificate(each, old, new) == ()

    @pytest.mark.parametrize("pair", PAIRS)
    @given(data=st.data())
    def test_what_the_shipped_rulesets_give_altered_is_refused(
        self, pair: tuple[str, str], data: st.DataObject
    ) -> None:
        """
        No certificate about two versions of a label is accepted after it was altered.
        """
        old, new, made = of_shipped(*pair)
        changed = data.draw(st.sampled_from(made).map(lambda each: list(altered(each))))

        assert check_certificate(data.draw(st.sampled_from(changed)), old, new) != ()


@cache
def of_shipped(*references: str) -> tuple[Ruleset, Ruleset, list[Certificate]]:
    """Two shipped rulesets with the certificates of their comparison."""
    labels = [each.split("@") for each in references]
    old, new = (er.shipped().ruleset(label, version=version) for label, version in labels)
    compared = compare_rulesets(old, new)
    found = [
        each
        for scope in (compared.label, *compared.dimensions)
        for each in (scope.lost, scope.gained)
        if isinstance(each, Certificate)
    ]
    return old, new, found
