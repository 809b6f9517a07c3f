"""Compare two rulesets and show who is affected."""

from __future__ import annotations

from attrs import evolve

from ecei_rules._files import read_interview, write_comparison
from ecei_rules.cli.arguments import add_format, day
from ecei_rules.cli.corpus import read_corpus
from ecei_rules.cli.editions import content, ruleset_in_files
from ecei_rules.cli.exit_codes import DONE, FOUND
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass
from ecei_rules.comparison.diff.changes import in_files
from ecei_rules.comparison.impact.corpus import compare_on
from ecei_rules.diagnostics.errors import WrongCatalogue
from ecei_rules.report.text.comparison import explain_comparison, markdown_comparison

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.cli.output import Output
    from ecei_rules.comparison.comparison import Comparison

_WRITERS = {
    "text": explain_comparison,
    "markdown": markdown_comparison,
    "json": write_comparison,
}


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `compare`."""
    add_format(command, *_WRITERS)
    command.add_argument("old", metavar="OLD", help="for example bronze@2010-11, or a file")
    command.add_argument("new", metavar="NEW", help="for example bronze@2019-11, or a file")
    base = command.add_mutually_exclusive_group()
    base.add_argument(
        "--from",
        dest="interview",
        metavar="FILE",
        help="an interview that examples are derived from; default: the best possible one",
    )
    on = "the day of all interviews; default: the first on which both are in force"
    base.add_argument("--on", metavar="DATE", type=day, help=on)
    corpus = "a folder or a file of interviews: show which outcomes change, and why"
    command.add_argument("--corpus", metavar="PATH", help=corpus)
    classes = [each.value for each in ChangeClass]
    command.add_argument(
        "--fail-on",
        metavar="CLASS",
        choices=classes,
        help=f"exit with 1 for a change of this class or a later one of {', '.join(classes)}",
    )
    command.set_defaults(run=run)


def run(arguments: Namespace, output: Output) -> int:
    """Print the differences between two rulesets, and who is affected."""
    old, old_files = ruleset_in_files(arguments.old)
    new, new_files = ruleset_in_files(arguments.new)
    file = arguments.interview
    base = None if file is None else read_interview(content(file), name=file)
    try:
        comparison = compare_rulesets(old, new, base=base, on=arguments.on)
    except WrongCatalogue as error:
        output.message(f"{file}: {error}")
        return FOUND
    changes = in_files(comparison.changes, old=old_files, new=new_files)
    comparison = evolve(comparison, changes=changes)
    if arguments.corpus is not None:
        corpus = compare_on(read_corpus(arguments.corpus, output), old, new)
        comparison = evolve(comparison, corpus=corpus)
    output.text(_WRITERS[arguments.format](comparison))
    code = FOUND if comparison.corpus is not None and comparison.corpus.unread else DONE
    if arguments.fail_on is not None and _reaches(comparison, ChangeClass(arguments.fail_on)):
        change = comparison.change_class.value
        output.message(f"the change is {change}, --fail-on {arguments.fail_on}")
        return FOUND
    return code


def _reaches(comparison: Comparison, bound: ChangeClass) -> bool:
    """Return whether a change is of a class or a worse one; equal rulesets have no change."""
    order = tuple(ChangeClass)
    if comparison.change_class is ChangeClass.EDITORIAL and not comparison.changes:
        return False
    return order.index(comparison.change_class) >= order.index(bound)
