"""Certificates that the comparison makes are accepted, and altered ones are not."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from brute_force import ON, regions
from certificate_samples import (
    BOTH_ALLOWED,
    EVENT,
    EXCELLENT,
    FLOOR,
    HALF,
    HALF_BY_FLOOR,
    IMPROVABLE,
    LOSES_THREE,
    PLANNED,
    REASONABLE,
    STEPS,
    THREE,
    TWICE,
    TWICE_BY_POINTS,
    TWO,
    TWO_BY_THREE,
    WORDS,
    asked_in_services,
    catalogue,
    ruleset,
)
from hypothesis import given
from hypothesis import strategies as st
from small_rulesets import DIMENSIONS
from small_worlds import World, interview_days, worlds

import ecei_rules as er
from ecei_rules.analysis.encoding.constraints import Constraints
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.comparison.certificate import Case, Certificate
from ecei_rules.comparison.checking.certificate_check import check_certificate
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.proofs import prove
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.rulesets.conditions import OneOf
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Earlier,
    EveryRequirement,
    Floor,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ecei_rules.rulesets.criteria import Requirement

SCOPES = (None, *DIMENSIONS)


PAIRS = (
    ("bronze@2010-11", "bronze@2019-11"),
    ("silver@2014-10", "silver@2017-01"),
    ("silver@2017-01", "silver@2019-11"),
    ("gold@2012-04", "gold@2019-11"),
)


def certificates(old: Ruleset, new: Ruleset, on: date = ON) -> list[Certificate]:
    """Make all certificates of two rulesets: for the label and dimensions, in both directions."""
    statements = Constraints(encode((old, new), on))
    proved = [prove(statements, scope, side) for scope, side in product(SCOPES, (0, 1))]
    return [each for each in proved if each is not None]


@st.composite
def certified_worlds(draw: st.DrawFn) -> tuple[World, date, list[Certificate]]:
    """Draw worlds with their certificates of a day; there may be none."""
    world, on = draw(worlds()), draw(interview_days)
    return world, on, certificates(world.old, world.new, on)


@st.composite
def otherwise_asked(draw: st.DrawFn, catalogue: Catalogue) -> Catalogue:
    """Draw the catalogue with some questions in another form, and one more question."""
    indicators = []
    for each in catalogue.indicators:
        kind = draw(st.sampled_from((each.answer, *_near(each.answer))))
        aside = draw(st.sampled_from((each.not_applicable, True, False)))
        indicators.append(evolve(each, answer=kind, not_applicable=aside))
    more = evolve(catalogue.indicators[0], id="more")
    return evolve(catalogue, indicators=[*indicators, more])


def _near(kind: AnswerKind) -> tuple[AnswerKind, ...]:
    """Return kinds with other bounds, another unit or fewer options."""
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
    """Yield the case with any one number changed, or with one part added or left out."""
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


class TestProved:
    """Certificates made by the comparison, and altered ones."""

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (FLOOR, HALF, HALF_BY_FLOOR),
            (THREE, TWICE, TWICE_BY_POINTS),
            (THREE, TWO, TWO_BY_THREE),
        ],
    )
    def test_bounds_are_those_computed_by_hand(
        self, old: Ruleset, new: Ruleset, expected: Certificate
    ) -> None:
        """
        The certificates are equal to those that were made by hand.
        """
        assert prove(Constraints(encode((old, new), ON)), None, 0) == expected

    def test_histories_show_their_events(self) -> None:
        """
        A class of histories is shown by the events of one of them.

        A benchmarking at most 12 months old is at most 24 months old, too.
        """
        old, new = (
            ruleset(
                version,
                SomeRequirement(
                    [
                        Earlier("bronze", "benchmarked", at_most_months=months),
                        ScoreReaches(Decimal(1), "points"),
                    ]
                ),
            )
            for version, months in (("1", 12), ("2", 24))
        )

        certificate = compare_rulesets(old, new, on=ON).label.lost

        assert isinstance(certificate, Certificate)
        assert check_certificate(certificate, old, new) == ()
        (history,) = (each for each in certificate.questions if each.key.startswith("history/"))
        assert () in history.answers
        assert {(event.label, event.event) for answer in history.answers for event in answer} == {
            ("bronze", "benchmarked")
        }

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
    def test_case_that_implies_another_is_left_out(self, part: Requirement, *, aside: bool) -> None:
        """
        To fail half of the points or a plan is to have no plan, or never, or to need none;
        what one part refuses alone is not another case.
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
        made = prove(Constraints(encode((old, new), ON)), None, 0)

        assert made is not None
        assert made.proofs[0].cases == (
            evolve(LOSES_THREE, allowed={**BOTH_ALLOWED, "indicator/plan": (1, 2)}),
        )
        assert check_certificate(made, old, new) == ()

    @given(certified_worlds())
    def test_certificates_are_accepted(
        self, certified: tuple[World, date, list[Certificate]]
    ) -> None:
        """
        Every certificate that the comparison makes is accepted.
        """
        world, _, made = certified
        for each in made:
            assert check_certificate(each, world.old, world.new) == ()

    @given(worlds(), interview_days, st.data())
    def test_certificates_over_two_catalogues_are_accepted(
        self, world: World, on: date, data: st.DataObject
    ) -> None:
        """
        Also if the catalogue of the new ruleset has questions in another form.
        """
        new = evolve(world.new, catalogue=data.draw(otherwise_asked(world.catalogue)))
        for each in certificates(world.old, new, on):
            assert check_certificate(each, world.old, new) == ()

    @given(certified_worlds(), st.data())
    def test_altered_certificates_are_refused(
        self, certified: tuple[World, date, list[Certificate]], data: st.DataObject
    ) -> None:
        """
        No certificate is accepted after one part of it was altered.
        """
        world, _, made = certified
        for each in made:
            changed = data.draw(st.sampled_from(list(altered(each))))
            assert check_certificate(changed, world.old, world.new) != ()

    @given(certified_worlds(), interview_days, st.sampled_from(("as they are", "swapped")))
    def test_accepted_certificates_are_true(
        self,
        certified: tuple[World, date, list[Certificate]],
        on: date,
        rulesets: str,
    ) -> None:
        """
        A certificate presented for another day, scope or ruleset is refused or true.
        """
        world, _, made = certified
        old, new = world.old, world.new
        if rulesets == "swapped":
            old, new = evolve(new, version=old.version), evolve(old, version=new.version)
        for each, scope in product(made, SCOPES):
            presented = evolve(each, on=on, scope=scope)
            if check_certificate(presented, old, new) == ():
                tried = regions(old, new, scope, on=on)
                refused = tried.old_only if each.awarded_by == old.reference else tried.new_only
                assert refused == 0

    @pytest.mark.parametrize("pair", PAIRS)
    def test_certificates_of_shipped_rulesets_are_accepted(self, pair: tuple[str, str]) -> None:
        """
        Every certificate about two versions of a label is accepted.
        """
        old, new, made = of_shipped(*pair)

        assert made
        for each in made:
            assert check_certificate(each, old, new) == ()

    @pytest.mark.parametrize("pair", PAIRS)
    @given(data=st.data())
    def test_altered_certificates_of_shipped_rulesets_are_refused(
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
    """Return two shipped rulesets with the certificates of their comparison."""
    labels = [each.split("@") for each in references]
    old, new = (er.shipped().ruleset(label, version=version) for label, version in labels)
    comparison = compare_rulesets(old, new)
    proved = [
        each
        for scope in (comparison.label, *comparison.dimensions)
        for each in (scope.lost, scope.gained)
        if isinstance(each, Certificate)
    ]
    return old, new, proved
