"""docs/semantics.md, 4.7 to 4.10: recommendations."""

from __future__ import annotations

import json

from harbour_json import ANSWERS, assessed, ruleset, threshold


class TestRecommendations:
    """docs/semantics.md, 4.7 to 4.10: the recommendations and their order."""

    RULES = ruleset(
        {
            "kind": "answer",
            "indicator": "founded",
            "when": threshold("years_ago", at_least=11),
            "title": {"en": "Age"},
        },
        {"kind": "answer", "fact": "open", "when": {"kind": "one_of", "values": [True]}},
        recommendations={
            "cranes": {"below": "high", "text": {"en": "Buy a crane."}},
            "founded": {"text": {"en": "Wait."}},
            "open": {"text": {"en": "Open up."}, "aligned_with": ["quality:openness"]},
        },
    )

    def test_reasons_for_the_refusal_come_first(self) -> None:
        """
        An indicator without grades and a fact are recommended if they are decisive.
        """
        recommended = assessed(self.RULES, answers=ANSWERS, facts={"open": False}).recommendations

        assert [(each.subject, each.id, each.decisive, each.gain) for each in recommended] == [
            ("indicator", "founded", True, 0),
            ("fact", "open", True, 0),
            ("indicator", "cranes", False, 1),
        ]
        assert [each.basis.value for each in recommended] == [
            "documented",
            "documented",
            "illustrative",
        ]
        assert (recommended[0].grade, recommended[0].target) == (None, None)
        assert recommended[1].aligned_with == ("quality:openness",)
        assert (recommended[2].grade, recommended[2].target) == ("low", "high")

    def test_best_grade_or_missing_answer_gives_no_recommendation(self) -> None:
        """
        Nor does a fact as required.
        """
        best = {**ANSWERS, "cranes": 4, "founded": 2000}

        assert assessed(self.RULES, answers=best, facts={"open": True}).recommendations == ()
        assert assessed(self.RULES, answers={}).recommendations == ()

    def test_grade_above_the_bound_gives_no_recommendation(self) -> None:
        """
        Advice for those below a grade is not for those who have it.
        """
        rules = json.loads(json.dumps(self.RULES))
        rules["scale"] = ["lowest", "low", "high"]
        rules["recommendations"]["cranes"]["below"] = "lowest"
        settled = {"founded": 2000, "cranes": 3}

        assert assessed(rules, answers=settled, facts={"open": True}).recommendations == ()
