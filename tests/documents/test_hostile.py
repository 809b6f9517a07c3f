"""docs/formats.md, "What hostile input meets": the work grows with the text, and no faster."""

from __future__ import annotations

import json
import sys
import tracemalloc
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hostile_shapes import SHAPES, nearly_known, noted
from hypothesis import given
from hypothesis import strategies as st
from strategies import json_values

import ecei_rules as er
from ecei_rules.diagnostics.json_text import canonical, pretty
from ecei_rules.diagnostics.phrasing import quoted
from ecei_rules.diagnostics.places import lines_and_columns, places
from ecei_rules.diagnostics.problem import step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hostile_shapes import Reader

each_shape = pytest.mark.parametrize("shape", SHAPES)


def read(reader: Reader, text: str) -> None:
    """Read a document, or find out what is wrong with it."""
    try:
        reader(text)
    except er.InvalidDocument as error:
        str(error)


def calls(reader: Reader, text: str) -> int:
    """How many functions are called to read a text."""
    count = 0

    def counted(_frame: object, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        read(reader, text)
    finally:
        sys.setprofile(None)
    return count


def most_memory(reader: Reader, text: str) -> int:
    """The most bytes that reading a text holds at once."""
    tracemalloc.start()
    try:
        read(reader, text)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.oracle
@each_shape
def test_the_work_grows_as_the_text_does(shape: str) -> None:
    """
    Four times as much text takes four times as many calls at the most, and not sixteen.
    """
    reader, made = SHAPES[shape]
    read(reader, made(100))  # what is imported and compiled with its first use

    once, four = (calls(reader, made(n)) for n in (6_000, 24_000))

    assert four <= 4.6 * once + 3_000


def test_what_is_not_listed_is_not_worded() -> None:
    """
    After a thousand problems the hint of another one, the dearest of its parts, is not
    sought any more.
    """
    once, twice, thrice = (calls(er.read_interview, nearly_known(n)) for n in (600, 1_200, 1_800))

    assert thrice - twice < (twice - once) / 4


@pytest.mark.oracle
@each_shape
def test_the_memory_grows_as_the_text_does(shape: str) -> None:
    """
    What is held at once is bounded by the size of the text, whatever it says.
    """
    reader, made = SHAPES[shape]
    read(reader, made(100))

    once, four = (most_memory(reader, made(n)) for n in (8_000, 32_000))

    assert four <= 5 * once + 200_000


def values_of(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a JSON value, with the pointer to it."""
    yield where, value
    if isinstance(value, dict):
        for name, each in value.items():
            yield from values_of(each, where + step(name))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from values_of(each, where + step(index))


def written_with_escapes(value: Any) -> str:
    """A JSON text in which each character of a text that can be an escape is one."""
    text = canonical(value)
    return "".join(f"\\u{ord(each):04x}" if "\x7f" < each < "\ud800" else each for each in text)


@given(json_values, st.sampled_from([canonical, pretty, written_with_escapes]), st.data())
def test_a_place_is_where_the_value_begins(
    value: Any, write: Callable[[Any], str], data: st.DataObject
) -> None:
    """
    The standard library, set at the place, reads the value; at the name it reads the name.
    """
    text = write(value)
    expected = dict(values_of(value))
    wanted = data.draw(st.lists(st.sampled_from(list(expected)), unique=True))
    read_at = json.JSONDecoder(parse_float=Decimal).raw_decode

    found = places(text, wanted)

    assert set(found) == set(wanted)
    for where, place in found.items():
        parent, _, last = where.rpartition("/")
        assert canonical(read_at(text, place.value)[0]) == canonical(expected[where])
        if where and isinstance(expected[parent], dict):
            assert step(read_at(text, place.name)[0]) == f"/{last}"
        else:
            assert place.name == place.value


@given(st.text("a\n\r𝄞"), st.data())
def test_lines_and_columns_count_what_stands_before(text: str, data: st.DataObject) -> None:
    """
    A line is one more than the line feeds before it, a column one more than the characters
    between.
    """
    offsets = data.draw(st.lists(st.integers(0, len(text))))

    found = lines_and_columns(text, offsets)

    assert found == {
        at: (len(text[:at].split("\n")), len(text[:at].rsplit("\n", maxsplit=1)[-1]) + 1)
        for at in offsets
    }


def test_a_note_is_passed_over_in_few_steps() -> None:
    """
    Finding the place of a problem takes as many steps beside a note of 4 MB as beside none.
    """
    texts = noted("[1]"), noted(f"[{'1,' * 2_000_000}1]")

    small, large = (calls(lambda text: places(text, ["/answers/nothing"]), each) for each in texts)

    assert small == large


def test_what_a_pointer_does_not_reach_has_no_place() -> None:
    """
    A pointer past the end of a list, into a number or to a name that is not there.
    """
    assert places('{"a": [1]}', ["/a/1", "/a/0/b", "/b"]) == {}


def test_a_list_of_names_ends() -> None:
    """
    A message lists a hundred names, and of one with more than two hundred characters sixty.
    """
    many = quoted(map(str, range(101)))

    assert many.endswith('"98", "99" or one of 1 more')
    assert quoted(["a" * 200]) == f'"{"a" * 200}"'
    assert quoted(["a" * 201]) == f'"{"a" * 60}…"'
