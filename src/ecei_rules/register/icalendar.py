"""The deadlines of a register as a calendar file (RFC 5545)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from ecei_rules._version import VERSION
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.register.deadlines import deadlines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.register.deadlines import Deadline
    from ecei_rules.register.register import Register
    from ecei_rules.rulesets.editions import Edition

_SUMMARIES = {
    "runs_out": "{label} of {name} runs out",
    "last_day_to_renew": "last day to renew {label} of {name}",
}


def calendar_file(register: Register, edition: Edition) -> str:
    """
    The deadlines of a register, each an event of one day; equal registers give equal text.

    An event keeps its identity while name, label and last day of its record are the
    same, so that a calendar that is imported anew has no event twice. Of records that
    agree in these the order counts.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//ecei_rules//{VERSION}//EN")
    calendar.add("version", "2.0")
    known: Counter[str] = Counter()
    for each in deadlines(register, edition):
        record = each.record
        named = "\n".join([record.name, record.label, str(record.valid_until), each.what])
        calendar.add_component(_event(each, f"{named}\n{known[named]}"))
        known[named] += 1
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _event(due: Deadline, identity: str) -> Event:
    record = due.record
    event = Event()
    event.add("uid", f"{sha256(identity.encode()).hexdigest()[:32]}@ecei-rules")
    # the time of writing would make every file another one; no event is older than its day
    event.add("dtstamp", datetime.combine(due.on, time(), UTC))
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    label = f"{record.label.capitalize()} label"
    event.add("summary", visible(_SUMMARIES[due.what].format(label=label, name=record.name)))
    event.add("description", visible("; ".join(_details(due))))
    event.add("transp", "TRANSPARENT")
    return event


def _details(due: Deadline) -> list[str]:
    record, said = due.record, [f"valid until {due.record.valid_until}"]
    if due.renewable_until is not None:
        said.append(f"renewable until {due.renewable_until}")
    if due.later_end is not None:
        said.append(f"another record of the name runs until {due.later_end}")
    said += [each for each in (record.comparative_portfolio, record.country) if each]
    return said + ([record.website] if record.website else [])
