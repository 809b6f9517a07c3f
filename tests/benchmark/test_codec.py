"""docs/formats.md, "Benchmark": reading and writing benchmarks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from benchmark_samples import RICH, benchmark_of, corpora
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from spoiling import spoiled

import ecei_rules as er
from ecei_rules._files import read_document
from ecei_rules.documents.resources import schema

if TYPE_CHECKING:
    from ecei_rules.interviews.interview import Interview

SCHEMA = Draft202012Validator(schema("benchmark"))


@given(corpora())
def test_written_benchmark_reads_as_it_was(corpus: list[Interview]) -> None:
    """
    Both readers give it back, and the text fits the schema.
    """
    benchmark = evolve(benchmark_of(corpus), extensions={"/x-note": "kept"})
    text = er.write_benchmark(benchmark)

    assert er.read_benchmark(text) == read_document(text) == benchmark
    assert er.write_benchmark(er.read_benchmark(text)) == text
    assert SCHEMA.is_valid(json.loads(text))


@given(st.data())
def test_reading_accepts_what_the_schema_accepts(data: st.DataObject) -> None:
    """
    A document is refused exactly if the schema refuses it, or if its values contradict
    each other.
    """
    document = json.loads(er.write_benchmark(RICH))
    document = data.draw(spoiled(document))

    try:
        er.read_benchmark(json.dumps(document))
    except er.InvalidDocument as error:
        contradictions = {"ECEI213", "ECEI441", "ECEI443", "ECEI444"}
        accepted = {each.code for each in error.problems} <= contradictions
    else:
        accepted = True
    # 1.0 is a whole number in JSON, and 10**30 has no fraction in Python alone
    assert SCHEMA.is_valid(document) is accepted


def test_first_version_is_refused() -> None:
    """
    It gave away answers, so its document is not read, and the hint says what to do.
    """
    document = json.loads(er.write_benchmark(RICH)) | {"format": "ecei-benchmark/1"}

    with pytest.raises(er.UnsupportedFormat) as raised:
        er.read_benchmark(json.dumps(document))

    (problem,) = raised.value.problems
    assert problem.code == "ECEI202"
    assert problem.message == (
        'this library reads version 2 of the format, found "ecei-benchmark/1"'
    )
    assert problem.hint == (
        "build the benchmark again from the interviews, and withdraw this one: it gives away"
        " the answers of single organisations"
    )


def test_benchmark_is_loaded_from_a_path(tmp_path: Any) -> None:
    """
    `load_benchmark` reads the file of a path.
    """
    path = tmp_path / "benchmark.json"
    path.write_text(er.write_benchmark(RICH), encoding="utf-8")

    assert er.load_benchmark(path) == RICH
