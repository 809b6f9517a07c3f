"""
Catalogues, interviews and rulesets, built from their constructors.

What does not depend on what was drawn before is built once, here or in a function with a
cache: building and checking a strategy takes longer than drawing from it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

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
from ecei_rules.interviews.history import LABELS, Cluster, LabelEvent
from ecei_rules.interviews.interview import (
    MODES,
    Conducted,
    Expert,
    Improvement,
    Interview,
)
from ecei_rules.interviews.provenance import Attestation, Basis, Provenance, Source
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
from ecei_rules.rulesets.ruleset import Advice, Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules

OPTIONS = tuple(Option(name, Text({"en": name})) for name in ("north", "south", "east"))
DIMENSIONS = ("structure", "services")
ROLES = ("expert", "guest")
SCALE = ("improvable", "reasonable", "excellent")
NUMBERS = (0, 1, 2, 15, 40, 50, 99, 100)

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
texts = st.builds(
    Text,
    st.dictionaries(st.sampled_from(("de", "fr")), words).map(
        lambda others: {"en": "a text", **others}
    ),
)
days = st.dates(date(2008, 1, 1), date(2032, 12, 31))
units = st.none() | st.just("organisations")
some_words = st.none() | words
some_texts = st.none() | texts
dimensions = st.sampled_from(DIMENSIONS)
some_dimension = st.none() | dimensions
labels = st.sampled_from(LABELS)
grade_names = st.sampled_from(SCALE)
statuses = st.sampled_from(("active", "active", "active", "retired"))
booleans = st.booleans()
none_to_2 = st.integers(0, 2)
to_3, to_4, to_5 = (st.integers(1, most) for most in (3, 4, 5))
small = st.sampled_from(NUMBERS)
decimals = small | st.decimals(0, 100, places=2)

kinds: st.SearchStrategy[AnswerKind] = st.one_of(
    st.builds(Count, unit=units, maximum=st.none() | st.sampled_from((40, 100))),
    st.builds(Number, unit=units, minimum=st.none() | st.just(Decimal(0))),
    st.just(Share()),
    st.just(YesNo()),
    st.just(Choice(OPTIONS)),
    st.just(Choices(OPTIONS)),
    st.builds(Breakdown, st.just(OPTIONS), unit=units, maximum=st.none() | st.just(100)),
    st.just(Year(minimum=1900, maximum=2100)),
)


@cache
def answers_to(kind: AnswerKind) -> st.SearchStrategy[Answer]:
    """Answers of a kind, most of them at or next to a bound."""
    names = [option.id for option in OPTIONS]
    match kind:
        case Count(maximum=maximum):
            return st.sampled_from([n for n in NUMBERS if maximum is None or n <= maximum])
        case Number() | Share():
            return decimals
        case YesNo():
            return st.booleans()
        case Choice():
            return st.sampled_from(names)
        case Choices():
            return st.lists(st.sampled_from(names), unique=True).map(tuple)
        case Breakdown():
            return st.dictionaries(st.sampled_from(names), small).map(FrozenMap)
        case Year():
            return st.integers(2000, 2030)


@cache
def conditions_on(kind: AnswerKind) -> st.SearchStrategy[Condition]:
    """Conditions that fit a kind of answer."""
    names = st.lists(st.sampled_from([o.id for o in OPTIONS]), min_size=1, unique=True)
    comparisons = st.sampled_from(("at_least", "more_than", "at_most", "less_than"))
    bounds = decimals.map(Decimal)

    def threshold(measure: str, **more: Any) -> st.SearchStrategy[Condition]:
        return st.builds(Threshold, st.just(measure), comparisons, bounds, **more)

    match kind:
        case Count() | Number() | Share():
            simple = threshold("value")
        case Year():
            simple = threshold("years_ago") | st.builds(
                Threshold, st.just("value"), comparisons, st.integers(2000, 2030).map(Decimal)
            )
        case YesNo():
            simple = st.builds(OneOf, st.lists(st.booleans(), min_size=1, unique=True))
        case Choice():
            simple = st.builds(OneOf, names)
        case Choices():
            simple = threshold("types", options=st.just(()) | names) | st.builds(Includes, names)
        case Breakdown():
            simple = st.one_of(
                threshold("share_of", options=names),
                threshold("sum_of", options=names),
                threshold("types", options=st.just(()) | names),
                st.builds(Includes, names),
            )
    return st.recursive(
        simple,
        lambda inner: (
            st.builds(AllOf, st.lists(inner, min_size=1, max_size=3))
            | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3))
        ),
        max_leaves=4,
    )


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Catalogues of a few indicators and facts of every kind."""
    count = draw(to_5)
    indicators = [
        Indicator(
            f"indicator-{number}",
            draw(dimensions),
            draw(texts),
            draw(texts),
            draw(kinds),
            number=draw(st.sampled_from((None, f"1.{number}"))),
            evidence=draw(some_texts),
            not_applicable=draw(booleans),
            improvable=draw(booleans),
            status=draw(statuses),
            provenance=Attestation("attested", sources=["page"], note=draw(some_words)),
        )
        for number in range(count)
    ]
    facts = [
        Fact(
            f"fact-{number}",
            draw(texts),
            draw(kinds),
            question=draw(some_texts),
            improvable=draw(booleans),
        )
        for number in range(draw(none_to_2))
    ]
    asked: list[Indicator | Fact] = [*indicators, *facts]
    active = (each for each in asked if each.status == "active")
    wholes = [None, *(each.id for each in active if isinstance(each.answer, Count))]
    return Catalogue(
        "sample",
        "2024-01",
        draw(texts),
        [Dimension(name, Text({"en": name})) for name in DIMENSIONS],
        [_divided(each, draw(st.sampled_from(wholes))) for each in indicators],
        facts=[_divided(each, draw(st.sampled_from(wholes))) for each in facts],
        roles=[Option(role, draw(texts)) for role in ROLES],
        sources=[Source("page", draw(words), url="https://example.org")],
        schema=draw(some_words),
    )


