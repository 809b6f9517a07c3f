"""`ecei-rules ruleset check`, and the warnings about the shipped rulesets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from paths import CASES, ROOT
from reviewed_rulesets import named

import ecei_rules as er
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


MESSAGES = CASES / "messages"


class TestShippedRulesets:
    """The warnings about the shipped rulesets, each of them true."""

    #: In the catalogue of the audits, but in no ruleset of Silver (docs/sources.md).
    OUTSIDE = (
        "geographical-concentration",
        "human-resources-available",
        "life-long-learning-of-team",
        "stability-of-human-resources",
        "stability-of-participation",
        "prospects-of-financial-resources",
        "share-of-private-resources",
        "focus-of-strategy",
        "working-groups",
        "recognition-in-media",
        "success-stories",
        "satisfaction-of-participants",
    )
    #: The floors ask for 15 participants and for a private majority with more besides.
    IMPLIED = ("enough-committed-participants", "private-majority")

    @pytest.mark.parametrize(
        ("reference", "implied", "idle_ones"),
        [
            ("bronze@2010-11", (), ()),
            ("bronze@2019-11", (), ()),
            ("silver@2014-10", (), OUTSIDE),
            ("silver@2017-01", (), OUTSIDE),
            ("silver@2019-11", IMPLIED, OUTSIDE),
            ("gold@2012-04", (), ()),
            ("gold@2019-11", IMPLIED, ()),
        ],
    )
    def test_shipped_rulesets_have_the_known_warnings(
        self, reference: str, implied: tuple[str, ...], idle_ones: tuple[str, ...]
    ) -> None:
        """
        Silver looks at 19 of 31 indicators. A reasonable number of participants is 15, and
        a reasonable composition has a private majority.
        """
        label, version = reference.split("@")
        found = review_ruleset(er.shipped().ruleset(label, version=version))

        assert [
            (each.code, *named(each.message)) for each in found if not each.message.endswith(".")
        ] == [
            *(("ECEI363", name, "structure-floors") for name in implied),
            *(("ECEI364", name) for name in idle_ones),
        ]
        assert all(each.severity == "warning" for each in found)


class TestCommand:
    """`ecei-rules ruleset check` prints the review, with the places in the file."""

    SILVER = ROOT / "rulesets" / "silver" / "2019-11.json"

    def refused(self, tmp_path: Path) -> Path:
        """Return a copy of Bronze that requires at most 14.5 participants as well as 15."""
        document = json.loads((ROOT / "rulesets" / "bronze" / "2019-11.json").read_bytes())
        few = {"kind": "threshold", "measure": "value", "at_most": 14.5}
        document["criteria"].append(
            {
                "id": "few",
                "severity": "required",
                "kind": "answer",
                "indicator": "committed-participants",
                "when": few,
            }
        )
        path = tmp_path / "ruleset.json"
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
        return path

    def test_warnings_alone_exit_with_0(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        They are printed before the file is reported to be in order.
        """
        code = main(["ruleset", "check", str(self.SILVER)])
        out, err = capsys.readouterr()
        lines = [line for line in out.splitlines() if not line.startswith("  ")]

        assert code == 0
        assert err == "ecei-rules: 14 warnings\n"
        assert len(lines) == 15
        assert all(re.match(rf"{self.SILVER}:\d+:\d+: ECEI36[34] /", line) for line in lines[:-1])
        assert lines[-1] == f"{self.SILVER}: ok (ecei-ruleset/1)"

    def test_unattainable_label_exits_with_1(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Problems and warnings are counted separately.
        """
        path = self.refused(tmp_path)
        text = path.read_text(encoding="utf-8")
        line = text[: text.rindex('"at_most"')].count("\n") + 1

        code = main(["ruleset", "check", str(path)])

        assert code == 1
        assert capsys.readouterr() == (
            (
                f"{path}:1:1: ECEI361 (whole document): no interview attains the label:"
                ' "enough-committed-participants" and "few" exclude each other\n'
                "  1 | {\n"
                "    | ^\n"
                f"{path}:{line}:16: ECEI365 /criteria/22/when/at_most: warning:"
                " no answer can be 14.5: the nearest are 14 and 15\n"
                f'  {line} |     "at_most": 14.5\n'
                f"  {' ' * len(str(line))} |                ^^^^\n"
                '  hint: "at_most": 14 means the same\n'
            ),
            "ecei-rules: 1 problem, 1 warning\n",
        )

    def test_json_separates_problems_and_warnings(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        A document in order has its format, and warnings are always listed.
        """
        bad, good = str(self.refused(tmp_path)), str(self.SILVER)

        code = main(["ruleset", "check", bad, good, "--format", "json"])
        first, second = json.loads(capsys.readouterr().out)["files"]

        assert code == 1
        assert [each["code"] for each in first["problems"]] == ["ECEI361"]
        assert [each["code"] for each in first["warnings"]] == ["ECEI365"]
        assert "format" not in first
        assert second["problems"] == []
        assert len(second["warnings"]) == 14
        assert second["format"] == "ecei-ruleset/1"
