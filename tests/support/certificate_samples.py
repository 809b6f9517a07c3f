"""Small rulesets over two counts, and certificates about them made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from brute_force import ON
from small_rulesets import DIMENSIONS, SCALE, VALIDITY

from ecei_rules.comparison.certificate import Case, Certificate, CertifiedQuestion, Need, Proof
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Catalogue,
    Count,
    Dimension,
    Fact,
    Indicator,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    CountGraded,
    Criterion,
    Floor,
    ScoreReaches,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset

if TYPE_CHECKING:
    from ecei_rules.rulesets.criteria import Requirement

WORDS = Text({"en": "a text"})


IMPROVABLE, REASONABLE, EXCELLENT = SCALE


EVENT = LabelEvent("gold", "benchmarked", ON)


def counted(*, name: str, unit: str | None = None) -> Indicator:
    """Return an indicator that is a count, 0 to 4."""
    kind = Count(maximum=4, unit=unit)
    return Indicator(name, "structure", WORDS, WORDS, kind, provenance=Attestation("attested"))


def asked_in_services(kind: AnswerKind, *, aside: bool = False) -> Indicator:
    """Return the third indicator, of any kind."""
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
    """Return a catalogue of two counts, further indicators, and one fact."""
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
    """Return a ruleset that requires these, as `criterion-0` and so on."""
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
    """Return a certificate that the new ruleset refuses nothing that the old one awards."""
    return Certificate(scope, "bronze@1", "bronze@2", ON, questions, proofs)


FIRMS = CertifiedQuestion("indicator/firms", (0, 1), (0, 1, 2))


LABS = CertifiedQuestion("indicator/labs", (0, 1), (0, 1, 2))


GAINED = {"indicator/firms": (0, 1, 2), "indicator/labs": (0, 1, 2)}


LOST = {"indicator/firms": (2, 1, 0), "indicator/labs": (2, 1, 0)}


# At least one of both earns at least 2 of 4 points. To earn less is to lose 3 of 4; if both
# classes are 1 or 2, firms lose at most 1 and labs at most 1.
FLOOR = ruleset("1", Floor(["firms", "labs"], REASONABLE))


HALF = ruleset("2", ScoreReaches(Decimal(50), "percent"))


BOTH_ALLOWED = {"indicator/firms": (1, 2), "indicator/labs": (1, 2)}


LOSES_THREE = Case(BOTH_ALLOWED, [Need(LOST, 3)], [[(1,)], [(2,)]])


BY_FLOOR = Proof("criterion-0", ["criterion-0"], [LOSES_THREE])


HALF_BY_FLOOR = claim(BY_FLOOR, questions=(FIRMS, LABS))


# With 3 of 4 points an organisation attains a reasonable grade twice. After firms, by points up to
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


# With 3 of 4 points it also has 2: nobody can gain 3 and lose 3 of 4.
TWO = ruleset("2", ScoreReaches(Decimal(2), "points"))


FEWER = Case({}, [Need(GAINED, 3), Need(LOST, 3)])


TWO_BY_THREE = claim(Proof("criterion-0", ["criterion-0"], [FEWER]), questions=(FIRMS, LABS))


LISTED = AnswerMeets("fact", "listed", OneOf([True]))


PLANNED = AnswerMeets("indicator", "plan", OneOf(["yes"]))
