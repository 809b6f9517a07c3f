"""Bronze 2019-11: from the bytes of an interview to the text of its assessment."""

from __future__ import annotations

from typing import Any

from benchmarks.peers.by_hand import reading
from benchmarks.peers.by_hand.assessment import assessment, dimension, write
from benchmarks.peers.by_hand.findings import conducted_by, eligibility, finding, score_reaches
from benchmarks.peers.by_hand.grading import at_least, composition, graded, is_in, total
from benchmarks.peers.by_hand.reading import breakdown, choice, choices, count, decimal, share
from benchmarks.peers.by_hand.texts import texts

SAID = texts(
    "bronze/2019-11",
    "sha256:a4ab38b3581c654bb92d1a7cce688468b913251b5538bcff89e5934802ca8687",
    "benchmarking-2019-11",
    "sha256:38d7371fc93982fb1da944e66fa96ff23fba290d88a73bef334731d77f5800e5",
)
EFFECTS = ("none", "small", "moderate", "considerable", "strong")


def effect(answer: Any) -> None:
    """Check the size of an effect."""
    choice(answer, EFFECTS)


CHECKS = {
    "year-established": lambda a: count(a, 1900, 2100),
    "legal-form": lambda a: choice(
        a, ("informal-network", "hosted-project", "hosted-unit", "own-legal-form")
    ),
    "driving-forces": lambda a: choice(
        a,
        (
            "single-organisation",
            "public-bodies",
            "research",
            "industry",
            "industry-and-research",
            "industry-research-public",
        ),
    ),
    "specialisation": share,
    "committed-participants": lambda a: count(a, 0, 100000),
    "composition": lambda a: breakdown(
        a,
        100000,
        (
            "sme",
            "large-company",
            "research",
            "university",
            "training",
            "public",
            "other",
            "not-classified",
        ),
    ),
    "participant-growth": lambda a: reading.not_applicable(a) or decimal(a, -100, 1000),
    "geographical-concentration": share,
    "international-participants": lambda a: count(a, 0, 100000),
    "nature-of-cooperation": lambda a: choice(
        a, ("information-only", "events", "bilateral", "joint-projects", "joint-agenda")
    ),
    "governance-and-roles": lambda a: choice(
        a, ("management-alone", "consulted", "governing-body", "governing-body-with-rules")
    ),
    "participants-per-fte": lambda a: decimal(a, 0, 100000),
    "management-competences": lambda a: choices(
        a,
        (
            "sector",
            "project-management",
            "business-development",
            "technology-transfer",
            "funding",
            "communication",
            "international",
        ),
    ),
    "staff-development": lambda a: decimal(a, 0, 366),
    "strategy": lambda a: choice(
        a,
        (
            "none",
            "unwritten",
            "documented",
            "documented-with-participants",
            "documented-and-reviewed",
        ),
    ),
    "implementation-plan": lambda a: choice(
        a, ("none", "informal", "written", "written-with-targets", "written-and-monitored")
    ),
    "thematic-priorities": lambda a: choice(
        a, ("none", "broad", "thematic", "thematic-and-geographical")
    ),
    "private-funding": share,
    "financial-sustainability": lambda a: count(a, 0, 600),
    "service-spectrum": lambda a: choices(
        a,
        (
            "third-party-funding",
            "technology-development",
            "information-exchange",
            "human-resources",
            "entrepreneurship",
            "matchmaking",
            "internationalisation",
        ),
    ),
    "third-party-funding": lambda a: count(a, 0, 10000),
    "collaborative-technology": lambda a: count(a, 0, 10000),
    "information-exchange": lambda a: count(a, 0, 10000),
    "human-resource-development": lambda a: count(a, 0, 10000),
    "entrepreneurship-support": lambda a: count(a, 0, 10000),
    "matchmaking-and-promotion": lambda a: count(a, 0, 10000),
    "internationalisation-support": lambda a: choice(
        a, ("none", "information", "on-request", "joint-activities", "strategy-led")
    ),
    "working-groups": lambda a: reading.not_applicable(a) or count(a, 0, 1000),
    "participant-contacts": share,
    "cluster-cooperation": lambda a: breakdown(a, 10000, ("domestic", "foreign")),
    "cooperation-requests": lambda a: breakdown(a, 100000, ("region", "country", "abroad")),
    "media-visibility": lambda a: count(a, 0, 100000),
    "success-stories": lambda a: count(a, 0, 1000),
    "effect-on-research": effect,
    "effect-on-business": effect,
    "effect-on-international-activities": effect,
}


def read(data: bytes) -> dict[str, Any]:
    """Read an interview."""
    return reading.read(data, "benchmarking", ("benchmarking-expert", "observer"), CHECKS)


def competences(answer: list[str]) -> int:
    """Return the grade of the competences of the management."""
    if len(answer) >= 5 and "sector" in answer and "project-management" in answer:
        return 2
    return 1 if len(answer) >= 3 else 0


def cooperation(answer: dict[str, int]) -> int:
    """Return the grade of the cooperation with other clusters."""
    clusters = sum(answer.values())
    if clusters >= 4 and answer.get("foreign", 0) >= 2:
        return 2
    return 1 if clusters >= 2 else 0


