"""Look at catalogues."""

from __future__ import annotations

from ecei_rules._files import write_catalogue
from ecei_rules.cli.editions import named_catalogue
from ecei_rules.cli.language import told
from ecei_rules.cli.main import DONE
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.documents.shipped import shipped
from ecei_rules.interviews.answers import expected
from ecei_rules.report.pages.translations import in_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator


def run(arguments: Namespace, output: Output) -> int:
    """List the shipped catalogues, or show one."""
    if arguments.action == "show":
        named = named_catalogue(arguments.reference)
        if output.as_json:
            output.text(write_catalogue(named))
        else:
            output.text("\n".join(_shown(named, told(arguments.lang, output))))
        return DONE
    editions = shipped().catalogues
    if output.as_json:
        output.json({"catalogues": [{"id": c.id, "version": c.version} for c in editions]})
    else:
        output.text("\n".join(_line(each, "en") for each in editions))
    return DONE


def _line(catalogue: Catalogue, tag: str) -> str:
    indicators = number_of(len(catalogue.asked), "indicator")
    facts = number_of(len(catalogue.facts_asked), "fact")
    return f"{catalogue.reference}: {in_language(catalogue.title, tag)}, {indicators}, {facts}"


def _shown(catalogue: Catalogue, tag: str) -> Iterator[str]:
    yield _line(catalogue, tag)
    for dimension in catalogue.dimensions:
        yield f"\n{in_language(dimension.title, tag)} ({dimension.id})"
        for indicator in catalogue.within(dimension.id):
            yield from _asked(indicator, tag)
            if indicator.evidence:
                yield f"    looked at: {in_language(indicator.evidence, tag)}"
            yield f"    {indicator.provenance.status}"
    if catalogue.facts_asked:
        yield "\nFacts"
    for fact in catalogue.facts_asked.values():
        yield from _asked(fact, tag)


def _asked(asked: Indicator | Fact, tag: str) -> Iterator[str]:
    number = getattr(asked, "number", None)
    name = f"{number} {asked.id}" if number else asked.id
    yield f"  {name}: {in_language(asked.question or asked.title, tag)}"
    yield f"    answer: {expected(asked.answer)}"
