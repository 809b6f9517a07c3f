"""Write the individual report on an interview."""

from __future__ import annotations

from ecei_rules._files import read_benchmark, read_interview
from ecei_rules.cli.commands.assess import SeveralLabels, in_force
from ecei_rules.cli.editions import content, ruleset_at
from ecei_rules.cli.language import told
from ecei_rules.cli.main import DONE, FOUND, MISUSED
from ecei_rules.cli.output import Unreadable, write_file
from ecei_rules.diagnostics.errors import EceiRulesError, InvalidDocument, UnknownEdition
from ecei_rules.interviews.history import LABELS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output

_FORMATS = {"html": "html", "htm": "html", "md": "md", "pdf": "pdf"}
NO_REPORT = "a report needs the extra: pip install 'ecei-rules[report]'"
NO_PDF = (
    "a report as PDF needs the extra, pip install 'ecei-rules[pdf]', and Pango, the library that"
    " it sets text with; in a browser the HTML prints as PDF too"
)


def run(arguments: Namespace, output: Output) -> int:
    """Read an interview, and perhaps a benchmark, and write the report."""
    wanted = _wanted(arguments)
    if wanted == "pdf" and arguments.output in (None, "-"):
        output.message("a PDF is written into a file; name it with -o FILE.pdf")
        return MISUSED
    try:
        written = _report(arguments, wanted, output)
    except SeveralLabels as error:
        output.message(f"{arguments.file}: {error}")
        return MISUSED
    except (InvalidDocument, Unreadable, UnknownEdition):
        raise
    except EceiRulesError as error:
        output.message(f"{arguments.file}: {error}")
        return FOUND
    except ModuleNotFoundError as error:
        output.message(NO_PDF if error.name == "weasyprint" else NO_REPORT)
        return MISUSED
    if isinstance(written, str) and arguments.output in (None, "-"):
        output.text(written)
    else:
        write_file(arguments.output, written)
    return DONE


def _wanted(arguments: Namespace) -> str:
    """The format that is asked for, or that the name of the file says."""
    ending = (arguments.output or "").rpartition(".")[2].lower()
    return arguments.format if arguments.format != "text" else _FORMATS.get(ending, "html")


def _report(arguments: Namespace, wanted: str, output: Output) -> str | bytes:
    from ecei_rules.report.pages.individual import report_html, report_markdown, report_pdf
    from ecei_rules.report.pages.individual_content import individual_report

    interview = read_interview(content(arguments.file), name=arguments.file)
    named = arguments.ruleset
    ruleset = ruleset_at(named) if named else in_force(interview, arguments.label)
    benchmark = None
    if arguments.benchmark:
        benchmark = read_benchmark(content(arguments.benchmark), name=arguments.benchmark)
    report = individual_report(
        interview, ruleset, benchmark=benchmark, against=arguments.against or LABELS
    )
    language = told(arguments.lang, output)
    match wanted:
        case "html":
            return report_html(report, language=language)
        case "md":
            return report_markdown(report, language=language)
        case _:
            return report_pdf(report, language=language)
