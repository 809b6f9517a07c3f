"""Gold 2019-11: from the bytes of an interview to the text of its assessment."""

from __future__ import annotations

from typing import Any

from benchmarks.peers.by_hand import reading
from benchmarks.peers.by_hand.assessment import assessment, dimension, write
from benchmarks.peers.by_hand.findings import conducted_by, eligibility, finding, score_reaches
from benchmarks.peers.by_hand.grading import (
    GRADES,
    at_least,
    composition,
    graded,
    is_in,
    total,
    types,
)
from benchmarks.peers.by_hand.reading import breakdown, choice, choices, count, decimal, share
from benchmarks.peers.by_hand.texts import texts

SAID = texts(
    "gold/2019-11",
    "sha256:4b35294a91bfda175c73050487f1bb440d190716541acfc725a9e7fe1aba20e1",
    "quality-2019-11",
    "sha256:3a35067b57181cad5fd35607ff328c8b430aa5a1c2f0a67baa9cd30daab810ba",
)

CHECKS = {
    "committed-cluster-participation": share,
    "composition-of-participants": lambda a: breakdown(
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
    "number-of-committed-participants": lambda a: count(a, 0, 100000),
    "geographical-concentration": share,
    "maturity-of-cluster-management": lambda a: choice(
        a, ("setting-up", "first-results", "established", "proven")
    ),
    "human-resources-available": lambda a: decimal(a, 0, 10000),
    "qualification-of-team": lambda a: choices(
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
    "life-long-learning-of-team": lambda a: decimal(a, 0, 366),
    "stability-of-human-resources": lambda a: reading.not_applicable(a) or share(a),
    "stability-of-participation": lambda a: reading.not_applicable(a) or share(a),
    "clarity-of-roles": lambda a: choice(
        a, ("management-alone", "consulted", "governing-body", "governing-body-with-rules")
    ),
    "direct-personal-contacts": share,
    "degree-of-cooperation": lambda a: choice(
        a, ("acquaintance", "exchange", "bilateral", "joint-projects", "joint-agenda")
    ),
    "integration-in-innovation-system": lambda a: choices(
        a,
        (
            "research",
            "technology-transfer",
            "business-support",
            "funding",
            "start-ups",
            "training",
            "public-authorities",
            "clusters-domestic",
            "clusters-foreign",
        ),
    ),
    "prospects-of-financial-resources": lambda a: count(a, 0, 600),
    "share-of-private-resources": share,
    "strategy-building-process": lambda a: choice(
        a, ("no-process", "management-alone", "with-governing-body", "with-participants")
    ),
    "documentation-of-strategy": lambda a: choice(
        a, ("unwritten", "scattered", "document", "document-with-targets")
    ),
    "implementation-plan": lambda a: choice(
        a, ("none", "informal", "written", "written-with-targets")
    ),
    "financial-controlling": lambda a: choice(
        a, ("yearly-accounts", "budget", "regular-comparison", "comparison-and-forecast")
    ),
    "review-of-strategy": lambda a: choice(
        a, ("never", "on-occasion", "plan-yearly", "both-regularly")
    ),
    "performance-monitoring": lambda a: choice(
        a, ("none", "activity-records", "indicators", "indicators-and-decisions")
    ),
    "focus-of-strategy": lambda a: choice(a, ("none", "broad", "focused", "focused-with-position")),
    "activities-and-services": lambda a: breakdown(
        a,
        10000,
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
    "performance-of-cluster-management": share,
    "working-groups": lambda a: count(a, 0, 1000),
    "communication": lambda a: choices(
        a,
        (
            "communication-plan",
            "newsletter",
            "personal-messages",
            "printed-material",
            "press-work",
            "social-media",
            "presentations",
            "english",
        ),
    ),
    "web-presence": lambda a: choices(
        a, ("aims", "participants", "contacts", "services", "news", "events", "results", "english")
    ),
    "recognition-in-media": lambda a: count(a, 0, 100000),
    "success-stories": lambda a: count(a, 0, 36),
    "satisfaction-of-participants": share,
}


def read(data: bytes) -> dict[str, Any]:
    """Read an interview."""
    return reading.read(data, "quality", ("auditor", "observer"), CHECKS)


def qualification(answer: list[str]) -> int:
    """Return the grade of the qualification of the team."""
    if len(answer) >= 5 and "sector" in answer and "project-management" in answer:
        return 2
    return 1 if len(answer) >= 3 else 0


def activities(answer: dict[str, int]) -> int:
    """Return the grade of the activities and services."""
    different, counted = types(answer), sum(answer.values())
    if different >= 5 and counted >= 25:
        return 2
    return 1 if different >= 3 and counted >= 10 else 0


def communication(answer: list[str]) -> int:
    """Return the grade of the communication."""
    if len(answer) >= 6 and "communication-plan" in answer:
        return 2
    return 1 if len(answer) >= 4 else 0


def web_presence(answer: list[str]) -> int:
    """Return the grade of the website."""
    if len(answer) >= 7 and "participants" in answer and "english" in answer:
        return 2
    return 1 if len(answer) >= 4 and "participants" in answer else 0


def assess(interview: dict[str, Any]) -> dict[str, Any]:
    """Assess an interview that was read."""
    answers = interview["answers"]

    def grade(name: str, level: Any, middle: int = 3, highest: int = 5) -> dict[str, Any]:
        return graded(SAID, answers, name, level, (0, middle, highest))

    structure = [
        grade("committed-cluster-participation", lambda a: 2 if a >= 80 else 0, 0, 0),
        grade("composition-of-participants", composition),
        grade("number-of-committed-participants", lambda a: at_least(a, 15, 40)),
        grade("geographical-concentration", lambda a: at_least(a, 50, 75), 2),
    ]
    governance = [
        grade("maturity-of-cluster-management", lambda a: is_in(a, ("established",), ("proven",))),
        grade("human-resources-available", lambda a: at_least(a, 1, 3), 2),
        grade("qualification-of-team", qualification),
        grade("life-long-learning-of-team", lambda a: at_least(a, 2, 5), 2),
        grade("stability-of-human-resources", lambda a: at_least(a, 50, 75), 2),
        grade("stability-of-participation", lambda a: at_least(a, 75, 90), 2),
        grade(
            "clarity-of-roles",
            lambda a: is_in(a, ("governing-body",), ("governing-body-with-rules",)),
        ),
        grade("direct-personal-contacts", lambda a: at_least(a, 50, 80)),
        grade("degree-of-cooperation", lambda a: is_in(a, ("joint-projects",), ("joint-agenda",))),
        grade("integration-in-innovation-system", lambda a: at_least(len(a), 3, 6)),
    ]
    financing = [
        grade("prospects-of-financial-resources", lambda a: at_least(a, 12, 24), 2),
        grade("share-of-private-resources", lambda a: at_least(a, 20, 40), 2),
    ]
    strategy = [
        grade(
            "strategy-building-process",
            lambda a: is_in(a, ("with-governing-body",), ("with-participants",)),
        ),
        grade(
            "documentation-of-strategy",
            lambda a: is_in(a, ("document",), ("document-with-targets",)),
        ),
        grade("implementation-plan", lambda a: is_in(a, ("written",), ("written-with-targets",))),
        grade(
            "financial-controlling",
            lambda a: is_in(a, ("regular-comparison",), ("comparison-and-forecast",)),
        ),
        grade("review-of-strategy", lambda a: is_in(a, ("plan-yearly",), ("both-regularly",))),
        grade(
            "performance-monitoring",
            lambda a: is_in(a, ("indicators",), ("indicators-and-decisions",)),
        ),
        grade("focus-of-strategy", lambda a: is_in(a, ("focused",), ("focused-with-position",)), 2),
        grade("activities-and-services", activities),
        grade("performance-of-cluster-management", lambda a: at_least(a, 60, 80)),
        grade("working-groups", lambda a: at_least(a, 1, 3), 2),
        grade("communication", communication),
        grade("web-presence", web_presence),
    ]
    achievements = [
        grade("recognition-in-media", lambda a: at_least(a, 5, 15), 2),
        grade("success-stories", lambda a: at_least(a, 18, 30), 2),
        grade("satisfaction-of-participants", lambda a: at_least(a, 60, 80), 2),
    ]
    indicators = [*structure, *governance, *financing, *strategy, *achievements]
    auditors = conducted_by(SAID, interview["conducted"], "auditor", 2, on_site=True)
    points = score_reaches(indicators, total(indicators))
    findings = [
        finding(SAID, "audited-on-site", "required", "documented", auditors),
        finding(SAID, "total-score", "required", "illustrative", points),
        *eligibility(
            SAID, interview, "number-of-committed-participants", "composition-of-participants"
        ),
    ]
    dimensions = [
        with_floors("structure", structure),
        with_floors("governance", governance),
        with_floors("financing", financing),
        with_floors("strategy", strategy),
        with_floors("achievements", achievements),
    ]
    return assessment(
        SAID,
        interview,
        findings,
        dimensions,
        ("composition-of-participants", "number-of-committed-participants"),
    )


def with_floors(name: str, indicators: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a dimension, in which each indicator that applies has to be reasonable."""
    attained, below, still_open, aside = [], [], [], []
    for each in indicators:
        if "answer" not in each:
            still_open.append(each["indicator"])
        elif "grade" not in each:
            aside.append(each["indicator"])
        elif each["grade"] == GRADES[0]:
            below.append(each["indicator"])
        else:
            attained.append(each["indicator"])
    floors = {
        "at_least": len(indicators) - len(aside),
        "attained": attained,
        "below": below,
        "grade": "reasonable",
        "kind": "grades",
        "open": still_open,
        "outcome": "not_met" if below else "undetermined" if still_open else "met",
    }
    if aside:
        floors["left_aside"] = aside
    findings = [finding(SAID, f"{name}-floors", "required", "illustrative", floors)]
    return dimension(SAID, name, total(indicators), findings, indicators)


def whole(data: bytes) -> str:
    """Read an interview, assess it, and write the assessment."""
    return write(assess(read(data)))
