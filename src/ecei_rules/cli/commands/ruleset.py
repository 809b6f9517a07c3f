"""List, show and check rulesets."""

from __future__ import annotations

from ecei_rules._files import read_ruleset, write_ruleset
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.cli.arguments import (
    add_action,
    add_format,
    add_language,
    add_validation,
    available_language,
)
from ecei_rules.cli.commands.validate import FORMATS, validate
from ecei_rules.cli.editions import named_ruleset
from ecei_rules.cli.exit_codes import DONE
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.documents.shipped import shipped
from ecei_rules.interviews.provenance import weakest
from ecei_rules.report.pages.translations import in_language
from ecei_rules.report.text.wording import basis_text, rating_note
from ecei_rules.rulesets.editions import in_force
from ecei_rules.rulesets.wording import requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.dates import Period
    from ecei_rules.rulesets.criteria import Criterion
    from ecei_rules.rulesets.ruleset import Ruleset


def add_arguments(command: ArgumentParser) -> None:
    """Add the actions of `ruleset`; without one it lists."""
    add_format(command)
    command.set_defaults(run=_list)
    actions = command.add_subparsers(metavar="ACTION")
    add_action(actions, "list", "list the shipped rulesets; this is the default", _list)
    show = add_action(actions, "show", "show the requirements of a ruleset", _show)
    show.add_argument("reference", metavar="REF")
    add_language(show)
    check = add_action(actions, "check", "find the problems in rulesets", _check, formats=FORMATS)
    check.add_argument("files", metavar="PATH", nargs="+")
    add_validation(check)


def _list(_arguments: Namespace, output: Output) -> int:
    rulesets = shipped().rulesets
    listed = [
        pair
        for label in dict.fromkeys(each.label for each in rulesets)
        for pair in in_force(each for each in rulesets if each.label == label)
    ]
    if output.as_json:
        output.json({"rulesets": [_members(each, period) for each, period in listed]})
    else:
        lines = (f"{each.reference}: {each.title}, in force {period}" for each, period in listed)
        output.text("\n".join(lines))
    return DONE


def _show(arguments: Namespace, output: Output) -> int:
    ruleset = named_ruleset(arguments.reference)
    if output.as_json:
        output.text(write_ruleset(ruleset))
    else:
        output.text("\n".join(_lines(ruleset, available_language(arguments.lang, output))))
    return DONE


def _check(arguments: Namespace, output: Output) -> int:
    return validate(arguments, output, read_ruleset, review_ruleset)


def _members(ruleset: Ruleset, period: Period) -> dict[str, object]:
    last = {"to": str(period.last)} if period.last else {}
    days = {"from": str(period.first), **last}
    return {"label": ruleset.label, "version": ruleset.version, "in_force": days}


def _lines(ruleset: Ruleset, tag: str) -> Iterator[str]:
    yield f"{ruleset.reference}: {in_language(ruleset.title, tag)}"
    yield f"in force {ruleset.in_force}, judges {ruleset.catalogue.reference}"
    for severity in ("required", "advisory"):
        yield f"\n{severity.capitalize()}"
        for criterion in ruleset.criteria:
            if criterion.severity == severity:
                yield f"  {criterion.id}: {_criterion(criterion, tag)}"
    yield "\nPoints, by grade"
    basis = weakest(grading.provenance.status for grading in ruleset.grading.values())
    if note := rating_note(ruleset.label, basis):
        yield f"  {note}"
    for name, grading in ruleset.grading.items():
        points = ", ".join(f"{g.grade} {g.points * grading.weight}" for g in grading.grades)
        yield f"  {name}: {points} [{grading.provenance.status.value}]"
    first, renewal = ruleset.validity.first, ruleset.validity.renewal
    yield "\nValidity"
    sure = first.provenance.status.value
    yield f"  first award: {first.years} years from the interview, {_ends(first.ends)} [{sure}]"
    if renewal is not None:
        sure = renewal.provenance.status.value
        yield (
            f"  renewal: {renewal.years} years from the previous end, {_ends(renewal.ends)},"
            f" up to {number_of(renewal.until_years_after_end, 'year')} after it [{sure}]"
        )


def _criterion(criterion: Criterion, tag: str) -> str:
    provenance, required = criterion.provenance, requirement(criterion.requirement)
    basis = basis_text(provenance.status, one_page=provenance.one_page)
    title = in_language(criterion.title, tag) if criterion.title else required
    # the title of other criteria does not tell their bounds
    bounds = f" ({required})" if criterion.title and required not in title else ""
    return f"{title}{bounds} [{basis}]"


def _ends(ends: str) -> str:
    return "to the end of the month" if ends == "end_of_month" else "to the day"
