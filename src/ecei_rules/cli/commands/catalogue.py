"""List and show catalogues."""

from __future__ import annotations

from ecei_rules._files import write_catalogue
from ecei_rules.cli.arguments import add_action, add_format, add_language, available_language
from ecei_rules.cli.editions import named_catalogue
from ecei_rules.cli.exit_codes import DONE
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.documents.shipped import shipped
from ecei_rules.interviews.answers import expected
from ecei_rules.interviews.catalogue import Breakdown
from ecei_rules.interviews.texts import Text
from ecei_rules.report.pages.translations import in_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator


def add_arguments(command: ArgumentParser) -> None:
    """Add the actions of `catalogue`; without one it lists."""
    add_format(command)
    command.set_defaults(run=_list)
    actions = command.add_subparsers(metavar="ACTION")
    add_action(actions, "list", "list the shipped catalogues; this is the default", _list)
    show = add_action(actions, "show", "show the questions of a catalogue", _show)
    show.add_argument("reference", metavar="REF")
    add_language(show)


def _list(_arguments: Namespace, output: Output) -> int:
    catalogues = shipped().catalogues
    if output.as_json:
        output.json({"catalogues": [{"id": c.id, "version": c.version} for c in catalogues]})
    else:
        output.text("\n".join(_line(each, "en") for each in catalogues))
    return DONE


def _show(arguments: Namespace, output: Output) -> int:
    catalogue = named_catalogue(arguments.reference)
    if output.as_json:
        output.text(write_catalogue(catalogue))
    else:
        output.text("\n".join(_lines(catalogue, available_language(arguments.lang, output))))
    return DONE


def _line(catalogue: Catalogue, tag: str) -> str:
    indicators = number_of(len(catalogue.asked), "indicator")
    facts = number_of(len(catalogue.facts_asked), "fact")
    return f"{catalogue.reference}: {in_language(catalogue.title, tag)}, {indicators}, {facts}"


def _lines(catalogue: Catalogue, tag: str) -> Iterator[str]:
    yield _line(catalogue, tag)
    notes = [Text({"en": catalogue.note})] if catalogue.note else []
    yield from (in_language(note, tag) for note in notes)
    for dimension in catalogue.dimensions:
        yield f"\n{in_language(dimension.title, tag)} ({dimension.id})"
        for indicator in catalogue.within(dimension.id):
            yield from _question(indicator, tag)
            if indicator.evidence:
                yield f"    looked at: {in_language(indicator.evidence, tag)}"
            yield f"    {indicator.provenance.status}"
    if catalogue.facts_asked:
        yield "\nFacts"
    for fact in catalogue.facts_asked.values():
        yield from _question(fact, tag)
    yield "\nRoles of experts"
    for role in catalogue.roles:
        yield f"  {role.id}: {in_language(role.title, tag)}"


def _question(entry: Indicator | Fact, tag: str) -> Iterator[str]:
    number = getattr(entry, "number", None)
    name = f"{number} {entry.id}" if number else entry.id
    yield f"  {name}: {in_language(entry.question or entry.title, tag)}"
    yield f"    answer: {expected(entry.answer)}"
    if isinstance(entry.answer, Breakdown) and entry.answer.parts_of:
        yield f"    the parts add up to {entry.answer.parts_of}"
    if not entry.improvable:
        yield "    nobody can improve it"
