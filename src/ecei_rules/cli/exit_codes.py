"""The exit codes of commands."""

from __future__ import annotations

DONE, FOUND, MISUSED, INTERRUPTED = 0, 1, 2, 130
