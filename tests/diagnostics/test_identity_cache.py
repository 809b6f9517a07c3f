"""What is made from a large value is made once for each value."""

from __future__ import annotations

from ecei_rules.diagnostics.identity_cache import cached_by_identity


def test_equal_values_are_told_apart() -> None:
    """
    A value is found by its identity, and never compared.
    """
    made: list[list[int]] = []

    @cached_by_identity
    def length(value: list[int]) -> int:
        made.append(value)
        return len(value)

    one, equal = [1, 2], [1, 2]

    assert [length(one), length(one), length(equal)] == [2, 2, 2]
    assert made == [one, equal]


def test_results_stay_right_for_any_number_of_values() -> None:
    """
    Values that are no longer kept give their identity to others.
    """
    first = cached_by_identity(lambda value: value[0])

    assert [first([number]) for number in range(500)] == list(range(500))
