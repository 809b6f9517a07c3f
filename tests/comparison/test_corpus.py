"""What two rulesets make of the same interviews, and which criteria are to blame."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from corpus_samples import ASKED, STAFF, answered, graded, members, required, rules
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
from ecei_rules.comparison.impact.corpus_outcomes import CriterionChange, OldOrNew
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
    """Draw a few interviews and two rulesets, of one catalogue or of editions partly the same."""
    if draw(st.booleans()):
        world = draw(worlds())
        sample = [draw(small_interviews(world, complete=False)) for _ in range(draw(st.just(3)))]
        return world.old, world.new, sample
    editions = [evolve(draw(catalogues()), version=each) for each in ("2024-01", "2024-02")]
    old, new = (draw(rulesets(each)) for each in editions)
    if draw(st.booleans()):
        kept = [each for each in old.criteria if isinstance(each.requirement, Complete | Earlier)]
        names = {each.id for each in kept}
        new = evolve(new, criteria=[*kept, *(e for e in new.criteria if e.id not in names)])
    third = evolve(draw(catalogues()), version="2024-03")
    sample = [draw(interviews(each)) for each in (*editions, third)]
    return old, evolve(new, version="2024-02"), sample


def compared(corpus: Corpus) -> CorpusComparison:
    """Compare on a corpus, with a number for the name of each interview."""
    old, new, sample = corpus
    return compare_on(((str(number), each) for number, each in enumerate(sample)), old, new)


def bronze() -> tuple[Ruleset, Ruleset]:
    """Return two shipped rulesets of Bronze."""
    old, new = (er.shipped().ruleset("bronze", version=each) for each in ("2010-11", "2019-11"))
    return old, new


def counts(comparison: CorpusComparison) -> dict[tuple[er.LabelOutcome, er.LabelOutcome], int]:
    """Return the table without its zeros."""
    return {(each.old, each.new): each.interviews for each in comparison.table if each.interviews}


def fitting(interview: Interview, ruleset: Ruleset) -> Interview:
    """Return the interview with the answers that another edition allows."""
    catalogue = ruleset.catalogue
    bare = Interview(catalogue, interview.cluster, interview.conducted, {})

    def fits(**given: Any) -> bool:
        return not er.check_interview(evolve(bare, **given))

    def same(name: str, answer: Answer) -> bool:
        pair = ({**c.asked, **c.facts_asked}[name].answer for c in (interview.catalogue, catalogue))
        units = {getattr(each, "unit", None) for each in pair}
        # "not applicable" has no unit
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
    """Evaluate each required criterion on its own."""
    carried = fitting(interview, ruleset)
    return {
        each.id: er.evaluate(each, carried, ruleset)
        for each in ruleset.criteria
        if each.severity == "required"
    }


def label(required: Iterable[er.Finding]) -> er.LabelOutcome:
    """Return the outcome of a label from its required findings (docs/semantics.md, 4.2)."""
    outcomes = {finding.outcome for finding in required}
    if er.Outcome.NOT_MET in outcomes:
        return NOT_AWARDED
    return UNDETERMINED if er.Outcome.UNDETERMINED in outcomes else AWARDED


def brute(interview: Interview, old: Ruleset, new: Ruleset) -> set[frozenset[str]]:
    """Return the minimal sets, by trying all sets of changed criteria."""
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
    """Laws about any rulesets and interviews."""

    @given(corpora())
    def test_table_counts_every_interview_once(self, corpus: Corpus) -> None:
        """
        The table has a count for each pair of outcomes and sums to the number of interviews;
        those off its diagonal have changed outcomes.
        """
        comparison = compared(corpus)

        old, new, sample = corpus
        outcomes = [
            tuple(er.assess(fitting(each, one), one).outcome for one in (old, new))
            for each in sample
        ]
        assert [(each.old, each.new) for each in comparison.table] == [
            (one, other) for one in er.LabelOutcome for other in er.LabelOutcome
        ]
        assert all(
            each.interviews == outcomes.count((each.old, each.new)) for each in comparison.table
        )
        assert (
            comparison.interviews == len(sample) == sum(each.interviews for each in comparison.held)
        )
        moved = [str(n) for n, (one, other) in enumerate(outcomes) if one is not other]
        assert [each.where for each in comparison.moves] == moved
        assert comparison.moved == len(moved)

    @given(corpora())
    def test_ruleset_against_itself_changes_nothing(self, corpus: Corpus) -> None:
        """
        A ruleset compared with itself has no counts off the diagonal, and no changes.
        """
        old, _, sample = corpus

        comparison = compared((old, old, sample))

        assert all(one is other for one, other in counts(comparison))
        assert comparison.moved == 0
        assert (comparison.changed, comparison.causes, comparison.moves) == ((), (), ())

    @given(corpora())
    def test_swapped_comparison_is_transposed(self, corpus: Corpus) -> None:
        """
        In the other direction the same interviews change, with their outcomes exchanged.
        """
        old, new, sample = corpus

        there, back = compared(corpus), compared((new, old, sample))

        assert counts(there) == {(b, a): count for (a, b), count in counts(back).items()}
        assert [(e.where, e.old, e.new) for e in there.moves] == [
            (e.where, e.new, e.old) for e in back.moves
        ]
        assert {each.id for each in there.changed} == {each.id for each in back.changed}

    @pytest.mark.oracle
    @given(corpora())
    def test_blame_agrees_with_brute_force(self, corpus: Corpus) -> None:
        """
        The sets to blame are exactly the minimal ones that give the new outcome, among all
        sets of changed criteria, with each criterion evaluated on its own.
        """
        old, new, sample = corpus

        for move in compared(corpus).moves:
            blame = [frozenset(each) for each in move.blame]

            assert blame
            assert len(set(blame)) == len(blame)
            assert set(blame) == brute(sample[int(move.where)], old, new)

    @given(worlds(), st.data())
    def test_changing_a_set_to_blame_changes_the_label(
        self, world: Any, data: st.DataObject
    ) -> None:
        """
        With the same gradings, the old ruleset with the new criteria of a set to blame gives
        the new outcome; if any of them stays old, it does not.
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
    def test_criteria_with_other_outcomes_have_changed(self, corpus: Corpus) -> None:
        """
        A criterion with another outcome is among the changed ones, whether its text, the
        gradings that it looks at or the questions changed.
        """
        old, new, sample = corpus
        changed = {each.id for each in changed_criteria(old, new)}

        for interview in sample:
            before, after = (findings(interview, each) for each in (old, new))
            for name in before.keys() & after.keys():
                same = before[name].outcome is after[name].outcome
                assert same or name in changed
            assert before.keys() ^ after.keys() <= changed

    @given(corpora())
    def test_causes_count_the_criteria_to_blame(self, corpus: Corpus) -> None:
        """
        Each criterion counts once in every interview that it is to blame for.
        """
        comparison = compared(corpus)

        for cause in comparison.causes:
            both = [e for e in comparison.moves if (e.old, e.new) == (cause.old, cause.new)]
            alone = sum((cause.criterion,) in each.blame for each in both)
            blamed = sum(any(cause.criterion in one for one in each.blame) for each in both)
            assert (cause.alone, cause.together) == (alone, blamed - alone)
        assert {(e.criterion, e.old, e.new) for e in comparison.causes} == {
            (name, e.old, e.new) for e in comparison.moves for one in e.blame for name in one
        }

    @given(corpora())
    def test_every_change_is_in_the_text(self, corpus: Corpus) -> None:
        """
        The text names all changed outcomes on lines of at most 100 columns, and the values
        are plain JSON.
        """
        comparison = compared(corpus)

        section = corpus_section(comparison)
        lines = sections_as_text([section]).splitlines()
        markdown = as_markdown(Report("", "", [], [section]))

        assert max(map(len, lines)) <= 100
        moving = [each for each in lines if each.startswith("  - Interviews that move")]
        assert len(moving) == sum(one is not other for one, other in counts(comparison))
        assert markdown.count("- ") >= len(comparison.moves) + len(comparison.causes)
        members = json.loads(
            canonical(converter(DOCUMENTS, EVALUATION, COMPARISON).unstructure(comparison))
        )
        assert len(members["moves"]) == len(comparison.moves)
        assert sum(each["interviews"] for each in members["table"]) == comparison.interviews


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
    """Return the old ruleset with some criteria of the new one, or without them."""
    kept = [each for each in old.criteria if each.id not in names]
    return evolve(old, criteria=[*kept, *(each for each in new.criteria if each.id in names)])


