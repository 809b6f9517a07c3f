"""Write a skeleton to fill in."""

from __future__ import annotations

from ecei_rules._json import pretty
from ecei_rules.answers import expected
from ecei_rules.cli.main import DONE
from ecei_rules.cli.source import named_catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.catalogue import Catalogue, Fact, Indicator
    from ecei_rules.cli.output import Output


def run(arguments: Namespace, output: Output) -> int:
    """Print an interview with every question and no answer."""
    output.text(pretty(skeleton(named_catalogue(arguments.catalogue))))
    return DONE


def skeleton(catalogue: Catalogue) -> dict[str, object]:
    """
    An interview of a catalogue that has all its places and nothing in them.

    It is not valid until it is filled in: `validate` names each place that is left.
    What stays unanswered is to be removed. The questions stand beside the answers,
    under a name that readers ignore.
    """
    asked: dict[str, Fact | Indicator] = {**catalogue.facts_asked, **catalogue.asked}
    questions = {name: _question(each) for name, each in asked.items()}
    facts = {"facts": dict.fromkeys(catalogue.facts_asked)} if catalogue.facts_asked else {}
    return {
        "$schema": f"schemas/interviews/{catalogue.id}-{catalogue.version}.json",
        "format": "ecei-interview/1",
        "x-questions": questions,
        "catalogue": {"id": catalogue.id, "version": catalogue.version},
        "cluster": {"name": "", "country": ""},
        "conducted": {
            "on": "",
            "mode": "on_site",
            "experts": [{"role": "benchmarking-expert", "impartial": None}],
        },
        **facts,
        "answers": dict.fromkeys(catalogue.asked),
        "improvements": [],
        "history": [],
    }


def _question(asked: Fact | Indicator) -> str:
    number = getattr(asked, "number", None)
    numbered = f"{number} " if number else ""
    return f"{numbered}{asked.question or asked.title} ({expected(asked.answer)})"
