"""Which classes of answers are better than others."""

from __future__ import annotations

from ecei_rules.analysis.solver.numbers import ClassNumber, class_numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecei_rules.analysis.encoding.question import Question
    from ecei_rules.rulesets.ruleset import Ruleset


def best_first(question: Question, rulesets: Sequence[Ruleset]) -> Sequence[ClassNumber]:
    """
    Return the classes of a question, the best first (docs/semantics.md, 9.6).

    The better one attains the better grade under the first ruleset, then under the
    second, then earns more points under each, then meets more conditions. "Not
    applicable" comes after its equals. Of two others that differ in nothing else, the
    better one meets the first condition that only one of them meets.
    """

    def key(number: int) -> tuple[object, ...]:
        of_answers = question.classes[number]
        ranks = tuple(
            0 if grade is None else -ruleset.rank(grade)
            for ruleset, grade in zip(rulesets, of_answers.grades, strict=True)
        )
        points = tuple(-earned for earned in of_answers.points)
        fails = tuple(not truth for truth in of_answers.truths)
        return ranks, points, -sum(of_answers.truths), not of_answers.applies, fails

    return sorted(class_numbers(len(question.classes)), key=key)
