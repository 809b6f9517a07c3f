"""A progress display on a terminal, for commands that read many documents."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    T = TypeVar("T")


def with_progress(documents: Iterable[T], *, printed: bool = True) -> Iterator[T]:
    """
    Yield documents one by one while a terminal shows how many there were.

    Nothing is shown where standard error is not a terminal, where results are *printed*
    to a terminal meanwhile, or without the package rich.
    """
    if not sys.stderr.isatty() or (printed and sys.stdout.isatty()):
        yield from documents
        return
    try:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    except ImportError:
        yield from documents
        return
    # a spinner that every encoding has
    spinner = SpinnerColumn("line")
    columns = spinner, TextColumn("{task.completed:,.0f} documents"), TimeElapsedColumn()
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False
    ) as progress:
        yield from progress.track(documents, total=None)
