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
def test_quick_reading_accepts_what_the_schema_accepts(data: st.DataObject) -> None:
    """
    The schema does not check every number one by one. Nevertheless a document is refused
    exactly if the schema refuses it, or if its values contradict each other.
    """
    document = json.loads(er.write_benchmark(RICH))
    document = data.draw(spoiled(document))

    try:
        er.read_benchmark(json.dumps(document))
    except er.InvalidDocument as error:
        contradictions = {"ECEI213", "ECEI441", "ECEI442", "ECEI443", "ECEI444"}
        accepted = {each.code for each in error.problems} <= contradictions
    else:
        accepted = True
    # 1.0 is a whole number in JSON, and 10**30 has no fraction in Python alone
    assert SCHEMA.is_valid(document) is accepted


@given(st.sampled_from([True, "1", None, [], {}]), st.data())
def test_no_number_of_a_list_escapes_the_check(odd: Any, data: st.DataObject) -> None:
    """
    Whatever its place in the list of values or of counts, an odd item is refused.
    """
    document = json.loads(er.write_benchmark(RICH))
    figures = data.draw(st.sampled_from(document["groups"][0]["figures"]))
    distribution = figures["distribution"]
    lists = [each for each in (distribution, *distribution.get("parts", ())) if "values" in each]
    if not lists:
        lists = [document["groups"][0]["figures"][0]["distribution"]]
    numbers = data.draw(st.sampled_from(lists))[data.draw(st.sampled_from(("values", "counts")))]
    numbers[data.draw(st.integers(0, len(numbers) - 1))] = odd

    with pytest.raises(er.InvalidDocument):
        er.read_benchmark(json.dumps(document))


def test_benchmark_is_loaded_from_a_path(tmp_path: Any) -> None:
    """
    `load_benchmark` reads the file of a path.
    """
    path = tmp_path / "benchmark.json"
    path.write_text(er.write_benchmark(RICH), encoding="utf-8")

    assert er.load_benchmark(path) == RICH
