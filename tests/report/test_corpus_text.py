"""A comparison on interviews: how much of it is listed, and how it is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import evolve
from corpus_samples import ASKED, STAFF, answered, catalogue, graded, members, required, rules

from ecei_rules.comparison.impact import corpus as corpus_comparison
from ecei_rules.comparison.impact.corpus import compare_on
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.provenance import Basis, Provenance
from ecei_rules.report.text.blocks import Report, as_markdown, sections_as_text
from ecei_rules.report.text.corpus import corpus_section
from ecei_rules.rulesets.criteria import Complete, ScoreReaches

if TYPE_CHECKING:
    import pytest

    from ecei_rules.cli.corpus import Read
    from ecei_rules.comparison.impact.corpus_outcomes import CorpusComparison

SURE = Provenance(Basis.DOCUMENTED)
HALF = ScoreReaches(Decimal(50), "percent")
OLD = rules(
    "1",
    required("points", HALF, provenance=SURE),
    required("members", members(15), provenance=SURE),
    grading={"members": graded(15, provenance=SURE)},
)
NEW = rules(
    "2",
    required("points", HALF, provenance=SURE),
    required("members", members(10)),
    required("staffed", STAFF, provenance=Provenance(Basis.INFERRED)),
    judges=evolve(
        ASKED, version="2024-02", facts=[*ASKED.facts, evolve(ASKED.facts[0], id="site")]
    ),
    grading={"members": graded(12, provenance=SURE)},
)


def broken(name: str, *messages: str) -> InvalidDocument:
    """A document with some problems, all in one place."""
    problems = [Problem("ECEI104", "", each, "look", line=3, column=1) for each in messages]
    return InvalidDocument(name, problems)


def lines(comparison: CorpusComparison) -> list[str]:
    """The section as text, without its title."""
    return sections_as_text([corpus_section(comparison)]).splitlines()[1:]


def markdown(comparison: CorpusComparison) -> str:
    """The section as Markdown, without its title."""
    return as_markdown(Report("", "", [], [corpus_section(comparison)])).split("\n\n", 2)[2]


class TestListed:
    """What is kept of many interviews."""

    def test_moves_and_broken_documents_are_listed_up_to_a_number(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The first are listed, and the causes and totals count all of them.
        """
        monkeypatch.setattr(corpus_comparison, "MOST_LISTED", 2)
        moving: list[Read] = [(f"file:{n}", answered(members=20)) for n in range(1, 5)]
        unread: list[Read] = [(f"file:{n}", broken("file", "no JSON")) for n in range(5, 8)]

        found = compare_on([*moving, *unread], OLD, NEW)

        assert [each.where for each in found.moves] == ["file:1", "file:2"]
        assert [each.where for each in found.broken] == ["file:5", "file:6"]
        assert (found.moved, found.unread, found.interviews) == (4, 3, 4)
        assert [(each.criterion, each.alone) for each in found.causes] == [("staffed", 4)]
        cut = [line for line in lines(found) if line.endswith("more, not listed")]
        assert cut == ["    - 2 more, not listed", "    - 1 more, not listed"]

    def test_a_thousand_are_listed(self) -> None:
        """
        That is the documented number.
        """
        assert corpus_comparison.MOST_LISTED == 1000


