"""The law of the fuzzing run, for the documents it begins with and for mutations of them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES, ROOT

import ecei_rules as er

sys.path.insert(0, str(ROOT / "fuzz"))

import readers

BEGINNINGS = list(readers.beginnings())


@pytest.mark.parametrize("data", BEGINNINGS, ids=range(len(BEGINNINGS)))
def test_beginnings_keep_the_law(data: bytes) -> None:
    """
    The project's own documents, right and wrong, are read or refused by every reader.
    """
    readers.check(data)


@given(
    st.sampled_from(BEGINNINGS),
    st.integers(0, len(readers.ALONE)),
    st.integers(0, 60_000),
    st.integers(0, 3),
    st.binary(max_size=3),
)
def test_mutations_keep_the_law(
    data: bytes, reader: int, at: int, removed: int, added: bytes
) -> None:
    """
    A few bytes inserted, removed or replaced anywhere, with any reader.
    """
    text = data[1:]
    at %= len(text) + 1

    readers.check(bytes([reader]) + text[:at] + added + text[at + removed :])


def test_each_reader_reads_a_beginning() -> None:
    """
    A run without valid documents would not get past the first stage.
    """
    read = set()
    for data in BEGINNINGS:
        try:
            value = readers.read_document(data[1:])
        except er.InvalidDocument:
            continue
        read.add(type(value))

    assert read == set(readers.WRITERS)


def test_changed_value_breaks_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A writer that loses the content of a history breaks it.
    """
    empty = er.write_history(er.LabelHistory(()))
    monkeypatch.setitem(readers.WRITERS, er.LabelHistory, lambda _: empty)
    path = EXAMPLES / "histories" / "three-labels.json"

    with pytest.raises(readers.Broken):
        readers.check(b"\x05" + path.read_bytes())
