"""Answers and numbers as pages say them."""

from __future__ import annotations

from decimal import Decimal

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.schema_texts import options_of
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import (
    AnswerKind,
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
    from collections.abc import Iterable

    from ecei_rules.interviews.catalogue import Option
    from ecei_rules.report.pages.localisation import Words

#: Between a number and its unit no line is broken.
_UNBROKEN = "\N{NO-BREAK SPACE}"


def answered(answer: Answer | None, kind: AnswerKind, words: Words) -> str:
    """An answer with its unit, options by their titles."""
    match answer, kind:
        case None, _:
            return words("not answered")
        case NotApplicable(reason=reason), _:
            return words("does not apply: {reason}", reason=reason)
        case bool(), YesNo():
            return words("yes") if answer else words("no")
        case ((int() | Decimal()), Share()):
            return words.percent(answer)
        case int(), Year():
            return str(answer)
        case ((int() | Decimal()), (Count(unit=unit) | Number(unit=unit))):
            number = words.number(answer)
            return f"{number}{_UNBROKEN}{words.text(unit)}" if unit else number
        case str(), Choice(options=options):
            return _titles(options, [answer], words)
        case tuple(), Choices(options=options):
            return _titles(options, answer, words) or words("none")
        case _:
            assert isinstance(answer, FrozenMap), "an interview was held against its catalogue"
            counts = ((each.title, answer.get(each.id, 0)) for each in options_of(kind))
            return ", ".join(
                f"{words.text(title)} {words.number(count)}" for title, count in counts
            )


def _titles(options: Iterable[Option], chosen: Iterable[str], words: Words) -> str:
    titles = {each.id: words.text(each.title) for each in options}
    return ", ".join(titles[each] for each in chosen)
