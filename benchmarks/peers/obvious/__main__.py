"""`python -m benchmarks.peers.obvious FILE` prints the assessment of an interview."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.peers.obvious.assess import whole
from benchmarks.peers.obvious.interview import InvalidInterview


def main() -> int:
    """Assess a file."""
    try:
        print(whole(Path(sys.argv[1]).read_bytes()))
    except (InvalidInterview, ValueError, KeyError) as error:
        print(*error.args, sep="\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
