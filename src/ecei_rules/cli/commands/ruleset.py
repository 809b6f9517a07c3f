"""Look at rulesets and check them."""

from __future__ import annotations

from ecei_rules._files import read_ruleset, write_ruleset
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.cli.commands.validate import validate
from ecei_rules.cli.editions import named_ruleset
from ecei_rules.cli.language import told
from ecei_rules.cli.main import DONE
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.documents.shipped import shipped
from ecei_rules.report.pages.translations import in_language
from ecei_rules.rulesets.editions import in_force

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.dates import Period
    from ecei_rules.rulesets.ruleset import Ruleset


def run(arguments: Namespace, output: Output) -> int:
    """List the shipped rulesets, show one, or check files."""
    if arguments.action == "check":
        return validate(arguments, output, read_ruleset, review_ruleset)
    if arguments.action == "show":
        named = named_ruleset(arguments.reference)
        if output.as_json:
            output.text(write_ruleset(named))
        else:
            output.text("\n".join(_shown(named, told(arguments.lang, output))))
        return DONE
    labels = dict.fromkeys(each.label for each in shipped().rulesets)
    listed = [
        pair
        for label in labels
        for pair in in_force(each for each in shipped().rulesets if each.label == label)
    ]
    if output.as_json:
        output.json({"rulesets": [_members(each, period) for each, period in listed]})
    else:
        output.text(
            "\n".join(
                f"{each.reference}: {each.title}, in force {period}" for each, period in listed
            )
        )
    return DONE


def _members(ruleset: Ruleset, period: Period) -> dict[str, object]:
    last = {"to": str(period.last)} if period.last else {}
    days = {"from": str(period.first), **last}
    return {"label": ruleset.label, "version": ruleset.version, "in_force": days}


def _shown(ruleset: Ruleset, tag: str) -> Iterator[str]:
    yield f"{ruleset.reference}: {in_language(ruleset.title, tag)}"
    yield f"in force {ruleset.in_force}, judges {ruleset.catalogue.reference}"
    for severity in ("required", "advisory"):
        yield f"\n{severity.capitalize()}"
        for each in ruleset.criteria:
            if each.severity == severity:
                basis = each.provenance.status.value
                title = in_language(each.title, tag) if each.title else each.requirement
                yield f"  {each.id}: {title} [{basis}]"
    yield "\nPoints, by grade"
    for name, grading in ruleset.grading.items():
        points = ", ".join(f"{g.grade} {g.points * grading.weight}" for g in grading.grades)
        yield f"  {name}: {points} [{grading.provenance.status.value}]"
    first, renewal = ruleset.validity.first, ruleset.validity.renewal
    yield "\nValidity"
    basis = first.provenance.status.value
    yield f"  first award: {first.years} years from the interview, {_ends(first.ends)} [{basis}]"
    if renewal is not None:
        basis = renewal.provenance.status.value
        yield (
            f"  renewal: {renewal.years} years from the previous end, {_ends(renewal.ends)},"
            f" up to {number_of(renewal.until_years_after_end, 'year')} after it [{basis}]"
        )


def _ends(ends: str) -> str:
    return "to the end of the month" if ends == "end_of_month" else "to the day"
