"""Which answers to one question have the same grade."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any, assert_never

from ecei_rules.rulesets.conditions import (
    COMPARE,
    AllOf,
    AnyOf,
    Includes,
    OneOf,
    Threshold,
    measure,
    selected_options,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.ruleset import Grade

    #: Whether a condition holds for an answer in an interview of a day.
    Test = Callable[[Any, date], bool]


def level_function(grades: Sequence[Grade]) -> Callable[[Any, date], int]:
    """
    Return a function to which answers of different grades are different numbers.

    It takes an answer that is not `NotApplicable`, and the day of the interview.
    """
    conditions = [each.when for each in grades if each.when]
    if all(isinstance(each, Threshold) and each.measure == "value" for each in conditions):
        bounds = sorted({each.bound for each in conditions if isinstance(each, Threshold)})
        return lambda answer, _on: bisect_left(bounds, answer) + bisect_right(bounds, answer)
    tests = [condition_test(each) for each in conditions]

    def level(answer: Answer, on: date) -> int:
        for number, test in enumerate(tests):
            if test(answer, on):
                return number
        return len(tests)

    return level


def condition_test(condition: Condition) -> Test:
    """Return a function that tells what `holds` tells of a condition, in less time."""
    match condition:
        case AllOf(parts=parts):
            return _every(map(condition_test, parts))
        case AnyOf(parts=parts):
            return _some(map(condition_test, parts))
        case Threshold():
            return _threshold_test(condition)
        case OneOf(values=values):
            return lambda answer, _on: answer in values
        case Includes(options=options):
            return lambda answer, _on: selected_options(answer).issuperset(options)
        case unreachable:
            assert_never(unreachable)


def _every(tests: Iterable[Test]) -> Test:
    tests = tuple(tests)

    def every(answer: Answer, on: date) -> bool:
        for test in tests:  # noqa: SIM110 - it takes half the time of `all`
            if not test(answer, on):
                return False
        return True

    return every


def _some(tests: Iterable[Test]) -> Test:
    tests = tuple(tests)
    return lambda answer, on: any(test(answer, on) for test in tests)


def _threshold_test(threshold: Threshold) -> Test:
    compare: Callable[[Any, Any], bool] = COMPARE[threshold.comparison]
    options = frozenset(threshold.options)
    # whole numbers are compared faster with each other
    bound = int(threshold.bound) if threshold.bound % 1 == 0 else threshold.bound
    match threshold.measure:
        case "share_of":
            above, below = threshold.bound.as_integer_ratio()

            def share(answer: Any, _on: date) -> bool:
                total = sum(answer.values())
                counted = sum([n for name, n in answer.items() if name in options])
                # without a total the share is 0 %
                return compare(100 * counted * below, above * (total or 1))

            return share
        case "sum_of":
            return lambda answer, _on: compare(
                sum([n for name, n in answer.items() if name in options]), bound
            )
        case "types" if options:
            return lambda answer, _on: compare(
                len(options.intersection(selected_options(answer))), bound
            )
        case "value" | "years_ago" | "types":
            return lambda answer, on: compare(measure(threshold, answer, on)[0], bound)
        case unreachable:
            assert_never(unreachable)
