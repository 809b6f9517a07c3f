"""Strategies for rulesets so small that every interview can be tried."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

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
from ecei_rules.interviews.history import LABELS
from ecei_rules.interviews.interview import MODES
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
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

OPTIONS = tuple(Option(name, Text({"en": name})) for name in ("north", "south", "east"))
DIMENSIONS = ("structure", "services")
ROLES = ("expert", "guest")
SCALE = ("improvable", "reasonable", "excellent")
COMPARISONS = ("at_least", "more_than", "at_most", "less_than")
#: How many indicators, facts and streams of events there are, and whether improvements count.
SHAPES = (
    (2, 0, 0, False),
    (3, 0, 0, False),
    (3, 1, 0, False),
    (3, 0, 1, True),
    (4, 0, 0, False),
    (4, 1, 0, False),
    (4, 0, 1, True),
    (2, 2, 0, True),
    (2, 0, 2, False),
    (2, 1, 1, True),
)
WORDS = Text({"en": "a text"})
FIRST_DAY = date(2010, 11, 1)
VALIDITY = ValidityRules(FirstAward(2, "end_of_month"), renewal=Renewal(3, "end_of_month", 1))

names = st.lists(st.sampled_from([o.id for o in OPTIONS[:2]]), min_size=1, unique=True)
kinds: st.SearchStrategy[AnswerKind] = st.one_of(
    st.builds(Count, maximum=st.integers(1, 4)),
    st.just(Number(minimum=Decimal(0), maximum=Decimal(2))),
    st.just(Share()),
    st.just(YesNo()),
    st.just(Choice(OPTIONS)),
    st.just(Choices(OPTIONS)),
    st.just(Breakdown(OPTIONS[:2], maximum=3)),
    st.just(Breakdown(OPTIONS, maximum=2)),
    st.just(Year(minimum=2019, maximum=2024)),
)


@frozen
class Stage:
    """The things that the criteria of a small world can look at."""

    catalogue: Catalogue
    earlier: tuple[Earlier, ...]
    improvements: bool
    conducted: bool


#: Requirements of one or two experts of a role, in some of the modes.
conducted = st.builds(
    ConductedBy,
    st.sampled_from(ROLES),
    st.integers(1, 2),
    impartial=st.booleans(),
    modes=st.sampled_from(((), ("on_site",), ("on_site", "at_expert"), MODES)),
)


@cache
def bounds_of(*numbers: str) -> st.SearchStrategy[Decimal]:
    """Draw one of some decimal numbers."""
    return st.sampled_from([Decimal(each) for each in numbers])


@cache
def simple_conditions(kind: AnswerKind) -> st.SearchStrategy[Condition]:
    """Draw simple conditions on a small kind, many of them at a critical value."""
    comparisons = st.sampled_from(COMPARISONS)

    def threshold(measure: str, *numbers: str, **more: Any) -> st.SearchStrategy[Condition]:
        return st.builds(Threshold, st.just(measure), comparisons, bounds_of(*numbers), **more)

    match kind:
        case Count():
            return threshold("value", "0", "1", "2", "2.5", "3", "4", "5")
        case Number():
            return threshold("value", "0", "0.5", "1", "1.5", "2")
        case Share():
            return threshold("value", "0", "33.4", "50", "79.5", "100")
        case Year():
            ago = threshold("years_ago", "-1", "0", "1", "2", "3.5", "5")
            return ago | threshold("value", "2019", "2021", "2022", "2024")
        case YesNo():
            return st.builds(OneOf, st.lists(st.booleans(), min_size=1, unique=True))
        case Choice():
            return st.builds(OneOf, names)
        case Choices():
            return st.one_of(
                threshold("types", "0", "1", "2", "3", options=st.just(()) | names),
                st.builds(Includes, names),
            )
        case Breakdown():
            return st.one_of(
                threshold("share_of", "0", "33.4", "50", "60", "100", options=names),
                threshold("sum_of", "0", "1", "2", "3", "4.5", options=names),
                threshold("types", "0", "1", "2", "3", options=st.just(()) | names),
                st.builds(Includes, names),
            )


@cache
def conditions_on(kind: AnswerKind) -> st.SearchStrategy[Condition]:
    """Draw conditions on a small kind; every third is a combination of two."""
    simple = simple_conditions(kind)
    pairs = st.lists(simple, min_size=2, max_size=2)
    return st.one_of(simple, simple, st.builds(AllOf, pairs) | st.builds(AnyOf, pairs))


@cache
def earlier_on(label: str, event: str) -> st.SearchStrategy[list[Earlier]]:
    """
    Draw at most two history requirements on one stream of events, at most one repeated.

    With one more from an edit three events are enough for every outcome.
    """

    def one(repeated: st.SearchStrategy[bool]) -> st.SearchStrategy[Earlier]:
        months: dict[str, Any] = {
            "at_least_months": st.sampled_from((None, 6, 12, 18)),
            "at_most_months": st.sampled_from((None, 6, 12, 24)),
        }
        return st.builds(Earlier, st.just(label), st.just(event), repeated=repeated, **months)

    pair = st.tuples(one(st.booleans()), one(st.just(value=False))).map(list)
    return pair | one(st.booleans()).map(lambda each: [each])


@cache
def since_award(label: str, event: str, since: str) -> st.SearchStrategy[list[Earlier]]:
    """Draw one or two requirements of an event, some of which has to follow an award."""

    def one(of: st.SearchStrategy[str | None]) -> st.SearchStrategy[Earlier]:
        months: dict[str, Any] = {
            "at_least_months": st.sampled_from((None, None, 6, 12)),
            "at_most_months": st.sampled_from((None, 12, 24)),
        }
        return st.builds(Earlier, st.just(label), st.just(event), since_award_of=of, **months)

    first, other = one(st.just(since)), one(st.sampled_from((None, since)))
    return first.map(lambda each: [each]) | st.tuples(first, other).map(list)


@st.composite
def stages(draw: st.DrawFn) -> Stage:
    """Draw catalogues of a few indicators and facts, and the other things to look at."""
    indicators, facts, streams, improvements = draw(st.sampled_from(SHAPES))
    conducted_asked = draw(st.sampled_from((False, False, True)))
    catalogue = Catalogue(
        "small",
        "2024-01",
        WORDS,
        [Dimension(name, Text({"en": name})) for name in DIMENSIONS],
        [
            Indicator(
                f"indicator-{number}",
                draw(st.sampled_from(DIMENSIONS)),
                WORDS,
                WORDS,
                draw(kinds),
                not_applicable=draw(st.sampled_from((False, False, True))),
                improvable=draw(st.sampled_from((True, True, False))),
                provenance=Attestation("attested"),
            )
            for number in range(indicators)
        ],
        facts=[Fact(f"fact-{number}", WORDS, draw(kinds)) for number in range(facts)],
        roles=[Option(role, WORDS) for role in ROLES],
    )
    possible = [(label, event) for label in LABELS for event in ("benchmarked", "awarded")]
    chosen = draw(
        st.lists(st.sampled_from(possible), min_size=streams, max_size=streams, unique=True)
    )
    since = draw(st.sampled_from((None, None, None, *LABELS)))
    earlier = [
        one
        for each in chosen
        for one in draw(earlier_on(*each) if since is None else since_award(*each, since))
    ]
    return Stage(catalogue, tuple(earlier), improvements, conducted_asked)


@cache
def _rising(kind: AnswerKind) -> st.SearchStrategy[tuple[Condition, Condition]]:
    """Draw conditions for the best and for the second grade, as a ruleset would have them."""

    def at_least(measure: str, low: int, high: int, **more: Any) -> tuple[Condition, Condition]:
        best, second = (
            Threshold(measure, "at_least", Decimal(each), **more) for each in (high, low)
        )
        return best, second

    match kind:
        case Count():
            return st.sampled_from([at_least("value", 1, 2), at_least("value", 1, 3)])
        case Number():
            return st.just(at_least("value", 1, 2))
        case Share():
            return st.sampled_from([at_least("value", 20, 50), at_least("value", 50, 80)])
        case Year():
            old = (Threshold("years_ago", "at_most", Decimal(each)) for each in (1, 3))
            return st.just(tuple(old))
        case YesNo():
            return st.just((OneOf([True]), OneOf([True])))
        case Choice():
            return st.just((OneOf(["east"]), OneOf(["east", "south"])))
        case Choices():
            return st.just(at_least("types", 1, 2))
        case Breakdown():
            return st.sampled_from(
                [
                    at_least("types", 1, 2),
                    at_least("sum_of", 1, 3, options=["north", "south"]),
                    at_least("share_of", 25, 60, options=["north"]),
                ]
            )


@cache
def _pairs(kind: AnswerKind) -> st.SearchStrategy[tuple[Condition, ...]]:
    """Conditions for the best and for the second grade, two of three rising."""
    return _rising(kind) | _rising(kind) | st.tuples(*[conditions_on(kind)] * 2)


@st.composite
def gradings(draw: st.DrawFn, kind: AnswerKind) -> Grading:
    """Draw one to three grades, the best first, reachable or not."""
    grades = draw(st.sampled_from((SCALE, SCALE, SCALE, SCALE[:2], SCALE[1:], SCALE[:1])))
    steps = draw(st.lists(st.sampled_from((1, 2, 0)), min_size=len(grades), max_size=len(grades)))
    points = [sum(steps[: index + 1]) for index in range(len(steps))]
    lowest, *better = zip(grades, points, strict=True)
    whens = draw(_pairs(kind))
    graded = [
        Grade(name, p, when=when)
        for (name, p), when in zip(reversed(better), whens[len(whens) - len(better) :], strict=True)
    ]
    return Grading(
        draw(st.integers(1, 3)),
        [*graded, Grade(*lowest)],
        not_applicable_points=draw(st.integers(0, points[-1])),
    )


@cache
def percentages() -> st.SearchStrategy[Decimal]:
    """Draw the percentage that a score must reach."""
    return bounds_of("25", "33.4", "50", "66.6", "75", "80", "100")


@cache
def point_bounds() -> st.SearchStrategy[Decimal]:
    """Draw the points that a score must reach."""
    return bounds_of("1", "2", "2.5", "3", "4", "6", "8")


@st.composite
def requirements(
    draw: st.DrawFn, stage: Stage, graded: tuple[str, ...], depth: int = 2
) -> Requirement:
    """Draw requirements of every kind that the stage allows."""
    catalogue = stage.catalogue
    asked = [("indicator", name, one.answer) for name, one in catalogue.asked.items()]
    asked += [("fact", name, one.answer) for name, one in catalogue.facts_asked.items()]
    possible = ["answer", "answer", "count", "complete"]
    possible += ["percent", "points", "percent", "floor"] * bool(graded)
    possible += ["every", "some"] * bool(depth)
    possible += ["history", "history", "history"] * bool(stage.earlier)
    possible += ["improvements", "improvements"] * stage.improvements
    possible += ["conducted", "conducted"] * stage.conducted
    match draw(st.sampled_from(possible)):
        case "complete":
            return Complete()
        case "answer":
            subject, name, kind = draw(st.sampled_from(asked))
            return AnswerMeets(subject, name, draw(conditions_on(kind)))
        case "percent":
            return ScoreReaches(draw(percentages()), "percent")
        case "points":
            return ScoreReaches(draw(point_bounds()), "points")
        case "count":
            return CountGraded(draw(st.integers(1, 3)), draw(st.sampled_from(SCALE)))
        case "floor":
            named = draw(st.lists(st.sampled_from(graded), min_size=1, unique=True))
            return Floor(named, draw(st.sampled_from(SCALE)))
        case "history":
            return draw(st.sampled_from(stage.earlier))
        case "improvements":
            return Improvements(draw(st.integers(1, 3)))
        case "conducted":
            return draw(conducted)
        case combined:
            parts = [draw(requirements(stage, graded, depth - 1)) for _ in range(2)]
            return EveryRequirement(parts) if combined == "every" else SomeRequirement(parts)


@st.composite
def rulesets(draw: st.DrawFn, stage: Stage, version: str) -> Ruleset:
    """Draw rulesets of one to four criteria, the first of them required."""
    asked = stage.catalogue.asked
    graded = tuple(name for name in asked if draw(st.sampled_from((True, True, True, False))))
    return Ruleset(
        draw(st.sampled_from(LABELS)),
        version,
        WORDS,
        Period(FIRST_DAY),
        stage.catalogue,
        SCALE,
        {name: draw(gradings(asked[name].answer)) for name in graded},
        [
            Criterion(
                f"criterion-{number}",
                draw(st.sampled_from(("required", "required", "advisory")[: 3 * number + 1])),
                draw(requirements(stage, graded)),
                dimension=draw(st.none() | st.sampled_from(DIMENSIONS)),
            )
            for number in range(draw(st.sampled_from((2, 1, 3, 4))))
        ],
        VALIDITY,
    )
