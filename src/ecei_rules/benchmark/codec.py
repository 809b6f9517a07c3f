"""How a benchmark is written in a document."""

from __future__ import annotations

from typing import Any

from ecei_rules.benchmark.benchmark import Benchmark
from ecei_rules.benchmark.distribution import Numbers, Options, Parts
from ecei_rules.documents.converter import Codec, converter, document
from ecei_rules.documents.digest import digest_of
from ecei_rules.documents.stages import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.converter import Members

CODEC = Codec(
    families=({"numbers": Numbers, "options": Options, "parts": Parts},),
    formats={Benchmark: "ecei-benchmark/1"},
)


def benchmark_digest(benchmark: Benchmark) -> str:
    """The digest of a benchmark, as `digest` gives it of other documents."""
    return digest_of(document(benchmark, CODEC))


def restore_benchmark(members: Members) -> Benchmark:
    """The benchmark that well-shaped members describe."""
    return converter(CODEC).structure(members, Benchmark)


def restore_quickly(members: Members) -> Benchmark:
    """
    The benchmark that members describe, if they have the shape.

    Of the many numbers only the first of each list is held against the schema, since the
    values see to all of them.

    Raises:
        Exception: something does not fit.
    """
    from ecei_rules.documents.shape import shape_problems

    stated = {"format": "ecei-benchmark/1"}
    found = next(shape_problems("benchmark", stated | _thinned(members)), None)
    if found is not None:
        raise Refused([found])
    return converter(CODEC, all_errors=False).structure(members, Benchmark)


def _thinned(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: each[:1]
            if name in ("values", "counts") and isinstance(each, list)
            else _thinned(each)
            for name, each in value.items()
        }
    return [_thinned(each) for each in value] if isinstance(value, list) else value
