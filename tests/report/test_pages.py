"""The pages of the package: templates, policy, texts in a language."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from datetime import date
from decimal import Decimal
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.report.pages.localisation import Words, words_in
from ecei_rules.report.pages.templates import TEMPLATES, content_digest, rendered

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = words_in("en")


def run(code: str) -> str:
    """Return the output of a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout.strip()


class TestPages:
    """What all pages have in common."""

    @given(st.text())
    def test_title_is_shown_as_text(self, title: str) -> None:
        """
        Any title leaves the page around it the same.
        """
        begin, between, end = rendered("base.html", title="@@", words=ENGLISH).split("@@")

        page = rendered("base.html", title=title, words=ENGLISH)

        shown = page.removeprefix(begin).partition(between)[0]
        assert page == f"{begin}{shown}{between}{shown}{end}"
        assert not set("<>\"'") & set(shown)
        assert unescape(shown) == visible(title)

    def test_missing_value_is_an_error(self) -> None:
        """
        A template is never filled in with a gap.
        """
        with pytest.raises(UndefinedError, match="'title' is undefined"):
            rendered("base.html", words=ENGLISH)

    def test_policy_allows_nothing_to_be_loaded(self) -> None:
        """
        A page without a script may use its own styles, and nothing else.
        """
        page = rendered("base.html", title="A page", words=ENGLISH)

        assert (
            "content=\"default-src 'none'; base-uri 'none'; form-action 'none';"
            " img-src data:; style-src 'unsafe-inline'\">"
        ) in page

    def test_missing_jinja_is_named(self) -> None:
        """
        It comes with an extra, and only pages need it.
        """
        code = (
            "import sys\n"
            "sys.modules['jinja2'] = None\n"
            "from ecei_rules.report.pages.templates import rendered\n"
            "try: rendered('base.html')\n"
            "except ModuleNotFoundError as error: print(error.name)"
        )

        assert run(code) == "jinja2"

    @pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.js")), ids=lambda path: path.name)
    def test_digest_of_a_script_is_that_of_its_bytes(self, path: Path) -> None:
        """
        Templates do not change a script, so the policy lets it run.
        """
        assert content_digest(path.name) == b64encode(sha256(path.read_bytes()).digest()).decode()


class TestWords:
    """docs/command-line.md: texts, numbers and days of a page."""

    def test_text_without_translation_stays_english(self) -> None:
        """
        A page is complete even if a translation is behind.
        """
        words = Words("de", FrozenMap({"{count} labels": "{count} Labels"}))

        assert words.of(5000, "{count} label", "{count} labels") == "5.000 Labels"
        assert words("{count} countries", count=3) == "3 countries"

    @pytest.mark.parametrize(("count", "text"), [(0, "0 labels"), (1, "1 label"), (2, "2 labels")])
    def test_singular_and_plural(self, count: int, text: str) -> None:
        """
        English has one form for 1, and another for 0 and more.
        """
        assert ENGLISH.of(count, "{count} label", "{count} labels") == text

    def test_numbers_keep_all_their_digits(self) -> None:
        """
        None is rounded, and a year has no thousands.
        """
        german = words_in("de")

        assert german.number(Decimal("1234.5678")) == "1.234,5678"
        assert ENGLISH.number(Decimal("0.125")) == "0.125"
        assert ENGLISH.number(2016, grouped=False) == "2016"
        assert german.percent(Decimal("79.9")) == "79,9\xa0%"
        assert german.percent(Decimal(f"50.{'0' * 40}1")) == f"50,{'0' * 40}1\xa0%"
        assert ENGLISH.number(Decimal(f"1.{'0' * 998}1")) == f"1.{'0' * 998}1"
        assert ENGLISH.number(10**60 + 1).replace(",", "") == f"1{'0' * 59}1"
        assert ENGLISH.percent(100) == "100%"

    @given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
    def test_day_is_written_as_in_europe(self, day: date) -> None:
        """
        The day first, without a zero, then the month in words, then the year.
        """
        months = Locale("en").months["format"]["wide"]

        assert ENGLISH.day(day) == f"{day.day} {months[day.month]} {day.year}"
        assert ENGLISH.month(day) == f"{months[day.month]} {day.year}"

    def test_direction_of_a_language(self) -> None:
        """
        A page in a language written from the right is mirrored.
        """
        assert (ENGLISH.direction, Words("ar").direction) == ("ltr", "rtl")
