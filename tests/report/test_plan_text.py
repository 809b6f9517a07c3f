"""docs/semantics.md, 10: the explanation of a plan."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import ecei_rules as er
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.evaluation.assessment import InterviewReference, RulesetReference
from ecei_rules.planning.plan import AnswerChange, Blocked, OpenQuestion, Plan, SettledOutcome, Way
from ecei_rules.report.text.plan import explain_plan, markdown_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.interviews.answers import Answer

AWARDED, REFUSED = er.LabelOutcome.AWARDED, er.LabelOutcome.NOT_AWARDED
OPEN = er.LabelOutcome.UNDETERMINED
OFFICIAL = er.Basis.DOCUMENTED


def text(words: str) -> er.Text:
    """Return a text in English."""
    return er.Text({"en": words})


def plan(
    outcome: er.LabelOutcome,
    *,
    name: str = "Example Harbour",
    basis: er.Basis = OFFICIAL,
    unanswered: int = 0,
    **more: object,
) -> Plan:
    """Return a plan of a harbour for the bronze label, on documented rules."""
    interview = InterviewReference(name, "NL", date(2024, 3, 18), "sha256:0")
    ruleset = RulesetReference("bronze", "2024-01", text("Harbour bronze"), "sha256:1")
    return Plan(interview, ruleset, outcome, basis, unanswered, **more)


def change(
    name: str,
    before: Answer | None,
    answer: Answer,
    grades: str | None = None,
    *,
    steps: int = 1,
) -> AnswerChange:
    """Return a change of an indicator, with *grades* such as `low to high`."""
    grade, _, target = (grades or "").partition(" to ")
    return AnswerChange(
        name,
        text(name.capitalize()),
        before,
        answer,
        grade=grade or None,
        target=target or None,
        steps=steps,
        cost=Decimal(steps),
    )


HEADING = """\
The rules behind this are documented.
Bronze not awarded: Example Harbour (NL), interview of 2024-03-18
under bronze@2024-01 (Harbour bronze)
"""
REFUSED_PLAN = plan(
    REFUSED,
    ways=[
        Way([change("cranes", 3, 4, "low to high"), change("open", before=False, answer=True)]),
        Way(
            [
                change(
                    "members", FrozenMap({"sme": 2}), FrozenMap({"sme": 3}), "low to high", steps=2
                )
            ]
        ),
    ],
)


class TestExplained:
    """Each part of a plan has a section if it has any content."""

    def test_refusal(self) -> None:
        """
        The ways in order, each change with the grades, the answer that there is and
        one that will do. Where everything is answered nothing is said of what is settled.
        """
        assert explain_plan(REFUSED_PLAN) == (
            HEADING
            + """
The cheapest way to the label: 2 steps
  - Cranes [cranes]: low → high (now 3; for example 4)
  - Open [open]: another answer (now no; for example yes)

The next best way: 2 steps
  - Members [members]: low → high (now sme 2; for example sme 3)
"""
        )

    def test_effort_is_given_if_it_differs_from_the_steps(self) -> None:
        """
        An effort of a half for each of three steps is one and a half.
        """
        three = change("cranes", 3, 9, "low to high", steps=3)
        way = Way([evolve(three, cost=Decimal("1.5"))])
        assert explain_plan(plan(REFUSED, ways=[way])) == (
            HEADING
            + """
The cheapest way to the label: 3 steps, effort 1.5
  - Cranes [cranes]: low → high (now 3; for example 9)
"""
        )

    def test_missing_answers(self) -> None:
        """
        What is settled is listed by its outcome, the label first; then what would settle
        the label; an answer that is missing is to be given.
        """
        found = plan(
            OPEN,
            unanswered=3,
            settled=[
                SettledOutcome("dimension", "quay", er.DimensionOutcome.PASSED),
                SettledOutcome("dimension", "office", er.DimensionOutcome.FAILED),
                SettledOutcome("criterion", "c0", er.Outcome.MET),
                SettledOutcome("criterion", "c1", er.Outcome.NOT_APPLICABLE),
                SettledOutcome("criterion", "c2", er.Outcome.MET),
            ],
            decides=[
                OpenQuestion("indicator", "cranes", text("Cranes")),
                OpenQuestion("fact", "listed", text("Listed")),
            ],
            ways=[Way([change("cranes", None, 4, " to high", steps=2), change("name", None, "x")])],
        )
        assert explain_plan(found) == (
            HEADING.replace("not awarded", "undetermined")
            + """