def _divided(asked: Any, whole: str | None) -> Any:
    """Return a question whose answer, if it is a breakdown, divides a count."""
    if not isinstance(asked.answer, Breakdown):
        return asked
    return evolve(asked, answer=evolve(asked.answer, parts_of=whole))


def _answers(entries: Any) -> st.SearchStrategy[dict[str, Answer]]:
    each = {
        name: _answers_or_none(asked.answer, may_not_apply=getattr(asked, "not_applicable", False))
        for name, asked in entries.items()
    }
    return st.fixed_dictionaries({}, optional=each)


@cache
def _answers_or_none(kind: AnswerKind, *, may_not_apply: bool) -> st.SearchStrategy[Answer]:
    return answers_to(kind) | (st.builds(NotApplicable, words) if may_not_apply else st.nothing())


two_days = st.sets(days, max_size=2)
lengths = st.integers(0, 1200)


@st.composite
def histories(draw: st.DrawFn) -> list[LabelEvent]:
    """Events that do not contradict each other, in any order."""
    found = []
    for label in LABELS:
        found += [LabelEvent(label, "benchmarked", on) for on in draw(two_days)]
        end = date.min
        for on in sorted(draw(two_days)):
            end = max(end, on) + timedelta(draw(lengths))
            found.append(LabelEvent(label, "awarded", on, valid_until=end))
    return draw(st.permutations(found))


clusters = st.builds(
    Cluster,
    words,
    st.sampled_from(("IT", "NO")),
    website=st.sampled_from((None, "https://example.org")),
    comparative_portfolio=some_words,
)


@cache
def _conductings(roles: tuple[str, ...]) -> st.SearchStrategy[Conducted]:
    one = st.builds(Expert, st.sampled_from(roles), name=some_words, impartial=st.none() | booleans)
    return st.builds(
        Conducted,
        days,
        mode=st.sampled_from((None, *MODES)),
        experts=st.none() | st.lists(one, max_size=2),
    )


@cache
def _improvements(names: tuple[str, ...]) -> st.SearchStrategy[list[Improvement]]:
    one = st.builds(
        Improvement, st.sampled_from(names), words, effect=some_words, confirmed=booleans
    )
    return st.lists(one, max_size=2)


@cache
def _remarks(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(names), words, max_size=2)


@st.composite
def interviews(draw: st.DrawFn, catalogue: Catalogue) -> Interview:
    """Interviews of a catalogue, with answers to some of its questions."""
    asked = list(catalogue.asked)
    remarkable = [*asked, *catalogue.facts_asked]
    return Interview(
        catalogue,
        draw(clusters),
        draw(_conductings(tuple(role.id for role in catalogue.roles))),
        draw(_answers(catalogue.asked)),
        facts=draw(_answers(catalogue.facts_asked)),
        improvements=draw(_improvements(tuple(asked)) if asked else st.just([])),
        history=draw(histories()),
        remarks=draw(_remarks(tuple(remarkable)) if remarkable else st.just({})),
        schema=draw(some_words),
    )


provenances = st.builds(
    Provenance, st.sampled_from(Basis), sources=st.just(["page"]), note=some_words
)


scales = st.lists(grade_names, min_size=1, unique=True)
steps_of = {size: st.lists(to_3, min_size=size, max_size=size) for size in (1, 2, 3)}


@st.composite
def gradings(draw: st.DrawFn, kind: AnswerKind) -> Grading:
    """Gradings in order, whether or not each grade can be attained."""
    grades = draw(scales)
    ordered = sorted(grades, key=SCALE.index, reverse=True)
    steps = draw(steps_of[len(grades)])
    points = [sum(steps[index:]) - 1 for index in range(len(steps))]
    *graded, last = zip(ordered, points, strict=True)
    conditional = [Grade(g, p, when=draw(conditions_on(kind))) for g, p in graded]
    return Grading(
        draw(to_3),
        [*conditional, Grade(*last)],
        not_applicable_points=draw(st.integers(0, points[0])),
        provenance=draw(provenances),
    )


