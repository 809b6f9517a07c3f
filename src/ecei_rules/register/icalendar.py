"""The deadlines of a register as a calendar file (RFC 5545)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from ecei_rules._version import VERSION
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.interviews.names import comparable_name
from ecei_rules.register.deadlines import deadlines, renewal_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.register.deadlines import Deadline
    from ecei_rules.register.register import Register
    from ecei_rules.rulesets.editions import Edition

#: The number of an event's revision is that of the days since the first label.
_FIRST_DAY = date(2010, 11, 1)
_SUMMARIES = {
    "runs_out": "{label} of {name} runs out",
    "last_day_to_renew": "last day to renew {label} of {name}",
}


def calendar_file(register: Register, edition: Edition) -> str:
    """
    Return a calendar file with an all-day event for each deadline of a register.

    Equal registers give equal text. The identifier of an event depends on the name
    (docs/semantics.md, 8.9), the label and the last day of its record, so that importing a
    newer file repeats no event. Records that agree in these are numbered in their order.
    Calendar programs take an event from a register that was published later as a new
    revision of the event that they know.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//ecei_rules//{VERSION}//EN")
    calendar.add("version", "2.0")
    repeats: Counter[str] = Counter()
    for deadline in deadlines(register, edition):
        record = deadline.record
        name = comparable_name(record.name)
        key = "\n".join([name, record.label, str(record.valid_until), deadline.what])
        calendar.add_component(_event(deadline, f"{key}\n{repeats[key]}", register.published))
        repeats[key] += 1
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _event(deadline: Deadline, identity: str, published: date | None) -> Event:
    record = deadline.record
    event = Event()
    event.add("uid", f"{sha256(identity.encode()).hexdigest()[:32]}@ecei-rules")
    # with the time of writing, equal registers would give different files
    event.add("dtstamp", datetime.combine(published or deadline.on, time(), UTC))
    if published is not None:
        event.add("last-modified", datetime.combine(published, time(), UTC))
        event.add("sequence", max(0, (published - _FIRST_DAY).days))
    event.add("dtstart", deadline.on)
    event.add("dtend", deadline.on + timedelta(days=1))
    label = f"{record.label.capitalize()} label"
    event.add("summary", visible(_SUMMARIES[deadline.what].format(label=label, name=record.name)))
    event.add("description", visible("; ".join(_details(deadline))))
    event.add("transp", "TRANSPARENT")
    return event


def _details(deadline: Deadline) -> list[str]:
    record = deadline.record
    details = [f"valid until {record.valid_until}"]
    if deadline.renewal is not None:
        details.append(renewal_text(deadline.renewal))
    if deadline.later_end is not None:
        details.append(f"another record of the name runs until {deadline.later_end}")
    details += [text for text in (record.comparative_portfolio, record.country) if text]
    return details + ([record.website] if record.website else [])
