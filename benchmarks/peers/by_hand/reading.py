"""Reading an interview and checking all of it; a bad one only raises."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

DAY = re.compile(r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")


def need(condition: bool) -> None:
    """Refuse a document unless something is so."""
    if not condition:
        raise ValueError


def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object without its `x-` members; none may be named twice."""
    result = dict(pairs)
    need(len(result) == len(pairs))
    return {name: value for name, value in pairs if name[:2] != "x-"}


def number(text: str) -> float:
    """Return an `int` if the number is whole, and a float that is written as it was read."""
    value = float(text)
    need(len(text) <= 16)
    if value.is_integer():
        return int(value)
    need("e" not in repr(value))
    return value


def constant(name: str) -> None:
    """Refuse NaN and the infinities."""
    raise ValueError(name)


decode = json.JSONDecoder(
    object_pairs_hook=members, parse_float=number, parse_constant=constant
).decode
encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def count(answer: Any, least: int, most: int) -> None:
    """Check a whole number."""
    need(type(answer) is int and least <= answer <= most)


def decimal(answer: Any, least: int, most: int) -> None:
    """Check a number."""
    need(type(answer) in (int, float) and least <= answer <= most)


def share(answer: Any) -> None:
    """Check a percentage."""
    decimal(answer, 0, 100)


def yes_no(answer: Any) -> None:
    """Check true or false."""
    need(type(answer) is bool)


def choice(answer: Any, options: tuple[str, ...]) -> None:
    """Check one option."""
    need(type(answer) is str and answer in options)


def choices(answer: Any, options: tuple[str, ...]) -> None:
    """Check a list of options, none twice."""
    need(type(answer) is list and len(set(answer)) == len(answer))
    for each in answer:
        need(each in options)


def breakdown(answer: Any, most: int, options: tuple[str, ...]) -> None:
    """Check counts by option."""
    need(type(answer) is dict)
    for name, counted in answer.items():
        need(name in options)
        count(counted, 0, most)


def not_applicable(answer: Any) -> bool:
    """Return whether an answer is that the question does not apply; the reason is a text."""
    if type(answer) is not dict or "not_applicable" not in answer:
        return False
    only(answer, ("not_applicable",))
    text(answer["not_applicable"])
    return True


def text(value: Any) -> None:
    """Check a text that is not empty."""
    need(type(value) is str and value != "")


def day(value: Any) -> None:
    """Check a day of the years 1900 to 2999."""
    need(DAY.fullmatch(value) is not None)
    date.fromisoformat(value)


def only(value: Any, names: tuple[str, ...]) -> None:
    """Check that an object has no other members."""
    need(type(value) is dict)
    for name in value:
        need(name in names)


FACTS = {
    "cluster-organisation": yes_no,
    "cluster-focus": yes_no,
    "management-fte": lambda answer: decimal(answer, 0, 10000),
    "innovation-support": yes_no,
    "activities-past-year": lambda answer: count(answer, 0, 10000),
    "strategic-priority-areas": lambda answer: count(answer, 0, 1000),
    "listed-on-eccp": yes_no,
}


def read(
    data: bytes, catalogue: str, roles: tuple[str, ...], checks: dict[str, Any]
) -> dict[str, Any]:
    """Read an interview, check all of it, and leave out members that hold their default."""
    interview: dict[str, Any] = decode(data.decode())
    only(
        interview,
        (
            *("$schema", "format", "catalogue", "cluster", "conducted", "facts", "answers"),
            *("improvements", "history", "remarks"),
        ),
    )
    need(type(interview.pop("$schema", "")) is str and interview["format"] == "ecei-interview/1")
    need(interview["catalogue"] == {"id": catalogue, "version": "2019-11"})
    check_cluster(interview["cluster"])
    check_conducted(interview["conducted"], roles)
    facts = interview.get("facts", {})
    need(type(facts) is dict and type(interview["answers"]) is dict)
    for name, answer in facts.items():
        FACTS[name](answer)
    for name, answer in interview["answers"].items():
        checks[name](answer)
    check_improvements(interview.get("improvements", []), checks)
    check_history(interview.get("history", []))
    remarks = interview.get("remarks", {})
    need(type(remarks) is dict)
    for name, remark in remarks.items():
        need(name in checks or name in FACTS)
        text(remark)
    for name in ("facts", "improvements", "history", "remarks"):
        if name in interview and not interview[name]:
            del interview[name]
    return interview


def check_cluster(cluster: Any) -> None:
    """Check the organisation."""
    only(cluster, ("name", "country", "website", "comparative_portfolio"))
    text(cluster["name"])
    need(re.fullmatch("[A-Z]{2}", cluster["country"]) is not None)
    text(cluster.get("comparative_portfolio", "none"))
    need(cluster.get("website", "https://").startswith(("http://", "https://")))


def check_conducted(conducted: Any, roles: tuple[str, ...]) -> None:
    """Check the day, the mode and the experts."""
    only(conducted, ("on", "mode", "experts"))
    day(conducted["on"])
    need(conducted.get("mode", "video") in ("on_site", "at_expert", "video"))
    experts = conducted.get("experts", [])
    need(type(experts) is list and len(experts) <= 20)
    for expert in experts:
        only(expert, ("role", "name", "impartial"))
        need(expert["role"] in roles)
        text(expert.get("name", "none"))
        yes_no(expert.get("impartial", False))


def check_improvements(improvements: Any, checks: dict[str, Any]) -> None:
    """Check the improvements."""
    need(type(improvements) is list)
    for improvement in improvements:
        only(improvement, ("indicator", "description", "effect", "confirmed"))
        need(improvement["indicator"] in checks)
        text(improvement["description"])
        text(improvement.get("effect", "none"))
        yes_no(improvement.get("confirmed", False))
        if improvement.get("confirmed") is False:
            del improvement["confirmed"]


def check_history(history: Any) -> None:
    """Check that events are well formed, that none is listed twice, and that no award shrinks."""
    need(type(history) is list)
    awards: dict[str, list[tuple[str, str]]] = {"bronze": [], "silver": [], "gold": []}
    for event in history:
        only(event, ("label", "event", "on", "valid_until"))
        day(event["on"])
        if event["event"] == "awarded":
            day(event["valid_until"])
            need(event["on"] <= event["valid_until"])
            awards[event["label"]].append((event["on"], event["valid_until"]))
        else:
            need(event["event"] == "benchmarked" and "valid_until" not in event)
            need(event["label"] in awards)
        need(history.count(event) == 1)
    for of_label in awards.values():
        longest = ("", "")
        for award in sorted(of_label):
            need(award[1] >= longest[1] and award[0] != longest[0])
            longest = max(award, longest, key=lambda each: each[1])
