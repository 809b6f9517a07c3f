"""Interviews: the answers of one organisation on one day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

from attrs import converters, evolve, field, frozen
from attrs.validators import and_, max_len, optional

from ecei_rules.diagnostics.errors import InvalidAnswers
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.interviews.answers import (
    Answer,
    NotApplicable,
    answer_problems,
    expected,
    frozen_answers,
)
from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator, unknown_role, unusable_id
from ecei_rules.interviews.history import Cluster, Label, LabelEvent, contradictions, previous_end
from ecei_rules.interviews.validators import (
    each_of_type,
    no_empty_text,
    nonempty,
    of_type,
    one_of,
    supported_day,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: How an interview is held: at the organisation's, at the expert's, or by video.
Mode: TypeAlias = Literal["on_site", "at_expert", "video"]
MODES: tuple[Mode, ...] = ("on_site", "at_expert", "video")

#: The most experts of one interview.
MAX_EXPERTS = 20

#: The pointer to the member that marks an interview as invented.
MADE_UP = "/x-made-up"


@frozen
class Expert:
    """
    Somebody who held the interview, with a role from the catalogue.

    *impartial* is `None` where nobody states it. Source: docs/semantics.md, 2.14.
    """

    role: str = field(validator=nonempty)
    name: str | None = field(default=None, kw_only=True, validator=optional(nonempty))
    impartial: bool | None = field(default=None, kw_only=True, validator=optional(of_type(bool)))


@frozen
class Conducted:
    """
    The day, the mode and the experts of an interview.

    The list of experts, at most 20, is complete where it is given. *mode* and *experts*
    are `None` where nobody states them. Source: docs/semantics.md, 2.14.
    """

    on: date = field(validator=supported_day)
    mode: Mode | None = field(default=None, kw_only=True, validator=optional(one_of(*MODES)))
    experts: tuple[Expert, ...] | None = field(
        default=None,
        converter=converters.optional(tuple[Expert, ...]),
        kw_only=True,
        validator=optional(and_(max_len(MAX_EXPERTS), each_of_type(Expert))),
    )


@frozen
class ExpertCount:
    """The numbers of experts of one role, by what is stated of their impartiality."""

    impartial: int
    not_impartial: int
    not_stated: int

    @property
    def total(self) -> int:
        """The number of experts of the role."""
        return self.impartial + self.not_impartial + self.not_stated


def count_experts(experts: Iterable[Expert], role: str) -> ExpertCount:
    """
    Count the experts of a role.

    >>> count_experts([Expert("auditor", impartial=True), Expert("auditor")], "auditor")
    ExpertCount(impartial=1, not_impartial=0, not_stated=1)
    """
    stated = [each.impartial for each in experts if each.role == role]
    return ExpertCount(*map(stated.count, (True, False, None)))


@frozen
class Improvement:
    """An improvement that the organisation reports, which an expert may have confirmed."""

    indicator: str = field(validator=nonempty)
    description: str = field(validator=nonempty)
    effect: str | None = field(default=None, kw_only=True, validator=optional(nonempty))
    confirmed: bool = field(default=False, kw_only=True, validator=of_type(bool))


@frozen
class Interview:
    """
    The answers of one organisation on one day, with its label history.

    *answers* and *facts* map ids to answers. A missing one is unanswered, which is
    neither zero nor no. The answers belong to the questions of *catalogue*, the edition
    the interview was held with. An answer can be given as a list or a `dict`, which
    become a tuple and a `FrozenMap`. Call `check_interview` for one that was not read from
    a document. Source: docs/semantics.md, 2.1 and 7.1.

    Raises:
        TypeError: an answer, or another value, is of a type that it cannot have.
    """

    catalogue: Catalogue = field(validator=of_type(Catalogue))
    cluster: Cluster = field(validator=of_type(Cluster))
    conducted: Conducted = field(validator=of_type(Conducted))
    answers: FrozenMap[str, Answer] = field(converter=frozen_answers)
    facts: FrozenMap[str, Answer] = field(
        default=FrozenMap(), converter=frozen_answers, kw_only=True
    )
    improvements: tuple[Improvement, ...] = field(
        default=(),
        converter=tuple[Improvement, ...],
        kw_only=True,
        validator=each_of_type(Improvement),
    )
    history: tuple[LabelEvent, ...] = field(
        default=(),
        converter=tuple[LabelEvent, ...],
        kw_only=True,
        validator=each_of_type(LabelEvent),
    )
    remarks: FrozenMap[str, str] = field(
        default=FrozenMap(), converter=FrozenMap[str, str], kw_only=True, validator=no_empty_text
    )
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The indicators and facts that are not answered, in the catalogue's order."""
        indicators = (name for name in self.catalogue.asked if name not in self.answers)
        facts = (name for name in self.catalogue.facts_asked if name not in self.facts)
        return (*indicators, *facts)

    @cached_property
    def answers_fit(self) -> bool:
        """
        Whether all answers fit the questions of the catalogue (docs/semantics.md, 3.1).

        Reading a document finds this out, so that no assessment has to check it again.
        """
        return next(unfit_answers(self), None) is None

    @property
    def made_up(self) -> bool:
        """Whether the member `x-made-up` marks the interview as invented."""
        return MADE_UP in self.extensions

    def previous_end(self, label: Label) -> date | None:
        """Return the last day of a label awarded before this interview (docs/semantics.md, 6.4)."""
        return previous_end(self.history, label, self.conducted.on)


