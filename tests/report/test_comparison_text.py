"""docs/comparing.md: the explanation of a comparison."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from harbour import EDITION, at_least, open_to_all, ruleset

import ecei_rules as er
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass, Comparison, Shares
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import Conducted
from ecei_rules.report.text.comparison import explain_comparison, markdown_comparison

SIZES = (
    "  These are numbers of possible answers and not likelihoods: they do not show how many"
    " organisations\n"
    "  answer in one way or another.\n"
)
OLD = ruleset(
    "2024-02",
    {
        "staffed": at_least("cranes", 2, dimension="quay"),
        "open-to-all": open_to_all(title={"en": "Open | to <all>"}),
    },
)
NEW = ruleset("2025-02", {"staffed": at_least("cranes", 4, dimension="quay")})


def section(text: str, title: str) -> str:
    """Return the lines of one section of a text, without its title."""
    (part,) = [each for each in text.split("\n\n") if each.startswith(title)]
    return part.partition("\n")[2]


def interview(cranes: int, *, open_: bool | None = None, version: str = "2025-01") -> er.Interview:
    """Return an interview of a harbour on 2025-03-18."""
    return er.Interview(
        EDITION.catalogue("harbour", version),
        Cluster("Example Harbour", "NL"),
        Conducted(date(2025, 3, 18)),
        {"cranes": cranes},
        facts={} if open_ is None else {"open": open_},
    )


class TestWholeTexts:
    """Whole texts, for pairs worked out by hand."""

    def test_incomparable_rulesets(self) -> None:
        """
        Fewer than 2, 2 or 3, and 4 cranes or more, open or not: six classes of interviews,
        of which one is awarded by both, one by each alone, and three by neither.
        """
        assert explain_comparison(compare_rulesets(OLD, NEW)) == (
            "The rules that decide are documented.\n"
            "bronze@2024-02 (old) compared with bronze@2025-02 (new): incomparable\n"
            "Harbour bronze. Outcomes are those of complete interviews held on 2025-02-01;"
            " examples differ from\n"
            "the best interview in as few answers as possible.\n"
            "\n"
            "Class of change: incomparable\n"
            "  Each ruleset awards interviews that the other one refuses.\n"
            "\n"
            "The label: incomparable\n"
            "  Each ruleset awards interviews that the other one refuses.\n"
            "  - Who loses it: for example the best interview with\n"
            "    - Cranes [cranes]: 2 instead of 4\n"
            "  - It does not meet these requirements of bronze@2025-02\n"
            '    - "cranes": at least 4 [staffed]\n'
            "  - Who gains it: for example the best interview with\n"
            "    - Open to all [open]: no instead of yes\n"
            "  - It does not meet these requirements of bronze@2024-02\n"
            "    - Open | to <all> [open-to-all]\n"
            "\n"
            "Numbers of ways to answer\n"
            "  The two rulesets distinguish 6 ways to answer.\n"
            "  - awarded by both: 1 (1/6, 16.7 %)\n"
            "  - awarded by the old ruleset alone: 1 (1/6, 16.7 %)\n"
            "  - awarded by the new ruleset alone: 1 (1/6, 16.7 %)\n"
            f"  - awarded by neither: 3 (1/2, 50.0 %)\n{SIZES}"
            "\n"
            "Dimensions\n"
            "  - The quay: stricter; lost with another answer to Cranes [cranes]\n"
            "\n"
            "Days\n"
            "  The days of a label: the same in every situation.\n"
            "\n"
            "Ruleset, period in force: 1 change\n"
            "  - ECEI532 in force: the first day changed from 2024-02-01 to 2025-02-01"
            " (ruleset /in_force/from)\n"
            "\n"
            "Ruleset, criteria: 2 changes\n"
            '  - ECEI547 staffed: the bound of "staffed" moved from at least 2 to at least 4'
            " (ruleset\n"
            "    /criteria/0/when/at_least)\n"
            '  - ECEI561 open-to-all: the required criterion was removed: "open": yes'
            " (ruleset /criteria/1)\n"
        )

    def test_markdown_has_the_same_with_tables(self) -> None:
        """
        Headings and tables; what a document holds is text, with pipes and brackets too.
        """
        assert markdown_comparison(compare_rulesets(OLD, NEW)) == (
            "# bronze@2024-02 (old) compared with bronze@2025-02 (new): incomparable\n"
            "\n"
            "> The rules that decide are documented.\n"
            "\n"
            "Harbour bronze. Outcomes are those of complete interviews held on 2025-02-01;"
            " examples differ from the best interview in as few answers as possible.\n"
            "\n"
            "## Class of change: incomparable\n"
            "\n"
            "Each ruleset awards interviews that the other one refuses.\n"
            "\n"
            "## The label: incomparable\n"
            "\n"
            "Each ruleset awards interviews that the other one refuses.\n"
            "\n"
            "- Who loses it: for example the best interview with\n"
            "  - Cranes \\[cranes\\]: 2 instead of 4\n"
            "- It does not meet these requirements of bronze@2025-02\n"
            '  - "cranes": at least 4 \\[staffed\\]\n'
            "- Who gains it: for example the best interview with\n"
            "  - Open to all \\[open\\]: no instead of yes\n"
            "- It does not meet these requirements of bronze@2024-02\n"
            "  - Open \\| to &lt;all&gt; \\[open-to-all\\]\n"
            "\n"
            "## Numbers of ways to answer\n"
            "\n"
            "The two rulesets distinguish 6 ways to answer.\n"
            "\n"
            "| Interviews | Ways to answer | Share |\n"
            "|---|---|---|\n"
            "| awarded by both | 1 | 1/6, 16.7 % |\n"
            "| awarded by the old ruleset alone | 1 | 1/6, 16.7 % |\n"
            "| awarded by the new ruleset alone | 1 | 1/6, 16.7 % |\n"
            "| awarded by neither | 3 | 1/2, 50.0 % |\n"
            "\n"
            "These are numbers of possible answers and not likelihoods: they do not show how many"
            " organisations answer in one way or another.\n"
            "\n"
            "## Dimensions\n"
            "\n"
            "| Dimension | Verdict | Examples |\n"
            "|---|---|---|\n"
            "| The quay | stricter | lost with another answer to Cranes \\[cranes\\] |\n"
            "\n"
            "## Days\n"
            "\n"
            "```text\n"
            "The days of a label: the same in every situation.\n"
            "```\n"
            "\n"
            "## Ruleset, period in force: 1 change\n"
            "\n"
            "| Code | Subject | Change | Old | New |\n"
            "|---|---|---|---|---|\n"
            "| ECEI532 | in force | the first day changed from 2024-02-01 to 2025-02-01"
            " | ruleset /in\\_force/from | ruleset /in\\_force/from |\n"
            "\n"
            "## Ruleset, criteria: 2 changes\n"
            "\n"
            "| Code | Subject | Change | Old | New |\n"
            "|---|---|---|---|---|\n"
            '| ECEI547 | staffed | the bound of "staffed" moved from at least 2 to at least 4'
            " | ruleset /criteria/0/when/at\\_least | ruleset /criteria/0/when/at\\_least |\n"
            '| ECEI561 | open-to-all | the required criterion was removed: "open": yes'
            " | ruleset /criteria/1 |  |\n"
        )

    def test_same_ruleset_has_no_differences(self) -> None:
        """
        Where nothing differs, one sentence says so, and nothing else is said.
        """
        assert explain_comparison(compare_rulesets(OLD, OLD)) == (
            "The rules that decide are documented.\n"
            "bronze@2024-02 (old) compared with bronze@2024-02 (new): editorial\n"
            "Harbour bronze. Outcomes are those of complete interviews held on 2024-02-01;"
            " examples differ from\n"
            "the best interview in as few answers as possible.\n"
            "\n"
            "Class of change: editorial\n"
            "  Nothing differs.\n"
        )


class TestNobody:
    """Why nobody loses or gains a label is said with the criteria that exclude it."""

    def test_the_reasons_are_grouped(self) -> None:
        """
        What nothing fails, what has the same name, and what follows from others.
        """
        old = ruleset("2024-02", {"staffed": at_least("cranes", 2)})
        new = ruleset(
            "2025-02",
            {
                "answered": {"kind": "complete"},
                "staffed": at_least("cranes", 2),
                "crane-there": at_least("cranes", 1),
            },
        )

        said = section(explain_comparison(compare_rulesets(old, new)), "The label: equivalent")

        assert said == (
            "  Both rulesets award the same interviews.\n"
            "  - Who loses it: nobody; every interview that bronze@2024-02 awards meets all"
            " requirements of\n"
            "    bronze@2025-02\n"
            "    - every complete interview meets answered\n"
            "    - bronze@2024-02 requires as much under the same name: staffed\n"
            "    - crane-there follows from staffed of bronze@2024-02\n"
            "  - Who gains it: nobody; every interview that bronze@2025-02 awards meets all"
            " requirements of\n"
            "    bronze@2024-02\n"
            "    - bronze@2025-02 requires as much under the same name: staffed"
        )

    def test_ruleset_without_requirements_refuses_nobody(self) -> None:
        """
        A ruleset with advice alone refuses nobody.
        """
        lax = ruleset("2024-02", {"staffed": at_least("cranes", 2, severity="advisory")})

        said = section(explain_comparison(compare_rulesets(NEW, lax)), "The label: looser")

        assert said == (
            "  The new ruleset awards interviews that the old one refuses, and refuses none that"
            " the old one\n"
            "  awards.\n"
            "  - Who loses it: nobody; bronze@2024-02 requires nothing\n"
            "  - Who gains it: for example the best interview with\n"
            "    - Cranes [cranes]: 2 instead of 4\n"
            "  - It does not meet these requirements of bronze@2025-02\n"
            '    - "cranes": at least 4 [staffed]'
        )


class TestExamples:
    """A witness is said by what it answers otherwise than the interview it is made from."""

    def test_given_interview_is_named(self) -> None:
        """
        With 5 cranes it is awarded by both; what it leaves open is said to be filled in.
        """
        text = explain_comparison(compare_rulesets(OLD, NEW, base=interview(5)))

        assert (
            "Outcomes are those of complete interviews held on 2025-03-18; examples differ from\n"
            "the interview of Example Harbour in as few answers as possible, and what it leaves"
            " open is answered\n"
            "in the best way.\n"
        ) in text
        assert "Who loses it: for example the interview of Example Harbour with\n" in text
        assert "Cranes [cranes]: 2 instead of 5\n" in text

    def test_given_interview_can_be_the_example(self) -> None:
        """
        With 3 cranes it loses the label without any other answer, in its dimension too.
        """
        text = explain_comparison(compare_rulesets(OLD, NEW, base=interview(3, open_=True)))

        assert "Who loses it: for example the interview of Example Harbour as it is\n" in text
        assert "The quay: stricter; lost by the interview of Example Harbour\n" in text

    def test_example_with_another_history_and_improvements(self) -> None:
        """
        Without the criteria of two benchmarkings old ones are enough, and without that of
        three improvements none.
        """
        silver = er.shipped().ruleset("silver", version="2014-10")
        without, fewer = (
            evolve(silver, criteria=[each for each in silver.criteria if each.id not in names])
            for names in (("benchmarked-twice", "benchmarked-recently"), ("improvements-shown",))
        )

        days = explain_comparison(compare_rulesets(without, silver))
        counted = explain_comparison(compare_rulesets(fewer, silver))

        assert re.search(
            r"- Bronze benchmarked before: [-0-9, ]+ instead of [-0-9]+,\s+[-0-9]+", days
        )
        assert "Improvements confirmed: 0 instead of 3\n" in counted

    def test_award_is_shown_with_its_end(self) -> None:
        """
        An award before counts as an event with a last day.
        """
        earlier = {"kind": "history", "label": "bronze", "event": "awarded"}
        new = ruleset("2025-02", {"staffed": at_least("cranes", 4), "held": earlier})

        text = explain_comparison(compare_rulesets(NEW, new))

        assert re.search(
            r"- Bronze awarded before: never instead of [-0-9]+ \(until [-0-9]+\)", text
        )


class TestCatalogues:
    """What only one of two catalogues asks is said, and what is needed now."""

    def test_questions_in_one_catalogue_are_named(self) -> None:
        """
        The new edition asks for berths and whether the harbour is open, and not for cranes.
        """
        old = ruleset("2024-02", {"staffed": at_least("cranes", 2)}, judges="2024-01")
        new = ruleset(
            "2025-02",
            {"spacious": at_least("berths", 2), "open-to-all": open_to_all()},
            judges="2026-01",
        )
        comparison = compare_rulesets(old, new)
        text = explain_comparison(comparison)

        assert comparison.change_class is ChangeClass.INCOMPARABLE
        assert section(text, "Class of change") == (
            "  Each ruleset awards interviews that the other one refuses. Interviews that were"
            " complete lack\n"
            "  answers that the new ruleset requires: Berths [berths], Open to all [open]."
        )
        assert section(text, "Questions in only one of the catalogues") == (
            "  - only harbour@2024-01 (old): Cranes [cranes]\n"
            "  - only harbour@2026-01 (new): Berths [berths], Open to all [open]\n"
            "  An answer in only one of the catalogues is independent of all others.\n"
        )

    def test_only_the_new_catalogue_has_more_questions(self) -> None:
        """
        Where the old catalogue asks nothing of its own, it is not named.
        """
        old = ruleset("2024-02", {"staffed": at_least("cranes", 2)}, judges="2024-01")
        new = ruleset("2025-02", {"staffed": at_least("cranes", 2), "open-to-all": open_to_all()})
        text = explain_comparison(compare_rulesets(old, new))

        assert section(text, "Class of change: data-breaking") == (
            "  Interviews that were complete lack answers that the new ruleset requires: Open to"
            " all [open].\n"
            "  Somebody who has the label can lose it."
        )
        assert "harbour@2024-01 (old)" not in text


def reworded(comparison: Comparison, **changes: Any) -> Comparison:
    """Change the findings; *verdict* and *beyond* are those of the label."""
    label = {name: changes.pop(name) for name in ("verdict", "beyond", "shares") if name in changes}
    return evolve(comparison, label=evolve(comparison.label, **label), **changes)


class TestClasses:
    """A sentence explains each class of change."""

    def test_wording_alone(self) -> None:
        """
        Another title is editorial, and is summed up at the end.
        """
        new = evolve(OLD, title=er.Text({"en": "Harbour silver"}))
        text = explain_comparison(compare_rulesets(OLD, new))

        assert "Harbour bronze; Harbour silver. Outcomes" in text
        assert section(text, "Class of change: editorial") == (
            "  Only wording or the evidence for a rule differs; no outcome and no day does."
        )
        assert section(text, "Wording, sources and evidence: 1 change") == (
            "  - ECEI592 ruleset reworded: title\n"
        )

    def test_holders_are_safe(self) -> None:
        """
        With one criterion less nobody loses the label.
        """
        new = evolve(OLD, version="2025-02", criteria=OLD.criteria[:1])
        text = explain_comparison(compare_rulesets(OLD, new))

        assert section(text, "Class of change: holder-safe") == (
            "  Nobody who has the label can lose it, or hold it for a shorter time."
        )

    def test_holders_are_affected_by_outcomes_and_by_days(self) -> None:
        """
        A higher bound can cost the label, and one year instead of two is a shorter time.
        """
        days = evolve(OLD.validity, first=evolve(OLD.validity.first, years=1))
        shorter = evolve(OLD, version="2025-02", validity=days)
        stricter = ruleset(
            "2025-02", {"staffed": at_least("cranes", 4), "open-to-all": open_to_all()}
        )
        texts = [explain_comparison(compare_rulesets(OLD, each)) for each in (stricter, shorter)]

        assert [section(text, "Class of change: holder-affecting") for text in texts] == [
            "  Somebody who has the label can lose it.",
            "  A label can end earlier, or be renewable for a shorter time.",
        ]

    def test_beyond_the_method_the_reason_is_given(self) -> None:
        """
        Without a verdict, an example or a number; each reason once.
        """
        comparison = compare_rulesets(OLD, NEW)
        why = "an answer with so many conditions is beyond the method"
        scopes = [
            evolve(each, verdict=None, lost=None, gained=None, shares=None, beyond=[why, why])
            for each in (comparison.label, *comparison.dimensions)
        ]
        text = explain_comparison(
            evolve(comparison, label=scopes[0], dimensions=scopes[1:], origin=None)
        )

        assert section(text, "Class of change: incomparable") == (
            "  It is not known which interviews gain the label or lose it."
        )
        assert section(text, "The label: not known") == (
            "  - Who loses it: not known\n  - Who gains it: not known"
        )
        assert section(text, "Dimensions") == "  - The quay: not known"
        assert section(text, "Not analysed: beyond the method") == (
            f"  - the label, The quay: {why}\n"
        )
        assert "Numbers of ways" not in text
        assert "held on 2025-02-01.\n" in text

    def test_without_shared_dimensions_there_are_none(self) -> None:
        """
        Nor is there a heading.
        """
        assert "Dimensions" not in explain_comparison(
            evolve(compare_rulesets(OLD, NEW), dimensions=())
        )


class TestEvidence:
    """Illustrative values are never presented as official."""

    def test_deciding_illustrative_values_give_a_notice(self) -> None:
        """
        A required criterion without provenance is illustrative.
        """
        guess = ruleset(
            "2025-02", {"staffed": at_least("cranes", 4, provenance={"status": "illustrative"})}
        )
        for text in map(
            explain_comparison, (compare_rulesets(OLD, guess), compare_rulesets(guess, OLD))
        ):
            assert text.startswith(
                "NOT OFFICIAL: illustrative values of this project decide here, not the scheme"
                " owner's.\n"
            )

    def test_other_illustrative_values_are_mentioned(self) -> None:
        """
        Advice does not decide and is not official either.
        """
        advice = at_least("cranes", 6, severity="advisory", provenance={"status": "illustrative"})
        new = ruleset("2025-02", {"staffed": at_least("cranes", 4), "more": advice})

        assert explain_comparison(compare_rulesets(OLD, new)).startswith(
            "The rules that decide are documented; other values are illustrative, not official.\n"
        )

    @pytest.mark.parametrize("label", ["silver", "gold"])
    def test_floors_of_silver_and_gold_are_not_official(self, label: str) -> None:
        """
        The floors are documented; the gradings behind them are not.
        """
        newest = [each for each in er.shipped().rulesets if each.label == label][-1]

        assert explain_comparison(compare_rulesets(newest, newest)).startswith("NOT OFFICIAL")


class TestShares:
    """Sizes are exact, and no share of them is rounded to none or to all."""

    @pytest.mark.parametrize(
        ("shares", "said"),
        [
            (Shares(0, 0, 0, 7), ["none", "none", "none", "7 (all)"]),
            (
                Shares(1, 999, 0, 0),
                ["1 (1/1000, 0.1 %)", "999 (999/1000, 99.9 %)", "none", "none"],
            ),
            (
                Shares(1, 5**40 - 1, 0, 0),
                [
                    "1 (less than 0.1 %)",
                    "9,094,947,017,729,282,379,150,390,624 (more than 99.9 %)",
                    "none",
                    "none",
                ],
            ),
            (
                Shares(1, 1001, 2, 3),
                [
                    "1 (1/1007, less than 0.1 %)",
                    "1,001 (1001/1007, 99.4 %)",
                    "2 (2/1007, 0.2 %)",
                    "3 (3/1007, 0.3 %)",
                ],
            ),
        ],
        ids=str,
    )
    def test_a_share_is_a_number_a_fraction_and_a_percentage(
        self, shares: Shares, said: list[str]
    ) -> None:
        """
        A fraction of more than four digits is left out; what is there is never 0 %.
        """
        comparison = compare_rulesets(OLD, NEW)
        text = explain_comparison(evolve(comparison, label=evolve(comparison.label, shares=shares)))
        found = section(text, "Numbers of ways to answer")
        lines = [line for line in found.splitlines() if line.startswith("  - ")]

        assert f" {shares.total:,} ways " in found
        assert [line.partition(": ")[2] for line in lines] == said

    def test_of_no_classes_none_is_awarded(self) -> None:
        """
        Where answers have nothing in common there is no class, and 0 % of none.
        """
        assert Shares(0, 0, 0, 0).percent(0) == 0


class TestEscapes:
    """Texts of documents stay text."""

    def test_title_cannot_steer_a_terminal_or_a_page(self) -> None:
        """
        Escape sequences, line breaks, pipes, tags and Markdown marks are shown as they are.
        """
        hostile = "a\x1b[31m\n| *b* <script> `c` & [d](e)"
        criterion = at_least("cranes", 4, title={"en": hostile})
        comparison = compare_rulesets(OLD, ruleset("2025-02", {"staffed": criterion}))

        assert "- a\\u001b[31m\\u000a| *b* <script> `c` & [d](e) [staffed]\n" in (
            explain_comparison(comparison)
        )
        assert (
            "- a\\\\u001b\\[31m\\\\u000a\\| \\*b\\* &lt;script&gt; \\`c\\` &amp; \\[d\\](e)"
            " \\[staffed\\]\n"
        ) in markdown_comparison(comparison)
