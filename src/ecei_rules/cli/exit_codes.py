"""The exit codes of commands."""

from __future__ import annotations

DONE, FOUND, MISUSED = 0, 1, 2
#: As a shell counts programs that a signal ended: 128 and the number of SIGINT or SIGPIPE.
INTERRUPTED, READER_LEFT = 130, 141
