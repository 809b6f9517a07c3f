"""What the codes mean of answers, catalogues and histories."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation

OF_CONTENTS: dict[str, Explanation] = {
    "ECEI301": Explanation(
        "unknown catalogue edition",
        "The catalogue and version that the document names are not known, so nothing"
        " can be said about its answers.",
        "Correct the name or the version; pass the edition that has the catalogue if it"
        " is not a shipped one.",
    ),
    "ECEI302": Explanation(
        "unknown indicator, fact or id",
        "The document names something that the catalogue does not have.",
        "Correct the id; `ecei-rules catalogue show REF` lists them.",
    ),
    "ECEI303": Explanation(
        "retired id",
        "The indicator or fact is still listed, so that its id is never used again, but"
        " this edition does not ask it any more.",
        "Leave it out.",
    ),
    "ECEI304": Explanation(
        "answer or condition of another kind",
        "An answer has not the form that the catalogue asks for.",
        "Write the answer in the form that the message names.",
    ),
    "ECEI305": Explanation(
        "answer out of bounds",
        "An answer lies outside the bounds that the catalogue sets, which are wide:"
        " probably a slip of the keyboard.",
        "Correct the answer.",
    ),
    "ECEI306": Explanation(
        "unknown option",
        "The catalogue has no such option for this indicator.",
        "Choose one of its options.",
    ),
    "ECEI307": Explanation(
        "always applies",
        "An answer says that the indicator does not apply, which the catalogue does not"
        " allow for it.",
        "Answer it, or leave it out if there is no answer: it is then unanswered.",
    ),
    "ECEI310": Explanation(
        "id used twice",
        "Two things in one list have the same id, or an indicator and a fact share one.",
        "Give one of them another id.",
    ),
    "ECEI311": Explanation(
        "unknown dimension",
        "The catalogue has no such dimension.",
        "Correct the id of the dimension.",
    ),
    "ECEI312": Explanation(
        "unknown source",
        "A provenance cites a source that the document does not list.",
        "Add the source to sources, or correct the id.",
    ),
    "ECEI313": Explanation(
        "bounds the wrong way round",
        "The smallest answer allowed is larger than the largest.",
        "Swap or correct the bounds.",
    ),
    "ECEI314": Explanation(
        "number used twice",
        "Two indicators of one catalogue have the same number.",
        "Correct one of the numbers.",
    ),
    "ECEI341": Explanation(
        "event twice in one history",
        "The same event of the same label on the same day stands twice in a history.",
        "Remove one of them.",
    ),
    "ECEI342": Explanation(
        "award that ends before its day",
        "The last day of an award lies before the day of the award.",
        "Correct one of the two days; the day of an award is that of the interview.",
    ),
    "ECEI343": Explanation(
        "awards that contradict each other",
        "Two awards of one label cannot both be right: one interview gives one end, and"
        " a later award never ends before an earlier one.",
        "Correct the day or the end of one of them, or remove the one that was not made.",
    ),
    "ECEI351": Explanation(
        "record twice in one register",
        "The same record stands twice in a register, and would be counted twice.",
        "Remove one of them.",
    ),
}