#: The answer to any question: an answer, the events of a history, numbers of improvements by name,
#: or the experts and the mode.
Given: TypeAlias = Answer | tuple[LabelEvent, ...] | Conducted


def check_interview(interview: Interview) -> tuple[Problem, ...]:
    """
    Check an interview against its catalogue, and return its problems.

    They are unknown and retired ids, answers of another kind or outside their bounds,
    unknown options, *not applicable* where the catalogue does not allow it, roles that
    the catalogue does not have, and a history that contradicts itself. `read_interview`
    calls this too. Source: docs/semantics.md, 3.1 and 8.2.

    >>> import ecei_rules as er
    >>> benchmarking = er.shipped().catalogue("benchmarking", "2019-11")
    >>> conducted = Conducted(date(2024, 3, 18))
    >>> wrong = Interview(benchmarking, Cluster("Example", "IT"), conducted, {"working-groups": -1})
    >>> print(*check_interview(wrong))
    ECEI305 /answers/working-groups: expected a whole number of working groups, 0 to 1000, found -1
    """
    return tuple(interview_problems(interview))


def interview_problems(interview: Interview) -> Iterator[Problem]:
    """Yield the problems that `check_interview` returns."""
    catalogue = interview.catalogue
    for index, expert in enumerate(interview.conducted.experts or ()):
        yield from unknown_role(expert.role, catalogue, f"/conducted/experts/{index}/role")
    if not interview.answers_fit:
        yield from unfit_answers(interview)
    indicators = {each.id: each for each in catalogue.indicators}
    facts = {each.id: each for each in catalogue.facts}
    for index, improvement in enumerate(interview.improvements):
        where = f"/improvements/{index}/indicator"
        yield from unusable_id("indicator", improvement.indicator, indicators, where)
    known: dict[str, Indicator | Fact] = {**indicators, **facts}
    for name in interview.remarks:
        yield from unusable_id("indicator or fact", name, known, f"/remarks{step(name)}")
    yield from contradictions(interview.history)


def require_fitting_answers(interview: Interview) -> None:
    """
    Refuse an interview with answers that do not fit the questions of its catalogue.

    Raises:
        InvalidAnswers: with the problem of each answer.
    """
    if not interview.answers_fit:
        raise InvalidAnswers(
            interview.cluster.name, interview.catalogue.reference, tuple(unfit_answers(interview))
        )


def unfit_answers(interview: Interview) -> Iterator[Problem]:
    """
    Yield the problems of answers that do not fit the questions of the catalogue.

    Source: docs/semantics.md, 3.1.
    """
    catalogue = interview.catalogue
    indicators = {each.id: each for each in catalogue.indicators}
    facts = {each.id: each for each in catalogue.facts}
    elsewhere = dict.fromkeys(indicators, "an indicator; it belongs in answers")
    yield from _answer_problems("fact", interview.facts, facts, elsewhere)
    elsewhere = dict.fromkeys(facts, "a fact; it belongs in facts")
    yield from _answer_problems("indicator", interview.answers, indicators, elsewhere)


def _answer_problems(
    noun: str,
    answers: Mapping[str, Answer],
    known: Mapping[str, Indicator | Fact],
    elsewhere: Mapping[str, str],
) -> Iterator[Problem]:
    member = "/facts" if noun == "fact" else "/answers"
    for name, answer in answers.items():
        where = f"{member}{step(name)}"
        asked = known.get(name)
        if asked is None or asked.status == "retired":
            hint = f'"{name}" is {elsewhere[name]}' if name in elsewhere else None
            wrong = unusable_id(noun, name, known, where)
            yield from (evolve(problem, hint=hint or problem.hint) for problem in wrong)
        elif isinstance(answer, NotApplicable):
            yield from _applicability_problems(name, asked, where)
        else:
            yield from answer_problems(answer, asked.answer, where)


def _applicability_problems(name: str, asked: Indicator | Fact, where: str) -> Iterator[Problem]:
    if not (isinstance(asked, Indicator) and asked.not_applicable):
        message = f'"{name}" cannot be marked as not applicable'
        hint = f"expected {expected(asked.answer)}; leave it out if there is no answer"
        yield Problem("ECEI307", where, message, hint)
