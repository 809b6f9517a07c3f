"""docs/speed.md: when the command ends with 1, and what it prints."""

from __future__ import annotations

import pytest
from benchmarks.page import BEGIN, END, with_measurements
from benchmarks.targets import Target, is_failure, table, verdict

HALF = Target("half", "this", "that", 0.5)
FORTIETH = Target("fortieth", "a part", "that", 1 / 40)
MEMORY = Target("memory", "memory of this", "memory for one", 4, "MB")


class TestVerdict:
    """docs/speed.md: "missed by more than 15 %, or cannot be measured yet"."""

    @pytest.mark.parametrize(
        ("measured", "expected"),
        [
            ([0.5, 0.5, 0.5], "reached"),
            ([0.51, 0.51, 0.51], "missed, within 15 %"),
            ([0.57, 0.57, 0.57], "missed, within 15 %"),
            ([0.58, 0.58, 0.58], "missed"),
            ([], "not there yet"),
        ],
    )
    def test_at_its_bounds(self, measured: list[float], expected: str) -> None:
        """
        A half and 15 % are 0.575.
        """
        assert verdict(HALF, measured) == expected

    def test_is_that_of_the_median(self) -> None:
        """
        One slow run of three changes nothing, two do.
        """
        assert verdict(HALF, [9, 0.4, 0.5]) == "reached"
        assert verdict(HALF, [9, 0.4, 9]) == "missed"

    def test_of_any_target_decides(self) -> None:
        """
        The margin is for noise, so what is within it is no failure.
        """
        assert not is_failure([])
        assert not is_failure(["reached", "missed, within 15 %"])
        assert is_failure(["reached", "missed"])
        assert is_failure(["not there yet"])


def test_table_has_a_row_for_each_target() -> None:
    """
    Numbers below 1 have three figures, others two decimals at most.
    """
    text = table([HALF, FORTIETH, MEMORY], {"memory": [4.256, 3, 11], "fortieth": [0.4889]})

    assert text == (
        "| what | against | at most | measured | verdict |\n"
        "| --- | --- | --: | --: | --- |\n"
        "| this | that | 0.5 | - | not there yet |\n"
        "| a part | that | 0.025 | 0.489 | missed |\n"
        "| memory of this | memory for one | 4 MB | 4.26 MB | missed, within 15 % |\n"
    )


class TestPage:
    """docs/speed.md: "the tables below"."""

    def test_keeps_its_prose(self) -> None:
        """
        Only what is between the comments is replaced.
        """
        page = f"# Speed\n{BEGIN}\nold\n{END}and more\n"

        assert with_measurements(page, "new\n") == f"# Speed\n{BEGIN}\nnew\n\n{END}and more\n"

    def test_needs_the_comments(self) -> None:
        """
        Otherwise a page would lose its end.
        """
        with pytest.raises(ValueError, match="the page has no lines <!-- the output"):
            with_measurements(f"# Speed\n{BEGIN}", "new\n")
