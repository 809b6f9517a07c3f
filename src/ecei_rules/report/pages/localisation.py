"""Texts, numbers and days of a page in its language."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from functools import cache
from typing import Literal

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import MAX_DIGITS
from ecei_rules.interviews.texts import Text
from ecei_rules.report.pages.translations import in_language, nearest_language, translations_into

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from babel import Locale

#: The locale of a language that alone does not tell how days and numbers are written.
_LOCALES = {"en": "en_GB"}
#: Enough for a sum of numbers of documents, and for a percentage that a bound needs exactly.
_EXACT = Context(prec=4 * MAX_DIGITS)


@frozen
class Words:
    """
    The texts of one language, found by the English ones.

    A text without a translation stays English. Numbers and days are written as the locale
    of *tag* has them in the data of Unicode (CLDR).

    >>> from datetime import date
    >>> words = Words("de", {"{count} label": "{count} Label"})
    >>> words.of(1, "{count} label", "{count} labels"), words.day(date(2024, 3, 1))
    ('1 Label', '1. März 2024')

    Raises:
        ModuleNotFoundError: Babel is missing, which comes with the extra `report`;
            with the first number, day or country.
    """

    language: str
    texts: FrozenMap[str, str] = field(default=FrozenMap(), converter=FrozenMap[str, str])
    tag: str | None = None

    def __call__(self, english: str, /, **values: object) -> str:
        """Return the text in this language, with *values* in its fields."""
        return self.texts.get(english, english).format(**values)

    def of(self, count: int | Decimal, one: str, other: str, /, **values: object) -> str:
        """
        Return the text for a count, in its field `count`: *one* if the language has it so.

        >>> Words("fr").of(0, "{count} label", "{count} labels")
        '0 label'
        """
        chosen = one if self._locale.plural_form(count) == "one" else other
        return self(chosen, count=self.number(count), **values)

    def text(self, text: Text | str) -> str:
        """
        Translate a text of a document, or a name of the package such as a grade.

        >>> Words("de", {"excellent": "exzellent"}).text("excellent")
        'exzellent'
        """
        if isinstance(text, Text):
            return in_language(text, self.tag or self.language)
        return self.texts.get(text, text)

    def number(self, number: int | Decimal, *, grouped: bool = True) -> str:
        """
        Write a number with all its digits, with thousands grouped unless it is a year.

        >>> Words("en").number(5000), Words("de").number(Decimal("5000.125"))
        ('5,000', '5.000,125')
        """
        from babel.numbers import format_decimal

        with localcontext(_EXACT):
            return format_decimal(
                number, locale=self._locale, decimal_quantization=False, group_separator=grouped
            )

    def percent(self, percent: int | Decimal) -> str:
        r"""
        Write a percentage, of which 100 is the whole.

        >>> Words("en").percent(Decimal("12.5")), Words("de").percent(100)
        ('12.5%', '100\xa0%')
        """
        from babel.numbers import format_percent

        with localcontext(_EXACT):
            part = Decimal(percent).scaleb(-2)
            text: str = format_percent(part, locale=self._locale, decimal_quantization=False)
        return text

    def day(self, day: date, style: Literal["medium", "long"] = "long") -> str:
        """
        Write a day, with the month in full or abbreviated.

        >>> from datetime import date
        >>> Words("en").day(date(2024, 8, 31)), Words("en").day(date(2024, 8, 31), "medium")
        ('31 August 2024', '31 Aug 2024')
        """
        from babel.dates import format_date

        return format_date(day, style, locale=self._locale)

    def month(self, day: date) -> str:
        """
        Write the month of a day, with its year.

        >>> from datetime import date
        >>> Words("en").month(date(2024, 8, 31)), Words("es").month(date(2024, 8, 31))
        ('August 2024', 'agosto de 2024')
        """
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", day, locale=self._locale)

    def country(self, code: str) -> str:
        """
        Return the name of a country, or the code if it names none.

        >>> Words("fr").country("DE"), Words("fr").country("QQ")
        ('Allemagne', 'QQ')
        """
        name: str = self._locale.territories.get(code, code)
        return name

    @property
    def direction(self) -> str:
        """The direction of writing: `ltr` or `rtl`."""
        return self._locale.text_direction

    @property
    def _locale(self) -> Locale:
        return _locale(self.language, self.tag or self.language)


def words_in(tag: str) -> Words:
    """
    Return the texts of the language of a tag (BCP 47), or of the nearest language.

    >>> words_in("fr-CH").language, words_in("tlh").language
    ('fr', 'en')

    Raises:
        ValueError: *tag* is not a language tag.
    """
    language = nearest_language(tag)
    return Words(language, translations_into(language), tag)


@cache
def _locale(language: str, tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(_LOCALES.get(tag, tag), sep="_" if tag in _LOCALES else "-")
    except (UnknownLocaleError, ValueError):
        locale = None
    if locale is None or locale.language != language:
        locale = Locale.parse(_LOCALES.get(language, language))
    return locale
