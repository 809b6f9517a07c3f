"""docs/semantics.md, 8.9: names that are the same."""

from __future__ import annotations

import re
from itertools import combinations
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.interviews.names import comparable_name

#: Characters that a step of the comparison is about, and letters around them.
TELLING = (
    *"aAeEiI\u0131\u0130\u00df\u1e9e\u017fsSkK\u212a'\u2019\u02bc`\u00b4-\u2013\u2212\u00ad\u200b\u200d\ufeff\ufe0f",
    *" \u00a0\u2003\t\n\u0301\u0308\u0345\u00f3\u1fb3\u1ffd\u1fef\ufb01\u2460\uff21\u03c2\u03a3",
)
names = st.lists(st.sampled_from(TELLING) | st.characters(exclude_categories=["Cs"])).map("".join)
#: Names of letters with and without accents, apostrophes, dashes and spaces.
written = st.lists(
    st.sampled_from([*"abcxyzABCXYZéÜñóÇ", "'", "-", " "]), min_size=1, max_size=12
).map("".join)
APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u2018\u2019\u201b\u2032"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"
SPACES = (" ", "\u00a0", "\t", "  ", "\u2003", "\u3000 ")
WITHOUT_WIDTH = ("", "\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad", "\ufe0f")


@st.composite
def respelt(draw: st.DrawFn, name: str) -> str:
    """Draw another spelling of a name."""
    drawn = ""
    for character in normalize(draw(st.sampled_from(["NFC", "NFD"])), name):
        match character:
            case "'":
                drawn += draw(st.sampled_from(APOSTROPHES))
            case "-":
                drawn += draw(st.sampled_from(DASHES))
            case " ":
                drawn += draw(st.sampled_from(SPACES))
            case _:
                drawn += draw(st.sampled_from([character, character.upper(), character.lower()]))
        drawn += draw(st.sampled_from(WITHOUT_WIDTH))
    return f"{draw(st.sampled_from(['', ' ']))}{drawn}{draw(st.sampled_from(['', ' ']))}"


@given(names)
def test_comparing_twice_changes_nothing(name: str) -> None:
    """
    The comparable form is a name, and its own comparable form.
    """
    assert comparable_name(comparable_name(name)) == comparable_name(name)


@given(st.data(), written)
def test_spellings_of_a_name_are_the_same(data: st.DataObject, name: str) -> None:
    """
    Capitals, the encoding of accents, kinds of dashes, apostrophes and spaces, and
    characters without a width do not matter.
    """
    assert comparable_name(data.draw(respelt(name))) == comparable_name(name)


@given(names, st.sampled_from(["NFC", "NFD"]))
def test_canonical_equivalents_are_the_same(name: str, form: str) -> None:
    """
    So it does not matter how a program encodes a character.
    """
    assert comparable_name(normalize(form, name)) == comparable_name(name)


@given(written, written)
def test_names_that_differ_otherwise_are_two(one: str, other: str) -> None:
    """
    For these letters, a pattern without any normalisation is the independent rule.
    """
    plain = (re.sub(" +", " ", name).strip(" ").lower() for name in (one, other))

    assert (comparable_name(one) == comparable_name(other)) is (len(set(plain)) == 1)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Agrupaci\u00f3 d\u2019Empreses",
            "AGRUPACIO\u0301  d'Empreses",
            "Agrupacio\u0301 d\u00b4empreses",
        ),
        ("Größe", "GRÖSSE", "Gro\u0308\u200bße"),
        ("A\u2013B", "a-b", "A\u2212B", "A\u00ad\u2011B"),
        ("\uff21\uff22\uff23 \ufb01ne \u3392", "ABC fine mhz"),
        ("Arm\u00b4s \u0390", "arm\u1ffds \u0399\u0308\u0301", "Arm's \u03b9\u0308\u0301"),
    ],
    ids=ascii,
)
def test_spellings_of_real_names(spellings: tuple[str, ...]) -> None:
    """
    An accent of its own, a typographic apostrophe, a full-width letter, a ligature, a unit in
    one character, an acute accent that is an apostrophe, and a Greek letter whose small form
    is three characters.
    """
    assert len({comparable_name(each) for each in spellings}) == 1


def test_accents_letters_and_spaces_count() -> None:
    """
    None of these is a spelling of another.
    """
    different = ["Cluster", "Clúster", "Clusters", "Clus ter", "Clus-ter", "Clus'ter", "Cluster 2"]

    assert not [
        (a, b) for a, b in combinations(different, 2) if comparable_name(a) == comparable_name(b)
    ]
