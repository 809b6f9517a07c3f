"""docs/report.md, "Languages": what is translated, and what is said where nothing is."""

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
from ecei_rules.report.pages.translations import LANGUAGES, in_language, nearest, texts_in

OTHERS = LANGUAGES[1:]
each_language = pytest.mark.parametrize("language", OTHERS)


def fields(text: str) -> list[str]:
    """The names in braces, in the order of the alphabet."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


class TestTexts:
    """The texts of the package in each language are those of its English, no more and no less."""

    @each_language
    def test_none_is_missing_or_stale(self, language: str) -> None:
        """
        They are found by the English that they were made from.
        """
        known, used = set(texts_in(language)), set(in_use())

        assert used - known == set()
        assert known - used == set()

    @each_language
    def test_none_is_empty_or_left_in_english(self, language: str) -> None:
        """
        But for a few short ones that are spelt alike.
        """
        texts = texts_in(language)
        alike = {english for english, text in texts.items() if text == english}

        assert all(text.strip() == text and text for text in texts.values())
        assert all(len(each.split()) <= 3 for each in alike)
        assert len(alike) <= 45

    @each_language
    def test_what_is_filled_in_is_the_same(self, language: str) -> None:
        """
        Each name in braces stands in the translation too, and no other one.
        """
        said = set(of_pages())

        for english, text in texts_in(language).items():
            if english in said:
                assert fields(text) == fields(english)

    @each_language
    def test_no_number_is_lost(self, language: str) -> None:
        """
        Ministries pay on bounds: every number of the English stands in the translation.
        """
        for english, text in texts_in(language).items():
            assert numbers(text) == numbers(english)

    @each_language
    def test_the_file_is_kept_in_one_form(self, language: str) -> None:
        """
        So that a change of one text is a change of one line.
        """
        file = (TRANSLATIONS / f"{language}.json").read_text(encoding="utf-8")

        assert file == json.dumps(json.loads(file), ensure_ascii=False, indent=1) + "\n"


def numbers(text: str) -> list[str]:
    """The runs of digits of a text, by their size; a decimal is two of them."""
    runs = "".join(each if each.isascii() and each.isdigit() else " " for each in text).split()
    return sorted(runs, key=int)


class TestFallingBack:
    """RFC 4647, 3.4: from the end of a tag, then to English."""

    @given(st.sampled_from(LANGUAGES), st.lists(st.from_regex("[A-Za-z0-9]{1,8}", fullmatch=True)))
    def test_more_specific_tags_are_spoken_as_their_language(
        self, language: str, more: list[str]
    ) -> None:
        """
        Whatever follows the language, and in whatever case.
        """
        tag = "-".join([language, *more])

        assert nearest(tag) == nearest(tag.upper()) == language

    @given(st.from_regex("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,2}", fullmatch=True))
    def test_any_other_is_english(self, tag: str) -> None:
        """
        Which is then said in the English manner too.
        """
        known = tag.lower().partition("-")[0] in LANGUAGES
        words = words_in(tag)

        assert (nearest(tag) in OTHERS) <= known
        assert words.language == nearest(tag)
        if not known:
            assert (words.number(5000), words("met")) == ("5,000", "met")

    @pytest.mark.parametrize("tag", ["", "d", "de_AT", "german", "de-", "1"])
    def test_what_is_no_tag_is_refused(self, tag: str) -> None:
        """
        With what a tag looks like.
        """
        with pytest.raises(ValueError, match="a language is a tag such as de or fr-CH, got "):
            nearest(tag)

    def test_a_language_may_be_unknown_to_the_data_of_languages(self) -> None:
        """
        A tag can be well formed and name nothing; the numbers are then English too.
        """
        for tag in ("qqq", "en-QQ-zzzzzzz", "de-1234567"):
            assert words_in(tag).number(5) == "5"
        assert words_in("de-1234567").number(5000) == "5.000"

    def test_a_document_has_the_first_word(self) -> None:
        """
        What it says in the language, or in a wider one, goes before what the package says.
        """
        text = er.Text({"en": "Working groups", "de": "Runden", "fr-CH": "Tables"})

        assert [in_language(text, tag) for tag in ("de", "de-AT", "fr-CH", "en", "en-GB")] == [
            "Runden",
            "Runden",
            "Tables",
            "Working groups",
            "Working groups",
        ]
        assert in_language(text, "fr") == texts_in("fr")["Working groups"] != "Working groups"

    def test_numbers_and_days_are_of_the_country(self) -> None:
        """
        The words of a language serve several countries.
        """
        assert words_in("de").number(5000) == "5.000"
        assert words_in("de-CH").number(5000) == f"5{get_group_symbol('de_CH')}000"
        assert get_group_symbol("de_CH") != get_group_symbol("de")
        assert words_in("de").day(date(2024, 1, 1)) == "1. Januar 2024"
        assert words_in("de-AT").day(date(2024, 1, 1)) == "1. Jänner 2024"


class TestCommands:
    """docs/command-line.md: `--lang` where texts of documents are shown."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["catalogue", "show", "benchmarking@2019-11"], "Structure of the cluster"),
            (
                ["ruleset", "show", "bronze@2019-11"],
                "Listed on the European Cluster Collaboration Platform",
            ),
        ],
    )
    def test_a_catalogue_and_a_ruleset_are_shown_in_a_language(
        self, arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Their texts are; English is what they are in otherwise, and that is said.
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
        assert said in english
        assert said not in french
        assert texts_in("fr")[said] in french
