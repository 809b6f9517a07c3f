"""Descriptions of questions in the schema of a catalogue's interviews."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.interviews.answers import expected
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator, Option


def question_text(asked: Indicator | Fact) -> str:
    """
    Describe a question: its text, the form of its answer with the unit, its options.

    Editors show the text when somebody looks at the question or chooses an option. It is
    plain text with one line for each of these, and no line depends on the one before,
    since some editors join them.

    >>> from ecei_rules.documents.shipped import shipped
    >>> import ecei_rules as er
    >>> catalogue = er.shipped().catalogue("benchmarking", "2019-11")
    >>> print(question_text(catalogue.asked["working-groups"]))
    How many working groups of participants have met at least twice in the past twelve months?
    Expected: a whole number of working groups, 0 to 1000.
    Where it does not apply: {"not_applicable": "the reason"}.
    No source is known that names it.
    """
    return "\n".join(_lines(asked))


def _lines(asked: Indicator | Fact) -> Iterator[str]:
    if asked.question:
        yield str(asked.question)
    yield f"Expected: {_form(asked.answer)}."
    yield from option_lines(options_of(asked.answer))
    if isinstance(asked.answer, Breakdown) and asked.answer.parts_of:
        yield f"The parts add up to the answer to {asked.answer.parts_of}."
    if getattr(asked, "not_applicable", False):
        yield 'Where it does not apply: {"not_applicable": "the reason"}.'
    if evidence := getattr(asked, "evidence", None):
        yield f"The expert looks at: {evidence}"
    if asked.provenance and asked.provenance.status == "unattested":
        yield "No source is known that names it."


def _form(kind: AnswerKind) -> str:
    """Word the form of an answer, without its options."""
    match kind:
        case Choice():
            return "one of the options"
        case Choices():
            return "a list of options, none twice"
        case Breakdown(unit=unit):
            of_unit = f" of {unit}" if unit else ""
            return f"the number{of_unit} for each option; one left out is 0"
        case Count() | Number() | Share() | YesNo() | Year():
            return expected(kind)
        case unreachable:
            assert_never(unreachable)


def options_of(kind: AnswerKind) -> tuple[Option, ...]:
    """Return the options of an answer kind; a kind without options has none."""
    match kind:
        case Choice(options=options) | Choices(options=options) | Breakdown(options=options):
            return options
        case Count() | Number() | Share() | YesNo() | Year():
            return ()
        case unreachable:
            assert_never(unreachable)


def option_lines(entries: Iterable[Option | Indicator]) -> Iterator[str]:
    """
    Yield a line for each option or indicator: its id and its title.

    >>> from ecei_rules.interviews.catalogue import Option
    >>> from ecei_rules.interviews.texts import Text
    >>> list(option_lines([Option("sme", Text({"en": "Small enterprises"}))]))
    ['- sme: Small enterprises']
    """
    return (f"- {each.id}: {each.title}" for each in entries)


def improvement_text(catalogue: Catalogue) -> str:
    """Describe the member that names the improved indicator, and list the indicators."""
    return "\n".join(
        ["The id of the indicator that improved.", *option_lines(catalogue.asked.values())]
    )
