"""Write a skeleton to fill in."""

from __future__ import annotations

from ecei_rules.cli.editions import named_catalogue
from ecei_rules.cli.main import DONE, MISUSED
from ecei_rules.cli.output import write_file
from ecei_rules.diagnostics.json_text import pretty
from ecei_rules.interviews.answers import expected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator


def run(arguments: Namespace, output: Output) -> int:
    """Write an interview with every question and no answer, as JSON or as a workbook."""
    catalogue = named_catalogue(arguments.catalogue)
    if arguments.format == "xlsx":
        return _workbook(catalogue, arguments.output, output)
    text = pretty(skeleton(catalogue))
    if arguments.output in (None, "-"):
        output.text(text)
    else:
        write_file(arguments.output, text)
    return DONE


def _workbook(catalogue: Catalogue, name: str | None, output: Output) -> int:
    if name is None or name == "-":
        output.message("a workbook is written into a file; name it with -o FILE.xlsx")
        return MISUSED
    try:
        from ecei_rules.spreadsheets.write_workbook import new_workbook

        content = new_workbook(catalogue)
    except ModuleNotFoundError:
        output.message("a workbook needs the extra: pip install 'ecei-rules[excel]'")
        return MISUSED
    write_file(name, content)
    return DONE


def skeleton(catalogue: Catalogue) -> dict[str, object]:
    """
    An interview of a catalogue that has all its places and nothing in them.

    It is not valid until it is filled in: `validate` names each place that is left.
    What stays unanswered is to be removed. The questions stand beside the answers,
    under a name that readers ignore.
    """
    asked: dict[str, Fact | Indicator] = {**catalogue.facts_asked, **catalogue.asked}
    questions = {name: _question(each) for name, each in asked.items()}
    facts = {"facts": dict.fromkeys(catalogue.facts_asked)} if catalogue.facts_asked else {}
    return {
        "$schema": f"schemas/interviews/{catalogue.id}-{catalogue.version}.json",
        "format": "ecei-interview/1",
        "x-questions": questions,
        "catalogue": {"id": catalogue.id, "version": catalogue.version},
        "cluster": {"name": "", "country": ""},
        "conducted": {
            "on": "",
            "mode": "on_site",
            "experts": [{"role": "benchmarking-expert", "impartial": None}],
        },
        **facts,
        "answers": dict.fromkeys(catalogue.asked),
        "improvements": [],
        "history": [],
    }


def _question(asked: Fact | Indicator) -> str:
    number = getattr(asked, "number", None)
    numbered = f"{number} " if number else ""
    return f"{numbered}{asked.question or asked.title} ({expected(asked.answer)})"
