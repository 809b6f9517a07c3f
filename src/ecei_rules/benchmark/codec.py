"""The JSON form of a benchmark."""

from __future__ import annotations

from ecei_rules.benchmark.benchmark import Benchmark
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
)
from ecei_rules.documents.converter import Codec, converter, document
from ecei_rules.documents.digest import digest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.converter import Members

CODEC = Codec(
    families=(
        {
            "numbers": Intervals,
            "options": OptionClasses,
            "chosen": Chosen,
            "part": PartIntervals,
            "grades": GradeClasses,
        },
    ),
    formats={Benchmark: "ecei-benchmark/2"},
)


def benchmark_digest(benchmark: Benchmark) -> str:
    """Return the digest of a benchmark, as `digest` does for other documents."""
    return digest_of(document(benchmark, CODEC))


def restore_benchmark(members: Members) -> Benchmark:
    """Build a benchmark from members that fit the schema."""
    return converter(CODEC).structure(members, Benchmark)
