"""Write an interview to fill in."""

from __future__ import annotations

from ecei_rules.cli.arguments import add_force, add_format, add_output
from ecei_rules.cli.editions import named_catalogue
from ecei_rules.cli.exit_codes import DONE
from ecei_rules.cli.files import format_to_write
from ecei_rules.cli.output import needs_extra, require_file
from ecei_rules.diagnostics.json_text import pretty
from ecei_rules.interviews.answers import expected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator

_ENDINGS = {".json": "json", ".xlsx": "xlsx"}


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `new`."""
    add_format(command, "text", "json", "xlsx", default=None)
    command.add_argument("kind", choices=["interview"])
    catalogue = "the questions to ask, for example benchmarking@2019-11"
    command.add_argument("--catalogue", metavar="ID@VERSION", required=True, help=catalogue)
    output = "default: standard output; its ending names the format: .json or .xlsx"
    add_output(command, output)
    add_force(command)
    command.set_defaults(run=run)


def run(arguments: Namespace, output: Output) -> int:
    """Write an interview with every question and no answer, as JSON or as a workbook."""
    catalogue = named_catalogue(arguments.catalogue)
    if format_to_write(arguments, _ENDINGS) == "xlsx":
        from ecei_rules.spreadsheets.write_workbook import new_workbook

        require_file(arguments.output, "a workbook", "xlsx")
        with needs_extra("a workbook", "excel"):
            written: str | bytes = new_workbook(catalogue)
    else:
        written = pretty(skeleton(catalogue))
    output.save(written, arguments.output, replace=arguments.force)
    return DONE


def skeleton(catalogue: Catalogue) -> dict[str, object]:
    """
    Return an interview of a catalogue with all its members and no values.

    It is not valid until it is filled in: `validate` names each place that is left.
    Indicators that stay unanswered have to be removed. The questions are given beside
    the answers, and so is the note on the catalogue, under names that readers ignore.
    """
    entries: dict[str, Fact | Indicator] = {**catalogue.facts_asked, **catalogue.asked}
    questions = {name: _question(each) for name, each in entries.items()}
    note = {"x-note": catalogue.note} if catalogue.note else {}
    facts = {"facts": dict.fromkeys(catalogue.facts_asked)} if catalogue.facts_asked else {}
    return {
        "$schema": f"schemas/interviews/{catalogue.id}-{catalogue.version}.json",
        "format": "ecei-interview/1",
        **note,
        "x-questions": questions,
        "catalogue": {"id": catalogue.id, "version": catalogue.version},
        "cluster": {"name": "", "country": ""},
        "conducted": {
            "on": "",
            "mode": None,
            "experts": [{"role": role.id, "impartial": None} for role in catalogue.roles[:1]],
        },
        **facts,
        "answers": dict.fromkeys(catalogue.asked),
        "improvements": [],
        "history": [],
    }


def _question(entry: Fact | Indicator) -> str:
    number = getattr(entry, "number", None)
    numbered = f"{number} " if number else ""
    return f"{numbered}{entry.question or entry.title} ({expected(entry.answer)})"
