"""Laws of the changes between any two rulesets."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from attrs import evolve
from change_samples import (
    at,
    content,
    normal,
)
from change_strategies import pairs, respelled, reworded
from hypothesis import given
from hypothesis import strategies as st
from strategies import catalogues, interviews, rulesets

import ecei_rules as er
from ecei_rules.comparison.diff.changes import changes_between
from ecei_rules.documents.codec import CODEC
from ecei_rules.documents.converter import document

if TYPE_CHECKING:
    from ecei_rules.comparison.diff.change import Change, Place


def at_place(ruleset: er.Ruleset, place: Place) -> Any:
    """Return the value at a place in a ruleset or its catalogue."""
    whole = ruleset if place.document == "ruleset" else ruleset.catalogue
    return at(document(whole, CODEC), place.pointer)


def member(place: Place) -> str | None:
    """Return the name of the member at a place, such as that of a bound; items have none."""
    name = place.pointer.rpartition("/")[2]
    return None if name.isdecimal() else name


def mirrored(change: Change) -> tuple[Any, ...]:
    """Return the parts of a change that give its place, seen from the other side."""
    return change.subject, change.editorial, change.new, change.old


def sides(change: Change) -> tuple[Any, ...]:
    """Return the parts of a change that give its place."""
    return change.subject, change.editorial, change.old, change.new


class TestLaws:
    """Laws about any two rulesets."""

    @given(catalogues().flatmap(rulesets))
    def test_ruleset_has_no_changes_to_itself(self, ruleset: er.Ruleset) -> None:
        """Comparing a ruleset with itself reports nothing."""
        assert changes_between(ruleset, ruleset) == ()

    @given(catalogues().flatmap(rulesets), st.data())
    def test_order_and_notation_are_no_change(
        self, ruleset: er.Ruleset, data: st.DataObject
    ) -> None:
        """Lists in another order and longer notations of numbers are equal."""
        assert changes_between(ruleset, data.draw(respelled(ruleset))) == ()

    @given(pairs())
    def test_no_changes_means_equal_content(self, pair: tuple[er.Ruleset, er.Ruleset]) -> None:
        """Nothing is reported if and only if both are equal, up to order and notation."""
        old, new = pair
        same = content(old, wording=True) == content(new, wording=True)

        assert (changes_between(old, new) == ()) is same

    @given(pairs())
    def test_all_changes_are_editorial_if_and_only_if_the_rules_are_equal(
        self, pair: tuple[er.Ruleset, er.Ruleset]
    ) -> None:
        """Editorial changes, other than those of provenance, are those that digests ignore."""
        old, new = pair
        same = content(old, wording=False) == content(new, wording=False)

        assert all(each.editorial for each in changes_between(old, new)) is same

    @given(pairs())
    def test_reverse_comparison_mirrors_the_places(
        self, pair: tuple[er.Ruleset, er.Ruleset]
    ) -> None:
        """As many changes, at the same places, with old and new exchanged."""
        there, back = changes_between(*pair), changes_between(*pair[::-1])

        assert Counter(map(sides, there)) == Counter(map(mirrored, back))

    @given(pairs())
    def test_values_at_the_places_differ(self, pair: tuple[er.Ruleset, er.Ruleset]) -> None:
        """The old place has another name or another value than the new one."""
        for change in changes_between(*pair):
            old, new = (
                (member(place), normal(at_place(ruleset, place))) if place else None
                for ruleset, place in zip(pair, (change.old, change.new), strict=True)
            )
            assert old != new

    @given(pairs())
    def test_fingerprints_are_unique(self, pair: tuple[er.Ruleset, er.Ruleset]) -> None:
        """A fingerprint identifies one change of a comparison."""
        prints = [each.fingerprint for each in changes_between(*pair)]

        assert len(set(prints)) == len(prints)
        assert all(re.fullmatch("[0-9a-f]{16}", each) for each in prints)

    @given(pairs(), st.data())
    def test_fingerprint_stays_when_lines_move(
        self, pair: tuple[er.Ruleset, er.Ruleset], data: st.DataObject
    ) -> None:
        """In another order and notation the same changes have the same fingerprints."""
        moved = [data.draw(respelled(each)) for each in pair]

        before, after = changes_between(*pair), changes_between(*moved)

        assert sorted(e.fingerprint for e in before) == sorted(e.fingerprint for e in after)

    @given(catalogues().flatmap(rulesets), st.data())
    def test_editorial_changes_change_no_outcome(
        self, ruleset: er.Ruleset, data: st.DataObject
    ) -> None:
        """An interview has the same outcomes under a reworded ruleset."""
        catalogue = data.draw(reworded(ruleset.catalogue))
        other = evolve(data.draw(reworded(ruleset)), catalogue=catalogue)
        interview = data.draw(interviews(ruleset.catalogue))

        before = er.assess(interview, ruleset)
        after = er.assess(evolve(interview, catalogue=catalogue), other)

        assert all(each.editorial for each in changes_between(ruleset, other))
        assert outcomes(before) == outcomes(after)


def outcomes(assessment: er.Assessment) -> list[Any]:
    """Return the results of an assessment, without texts and provenance."""
    validity = assessment.validity
    return [
        assessment.outcome,
        assessment.score,
        [(each.criterion, each.outcome) for each in assessment.all_findings],
        [(each.id, each.outcome, each.score) for each in assessment.dimensions],
        validity and (validity.first, validity.until, validity.renewable_until),
        [(each.id, each.gain, each.decisive) for each in assessment.recommendations],
    ]
