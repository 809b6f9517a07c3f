"""Read, look through and pass on the register of labels."""

from __future__ import annotations

from collections import Counter

from attrs import evolve

from ecei_rules._files import indented, read_register
from ecei_rules.cli.editions import content
from ecei_rules.cli.language import told
from ecei_rules.cli.main import DONE, FOUND, MISUSED
from ecei_rules.cli.output import write_file
from ecei_rules.diagnostics.phrasing import number_of, visible
from ecei_rules.documents.shipped import shipped
from ecei_rules.register.csv_table import write_table
from ecei_rules.register.deadlines import count_by_feature, due
from ecei_rules.register.register import Register, merge_registers
from ecei_rules.register.standing import status_of
from ecei_rules.rulesets.validity import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping

    from ecei_rules.cli.output import Output
    from ecei_rules.diagnostics.problem import Problem
    from ecei_rules.register.deadlines import Deadline
    from ecei_rules.register.register import LabelRecord

_WHAT = {"runs_out": "runs out", "last_day_to_renew": "last day to renew"}
_HEADINGS = {
    "comparative_portfolio": "Comparative portfolio",
    "country": "Country",
    "year": "Year of the last day",
    "label": "Label",
}
#: What the register can say of a day; from when a label held it does not tell.
_STATUSES = (Status.VALID, Status.RENEWABLE, Status.LAPSED)
_UNSTATED = "(not stated)"


def run(arguments: Namespace, output: Output) -> int:
    """Do one of the actions; lines that could not be read are said, and end with 1."""
    match arguments.action:
        case "import":
            return _import(arguments, output)
        case "export":
            return _export(arguments, output)
    register, code = _read(arguments.file, output)
    match arguments.action:
        case "status":
            _status(register, arguments, output)
        case "report":
            return max(_report(register, arguments, output), code)
        case "due":
            _due(register, arguments, output)
        case _:
            _stats(register, arguments, output)
    return code


def _read(name: str, output: Output, country: str | None = None) -> tuple[Register, int]:
    register = read_register(content(name), country=country, name=name)
    return register, _said(register.problems, name, output)


def _said(problems: Iterable[Problem], name: str, output: Output) -> int:
    """Say what was odd; what is only a warning left nothing out."""
    problems = tuple(problems)
    output.problems(name, problems, result=False)
    return DONE if all(each.severity == "warning" for each in problems) else FOUND


def _import(arguments: Namespace, output: Output) -> int:
    read = [_read(page, output, arguments.country) for page in arguments.pages]
    said = {problem for register, _ in read for problem in register.problems}
    merged = merge_registers(evolve(register, problems=()) for register, _ in read)
    new = [each for each in merged.problems if each not in said]
    worst = max([_said(new, "merged", output), *(code for _, code in read)])
    text = indented(merged)
    if arguments.output in (None, "-"):
        output.text(text)
        return worst
    write_file(arguments.output, text)
    records = number_of(len(merged.records), "record")
    output.message(f"{records} of {number_of(len(read), 'page')} written to {arguments.output}")
    return worst


def _export(arguments: Namespace, output: Output) -> int:
    register, code = _read(arguments.file, output)
    match arguments.format:
        case "csv":
            output.text(write_table(register))
        case "ics":
            try:
                from ecei_rules.register.icalendar import calendar_file
            except ModuleNotFoundError:
                output.message("a calendar needs the extra: pip install 'ecei-rules[calendar]'")
                return MISUSED
            output.text(calendar_file(register, shipped()))
        case _:
            output.text(indented(register))
    return code


def _status(register: Register, arguments: Namespace, output: Output) -> None:
    on, edition = arguments.on, shipped()
    rows = [(r, status_of(r.label, r.valid_until, on, edition)) for r in register.records]
    if output.as_json:
        records = [{**_members(record), "status": status.value} for record, status in rows]
        output.json({"on": str(on), "records": records})
        return
    for record, status in rows:
        output.text(f"{record.valid_until}  {status.value:9}  {_named(record)}")
    total = Counter(status for _, status in rows)
    counts = ", ".join(f"{total[each]} {each.value}" for each in _STATUSES)
    output.text(f"{number_of(len(rows), 'record')} on {on}: {counts}")
    output.text("from when a label is valid the register does not say")


