"""How far a command is that looks at many documents, for whoever waits at a terminal."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    T = TypeVar("T")


def counted(things: Iterable[T], *, printed: bool = True) -> Iterator[T]:
    """
    The things, one by one, while a terminal shows how many there were.

    Nothing is shown where messages do not go to a terminal, where results are *printed*
    to it meanwhile, or without the package rich.
    """
    if not sys.stderr.isatty() or (printed and sys.stdout.isatty()):
        yield from things
        return
    try:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    except ImportError:
        yield from things
        return
    columns = SpinnerColumn(), TextColumn("{task.completed:,.0f} documents"), TimeElapsedColumn()
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False
    ) as progress:
        yield from progress.track(things, total=None)
