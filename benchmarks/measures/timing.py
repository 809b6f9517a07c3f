"""Timing two ways to do the same in turns, in one process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

from attrs import frozen

FEWEST_ROUNDS = 3


@frozen
class Way:
    """
    A way to do something: a function, and a function that prepares its inputs.

    Inputs are prepared anew for each round, outside the time and by the number of the round,
    so that nothing kept on an input makes a later round cheaper.
    """

    prepare: Callable[[int], Iterable[Any]]
    call: Callable[[Any], object]


def medians(ways: dict[str, Way], seconds: float) -> dict[str, float]:
    """
    Return the median CPU time of one call of each way, in seconds.

    The ways take turns for at least some seconds, and 3 rounds.
    """
    found: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        _time(way, 0)
    gc.collect()
    gc.freeze()
    end = time.monotonic() + seconds
    rounds = 0
    while rounds < FEWEST_ROUNDS or time.monotonic() < end:
        rounds += 1
        for name, way in ways.items():
            found[name].append(_time(way, rounds))
    gc.unfreeze()
    return {name: median(each) for name, each in found.items()}


def _time(way: Way, number: int) -> float:
    inputs = list(way.prepare(number))
    call = way.call
    gc.collect()
    begun = time.process_time()
    for each in inputs:
        call(each)
    return (time.process_time() - begun) / len(inputs)