def _due(register: Register, arguments: Namespace, output: Output) -> None:
    found = due(register, arguments.on, arguments.within, shipped())
    if output.as_json:
        days = {"on": str(arguments.on), "within": arguments.within}
        output.json({**days, "due": [_due_members(each) for each in found]})
        return
    for each in found:
        output.text(f"{each.on}  {_WHAT[each.what]:17}  {_named(each.record)}{_more(each)}")
    if not found:
        output.text(f"nothing runs out within {number_of(arguments.within, 'day')}")


def _more(due: Deadline) -> str:
    said = []
    if due.what == "last_day_to_renew":
        said.append(f"ran out on {due.record.valid_until}")
    elif due.renewable_until is not None:
        said.append(f"renewable until {due.renewable_until}")
    else:
        said.append("no rule known renews it then")
    if due.later_end is not None:
        said.append(f"another record of the name runs until {due.later_end}")
    return "".join(f"; {each}" for each in said)


def _stats(register: Register, arguments: Namespace, output: Output) -> None:
    counts = count_by_feature(register, arguments.on, shipped())
    if output.as_json:
        by = {name: _count_members(values) for name, values in counts.items()}
        output.json({"on": str(arguments.on), "records": len(register.records), "by": by})
        return
    output.text(f"{number_of(len(register.records), 'record')} on {arguments.on}")
    width = max((len(each) for values in counts.values() for each in values), default=0)
    width = max(width, *map(len, _HEADINGS.values()), len(_UNSTATED))
    for name, values in counts.items():
        output.text(f"\n{_HEADINGS[name]:{width}}    all  valid  renewable  lapsed")
        for value, by_status in values.items():
            valid, renewable, lapsed = (by_status[each] for each in _STATUSES)
            cells = f"{by_status.total():7}{valid:7}{renewable:11}{lapsed:8}"
            output.text(f"{visible(value) or _UNSTATED:{width}}{cells}")


def _report(register: Register, arguments: Namespace, output: Output) -> int:
    from ecei_rules.report.pages.localisation import words_in
    from ecei_rules.report.pages.register import register_page

    try:
        words = words_in(told(arguments.lang, output))
        page = register_page(register, arguments.on, shipped(), words)
    except ModuleNotFoundError:
        output.message("a page needs the extra: pip install 'ecei-rules[report]'")
        return MISUSED
    if arguments.output in (None, "-"):
        output.text(page)
        return DONE
    write_file(arguments.output, page)
    records = number_of(len(register.records), "record")
    output.message(f"a page of {records} written to {arguments.output}")
    return DONE


def _named(record: LabelRecord) -> str:
    stated = ", ".join(each for each in (record.country, record.comparative_portfolio) if each)
    return visible(f"{record.label:6}  {record.name}" + (f" ({stated})" if stated else ""))


def _members(record: LabelRecord) -> dict[str, object]:
    renewable = shipped().renewable_until(record.label, record.valid_until)
    members = {
        "name": record.name,
        "label": record.label,
        "valid_until": str(record.valid_until),
        "renewable_until": str(renewable) if renewable else None,
        "country": record.country,
        "comparative_portfolio": record.comparative_portfolio,
        "website": record.website,
    }
    return {name: value for name, value in members.items() if value is not None}


def _due_members(due: Deadline) -> dict[str, object]:
    later = {"later_end": str(due.later_end)} if due.later_end else {}
    return {"on": str(due.on), "what": due.what, "record": _members(due.record), **later}


def _count_members(values: Mapping[str, Counter[Status]]) -> list[dict[str, object]]:
    return [
        {
            **({"value": value} if value else {}),
            "all": by_status.total(),
            **{each.value: by_status[each] for each in _STATUSES},
        }
        for value, by_status in values.items()
    ]
