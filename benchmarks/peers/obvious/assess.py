"""Interpreting a ruleset."""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from benchmarks.peers.obvious.conditions import combined, evaluate
from benchmarks.peers.obvious.interview import Interview, converter, load, read
from benchmarks.peers.obvious.outcomes import (
    deciding,
    does_not_apply,
    label_basis,
    outcome_of,
    score,
    total,
    weakest,
)

OUTCOMES = {True: "met", False: "not_met", None: "undetermined"}
DIGESTS = {
    "bronze-2019-11": "a4ab38b3581c654bb92d1a7cce688468b913251b5538bcff89e5934802ca8687",
    "gold-2019-11": "4b35294a91bfda175c73050487f1bb440d190716541acfc725a9e7fe1aba20e1",
    "benchmarking-2019-11": "38d7371fc93982fb1da944e66fa96ff23fba290d88a73bef334731d77f5800e5",
    "quality-2019-11": "3a35067b57181cad5fd35607ff328c8b430aa5a1c2f0a67baa9cd30daab810ba",
}
VERSION = version("ecei_rules")


def write(value: Any) -> str:
    """Write canonical JSON."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def ruleset_for(interview: Interview) -> dict[str, Any]:
    """Return the Bronze or Gold ruleset of the catalogue of an interview."""
    label = {"benchmarking": "bronze", "quality": "gold"}[interview.catalogue["id"]]
    return load(f"rulesets/{label}/{interview.catalogue['version']}.json")


def assess(interview: Interview, ruleset: dict[str, Any]) -> dict[str, Any]:
    """Assess an interview."""
    return Evaluation(interview, ruleset).assessment()


class Evaluation:
    """One interview under one ruleset."""

    def __init__(self, interview: Interview, ruleset: dict[str, Any]) -> None:
        self.interview, self.ruleset = interview, ruleset
        reference = ruleset["catalogue"]
        if interview.catalogue != reference:
            msg = "the ruleset judges another catalogue"
            raise ValueError(msg)
        self.catalogue = load(f"rulesets/catalogues/{reference['id']}-{reference['version']}.json")
        self.indicators = {each["id"]: each for each in self.catalogue["indicators"]}
        self.facts = {each["id"]: each for each in self.catalogue["facts"]}
        self.year = interview.conducted.on.year
        self.graded = {name: self.grade(name) for name in self.indicators}
        self.findings = [self.finding(each) for each in ruleset["criteria"]]
        self.dimension_of = {each["id"]: each.get("dimension") for each in ruleset["criteria"]}

    def assessment(self) -> dict[str, Any]:
        """Return the assessment."""
        findings = self.in_scope(None)
        dimensions = [self.dimension(each) for each in self.catalogue["dimensions"]]
        findings_in_order = [*findings, *(f for each in dimensions for f in each["findings"])]
        outcome = outcome_of(findings_in_order, ("awarded", "not_awarded", "undetermined"))
        content = write(converter.unstructure(self.interview))
        cluster, on = self.interview.cluster, self.interview.conducted.on
        result = {
            "format": "ecei-assessment/1",
            "library": VERSION,
            "interview": {
                "name": cluster.name,
                "country": cluster.country,
                "on": on.isoformat(),
                "digest": "sha256:" + sha256(content.encode()).hexdigest(),
            },
            "catalogue": {
                "id": self.catalogue["id"],
                "version": self.catalogue["version"],
                "note": self.catalogue["x-note"],
                "digest": "sha256:"
                + DIGESTS[f"{self.catalogue['id']}-{self.catalogue['version']}"],
            },
            "ruleset": {
                "label": self.ruleset["label"],
                "version": self.ruleset["version"],
                "title": self.ruleset["title"],
                "digest": "sha256:" + DIGESTS[f"{self.ruleset['label']}-{self.ruleset['version']}"],
            },
            "outcome": outcome,
            "basis": label_basis(outcome, findings_in_order),
            "score": total(self.graded.values()),
            "dimensions": dimensions,
            "findings": findings,
            "recommendations": self.recommendations(findings_in_order),
            "unanswered": [
                {"subject": subject, "id": name, "title": asked["title"]}
                for subject, questions, given in (
                    ("indicator", self.indicators, self.interview.answers),
                    ("fact", self.facts, self.interview.facts),
                )
                for name, asked in questions.items()
                if name not in given
            ],
        }
        if outcome == "awarded":
            result["validity"] = self.validity()
        unequal = self.unequal_parts(outcome, findings_in_order)
        return {**result, "unequal_parts": unequal} if unequal else result

    def in_scope(self, scope: str | None) -> list[dict[str, Any]]:
        """Return the findings of a dimension, or those for the whole label."""
        return [each for each in self.findings if self.dimension_of[each["criterion"]] == scope]

    def dimension(self, dimension: dict[str, Any]) -> dict[str, Any]:
        """Return an assessed dimension."""
        findings = self.in_scope(dimension["id"])
        graded = [self.graded[name] for name in self.names(dimension["id"])]
        return {
            "id": dimension["id"],
            "title": dimension["title"],
            "outcome": outcome_of(findings, ("passed", "failed", "undetermined")),
            "score": total(graded),
            "findings": findings,
            "indicators": graded,
        }

    def names(self, scope: str | None) -> list[str]:
        """Return the indicators of a dimension, or all."""
        indicators = self.indicators.items()
        return [name for name, each in indicators if scope in (None, each["dimension"])]

    def grade(self, name: str) -> dict[str, Any]:
        """Grade one indicator."""
        grading, answer = self.ruleset["grading"][name], self.interview.answers.get(name)
        weight = grading["weight"]
        low, high = 0, weight * max(grade["points"] for grade in grading["grades"])
        maximum = high
        result = {"indicator": name, "title": self.indicators[name]["title"]}
        result["basis"] = grading["provenance"]["status"]
        if answer is not None:
            result["answer"] = answer
            if does_not_apply(answer):
                low = high = weight * grading.get("not_applicable_points", 0)
            else:
                attained = next(
                    grade
                    for grade in grading["grades"]
                    if "when" not in grade or evaluate(grade["when"], answer, self.year)[0]
                )
                result["grade"] = attained["grade"]
                low = high = weight * attained["points"]
        return {**result, "score": score(low, high, maximum)}

    def finding(self, criterion: dict[str, Any]) -> dict[str, Any]:
        """Evaluate a criterion."""
        grounds = getattr(self, criterion["kind"])(criterion)
        status, bases = criterion["provenance"]["status"], []
        if criterion["kind"] in ("floor", "score"):
            bases = [self.graded[name]["basis"] for name in deciding(grounds)]
        result = {
            "criterion": criterion["id"],
            "severity": criterion["severity"],
            "title": criterion["title"],
            "outcome": grounds["outcome"],
            "basis": weakest([status, *bases]),
            "grounds": grounds,
        }
        if criterion["provenance"].get("one_page") and result["basis"] == "documented":
            result["one_page"] = True
        return result

    def complete(self, criterion: dict[str, Any]) -> dict[str, Any]:
        """Whether everything in scope is answered."""
        names, answers = self.names(criterion.get("dimension")), self.interview.answers
        missing = [name for name in names if name not in answers]
        return {
            "kind": "completeness",
            "outcome": "undetermined" if missing else "met",
            "answered": [name for name in names if name in answers],
            "unanswered": missing,
        }

    def answer(self, criterion: dict[str, Any]) -> dict[str, Any]:
        """Whether one answer meets a condition."""
        if "indicator" in criterion:
            subject, name, given = "indicator", criterion["indicator"], self.interview.answers
            asked = self.indicators[name]
        else:
            subject, name, given = "fact", criterion["fact"], self.interview.facts
            asked = self.facts[name]
        answer = given.get(name)
        result = {"kind": "answer", "subject": subject, "id": name, "title": asked["title"]}
        if "unit" in asked["answer"]:
            result["unit"] = asked["answer"]["unit"]
        if answer is not None:
            result["answer"] = answer
        if does_not_apply(answer):
            return {**result, "outcome": "not_applicable"}
        truth, result["evidence"] = evaluate(criterion["when"], answer, self.year)
        return {**result, "outcome": OUTCOMES[truth]}

    def floor(self, criterion: dict[str, Any]) -> dict[str, Any]:
        """Whether all the named indicators that apply attain a grade."""
        scale = self.ruleset["scale"]
        lowest = scale.index(criterion["grade"])
        result = {"kind": "grades", "grade": criterion["grade"]}
        result |= {"attained": [], "below": [], "open": []}
        aside = []
        for name in criterion["indicators"]:
            each = self.graded[name]
            if "answer" not in each:
                result["open"].append(name)
            elif "grade" not in each:
                aside.append(name)
            else:
                attained = scale.index(each["grade"]) >= lowest
                result["attained" if attained else "below"].append(name)
        if aside:
            result["left_aside"] = aside
        result["at_least"] = len(criterion["indicators"]) - len(aside)
        truth = combined([False] * bool(result["below"]) + [None] * len(result["open"]), every=True)
        return {**result, "outcome": OUTCOMES[truth] if result["at_least"] else "not_applicable"}

    def score(self, criterion: dict[str, Any]) -> dict[str, Any]:
        """Whether the points reach a percentage."""
        indicators = [self.graded[name] for name in self.names(criterion.get("dimension"))]
        reached, bound = total(indicators), criterion["at_least_percent"]
        needed = Fraction(bound) * reached["maximum"] / 100
        if reached["points"]["low"] >= needed:
            truth, chosen = True, [e for e in indicators if e["score"]["points"]["low"] > 0]
        elif reached["points"]["high"] < needed:
            truth = False
            chosen = [e for e in indicators if e["score"]["points"]["high"] < e["score"]["maximum"]]
        else:
            truth, chosen = None, [each for each in indicators if "answer" not in each]
        names = [each["indicator"] for each in chosen]
        result = {"kind": "score", "outcome": OUTCOMES[truth], "score": reached}
        return {**result, "at_least": bound, "unit": "percent", "deciding": names}

    def conducted(self, criterion: dict[str, Any]) -> dict[str, Any]:
        """Whether enough experts of a role held the interview, in one of the modes."""
        conducted, role = self.interview.conducted, criterion["role"]
        names = ("role", "at_least", "impartial", "modes")
        result = {name: criterion[name] for name in names if criterion.get(name)}
        titles = {each["id"]: each["title"] for each in self.catalogue["roles"]}
        result |= {"kind": "conducted", "title": titles[role]}
        truths = [None]
        if conducted.experts is not None:
            stated = [each.impartial for each in conducted.experts if each.role == role]
            impartial, not_stated = stated.count(True), stated.count(None)
            result["experts"] = {
                "impartial": impartial,
                "not_impartial": stated.count(False),
                "not_stated": not_stated,
            }
            enough = impartial if criterion.get("impartial") else len(stated)
            truths = [enough >= criterion["at_least"] or None]
            if max(enough, impartial + not_stated) < criterion["at_least"]:
                truths = [False]
        if conducted.mode:
            result["mode"] = conducted.mode
        if criterion.get("modes"):
            truths.append(conducted.mode in criterion["modes"] if conducted.mode else None)
        return {**result, "outcome": OUTCOMES[combined(truths, every=True)]}

    def recommendations(self, findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the recommendations, the most valuable first."""
        result = []
        for name, asked in {**self.indicators, **self.facts}.items():
            advice = self.ruleset["recommendations"].get(name)
            failed = [
                each
                for each in findings
                if each["severity"] == "required"
                and each["outcome"] == "not_met"
                and name in deciding(each["grounds"])
            ]
            gain, target = self.target(name, advice)
            if advice is None or not (gain or failed):
                continue
            graded = self.graded.get(name, {})
            bases = [each["basis"] for each in failed] or [graded["basis"]]
            each = {
                "subject": "indicator" if name in self.indicators else "fact",
                "id": name,
                "title": asked["title"],
                "text": advice["text"],
                "decisive": bool(failed),
                "gain": gain,
                "basis": weakest(bases),
            }
            each |= {"grade": graded["grade"]} if "grade" in graded else {}
            each |= {"target": target} if target else {}
            each |= {n: advice[n] for n in ("aligned_with",) if n in advice}
            if each["basis"] == "documented" and any("one_page" in f for f in failed):
                each["one_page"] = True
            result.append(each)
        return sorted(result, key=lambda each: (not each["decisive"], -each["gain"]))

    def target(self, name: str, advice: dict[str, Any] | None) -> tuple[int, str | None]:
        """Return the points that the recommended grade would add, and this grade."""
        if advice is None or "grade" not in self.graded.get(name, {}):
            return 0, None
        scale, grading = self.ruleset["scale"], self.ruleset["grading"][name]
        highest = scale.index(advice.get("below", scale[-1]))
        best = next(g for g in grading["grades"] if scale.index(g["grade"]) <= highest)
        gain = grading["weight"] * best["points"] - self.graded[name]["score"]["points"]["low"]
        return (gain, best["grade"]) if gain > 0 else (0, None)

    def unequal_parts(self, outcome: str, findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the breakdowns that do not add up and decided the label."""
        wanted = {"awarded": None, "not_awarded": "not_met"}.get(outcome, outcome)
        required = [each for each in findings if each["severity"] == "required"]
        decisive = [each for each in required if wanted in (None, each["outcome"])]
        names = {name for each in decisive for name in deciding(each["grounds"])}
        result = []
        for name, asked in self.indicators.items():
            whole = asked["answer"].get("parts_of")
            parts, expected = (self.interview.answers.get(each) for each in (name, whole))
            if name not in names or not isinstance(parts, dict) or not isinstance(expected, int):
                continue
            if sum(parts.values()) != expected:
                unequal = {"subject": "indicator", "id": name, "title": asked["title"]}
                unequal |= {"total": sum(parts.values()), "whole": whole, "expected": expected}
                result.append({**unequal, "whole_title": self.indicators[whole]["title"]})
        return result

    def validity(self) -> dict[str, Any]:
        """Return the days of the label."""
        on, label = self.interview.conducted.on, self.ruleset["label"]
        rules = self.ruleset["validity"]
        renewal = rules["renewal"]
        ends = [
            event.valid_until
            for event in self.interview.history
            if event.label == label and event.valid_until and event.on < on
        ]
        previous = max(ends, default=None)
        after = renewal["until_years_after_end"]
        award, rule, first, counted = "first", rules["first"], on, on
        if previous:
            award = "late_return"
            if on <= later(previous, after):
                award, rule, counted = "renewal", renewal, previous
                first = previous + timedelta(days=1)
        until = later(counted, rule["years"])
        result = {
            "from": str(first),
            "until": str(until),
            "award": award,
            "interview": str(on),
            "years": rule["years"],
            "ends": rule["ends"],
            "basis": rule["provenance"]["status"],
            "renewable_until": str(later(until, after)),
            "until_years_after_end": after,
        }
        return {**result, "previous_end": str(previous)} if previous else result


def later(day: date, years: int) -> date:
    """Return the end of the month some years later."""
    year = day.year + years
    return date(year, day.month, monthrange(year, day.month)[1])


def whole(data: bytes) -> str:
    """Read an interview, assess it, and write the assessment."""
    interview = read(data)
    return write(assess(interview, ruleset_for(interview)))
