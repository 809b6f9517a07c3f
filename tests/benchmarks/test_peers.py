"""docs/speed.md: the peers do the same as the library."""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.peers.by_hand import bronze, gold
from benchmarks.peers.obvious import assess as obvious
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES, ROOT
from shipped_interviews import interviews
from spoiling import spoiled

import ecei_rules as er

if TYPE_CHECKING:
    from pathlib import Path

PEERS = ROOT / "benchmarks" / "peers"
LABELS = {"benchmarking": ("bronze", bronze), "quality": ("gold", gold)}
CATALOGUES = sorted(LABELS)


def of_the_library(name: str, data: bytes) -> str:
    """Return the assessment that the library writes."""
    ruleset = er.shipped().ruleset(LABELS[name][0], version="2019-11")
    return er.write_assessment(er.assess(er.read_interview(data), ruleset))


def examples(name: str) -> list[Path]:
    """Return the examples of interviews with a catalogue of November 2019."""
    wanted = {"id": name, "version": "2019-11"}
    paths = sorted(EXAMPLES.glob("*.json"))
    return [each for each in paths if json.loads(each.read_bytes())["catalogue"] == wanted]


class TestBytes:
    """Both peers write the same bytes as the library."""

    @pytest.mark.parametrize("name", CATALOGUES)
    def test_of_examples(self, name: str) -> None:
        """
        The examples are all that are shipped for the label.
        """
        found = examples(name)

        assert found
        for path in found:
            data = path.read_bytes()
            expected = of_the_library(name, data)
            assert LABELS[name][1].whole(data) == expected
            assert obvious.whole(data) == expected

    @pytest.mark.oracle
    @given(st.data())
    @pytest.mark.parametrize("name", CATALOGUES)
    def test_of_any_interview(self, name: str, data: st.DataObject) -> None:
        """
        The interviews have every outcome, and write out members that may be left out.
        """
        document = json.dumps(data.draw(interviews(name))).encode()
        expected = of_the_library(name, document)

        assert LABELS[name][1].whole(document) == expected
        assert obvious.whole(document) == expected


class TestReading:
    """The hand-written program accepts what the library accepts, and nothing else."""

    @pytest.mark.oracle
    @given(st.data())
    @pytest.mark.parametrize("name", CATALOGUES)
    def test_of_documents_with_one_mistake(self, name: str, data: st.DataObject) -> None:
        """
        A document with one value replaced, removed or added may still be valid.
        """
        document = data.draw(interviews(name).flatmap(spoiled))
        text = json.dumps(document).encode()

        assert reads(LABELS[name][1].read, text) is reads(er.read_interview, text)

    @pytest.mark.parametrize("name", CATALOGUES)
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('{"format"', '{"format": "ecei-interview/1", "format"'),
            ('"on": "2024-', '"on": "2024-02-30", "x-on": "2024-'),
            ('"management-fte": ', '"management-fte": NaN, "x-fte": '),
        ],
    )
    def test_of_texts_that_are_no_plain_json(self, name: str, old: str, new: str) -> None:
        """
        A name that occurs twice, a day that does not exist, and a number that is none.
        """
        document = json.loads(examples(name)[0].read_bytes())
        text = json.dumps({"format": document.pop("format"), **document})
        wrong = text.replace(old, new)

        assert wrong != text
        assert not reads(er.read_interview, wrong.encode())
        assert not reads(LABELS[name][1].read, wrong.encode())

    @pytest.mark.parametrize("name", CATALOGUES)
    @pytest.mark.parametrize(
        "events",
        [
            [("benchmarked", "2020-03-02", None)] * 2,
            [("awarded", "2020-03-02", "2022-03-31")] * 2,
            [("awarded", "2020-03-02", "2020-03-01")],
            [("awarded", "2020-03-02", "2022-03-31"), ("awarded", "2020-03-02", "2022-04-30")],
            [("awarded", "2021-03-02", "2022-03-31"), ("awarded", "2020-03-02", "2022-04-30")],
        ],
    )
    def test_of_contradicting_histories(
        self, name: str, events: list[tuple[str, str, str | None]]
    ) -> None:
        """
        docs/semantics.md, 8.2: events listed twice, and ends that do not fit.
        """
        document = json.loads(examples(name)[0].read_bytes())
        names = ("event", "on", "valid_until")
        found = [dict(zip(names, each, strict=True)) for each in events]
        document["history"] = [
            {"label": "silver", **{name: held for name, held in each.items() if held}}
            for each in found
        ]
        wrong = json.dumps(document).encode()

        assert not reads(er.read_interview, wrong)
        assert not reads(LABELS[name][1].read, wrong)


def reads(read: Any, text: bytes) -> bool:
    """Return whether a program accepts a document; a peer may refuse it by any error."""
    try:
        read(text)
    except Exception:  # noqa: BLE001
        return False
    return True


@pytest.mark.parametrize(
    "path",
    sorted([*PEERS.glob("by_hand/*.py"), *PEERS.glob("obvious/*.py")]),
    ids=lambda path: f"{path.parent.name}.{path.stem}",
)
def test_peers_import_nothing_of_the_package(path: Path) -> None:
    """
    A peer that used the library would be no other way to do the same.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [
        *(each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)),
        *(n.name for each in ast.walk(tree) if isinstance(each, ast.Import) for n in each.names),
    ]

    assert not [name for name in names if name.split(".")[0] == "ecei_rules"]
