"""The kinds of cells of a workbook or table, and how their values are read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import exact, plain
from ecei_rules.diagnostics.phrasing import quoted
from ecei_rules.interviews.answers import expected
from ecei_rules.interviews.catalogue import Count, Number, Share, Year, YesNo
from ecei_rules.interviews.dates import calendar_day
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.texts import Text
from ecei_rules.report.pages.translations import LANGUAGES, in_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: The value of a cell that is not empty.
Value = str | int | Decimal | bool | date


@frozen
class FreeText:
    """
    Any text, with *suggested* ones to choose from.

    *form* describes the texts that are accepted, and *pattern* matches them.
    """

    suggested: tuple[str, ...] = field(default=(), kw_only=True)
    form: str = field(default="a text", kw_only=True)
    pattern: str | None = field(default=None, kw_only=True)


@frozen
class Day:
    """A day of the years 1900 to 2999."""


@frozen
class ListChoice:
    """
    One of several ids; people read their *labels*.

    *titles* are those of the options: people may write one in another language.
    """

    labels: FrozenMap[str, str]
    titles: FrozenMap[str, Text]


@frozen
class Checkbox:
    """Whether one of *options* options is chosen; a number gives its place among the chosen."""

    options: int


@frozen
class OptionCount:
    """The count of one option of several, or `none` for an option that is left out."""

    count: Count


CellKind = (
    FreeText | Day | ListChoice | Checkbox | OptionCount | YesNo | Count | Number | Share | Year
)

NONE = "none"
#: A message lists at most so many choices.
_FEW = 12
#: As programs and people write them in the five languages; accents count.
_YES = ("yes y true ja j wahr oui vrai s\u00ec si vero s\u00ed verdadero", True)
_NO = ("no n false nein falsch non faux falso", False)
_TRUTHS = {word: truth for words, truth in (_YES, _NO) for word in words.split()}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
#: In some countries 1000, in others 1.
_ONE_OR_A_THOUSAND = re.compile(r"-?[0-9]+[.,][0-9]{3}([eE].*)?")
#: Characters that a cell would lose or change, and backslashes that look like escapes.
_UNSAFE = re.compile(
    r"^\s+|\s+$|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\\(?=u[0-9a-f]{4})"
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def one_of(titles: Iterable[tuple[str, Text]]) -> ListChoice:
    """
    Return the choice among ids by their titles, with the id added to ambiguous titles.

    >>> small = Text({"en": "Small"})
    >>> dict(one_of([("a", Text({"en": "Big"})), ("b", small), ("c", small)]).labels)
    {'a': 'Big', 'b': 'Small [b]', 'c': 'Small [c]'}
    """
    texts = FrozenMap(titles)
    one_line = {name: " ".join(escape_text(str(text)).split()) for name, text in texts.items()}
    folded = [title.casefold() for title in one_line.values()]
    labels = {}
    for name, title in one_line.items():
        others = one_line.keys() - {name}
        clear = folded.count(title.casefold()) == 1 and title.casefold() not in others
        labels[name] = title if clear else f"{title} [{name}]"
    if len({each.casefold() for each in labels.values()}) < len(labels):
        labels = {name: name for name in labels}
    return ListChoice(FrozenMap(labels), texts)


def expected_form(kind: CellKind) -> str:
    """
    Describe the values that a cell accepts.

    >>> expected_form(OptionCount(Count(unit="organisations", maximum=500)))
    'a whole number of organisations, 0 to 500'
    """
    match kind:
        case FreeText(form=form):
            return form
        case Day():
            return "a day of the years 1900 to 2999 such as 2024-03-18"
        case ListChoice(labels=labels) if not labels:
            return "nothing, since there are no options"
        case ListChoice(labels=labels) if len(labels) > _FEW:
            return f'one of {len(labels)} in a list, such as "{next(iter(labels.values()))}"'
        case ListChoice(labels=labels):
            return f"one of {quoted(labels.values())}"
        case YesNo() | Checkbox():
            return "yes or no"
        case OptionCount(count=count):
            return expected(count)
        case Count() | Number() | Share() | Year():
            return expected(kind)
        case unreachable:
            assert_never(unreachable)


def parse_cell(kind: CellKind, value: Value) -> Value | None:
    """
    Parse the value of a cell, or return none if it has another form.

    The bounds of numbers are not checked here, but when the interview is read. A text such
    as `1.000` is no whole number, since it means 1 in some countries and 1000 in others.

    >>> parse_cell(one_of([("on_site", Text({"en": "on site"}))]), "On site")
    'on_site'
    >>> parse_cell(YesNo(), "maybe") is None
    True
    """
    text = text_of(value)
    match kind:
        case FreeText(pattern=pattern):
            read = unescape_text(text)
            return read if pattern is None or re.fullmatch(pattern, read) else None
        case Day():
            return value if isinstance(value, date) else calendar_day(text.replace("/", "-"))
        case ListChoice():
            meant = meant_options(kind, text)
            return meant[0] if len(meant) == 1 else None
        case YesNo():
            truth = _whole_number(value, text)
            return truth == 1 if truth in (0, 1) else _TRUTHS.get(comparable_name(text))
        case Checkbox(options=most):
            place = _whole_number(value, text)
            chosen = place is not None and 0 <= place <= most
            return place if chosen else _TRUTHS.get(comparable_name(text))
        case OptionCount():
            if text.casefold() == NONE:
                return NONE
            number = _whole_number(value, text)
            return number if number is not None and number >= 0 else None
        case Count() | Year():
            return _whole_number(value, text)
        case Number() | Share():
            return exact_number(value)
        case unreachable:
            assert_never(unreachable)


def text_of(value: Value) -> str:
    """
    Return a value as a text.

    >>> text_of(True), text_of(Decimal("1.50")), text_of(date(2024, 3, 18)), text_of(" a ")
    ('true', '1.5', '2024-03-18', 'a')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case str():
            return value.strip()
        case unreachable:
            assert_never(unreachable)


