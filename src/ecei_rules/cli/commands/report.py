"""Write the individual report on an interview."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

from ecei_rules._files import read_interview
from ecei_rules.cli.arguments import (
    add_format,
    add_language,
    add_output,
    add_ruleset_options,
    available_language,
)
from ecei_rules.cli.corpus import read_saved_benchmark
from ecei_rules.cli.editions import content, ruleset_at, ruleset_in_force
from ecei_rules.cli.exit_codes import DONE, FOUND
from ecei_rules.cli.files import format_to_write
from ecei_rules.cli.json_lines import LINES
from ecei_rules.cli.output import WrongUsage, require_file
from ecei_rules.diagnostics.errors import EceiRulesError, InvalidDocument, UnknownEdition
from ecei_rules.interviews.history import LABELS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.history import Label

_ENDINGS = {".html": "html", ".htm": "html", ".md": "md", ".pdf": "pdf"}
NO_REPORT = "a report needs the extra: pip install 'ecei-rules[report]'"
NO_PDF = (
    "a report as PDF needs the extra, pip install 'ecei-rules[pdf]', and Pango, the library which"
    " sets text; a browser prints the HTML as PDF too"
)


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `report`."""
    add_format(command, "html", "md", "pdf", default=None)
    command.add_argument("file", metavar="FILE", help="an interview")
    benchmark = "a file that `benchmark build` wrote: show the interview among others"
    command.add_argument("--benchmark", metavar="FILE", help=benchmark)
    against = "the labels whose holders it is compared with, as bronze,gold; default: all"
    command.add_argument("--against", metavar="LABELS", type=_labels, help=against)
    add_ruleset_options(command)
    add_language(command)
    output = "default: standard output; its ending names the format: .html, .md or .pdf"
    add_output(command, output)
    command.set_defaults(run=run)


def _labels(text: str) -> tuple[Label, ...]:
    """Parse labels with commas between them."""
    named = text.split(",")
    if not set(named) <= set(LABELS):
        msg = f"expected some of {','.join(LABELS)}, found {text!r}"
        raise ArgumentTypeError(msg)
    return tuple(each for each in LABELS if each in named)


def run(arguments: Namespace, output: Output) -> int:
    """Read an interview, and perhaps a benchmark, and write the report."""
    format_ = format_to_write(arguments, _ENDINGS)
    if format_ == "pdf":
        require_file(arguments.output, "a PDF", "pdf")
    try:
        report = _report(arguments, format_, output)
    except (InvalidDocument, WrongUsage, UnknownEdition):
        raise
    except EceiRulesError as error:
        output.message(f"{arguments.file}: {error}")
        return FOUND
    except ModuleNotFoundError as error:
        raise WrongUsage(NO_PDF if error.name == "weasyprint" else NO_REPORT) from error
    output.save(report, arguments.output)
    return DONE


def _benchmark(path: str) -> Benchmark:
    if Path(path).suffix.lower() in LINES or Path(path).is_dir():
        msg = f"{path} has interviews; build the benchmark first, with `benchmark build`"
        raise WrongUsage(msg)
    return read_saved_benchmark(path, "build the benchmark of many first, with `benchmark build`")


def _report(arguments: Namespace, format_: str, output: Output) -> str | bytes:
    from ecei_rules.report.pages.individual import report_html, report_markdown, report_pdf
    from ecei_rules.report.pages.individual_content import individual_report

    interview = read_interview(content(arguments.file), name=arguments.file)
    if arguments.ruleset:
        ruleset = ruleset_at(arguments.ruleset)
    else:
        ruleset = ruleset_in_force(interview, arguments.label, arguments.file)
    benchmark = None
    if arguments.benchmark:
        benchmark = _benchmark(arguments.benchmark)
    report = individual_report(
        interview, ruleset, benchmark=benchmark, against=arguments.against or LABELS
    )
    language = available_language(arguments.lang, output)
    match format_:
        case "html":
            return report_html(report, language=language)
        case "md":
            return report_markdown(report, language=language)
        case _:
            return report_pdf(report, language=language)