def requests(answer: dict[str, int]) -> int:
    """Return the grade of the requests for cooperation."""
    asked = sum(answer.values())
    if asked >= 30 and answer.get("abroad", 0) > 0:
        return 2
    return 1 if asked >= 10 else 0


def assess(interview: dict[str, Any]) -> dict[str, Any]:
    """Assess an interview that was read."""
    answers, year = interview["answers"], int(interview["conducted"]["on"][:4])

    def grade(name: str, level: Any, unasked: int = 0) -> dict[str, Any]:
        return graded(SAID, answers, name, level, (0, 1, 2), unasked)

    structure = [
        grade("year-established", lambda a: at_least(year - a, 2, 4)),
        grade("legal-form", lambda a: is_in(a, ("hosted-unit",), ("own-legal-form",))),
        grade(
            "driving-forces",
            lambda a: is_in(
                a, ("research", "industry"), ("industry-and-research", "industry-research-public")
            ),
        ),
        grade("specialisation", lambda a: at_least(a, 60, 80)),
        grade("committed-participants", lambda a: at_least(a, 15, 40)),
        grade("composition", composition),
        grade("participant-growth", lambda a: at_least(a, 0, 5), 1),
        grade("geographical-concentration", lambda a: at_least(a, 50, 75)),
        grade("international-participants", lambda a: at_least(a, 1, 3)),
    ]
    governance = [
        grade(
            "nature-of-cooperation",
            lambda a: is_in(a, ("bilateral", "joint-projects"), ("joint-agenda",)),
        ),
        grade(
            "governance-and-roles",
            lambda a: is_in(a, ("governing-body",), ("governing-body-with-rules",)),
        ),
        grade("participants-per-fte", lambda a: 2 if a <= 40 else 1 if a <= 80 else 0),
        grade("management-competences", competences),
        grade("staff-development", lambda a: at_least(a, 2, 4)),
        grade(
            "strategy",
            lambda a: is_in(
                a, ("documented", "documented-with-participants"), ("documented-and-reviewed",)
            ),
        ),
        grade(
            "implementation-plan",
            lambda a: is_in(a, ("written", "written-with-targets"), ("written-and-monitored",)),
        ),
        grade(
            "thematic-priorities",
            lambda a: is_in(a, ("thematic",), ("thematic-and-geographical",)),
        ),
    ]
    financing = [
        grade("private-funding", lambda a: at_least(a, 20, 40)),
        grade("financial-sustainability", lambda a: at_least(a, 12, 24)),
    ]
    services = [
        grade("service-spectrum", lambda a: at_least(len(a), 4, 6)),
        grade("third-party-funding", lambda a: at_least(a, 1, 4)),
        grade("collaborative-technology", lambda a: at_least(a, 2, 4)),
        grade("information-exchange", lambda a: at_least(a, 4, 10)),
        grade("human-resource-development", lambda a: at_least(a, 2, 5)),
        grade("entrepreneurship-support", lambda a: at_least(a, 1, 5)),
        grade("matchmaking-and-promotion", lambda a: at_least(a, 2, 6)),
        grade(
            "internationalisation-support",
            lambda a: is_in(a, ("on-request", "joint-activities"), ("strategy-led",)),
        ),
    ]
    contacts = [
        grade("working-groups", lambda a: at_least(a, 1, 3)),
        grade("participant-contacts", lambda a: at_least(a, 50, 75)),
        grade("cluster-cooperation", cooperation),
    ]
    achievements = [
        grade("cooperation-requests", requests),
        grade("media-visibility", lambda a: at_least(a, 4, 12)),
        grade("success-stories", lambda a: at_least(a, 1, 3)),
        grade("effect-on-research", lambda a: is_in(a, ("moderate",), ("considerable", "strong"))),
        grade("effect-on-business", lambda a: is_in(a, ("moderate",), ("considerable", "strong"))),
        grade(
            "effect-on-international-activities",
            lambda a: is_in(a, ("moderate",), ("considerable", "strong")),
        ),
    ]
    expert = conducted_by(SAID, interview["conducted"], "benchmarking-expert", 1, impartial=True)
    findings = [
        finding(SAID, "benchmarked-by-expert", "required", "documented", expert),
        *eligibility(SAID, interview, "committed-participants", "composition"),
    ]
    dimensions = [
        benchmarked("structure", structure),
        benchmarked("governance", governance),
        benchmarked("financing", financing),
        benchmarked("services", services),
        benchmarked("contacts", contacts),
        benchmarked("achievements", achievements),
    ]
    return assessment(
        SAID, interview, findings, dimensions, ("composition", "committed-participants")
    )


def benchmarked(name: str, indicators: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a dimension, which has to be complete, and ought to reach 80 %."""
    missing = [each["indicator"] for each in indicators if "answer" not in each]
    complete = {
        "answered": [each["indicator"] for each in indicators if "answer" in each],
        "kind": "completeness",
        "outcome": "undetermined" if missing else "met",
        "unanswered": missing,
    }
    reached = total(indicators)
    findings = [
        finding(SAID, f"{name}-benchmarked", "required", "inferred", complete),
        finding(
            SAID,
            f"{name}-quality",
            "advisory",
            "illustrative",
            score_reaches(indicators, reached),
        ),
    ]
    return dimension(SAID, name, reached, findings, indicators)


def whole(data: bytes) -> str:
    """Read an interview, assess it, and write the assessment."""
    return write(assess(read(data)))
