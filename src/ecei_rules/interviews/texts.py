"""Texts in several languages."""

from __future__ import annotations

import re

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@frozen
class Text:
    """
    A text in one or more languages, by language tag (BCP 47).

    English (`en`) is always there and is what `str` gives. Source: docs/formats.md.

    >>> str(Text({"en": "Structure", "de": "Struktur"}))
    'Structure'

    Raises:
        TypeError: a tag or a text is not a `str`.
        ValueError: there is no English text, a text is empty, or a key is not a
            language tag.
    """

    translations: FrozenMap[str, str] = field(converter=FrozenMap[str, str])

    @translations.validator
    def _check_languages(self, _attribute: object, value: Mapping[object, object]) -> None:
        if "en" not in value:
            msg = "a text has an English form (en)"
            raise ValueError(msg)
        for tag, text in value.items():
            if not isinstance(tag, str) or not isinstance(text, str):
                msg = f"a text is a str for each language tag, got {tag!r}: {text!r}"
                raise TypeError(msg)
            if not LANGUAGE.fullmatch(tag) or not text:
                msg = f"a text has a language tag and is not empty: {tag!r}"
                raise ValueError(msg)

    def __str__(self) -> str:
        return self.translations["en"]
