"""What the codes mean of interviews in which something is suspicious."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation

OF_ADVICE: dict[str, Explanation] = {
    "ECEI371": Explanation(
        "part larger than the whole",
        "More participants are of some kind than there are committed participants at all.",
        "Look which of the two numbers is right; both are of the same day.",
        warning=True,
    ),
    "ECEI372": Explanation(
        "parts fall short of the whole",
        "The types of the committed participants add up to fewer than there are. Each of"
        " them is of one type, if only of the type other.",
        "Count who is missing under their types, or correct the whole.",
        warning=True,
    ),
    "ECEI373": Explanation(
        "share that no number gives",
        "A share of the committed participants is the share of no whole number of them,"
        " however it was rounded.",
        "Count again, or correct the number of the committed participants.",
        warning=True,
    ),
    "ECEI374": Explanation(
        "event after the interview",
        "An interview tells what happened before it. An event after its day takes no part"
        " in its assessment.",
        "Correct the day of the event or of the interview, or leave the event out.",
        warning=True,
    ),
    "ECEI375": Explanation(
        "year after the interview",
        "An answer names a year that had not begun when the interview was held.",
        "Correct the year, or the day of the interview.",
        warning=True,
    ),
    "ECEI376": Explanation(
        "expert not declared impartial",
        "The interview rests on being held by an impartial expert, and of this one the"
        " document does not say so.",
        'Say "impartial": true of an expert who has no stake in the organisation.',
        warning=True,
    ),
    "ECEI377": Explanation(
        "unknown comparative portfolio",
        "The portfolio is none of the fifteen that the public register uses, so that the"
        " organisation will be compared with nobody.",
        "Write it as the register does.",
        warning=True,
    ),
    "ECEI378": Explanation(
        "no ruleset for the interview",
        "On the day of the interview no ruleset was in force that judges interviews held"
        " with this edition of the catalogue, so that it cannot be assessed by itself.",
        "Correct the day or the edition of the catalogue, or name a ruleset when assessing.",
        warning=True,
    ),
}
