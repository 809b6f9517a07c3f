"""The languages that the texts of the package come in."""

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

#: By tag (BCP 47); English is what the others are made from.
LANGUAGES = ("en", "de", "fr", "it", "es")


def nearest(tag: str, known: Iterable[str] = LANGUAGES) -> str:
    """
    The language among those known that comes nearest to the one of a tag.

    Subtags are taken away from the end until one is found, and if none is, it is English.
    Source: RFC 4647, 3.4 (lookup).

    >>> nearest("fr-CH"), nearest("DE"), nearest("is")
    ('fr', 'de', 'en')

    Raises:
        ValueError: that is no tag of a language.
    """
    if not LANGUAGE.fullmatch(tag):
        msg = f"a language is a tag such as de or fr-CH, got {tag!r}"
        raise ValueError(msg)
    by_name = {each.lower(): each for each in known}
    return next((by_name[each] for each in _fallbacks(tag.lower()) if each in by_name), "en")


@cache
def texts_in(language: str) -> FrozenMap[str, str]:
    """
    The texts of the package in one of its languages, by the English that they are made from.

    A text whose English has changed since has none.

    >>> texts_in("de")["improvable"], len(texts_in("en"))
    ('verbesserungsfähig', 0)
    """
    if language == "en":
        return FrozenMap()
    return FrozenMap(json.loads((TRANSLATIONS / f"{language}.json").read_text(encoding="utf-8")))


def in_language(text: Text, tag: str) -> str:
    """
    A text of a document in a language: as the document has it, or translated, or in English.

    >>> from ecei_rules.interviews.texts import Text
    >>> in_language(Text({"en": "January", "de": "Januar", "de-AT": "Jänner"}), "de-AT")
    'Jänner'
    >>> in_language(Text({"en": "Contacts and interaction within the cluster"}), "en-GB")
    'Contacts and interaction within the cluster'
    """
    own = {each.lower(): each for each in text.translations}
    for each in _fallbacks(tag.lower()):
        if each in own and each != "en":
            return text.translations[own[each]]
    return texts_in(nearest(tag)).get(str(text), str(text))


def _fallbacks(tag: str) -> Iterator[str]:
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
