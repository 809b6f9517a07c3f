"""Answers, and the problems of answers that do not fit their question."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import near, quoted
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.validators import nonempty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, TypeAlias

    Given: TypeAlias = "Answer | list[str] | Mapping[str, int]"
    Answers: TypeAlias = "Mapping[str, Given] | Iterable[tuple[str, Given]]"


@frozen
class NotApplicable:
    """
    The answer that an indicator does not apply to the organisation, with the reason.

    It is allowed where the catalogue says so.
    Source: docs/semantics.md, 3.1, 3.2, 3.3, 3.4 and 3.5.

    >>> plain_answer(NotApplicable("no working groups before the second year"))
    'not applicable (no working groups before the second year)'

    Raises:
        ValueError: the reason is empty.
    """

    reason: str = field(validator=nonempty)


#: A count, number, share or year; yes or no; the id of an option; the ids of options;
#: counts by option; or *not applicable*.
Answer = int | Decimal | bool | str | tuple[str, ...] | FrozenMap[str, int] | NotApplicable


_UNCHANGED = frozenset({int, str, bool, NotApplicable})
_TYPES = (
    "a bool, an int, a finite Decimal, a str, a list of str, a mapping from str to int, or"
    " NotApplicable"
)


def frozen_answers(answers: Answers) -> FrozenMap[str, Answer]:
    """
    Freeze answers by the ids of their questions: lists become tuples, and a `dict` a map.

    >>> frozen_answers({"services": ["training"], "composition": {"sme": 40}})
    FrozenMap({'services': ('training',), 'composition': FrozenMap({'sme': 40})})

    Raises:
        TypeError: an id is no text, or an answer is of a type that no answer has.
    """
    given: FrozenMap[str, Any] = FrozenMap(answers)
    names: Iterable[object] = given
    for name in names:
        if not isinstance(name, str):
            msg = f"the id of a question is a text, got {name!r}"
            raise TypeError(msg)
    if all(type(each) in _UNCHANGED for each in given.values()):
        return given
    return FrozenMap(
        {
            name: each if type(each) in _UNCHANGED else _frozen(name, each)
            for name, each in given.items()
        }
    )


def _frozen(name: str, answer: object) -> Answer:
    match answer:
        case bool() | int() | str() | NotApplicable():
            return answer
        case Decimal() if answer.is_finite():
            return answer
        case list() | tuple() if all(isinstance(each, str) for each in answer):
            return tuple(answer)
        case Mapping() if all(isinstance(each, str) for each in answer) and all(
            isinstance(count, int) and not isinstance(count, bool) for count in answer.values()
        ):
            return answer if isinstance(answer, FrozenMap) else FrozenMap(answer)
        case _:  # of a type that no answer has
            msg = f'the answer to "{name}" is {_TYPES}, got {answer!r}'
            if isinstance(answer, float):
                msg += "; write a number that is not whole as a Decimal"
            raise TypeError(msg)


def expected(kind: AnswerKind) -> str:
    """
    Word the form of the answers of a kind.

    >>> expected(Count(unit="organisations", maximum=500))
    'a whole number of organisations, 0 to 500'
    """
    match kind:
        case Count(unit=unit):
            return f"a whole number{_of(unit)}, {_range(kind.minimum or 0, kind.maximum)}"
        case Number(unit=unit):
            number = "a percentage" if unit == "percent" else f"a number{_of(unit)}"
            if kind.minimum is None and kind.maximum is None:
                return number
            return f"{number}, {_range(kind.minimum, kind.maximum)}"
        case Share():
            return "a percentage, 0 to 100"
        case YesNo():
            return "true or false"
        case Choice(options=options):
            return f"one of {quoted(_ids(options))}"
        case Choices(options=options):
            return f"a list of some of {quoted(_ids(options), 'and')}, none twice"
        case Breakdown(options=options, unit=unit):
            names = f"some of {quoted(_ids(options), 'and')}"
            return f'the number{_of(unit)} for {names}, such as {{"{options[0].id}": 1}}'
        case Year():
            return f"a year, {kind.minimum} to {kind.maximum}"
        case unreachable:
            assert_never(unreachable)


def plain_answer(answer: Answer) -> str:
    """
    Word an answer.

    >>> plain_answer(True), plain_answer(Decimal("1.50")), plain_answer(("sme", "research"))
    ('true', '1.5', 'sme, research')
    """
    match answer:
        case bool():
            return "true" if answer else "false"
        case int() | Decimal():
            return plain(answer)
        case str():
            return answer
        case tuple():
            return ", ".join(answer) or "none"
        case FrozenMap():
            return ", ".join(f"{name} {count}" for name, count in answer.items()) or "none"
        case NotApplicable(reason=reason):
            return f"not applicable ({reason})"
        case unreachable:
            assert_never(unreachable)


def answer_problems(answer: Answer, kind: AnswerKind, where: str) -> Iterator[Problem]:
    """
    Yield the problems of an answer to a question of a kind.

    *Not applicable* is never of the kind: the indicator says whether it is allowed.

    >>> [str(problem) for problem in answer_problems(101, Share(), "/answers/private-funds")]
    ['ECEI305 /answers/private-funds: expected a percentage, 0 to 100, found 101']
    """
    match kind, answer:
        case YesNo(), bool():
            return
        case ((Count() | Year()), int()) if not isinstance(answer, bool):
            bounds: _Bounds = kind.minimum, kind.maximum
            yield from _outside(answer, bounds, kind, where)
        case Number(), int() | Decimal() if not isinstance(answer, bool):
            yield from _outside(answer, (kind.minimum, kind.maximum), kind, where)
        case Share(), int() | Decimal() if not isinstance(answer, bool):
            yield from _outside(answer, (0, 100), kind, where)
        case Choice(options=options), str():
            yield from _unknown([answer], options, lambda _index, _name: where)
        case Choices(options=options), tuple():
            yield from _unknown(answer, options, lambda index, _name: where + step(index))
            yield from _repeated(answer, where)
        case Breakdown(options=options, maximum=maximum, unit=unit), FrozenMap():
            yield from _unknown(answer, options, lambda _index, name: where + step(name))
            count_kind = Count(unit=unit, maximum=maximum)
            for name, count in answer.items():
                yield from _outside(count, (0, maximum), count_kind, where, name)
        case _:  # an answer that fits no kind, or not its own
            message = f"expected {expected(kind)}, found {_actual(answer)}"
            yield Problem("ECEI304", where, message, _hint(kind, answer))


_Bounds = tuple[int | Decimal | None, int | Decimal | None]


def _outside(
    answer: int | Decimal, bounds: _Bounds, kind: AnswerKind, where: str, *steps: str
) -> Iterator[Problem]:
    lowest = 0 if isinstance(kind, Count) and bounds[0] is None else bounds[0]
    highest = bounds[1]
    if (lowest is not None and answer < lowest) or (highest is not None and answer > highest):
        message = f"expected {expected(kind)}, found {plain(answer)}"
        yield Problem("ECEI305", where + "".join(map(step, steps)), message)


def _unknown(
    given: FrozenMap[str, int] | tuple[str, ...] | list[str],
    options: tuple[Option, ...],
    place: Callable[[int, str], str],
) -> Iterator[Problem]:
    known = _ids(options)
    for index, name in enumerate(given):
        if name not in known:
            where = place(index, name)
            hint = near(name, known) or f"the options are {quoted(known, 'and')}"
            at_name = where.endswith(step(name))
            yield Problem("ECEI306", where, f'there is no option "{name}"', hint, at_name=at_name)


def _repeated(given: tuple[str, ...], where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(given):
        if name in seen:
            yield Problem("ECEI211", where + step(index), f'"{name}" is listed twice')
        seen.add(name)


def _hint(kind: AnswerKind, answer: Answer) -> str | None:
    if isinstance(answer, str) and isinstance(kind, YesNo):
        return "write true and false without quotation marks"
    if isinstance(answer, str) and isinstance(kind, Count | Number | Share | Year):
        return "write a number without quotation marks and without a unit"
    return None


def _actual(answer: Answer) -> str:
    match answer:
        case str():
            return f'"{answer}"'
        case tuple():
            return "a list"
        case FrozenMap():
            return "an object"
        case bool() | int() | Decimal() | NotApplicable():
            return plain_answer(answer)
        case unreachable:
            assert_never(unreachable)


def _range(lowest: int | Decimal | None, highest: int | Decimal | None) -> str:
    if highest is None:
        return f"{plain(lowest or 0)} or more"
    return f"at most {plain(highest)}" if lowest is None else f"{plain(lowest)} to {plain(highest)}"


def _of(unit: str | None) -> str:
    return f" of {unit}" if unit else ""


def _ids(options: tuple[Option, ...]) -> list[str]:
    return [option.id for option in options]
