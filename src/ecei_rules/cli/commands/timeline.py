"""Show the labels of an organisation through the years."""

from __future__ import annotations

from textwrap import fill
from typing import assert_never

from ecei_rules._files import read_history, read_interview
from ecei_rules.cli.arguments import add_format, day
from ecei_rules.cli.editions import content
from ecei_rules.cli.exit_codes import DONE
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.documents.shipped import shipped
from ecei_rules.documents.stages import MAX_SIZE, format_of
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.register.standing import awards_in, standing_on
from ecei_rules.register.timeline import WIDTH, timeline
from ecei_rules.rulesets.validity import Award, Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from ecei_rules.cli.output import Output
    from ecei_rules.register.standing import HeldLabel, LabelStanding, Standing
    from ecei_rules.rulesets.validity import Validity

_AWARDS = {
    Award.FIRST: "a first award",
    Award.RENEWAL: "a renewal",
    Award.LATE_RETURN: "a first award again",
}


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `timeline`."""
    add_format(command)
    command.add_argument("file", metavar="FILE", help="a label history or an interview")
    on = "show the status of the labels on this day; default for an interview: its day"
    command.add_argument("--on", metavar="DATE", type=day, help=on)
    command.set_defaults(run=run)


def run(arguments: Namespace, output: Output) -> int:
    """Show the history in an interview or in a document of its own."""
    history, on = _history(arguments.file)
    on = arguments.on or on
    awards = awards_in(history, shipped())
    standing = standing_on(history, on, shipped()) if on else None
    if output.as_json:
        output.json(_members(history, awards, standing))
    else:
        parts = [
            _heading(history),
            timeline(history, shipped(), on=on) or "There is no event in the history.",
            *_awards(awards),
            *([_standing(standing)] if standing else []),
        ]
        output.text("\n\n".join(part for part in parts if part))
    return DONE


def _history(name: str) -> tuple[LabelHistory, date | None]:
    """Read the history in a file, and for an interview its day."""
    text = content(name)
    if format_of(text, name=name, max_size=MAX_SIZE) == "interview":
        interview = read_interview(text, name=name)
        history = LabelHistory(interview.history, cluster=interview.cluster)
        return history, interview.conducted.on
    return read_history(text, name=name), None


def _heading(history: LabelHistory) -> str:
    cluster = history.cluster
    return visible(f"{cluster.name} ({cluster.country})") if cluster else ""


def _awards(awards: tuple[HeldLabel, ...]) -> Iterator[str]:
    for label in dict.fromkeys(each.label for each in awards):
        lines = (_item(_award(each)) for each in awards if each.label == label)
        yield "\n".join([label.capitalize(), *lines])


def _award(award: HeldLabel) -> str:
    days = f"awarded on {award.on}, valid from {award.first} to {award.until}"
    renewable = f"; renewable until {award.renewable_until}" if award.renewable_until else ""
    if award.rule is None:
        why = "as stated, no ruleset being in force on that day"
    elif award.as_ruled:
        why = f"{_AWARDS[award.rule.award]} under {award.ruleset} [{award.rule.basis.value}]"
    else:
        why = (
            f"as stated; {award.ruleset} gives {award.rule.until} for an interview of that day"
            f" [{award.rule.basis.value}]"
        )
    return f"{days}: {why}{renewable}"


def _standing(standing: Standing) -> str:
    label = standing.held.capitalize() if standing.held else "No label"
    lines = (_item(f"{each.label}: {_label(each, standing.on)}") for each in standing.labels)
    return "\n".join([f"On {standing.on}: {label} is valid", *lines])


def _label(standing: LabelStanding, on: date) -> str:
    match standing.status:
        case Status.NOT_YET_VALID:
            worth = f"not yet valid, from {standing.held.first} on"
        case Status.VALID:
            worth = f"valid until {standing.until}"
        case Status.RENEWABLE:
            worth = f"run out on {standing.until}, renewable until {standing.renewable_until}"
        case Status.LAPSED:
            worth = f"lapsed, run out on {standing.until}"
        case unreachable:
            assert_never(unreachable)
    return f"{worth}; {_next(standing.next_award, on)}"


def _next(award: Validity | None, on: date) -> str:
    if award is None:
        return f"no ruleset is in force on {on}"
    gives = f"would be {_AWARDS[award.award]}: from {award.first} to {award.until}"
    return f"an award on an interview of this day {gives} [{award.basis.value}]"


def _item(text: str) -> str:
    return fill(
        text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False
    )


def _members(
    history: LabelHistory, awards: tuple[HeldLabel, ...], standing: Standing | None
) -> dict[str, object]:
    cluster = history.cluster
    named = {"cluster": {"name": cluster.name, "country": cluster.country}} if cluster else {}
    held = {"held": standing.held} if standing and standing.held else {}
    labels = [_label_members(each) for each in standing.labels] if standing else []
    on_a_day = {"on": str(standing.on), **held, "labels": labels} if standing else {}
    return {**named, "awards": [_award_members(each) for each in awards], **on_a_day}


def _award_members(award: HeldLabel) -> dict[str, object]:
    members: dict[str, object] = {
        "label": award.label,
        "on": str(award.on),
        "from": str(award.first),
        "until": str(award.until),
        "as_ruled": award.as_ruled,
    }
    if award.renewable_until is not None:
        members["renewable_until"] = str(award.renewable_until)
    if award.rule is not None:
        members |= {"ruleset": award.ruleset, "rule": _validity_members(award.rule)}
    return members


def _label_members(standing: LabelStanding) -> dict[str, object]:
    members: dict[str, object] = {
        "label": standing.label,
        "status": standing.status.value,
        "from": str(standing.held.first),
        "until": str(standing.until),
    }
    if standing.renewable_until is not None:
        members["renewable_until"] = str(standing.renewable_until)
    if standing.next_award is not None:
        award = _validity_members(standing.next_award)
        members |= {"ruleset": standing.ruleset, "next_award": award}
    return members


def _validity_members(award: Validity) -> dict[str, object]:
    return {
        "award": award.award.value,
        "from": str(award.first),
        "until": str(award.until),
        "basis": award.basis.value,
    }