class TestWords:
    """docs: the table with totals, who moves and why, in plain words."""

    def test_every_part(self) -> None:
        """
        20 members were enough for both, so that the staff alone, of which nothing is said,
        leaves the label open. 12 members missed both old bounds, and meet the new ones
        together. One interview is of another catalogue, one document has two problems.
        """
        strange = evolve(answered(), catalogue=evolve(catalogue("members"), id="other"))
        corpus: list[Read] = [
            ("a.json", answered(members=20, staff=True)),
            ("b.json", answered("North | South", members=20)),
            ("c.json", answered(members=12, staff=True)),
            ("d.json", strange),
            ("e.ndjson:3", broken("e.ndjson", "no JSON", "no more")),
            ("f.json", broken("f.json", "no JSON")),
        ]

        found = compare_on(corpus, OLD, NEW)

        assert lines(found) == LINES.splitlines()
        assert markdown(found) == MARKDOWN

    def test_nothing_moves(self) -> None:
        """
        That nothing moves is said, and nothing of what is not there.
        """
        found = compare_on([("a.json", answered(members=20))], OLD, OLD)

        assert lines(found) == STILL.splitlines()
        assert markdown(found).endswith(
            "| total | 1 | 0 | 0 | 1 |\n\n- The outcome of no label changes.\n"
        )

    def test_of_no_interviews_the_table_is_empty(self) -> None:
        """
        A corpus without an interview is no error here.
        """
        found = compare_on([], OLD, NEW)

        assert lines(found)[0] == (
            "  Outcomes of 0 interviews under bronze@1 (down) and bronze@2 (across)"
        )

    def test_alone_and_together_of_one_criterion(self) -> None:
        """
        One interview missed one bound that is gone, the other both, so that one of them is
        to blame alone in one move and together with the other in the next.
        """
        old = rules("1", required("a", members(30)), required("b", members(10)))
        corpus = [("a.json", answered(members=20)), ("b.json", answered(members=5))]

        found = lines(compare_on(corpus, old, rules("2")))

        assert found[8:13] == [
            "  - From not awarded to awarded: 2 interviews, due to",
            "    - a (removed; illustrative): alone in 1, together with others in 1",
            "    - b (removed; illustrative): together with others in 1",
            "  - Interviews that move from not awarded to awarded",
            "    - Example Cluster (IT), interview of 2024-03-18, a.json: due to a",
        ]

    def test_one_of_another_catalogue_under_both_rulesets(self) -> None:
        """
        Held with a third edition, an interview is carried over to both.
        """
        third = evolve(answered(members=20), catalogue=catalogue("members", version="2023-01"))

        found = lines(compare_on([("a.json", third)], OLD, OLD))

        assert " ".join(" ".join(found[-2:]).split()) == (
            "- 1 interview held with sample@2023-01: under bronze@1 and bronze@1 an answer counts"
            " if it fits the catalogue of the ruleset"
        )

    def test_a_problem_without_a_line_stands_in_its_document(self) -> None:
        """
        Where there was no text to count lines in, the place is the document.
        """
        error = InvalidDocument("a.json", [Problem("ECEI104", "/answers", "no answers")])

        assert lines(compare_on([("a.json", error)], OLD, NEW))[-1] == (
            "    - a.json: ECEI104 /answers: no answers"
        )

    def test_what_documents_say_stays_on_its_line(self) -> None:
        """
        A name with a line break in it cannot look like a line of the report, nor a name
        with a bracket like a link.
        """
        new = rules("2", required("a", Complete()))
        named = answered("A\n# [b](c)", members=20)

        found = compare_on([("a.json", named)], rules("1"), new)

        assert "    - A\\u000a# [b](c) (IT), interview of 2024-03-18, a.json: due to a" in (
            lines(found)
        )
        assert "- A\\\\u000a\\# \\[b\\](c) (IT)" in markdown(found)
        assert found.moves[0].on == date(2024, 3, 18)


LINES = """\
  Outcomes of 3 interviews under bronze@1 (down) and bronze@2 (across)

                awarded  not awarded  undetermined  total
  awarded             1            0             1      2
  not awarded         1            0             0      1
  undetermined        0            0             0      0
  total               2            0             1      3

  - From awarded to undetermined: 1 interview, due to
    - staffed (added; inferred): alone in 1
  - Interviews that move from awarded to undetermined
    - North | South (IT), interview of 2024-03-18, b.json: due to staffed
  - From not awarded to awarded: 1 interview, due to
    - points (by the gradings; documented): together with others in 1
    - members (another requirement; illustrative): together with others in 1
  - Interviews that move from not awarded to awarded
    - Example Cluster (IT), interview of 2024-03-18, c.json: due to points and members together
  - 3 interviews held with sample@2024-01: under bronze@2 an answer counts if it fits the catalogue
    of the ruleset
  - Left out, since neither ruleset judges other@2024-01: 1 interview, the first in d.json
  - Not read: 2 documents
    - e.ndjson:3:1: ECEI104 (whole document): no JSON (and 1 further problem)
    - f.json:3:1: ECEI104 (whole document): no JSON
"""

MARKDOWN = """\
Outcomes of 3 interviews under bronze@1 (down) and bronze@2 (across)

|  | awarded | not awarded | undetermined | total |
|---|---:|---:|---:|---:|
| awarded | 1 | 0 | 1 | 2 |
| not awarded | 1 | 0 | 0 | 1 |
| undetermined | 0 | 0 | 0 | 0 |
| total | 2 | 0 | 1 | 3 |

- From awarded to undetermined: 1 interview, due to
  - staffed (added; inferred): alone in 1
- Interviews that move from awarded to undetermined
  - North \\| South (IT), interview of 2024-03-18, b.json: due to staffed
- From not awarded to awarded: 1 interview, due to
  - points (by the gradings; documented): together with others in 1
  - members (another requirement; illustrative): together with others in 1
- Interviews that move from not awarded to awarded
  - Example Cluster (IT), interview of 2024-03-18, c.json: due to points and members together
- 3 interviews held with sample@2024-01: under bronze@2 an answer counts if it fits \
the catalogue of the ruleset
- Left out, since neither ruleset judges other@2024-01: 1 interview, the first in d.json
- Not read: 2 documents
  - e.ndjson:3:1: ECEI104 (whole document): no JSON (and 1 further problem)
  - f.json:3:1: ECEI104 (whole document): no JSON
"""

STILL = """\
  Outcomes of 1 interview under bronze@1 (down) and bronze@1 (across)

                awarded  not awarded  undetermined  total
  awarded             1            0             0      1
  not awarded         0            0             0      0
  undetermined        0            0             0      0
  total               1            0             0      1

  - The outcome of no label changes.
"""
