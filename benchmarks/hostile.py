"""
Measures how the time of reading grows with the size of hostile documents.

`python benchmarks/hostile.py` prints, for each shape, the times of one, two and four times a
size, and the ratio of each doubling; `python benchmarks/hostile.py 1000000` begins with that
many characters. Nothing here is a test.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from hostile_shapes import SHAPES

import ecei_rules as er

SIZE = "100000"


def main(size: str = SIZE) -> None:
    """Print the times and ratios of every shape."""
    print(f"{'shape':32} {'characters':>10}   {'seconds':>26}   {'ratios':>11}")
    for name, (read, document) in SHAPES.items():
        times = []
        for factor in (1, 2, 4):
            text = document(factor * int(size))
            begun = time.perf_counter()
            with suppress(er.InvalidDocument):
                read(text)
            times.append(time.perf_counter() - begun)
        seconds = " ".join(f"{each:8.3f}" for each in times)
        ratios = " ".join(f"{after / before:5.1f}" for before, after in pairwise(times))
        print(f"{name:32} {len(text):10,}   {seconds}   {ratios}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
