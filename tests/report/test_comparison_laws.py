"""docs/comparing.md: laws of the explanation of a comparison."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from small_worlds import World, small_interviews, worlds

from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import Verdict
from ecei_rules.report.text.comparison import explain_comparison, markdown_comparison


class TestLaws:
    """Laws for every pair of rulesets."""

    @given(st.data(), worlds())
    def test_no_line_is_wider_than_a_terminal(self, data: st.DataObject, world: World) -> None:
        """
        No line has more than 100 columns or ends with a space.
        """
        base = data.draw(st.none() | small_interviews(world, complete=False))
        text = explain_comparison(compare_rulesets(world.old, world.new, base=base))

        lines = text.splitlines()
        assert [line for line in lines if len(line) > 100 or line != line.rstrip()] == []
        assert text.endswith("\n")
        assert not text.endswith("\n\n")

    @given(worlds())
    def test_every_row_has_the_cells_of_its_heading(self, world: World) -> None:
        """
        A cell never breaks a table.
        """
        widths: list[int] = []
        for line in markdown_comparison(compare_rulesets(world.old, world.new)).splitlines():
            if line.startswith("|"):
                widths.append(len(re.findall(r"(?<!\\)\|", line)))
            elif widths:
                assert len(set(widths)) == 1
                widths = []

    @given(worlds())
    def test_text_and_markdown_have_every_change(self, world: World) -> None:
        """
        With its code and its subject.
        """
        comparison = compare_rulesets(world.old, world.new)
        for written in (explain_comparison(comparison), markdown_comparison(comparison)):
            for change in comparison.changes:
                assert change.code in written
                assert change.subject in written

    @given(worlds())
    def test_verdict_agrees_with_losses_and_gains(self, world: World) -> None:
        """
        Nobody loses if the new ruleset is looser or equivalent; nobody gains if stricter.
        """
        comparison = compare_rulesets(world.old, world.new)
        text = explain_comparison(comparison)
        verdict = comparison.label.verdict

        if "Nothing differs." not in text:
            assert ("Who loses it: nobody" in text) == (
                verdict in (Verdict.EQUIVALENT, Verdict.LOOSER)
            )
            assert ("Who gains it: nobody" in text) == (
                verdict in (Verdict.EQUIVALENT, Verdict.STRICTER)
            )
