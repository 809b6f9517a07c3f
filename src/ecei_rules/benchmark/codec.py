"""The JSON form of a benchmark."""

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
    """Return the digest of a benchmark, as `digest` does for other documents."""
    return digest_of(document(benchmark, CODEC))


def restore_benchmark(members: Members) -> Benchmark:
    """Build a benchmark from members that fit the schema."""
    return converter(CODEC).structure(members, Benchmark)


def restore_quickly(members: Members) -> Benchmark:
    """
    Build a benchmark from members that may not fit the schema.

    The schema checks only the first number of each list, because the values themselves
    check all of them.

    Raises:
        Exception: something does not fit.
    """
    from ecei_rules.documents.shape import shape_problems

    with_format = {"format": "ecei-benchmark/1", **_thinned(members)}
    problem = next(shape_problems("benchmark", with_format), None)
    if problem is not None:
        raise Refused([problem])
    return converter(CODEC, all_errors=False).structure(members, Benchmark)


def _thinned(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: member[:1]
            if name in ("values", "counts") and isinstance(member, list)
            else _thinned(member)
            for name, member in value.items()
        }
    return [_thinned(item) for item in value] if isinstance(value, list) else value
