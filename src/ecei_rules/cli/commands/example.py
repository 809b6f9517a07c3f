"""Make up interviews to try things with."""

from __future__ import annotations

from ecei_rules._files import write_interview
from ecei_rules.benchmark.synthetic.corpus import example_corpus
from ecei_rules.cli.editions import named_catalogue
from ecei_rules.cli.main import DONE
from ecei_rules.cli.output import write_pieces
from ecei_rules.cli.progress import counted
from ecei_rules.diagnostics.phrasing import number_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output


def run(arguments: Namespace, output: Output) -> int:
    """Write made-up interviews, one a line, as they come."""
    catalogue = named_catalogue(arguments.catalogue) if arguments.catalogue is not None else None
    corpus = example_corpus(arguments.count, seed=arguments.seed, catalogue=catalogue)
    lines = (f"{write_interview(each)}\n" for each in counted(corpus))
    if arguments.output in (None, "-"):
        for line in lines:
            output.text(line)
        return DONE
    write_pieces(arguments.output, lines)
    made = number_of(arguments.count, "made-up interview")
    output.message(f"{made} written to {arguments.output}")
    return DONE
