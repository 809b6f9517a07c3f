"""The shipped editions are read one by one, and are the same as their documents."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest
from attrs import evolve

import ecei_rules as er
from ecei_rules.documents.resources import RULESETS
from ecei_rules.documents.shipped import (
    RULESETS_OF,
    shipped_catalogue,
    shipped_digest,
    shipped_labels,
    shipped_ruleset,
    shipped_ruleset_in_force,
)

CATALOGUES = [each.reference for each in er.shipped().catalogues]
REFERENCES = [each.reference for each in er.shipped().rulesets]


def test_every_file_is_shipped() -> None:
    """
    No edition in the folder is left out.
    """
    names = {path.relative_to(RULESETS).with_suffix("").as_posix() for path in RULESETS.rglob("*")}

    assert {name for name in names if "/" in name} == {
        *(f"catalogues/{each.replace('@', '-')}" for each in CATALOGUES),
        *(each.replace("@", "/") for each in REFERENCES),
    }


@pytest.mark.parametrize("reference", CATALOGUES)
def test_catalogue_is_the_one_of_its_document(reference: str) -> None:
    """
    The quick way to read a shipped catalogue gives what reading in stages gives.
    """
    path = RULESETS / "catalogues" / f"{reference.replace('@', '-')}.json"
    read, kept = er.load_catalogue(path), shipped_catalogue(*reference.split("@"))

    assert kept == read
    assert repr(kept) == repr(read)


@pytest.mark.parametrize("reference", REFERENCES)
def test_ruleset_is_the_one_of_its_document(reference: str) -> None:
    """
    The quick way to read a shipped ruleset gives what reading in stages gives.
    """
    label, version = reference.split("@")
    read, kept = (
        er.load_ruleset(RULESETS / label / f"{version}.json"),
        shipped_ruleset(label, version),
    )

    assert kept == evolve(read, extensions={})
    assert repr(kept) == repr(evolve(read, extensions={}))


def test_known_digest_is_that_of_the_content() -> None:
    """
    Only the shipped value itself has a known digest; that of an equal one is taken.
    """
    for each in [*er.shipped().catalogues, *er.shipped().rulesets]:
        equal = pickle.loads(pickle.dumps(each))

        assert shipped_digest(equal) is None
        assert shipped_digest(each) == er.digest(equal)


def test_table_of_rulesets_is_true() -> None:
    """
    It tells which ruleset to read: the catalogues and first days are those of the rulesets.
    """
    assert [
        (f"{label}@{version}", catalogue, first)
        for label, versions in RULESETS_OF.items()
        for version, (catalogue, first) in versions.items()
    ] == [
        (each.reference, each.catalogue.id, each.in_force.first) for each in er.shipped().rulesets
    ]
    assert shipped_labels("benchmarking") == ("bronze",)
    assert shipped_labels("own") == ()


@pytest.mark.parametrize("label", RULESETS_OF)
def test_ruleset_in_force_is_that_of_the_edition(label: str) -> None:
    """
    On the first day of each ruleset, and on the day before, both ways find the same one.
    """
    for _, first in RULESETS_OF[label].values():
        for on in (first - timedelta(days=1), first, date(2999, 12, 31)):
            assert found(shipped_ruleset_in_force, label, on) == found(
                er.shipped().ruleset, label, on
            )


def found(find: object, label: str, on: date) -> object:
    """The identity of the ruleset that is found, or the message that there is none."""
    assert callable(find)
    try:
        return id(find(label, on=on))
    except er.NoRulesetInForce as error:
        return str(error)


@pytest.mark.parametrize(
    ("name", "version"), [("own", "2019-11"), ("bronze", "2019-11"), ("../x", "")]
)
def test_other_catalogues_are_not_looked_for(name: str, version: str) -> None:
    """
    A name from a document leads to no other file.
    """
    assert shipped_catalogue(name, version) is None
    assert shipped_ruleset(name, "2030-01") is None
