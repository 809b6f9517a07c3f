"""Read, search and export the register of labels."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections import Counter

from attrs import evolve

from ecei_rules._files import indented, read_register
from ecei_rules.cli.arguments import (
    add_action,
    add_force,
    add_format,
    add_language,
    add_output,
    available_language,
    day,
    whole_number,
)
from ecei_rules.cli.editions import content
from ecei_rules.cli.exit_codes import DONE, FOUND
from ecei_rules.cli.files import format_to_write
from ecei_rules.cli.output import needs_extra
from ecei_rules.diagnostics.phrasing import number_of, visible
from ecei_rules.documents.shipped import shipped
from ecei_rules.interviews.history import LABELS
from ecei_rules.register.countries import country_of
from ecei_rules.register.csv_table import write_table
from ecei_rules.register.deadlines import count_by_feature, due, renewal_text
from ecei_rules.register.register import Register, merge_registers
from ecei_rules.register.standing import status_of
from ecei_rules.rulesets.validity import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Mapping

    from ecei_rules.cli.output import Output
    from ecei_rules.diagnostics.problem import Problem
    from ecei_rules.interviews.history import Label
    from ecei_rules.register.deadlines import Deadline
    from ecei_rules.register.register import LabelRecord

_WHAT = {"runs_out": "runs out", "last_day_to_renew": "last day to renew"}
_HEADINGS = {
    "comparative_portfolio": "Comparative portfolio",
    "country": "Country",
    "year": "Year of the last day",
    "label": "Label",
}
#: The statuses on a day; a register has no first days (docs/semantics.md, 8.8).
_STATUSES = (Status.VALID, Status.RENEWABLE, Status.LAPSED)
_UNSTATED = "(not stated)"


def add_arguments(command: ArgumentParser) -> None:
    """Add the actions of `register`."""
    add_format(command)
    actions = command.add_subparsers(metavar="ACTION", required=True)
    purpose = "make one register of pages, tables and registers"
    read = add_action(actions, "import", purpose, _import, formats=("json",))
    read.add_argument("pages", metavar="PAGE", nargs="+")
    country = "the country of records that do not state one, such as IT"
    read.add_argument("--country", metavar="CC", type=_country, help=country)
    label = "the label of pages and tables that do not name one"
    read.add_argument("--label", choices=LABELS, help=label)
    portfolio = "the comparative portfolio of records that do not state one"
    read.add_argument("--portfolio", metavar="TEXT", type=_nonempty, help=portfolio)
    published = "the day when the register was published"
    read.add_argument("--published", metavar="DATE", type=day, help=published)
    add_output(read)
    add_force(read)
    status = add_action(actions, "status", "show the status of each label on a day", _status)
    coming = add_action(actions, "due", "show the deadlines of the coming days", _due)
    stats = add_action(
        actions, "stats", "count by portfolio, country, year, label and status", _stats
    )
    purpose = "write a register as a page (HTML)"
    page = add_action(actions, "report", purpose, _report, formats=("html",))
    on = "the day that determines which labels are valid"
    for action in (status, coming, stats, page):
        action.add_argument("file", metavar="FILE")
        action.add_argument("--on", metavar="DATE", type=day, required=True, help=on)
    days = whole_number(0, 99999, "number of days")
    within = "show the deadlines from --on to so many days later"
    coming.add_argument("--within", metavar="DAYS", type=days, required=True, help=within)
    add_output(page)
    add_language(page)
    purpose = "write a register for other programs"
    export = add_action(actions, "export", purpose, _export, formats=("json", "csv", "ics"))
    export.add_argument("file", metavar="FILE")


def _country(text: str) -> str:
    """Check the code of a country."""
    if not (len(text) == len("IT") and text.isascii() and text.isupper() and text.isalpha()):
        msg = f"expected two capital letters such as IT, found {text!r}"
        raise ArgumentTypeError(msg)
    if country_of(text) is None:
        msg = f"there is no country with the code {text!r}"
        raise ArgumentTypeError(msg)
    return text


def _nonempty(text: str) -> str:
    """Check a text that must have more than spaces."""
    if not text.strip():
        msg = f"expected a text, found {text!r}"
        raise ArgumentTypeError(msg)
    return text


def _read(
    name: str,
    output: Output,
    *,
    country: str | None = None,
    label: Label | None = None,
    portfolio: str | None = None,
) -> tuple[Register, int]:
    register = read_register(
        content(name), country=country, label=label, portfolio=portfolio, name=name
    )
    return register, _print_problems(register.problems, name, output)


def _print_problems(problems: Iterable[Problem], name: str, output: Output) -> int:
    """Print problems and return the exit code; for warnings alone no line was left out."""
    problems = tuple(problems)
    output.problems(name, problems)
    return DONE if all(each.severity == "warning" for each in problems) else FOUND


def _import(arguments: Namespace, output: Output) -> int:
    format_to_write(arguments, {".json": "json"})
    stated = {name: getattr(arguments, name) for name in ("country", "label", "portfolio")}
    read = [_read(page, output, **stated) for page in arguments.pages]
    printed = {problem for register, _ in read for problem in register.problems}
    merged = merge_registers(evolve(register, problems=()) for register, _ in read)
    merged = evolve(merged, published=arguments.published or merged.published)
    new = [each for each in merged.problems if each not in printed]
    code = max([_print_problems(new, "merged", output), *(code for _, code in read)])
    records = number_of(len(merged.records), "record")
    description = f"{records} of {number_of(len(read), 'page')}"
    output.save(
        indented(merged), arguments.output, description=description, replace=arguments.force
    )
    return code


def _export(arguments: Namespace, output: Output) -> int:
    register, code = _read(arguments.file, output)
    match arguments.format:
        case "csv":
            output.text(write_table(register))
        case "ics":
            with needs_extra("a calendar", "calendar"):
                from ecei_rules.register.icalendar import calendar_file
            output.text(calendar_file(register, shipped()))
        case _:
            output.text(indented(register))
    return code


def _status(arguments: Namespace, output: Output) -> int:
    register, code = _read(arguments.file, output)
    on, edition = arguments.on, shipped()
    rows = [(r, status_of(r.label, r.valid_until, on, edition)) for r in register.records]
    if output.as_json:
        records = [{**_members(record), "status": status.value} for record, status in rows]
        output.json({"on": str(on), "records": records})
        return code
    for record, status in rows:
        renewal = edition.last_renewal(record.label, record.valid_until)
        to_come = renewal if status is not Status.LAPSED else None
        note = f"; {renewal_text(to_come)}" if to_come else ""
        output.text(f"{record.valid_until}  {status.value:9}  {_named(record)}{note}")
    total = Counter(status for _, status in rows)
    counts = ", ".join(f"{total[each]} {each.value}" for each in _STATUSES)
    output.text(f"{number_of(len(rows), 'record')} on {on}: {counts}")
    output.text("the register does not give the first days of labels")
    return code


def _due(arguments: Namespace, output: Output) -> int:
    register, code = _read(arguments.file, output)
    deadlines = due(register, arguments.on, arguments.within, shipped())
    if output.as_json:
        days = {"on": str(arguments.on), "within": arguments.within}
        output.json({**days, "due": [_due_members(each) for each in deadlines]})
        return code
    for deadline in deadlines:
        what, record = _WHAT[deadline.what], _named(deadline.record)
        output.text(f"{deadline.on}  {what:17}  {record}{_notes(deadline)}")
    if not deadlines:
        output.text(f"nothing runs out within {number_of(arguments.within, 'day')}")
    return code


def _notes(deadline: Deadline) -> str:
    notes = []
    if deadline.what == "last_day_to_renew":
        notes.append(f"ran out on {deadline.record.valid_until}")
    renewal = deadline.renewal
    notes.append(renewal_text(renewal) if renewal else "no rule known renews it then")
    if deadline.later_end is not None:
        notes.append(f"another record of the name runs until {deadline.later_end}")
    return "".join(f"; {each}" for each in notes)


def _stats(arguments: Namespace, output: Output) -> int:
    register, code = _read(arguments.file, output)
    counts = count_by_feature(register, arguments.on, shipped())
    if output.as_json:
        by = {name: _count_members(values) for name, values in counts.items()}
        output.json({"on": str(arguments.on), "records": len(register.records), "by": by})
        return code
    output.text(f"{number_of(len(register.records), 'record')} on {arguments.on}")
    width = max((len(each) for values in counts.values() for each in values), default=0)
    width = max(width, *map(len, _HEADINGS.values()), len(_UNSTATED))
    for name, values in counts.items():
        output.text(f"\n{_HEADINGS[name]:{width}}    all  valid  renewable  lapsed")
        for value, by_status in values.items():
            valid, renewable, lapsed = (by_status[each] for each in _STATUSES)
            cells = f"{by_status.total():7}{valid:7}{renewable:11}{lapsed:8}"
            output.text(f"{visible(value) or _UNSTATED:{width}}{cells}")
    return code


def _report(arguments: Namespace, output: Output) -> int:
    format_to_write(arguments, {".html": "html", ".htm": "html"})
    register, code = _read(arguments.file, output)
    with needs_extra("a page", "report"):
        from ecei_rules.report.pages.localisation import words_in
        from ecei_rules.report.pages.register import register_page

        words = words_in(available_language(arguments.lang, output))
        page = register_page(register, arguments.on, shipped(), words)
    records = number_of(len(register.records), "record")
    output.save(page, arguments.output, description=f"a page of {records}")
    return code


def _named(record: LabelRecord) -> str:
    stated = ", ".join(each for each in (record.country, record.comparative_portfolio) if each)
    return visible(f"{record.label:6}  {record.name}" + (f" ({stated})" if stated else ""))


def _members(record: LabelRecord) -> dict[str, object]:
    renewal = shipped().last_renewal(record.label, record.valid_until)
    members = {
        "name": record.name,
        "label": record.label,
        "valid_until": str(record.valid_until),
        "renewable_until": str(renewal.on) if renewal else None,
        "renewal_basis": renewal.basis.value if renewal else None,
        "country": record.country,
        "comparative_portfolio": record.comparative_portfolio,
        "website": record.website,
    }
    return {name: value for name, value in members.items() if value is not None}


def _due_members(deadline: Deadline) -> dict[str, object]:
    later = {"later_end": str(deadline.later_end)} if deadline.later_end else {}
    record = _members(deadline.record)
    return {"on": str(deadline.on), "what": deadline.what, "record": record, **later}


def _count_members(values: Mapping[str, Counter[Status]]) -> list[dict[str, object]]:
    return [
        {
            **({"value": value} if value else {}),
            "all": by_status.total(),
            **{each.value: by_status[each] for each in _STATUSES},
        }
        for value, by_status in values.items()
    ]
