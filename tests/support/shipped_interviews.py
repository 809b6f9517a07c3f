"""Documents of interviews with the shipped catalogues, as people may write them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import strategies
from hypothesis import strategies as st
from paths import EXAMPLES, ROOT

if TYPE_CHECKING:
    from ecei_rules.interviews.history import LabelEvent

#: An example that earns the label, by the catalogue.
AWARDED = {"benchmarking": "awarded.json", "quality": "awarded-gold.json"}

#: The breakdown whose parts are those of a whole, by the catalogue.
COMPOSITION = {"benchmarking": "composition", "quality": "composition-of-participants"}

words = strategies.words
_one_more = st.integers(0, 1)
_numbers = st.sampled_from((0, 1, 2, 3, 4, 5, 12, 15, 24, 36))
_shares = st.sampled_from((0, 19.9, 20, 39.99, 40, 50, 60, 74.5, 75, 79.99, 80, 90, 100.0))
_days = strategies.days.map(str)


@cache
def catalogue(name: str) -> Any:
    """Return the document of a catalogue of November 2019."""
    path = ROOT / "rulesets" / "catalogues" / f"{name}-2019-11.json"
    return json.loads(path.read_bytes())


@cache
def _changes(name: str) -> st.SearchStrategy[list[tuple[str, str, Any]]]:
    """Return a strategy of other answers, each with its member and id."""
    one = [
        st.tuples(st.just(member), st.just(question["id"]), _answer(question))
        for member, asked in (("answers", "indicators"), ("facts", "facts"))
        for question in catalogue(name)[asked]
    ]
    return st.lists(st.one_of(one), max_size=4)


def _answer(question: Any) -> st.SearchStrategy[Any]:
    kind = question["answer"]
    options = [each["id"] for each in kind.get("options", ())]
    answer: st.SearchStrategy[Any]
    match kind["kind"]:
        case "count":
            answer = _numbers | _numbers.map(float)
        case "number":
            answer = _numbers | st.sampled_from((0.4, 0.5, 2.75, 40, 40.1, 80, 366))
        case "share":
            answer = _shares
        case "year":
            answer = st.integers(2005, 2026)
        case "yes_no":
            answer = st.booleans()
        case "choice":
            answer = st.sampled_from(options)
        case "choices":
            answer = st.lists(st.sampled_from(options), unique=True)
        case _:
            answer = st.dictionaries(st.sampled_from(options), _numbers)
    reasons = st.fixed_dictionaries({"not_applicable": words}, optional={"x-note": words})
    return answer | reasons if question.get("not_applicable") else answer


@cache
def _unanswered(name: str) -> st.SearchStrategy[list[str]]:
    both = [*catalogue(name)["indicators"], *catalogue(name)["facts"]]
    ids = st.sampled_from([each["id"] for each in both])
    return st.just([]) | st.lists(ids, max_size=2)


@st.composite
def interviews(draw: st.DrawFn, name: str) -> Any:
    """
    The document of an interview with a catalogue.

    Most of its answers are those of an example that earns the label, so that every outcome
    occurs; members that hold their default, and `x-` members, may be written out.
    """
    document = json.loads((EXAMPLES / AWARDED[name]).read_bytes())
    for member, question, answer in draw(_changes(name)):
        document[member][question] = answer
    composition = document["answers"][COMPOSITION[name]]
    composition["not-classified"] = draw(_one_more)
    for question in draw(_unanswered(name)):
        document["answers"].pop(question, None)
        document["facts"].pop(question, None)
    document["conducted"]["on"] = draw(_days)
    document["history"] = [_event(each) for each in draw(strategies.histories())]
    return document | draw(_others(name))


@cache
def _others(name: str) -> st.SearchStrategy[Any]:
    indicators = [each["id"] for each in catalogue(name)["indicators"]]
    roles = [each["id"] for each in catalogue(name)["roles"]]
    improvement = st.fixed_dictionaries(
        {"indicator": st.sampled_from(indicators), "description": words},
        optional={"effect": words, "confirmed": st.booleans()},
    )
    return st.fixed_dictionaries(
        {
            "improvements": st.lists(improvement, max_size=2),
            "remarks": st.dictionaries(st.sampled_from(indicators), words, max_size=2),
        },
        optional={"conducted": _conducted(tuple(roles)), "$schema": words, "x-seen": _shares},
    )


@cache
def _conducted(roles: tuple[str, ...]) -> st.SearchStrategy[Any]:
    expert = st.fixed_dictionaries(
        {"role": st.sampled_from(roles)}, optional={"impartial": st.booleans(), "name": words}
    )
    mode = st.sampled_from(("on_site", "on_site", "at_expert", "video"))
    more = {"mode": mode, "experts": st.lists(expert, max_size=3), "x-place": words}
    return st.fixed_dictionaries({"on": _days}, optional=more)


def _event(event: LabelEvent) -> Any:
    document = {"label": event.label, "event": event.event, "on": str(event.on)}
    return (
        document
        if event.valid_until is None
        else {**document, "valid_until": str(event.valid_until)}
    )
