"""What each code of a change means."""

from __future__ import annotations

from attrs import frozen


@frozen
class ChangeKind:
    """
    What a code of a change means.

    What is *editorial* is wording alone, or how sure a rule is: no outcome, no day and
    no answer that is asked for can differ because of it.
    """

    title: str
    meaning: str
    editorial: bool = False


def _editorial(title: str, meaning: str) -> ChangeKind:
    return ChangeKind(title, meaning, editorial=True)


CHANGES: dict[str, ChangeKind] = {
    "ECEI501": ChangeKind("dimension added", "The catalogue has an area that it had not."),
    "ECEI502": ChangeKind("dimension removed", "The catalogue lacks an area that it had."),
    "ECEI503": _editorial("dimension reworded", "The title of an area differs."),
    "ECEI504": ChangeKind("indicator added", "The catalogue lists an indicator that it did not."),
    "ECEI505": ChangeKind(
        "indicator removed",
        "The catalogue no longer lists an indicator. One that is not asked any more is"
        " better retired, so that its id is never used again.",
    ),
    "ECEI506": ChangeKind("indicator retired", "An indicator stays listed and is not asked."),
    "ECEI507": ChangeKind("indicator brought back", "A retired indicator is asked again."),
    "ECEI508": ChangeKind(
        "indicator in another dimension",
        "An indicator counts for another area: for its score, and for what is asked of it.",
    ),
    "ECEI509": _editorial(
        "indicator reworded", "The title, the question or the evidence of an indicator differs."
    ),
    "ECEI510": _editorial(
        "number of an indicator", "The number that an indicator is known under differs."
    ),
    "ECEI511": ChangeKind(
        "not applicable allowed", 'An indicator may be answered with "not applicable".'
    ),
    "ECEI512": ChangeKind(
        "not applicable forbidden",
        'An indicator may no longer be answered with "not applicable", so that an older'
        " interview may hold an answer that is refused.",
    ),
    "ECEI513": _editorial(
        "attestation of a question",
        "Whether a source names an indicator or a fact differs. No outcome rests on it.",
    ),
    "ECEI514": _editorial(
        "sources of a question", "The sources or the note behind an indicator or a fact differ."
    ),
    "ECEI515": ChangeKind("fact added", "The catalogue lists a fact that it did not."),
    "ECEI516": ChangeKind("fact removed", "The catalogue no longer lists a fact."),
    "ECEI517": ChangeKind("fact retired", "A fact stays listed and is not asked."),
    "ECEI518": ChangeKind("fact brought back", "A retired fact is asked again."),
    "ECEI519": _editorial("fact reworded", "The title or the question of a fact differs."),
    "ECEI520": ChangeKind(
        "kind of answer",
        "An indicator or a fact is answered in another form. An older answer does not fit.",
    ),
    "ECEI521": ChangeKind(
        "bounds of an answer", "The least or the greatest number that is accepted differs."
    ),
    "ECEI522": ChangeKind(
        "unit of an answer", "What is counted differs, so that one number means another thing."
    ),
    "ECEI523": ChangeKind("option added", "There is an option more to choose or to count."),
    "ECEI524": ChangeKind(
        "option removed",
        "There is an option less. An older answer that names it does not fit.",
    ),
    "ECEI525": _editorial("option reworded", "The title of an option differs."),
    "ECEI526": _editorial("catalogue reworded", "The title of the catalogue differs."),
    "ECEI527": _editorial("sources of the catalogue", "What the catalogue cites differs."),
    "ECEI530": ChangeKind("another label", "The rulesets are those of different labels."),
    "ECEI531": ChangeKind(
        "another catalogue",
        "Another catalogue, or another version of it, is judged. Only interviews held with"
        " the catalogue that a ruleset judges can be held against it.",
    ),
    "ECEI532": ChangeKind("first day in force", "Interviews from another day on are judged."),
    "ECEI533": ChangeKind("last day in force", "Interviews until another day are judged."),
    "ECEI534": ChangeKind(
        "declared gap", "Whether there was no ruleset on the days before is stated or no longer."
    ),
    "ECEI535": ChangeKind("scale", "The grades, or their order, differ."),
    "ECEI540": ChangeKind("grading added", "An indicator is graded that was not."),
    "ECEI541": ChangeKind("grading removed", "An indicator is no longer graded."),
    "ECEI542": ChangeKind("weight", "The points of an indicator count more or fewer times."),
    "ECEI543": ChangeKind("grade added", "The answers to an indicator can attain a grade more."),
    "ECEI544": ChangeKind("grade removed", "The answers to an indicator can attain a grade less."),
    "ECEI545": ChangeKind("points of a grade", "A grade is worth another number of points."),
    "ECEI546": ChangeKind(
        "points where not applicable",
        "An indicator that does not apply earns another number of points.",
    ),
    "ECEI547": ChangeKind(
        "bound moved",
        "A threshold of a grade or a criterion looks at the same number and"
        " has another bound, or another comparison with it.",
    ),
    "ECEI548": ChangeKind(
        "options of a condition",
        "A condition of a grade or a criterion names other options or values.",
    ),
    "ECEI549": ChangeKind(
        "another condition",
        "A condition of a grade or a criterion is of another shape: it looks at another"
        " measure of the answer, is combined otherwise, or is there and was not.",
    ),
    "ECEI560": ChangeKind("criterion added", "Something is required or advised that was not."),
    "ECEI561": ChangeKind("criterion removed", "Something is no longer required or advised."),
    "ECEI562": ChangeKind(
        "criterion in another dimension",
        "A criterion decides another dimension, and may look at other indicators.",
    ),
    "ECEI563": ChangeKind("severity", "A criterion decides that was advice, or the reverse."),
    "ECEI564": ChangeKind("kind of a criterion", "A criterion asks for something else."),
    "ECEI565": ChangeKind(
        "answer looked at", "A criterion looks at another indicator or another fact."
    ),
    "ECEI566": ChangeKind("grade of a floor", "The indicators named must attain another grade."),
    "ECEI567": ChangeKind("indicator added to a floor", "One more must attain the grade."),
    "ECEI568": ChangeKind("indicator removed from a floor", "One fewer must attain the grade."),
    "ECEI569": ChangeKind("score asked for", "Other points, or another percentage, are asked for."),
    "ECEI570": ChangeKind(
        "number of graded indicators", "More or fewer indicators must attain the grade."
    ),
    "ECEI571": ChangeKind("grade that is counted", "Those that attain another grade are counted."),
    "ECEI572": ChangeKind(
        "earlier event", "An earlier event of another label or kind, or once more, is asked for."
    ),
    "ECEI573": ChangeKind("age of an earlier event", "The bounds in months differ."),
    "ECEI574": ChangeKind("number of improvements", "More or fewer improvements are asked for."),
    "ECEI575": ChangeKind("combination", "All parts of a criterion are needed, or only some."),
    "ECEI576": _editorial("criterion reworded", "The title of a criterion differs."),
    "ECEI577": ChangeKind("part added", "A combined criterion has a part more."),
    "ECEI578": ChangeKind("part removed", "A combined criterion has a part less."),
    "ECEI580": ChangeKind("years of a first award", "A first award holds longer or shorter."),
    "ECEI581": ChangeKind("end of a first award", "It ends to the day or with the month."),
    "ECEI582": ChangeKind("renewal added", "A label can be renewed, seamlessly."),
    "ECEI583": ChangeKind("renewal removed", "A label can no longer be renewed."),
    "ECEI584": ChangeKind("years of a renewal", "A renewal holds longer or shorter."),
    "ECEI585": ChangeKind("end of a renewal", "It ends to the day or with the month."),
    "ECEI586": ChangeKind("window for renewal", "A label can be renewed for longer or shorter."),
    "ECEI587": ChangeKind("recommendation added", "There is advice that was not."),
    "ECEI588": ChangeKind("recommendation removed", "There is no longer advice."),
    "ECEI589": ChangeKind(
        "target of a recommendation", "Another grade is aimed at, which can change the order."
    ),
    "ECEI590": ChangeKind(
        "what a recommendation is aligned with", "Other requirements elsewhere are named."
    ),
    "ECEI591": _editorial("recommendation reworded", "The text of a recommendation differs."),
    "ECEI592": _editorial("ruleset reworded", "The title of the ruleset differs."),
    "ECEI593": _editorial("sources of the ruleset", "What the ruleset cites differs."),
    "ECEI594": _editorial(
        "how sure a rule is",
        "A rule is now documented, inferred or illustrative and was not. Outcomes stay as"
        " they are; the basis that is shown beside them differs.",
    ),
    "ECEI595": _editorial("sources of a rule", "The sources or the note behind a rule differ."),
}