def escape_text(text: str) -> str:
    r"""
    Escape what spreadsheets do not keep in a text: `unescape_text` gives it back.

    Spaces at its ends and characters that a cell does not keep become `\u` with four
    digits, and so does a backslash that would look like one of these.

    >>> escape_text(" a\r"), escape_text("\\u0020"), escape_text("C:\\users")
    ('\\u0020a\\u000d', '\\u005cu0020', 'C:\\users')
    """
    return _UNSAFE.sub(lambda match: "".join(f"\\u{ord(c):04x}" for c in match[0]), text)


def unescape_text(text: str) -> str:
    """Return the text that `escape_text` was given."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def meant_options(choice: ListChoice, text: str) -> tuple[str, ...]:
    """
    Return the ids that a text may mean: an id, a label, or a title in any language.

    >>> choice = one_of([("big", Text({"en": "Big", "de": "Groß"}))])
    >>> meant_options(choice, "big"), meant_options(choice, "GROSS"), meant_options(choice, "?")
    (('big',), ('big',), ())
    """
    labels = choice.labels
    if text in labels:
        return (text,)
    # a label is written into workbooks, so that it goes before titles in other languages
    found = [n for n, label in labels.items() if text.casefold() in (label.casefold(), n)]
    return tuple(found) or _by_form(choice).get(comparable_name(text), ())


def translated_titles(choice: ListChoice) -> tuple[str, ...]:
    """Return the titles in all languages that mean one option."""
    by_form = _by_form(choice)
    titles = (each for title in choice.titles.values() for each in _in_all_languages(title))
    return tuple(dict.fromkeys(each for each in titles if len(by_form[comparable_name(each)]) == 1))


@lru_cache(maxsize=256)
def _by_form(choice: ListChoice) -> FrozenMap[str, tuple[str, ...]]:
    """Return the ids that have a name, by the forms in which names are compared."""
    found: dict[str, tuple[str, ...]] = {}
    for option, label in choice.labels.items():
        names = (option, label, *_in_all_languages(choice.titles[option]))
        for form in dict.fromkeys(map(comparable_name, names)):
            found[form] = (*found.get(form, ()), option)
    return FrozenMap(found)


def _in_all_languages(title: Text) -> tuple[str, ...]:
    return (*title.translations.values(), *(in_language(title, each) for each in LANGUAGES))


def exact_number(value: Value) -> int | Decimal | None:
    """Return the number that a cell holds, also as a text, or none."""
    if isinstance(value, bool | date):
        return None
    text = text_of(value)
    return exact(text) if _NUMBER.fullmatch(text) else None


def _whole_number(value: Value, text: str) -> int | None:
    if isinstance(value, str) and _ONE_OR_A_THOUSAND.fullmatch(text):
        return None
    number = exact_number(value)
    return number if isinstance(number, int) else None
