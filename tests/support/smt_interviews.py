"""All complete interviews of a day, as variables of the solver z3."""

from __future__ import annotations

import operator
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_never

import z3
from smt_histories import simple, streams

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import MODES, Conducted, Expert, Improvement, Interview
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import AnswerMeets, ConductedBy, Earlier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ecei_rules.rulesets.ruleset import Ruleset

#: A question: the indicator or the fact of an id, the events of a label and a kind,
#: how many improvements are confirmed, or the experts and the mode.
Question = tuple[str, str]

IMPROVED: Question = ("improvements", "confirmed")
CONDUCTED: Question = ("conducted", "by")
COMPARE = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}


def conditions(ruleset: Ruleset) -> Iterator[tuple[Question, Condition]]:
    """Yield the conditions of all grades and criteria, each with its question."""
    for name, grading in ruleset.grading.items():
        for grade in grading.grades:
            if grade.when is not None:
                yield ("indicator", name), grade.when
    for criterion in ruleset.criteria:
        for each in simple(criterion.requirement):
            if isinstance(each, AnswerMeets):
                yield (each.subject, each.id), each.when


class Interviewed:
    """
    The complete interviews of one day, as variables and the formulas that make them
    *valid*.

    Decimal numbers have one place more than any bound of the rulesets, which is enough for
    a number between any two of them. *places* and *events* require at least this number of
    places, and of events of each label and kind.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        on: date,
        rulesets: Sequence[Ruleset],
        *,
        places: int = 0,
        events: int = 0,
    ) -> None:
        self.catalogue, self.on = catalogue, on
        self.kinds: dict[Question, AnswerKind] = {
            **{("indicator", name): one.answer for name, one in catalogue.asked.items()},
            **{("fact", name): one.answer for name, one in catalogue.facts_asked.items()},
        }
        bounds = [bound for kind in self.kinds.values() for bound in _limits(kind)]
        bounds += [b for each in rulesets for _, when in conditions(each) for b in _bounds(when)]
        #: how many of the smallest steps of a decimal number make 1
        self.fine = 10 ** max(places, *(1 + _places(bound) for bound in (0, *bounds)))
        self.answers = {one: _variable(kind, "/".join(one)) for one, kind in self.kinds.items()}
        self.aside = {name: z3.Bool(f"aside/{name}") for name in catalogue.asked}
        self.confirmed = z3.Int("improvements")
        self.streams = streams(rulesets, on, events)
        self.valid: dict[Question, list[z3.BoolRef]] = {
            one: _valid(kind, self.answers[one], self.fine) for one, kind in self.kinds.items()
        }
        for name, one in catalogue.asked.items():
            if not one.not_applicable:
                self.valid["indicator", name].append(z3.Not(self.aside[name]))
        self.valid[IMPROVED] = [self.confirmed >= 0, self.confirmed <= len(catalogue.asked)]
        #: the numbers of impartial and of other experts, by role, and the mode by its place
        self.experts = {
            role.id: tuple(z3.Int(f"experts/{role.id}/{kind}") for kind in ("impartial", "others"))
            for role in catalogue.roles
        }
        self.mode = z3.Int("mode")
        numbers = [number for of_role in self.experts.values() for number in of_role]
        self.valid[CONDUCTED] = [
            *(number >= 0 for number in numbers),
            z3.Sum([z3.IntVal(0), *numbers]) <= 20,
            self.mode >= 0,
            self.mode < len(MODES),
        ]
        self.valid |= {question: each.valid() for question, each in self.streams.items()}

    def applies(self, indicator: str) -> z3.BoolRef:
        """See `View`."""
        return z3.Not(self.aside[indicator])

    def graded(self, ruleset: Ruleset, indicator: str, index: int) -> z3.ArithRef:
        """See `View`."""
        whens = [one.when for one in ruleset.grading[indicator].grades[: index + 1]]
        *missed, attained = [
            z3.BoolVal(val=True) if when is None else self.holds(("indicator", indicator), when)
            for when in whens
        ]
        alone = z3.And(self.applies(indicator), attained, *(z3.Not(one) for one in missed))
        return z3.If(alone, z3.IntVal(1), z3.IntVal(0))

    def holds(self, question: Question, when: Condition) -> z3.BoolRef:
        """See `View`: docs/semantics.md, 2.3 to 2.6."""
        answer = self.answers[question]
        match when:
            case AllOf(parts=parts):
                return z3.And([self.holds(question, part) for part in parts])
            case AnyOf(parts=parts):
                return z3.Or([self.holds(question, part) for part in parts])
            case OneOf(values=values):
                kind = self.kinds[question]
                if isinstance(kind, Choice):
                    return z3.Or([answer == _names(kind).index(value) for value in values])
                return z3.Or([answer == value for value in values])
            case Includes(options=options):
                return z3.And([_present(answer[name]) for name in options])
            case Threshold(comparison=comparison, bound=bound):
                part, whole = self._measured(when, question)
                limit, compare = Fraction(bound), COMPARE[comparison]
                held = compare(part * limit.denominator, whole * limit.numerator)
                # the share of nothing is 0
                return z3.If(whole == 0, z3.BoolVal(compare(0, limit)), held)
            case unreachable:
                assert_never(unreachable)

    def fits(self, earlier: Earlier) -> z3.BoolRef:
        """See `View`: docs/semantics.md, 2.12."""
        return self.streams[self.stream_of(earlier)].fits(earlier)

    def stream_of(self, earlier: Earlier) -> Question:
        """Return the name of the stream that has the events of a requirement."""
        kind = (earlier.label, earlier.event)
        return next(
            name for name, each in self.streams.items() if kind in {one.kind for one in each.events}
        )

    def improved(self, at_least: int) -> z3.BoolRef:
        """See `View`."""
        return self.confirmed >= at_least

    def conducted(self, by: ConductedBy) -> z3.BoolRef:
        """See `View`: docs/semantics.md, 2.14."""
        impartial, others = self.experts[by.role]
        enough = (impartial if by.impartial else impartial + others) >= by.at_least
        allowed = [self.mode == MODES.index(mode) for mode in by.modes or MODES]
        return z3.And(enough, z3.Or(allowed))

    def saying(self, interview: Interview) -> dict[Question, list[z3.BoolRef]]:
        """Return formulas: everything in the interview is as an interview has it."""
        given: dict[Question, Answer] = {
            **{("indicator", name): answer for name, answer in interview.answers.items()},
            **{("fact", name): answer for name, answer in interview.facts.items()},
        }
        found = {question: self._saying(question, given[question]) for question in self.kinds}
        for question, stream in self.streams.items():
            kinds = {one.kind for one in stream.events}
            past = (each for each in interview.history if each.on < self.on)
            events = {((each.label, each.event), each.on) for each in past}
            found[question] = stream.only({each for each in events if each[0] in kinds})
        confirmed = {each.indicator for each in interview.improvements if each.confirmed}
        found[IMPROVED] = [self.confirmed == len(confirmed)]
        conducted = interview.conducted
        stated = Counter((each.role, each.impartial) for each in conducted.experts or ())
        found[CONDUCTED] = [
            number == stated[role, impartial]
            for role, numbers in self.experts.items()
            for number, impartial in zip(numbers, (True, False), strict=True)
        ]
        if conducted.mode is not None:
            found[CONDUCTED].append(self.mode == MODES.index(conducted.mode))
        return found

    def _saying(self, question: Question, given: Answer) -> list[z3.BoolRef]:
        kind, answer = self.kinds[question], self.answers[question]
        aside = isinstance(given, NotApplicable)
        found = [self.aside[question[1]] == aside] if question[0] == "indicator" else []
        match kind:
            case _ if aside:
                return found
            case Number() | Share():
                return [*found, answer == int(given * self.fine)]
            case Choice():
                return [*found, answer == _names(kind).index(given)]
            case Choices():
                return [*found, *(each == (name in given) for name, each in answer.items())]
            case Breakdown():
                return [*found, *(each == given.get(name, 0) for name, each in answer.items())]
            case Count() | Year() | YesNo():
                return [*found, answer == given]
            case unreachable:
                assert_never(unreachable)

    def answer_of(self, question: Question, model: z3.ModelRef) -> Any:
        """
        Return the answer in a model: an answer, days of events, or the number of
        improvements.
        """

        def value(variable: z3.ExprRef) -> Any:
            found = model.eval(variable, model_completion=True)
            return z3.is_true(found) if z3.is_bool(found) else found.as_long()

        if question == IMPROVED:
            return value(self.confirmed)
        if question == CONDUCTED:
            return Conducted(
                self.on,
                mode=MODES[value(self.mode)],
                experts=[
                    Expert(role, impartial=impartial)
                    for role, numbers in self.experts.items()
                    for number, impartial in zip(numbers, (True, False), strict=True)
                    for _ in range(value(number))
                ],
            )
        if question in self.streams:
            return self.streams[question].days(model)
        if question[0] == "indicator" and value(self.aside[question[1]]):
            return NotApplicable("it does not apply")
        return _answered(self.kinds[question], self.answers[question], value, self.fine)

    def interview(self, answers: Mapping[Question, Any]) -> Interview:
        """Return the interview with the given answers."""
        return Interview(
            self.catalogue,
            Cluster("Example Cluster", "IT"),
            answers[CONDUCTED],
            {name: answers["indicator", name] for name in self.catalogue.asked},
            facts={name: answers["fact", name] for name in self.catalogue.facts_asked},
            improvements=[
                Improvement(name, "better", confirmed=True)
                for name in [*self.catalogue.asked][: answers[IMPROVED]]
            ],
            history=[
                # all awards run as long, so that none contradicts another
                LabelEvent(*kind, day, valid_until=self.on if kind[1] == "awarded" else None)
                for each in self.streams
                for kind, day in sorted(answers[each])
            ],
        )

    def _measured(self, when: Threshold, question: Question) -> tuple[z3.ArithRef, z3.ArithRef]:
        """Return the number that a threshold bounds, as a part of a total."""
        answer, one = self.answers[question], z3.IntVal(1)
        match when.measure:
            case "value":
                fine = isinstance(self.kinds[question], Number | Share)
                return answer, z3.IntVal(self.fine) if fine else one
            case "years_ago":
                return self.on.year - answer, one
            case "types":
                named = dict.fromkeys(when.options or answer)
                return z3.Sum([z3.If(_present(answer[name]), 1, 0) for name in named]), one
            case "sum_of":
                return _sum_of(answer, when.options), one
            case "share_of":
                return 100 * _sum_of(answer, when.options), _sum_of(answer, answer)
            case unreachable:
                assert_never(unreachable)


def model_interview(interviewed: Interviewed, model: z3.ModelRef) -> Interview:
    """Return the interview of a model."""
    return interviewed.interview(
        {one: interviewed.answer_of(one, model) for one in interviewed.valid}
    )


def _names(kind: Choice | Choices | Breakdown) -> list[str]:
    return [option.id for option in kind.options]


def _sum_of(answer: Mapping[str, z3.ArithRef], options: Iterable[str]) -> z3.ArithRef:
    return z3.Sum([answer[name] for name in dict.fromkeys(options)])


def _present(chosen: z3.ExprRef) -> z3.BoolRef:
    return chosen if z3.is_bool(chosen) else chosen > 0


def _bounds(when: Condition) -> Iterator[Decimal]:
    match when:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _bounds(part)
        case Threshold(bound=bound):
            yield bound
        case OneOf() | Includes():
            return
        case unreachable:
            assert_never(unreachable)


def _limits(kind: AnswerKind) -> Iterator[Decimal]:
    if isinstance(kind, Number):
        yield from (each for each in (kind.minimum, kind.maximum) if each is not None)


def _places(number: Decimal | int) -> int:
    places = 0
    while Fraction(number) * 10**places % 1:
        places += 1
    return places


def _variable(kind: AnswerKind, name: str) -> Any:
    match kind:
        case Count() | Number() | Share() | Year() | Choice():
            return z3.Int(name)
        case YesNo():
            return z3.Bool(name)
        case Choices():
            return {option: z3.Bool(f"{name}/{option}") for option in _names(kind)}
        case Breakdown():
            return {option: z3.Int(f"{name}/{option}") for option in _names(kind)}
        case unreachable:
            assert_never(unreachable)


def _valid(kind: AnswerKind, answer: Any, fine: int) -> list[z3.BoolRef]:
    match kind:
        case Count(minimum=minimum, maximum=maximum):
            return _between(answer, minimum or 0, maximum)
        case Year(minimum=minimum, maximum=maximum):
            return _between(answer, minimum, maximum)
        case Number(minimum=minimum, maximum=maximum):
            steps = [None if each is None else int(each * fine) for each in (minimum, maximum)]
            return _between(answer, *steps)
        case Share():
            return _between(answer, 0, 100 * fine)
        case Choice(options=options):
            return _between(answer, 0, len(options) - 1)
        case Breakdown(maximum=maximum):
            return [each for count in answer.values() for each in _between(count, 0, maximum)]
        case YesNo() | Choices():
            return []
        case unreachable:
            assert_never(unreachable)


def _between(answer: z3.ArithRef, lowest: int | None, highest: int | None) -> list[z3.BoolRef]:
    above = [] if lowest is None else [answer >= lowest]
    return above if highest is None else [*above, answer <= highest]


def _answered(
    kind: AnswerKind, answer: Any, value: Callable[[z3.ExprRef], Any], fine: int
) -> Answer:
    match kind:
        case Count() | Year() | YesNo():
            return value(answer)
        case Number() | Share():
            return Decimal(value(answer)) / fine
        case Choice():
            return _names(kind)[value(answer)]
        case Choices():
            return tuple(name for name, chosen in answer.items() if value(chosen))
        case Breakdown():
            return FrozenMap({name: value(count) for name, count in answer.items()})
        case unreachable:
            assert_never(unreachable)
