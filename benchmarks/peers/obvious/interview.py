"""Reading an interview: JSON, the schema of its catalogue, then attrs classes by cattrs."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import cattrs
from attrs import define, field
from cattrs.gen import make_dict_unstructure_fn, override
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[3]
MOST_CHARACTERS = 16


@define
class Cluster:
    """The organisation."""

    name: str
    country: str
    website: str | None = None
    comparative_portfolio: str | None = None


@define
class Expert:
    """Somebody who held the interview."""

    role: str
    name: str | None = None
    impartial: bool | None = None


@define
class Conducted:
    """The day, the mode and the experts."""

    on: date
    mode: str | None = None
    experts: list[Expert] | None = None


@define
class Improvement:
    """An improvement."""

    indicator: str
    description: str
    effect: str | None = None
    confirmed: bool = False


@define
class Event:
    """An award or a benchmarking."""

    label: Literal["bronze", "silver", "gold"]
    event: Literal["benchmarked", "awarded"]
    on: date
    valid_until: date | None = None


@define
class Interview:
    """An interview."""

    catalogue: dict[str, str]
    cluster: Cluster
    conducted: Conducted
    answers: dict[str, Any]
    facts: dict[str, Any] = field(factory=dict)
    improvements: list[Improvement] = field(factory=list)
    history: list[Event] = field(factory=list)
    remarks: dict[str, str] = field(factory=dict)
    format: str = "ecei-interview/1"


class InvalidInterview(Exception):
    """The problems of a document, with their places."""


converter = cattrs.Converter(omit_if_default=True)
converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
converter.register_unstructure_hook(date, date.isoformat)
converter.register_unstructure_hook(
    Interview,
    make_dict_unstructure_fn(
        Interview,
        converter,
        _cattrs_omit_if_default=True,
        format=override(omit_if_default=False),
    ),
)


@cache
def load(path: str) -> Any:
    """Load a document of the repository."""
    return json.loads((ROOT / path).read_bytes())


@cache
def validator(catalogue: str) -> Draft202012Validator:
    """Return the validator of the interviews of a catalogue."""
    return Draft202012Validator(load(f"schemas/interviews/{catalogue}.json"))


def read(data: bytes) -> Interview:
    """Read an interview and check it."""
    document = json.loads(
        data.decode(), parse_float=number, object_pairs_hook=members, parse_constant=refused
    )
    if not isinstance(document, dict) or document.get("format") != "ecei-interview/1":
        refused("the format is not ecei-interview/1")
    catalogue = "{id}-{version}".format(**document["catalogue"])
    errors = sorted(validator(catalogue).iter_errors(document), key=lambda error: error.json_path)
    if errors:
        raise InvalidInterview(*((error.json_path, error.message) for error in errors))
    interview = converter.structure(document, Interview)
    check_history(interview.history)
    return interview


def number(text: str) -> float:
    """Return an `int` if the number is whole, and otherwise a float."""
    value = float(text)
    if len(text) > MOST_CHARACTERS or "e" in repr(value):
        refused(text)
    return int(value) if value.is_integer() else value


def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object without its `x-` members."""
    if len(dict(pairs)) != len(pairs):
        refused("a name is there twice")
    return {name: value for name, value in pairs if not name.startswith("x-")}


def refused(problem: str) -> None:
    """Refuse a document with one problem."""
    raise InvalidInterview(problem)


def check_history(history: list[Event]) -> None:
    """Check that no event is listed twice, and that no award ends before an earlier one."""
    for index, event in enumerate(history):
        if event in history[:index]:
            refused(f"/history/{index}: listed twice")
        if event.valid_until and event.valid_until < event.on:
            refused(f"/history/{index}: ends before it begins")
    for label in ("bronze", "silver", "gold"):
        awards = [each for each in history if each.label == label and each.event == "awarded"]
        longest = None
        for award in sorted(awards, key=lambda each: (each.on, each.valid_until)):
            if longest and (award.valid_until < longest.valid_until or award.on == longest.on):
                refused(f"/history: contradicting awards of {label}")
            if longest is None or award.valid_until >= longest.valid_until:
                longest = award