Settled, whatever the 3 missing answers are
  - passed: 1 dimension: quay
  - failed: 1 dimension: office
  - met: 2 criteria: c0, c2
  - not applicable: 1 criterion: c1

The label depends on 2 missing answers; no smaller set settles it in every case
  - Cranes [cranes]
  - Listed [listed]

The cheapest way to the label: 3 steps
  - Cranes [cranes]: to be answered, high (for example 4)
  - Name [name]: to be answered (for example x)
"""
        )

    @pytest.mark.parametrize(
        ("outcome", "said"),
        [(AWARDED, "awarded"), (REFUSED, "not awarded"), (OPEN, "undetermined")],
    )
    def test_a_label_is_settled(self, outcome: er.LabelOutcome, said: str) -> None:
        """
        The label has no name beside its own.
        """
        settled = [SettledOutcome("label", "bronze@2024-01", outcome)]
        found = explain_plan(plan(REFUSED, unanswered=1, settled=settled))
        expected = f"\nSettled, whatever the missing answer is\n  - {said}: the label\n\n"
        assert expected in found

    def test_nothing_is_settled(self) -> None:
        """
        Where answers are missing and nothing is settled, that is said.
        """
        found = plan(OPEN, unanswered=1, decides=[OpenQuestion("fact", "listed", text("Listed"))])
        assert explain_plan(found) == (
            HEADING.replace("not awarded", "undetermined")
            + """
Settled, whatever the missing answer is
  - nothing

The label depends on 1 missing answer; no smaller set settles it in every case
  - Listed [listed]

The way to the label
  - no improvements earn it, not even all together
"""
        )

    def test_blocked_requirements(self) -> None:
        """
        The ways are to the rest, and each criterion that no improvement meets is said with
        all that it looks at and that does not change.
        """
        found = plan(
            REFUSED,
            ways=[Way([change("cranes", 3, 4, "low to high")])],
            blocked=[
                Blocked("c0", text("Listed somewhere"), ["fact"]),
                Blocked("c1", None, ["history", "improvements"]),
                Blocked("c2", None, ["locked", "not_applicable"]),
                Blocked("c3", None, ["indicator"]),
            ],
        )
        assert explain_plan(found) == (
            HEADING
            + """
Requirements that no improvement of an indicator meets
  - Listed somewhere [c0]: a fact about the organisation
  - c1: the history of labels and the confirmed improvements
  - c2: a locked indicator and an indicator that does not apply
  - c3: an indicator that has no better answer

The cheapest way to meet the other requirements: 1 step
  - Cranes [cranes]: low → high (now 3; for example 4)
"""
        )

    def test_only_blocked_requirements(self) -> None:
        """
        Where the rest is there already no step is asked for.
        """
        found = plan(REFUSED, ways=[Way([])], blocked=[Blocked("c0", None, ["fact"])])
        assert explain_plan(found) == (
            HEADING
            + """
Requirements that no improvement of an indicator meets
  - c0: a fact about the organisation

The other requirements
  - all of them are met
"""
        )

    def test_award(self) -> None:
        """
        An award needs no way; what would lose it is said, but in no order.
        """
        loses = Way(
            [change("cranes", 4, 3, "high to low"), change("open", before=True, answer=False)]
        )
        found = plan(AWARDED, ways=[Way([])], loses=loses)
        assert explain_plan(found) == (
            HEADING.replace("not awarded", "awarded")
            + """
The smallest change after which the label is no longer awarded: 2 steps down
  - Cranes [cranes]: high → low (now 4; for example 3)
  - Open [open]: another answer (now yes; for example no)
"""
        )

    def test_award_that_no_answer_loses(self) -> None:
        """
        That is said as well.
        """
        assert explain_plan(plan(AWARDED, ways=[Way([])])) == (
            HEADING.replace("not awarded", "awarded")
            + """
The smallest change after which the label is no longer awarded
  - worse answers alone would not change it
