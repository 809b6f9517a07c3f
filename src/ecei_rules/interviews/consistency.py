"""Answers that do not add up, by the catalogue and the answers alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.interviews.catalogue import Breakdown
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.interviews.catalogue import Fact, Indicator
    from ecei_rules.interviews.interview import Interview

#: The option for those parts of a whole that are not classified.
NOT_CLASSIFIED = "not-classified"


@frozen
class UnequalParts:
    """
    A breakdown whose parts do not add up to the count that they are parts of.

    The parts of *id* add up to *total*, and the answer to *whole* is *expected*. Source:
    docs/semantics.md, 2.5.
    """

    subject: Literal["indicator", "fact"]
    id: str
    title: Text
    total: int
    whole: str = field(kw_only=True)
    whole_title: Text = field(kw_only=True)
    expected: int = field(kw_only=True)


def unequal_parts(interview: Interview) -> Iterator[UnequalParts]:
    """
    Yield each breakdown that does not add up to the count that it divides.

    Nothing is compared while one of the two is unanswered or does not apply. No outcome
    depends on it, since a condition looks at one answer alone. Source:
    docs/semantics.md, 2.5.
    """
    catalogue = interview.catalogue
    asked: dict[str, Indicator | Fact] = {**catalogue.asked, **catalogue.facts_asked}
    given = {**interview.answers, **interview.facts}
    for name, question in asked.items():
        whole = getattr(question.answer, "parts_of", None)
        if whole is None:
            continue
        parts, expected = given.get(name), given.get(whole)
        if not isinstance(parts, Mapping) or not isinstance(expected, int):
            continue
        total = sum(parts.values())
        if total != expected:
            yield UnequalParts(
                "indicator" if name in catalogue.asked else "fact",
                name,
                question.title,
                total,
                whole=whole,
                whole_title=asked[whole].title,
                expected=expected,
            )


def unequal_parts_problems(interview: Interview) -> Iterator[Problem]:
    """
    Yield a warning for each breakdown that does not add up.

    >>> from datetime import date
    >>> import ecei_rules as er
    >>> from ecei_rules.interviews.history import Cluster
    >>> from ecei_rules.interviews.interview import Conducted
    >>> catalogue = er.shipped().catalogue("benchmarking", "2019-11")
    >>> cluster, conducted = Cluster("Example Cluster", "IT"), Conducted(date(2024, 3, 18))
    >>> answers = {"committed-participants": 63, "composition": {"sme": 30, "public": 13}}
    >>> print(*unequal_parts_problems(er.Interview(catalogue, cluster, conducted, answers)))
    ECEI379 /answers/composition: the parts add up to 43, but "committed-participants" is 63
      hint: put the other 20 under "not-classified"
    """
    catalogue = interview.catalogue
    asked: dict[str, Indicator | Fact] = {**catalogue.asked, **catalogue.facts_asked}
    for unequal in unequal_parts(interview):
        member = "answers" if unequal.subject == "indicator" else "facts"
        kind = asked[unequal.id].answer
        assert isinstance(kind, Breakdown), "only a breakdown has parts"
        missing = unequal.expected - unequal.total
        if missing < 0:
            hint = "count each part once, or correct the whole"
        elif any(option.id == NOT_CLASSIFIED for option in kind.options):
            hint = f'put the other {missing} under "{NOT_CLASSIFIED}"'
        else:
            hint = f"put the other {missing} under an option, or correct the whole"
        whole = f'"{unequal.whole}" is {unequal.expected}'
        message = f"the parts add up to {unequal.total}, but {whole}"
        yield Problem("ECEI379", f"/{member}{step(unequal.id)}", message, hint)
