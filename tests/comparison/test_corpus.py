"""What two rulesets make of the same interviews, and which criteria are to blame."""

from __future__ import annotations

import json
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from corpus_samples import ASKED, STAFF, graded, held, members, required, rules
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES
from small_worlds import small_interviews, worlds
from strategies import catalogues, interviews, rulesets

import ecei_rules as er
from ecei_rules.cli.corpus import interviews_in
from ecei_rules.comparison.codec import CODEC as COMPARISON
from ecei_rules.comparison.impact.causes import changed_criteria, minimal_sets
from ecei_rules.comparison.impact.corpus import compare_on
from ecei_rules.comparison.impact.corpus_outcomes import How, Side
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.documents.codec import CODEC as DOCUMENTS
from ecei_rules.documents.converter import converter
from ecei_rules.evaluation.codec import CODEC as EVALUATION
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.interview import Interview
from ecei_rules.report.text.blocks import Report, as_markdown, sections_as_text
from ecei_rules.report.text.corpus import corpus_section
from ecei_rules.rulesets.criteria import (
    Complete,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    SomeRequirement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.comparison.impact.corpus_outcomes import CorpusComparison
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.rulesets.criteria import Requirement
    from ecei_rules.rulesets.ruleset import Ruleset

AWARDED, NOT_AWARDED, UNDETERMINED = er.LabelOutcome
Corpus = tuple[er.Ruleset, er.Ruleset, list[Interview]]


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """A few interviews and two rulesets, of one catalogue or of editions that share some of it."""
    if draw(st.booleans()):
        world = draw(worlds())
        held = [draw(small_interviews(world, complete=False)) for _ in range(draw(st.just(3)))]
        return world.old, world.new, held
    editions = [evolve(draw(catalogues()), version=each) for each in ("2024-01", "2024-02")]
    old, new = (draw(rulesets(each)) for each in editions)
    if draw(st.booleans()):
        kept = [each for each in old.criteria if isinstance(each.requirement, Complete | Earlier)]
        names = {each.id for each in kept}
        new = evolve(new, criteria=[*kept, *(e for e in new.criteria if e.id not in names)])
    third = evolve(draw(catalogues()), version="2024-03")
    held = [draw(interviews(each)) for each in (*editions, third)]
    return old, evolve(new, version="2024-02"), held


def compared(corpus: Corpus) -> CorpusComparison:
    """The comparison, each interview under its number."""
    old, new, held = corpus
    return compare_on(((str(number), each) for number, each in enumerate(held)), old, new)


def bronze() -> tuple[Ruleset, Ruleset]:
    """The shipped rulesets of Bronze."""
    old, new = (er.shipped().ruleset("bronze", version=each) for each in ("2010-11", "2019-11"))
    return old, new


def counts(found: CorpusComparison) -> dict[tuple[er.LabelOutcome, er.LabelOutcome], int]:
    """The table, without what is 0."""
    return {(each.old, each.new): each.interviews for each in found.table if each.interviews}


def fitting(interview: Interview, ruleset: Ruleset) -> Interview:
    """The interview with those answers that an interview of the other edition may have."""
    catalogue = ruleset.catalogue
    bare = Interview(catalogue, interview.cluster, interview.conducted, {})

    def fits(**given: Any) -> bool:
        return not er.check_interview(evolve(bare, **given))

    def same(name: str, answer: Answer) -> bool:
        pair = ({**c.asked, **c.facts_asked}[name].answer for c in (interview.catalogue, catalogue))
        units = {getattr(each, "unit", None) for each in pair}
        # that nothing applies is said in no unit
        return len(units) == 1 or isinstance(answer, er.NotApplicable)

    answers, facts = interview.answers.items(), interview.facts.items()
    return evolve(
        bare,
        answers={n: a for n, a in answers if fits(answers={n: a}) and same(n, a)},
        facts={n: a for n, a in facts if fits(facts={n: a}) and same(n, a)},
        improvements=[each for each in interview.improvements if fits(improvements=[each])],
        history=interview.history,
    )


def findings(interview: Interview, ruleset: Ruleset) -> dict[str, er.Finding]:
    """What each required criterion comes to, evaluated on its own."""
    seen = fitting(interview, ruleset)
    return {
        each.id: er.evaluate(each, seen, ruleset)
        for each in ruleset.criteria
        if each.severity == "required"
    }


def label(found: Iterable[er.Finding]) -> er.LabelOutcome:
    """Semantics 4.2: not awarded, else undetermined, else awarded."""
    outcomes = {each.outcome for each in found}
    if er.Outcome.NOT_MET in outcomes:
        return NOT_AWARDED
    return UNDETERMINED if er.Outcome.UNDETERMINED in outcomes else AWARDED


def brute(interview: Interview, old: Ruleset, new: Ruleset) -> set[frozenset[str]]:
    """The least sets among all sets of changed criteria, each of them tried."""
    before, after = findings(interview, old), findings(interview, new)
    changed = [each.id for each in changed_criteria(old, new)]
    sizes = (combinations(changed, size) for size in range(len(changed) + 1))
    enough: list[frozenset[str]] = []
    for each in map(frozenset, chain.from_iterable(sizes)):
        mixed = {n: f for n, f in before.items() if n not in each}
        mixed |= {n: f for n, f in after.items() if n in each}
        if label(mixed.values()) is label(after.values()):
            enough += [each] if not any(one < each for one in enough) else []
    return set(enough)


class TestLaws:
    """Over everything that rulesets and interviews can say."""

    @given(corpora())
    def test_every_interview_is_counted_once(self, corpus: Corpus) -> None:
        """
        The table has a cell for each pair of outcomes and sums to the number of interviews;
        what is off its diagonal has moved.
        """
        found = compared(corpus)

        old, new, held = corpus
        outcomes = [
            tuple(er.assess(fitting(each, one), one).outcome for one in (old, new)) for each in held
        ]
        assert [(each.old, each.new) for each in found.table] == [
            (one, other) for one in er.LabelOutcome for other in er.LabelOutcome
        ]
        assert all(each.interviews == outcomes.count((each.old, each.new)) for each in found.table)
        assert found.interviews == len(held) == sum(each.interviews for each in found.held)
        moved = [str(n) for n, (one, other) in enumerate(outcomes) if one is not other]
        assert [each.where for each in found.moves] == moved
        assert found.moved == len(moved)

    @given(corpora())
    def test_against_itself_nothing_moves(self, corpus: Corpus) -> None:
        """
        A ruleset held against itself has nothing off the diagonal, and nothing changed.
        """
        old, _, held = corpus

        found = compared((old, old, held))

        assert all(one is other for one, other in counts(found))
        assert found.moved == 0
        assert (found.changed, found.causes, found.moves) == ((), (), ())

    @given(corpora())
    def test_swapped_it_is_transposed(self, corpus: Corpus) -> None:
        """
        The other way round the same interviews move, with their outcomes exchanged.
        """
        old, new, held = corpus

        there, back = compared(corpus), compared((new, old, held))

        assert counts(there) == {(b, a): count for (a, b), count in counts(back).items()}
        assert [(e.where, e.old, e.new) for e in there.moves] == [
            (e.where, e.new, e.old) for e in back.moves
        ]
        assert {each.id for each in there.changed} == {each.id for each in back.changed}

    @pytest.mark.oracle
    @given(corpora())
    def test_blame_agrees_with_brute_force(self, corpus: Corpus) -> None:
        """
        The sets that are blamed are exactly the least ones that give the new outcome, of
        all sets of changed criteria, when each criterion is evaluated by itself.
        """
        old, new, held = corpus

        for move in compared(corpus).moves:
            blame = [frozenset(each) for each in move.blame]

            assert blame
            assert len(set(blame)) == len(blame)
            assert set(blame) == brute(held[int(move.where)], old, new)

    @given(worlds(), st.data())
    def test_a_blamed_set_turns_the_label(self, world: Any, data: st.DataObject) -> None:
        """
        With the same gradings, the old ruleset with a blamed set of criteria in the new form
        gives the new outcome, and with any of them left as it was it does not.
        """
        old, new = world.old, evolve(world.new, grading=world.old.grading)
        graded = [each for each in new.criteria if _evaluable(each, new)]
        new = evolve(new, criteria=graded)
        interview = data.draw(small_interviews(world, complete=False))

        for move in compared((old, new, [interview])).moves:
            for each in move.blame:
                assert er.assess(interview, mixture(old, new, each)).outcome is move.new
                for left in combinations(each, len(each) - 1):
                    assert er.assess(interview, mixture(old, new, left)).outcome is not move.new

    @given(corpora())
    def test_what_is_to_blame_has_changed(self, corpus: Corpus) -> None:
        """
        A criterion that comes to something else is among the changed ones, whether its
        text, the gradings under it or the questions were changed.
        """
        old, new, held = corpus
        changed = {each.id for each in changed_criteria(old, new)}

        for interview in held:
            before, after = (findings(interview, each) for each in (old, new))
            for name in before.keys() & after.keys():
                alike = before[name].outcome is after[name].outcome
                assert alike or name in changed
            assert before.keys() ^ after.keys() <= changed

    @given(corpora())
    def test_the_causes_count_what_is_blamed(self, corpus: Corpus) -> None:
        """
        Each criterion counts once in every move that it is to blame for, alone or together.
        """
        found = compared(corpus)

        for cause in found.causes:
            both = [e for e in found.moves if (e.old, e.new) == (cause.old, cause.new)]
            alone = sum((cause.criterion,) in each.blame for each in both)
            blamed = sum(any(cause.criterion in one for one in each.blame) for each in both)
            assert (cause.alone, cause.together) == (alone, blamed - alone)
        assert {(e.criterion, e.old, e.new) for e in found.causes} == {
            (name, e.old, e.new) for e in found.moves for one in e.blame for name in one
        }

    @given(corpora())
    def test_every_comparison_can_be_said(self, corpus: Corpus) -> None:
        """
        All moves are said on lines of at most 100 columns, and the values are plain JSON.
        """
        found = compared(corpus)

        section = corpus_section(found)
        lines = sections_as_text([section]).splitlines()
        markdown = as_markdown(Report("", "", [], [section]))

        assert max(map(len, lines)) <= 100
        moving = [each for each in lines if each.startswith("  - Interviews that move")]
        assert len(moving) == sum(one is not other for one, other in counts(found))
        assert markdown.count("- ") >= len(found.moves) + len(found.causes)
        members = json.loads(
            canonical(converter(DOCUMENTS, EVALUATION, COMPARISON).unstructure(found))
        )
        assert len(members["moves"]) == len(found.moves)
        assert sum(each["interviews"] for each in members["table"]) == found.interviews


def _evaluable(criterion: Criterion, ruleset: Ruleset) -> bool:
    def floors(of: Requirement) -> Iterable[str]:
        match of:
            case Floor(indicators=names):
                return names
            case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
                return [name for part in parts for name in floors(part)]
            case _:
                return ()

    return all(name in ruleset.grading for name in floors(criterion.requirement))


def mixture(old: Ruleset, new: Ruleset, names: Iterable[str]) -> Ruleset:
    """The old ruleset with some criteria in the form, or absence, of the new one."""
    kept = [each for each in old.criteria if each.id not in names]
    return evolve(old, criteria=[*kept, *(each for each in new.criteria if each.id in names)])


def blamed(old: Ruleset, new: Ruleset, **answers: Any) -> Any:
    """Old and new outcome of the only interview, and what is to blame."""
    (move,) = compare_on([("one", held(**answers))], old, new).moves
    return move.old, move.new, move.blame


class TestBlame:
    """Each of several alone, only together, and one more of several."""

    def test_worse_by_each_alone(self) -> None:
        """
        20 members meet at least 15, and neither at least 30 nor at least 40.
        """
        old = rules("1", required("a", members(15)), required("b", members(10)))
        new = rules("2", required("a", members(30)), required("b", members(40)))

        assert blamed(old, new, members=20) == (AWARDED, NOT_AWARDED, (("a",), ("b",)))

    def test_better_only_together(self) -> None:
        """
        20 members met neither of two bounds; both had to go to award the label.
        """
        old = rules("1", required("a", members(30)), required("b", members(40)))
        new = rules("2", required("a", members(15)))

        assert blamed(old, new, members=20) == (NOT_AWARDED, AWARDED, (("a", "b"),))

    def test_from_refused_to_open_one_more_is_needed(self) -> None:
        """
        Without the bound that was missed the label would be awarded: it is open only with
        one of the two criteria that lack an answer now, and with either of them.
        """
        old = rules("1", required("a", members(30)))
        new = rules("2", required("b", STAFF), required("c", Complete()))

        found = blamed(old, new, members=20)

        assert found == (NOT_AWARDED, UNDETERMINED, (("b", "a"), ("c", "a")))

    def test_from_refused_to_open_by_what_was_open_before(self) -> None:
        """
        A criterion that was open all the time opens the label once the other is met.
        """
        old = rules("1", required("a", members(30)), required("b", STAFF))
        new = rules("2", required("a", members(15)), required("b", STAFF))

        assert blamed(old, new, members=20) == (NOT_AWARDED, UNDETERMINED, (("a",),))

    def test_the_same_outcome_has_no_blame(self) -> None:
        """
        One criterion misses what another missed before, and that is no move; nor is there
        one between rulesets that ask for nothing.
        """
        old, new = rules("1", required("a", members(30))), rules("2", required("b", members(40)))
        before, after = (findings(held(members=20), each) for each in (old, new))

        assert minimal_sets(["b", "a"], before, after) == ()
        assert minimal_sets([], {}, {}) == ()

    def test_what_does_not_apply_stands_in_no_way(self) -> None:
        """
        20 members missed the old bound; where members do not apply, neither bound refuses
        anything, and the label moves by what is not answered.
        """
        able = [evolve(each, not_applicable=True) for each in ASKED.indicators]
        judges = evolve(ASKED, indicators=able)
        bound = required("a", members(30))
        old = rules("1", bound, judges=judges)
        new = rules("2", bound, required("b", STAFF), judges=judges)
        aside = evolve(held(members=NotApplicable("none")), catalogue=judges)

        (move,) = compare_on([("one", aside)], old, new).moves

        assert (move.old, move.new, move.blame) == (AWARDED, UNDETERMINED, (("b",),))

    def test_required_now(self) -> None:
        """
        What was advice and is required now is to blame, with nothing decided before.
        """
        old = rules("1", Criterion("a", "advisory", members(30)))
        new = rules("2", required("a", members(30)))

        (move,) = compare_on([("one", held(members=20))], old, new).moves

        assert move.blame == (("a",),)
        assert [(e.old, e.new) for e in move.turns] == [(None, er.Outcome.NOT_MET)]
        assert changed_criteria(old, new)[0].how == (How.SEVERITY,)

    def test_by_the_gradings(self) -> None:
        """
        20 members are good from 15 on and poor below 30, under a floor of the same text.
        """
        floor = required("a", Floor(["members"], "good"))
        old = rules("1", floor, grading={"members": graded(15)})
        new = rules("2", floor, grading={"members": graded(30)})

        assert blamed(old, new, members=20) == (AWARDED, NOT_AWARDED, (("a",),))
        assert changed_criteria(old, new)[0].how == (How.GRADINGS,)


class TestShipped:
    """The shipped examples under the Bronze of 2010 and of 2019."""

    def test_who_moves_and_why(self) -> None:
        """
        Both ask for every indicator, and the later one for nine things more. Twelve
        participants are less than fifteen in both interviews that move; the later one has
        0.3 FTE and no listing too, while the earlier one was not asked about facts, which
        leaves those criteria open. Five examples are of the other catalogue.
        """
        old, new = bronze()

        found = compare_on(interviews_in(EXAMPLES), old, new)

        assert counts(found) == {
            (AWARDED, AWARDED): 2,
            (AWARDED, NOT_AWARDED): 2,
            (UNDETERMINED, UNDETERMINED): 1,
        }
        assert {Path(each.where).stem: each.blame for each in found.moves} == {
            "awarded-in-2014": (("enough-committed-participants",),),
            "not-awarded-not-eligible": (
                ("dedicated-management",),
                ("enough-committed-participants",),
                ("eccp-listing",),
            ),
        }
        assert [(e.criterion, e.alone, e.together) for e in found.causes] == [
            ("enough-committed-participants", 2, 0),
            ("dedicated-management", 1, 0),
            ("eccp-listing", 1, 0),
        ]
        assert {each.how for each in found.changed} == {(How.ADDED,)}
        assert len(found.changed) == 9

    def test_the_other_way_round_it_takes_all_of_them(self) -> None:
        """
        All that was missed, or open for want of an answer, has to go to award the label;
        the private majority of both was met, and is not to blame.
        """
        old, new = bronze()

        found = compare_on(interviews_in(EXAMPLES), new, old)

        missed = ("dedicated-management", "enough-committed-participants", "eccp-listing")
        added = [each.id for each in found.changed if each.id != "private-majority"]
        assert {Path(each.where).stem: each.blame for each in found.moves} == {
            "awarded-in-2014": (tuple(added),),
            "not-awarded-not-eligible": (missed,),
        }
        assert {each.how for each in found.changed} == {(How.REMOVED,)}
        assert {each.alone for each in found.causes} == {0}

    def test_what_was_held_with_which_catalogue(self) -> None:
        """
        One of 2010 is carried to the new ruleset, four of 2019 to the old one; those of
        another catalogue are left out by edition.
        """
        found = compare_on(interviews_in(EXAMPLES), *bronze())

        assert [(e.catalogue, e.interviews, e.carried) for e in found.held] == [
            ("benchmarking@2010-11", 1, (Side.NEW,)),
            ("benchmarking@2019-11", 4, (Side.OLD,)),
        ]
        assert [(e.catalogue, e.interviews, Path(e.first).stem) for e in found.left_out] == [
            ("quality@2012-04", 1, "awarded-gold-in-2015"),
            ("quality@2019-11", 4, "awarded-gold"),
        ]
        assert (found.unread, found.broken) == (0, ())