"""
        )

    @pytest.mark.parametrize("outcome", [AWARDED, REFUSED])
    def test_beyond_the_method(self, outcome: er.LabelOutcome) -> None:
        """
        What could not be found is not said to be nothing: neither that no improvement does
        it, nor that no answers would lose the award.
        """
        beyond = "a search through so many states is beyond the method"
        said = HEADING.replace("not awarded", outcome.value.replace("_", " "))
        assert explain_plan(plan(outcome, beyond=[beyond])) == (
            said + f"\nNot analysed\n  - {beyond}\n"
        )

    def test_notice_of_illustrative_values_comes_first(self) -> None:
        """
        A plan under illustrative rules says so, inferred ones are the scheme's.
        """
        way = Way([change("cranes", 3, 4, "low to high")])
        illustrative = explain_plan(plan(REFUSED, basis=er.Basis.ILLUSTRATIVE, ways=[way]))
        first, rest = illustrative.split("\n", 1)
        assert first == (
            "NOT OFFICIAL: illustrative values of this project are among the rules, "
            "not the scheme owner's."
        )
        inferred = explain_plan(plan(REFUSED, basis=er.Basis.INFERRED, ways=[way]))
        assert inferred == f"The rules behind this are inferred.\n{rest}"

    def test_long_lines_are_wrapped_under_their_beginning(self) -> None:
        """
        What does not fit 100 columns goes on below its text, and no word with a hyphen is
        broken.
        """
        title = " ".join(["well-kept"] * 11)
        found = explain_plan(plan(REFUSED, blocked=[Blocked("c0", text(title), ["fact"])]))
        assert (
            f"  - {' '.join(['well-kept'] * 9)}\n"
            "    well-kept well-kept [c0]: a fact about the organisation\n"
        ) in found


class TestMarkdown:
    """The same in Markdown."""

    def test_whole(self) -> None:
        """
        A heading, how sure the rules are, and a list for each section.
        """
        found = plan(
            REFUSED,
            ways=REFUSED_PLAN.ways,
            blocked=[Blocked("c0", text("Listed"), ["fact"]), Blocked("c1", None, ["history"])],
        )
        assert markdown_plan(found) == (
            """\
# Bronze not awarded: Example Harbour (NL), interview of 2024-03-18

> The rules behind this are documented.

under bronze@2024-01 (Harbour bronze)

## Requirements that no improvement of an indicator meets

- Listed \\[c0\\]: a fact about the organisation
- c1: the history of labels

## The cheapest way to meet the other requirements: 2 steps

- Cranes \\[cranes\\]: low → high (now 3; for example 4)
- Open \\[open\\]: another answer (now no; for example yes)

## The next best way: 2 steps

