"""docs/formats.md, "Hostile input": work and memory grow linearly with the text."""

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
    """Read a document, or word its problems."""
    try:
        reader(text)
    except er.InvalidDocument as error:
        str(error)


def calls(reader: Reader, text: str) -> int:
    """Return the number of function calls that reading a text takes."""
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
    """Return the peak memory of reading a text, in bytes."""
    tracemalloc.start()
    try:
        read(reader, text)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.oracle
@each_shape
def test_work_grows_linearly(shape: str) -> None:
    """
    Four times as much text takes at most about four times as many calls.
    """
    reader, made = SHAPES[shape]
    read(reader, made(100))  # imports and compiles modules

    once, four = (calls(reader, made(n)) for n in (6_000, 24_000))

    assert four <= 4.6 * once + 3_000


def test_unlisted_problems_are_not_worded() -> None:
    """
    After a thousand problems no hint is computed any more, which is the slowest part.
    """
    once, twice, thrice = (calls(er.read_interview, nearly_known(n)) for n in (600, 1_200, 1_800))

    assert thrice - twice < (twice - once) / 4


@pytest.mark.oracle
@each_shape
def test_memory_grows_linearly(shape: str) -> None:
    """
    The peak memory is bounded by the size of the text, whatever the text is.
    """
    reader, made = SHAPES[shape]
    read(reader, made(100))

    once, four = (most_memory(reader, made(n)) for n in (4_000, 16_000))

    assert four <= 5 * once + 200_000


def values_of(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value inside a JSON value, with the pointer to it."""
    yield where, value
    if isinstance(value, dict):
        for name, each in value.items():
            yield from values_of(each, where + step(name))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from values_of(each, where + step(index))


def written_with_escapes(value: Any) -> str:
    """Write a JSON text in which every possible character is an escape."""
    text = canonical(value)
    return "".join(f"\\u{ord(each):04x}" if "\x7f" < each < "\ud800" else each for each in text)


@given(json_values, st.sampled_from([canonical, pretty, written_with_escapes]), st.data())
def test_place_is_the_beginning_of_the_value(
    value: Any, write: Callable[[Any], str], data: st.DataObject
) -> None:
    """
    The standard library reads the value from its place, and the name from that of the name.
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
def test_lines_and_columns_count_from_one(text: str, data: st.DataObject) -> None:
    """
    A line is one more than the line feeds before it, a column one more than the characters
    since the last one.
    """
    offsets = data.draw(st.lists(st.integers(0, len(text))))

    found = lines_and_columns(text, offsets)

    assert found == {
        at: (len(text[:at].split("\n")), len(text[:at].rsplit("\n", maxsplit=1)[-1]) + 1)
        for at in offsets
    }


def test_note_is_skipped_in_few_steps() -> None:
    """
    Locating a problem takes as many steps with a note of 4 MB as without one.
    """
    texts = noted("[1]"), noted(f"[{'1,' * 2_000_000}1]")

    small, large = (calls(lambda text: places(text, ["/answers/nothing"]), each) for each in texts)

    assert small == large


def test_pointer_that_leads_nowhere_has_no_place() -> None:
    """
    It leads past the end of a list, into a number or to a missing name.
    """
    assert places('{"a": [1]}', ["/a/1", "/a/0/b", "/b"]) == {}


def test_list_of_names_is_limited() -> None:
    """
    A message lists a hundred names, and cuts a name of more than two hundred characters at
    sixty.
    """
    many = quoted(map(str, range(101)))

    assert many.endswith('"98", "99" or one of 1 more')
    assert quoted(["a" * 200]) == f'"{"a" * 200}"'
    assert quoted(["a" * 201]) == f'"{"a" * 60}…"'
