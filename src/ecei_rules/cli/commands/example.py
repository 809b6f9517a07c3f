"""Make up interviews for trying things out."""

from __future__ import annotations

from ecei_rules._files import write_interview
from ecei_rules.benchmark.synthetic.corpus import example_corpus
from ecei_rules.cli.arguments import add_action, add_force, add_format, add_output, whole_number
from ecei_rules.cli.editions import named_catalogue
from ecei_rules.cli.exit_codes import DONE
from ecei_rules.cli.files import format_to_write, write_pieces
from ecei_rules.cli.json_lines import LINES
from ecei_rules.cli.progress import with_progress
from ecei_rules.diagnostics.phrasing import number_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.cli.output import Output


def add_arguments(command: ArgumentParser) -> None:
    """Add the actions of `example`."""
    add_format(command, "json")
    actions = command.add_subparsers(metavar="ACTION", required=True)
    corpus = add_action(
        actions, "corpus", "make up interviews, one a line", _corpus, formats=("json",)
    )
    counts = whole_number(1, 999_999_999)
    corpus.add_argument("--count", metavar="N", type=counts, required=True)
    seed = "a number from 0 on, which determines the interviews; default: 0"
    seeds = whole_number(0, 999_999_999)
    corpus.add_argument("--seed", metavar="S", type=seeds, default=0, help=seed)
    catalogue = "default: the latest one of the benchmarking"
    corpus.add_argument("--catalogue", metavar="ID@VERSION", help=catalogue)
    add_output(corpus)
    add_force(corpus)


def _corpus(arguments: Namespace, output: Output) -> int:
    """Write made-up interviews while they are made."""
    format_to_write(arguments, dict.fromkeys((*LINES, ".json"), "json"))
    catalogue = named_catalogue(arguments.catalogue) if arguments.catalogue is not None else None
    corpus = example_corpus(arguments.count, seed=arguments.seed, catalogue=catalogue)
    lines = (f"{write_interview(each)}\n" for each in with_progress(corpus))
    if arguments.output in (None, "-"):
        for line in lines:
            output.text(line)
        return DONE
    write_pieces(arguments.output, lines, replace=arguments.force)
    interviews = number_of(arguments.count, "made-up interview")
    output.message(f"{interviews} written to {arguments.output}")
    return DONE
