"""Look at catalogues."""

from __future__ import annotations

from ecei_rules.answers import expected
from ecei_rules.cli.main import DONE
from ecei_rules.cli.source import named_catalogue
from ecei_rules.documents import write_catalogue
from ecei_rules.package_editions import shipped
from ecei_rules.problems import number_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from ecei_rules.catalogue import Catalogue, Fact, Indicator
    from ecei_rules.cli.output import Output


def run(arguments: Namespace, output: Output) -> int:
    """List the shipped catalogues, or show one."""
    if arguments.action == "show":
        named = named_catalogue(arguments.reference)
        output.text(write_catalogue(named) if output.as_json else "\n".join(_shown(named)))
        return DONE
    editions = shipped().catalogues
    if output.as_json:
        output.json({"catalogues": [{"id": c.id, "version": c.version} for c in editions]})
    else:
        output.text("\n".join(map(_line, editions)))
    return DONE


def _line(catalogue: Catalogue) -> str:
    indicators = number_of(len(catalogue.asked), "indicator")
    facts = number_of(len(catalogue.facts_asked), "fact")
    return f"{catalogue.reference}: {catalogue.title}, {indicators}, {facts}"


def _shown(catalogue: Catalogue) -> Iterator[str]:
    yield _line(catalogue)
    for dimension in catalogue.dimensions:
        yield f"\n{dimension.title} ({dimension.id})"
        for indicator in catalogue.within(dimension.id):
            yield from _asked(indicator)
            if indicator.evidence:
                yield f"    looked at: {indicator.evidence}"
            yield f"    {indicator.provenance.status}"
    if catalogue.facts_asked:
        yield "\nFacts"
    for fact in catalogue.facts_asked.values():
        yield from _asked(fact)


def _asked(asked: Indicator | Fact) -> Iterator[str]:
    number = getattr(asked, "number", None)
    name = f"{number} {asked.id}" if number else asked.id
    yield f"  {name}: {asked.question or asked.title}"
    yield f"    answer: {expected(asked.answer)}"
