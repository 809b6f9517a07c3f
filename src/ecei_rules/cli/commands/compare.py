"""Compare two rulesets."""

from __future__ import annotations

import sys

from attrs import evolve

from ecei_rules._files import read_interview, write_comparison
from ecei_rules.cli.corpus import interviews_from, interviews_in
from ecei_rules.cli.editions import content, ruleset_in_files
from ecei_rules.cli.main import DONE, FOUND
from ecei_rules.cli.output import Unreadable
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass
from ecei_rules.comparison.diff.changes import in_files
from ecei_rules.comparison.impact.corpus import compare_on
from ecei_rules.diagnostics.errors import InvalidDocument, WrongCatalogue
from ecei_rules.report.text.comparison import explain_comparison, markdown_comparison

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from ecei_rules.cli.output import Output
    from ecei_rules.comparison.comparison import Comparison
    from ecei_rules.comparison.impact.corpus_outcomes import CorpusComparison
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

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
    if arguments.corpus is not None:
        comparison = evolve(comparison, corpus=_on(arguments.corpus, old, new, output))
    output.text(_WRITERS[arguments.format](comparison))
    code = FOUND if comparison.corpus is not None and comparison.corpus.unread else DONE
    if arguments.fail_on is not None and _reaches(found, ChangeClass(arguments.fail_on)):
        output.message(f"the change is {found.change_class.value}, --fail-on {arguments.fail_on}")
        return FOUND
    return code


def _on(path: str, old: Ruleset, new: Ruleset, output: Output) -> CorpusComparison:
    """What the rulesets make of the interviews of a folder or file; says what cannot be read."""
    found = interviews_from(sys.stdin.buffer, "-") if path == "-" else interviews_in(path)

    def told() -> Iterator[tuple[str, Interview | InvalidDocument]]:
        for where, each in found:
            if isinstance(each, InvalidDocument):
                output.problems(each.name, each.problems, result=False)
            yield where, each

    try:
        return compare_on(told(), old, new)
    except OSError as error:
        raise Unreadable(path, error.strerror or str(error)) from error


def _reaches(found: Comparison, bound: ChangeClass) -> bool:
    """Whether a change is of a class or a worse one; where nothing differs there is none."""
    order = tuple(ChangeClass)
    if found.change_class is ChangeClass.EDITORIAL and not found.changes:
        return False
    return order.index(found.change_class) >= order.index(bound)