percentages = decimals.map(lambda number: Decimal(number) or Decimal(1))
SIMPLE: dict[str, st.SearchStrategy[Requirement]] = {
    "complete": st.just(Complete()),
    "percent": st.builds(ScoreReaches, percentages, st.just("percent")),
    "points": st.builds(ScoreReaches, st.integers(1, 12).map(Decimal), st.just("points")),
    "count": st.builds(CountGraded, st.integers(1, 4), st.sampled_from(SCALE)),
    "history": st.one_of(
        st.builds(
            Earlier,
            st.sampled_from(LABELS),
            st.sampled_from(("benchmarked", "awarded")),
            repeated=st.just(repeated),
            at_least_months=st.none() | st.integers(0, 30),
            at_most_months=st.none() | st.integers(0, 60),
            later_at_most_months=st.none() | st.integers(0, 60) if repeated else st.none(),
            since_award_of=st.none() | st.sampled_from(LABELS),
        )
        for repeated in (False, True)
    ),
    "improvements": st.builds(Improvements, st.integers(1, 2)),
    "conducted": st.builds(
        ConductedBy,
        st.sampled_from(ROLES),
        st.integers(1, 2),
        impartial=booleans,
        modes=st.lists(st.sampled_from(MODES), unique=True),
    ),
}


@st.composite
def requirements(
    draw: st.DrawFn, catalogue: Catalogue, graded: list[str], depth: int = 2
) -> Requirement:
    """Requirements of every kind for a catalogue."""
    asked = [("indicator", name, one.answer) for name, one in catalogue.asked.items()]
    asked += [("fact", name, one.answer) for name, one in catalogue.facts_asked.items()]
    possible = [*SIMPLE]
    possible += ["floor"] * bool(graded) + ["answer", "answer"] * bool(asked)
    possible += ["every", "some"] * bool(depth)
    match draw(st.sampled_from(possible)):
        case "floor":
            names = draw(st.lists(st.sampled_from(graded), min_size=1, unique=True))
            return Floor(names, draw(grade_names))
        case "answer":
            subject, name, kind = draw(st.sampled_from(asked))
            return AnswerMeets(subject, name, draw(conditions_on(kind)))
        case "every" | "some" as combined:
            count = draw(to_3)
            parts = [draw(requirements(catalogue, graded, depth - 1)) for _ in range(count)]
            return EveryRequirement(parts) if combined == "every" else SomeRequirement(parts)
        case simple:
            return draw(SIMPLE[simple])


some_grade = st.none() | grade_names
severities = st.sampled_from(("required", "advisory"))
last_days = st.none() | st.just(date(2030, 1, 1))
ends = st.sampled_from(("same_day", "end_of_month"))
validities = st.builds(
    ValidityRules,
    st.builds(FirstAward, to_4, ends),
    renewal=st.none() | st.builds(Renewal, st.integers(2, 4), ends, none_to_2),
)


@st.composite
def rulesets(draw: st.DrawFn, catalogue: Catalogue) -> Ruleset:
    """Rulesets over a catalogue; well formed, though not always sensible."""
    graded = [name for name in catalogue.asked if draw(booleans)]
    grading = {name: draw(gradings(catalogue.asked[name].answer)) for name in graded}
    criteria = [
        Criterion(
            f"criterion-{number}",
            draw(severities),
            draw(requirements(catalogue, graded)),
            dimension=draw(some_dimension),
            title=draw(some_texts),
            provenance=draw(provenances),
        )
        for number in range(draw(to_4))
    ]
    advice = {
        **{name: Advice(draw(texts), below=draw(some_grade)) for name in graded},
        **{name: Advice(draw(texts)) for name in catalogue.facts_asked},
    }
    return Ruleset(
        draw(labels),
        "2024-01",
        draw(texts),
        Period(date(2010, 11, 1), draw(last_days)),
        catalogue,
        SCALE,
        grading,
        criteria,
        draw(validities),
        recommendations=advice,
        sources=[Source("page", draw(words))],
        after_gap=draw(booleans),
        schema=draw(some_words),
    )


@st.composite
def judged(draw: st.DrawFn) -> tuple[Interview, Ruleset]:
    """An interview, and a ruleset for its catalogue."""
    catalogue = draw(catalogues())
    return draw(interviews(catalogue)), draw(rulesets(catalogue))


def answered_with(interview: Interview, names: set[str]) -> Interview:
    """Return the interview with only some of its answers."""
    return evolve(
        interview,
        answers={n: a for n, a in interview.answers.items() if n in names},
        facts={n: a for n, a in interview.facts.items() if n in names},
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | decimals | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
