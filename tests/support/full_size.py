"""Pairs of rulesets as large as real ones, reproducible from a seed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Literal, TypeVar, assert_never

from attrs import evolve

from ecei_rules import check_ruleset
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
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
PairKind = Literal["edited", "stricter", "doubled", "unrelated"]
Direction = Literal[1, -1]

PAIR_KINDS: tuple[PairKind, ...] = ("edited", "stricter", "doubled", "unrelated")
SCALE = ("improvable", "reasonable", "excellent")
DIMENSIONS = tuple(f"dimension-{number}" for number in range(6))
NAMES = ("north", "south", "east", "west", "centre")
_EACH = 6
_ANY_TIME = date(2020, 1, 1)


class Draws:
    """
    Numbers that depend on a seed alone.

    They come from digests and not from a random generator, so that all versions of Python
    draw the same.
    """

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.drawn = 0

    def below(self, limit: int) -> int:
        """Return the next number from 0 up to *limit*, exclusive."""
        self.drawn += 1
        drawn = sha256(f"{self.seed}/{self.drawn}".encode()).digest()
        return int.from_bytes(drawn[:8], "big") % limit

    def among(self, lowest: int, highest: int) -> int:
        """Return the next number from *lowest* to *highest*, both included."""
        return lowest + self.below(highest - lowest + 1)

    def one(self, several: Sequence[T]) -> T:
        """Return one of several things."""
        return several[self.below(len(several))]

    def some(self, several: Sequence[T], count: int) -> tuple[T, ...]:
        """Return *count* of several things, each at most once."""
        left = list(several)
        return tuple(left.pop(self.below(len(left))) for _ in range(count))


def _text(words: str) -> Text:
    return Text({"en": words})


_OPTIONS = tuple(Option(name, _text(name)) for name in NAMES)
_KINDS: tuple[AnswerKind, ...] = (
    Count(unit="organisations", maximum=500),
    Share(),
    Breakdown(_OPTIONS, maximum=1000),
    YesNo(),
    Number(unit="FTE", minimum=Decimal(0)),
    Choice(_OPTIONS),
    Year(minimum=1950, maximum=2100),
    Choices(_OPTIONS),
)


def catalogue(seed: int) -> Catalogue:
    """Return six dimensions of six indicators, of all kinds of answers, and five facts."""
    draws = Draws(f"catalogue {seed}")
    attested = Attestation("attested", sources=[])
    return Catalogue(
        "full-size",
        "2024-01",
        _text("A catalogue of full size"),
        [Dimension(name, _text(name)) for name in DIMENSIONS],
        [
            Indicator(
                f"indicator-{number}",
                DIMENSIONS[number // _EACH],
                _text(f"Indicator {number}"),
                _text("How is it?"),
                _KINDS[number % len(_KINDS)],
                not_applicable=draws.below(5) == 0,
                provenance=attested,
            )
            for number in range(_EACH * len(DIMENSIONS))
        ],
        facts=[
            Fact(f"fact-{number}", _text(f"Fact {number}"), kind)
            for number, kind in enumerate(_KINDS[2:7])
        ],
    )


def ruleset(over: Catalogue, seed: int, version: str = "2024-01") -> Ruleset:
    """Return a ruleset with criteria of all kinds that the best answers satisfy together."""
    draws = Draws(f"ruleset {seed}")
    grading = {name: _grading(one.answer, draws) for name, one in over.asked.items()}
    return Ruleset(
        "silver",
        version,
        _text("A ruleset of full size"),
        Period(_ANY_TIME),
        over,
        SCALE,
        grading,
        _criteria(over, grading, draws),
        ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 1)),
    )


def pair(seed: int, kind: PairKind) -> tuple[Ruleset, Ruleset]:
    """
    Return two rulesets over one catalogue, the old and the new.

    The new one is *edited* in a handful of places; made *stricter* in some of them; has all
    weights *doubled*, which changes no outcome; or is *unrelated*.
    """
    over = catalogue(seed)
    old = ruleset(over, 2 * seed)
    match kind:
        case "edited":
            new = _edited(old, Draws(f"edits {seed}"), [1, -1])
        case "stricter":
            new = _edited(old, Draws(f"restrictions {seed}"), [1])
        case "doubled":
            new = _doubled(old)
        case "unrelated":
            new = ruleset(over, 2 * seed + 1)
        case unreachable:
            assert_never(unreachable)
    return old, evolve(new, version="2027-01")


def _condition(kind: AnswerKind, level: int, draws: Draws) -> Condition:
    """Return a condition that is harder for level 2 than for 1, easiest for the best answer."""

    def at_least(measure: str, *bounds: tuple[int, int], options: Sequence[str] = ()) -> Threshold:
        bound = draws.among(*bounds[level - 1])
        comparison = draws.one(("at_least", "more_than"))
        return Threshold(measure, comparison, Decimal(bound), options=options)

    match kind:
        case Count():
            return at_least("value", (10, 24), (30, 60))
        case Number():
            half = Decimal(draws.among(*((2, 6), (8, 14))[level - 1])) / 2
            return Threshold("value", "at_least", half)
        case Share():
            most = draws.among(*((40, 70), (10, 30))[level - 1])
            return Threshold("value", draws.one(("at_most", "less_than")), Decimal(most))
        case Year():
            return at_least("years_ago", (2, 5), (7, 12))
        case YesNo():
            return OneOf([True])
        case Choice():
            return OneOf(NAMES[: 3 - level])
        case Choices():
            return at_least("types", (1, 1), (3, 3))
        case Breakdown():
            return draws.one(
                (
                    at_least("sum_of", (5, 15), (25, 60), options=NAMES[:3]),
                    at_least("share_of", (15, 30), (40, 70), options=NAMES[:2]),
                    AllOf([at_least("types", (1, 1), (3, 3)), Includes(NAMES[:level])]),
                    AnyOf(
                        [
                            at_least("share_of", (20, 35), (45, 65), options=NAMES[:2]),
                            at_least("sum_of", (40, 60), (90, 200), options=NAMES[:3]),
                        ]
                    ),
                )
            )
        case unreachable:
            assert_never(unreachable)


def _grading(kind: AnswerKind, draws: Draws) -> Grading:
    weight = draws.among(1, 9)
    best, middle, lowest = draws.one(((2, 1, 0), (3, 1, 0), (4, 2, 1)))
    grades = [Grade("excellent", best, when=_condition(kind, 2, draws))]
    if not isinstance(kind, YesNo):
        grades.append(Grade("reasonable", middle, when=_condition(kind, 1, draws)))
    grades.append(Grade("improvable", lowest))
    return Grading(weight, grades, not_applicable_points=draws.below(2))


def _criteria(over: Catalogue, grading: dict[str, Grading], draws: Draws) -> tuple[Criterion, ...]:
    within = {each: [one.id for one in over.within(each)] for each in DIMENSIONS}

    def answer() -> AnswerMeets:
        name = draws.one([*grading])
        return AnswerMeets("indicator", name, _condition(over.asked[name].answer, 1, draws))

    def fact(number: int) -> AnswerMeets:
        name = f"fact-{number}"
        return AnswerMeets("fact", name, _condition(over.facts_asked[name].answer, 1, draws))

    def floor(dimension: str, count: int) -> Floor:
        return Floor(draws.some(within[dimension], count), "reasonable")

    def percent(lowest: int, highest: int) -> ScoreReaches:
        tenths = draws.among(10 * lowest, 10 * highest)
        return ScoreReaches(Decimal(tenths) / 10, "percent")

    first, second, third, fourth = draws.some(DIMENSIONS, 4)
    some_points = sum(grading[name].maximum for name in within[second]) * draws.among(3, 6) // 10
    benchmarked = Earlier(
        "bronze", "benchmarked", at_least_months=draws.among(3, 9), at_most_months=36
    )
    awarded = Earlier("bronze", "awarded", at_most_months=draws.among(24, 48))
    twice = Earlier("bronze", "benchmarked", repeated=True, at_least_months=draws.among(10, 20))
    required: list[tuple[str | None, Requirement]] = [
        *((each, Complete()) for each in DIMENSIONS),
        (None, fact(0)),
        (None, fact(1)),
        (None, answer()),
        (first, floor(first, 2)),
        (second, floor(second, 3)),
        (None, percent(50, 85)),
        (first, percent(30, 60)),
        (second, ScoreReaches(Decimal(some_points), "points")),
        (None, CountGraded(draws.among(4, 12), "excellent")),
        (third, CountGraded(draws.among(2, 4), "reasonable")),
        (None, benchmarked),
        (None, Improvements(draws.among(1, 4))),
        (fourth, EveryRequirement([answer(), SomeRequirement([floor(fourth, 2), fact(2)])])),
        (None, SomeRequirement([fact(3), awarded, EveryRequirement([answer(), fact(4)])])),
        (None, SomeRequirement([twice, percent(60, 90), answer()])),
    ]
    advised = [(None, answer()), (third, percent(70, 90)), (fourth, floor(fourth, 4))]
    return tuple(
        Criterion(f"criterion-{number}", severity, requirement, dimension=dimension)
        for number, (severity, dimension, requirement) in enumerate(
            [("required", *each) for each in required] + [("advisory", *each) for each in advised]
        )
    )


def _doubled(old: Ruleset) -> Ruleset:
    grading = {name: evolve(one, weight=2 * one.weight) for name, one in old.grading.items()}
    criteria = [
        evolve(one, requirement=evolve(one.requirement, at_least=2 * one.requirement.at_least))
        if isinstance(one.requirement, ScoreReaches) and one.requirement.unit == "points"
        else one
        for one in old.criteria
    ]
    return evolve(old, grading=grading, criteria=criteria)


def _edited(old: Ruleset, draws: Draws, directions: Sequence[Direction]) -> Ruleset:
    """Return the ruleset with three to six small edits, each of them without a problem."""
    left, new = draws.among(3, 6), old
    while left:
        tried = _with_an_edit(new, draws, directions)
        if tried != new and not check_ruleset(tried):
            new = tried
            left -= 1
    return new


def _with_an_edit(old: Ruleset, draws: Draws, directions: Sequence[Direction]) -> Ruleset:
    direction = draws.one(directions)
    part = draws.one(("grade", "criterion", "weight"))
    if part == "weight" and len(directions) == 1:
        # another weight makes a score harder for some and easier for others
        part = "criterion"
    if part == "criterion":
        index = draws.below(len(old.criteria))
        edited = [*old.criteria]
        requirement = _moved(edited[index].requirement, draws, direction)
        edited[index] = evolve(edited[index], requirement=requirement)
        return evolve(old, criteria=edited)
    name = draws.one([*old.grading])
    grading = old.grading[name]
    if part == "weight":
        grading = evolve(grading, weight=min(9, max(1, grading.weight + direction)))
    else:
        grades = [*grading.grades]
        index = draws.below(len(grades) - 1)
        when = _shifted(grades[index].when, draws, direction)
        grades[index] = evolve(grades[index], when=when)
        grading = evolve(grading, grades=grades)
    return evolve(old, grading={**old.grading, name: grading})


def _shifted(when: Condition, draws: Draws, direction: Direction) -> Condition:
    """Make a condition harder (1) or easier (-1) in one place, where that is possible."""
    match when:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            index = draws.below(len(parts))
            part = _shifted(parts[index], draws, direction)
            return evolve(when, parts=[*parts[:index], part, *parts[index + 1 :]])
        case Threshold(measure=measure, comparison=comparison, bound=bound):
            by = 1 if measure in ("types", "years_ago") else draws.among(1, 4)
            upwards = direction if comparison in ("at_least", "more_than") else -direction
            return evolve(when, bound=max(Decimal(0), bound + by * upwards))
        case OneOf(values=values) if len(values) > 1 and direction == 1:
            return OneOf(values[:-1])
        case _:
            return when


def _moved(requirement: Requirement, draws: Draws, direction: Direction) -> Requirement:
    """Make a requirement harder (1) or easier (-1) in one place, where that is possible."""
    match requirement:
        case AnswerMeets(when=when):
            return evolve(requirement, when=_shifted(when, draws, direction))
        case Floor():
            return evolve(requirement, grade="excellent" if direction == 1 else "reasonable")
        case ScoreReaches(at_least=least):
            by = Decimal(draws.among(5, 30)) / 10
            if requirement.unit == "points":
                by = Decimal(draws.among(1, 3))
            return evolve(requirement, at_least=least + by * direction)
        case CountGraded(at_least=least) | Improvements(at_least=least):
            return evolve(requirement, at_least=max(1, least + direction))
        case Earlier(at_most_months=int(most)):
            return evolve(requirement, at_most_months=most - 2 * direction)
        case Earlier(at_least_months=int(least)):
            return evolve(requirement, at_least_months=least + direction)
        case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
            index = draws.below(len(parts))
            part = _moved(parts[index], draws, direction)
            return evolve(requirement, parts=[*parts[:index], part, *parts[index + 1 :]])
        case _:
            return requirement
