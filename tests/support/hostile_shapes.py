"""Documents that are expensive to read, each of about the given number of characters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from paths import ROOT

import ecei_rules as er

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str], object]
    Shape = tuple[Reader, Callable[[int], str]]

HOME = ROOT
INTERVIEW = {
    "format": "ecei-interview/1",
    "catalogue": {"id": "benchmarking", "version": "2019-11"},
    "cluster": {"name": "Example", "country": "IT"},
    "conducted": {"on": "2024-03-18"},
    "answers": {},
}
ROW = " Food industry 2016/07/24"


def interview(**members: Any) -> str:
    """Return an interview with other members."""
    return json.dumps(INTERVIEW | members, ensure_ascii=False)


def noted(text: str) -> str:
    """Return an interview with a wrong answer, and a JSON text in a note."""
    return interview(answers={"nothing": 1}, **{"x-note": 0})[:-2] + text + "}"


def nearly_known(number: int) -> str:
    """Return an interview with answers to a number of unknown questions."""
    return interview(answers={f"group-siz-{k}": "" for k in range(number)})


def quoted(text: str) -> str:
    """Put a text in quotation marks."""
    return f'"{text}"'


def changed(file: str, **members: Any) -> str:
    """Return a shipped document with other members."""
    document = json.loads((HOME / "rulesets" / file).read_text(encoding="utf-8"))
    return json.dumps(document | members)


def criteria(*found: dict[str, Any]) -> str:
    """Return a ruleset with other criteria."""
    whole = [{"id": f"c{n}", "severity": "advisory", **each} for n, each in enumerate(found)]
    return changed("bronze/2019-11.json", criteria=whole)


def sources(cited: int, listed: int) -> str:
    """Return a catalogue with a fact that cites unlisted sources."""
    provenance = {"status": "attested", "sources": [f"a{n}" for n in range(cited)]}
    fact = {"id": "odd", "title": {"en": "a"}, "answer": {"kind": "yes_no"}}
    return changed(
        "catalogues/benchmarking-2019-11.json",
        facts=[fact | {"provenance": provenance}],
        sources=[{"id": f"b{n}", "title": "a"} for n in range(listed)],
    )


SHAPES: dict[str, Shape] = {
    "a long text": (er.read_interview, lambda n: noted(quoted("a" * n))),
    "escapes": (er.read_interview, lambda n: noted(quoted(r"\n" * (n // 2)))),
    "escaped pairs": (er.read_interview, lambda n: noted(quoted(r"\ud83d\ude00" * (n // 12)))),
    "control characters": (er.read_interview, lambda n: noted(quoted("\t" * n))),
    "half pairs": (
        er.read_interview,
        lambda n: noted("[" + (quoted(r"\ud800") + ",") * (n // 9) + "0]"),
    ),
    "small numbers": (er.read_interview, lambda n: noted(f"[{'1,' * (n // 2)}0]")),
    "long numbers": (er.read_interview, lambda n: noted(f"[{('9' * 1000 + ',') * (n // 1001)}0]")),
    "too long a number": (er.read_interview, lambda n: noted("9" * n)),
    "zeros of an exponent": (er.read_interview, lambda n: noted(f"1e{'0' * n}2")),
    "many members": (
        er.read_interview,
        lambda n: interview(answers={f"a{k}": 1 for k in range(n // 12)}),
    ),
    "names that are nearly known": (er.read_interview, lambda n: nearly_known(n // 20)),
    "names twice": (er.read_interview, lambda n: noted("{" + '"a":1,\n' * (n // 7) + '"a":1}')),
    "a long name": (er.read_interview, lambda n: noted('{"' + "a" * n + '":[NaN,NaN,NaN]}')),
    "values below long names": (
        er.read_interview,
        lambda n: interview(
            **{"a" * 900: {"b" * 900: {"c" * 900: [{"x-d": k} for k in range(n // 10)]}}}
        ),
    ),
    "too deep": (er.read_interview, lambda n: "[" * n),
    "deep": (er.read_interview, lambda n: noted(f"[{('[' * 90 + ']' * 90 + ',') * (n // 181)}0]")),
    "line breaks": (er.read_interview, lambda n: "\n" * n + noted("0")),
    "items of another type": (
        er.read_interview,
        lambda n: interview(improvements=[1] * (n // 3)),
    ),
    "numbers in place of an answer": (
        er.read_interview,
        lambda n: interview(answers={"composition": 0})[:-3] + f"[{'1e999,' * (n // 6)}0]}}}}",
    ),
    "a long version": (er.read_interview, lambda n: interview(format="ecei-interview/" + "9" * n)),
    "a long id": (
        er.read_interview,
        lambda n: interview(catalogue={"id": "a" * n, "version": "2019-11"}),
    ),
    "items twice": (
        er.read_ruleset,
        lambda n: criteria(
            {
                "kind": "floor",
                "grade": "excellent",
                "indicators": [*(f"i{k}" for k in range(n // 10)), "i0"],
            }
        ),
    ),
    "items in no order": (
        er.read_ruleset,
        lambda n: criteria(
            {
                "kind": "floor",
                "grade": "excellent",
                "indicators": [*([k] for k in range(n // 8)), "a", 1],
            }
        ),
    ),
    "sources that are not listed": (er.read_catalogue, lambda n: sources(n // 16, n // 60)),
    "a long scale": (
        er.read_ruleset,
        lambda n: changed("bronze/2019-11.json", scale=[f"s{k}" for k in range(n // 10)]),
    ),
    "many criteria": (er.read_ruleset, lambda n: criteria(*[{"kind": "complete"}] * (n // 55))),
    "conditions in one another": (
        er.read_ruleset,
        lambda n: criteria(
            *[
                {
                    "kind": "answer",
                    "indicator": "committed-participants",
                    "when": json.loads('{"kind":"all_of","parts":[' * 40 + "1" + "]}" * 40),
                }
            ]
            * (n // 1200)
        ),
    ),
    "rows with a quotation mark": (
        er.read_register,
        lambda n: "name,label,valid_until\n" + '"a\n' * (n // 3),
    ),
    "rows with an error": (
        er.read_register,
        lambda n: "name,label,valid_until\n" + "a,b,c\n" * (n // 6),
    ),
    "columns": (
        er.read_register,
        lambda n: "name,label,valid_until," + ",".join(f"c{k}" for k in range(n // 8)) + "\n",
    ),
    "one row with many labels": (
        er.read_register,
        lambda n: (
            "Example " * (n // 16)
            + ROW
            + "".join(f" - Food industry www.{k} 2016/07/24" for k in range(n // 80))
        ),
    ),
    "one row with many months": (
        er.read_register,
        lambda n: f"{ROW}\n" + "Example ICT March 2024 Example March 2024 " * (n // 42),
    ),
    "one row with many unknown portfolios": (
        er.read_register,
        lambda n: f"{ROW} " + "Example 2016/07/24 " * (n // 19),
    ),
    "rows that are none": (er.read_register, lambda n: "a\n" * (n // 2)),
    "space": (er.read_register, lambda n: " " * n + "["),
}