def blamed(old: Ruleset, new: Ruleset, **answers: Any) -> Any:
    """Return the old and the new outcome of one interview, and the criteria to blame."""
    (move,) = compare_on([("one", answered(**answers))], old, new).moves
    return move.old, move.new, move.blame


class TestBlame:
    """Criteria to blame alone, only together, and one more of several."""

    def test_each_alone_is_enough_for_a_worse_outcome(self) -> None:
        """
        20 members meet the old bounds, and neither of the new ones.
        """
        old = rules("1", required("a", members(15)), required("b", members(10)))
        new = rules("2", required("a", members(30)), required("b", members(40)))

        assert blamed(old, new, members=20) == (AWARDED, NOT_AWARDED, (("a",), ("b",)))

    def test_only_together_enough_for_a_better_outcome(self) -> None:
        """
        20 members met neither of two bounds; both must change to award the label.
        """
        old = rules("1", required("a", members(30)), required("b", members(40)))
        new = rules("2", required("a", members(15)))

        assert blamed(old, new, members=20) == (NOT_AWARDED, AWARDED, (("a", "b"),))

    def test_from_refused_to_undetermined_one_more_is_needed(self) -> None:
        """
        Without the missed bound the label would be awarded; it is undetermined with one of
        the two criteria that lack an answer now.
        """
        old = rules("1", required("a", members(30)))
        new = rules("2", required("b", STAFF), required("c", Complete()))

        expected = NOT_AWARDED, UNDETERMINED, (("b", "a"), ("c", "a"))
        assert blamed(old, new, members=20) == expected

    def test_from_refused_to_undetermined_by_an_old_criterion(self) -> None:
        """
        A criterion that was undetermined before decides once the other one is met.
        """
        old = rules("1", required("a", members(30)), required("b", STAFF))
        new = rules("2", required("a", members(15)), required("b", STAFF))

        assert blamed(old, new, members=20) == (NOT_AWARDED, UNDETERMINED, (("a",),))

    def test_same_outcome_has_no_blame(self) -> None:
        """
        If another criterion is missed than before, the outcome stays; the same holds between
        rulesets without criteria.
        """
        old, new = rules("1", required("a", members(30))), rules("2", required("b", members(40)))
        before, after = (findings(answered(members=20), each) for each in (old, new))

        assert minimal_sets(["b", "a"], before, after) == ()
        assert minimal_sets([], {}, {}) == ()

    def test_not_applicable_refuses_nothing(self) -> None:
        """
        If members do not apply, neither bound refuses the label, and the unanswered fact is
        to blame.
        """
        able = [evolve(each, not_applicable=True) for each in ASKED.indicators]
        judges = evolve(ASKED, indicators=able)
        bound = required("a", members(30))
        old = rules("1", bound, judges=judges)
        new = rules("2", bound, required("b", STAFF), judges=judges)
        aside = evolve(answered(members=NotApplicable("none")), catalogue=judges)

        (move,) = compare_on([("one", aside)], old, new).moves

        assert (move.old, move.new, move.blame) == (AWARDED, UNDETERMINED, (("b",),))

    def test_advice_that_became_required(self) -> None:
        """
        It is to blame, and its old outcome is none.
        """
        old = rules("1", Criterion("a", "advisory", members(30)))
        new = rules("2", required("a", members(30)))

        (move,) = compare_on([("one", answered(members=20))], old, new).moves

        assert move.blame == (("a",),)
        assert [(e.old, e.new) for e in move.turns] == [(None, er.Outcome.NOT_MET)]
        assert changed_criteria(old, new)[0].how == (CriterionChange.SEVERITY,)

    def test_other_gradings_of_an_equal_criterion(self) -> None:
        """
        20 members are good with a bound of 15 and poor with one of 30, under equal floors.
        """
        floor = required("a", Floor(["members"], "good"))
        old = rules("1", floor, grading={"members": graded(15)})
        new = rules("2", floor, grading={"members": graded(30)})

        assert blamed(old, new, members=20) == (AWARDED, NOT_AWARDED, (("a",),))
        assert changed_criteria(old, new)[0].how == (CriterionChange.GRADINGS,)


