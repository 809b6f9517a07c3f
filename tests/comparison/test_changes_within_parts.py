"""Matching the parts of combinations, and fingerprints."""

from __future__ import annotations

from typing import Any

from change_samples import (
    ADDED_CRITERION,
    EARLIER,
    PART,
    SHARE,
    at_least,
    built,
    lines_of,
)

from ecei_rules.comparison.diff.change import Place
from ecei_rules.comparison.diff.changes import changes_between


class TestParts:
    """Parts of combinations have no names, so they are matched by what they look at."""

    def test_parts_are_matched_by_what_they_look_at(self) -> None:
        """A part that moved is distinguished from a part that changed."""
        listed = {"kind": "answer", "fact": "listed"}
        founded = {"kind": "answer", "indicator": "founded", "when": at_least(2000)}
        yes, no = ({"kind": "one_of", "values": [value]} for value in (True, False))
        counted = {"kind": "count", "at_least": 1, "grade": "excellent"}
        floor = {"kind": "floor", "indicators": ["tools"], "grade": "excellent"}
        before = [founded, {**listed, "when": yes}, counted, floor, EARLIER]
        after = [
            {**EARLIER, "at_most_months": 9},
            {**floor, "grade": "reasonable"},
            {**counted, "at_least": 3},
            {**listed, "when": no},
            founded,
        ]

        changes = changes_between(built({PART: before}), built({PART: after}))

        assert [(e.code, e.old and e.old.pointer, e.new and e.new.pointer) for e in changes] == [
            ("ECEI573", f"{PART}/4", f"{PART}/0/at_most_months"),
            ("ECEI566", f"{PART}/3/grade", f"{PART}/1/grade"),
            ("ECEI570", f"{PART}/2/at_least", f"{PART}/2/at_least"),
            ("ECEI548", f"{PART}/1/when/values", f"{PART}/3/when/values"),
        ]

    def test_part_is_matched_by_what_it_looks_at_before_its_kind(self) -> None:
        """A part about the same answer is preferred to one about some answer."""
        two = {"kind": "answer", "when": at_least(2, "types")}
        years = {"kind": "answer", "indicator": "founded"}
        before = [
            {**two, "indicator": "composition"},
            {**years, "when": at_least(3, "years_ago")},
        ]
        after = [{**years, "when": at_least(4, "years_ago")}, {**two, "indicator": "tools"}]

        changes = changes_between(built({PART: before}), built({PART: after}))

        assert lines_of(changes) == [
            (
                'ECEI547 either: the bound of "either" moved'
                " from at least 3 years ago to at least 4 years ago"
            ),
            (
                "ECEI565 either: the question changed"
                ' from the indicator "composition" to the indicator "tools"'
            ),
        ]

    def test_bounds_are_matched_by_their_options_before_their_measure(self) -> None:
        """A bound on the same options is preferred to one on the same measure."""

        def summed(option: str, comparison: str, bound: int) -> dict[str, Any]:
            kept = {"kind": "threshold", "measure": "sum_of", "options": [option]}
            return {**kept, comparison: bound}

        where = "/criteria/1/when"
        before = [summed("sme", "at_least", 5), summed("large", "at_least", 5)]
        after = [summed("large", "less_than", 6), summed("research", "at_least", 5)]
        old, new = (built({where: {"kind": "all_of", "parts": e}}) for e in (before, after))

        assert lines_of(changes_between(old, new)) == [
            'ECEI547 majority: the bound of "majority" moved from at least 5 to less than 6',
            'ECEI548 majority: the options of "majority" changed from "sme" to "research"',
        ]

        before = [summed("sme", "at_least", 5), summed("sme", "at_most", 9)]
        after = [summed("sme", "at_most", 8), summed("sme", "less_than", 3)]
        old, new = (built({where: {"kind": "all_of", "parts": e}}) for e in (before, after))

        assert lines_of(changes_between(old, new)) == [
            'ECEI547 majority: the bound of "majority" moved from at most 9 to at most 8',
            'ECEI547 majority: the bound of "majority" moved from at least 5 to less than 3',
        ]

    def test_equal_parts_are_matched_first(self) -> None:
        """Of several similar parts the equal ones are paired, so that one edit is one change."""
        where, bounds = "/criteria/1/when", ((1, 2), (2, 3))
        old, new = (
            built({where: {"kind": "any_of", "parts": [at_least(n, "types") for n in each]}})
            for each in bounds
        )

        assert lines_of(changes_between(old, new)) == [
            (
                'ECEI547 majority: the bound of "majority" moved'
                " from at least 1 of the options to at least 3 of the options"
            )
        ]

    def test_order_of_changed_parts_does_not_matter(self) -> None:
        """Of several similar parts that all changed, the same ones are paired in any order."""
        where, bounds = "/criteria/1/when", ((10, 30), (20, 40), (40, 20))
        old, new, turned = (
            built({where: {"kind": "any_of", "parts": [{**SHARE, "at_least": n} for n in each]}})
            for each in bounds
        )

        there, over = changes_between(old, new), changes_between(old, turned)

        assert {each.fingerprint for each in there} == {each.fingerprint for each in over}

    def test_part_that_looks_at_another_question_is_one_change(self) -> None:
        """Parts that look at different questions are matched by their kind."""
        changes = changes_between(built(), built({f"{PART}/1/fact": "old"}))

        assert lines_of(changes) == [
            'ECEI565 either: the question changed from the fact "listed" to the fact "old"'
        ]

    def test_bounds_in_a_condition_are_matched_by_their_comparison(self) -> None:
        """The lower bound of a range is compared with the lower one, in any order."""
        where = "/criteria/1/when"
        low, high = at_least(5, "sum_of", options=["sme"]), {**SHARE}
        most = {"kind": "threshold", "measure": "sum_of", "options": ["sme"], "at_most": 9}
        old = built({where: {"kind": "all_of", "parts": [low, most, high]}})
        new = built({where: {"kind": "all_of", "parts": [high, {**most, "at_most": 2}, low]}})

        assert lines_of(changes_between(old, new)) == [
            'ECEI547 majority: the bound of "majority" moved from at most 9 to at most 2'
        ]

    def test_equal_changes_at_two_places_have_two_fingerprints(self) -> None:
        """Two parts that change in the same way have different fingerprints."""
        where, twice = "/criteria/1/when", [at_least(3, "types"), at_least(3, "types")]
        fewer = [at_least(2, "types"), at_least(2, "types")]
        old = built({where: {"kind": "any_of", "parts": twice}})
        new = built({where: {"kind": "any_of", "parts": fewer}})

        first, second = changes_between(old, new)

        assert (first.message, first.code) == (second.message, second.code)
        assert first.fingerprint != second.fingerprint

    def test_nested_condition_of_another_shape_is_reported_at_its_place(self) -> None:
        """Only the innermost part of another shape is reported."""
        where, yes = "/criteria/2/when", {"kind": "one_of", "values": [True]}
        inner = [{"kind": "all_of", "parts": [yes, yes]}, {"kind": "all_of", "parts": [yes]}]
        old, new = (built({where: {"kind": "any_of", "parts": [each]}}) for each in inner)

        (change,) = changes_between(old, new)

        assert change.new == Place("ruleset", f"{where}/parts/0")
        assert change.message == (
            'the condition of "on-the-list" changed from all of (yes; yes) to all of (yes)'
        )


