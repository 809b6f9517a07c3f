"""
The public JSON parsing suite (nst/JSONTestSuite) against the verdicts kept here.

`python tests/json_suite.py FOLDER` reads every file of its folder `test_parsing` and
prints where the verdict is another than the one in json-parsing-suite.json. The suite
itself is not part of this project, whose own texts stand in json-texts.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import ecei_rules as er
from ecei_rules.reading import MAX_SIZE, format_of

RECORDED = Path(__file__).parent / "json-parsing-suite.json"


def accepted(path: Path) -> bool:
    """Whether a file is strict JSON, whatever it holds."""
    try:
        format_of(path.read_bytes(), name=path.name, max_size=MAX_SIZE)
    except er.InvalidDocument as error:
        return all(each.code.startswith("ECEI2") for each in error.problems)
    return True


def main(folder: str) -> int:
    """Compare and return the exit code."""
    recorded: dict[str, bool] = json.loads(RECORDED.read_text(encoding="utf-8"))
    found = {path.name: accepted(path) for path in sorted(Path(folder).glob("*.json"))}
    differing = [name for name in {**recorded, **found} if recorded.get(name) != found.get(name)]
    sys.stdout.write("".join(f"{name}: {found.get(name)}\n" for name in differing))
    sys.stdout.write(f"{len(found)} files, {len(differing)} other than recorded\n")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