class TestShipped:
    """The shipped examples under the Bronze rulesets of 2010 and 2019."""

    def test_changed_outcomes_and_blame(self) -> None:
        """
        Both require every indicator, and the later one nine more criteria. Both interviews
        that change have twelve participants, less than fifteen; the later one also has
        0.3 FTE and no listing, while the earlier one was not asked for facts, so that these
        criteria are undetermined. Five examples are of another catalogue.
        """
        old, new = bronze()

        comparison = compare_on(interviews_in(EXAMPLES), old, new)

        assert counts(comparison) == {
            (AWARDED, AWARDED): 2,
            (AWARDED, NOT_AWARDED): 2,
            (UNDETERMINED, UNDETERMINED): 1,
        }
        assert {Path(each.where).stem: each.blame for each in comparison.moves} == {
            "awarded-in-2014": (("enough-committed-participants",),),
            "not-awarded-not-eligible": (
                ("dedicated-management",),
                ("enough-committed-participants",),
                ("eccp-listing",),
            ),
        }
        assert [(e.criterion, e.alone, e.together) for e in comparison.causes] == [
            ("enough-committed-participants", 2, 0),
            ("dedicated-management", 1, 0),
            ("eccp-listing", 1, 0),
        ]
        assert Counter(each.how for each in comparison.changed) == {
            (CriterionChange.ADDED,): 9,
            (CriterionChange.REQUIREMENT,): 1,
            (CriterionChange.REMOVED,): 1,
        }

    def test_in_the_other_direction_all_must_change(self) -> None:
        """
        All criteria that were missed or undetermined must change to award the label; the
        private majority and the expert are met in both, and are not to blame.
        """
        old, new = bronze()

        comparison = compare_on(interviews_in(EXAMPLES), new, old)

        missed = ("dedicated-management", "enough-committed-participants", "eccp-listing")
        met = ("private-majority", "benchmarked-by-expert", "impartial-expert")
        added = [each.id for each in comparison.changed if each.id not in met]
        assert {Path(each.where).stem: each.blame for each in comparison.moves} == {
            "awarded-in-2014": (tuple(added),),
            "not-awarded-not-eligible": (missed,),
        }
        assert Counter(each.how for each in comparison.changed) == {
            (CriterionChange.REMOVED,): 9,
            (CriterionChange.REQUIREMENT,): 1,
            (CriterionChange.ADDED,): 1,
        }
        assert {each.alone for each in comparison.causes} == {0}

    def test_interviews_are_counted_by_catalogue(self) -> None:
        """
        One of 2010 is carried over to the new ruleset, four of 2019 to the old one; those of
        another catalogue are left out, by edition.
        """
        comparison = compare_on(interviews_in(EXAMPLES), *bronze())

        assert [(e.catalogue, e.interviews, e.carried) for e in comparison.held] == [
            ("benchmarking@2010-11", 1, (OldOrNew.NEW,)),
            ("benchmarking@2019-11", 4, (OldOrNew.OLD,)),
        ]
        assert [(e.catalogue, e.interviews, Path(e.first).stem) for e in comparison.left_out] == [
            ("quality@2012-04", 1, "awarded-gold-in-2015"),
            ("quality@2019-11", 4, "awarded-gold"),
        ]
        assert (comparison.unread, comparison.broken) == (0, ())