- Members \\[members\\]: low → high (now sme 2; for example sme 3)
"""
        )

    def test_marks_are_shown_as_text(self) -> None:
        """
        What a document holds is neither a tag, a link, a heading, nor steers a terminal.
        """
        name = "A\x1b[31m\n# B <script>alert('1')</script> & [c](http://d) `e` *f* _g_ | \\"
        found = plan(REFUSED, name=name, beyond=["x"])
        assert explain_plan(found) == (
            "The rules behind this are documented.\n"
            "Bronze not awarded: A\\u001b[31m\\u000a# B <script>alert('1')</script> & "
            "[c](http://d) `e` *f* _g_ | \\\n"
            "(NL), interview of 2024-03-18\n"
            "under bronze@2024-01 (Harbour bronze)\n\nNot analysed\n  - x\n"
        )
        assert markdown_plan(found) == (
            "# Bronze not awarded: A\\\\u001b\\[31m\\\\u000a\\# B "
            "&lt;script&gt;alert('1')&lt;/script&gt; &amp; "
            "\\[c\\](http://d) \\`e\\` \\*f\\* \\_g\\_ \\| \\\\ "
            "(NL), interview of 2024-03-18\n\n"
            "> The rules behind this are documented.\n\n"
            "under bronze@2024-01 (Harbour bronze)\n\n## Not analysed\n\n- x\n"
        )


#: Words of any characters, many of them marks, that begin with a letter.
words = st.builds(
    "a{}".format,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.text(st.sampled_from("\n\t\x1b\x85\u2028\u202e<>&\"'`*_[]()#|!\\-+=~. a1"), max_size=30)
    | st.integers(1, 300).map("b".__mul__),
)
texts = words.map(text)
ids = st.from_regex(r"[a-w][a-z0-9]{0,9}(-[a-z0-9]{1,9})?", fullmatch=True)
answers = st.one_of(
    st.booleans(),
    st.integers(),
    st.decimals(-100, 100, places=2),
    words,
    st.lists(words, max_size=3).map(tuple),
    st.dictionaries(words, st.integers(0, 9), max_size=3).map(FrozenMap),
)
changes = st.builds(
    AnswerChange,
    ids,
    texts,
    st.none() | answers,
    answers,
    grade=st.none() | ids,
    target=st.none() | ids,
    steps=st.integers(1, 3),
    cost=st.decimals("0.1", 99, places=1),
)
ways = st.lists(changes, max_size=4).map(Way)
settled = st.one_of(
    st.builds(SettledOutcome, st.just("label"), ids, st.sampled_from(er.LabelOutcome)),
    st.builds(SettledOutcome, st.just("dimension"), ids, st.sampled_from(er.DimensionOutcome)),
    st.builds(SettledOutcome, st.just("criterion"), ids, st.sampled_from(er.Outcome)),
)
obstacles = ("fact", "history", "improvements", "locked", "not_applicable", "indicator")
plans = st.builds(
    Plan,
    st.builds(InterviewReference, words, st.just("NL"), st.dates(), words),
    st.builds(RulesetReference, st.sampled_from(["bronze", "gold"]), ids, texts, words),
    st.sampled_from(er.LabelOutcome),
    st.sampled_from(er.Basis),
    st.integers(0, 40),
    settled=st.lists(settled, max_size=9),
    decides=st.lists(st.builds(OpenQuestion, st.just("fact"), ids, texts), max_size=4),
    blocked=st.lists(
        st.builds(
            Blocked,
            ids,
            st.none() | texts,
            st.lists(st.sampled_from(obstacles), min_size=1, unique=True),
        ),
        max_size=3,
    ),
    ways=st.lists(ways, max_size=3),
    loses=st.none() | ways,
    beyond=st.just(()) | st.lists(words, max_size=1),
)
PAGE = MarkdownIt("commonmark")
CALM = {"heading", "blockquote", "paragraph", "bullet_list", "list_item"}


def squeezed(said: str) -> str:
    """Return a text without spaces and line ends."""
    return "".join(said.split())


def told(plan: Plan) -> Iterator[str]:
    """Yield the texts of documents in a plan."""
    yield plan.interview.name
    yield str(plan.ruleset.title)
    yield from (f"{each.title} [{each.id}]" for each in plan.decides)
    yield from (f"{each.title} [{each.criterion}]" for each in plan.blocked if each.title)
    if not plan.beyond and plan.outcome is not AWARDED:
        for way in plan.ways:
            yield from (f"{each.title} [{each.indicator}]" for each in way.changes)


@given(plans)
def test_no_line_is_too_long_or_loses_text(plan: Plan) -> None:
    """
    Whatever documents hold, no line is longer than 100 columns, nothing steers a terminal
    or begins a line of its own, and all that was held is said.
    """
    said = explain_plan(plan)
    assert all(len(line) <= 100 for line in said.splitlines())
    assert said.replace("\n", "") == visible(said.replace("\n", ""))
    assert said.splitlines() == said.removesuffix("\n").split("\n")
    for each in told(plan):
        assert squeezed(visible(each)) in squeezed(said)


@given(plans)
def test_markdown_shows_every_mark(plan: Plan) -> None:
    """
    Read as CommonMark a page has headings, paragraphs and lists, no link, no emphasis, no
    code and no tag; and its words are those of the explanation.
    """
    shown = []
    for token in PAGE.parse(markdown_plan(plan)):
        assert token.type.removesuffix("_open").removesuffix("_close") in {*CALM, "inline"}
        for each in token.children or ():
            assert each.type in {"text", "text_special", "softbreak"}
            shown.append(each.content)
    explained = re.sub(r"(?m)^  (-|\d+\.) ", "", explain_plan(plan))
    # how sure the rules are stands before the title there, and after it here
    assert sorted(squeezed("".join(shown))) == sorted(squeezed(explained))
