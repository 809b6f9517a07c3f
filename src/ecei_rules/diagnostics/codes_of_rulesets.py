"""What the codes mean of rulesets."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation

OF_RULESETS: dict[str, Explanation] = {
    "ECEI321": Explanation(
        "unknown grade",
        "The scale of the ruleset has no such grade.",
        "Correct the grade, or add it to the scale.",
    ),
    "ECEI322": Explanation(
        "grades out of order",
        "The first grade whose condition holds is attained, so the best stands first.",
        "Put the grades in order, the best first, each once.",
    ),
    "ECEI323": Explanation(
        "grade out of reach",
        "No answer attains this grade: its condition cannot hold, or a better grade is"
        " attained whenever it does.",
        "Correct the bound of this grade or of the one before it.",
    ),
    "ECEI324": Explanation(
        "condition that does not fit the answer",
        "A condition looks at something that answers of this kind do not have.",
        "Use a condition that fits the kind, as the message lists them.",
    ),
    "ECEI325": Explanation(
        "points that fall with a better grade",
        "A better grade earns no fewer points than a lower one; otherwise a better answer"
        " would lower the score.",
        "Correct the points.",
    ),
    "ECEI326": Explanation(
        "condition at the wrong grade",
        "Every grade but the last has a condition, and the last has none, so that an"
        " answer always attains exactly one.",
        "Add or remove the condition.",
    ),
    "ECEI327": Explanation(
        "criterion that can never be met",
        "Whatever is answered, the criterion is not met.",
        "Correct its bound; the label could never be awarded if it is required.",
    ),
    "ECEI328": Explanation(
        "not graded",
        "A rule asks for the grade of something that the ruleset does not grade.",
        "Add a grading, or correct the id.",
    ),
    "ECEI330": Explanation(
        "periods in force overlap",
        "Two rulesets of one label would be in force on the same day.",
        "End the one before the other begins. A ruleset without a last day ends by"
        " itself when a later one begins.",
    ),
    "ECEI331": Explanation(
        "gap between periods in force",
        "There would be days without any ruleset of the label.",
        "Close the gap, or declare it in the later ruleset with after_gap.",
    ),
    "ECEI332": Explanation(
        "too many points for what does not apply",
        "An indicator that does not apply would earn more than its best grade.",
        "Lower not_applicable_points.",
    ),
    "ECEI333": Explanation(
        "parts nested too deep",
        "Conditions or requirements are combined more than 10 levels deep, which nobody"
        " who reads the rule could follow.",
        "Flatten it: all_of within all_of is one all_of.",
    ),
    "ECEI334": Explanation(
        "renewal that has run out already",
        "A renewal counts from the previous end. If it may come later after that end than"
        " it holds, the last ones would be over on the day they are awarded.",
        "Shorten the time in which a renewal is possible, or let it hold longer.",
    ),
    "ECEI361": Explanation(
        "label that nobody can attain",
        "No complete interview is awarded the label, because some of the required criteria"
        " exclude each other.",
        "Correct or remove one of those that the message names.",
    ),
    "ECEI362": Explanation(
        "dimension that nobody can pass",
        "No complete interview passes the dimension, because some of its required criteria"
        " exclude each other.",
        "Correct or remove one of those that the message names.",
    ),
    "ECEI363": Explanation(
        "criterion that is implied",
        "No complete interview fails this criterion alone: whichever fails none of those"
        " that the message names does not fail it either, so that it decides nothing about"
        " the label.",
        "Leave it if it is there to be read; else ask for more, or remove it.",
        warning=True,
    ),
    "ECEI364": Explanation(
        "answer that changes nothing",
        "Whatever is answered to this indicator or fact, every criterion comes out the"
        " same in a complete interview, required or advisory. That it has to be answered"
        " at all is another matter.",
        "Nothing, if it is asked for other reasons; else let a criterion look at it.",
        warning=True,
    ),
    "ECEI365": Explanation(
        "bound between values that nobody can have",
        "The values on both sides of the bound can occur, and the bound itself cannot: a"
        " count is whole, and points come in steps. A bound in percent of points is"
        " never meant by this, because a percentage is mostly between two sums.",
        "Write the bound that the message names, which says the same and can be attained.",
        warning=True,
    ),
    "ECEI366": Explanation(
        "not decided",
        "The ruleset is larger or more entangled than the method that would answer this"
        " question about it exactly. Nothing is wrong with it, and nothing was found out.",
        "Nothing has to be done; simpler or fewer conditions on one answer may help.",
        warning=True,
    ),
}
