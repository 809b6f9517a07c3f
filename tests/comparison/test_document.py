"""docs/formats.md, "Comparison": the JSON of a comparison of two rulesets."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
import tiny_rulesets as tiny
from attrs import evolve
from harbour import at_least, open_to_all, ruleset
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from small_worlds import World, small_interviews, worlds

import ecei_rules as er
from ecei_rules._files import write_comparison
from ecei_rules.comparison.codec import CODEC
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass, Shares, Verdict
from ecei_rules.documents.converter import converter
from ecei_rules.documents.resources import schema
from ecei_rules.interviews.catalogue import YesNo
from ecei_rules.rulesets.criteria import Improvements, ScoreReaches, SomeRequirement

VALIDATOR = Draft202012Validator(schema("comparison"))
PAIRS = [
    (one.reference, other.reference)
    for one, other in product(er.shipped().rulesets, repeat=2)
    if one.label == other.label or "2019-11" in one.version == other.version
]
OLD = ruleset("2024-02", {"staffed": at_least("cranes", 2), "open-to-all": open_to_all()})
NEW = ruleset("2025-02", {"staffed": at_least("cranes", 4)})


def shipped(reference: str) -> er.Ruleset:
    """A shipped ruleset."""
    label, version = reference.split("@")
    return er.shipped().ruleset(label, version=version)


def written(old: er.Ruleset, new: er.Ruleset, **more: Any) -> dict[str, Any]:
    """Write a comparison, check it against its schema, and return the document."""
    document: dict[str, Any] = json.loads(write_comparison(compare_rulesets(old, new, **more)))
    assert [f"{each.json_path}: {each.message}" for each in VALIDATOR.iter_errors(document)] == []
    return document


def outcomes(witness: dict[str, Any], old: er.Ruleset, new: er.Ruleset) -> list[er.LabelOutcome]:
    """Assess the two interviews of a witness, read from the document."""
    edition = er.Edition(dict.fromkeys([old.catalogue, new.catalogue]))
    return [
        er.assess(er.read_interview(json.dumps(witness[side]), edition=edition), judging).outcome
        for side, judging in (("old", old), ("new", new))
    ]


def assert_witnesses_confirmed(document: dict[str, Any], old: er.Ruleset, new: er.Ruleset) -> None:
    """Check that the witnesses of the label have the outcomes that they show."""
    awarded, refused = er.LabelOutcome.AWARDED, er.LabelOutcome.NOT_AWARDED
    for direction, expected in (("lost", [awarded, refused]), ("gained", [refused, awarded])):
        result = document["label"][direction]
        if result["kind"] == "witness":
            assert outcomes(result, old, new) == expected


class TestShippedPairs:
    """The documents of shipped rulesets."""

    @pytest.mark.parametrize(("old", "new"), PAIRS, ids=" ".join)
    def test_document_fits_its_schema_and_its_witnesses_can_be_read(
        self, old: str, new: str
    ) -> None:
        """
        Each interview in it can be read and assessed, and shows the difference.
        """
        rulesets = shipped(old), shipped(new)

        assert_witnesses_confirmed(written(*rulesets), *rulesets)

    def test_rulesets_are_named_with_their_criteria(self) -> None:
        """
        They are named by label, version, digest and catalogue.
        """
        new = written(shipped("bronze@2010-11"), shipped("bronze@2019-11"))["new"]
        criteria = new.pop("criteria")

        assert new == {
            "label": "bronze",
            "version": "2019-11",
            "title": {"en": "Bronze: striving for cluster excellence"},
            "digest": er.digest(shipped("bronze@2019-11")),
            "catalogue": {"id": "benchmarking", "version": "2019-11"},
            "basis": "inferred",
            "weakest": "illustrative",
        }
        assert [each["id"] for each in criteria][-1] == "eccp-listing"
        assert criteria[-1]["basis"] == "documented"


class TestMembers:
    """The members of the document."""

    def test_sizes_are_exact_integers_with_percentages_for_display(self) -> None:
        """
        Six classes of interviews, of which both award one: a sixth is 16.6 %.
        """
        assert written(OLD, NEW)["label"]["shares"] == {
            "classes": {"both": 1, "old_only": 1, "new_only": 1, "neither": 3},
            "total": 6,
            "percent": {"both": 16.6, "old_only": 16.6, "new_only": 16.6, "neither": 50},
        }

    def test_large_number_keeps_every_digit(self) -> None:
        """
        The number of ways to answer forty questions of five classes has 28 digits.
        """
        comparison = compare_rulesets(OLD, NEW)
        label = evolve(comparison.label, shares=Shares(0, 0, 0, 5**40))

        text = write_comparison(evolve(comparison, label=label))

        assert '"neither":9094947017729282379150390625' in text

    def test_shares_are_read_back_and_their_percentages_are_checked(self) -> None:
        """
        Percentages that do not follow from the classes are an error.
        """
        shares = Shares(1, 2, 3, 4)
        members = converter(CODEC).unstructure(shares)

        assert converter(CODEC).structure(members, Shares) == shares
        members["percent"]["both"] = 11
        with pytest.raises(ValueError, match=r"^the percentages do not follow from the classes$"):
            converter(CODEC).structure(members, Shares)

    def test_answers_about_improvements_are_numbers_by_name(self) -> None:
        """
        A certificate that depends on them fits the schema.
        """
        asked = tiny.catalogue(*(tiny.indicator(name, YesNo()) for name in "ab"))
        fewer = tiny.catalogue(tiny.indicator("a", YesNo()), version="2")
        graded = {"a": tiny.grades(tiny.YES)}
        yes = ScoreReaches(Decimal(1), "points")
        either, both = (SomeRequirement([Improvements(number), yes]) for number in (1, 2))
        old = tiny.ruleset(asked, both, grading=graded)
        new = tiny.ruleset(fewer, either, grading=graded, version="2")

        _, question = written(old, new)["label"]["lost"]["questions"]

        # fewer than two of the old and none or one of the new, or both a and b
        assert question["answers"] == [
            {"common": 0, "only-old": 0, "only-new": 0},
            {"common": 1, "only-old": 0, "only-new": 0},
            {"common": 1, "only-old": 1, "only-new": 0},
        ]

    def test_unknown_results_are_left_out(self) -> None:
        """
        A verdict, direction or size beyond the method is left out, and never null.
        """
        comparison = compare_rulesets(OLD, NEW)
        label = evolve(
            comparison.label, verdict=None, lost=None, gained=None, shares=None, beyond=["why"]
        )
        text = write_comparison(evolve(comparison, label=label, origin=None))

        document = json.loads(text)
        assert document["label"] == {"title": {"en": "Harbour bronze"}, "beyond": ["why"]}
        assert "origin" not in document
        assert "null" not in text
        VALIDATOR.validate(document)

    def test_schema_lists_all_classes_and_verdicts(self) -> None:
        """
        The schema and the enumerations are equal.
        """
        members = schema("comparison")

        assert members["properties"]["class"]["enum"] == [each.value for each in ChangeClass]
        assert members["$defs"]["scope"]["properties"]["verdict"]["enum"] == [
            each.value for each in Verdict
        ]

    def test_interview_within_has_the_schema_of_an_interview(self) -> None:
        """
        The two schemas of an interview are equal.
        """
        own, within = schema("interview"), schema("comparison")["$defs"]["interview"]

        assert {name: within[name] for name in ("properties", "required")} == {
            name: own[name] for name in ("properties", "required")
        }
        for name, each in own["$defs"].items():
            assert schema("comparison")["$defs"][name] == each

    def test_unknown_member_does_not_fit(self) -> None:
        """
        At any depth, only x- members are allowed in addition.
        """
        document = written(OLD, NEW)
        document["label"]["lost"]["x-note"] = 1
        assert VALIDATOR.is_valid(document)

        document["label"]["lost"]["note"] = 1
        assert not VALIDATOR.is_valid(document)


class TestLaws:
    """Laws about any two rulesets."""

    @given(st.data(), worlds())
    def test_every_document_fits_and_its_witnesses_are_confirmed(
        self, data: st.DataObject, world: World
    ) -> None:
        """
        The base is the best interview or a given one.
        """
        base = data.draw(st.none() | small_interviews(world, complete=False))

        document = written(world.old, world.new, base=base)

        assert_witnesses_confirmed(document, world.old, world.new)

    @given(worlds())
    def test_equal_comparisons_give_equal_bytes(self, world: World) -> None:
        """
        Comparing twice gives the same text.
        """
        texts = {write_comparison(compare_rulesets(world.old, world.new)) for _ in range(2)}

        assert len(texts) == 1
