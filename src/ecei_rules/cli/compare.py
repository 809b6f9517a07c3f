"""Compare two rulesets."""

from __future__ import annotations

from attrs import evolve

from ecei_rules.changes import in_files
from ecei_rules.cli.main import DONE, FOUND
from ecei_rules.cli.source import content, ruleset_in_files
from ecei_rules.comparison import ChangeClass
from ecei_rules.comparison_words import explain_comparison, markdown_comparison
from ecei_rules.documents import read_interview, write_comparison
from ecei_rules.errors import WrongCatalogue
from ecei_rules.ruleset_comparison import compare_rulesets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output
    from ecei_rules.comparison import Comparison

_WRITERS = {
    "text": explain_comparison,
    "markdown": markdown_comparison,
    "json": write_comparison,
}


def run(arguments: Namespace, output: Output) -> int:
    """Say what differs between two rulesets, and who is affected."""
    old, old_files = ruleset_in_files(arguments.old)
    new, new_files = ruleset_in_files(arguments.new)
    given = arguments.interview
    base = None if given is None else read_interview(content(given), name=given)
    try:
        found = compare_rulesets(old, new, base=base, on=arguments.on)
    except WrongCatalogue as error:
        output.message(f"{given}: {error}")
        return FOUND
    comparison = evolve(found, changes=in_files(found.changes, old=old_files, new=new_files))
    output.text(_WRITERS[arguments.format](comparison))
    if arguments.fail_on is not None and _reaches(found, ChangeClass(arguments.fail_on)):
        output.message(f"the change is {found.change_class.value}, --fail-on {arguments.fail_on}")
        return FOUND
    return DONE


def _reaches(found: Comparison, bound: ChangeClass) -> bool:
    """Whether a change is of a class or a worse one; where nothing differs there is none."""
    order = tuple(ChangeClass)
    if found.change_class is ChangeClass.EDITORIAL and not found.changes:
        return False
    return order.index(found.change_class) >= order.index(bound)
