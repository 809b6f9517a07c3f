"""Changes of rulesets: the messages and places of each edit."""

from __future__ import annotations

from typing import Any

from change_samples import (
    ADDED_CRITERION,
    EARLIER,
    GONE,
    PART,
    TEXT,
    Case,
    EachChange,
    codes_in,
    each_case,
)

from ecei_rules.diagnostics.codes import CHANGE_CODES

GRADING_BASIS = "ECEI594 composition: the basis of the grading changed"


IN_RULESET: list[tuple[dict[str, Any], str, str]] = [
    (
        {"/label": "gold"},
        "ECEI530 label: the label changed from silver to gold",
        "ECEI530 label: the label changed from gold to silver",
    ),
    (
        {"/in_force/from": "2024-02-01"},
        "ECEI532 in force: the first day changed from 2024-01-01 to 2024-02-01",
        "ECEI532 in force: the first day changed from 2024-02-01 to 2024-01-01",
    ),
    (
        {"/in_force/to": GONE},
        "ECEI533 in force: the last day changed from 2030-12-31 to none stated",
        "ECEI533 in force: the last day changed from none stated to 2030-12-31",
    ),
    (
        {"/in_force/after_gap": True},
        "ECEI534 in force: the gap before the first day changed from none to declared",
        "ECEI534 in force: the gap before the first day changed from declared to none",
    ),
    (
        {"/scale/0": "reasonable", "/scale/1": "improvable"},
        (
            "ECEI535 scale: the scale changed from improvable < reasonable < excellent"
            " to reasonable < improvable < excellent"
        ),
        (
            "ECEI535 scale: the scale changed from reasonable < improvable < excellent"
            " to improvable < reasonable < excellent"
        ),
    ),
    (
        {"/grading/tools": GONE},
        "ECEI541 tools: the grading was removed, of weight 1",
        "ECEI540 tools: the grading was added, of weight 1",
    ),
    (
        {"/grading/tools/weight": 3},
        "ECEI542 tools: the weight changed from 1 to 3",
        "ECEI542 tools: the weight changed from 3 to 1",
    ),
    (
        {"/grading/participants/grades/1": GONE},
        'ECEI544 participants: the grade "reasonable" of 1 point was removed: at least 15',
        'ECEI543 participants: the grade "reasonable" of 1 point was added: at least 15',
    ),
    (
        {"/grading/participants/grades/0/points": 3},
        'ECEI545 participants: the points of "excellent" changed from 2 to 3',
        'ECEI545 participants: the points of "excellent" changed from 3 to 2',
    ),
    (
        {"/grading/founded/not_applicable_points": GONE},
        'ECEI546 founded: the points of "not applicable" changed from 1 to 0',
        'ECEI546 founded: the points of "not applicable" changed from 0 to 1',
    ),
    (
        {"/grading/participants/grades/0/when/at_least": 30},
        'ECEI547 participants: the bound of "excellent" moved from at least 40 to at least 30',
        'ECEI547 participants: the bound of "excellent" moved from at least 30 to at least 40',
    ),
    (
        {"/criteria/1/when/at_least": GONE, "/criteria/1/when/more_than": 50},
        'ECEI547 majority: the bound of "majority" moved from at least 50 % to more than 50 %',
        'ECEI547 majority: the bound of "majority" moved from more than 50 % to at least 50 %',
    ),
    (
        {"/grading/composition/grades/0/when/parts/1/at_least": 2},
        (
            'ECEI547 composition: the bound of "excellent" moved from at least 3 of the options'
            " to at least 2 of the options"
        ),
        (
            'ECEI547 composition: the bound of "excellent" moved from at least 2 of the options'
            " to at least 3 of the options"
        ),
    ),
    (
        {"/grading/founded/grades/0/when/at_least": 5},
        (
            'ECEI547 founded: the bound of "excellent" moved from at least 4 years ago'
            " to at least 5 years ago"
        ),
        (
            'ECEI547 founded: the bound of "excellent" moved from at least 5 years ago'
            " to at least 4 years ago"
        ),
    ),
    (
        {"/criteria/1/when/options": ["large"]},
        'ECEI548 majority: the options of "majority" changed from "sme" and "large" to "large"',
        'ECEI548 majority: the options of "majority" changed from "large" to "sme" and "large"',
    ),
    (
        {"/grading/tools/grades/0/when/options/2": "fair"},
        (
            'ECEI548 tools: the options of "excellent" changed from "mail" and "wiki"'
            ' to "mail", "wiki" and "fair"'
        ),
        (
            'ECEI548 tools: the options of "excellent" changed from "mail", "wiki" and "fair"'
            ' to "mail" and "wiki"'
        ),
    ),
    (
        {"/criteria/2/when/values/1": False},
        'ECEI548 on-the-list: the values of "on-the-list" changed from yes to yes and no',
        'ECEI548 on-the-list: the values of "on-the-list" changed from yes and no to yes',
    ),
    (
        {"/criteria/1/when/measure": "sum_of"},
        (
            'ECEI549 majority: the condition of "majority" changed'
            ' from "sme" and "large" at least 50 % to "sme" and "large" at least 50'
        ),
        (
            'ECEI549 majority: the condition of "majority" changed'
            ' from "sme" and "large" at least 50 to "sme" and "large" at least 50 %'
        ),
    ),
    (
        {"/grading/composition/grades/0/when/parts/1": GONE},
        (
            'ECEI549 composition: the condition of "excellent" changed'
            " from all of (at least 1 of the options; at least 3 of the options)"
            " to all of (at least 1 of the options)"
        ),
        (
            'ECEI549 composition: the condition of "excellent" changed'
            " from all of (at least 1 of the options) to all of (at least 1 of the"
            " options; at least 3 of the options)"
        ),
    ),
    (
        {"/grading/composition/grades/0/when/kind": "any_of"},
        (
            'ECEI549 composition: the condition of "excellent" changed'
            " from all of (at least 1 of the options; at least 3 of the options)"
            " to any of (at least 1 of the options; at least 3 of the options)"
        ),
        (
            'ECEI549 composition: the condition of "excellent" changed'
            " from any of (at least 1 of the options; at least 3 of the options)"
            " to all of (at least 1 of the options; at least 3 of the options)"
        ),
    ),
    (
        {"/grading/tools/grades/1/when": {"kind": "includes", "options": ["fair"]}},
        'ECEI549 tools: the condition of "improvable" changed from none to "fair"',
        'ECEI549 tools: the condition of "improvable" changed from "fair" to none',
    ),
    (
        {"/criteria/10": ADDED_CRITERION},
        "ECEI560 extra: the advisory criterion was added: every indicator answered",
        "ECEI561 extra: the advisory criterion was removed: every indicator answered",
    ),
    (
        {"/criteria/0/dimension": GONE},
        'ECEI562 answered: the scope changed from "structure" to everything',
        'ECEI562 answered: the scope changed from everything to "structure"',
    ),
    (
        {"/criteria/0/severity": "advisory"},
        "ECEI563 answered: the severity changed from required to advisory",
        "ECEI563 answered: the severity changed from advisory to required",
    ),
    (
        {"/criteria/7": {"id": "better", "severity": "required", **EARLIER, "repeated": True}},
        (
            'ECEI564 better: the requirement of "better" changed'
            " from at least 2 improvements confirmed to Bronze benchmarked twice"
        ),
        (
            'ECEI564 better: the requirement of "better" changed from Bronze benchmarked twice'
            " to at least 2 improvements confirmed"
        ),
    ),
    (
        {"/criteria/2/fact": GONE, "/criteria/2/indicator": "tools"},
        (
            'ECEI565 on-the-list: the question changed from the fact "listed"'
            ' to the indicator "tools"'
        ),
        (
            'ECEI565 on-the-list: the question changed from the indicator "tools"'
            ' to the fact "listed"'
        ),
    ),
    (
        {"/criteria/3/grade": "reasonable"},
        'ECEI566 basics: the grade of "basics" changed from "excellent" to "reasonable"',
        'ECEI566 basics: the grade of "basics" changed from "reasonable" to "excellent"',
    ),
    (
        {"/criteria/3/indicators/2": "founded"},
        'ECEI567 basics: "founded" was added to "basics"',
        'ECEI568 basics: "founded" was removed from "basics"',
    ),
    (
        {"/criteria/4/at_least_percent": GONE, "/criteria/4/at_least_points": 5},
        'ECEI569 total: the bound of "total" moved from at least 80 % to at least 5 points',
        'ECEI569 total: the bound of "total" moved from at least 5 points to at least 80 %',
    ),
    (
        {"/criteria/5/at_least": 3},
        'ECEI570 some: the number of indicators of "some" changed from 2 to 3',
        'ECEI570 some: the number of indicators of "some" changed from 3 to 2',
    ),
    (
        {"/criteria/5/grade": "reasonable"},
        'ECEI571 some: the grade of "some" changed from "excellent" to "reasonable"',
        'ECEI571 some: the grade of "some" changed from "reasonable" to "excellent"',
    ),
    (
        {"/criteria/6/label": "silver"},
        'ECEI572 before: the label of "before" changed from bronze to silver',
        'ECEI572 before: the label of "before" changed from silver to bronze',
    ),
    (
        {"/criteria/6/event": "awarded"},
        'ECEI572 before: the event of "before" changed from benchmarked to awarded',
        'ECEI572 before: the event of "before" changed from awarded to benchmarked',
    ),
    (
        {"/criteria/6/repeated": True},
        'ECEI572 before: the number of events of "before" changed from one to two',
        'ECEI572 before: the number of events of "before" changed from two to one',
    ),
    (
        {"/criteria/6/since_award_of": "silver"},
        (
            'ECEI572 before: the award that the event of "before" must follow changed'
            " from none to silver"
        ),
        (
            'ECEI572 before: the award that the event of "before" must follow changed'
            " from silver to none"
        ),
    ),
    (
        {"/criteria/6/at_least_months": 18},
        'ECEI573 before: the least number of months of "before" changed from none to 18',
        'ECEI573 before: the least number of months of "before" changed from 18 to none',
    ),
    (
        {"/criteria/6/at_most_months": 36},
        'ECEI573 before: the greatest number of months of "before" changed from 24 to 36',
        'ECEI573 before: the greatest number of months of "before" changed from 36 to 24',
    ),
    (
        {"/criteria/7/at_least": 1},
        'ECEI574 better: the number of improvements of "better" changed from 2 to 1',
        'ECEI574 better: the number of improvements of "better" changed from 1 to 2',
    ),
    (
        {"/criteria/9/role": "guest"},
        'ECEI579 held-by: the role of "held-by" changed from "auditor" to "guest"',
        'ECEI579 held-by: the role of "held-by" changed from "guest" to "auditor"',
    ),
    (
        {"/criteria/9/at_least": 1},
        'ECEI579 held-by: the number of experts of "held-by" changed from 2 to 1',
        'ECEI579 held-by: the number of experts of "held-by" changed from 1 to 2',
    ),
    (
        {"/criteria/9/impartial": True},
        'ECEI579 held-by: the experts of "held-by" changed from any to impartial ones',
        'ECEI579 held-by: the experts of "held-by" changed from impartial ones to any',
    ),
    (
        {"/criteria/9/modes": ["at_expert"]},
        (
            'ECEI579 held-by: the modes of "held-by" changed from on site or by video'
            " to at the expert's"
        ),
        (
            'ECEI579 held-by: the modes of "held-by" changed from at the expert\'s'
            " to on site or by video"
        ),
    ),
    (
        {"/criteria/9/modes": GONE},
        'ECEI579 held-by: the modes of "held-by" changed from on site or by video to any',
        'ECEI579 held-by: the modes of "held-by" changed from any to on site or by video',
    ),
    (
        {"/criteria/8/kind": "all_of"},
        (
            'ECEI575 either: the requirement of "either" changed'
            ' from any of (at least 3 points; "listed": yes)'
            ' to all of (at least 3 points; "listed": yes)'
        ),
        (
            'ECEI575 either: the requirement of "either" changed'
            ' from all of (at least 3 points; "listed": yes)'
            ' to any of (at least 3 points; "listed": yes)'
        ),
    ),
    (
        {"/criteria/2/title": {"en": "Listed"}},
        "ECEI576 on-the-list: the title was reworded (en)",
        "ECEI576 on-the-list: the title was reworded (en)",
    ),
    (
        {f"{PART}/2": {**EARLIER, "at_least_months": 1, "at_most_months": 24}},
        (
            'ECEI577 either: "either" gained a part:'
            " Bronze benchmarked before, at least 1 month and at most 24 months ago"
        ),
        (
            'ECEI578 either: "either" lost a part:'
            " Bronze benchmarked before, at least 1 month and at most 24 months ago"
        ),
    ),
    (
        {f"{PART}/0/at_least_points": 4},
        'ECEI569 either: the bound of "either" moved from at least 3 points to at least 4 points',
        'ECEI569 either: the bound of "either" moved from at least 4 points to at least 3 points',
    ),
    (
        {f"{PART}/1/when/values": [False]},
        'ECEI548 either: the values of "either" changed from yes to no',
        'ECEI548 either: the values of "either" changed from no to yes',
    ),
    (
        {"/validity/first/years": 1},
        "ECEI580 validity: the length of a first award changed from 2 years to 1 year",
        "ECEI580 validity: the length of a first award changed from 1 year to 2 years",
    ),
    (
        {"/validity/first/ends": "end_of_month"},
        (
            "ECEI581 validity: the end of a first award changed"
            " from the same day to the end of the month"
        ),
        (
            "ECEI581 validity: the end of a first award changed"
            " from the end of the month to the same day"
        ),
    ),
    (
        {"/validity/renewal": GONE},
        (
            "ECEI583 validity: the renewal was removed: 3 years from the previous end,"
            " to the same day, if held at most 1 year after it"
        ),
        (
            "ECEI582 validity: the renewal was added: 3 years from the previous end,"
            " to the same day, if held at most 1 year after it"
        ),
    ),
    (
        {"/validity/renewal/years": 4},
        "ECEI584 validity: the length of a renewal changed from 3 years to 4 years",
        "ECEI584 validity: the length of a renewal changed from 4 years to 3 years",
    ),
    (
        {"/validity/renewal/ends": "end_of_month"},
        "ECEI585 validity: the end of a renewal changed from the same day to the end of the month",
        "ECEI585 validity: the end of a renewal changed from the end of the month to the same day",
    ),
    (
        {"/validity/renewal/until_years_after_end": 2},
        "ECEI586 validity: the window for a renewal changed from 1 year to 2 years",
        "ECEI586 validity: the window for a renewal changed from 2 years to 1 year",
    ),
    (
        {"/recommendations/tools": {"text": TEXT}},
        "ECEI587 tools: the recommendation was added",
        "ECEI588 tools: the recommendation was removed",
    ),
    (
        {"/recommendations/participants/below": GONE},
        'ECEI589 participants: the grade aimed at changed from "excellent" to the best',
        'ECEI589 participants: the grade aimed at changed from the best to "excellent"',
    ),
    (
        {"/recommendations/participants/aligned_with/0": "quality:size"},
        ('ECEI590 participants: the alignment changed from "quality:members" to "quality:size"'),
        ('ECEI590 participants: the alignment changed from "quality:size" to "quality:members"'),
    ),
    (
        {"/recommendations/listed/text/de": "Ein Text"},
        "ECEI591 listed: the text was reworded (de)",
        "ECEI591 listed: the text was reworded (de)",
    ),
    (
        {"/title": {"en": "Silver"}},
        "ECEI592 title: the title of the ruleset was reworded (en)",
        "ECEI592 title: the title of the ruleset was reworded (en)",
    ),
    (
        {"/sources/1": GONE},
        'ECEI593 sources: the list lost "other"',
        'ECEI593 sources: the list gained "other"',
    ),
    (
        {"/criteria/0/provenance": {"status": "inferred"}},
        "ECEI594 answered: the basis of the criterion changed from illustrative to inferred",
        "ECEI594 answered: the basis of the criterion changed from inferred to illustrative",
    ),
    (
        {"/grading/composition/provenance/one_page": True},
        f"{GRADING_BASIS} from documented to documented, one page",
        f"{GRADING_BASIS} from documented, one page to documented",
    ),
    (
        {"/grading/composition/provenance/note": GONE},
        "ECEI595 composition: the note behind the grading changed",
        "ECEI595 composition: the note behind the grading changed",
    ),
    (
        {"/grading/composition/provenance": {"status": "documented", "sources": ["other"]}},
        "ECEI595 composition: the sources and the note behind the grading changed",
        "ECEI595 composition: the sources and the note behind the grading changed",
    ),
    (
        {"/validity/renewal/provenance": {"status": "illustrative", "sources": ["page"]}},
        "ECEI595 validity: the sources behind the rule for a renewal changed",
        "ECEI595 validity: the sources behind the rule for a renewal changed",
    ),
]


RULESET_CASES: list[Case] = [(case[0], {}, *case[1:]) for case in IN_RULESET]


@each_case(RULESET_CASES)
class TestChangesOfRulesets(EachChange):
    """One edit of a ruleset is one change."""


def test_every_ruleset_code_has_an_example() -> None:
    """
    Codes from ECEI530 on are about rulesets, except for ECEI531.
    """
    expected = {code for code in CHANGE_CODES if code >= "ECEI530"}

    assert codes_in(RULESET_CASES) == expected - {"ECEI531"}
