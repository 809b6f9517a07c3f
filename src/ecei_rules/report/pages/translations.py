"""The translations of the texts of the package."""

from __future__ import annotations

import json
from functools import cache

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.resources import TRANSLATIONS
from ecei_rules.interviews.texts import LANGUAGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.interviews.texts import Text

#: Tags (BCP 47); the others are translated from English.
LANGUAGES = ("en", "de", "fr", "it", "es")


def nearest_language(tag: str, known: Iterable[str] = LANGUAGES) -> str:
    """
    Return the known language that is nearest to a tag.

    Subtags are removed from the end until a language is left; without one it is English.
    Source: RFC 4647, 3.4 (lookup).

    >>> nearest_language("fr-CH"), nearest_language("DE"), nearest_language("is")
    ('fr', 'de', 'en')

    Raises:
        ValueError: *tag* is not a language tag.
    """
    if not LANGUAGE.fullmatch(tag):
        msg = f"a language is a tag such as de or fr-CH, got {tag!r}"
        raise ValueError(msg)
    by_name = {each.lower(): each for each in known}
    return next((by_name[each] for each in _fallbacks(tag.lower()) if each in by_name), "en")


@cache
def translations_into(language: str) -> FrozenMap[str, str]:
    """
    Return the translations into a language, by the English texts.

    A text whose English was changed has no translation.

    >>> translations_into("de")["improvable"], len(translations_into("en"))
    ('verbesserungsfähig', 0)
    """
    if language == "en":
        return FrozenMap()
    return FrozenMap(json.loads((TRANSLATIONS / f"{language}.json").read_text(encoding="utf-8")))


def in_language(text: Text, tag: str) -> str:
    """
    Return a text of a document in a language: its own, or our translation, or the English.

    >>> from ecei_rules.interviews.texts import Text
    >>> in_language(Text({"en": "January", "de": "Januar", "de-AT": "Jänner"}), "de-AT")
    'Jänner'
    >>> in_language(Text({"en": "Contacts and interaction within the cluster"}), "en-GB")
    'Contacts and interaction within the cluster'
    """
    own = {each.lower(): each for each in text.translations}
    for shorter in _fallbacks(tag.lower()):
        if shorter in own and shorter != "en":
            return text.translations[own[shorter]]
    return translations_into(nearest_language(tag)).get(str(text), str(text))


def _fallbacks(tag: str) -> Iterator[str]:
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
