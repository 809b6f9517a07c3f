"""The page that shows the measurements."""

from __future__ import annotations

import os
import platform
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ecei_rules._version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

BEGIN = "<!-- the output of python -m benchmarks --write docs/speed.md -->\n"
END = "<!-- end of the output -->\n"
PACKAGES = ("attrs", "cattrs", "jsonschema")


def circumstances(arguments: Sequence[str]) -> str:
    """Return the command, the date, the machine and the versions."""
    command = " ".join(["python -m benchmarks", *arguments])
    today = datetime.now().astimezone().date()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"`{command}` on {today} with ecei_rules {VERSION}, {platform.python_implementation()}"
        f" {platform.python_version()}, {packages}; {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} processors ({_processor()}).\n"
    )


def _processor() -> str:
    """Return the model of the processor, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or "model not known")


def with_measurements(page: str, measurements: str) -> str:
    """
    Return a page with other measurements between its two comments.

    Raises:
        ValueError: the page does not have the comments.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        msg = f"the page has no lines {BEGIN.strip()} and {END.strip()}"
        raise ValueError(msg)
    return f"{before}{begin}\n{measurements}\n{end}{after}"
