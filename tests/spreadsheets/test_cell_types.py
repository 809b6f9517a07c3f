"""docs/spreadsheets.md: the words and titles that cells accept, in five languages."""

from __future__ import annotations

from decimal import Decimal
from unicodedata import normalize

import pytest

import ecei_rules as er
from ecei_rules.interviews.catalogue import Choice, YesNo
from ecei_rules.report.pages.translations import LANGUAGES, in_language
from ecei_rules.spreadsheets.cell_hints import hint_for
from ecei_rules.spreadsheets.cell_names import CLUSTER_CELLS, EVENT_CELLS, answer_cells
from ecei_rules.spreadsheets.cell_types import Checkbox, ListChoice, Value, one_of, parse_cell

FORM = {each.id: each for each in er.shipped().catalogues[1].indicators}["legal-form"]


def choice(*options: tuple[str, dict[str, str]]) -> ListChoice:
    """A choice among options with titles in several languages."""
    return one_of((name, er.Text(titles)) for name, titles in options)


class TestYesAndNo:
    """docs/spreadsheets.md: yes and no in English, German, French, Italian and Spanish."""

    @pytest.mark.parametrize("kind", [YesNo(), Checkbox(7)])
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("yes Y true TRUE ja Ja J WAHR oui VRAI s\u00ec Si VERO s\u00ed VERDADERO", True),
            ("no N false FALSE nein FALSCH non FAUX falso", False),
        ],
    )
    def test_words(self, kind: YesNo | Checkbox, words: str, *, expected: bool) -> None:
        """
        As people write them and programs show them, however accents are encoded.
        """
        spellings = [*words.split(), *normalize("NFD", words).split()]

        assert [parse_cell(kind, each) for each in spellings] == [expected] * len(spellings)

    @pytest.mark.parametrize("value", ["1", "1.0", 1, "0", 0])
    def test_one_and_zero(self, value: Value) -> None:
        """
        Survey tools write them.
        """
        assert parse_cell(YesNo(), value) is (value in ("1", "1.0", 1))

    @pytest.mark.parametrize("value", ["2", 2, "1.000", "-1", Decimal("0.5"), "o", "s", "maybe"])
    def test_anything_else_is_refused(self, value: Value) -> None:
        """
        A letter may be of either word, or a digit.
        """
        assert parse_cell(YesNo(), value) is None
        assert hint_for(YesNo(), value) is None

    @pytest.mark.parametrize("mark", ["x", "X", "\u2713", "\u2717"])
    def test_marks_are_refused(self, mark: str) -> None:
        """
        A cross means yes to some and no to others.
        """
        for kind in (YesNo(), Checkbox(7)):
            assert parse_cell(kind, mark) is None
            assert hint_for(kind, mark) == "write yes or no in place of a mark"


class TestTitles:
    """docs/spreadsheets.md: The title of an option in any of the five languages."""

    @pytest.mark.parametrize("catalogue", er.shipped().catalogues, ids=lambda each: each.reference)
    def test_shipped_titles_are_read_in_every_language(self, catalogue: er.Catalogue) -> None:
        """
        None of them is ambiguous.
        """
        for entry in (*catalogue.facts_asked.values(), *catalogue.asked.values()):
            if isinstance(entry.answer, Choice):
                (cell,) = answer_cells(entry)
                for option in entry.answer.options:
                    titles = [in_language(option.title, each) for each in LANGUAGES]
                    read = [parse_cell(cell.kind, each.upper()) for each in titles]
                    assert read == [option.id] * len(LANGUAGES), titles

    @pytest.mark.parametrize(
        ("cell", "text", "expected"),
        [
            ("label", "Silber", "silver"),
            ("label", "ORO", "gold"),
            ("event", "verliehen", "awarded"),
            ("conducted.mode", "vor Ort", "on_site"),
            ("conducted.mode", "at the expert\u2019s", "at_expert"),
        ],
    )
    def test_fixed_choices(self, cell: str, text: str, expected: str) -> None:
        """
        Labels, events and modes have titles in all languages too.
        """
        kinds = {each.name: each.kind for each in (*CLUSTER_CELLS, *EVENT_CELLS)}

        assert parse_cell(kinds[cell], text) == expected

    def test_titles_of_a_catalogue_of_ones_own(self) -> None:
        """
        In the languages that it has, whichever they are.
        """
        kind = choice(("north", {"en": "North", "et": "P\u00f5hi"}), ("south", {"en": "South"}))

        assert parse_cell(kind, normalize("NFD", "p\u00d5hi")) == "north"
        assert parse_cell(kind, "Nord") is None

    def test_ambiguous_titles_are_refused(self) -> None:
        """
        A text that is the title of one option in German and of another in French.
        """
        kind = choice(("a", {"en": "A", "de": "Rat"}), ("b", {"en": "B", "fr": "Rat"}))

        assert parse_cell(kind, "Rat") is None
        assert hint_for(kind, "Rat") == 'did you mean "A" or "B"?'
        assert hint_for(kind, "Ratt") is None

    def test_labels_go_before_other_titles(self) -> None:
        """
        Workbooks are written with them.
        """
        kind = choice(("a", {"en": "Rat"}), ("b", {"en": "B", "fr": "Rat"}))

        assert parse_cell(kind, "rat") == "a"

    def test_equal_titles_in_english(self) -> None:
        """
        Their ids tell them apart, and titles in other languages do.
        """
        kind = choice(("a", {"en": "Small", "de": "Klein"}), ("b", {"en": "Small"}))

        assert [parse_cell(kind, each) for each in ("Small", "Small [b]", "klein")] == [
            None, "b", "a",
        ]  # fmt: skip

    def test_near_titles_in_other_languages_are_offered(self) -> None:
        """
        If no English one is near.
        """
        (cell,) = answer_cells(FORM)
        assert isinstance(FORM.answer, Choice)
        german = in_language(FORM.answer.options[0].title, "de")

        assert hint_for(cell.kind, german[:-2]) == f'did you mean "{german}"?'
