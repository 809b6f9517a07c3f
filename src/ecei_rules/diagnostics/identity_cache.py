"""A cache for what is made once from a value that is large and never changes."""

from __future__ import annotations

from functools import wraps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    V = TypeVar("V")
    R = TypeVar("R")

#: The most values of a function that are kept.
_MOST = 64


def cached_by_identity(function: Callable[[V], R]) -> Callable[[V], R]:
    """
    Keep the results of a function for the values that it was called with, at most 64.

    Use it where the argument is a catalogue or a ruleset: two that are equal, and not the
    same, are compared part by part in a cache of the standard library, with each call.

    >>> read = []
    >>> once = cached_by_identity(read.append)
    >>> edition, equal = [1], [1]
    >>> once(edition), once(edition), once(equal), read
    (None, None, None, [[1], [1]])
    """
    # a value that is kept is alive, so no other one can have its identity
    kept: dict[int, tuple[V, R]] = {}

    @wraps(function)
    def lookup(value: V) -> R:
        entry = kept.get(id(value))
        if entry is not None:
            return entry[1]
        result = function(value)
        if len(kept) >= _MOST:
            kept.clear()
        kept[id(value)] = value, result
        return result

    return lookup