def test_age_of_the_later_event_is_compared() -> None:
    """
    Two events may be required with an age of the later one, or without.
    """
    twice = {"/criteria/6/repeated": True}
    recent = {**twice, "/criteria/6/later_at_most_months": 18}

    old, new = built(twice), built(recent)

    gained, lost = (lines_of(changes_between(*pair)) for pair in ((old, new), (new, old)))

    what = 'ECEI573 before: the greatest age in months of the later event of "before" changed'
    assert gained == [f"{what} from none to 18"]
    assert lost == [f"{what} from 18 to none"]


def test_order_of_sources_and_aligned_criteria_is_no_change() -> None:
    """
    The sources of a rule and the alignments of a recommendation are sets.
    """
    cited, aligned = ["page", "other"], ["quality:members", "quality:size"]
    names = "/criteria/0/provenance", "/recommendations/participants/aligned_with"
    old, new = (
        built(dict(zip(names, ({"status": "inferred", "sources": one}, other), strict=True)))
        for one, other in ((cited, aligned), (cited[::-1], aligned[::-1]))
    )

    assert changes_between(old, new) == ()


def test_fingerprint_depends_on_the_reworded_option() -> None:
    """
    The same rewording of three options of one question has three fingerprints.
    """
    where = "/indicators/3/answer/options/{}/title"
    found = {
        change.fingerprint
        for index in range(3)
        for change in changes_between(built(), built(catalogue={where.format(index): {"en": "T"}}))
    }

    assert len(found) == 3


def test_fingerprint_follows_from_the_difference_alone() -> None:
    """
    A change of a rule has the same fingerprint, whatever else changes.
    """
    edit = {"/grading/participants/weight": 2}
    alone = changes_between(built(), built(edit))
    around = {"/criteria/0": {**ADDED_CRITERION}, "/validity/first/years": 1, **edit}

    changes = changes_between(built(), built(around))

    assert alone[0].fingerprint in {each.fingerprint for each in changes}
    assert len(changes) == 4
