"""docs/report.md, "Languages": translations, and fallbacks."""

from __future__ import annotations

import json
from datetime import date
from string import Formatter

import pytest
from babel.numbers import get_group_symbol
from hypothesis import given
from hypothesis import strategies as st
from texts_in_use import in_use, of_pages

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.documents.resources import TRANSLATIONS
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.report.pages.translations import (
    LANGUAGES,
    in_language,
    nearest_language,
    translations_into,
)

OTHERS = LANGUAGES[1:]
each_language = pytest.mark.parametrize("language", OTHERS)


def fields(text: str) -> list[str]:
    """Return the names in braces, sorted."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


class TestTexts:
    """Each language has the translations of all English texts, and no others."""

    @each_language
    def test_no_translation_is_missing_or_stale(self, language: str) -> None:
        """
        They are found by the English texts.
        """
        known, used = set(translations_into(language)), set(in_use())

        assert used - known == set()
        assert known - used == set()

    @each_language
    def test_no_translation_is_empty_or_english(self, language: str) -> None:
        """
        Except a few short ones that are spelt alike.
        """
        texts = translations_into(language)
        alike = {english for english, text in texts.items() if text == english}

        assert all(text.strip() == text and text for text in texts.values())
        assert all(len(each.split()) <= 3 for each in alike)
        assert len(alike) <= 45

    @each_language
    def test_fields_are_the_same(self, language: str) -> None:
        """
        A translation has the same names in braces.
        """
        on_pages = set(of_pages())

        for english, text in translations_into(language).items():
            if english in on_pages:
                assert fields(text) == fields(english)

    @each_language
    def test_no_number_is_lost(self, language: str) -> None:
        """
        Ministries pay on bounds: a translation has every number of the English text.
        """
        for english, text in translations_into(language).items():
            assert numbers(text) == numbers(english)

    @each_language
    def test_file_is_in_canonical_form(self, language: str) -> None:
        """
        So that a change of one text is a change of one line.
        """
        file = (TRANSLATIONS / f"{language}.json").read_text(encoding="utf-8")

        assert file == json.dumps(json.loads(file), ensure_ascii=False, indent=1) + "\n"


def numbers(text: str) -> list[str]:
    """Return the runs of digits of a text, sorted; a decimal has two."""
    runs = "".join(each if each.isascii() and each.isdigit() else " " for each in text).split()
    return sorted(runs, key=int)


class TestFallingBack:
    """RFC 4647, 3.4: from the end of a tag, then to English."""

    @given(st.sampled_from(LANGUAGES), st.lists(st.from_regex("[A-Za-z0-9]{1,8}", fullmatch=True)))
    def test_longer_tags_give_their_language(self, language: str, more: list[str]) -> None:
        """
        Any subtags, in any case.
        """
        tag = "-".join([language, *more])

        assert nearest_language(tag) == nearest_language(tag.upper()) == language

    @given(st.from_regex("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,2}", fullmatch=True))
    def test_other_tags_give_english(self, tag: str) -> None:
        """
        Numbers are then English too.
        """
        known = tag.lower().partition("-")[0] in LANGUAGES
        words = words_in(tag)

        assert (nearest_language(tag) in OTHERS) <= known
        assert words.language == nearest_language(tag)
        if not known:
            assert (words.number(5000), words("met")) == ("5,000", "met")

    @pytest.mark.parametrize("tag", ["", "d", "de_AT", "german", "de-", "1"])
    def test_invalid_tag_is_refused(self, tag: str) -> None:
        """
        With an example of a tag.
        """
        with pytest.raises(ValueError, match="a language is a tag such as de or fr-CH, got "):
            nearest_language(tag)

    def test_tag_unknown_to_babel_has_a_fallback(self) -> None:
        """
        A tag can be well formed and name no language.
        """
        for tag in ("qqq", "en-QQ-zzzzzzz", "de-1234567"):
            assert words_in(tag).number(5) == "5"
        assert words_in("de-1234567").number(5000) == "5.000"

    def test_translation_in_a_document_comes_first(self) -> None:
        """
        In the language or a wider one, before the translation of the package.
        """
        text = er.Text({"en": "Working groups", "de": "Runden", "fr-CH": "Tables"})

        assert [in_language(text, tag) for tag in ("de", "de-AT", "fr-CH", "en", "en-GB")] == [
            "Runden",
            "Runden",
            "Tables",
            "Working groups",
            "Working groups",
        ]
        assert (
            in_language(text, "fr") == translations_into("fr")["Working groups"] != "Working groups"
        )

    def test_numbers_and_days_follow_the_country(self) -> None:
        """
        The texts of a language serve several countries.
        """
        assert words_in("de").number(5000) == "5.000"
        assert words_in("de-CH").number(5000) == f"5{get_group_symbol('de_CH')}000"
        assert get_group_symbol("de_CH") != get_group_symbol("de")
        assert words_in("de").day(date(2024, 1, 1)) == "1. Januar 2024"
        assert words_in("de-AT").day(date(2024, 1, 1)) == "1. Jänner 2024"


class TestCommands:
    """docs/command-line.md: `--lang` where texts of documents are shown."""

    @pytest.mark.parametrize(
        ("arguments", "text"),
        [
            (["catalogue", "show", "benchmarking@2019-11"], "Structure of the cluster"),
            (
                ["ruleset", "show", "bronze@2019-11"],
                "Listed on the European Cluster Collaboration Platform",
            ),
        ],
    )
    def test_catalogue_and_ruleset_are_shown_in_a_language(
        self, arguments: list[str], text: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        An unknown language gives English and a message.
        """
        assert main(arguments) == 0
        english = capfd.readouterr().out
        assert main([*arguments, "--lang", "fr-CH"]) == 0
        french = capfd.readouterr().out
        assert main([*arguments, "--lang", "is"]) == 0
        other = capfd.readouterr()

        assert english == other.out
        assert french.count("\n") == english.count("\n")
        assert french != english
        assert other.err == (
            "ecei-rules: no translation into is; written in English (there are de, fr, it, es)\n"
        )
        assert text in english
        assert text not in french
        assert translations_into("fr")[text] in french
