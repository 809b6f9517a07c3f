"""Changes between the shipped rulesets, and the places of changes."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from change_samples import (
    ADDED_CRITERION,
    GONE,
    at,
    built,
    read_at,
)
from paths import ROOT

import ecei_rules as er
from ecei_rules.comparison.diff.change import Place
from ecei_rules.comparison.diff.changes import changes_between, in_files


def shipped_files(ruleset: er.Ruleset) -> dict[Any, tuple[str, str]]:
    """Return the files of a shipped ruleset and its catalogue."""
    catalogue = ruleset.catalogue
    paths = {
        "ruleset": f"{ruleset.label}/{ruleset.version}.json",
        "catalogue": f"catalogues/{catalogue.id}-{catalogue.version}.json",
    }
    texts = {n: (ROOT / "rulesets" / path).read_text("utf-8") for n, path in paths.items()}
    return {name: (paths[name], texts[name]) for name in paths}


VERSIONS = [
    ("bronze", "2010-11", "2019-11"),
    ("silver", "2014-10", "2017-01"),
    ("silver", "2017-01", "2019-11"),
    ("gold", "2012-04", "2019-11"),
]


class TestShippedVersions:
    """Comparisons of the shipped versions of one label."""

    @pytest.mark.parametrize(("label", "first", "second"), VERSIONS)
    def test_place_is_the_line_of_the_part(self, label: str, first: str, second: str) -> None:
        """The line of each change in the shipped files has the changed value."""
        old, new = (er.shipped().ruleset(label, version=each) for each in (first, second))
        texts = shipped_files(old), shipped_files(new)

        changes = in_files(changes_between(old, new), old=texts[0], new=texts[1])

        assert changes
        for change in changes:
            for place, there in zip((change.old, change.new), texts, strict=True):
                if place is not None:
                    name, text = there[place.document]
                    assert place.file == name
                    assert at(json.loads(text), place.pointer) in read_at(text, place)

    def test_bronze_gained_the_eligibility_criteria(self) -> None:
        """
        In 2019 seven facts, nine required criteria and the renewal were added. The expert's
        impartiality was a criterion of its own and became part of the one on the expert,
        which no longer excludes a video.
        """
        old, new = (er.shipped().ruleset("bronze", version=v) for v in ("2010-11", "2019-11"))

        counts = Counter(each.code for each in changes_between(old, new) if not each.editorial)

        assert counts == {
            "ECEI515": 7,
            "ECEI531": 1,
            "ECEI532": 1,
            "ECEI533": 1,
            "ECEI560": 9,
            "ECEI561": 1,
            "ECEI579": 2,
            "ECEI581": 1,
            "ECEI582": 1,
            "ECEI587": 7,
        }

    def test_added_criterion_has_its_line(self) -> None:
        """A reader can open the file of a ruleset at the criterion that was added."""
        old, new = (er.shipped().ruleset("gold", version=v) for v in ("2012-04", "2019-11"))
        changes = in_files(changes_between(old, new), old={}, new=shipped_files(new))

        (added,) = (each for each in changes if each.subject == "dedicated-management")

        assert added.old is None
        assert added.new is not None
        lines = shipped_files(new)["ruleset"][1].splitlines()
        assert added.new.line == lines.index('      "id": "dedicated-management",')
        assert str(added.new) == f"gold/2019-11.json:{added.new.line}"


class TestPlaces:
    """The place of a change, in a document and in a file."""

    def test_default_value_has_the_place_of_the_object_around_it(self) -> None:
        """A member that is left out has the place of its object, also in a file of one line."""
        old, new = built(), built(catalogue={"/indicators/3/not_applicable": True})

        (change,) = changes_between(old, new)
        (placed,) = in_files([change], old={"catalogue": ("a.json", "{}")}, new={})

        assert change.old == Place("catalogue", "/indicators/3")
        assert change.new == Place("catalogue", "/indicators/3/not_applicable")
        assert placed.old == Place("catalogue", "/indicators/3", file="a.json", line=1)
        assert placed.new == change.new

    def test_member_has_the_line_of_its_name(self) -> None:
        """The line is that of the name, also if the value follows further down."""
        old, new = built(), built({"/grading/tools/weight": 3})
        text = '{"grading":\n{"tools":\n{"weight":\n\n3}}}'

        (change,) = in_files(changes_between(old, new), old={}, new={"ruleset": ("b.json", text)})

        assert change.new == Place("ruleset", "/grading/tools/weight", file="b.json", line=3)

    def test_place_without_a_file_is_shown_as_pointer(self) -> None:
        """The place of a value that is in no file is its document and its pointer."""
        assert str(Place("ruleset", "/validity")) == "ruleset /validity"
        assert str(Place("catalogue", "")) == "catalogue (whole document)"

    def test_added_list_has_the_place_of_the_whole_document(self) -> None:
        """The other document has no list of sources at all."""
        old, new = built({"/sources": GONE}), built()

        (change,) = changes_between(old, new)

        assert change.old == Place("ruleset", "")
        assert change.new == Place("ruleset", "/sources")

    def test_changes_are_in_the_order_of_the_documents(self) -> None:
        """First the catalogue, then the ruleset; in each list the new parts, then removed ones."""
        old = built()
        new = built(
            {
                "/title": {"en": "New"},
                "/validity/first/years": 1,
                "/criteria/0": {**ADDED_CRITERION},
                "/criteria/4/severity": "advisory",
                "/in_force/to": GONE,
            },
            {"/facts/0/title/en": "Staff", "/dimensions/0/title/en": "First"},
        )

        assert [each.subject for each in changes_between(old, new)] == [
            "structure",
            "staff",
            "in force",
            "extra",
            "total",
            "answered",
            "validity",
            "title",
        ]
