"""
How reading grows with the size of documents that are made to be dear to read.

`python benchmarks/hostile.py` prints, for each shape, the times of a size, of twice and of
four times as much, and by how much each doubling made it longer; `python
benchmarks/hostile.py 1000000` begins with that many characters. Nothing here is a test.
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
    """Print the figures."""
    print(f"{'shape':32} {'characters':>10}   {'seconds':>26}   {'ratios':>11}")
    for name, (reader, made) in SHAPES.items():
        taken = []
        for times in (1, 2, 4):
            text = made(times * int(size))
            begun = time.perf_counter()
            with suppress(er.InvalidDocument):
                reader(text)
            taken.append(time.perf_counter() - begun)
        seconds = " ".join(f"{each:8.3f}" for each in taken)
        ratios = " ".join(f"{after / before:5.1f}" for before, after in pairwise(taken))
        print(f"{name:32} {len(text):10,}   {seconds}   {ratios}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
