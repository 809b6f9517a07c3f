"""
Measures the time of reading registers of several sizes, for each row.

Run `python benchmarks/register.py`; nothing here is a test.
"""

from __future__ import annotations

import time

import ecei_rules as er

SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Print the times, after a first reading that loads the code."""
    er.read_register("Example Cluster Food industry 2024/03/31")
    for rows in SIZES:
        page = "\n".join(f"Example Cluster {n} Food industry 2024/03/31" for n in range(rows))
        begun = time.process_time()
        er.read_register(page)
        seconds = time.process_time() - begun
        print(f"register of {rows:7,} rows {seconds / rows * 1e6:8.1f} us for each row", flush=True)


if __name__ == "__main__":
    main()
