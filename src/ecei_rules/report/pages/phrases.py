"""Answers, findings and sentences in the language of a page."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import assert_never

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.schema_texts import options_of
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.provenance import Basis
from ecei_rules.report.text.wording import evidence
from ecei_rules.rulesets import wording
from ecei_rules.rulesets.criteria import AnswerMeets, Earlier, Improvements, ScoreReaches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.evaluation.grounds import AnswerHeld, Grounds
    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator, Option
    from ecei_rules.report.pages.localisation import Words
    from ecei_rules.report.pages.next_label import NextLabel
    from ecei_rules.rulesets.conditions import Condition, Reading
    from ecei_rules.rulesets.criteria import Criterion

#: Between a number and its unit no line is broken.
_UNBROKEN = "\N{NO-BREAK SPACE}"


def answered(answer: Answer | None, kind: AnswerKind, words: Words) -> str:
    """Word an answer with its unit, and options by their titles."""
    match answer:
        case None:
            return words("not answered")
        case NotApplicable(reason=reason):
            return words("does not apply: {reason}", reason=reason)
        case _:
            return _fitting(answer, kind, words)


def _fitting(answer: Answer, kind: AnswerKind, words: Words) -> str:
    misfit = "an interview fits its catalogue"
    match kind:
        case YesNo():
            return words("yes") if answer else words("no")
        case Count(unit=unit) | Number(unit=unit):
            assert isinstance(answer, int | Decimal), misfit
            number = words.number(answer)
            return f"{number}{_UNBROKEN}{words.text(unit)}" if unit else number
        case Share():
            assert isinstance(answer, int | Decimal), misfit
            return words.percent(answer)
        case Year():
            return str(answer)
        case Choice(options=options):
            return _titles(options, [str(answer)], words)
        case Choices(options=options):
            assert isinstance(answer, tuple), misfit
            return _titles(options, answer, words) or words("none")
        case Breakdown(options=options):
            assert isinstance(answer, FrozenMap), misfit
            return ", ".join(
                f"{words.text(option.title)} {words.number(answer.get(option.id, 0))}"
                for option in options
            )
        case unreachable:
            assert_never(unreachable)


def _titles(options: Iterable[Option], chosen: Iterable[str], words: Words) -> str:
    titles = {option.id: words.text(option.title) for option in options}
    return ", ".join(titles[name] for name in chosen)


def condition_text(condition: Condition, asked: Indicator | Fact, words: Words) -> str:
    """Word a condition on the answer to an indicator or a fact."""
    return wording.condition(condition, words, partial(_option, asked, words))


def required_text(criterion: Criterion, catalogue: Catalogue, words: Words) -> str:
    """Word what a criterion requires, as far as its title does not tell; else nothing."""
    match criterion.requirement:
        case AnswerMeets(subject="indicator", id=name, when=when):
            return condition_text(when, catalogue.asked[name], words)
        case AnswerMeets(id=name, when=when):
            return condition_text(when, catalogue.facts_asked[name], words)
        case ScoreReaches() | Earlier() | Improvements():
            return wording.requirement(criterion.requirement, words)
        case _:  # the title tells it, or names the indicators
            return ""


def evidence_text(grounds: Grounds, catalogue: Catalogue, words: Words) -> str:
    """Word the evidence that an outcome rests on."""
    return "; ".join(evidence(grounds, _NamesInCatalogue(catalogue, words), words))


class _NamesInCatalogue:
    """The titles of a catalogue, in the language of the page."""

    def __init__(self, catalogue: Catalogue, words: Words) -> None:
        self._catalogue, self._words = catalogue, words

    def indicator(self, name: str, /) -> str:
        return self._words.text(self._catalogue.asked[name].title)

    def option(self, evidence: AnswerHeld, option: str, /) -> str:
        return _option(self._asked(evidence), self._words, option)

    def answer(self, evidence: AnswerHeld, _reading: Reading | None, /) -> str:
        return answered(evidence.answer, self._asked(evidence).answer, self._words)

    def _asked(self, evidence: AnswerHeld) -> Indicator | Fact:
        if evidence.subject == "indicator":
            return self._catalogue.asked[evidence.id]
        return self._catalogue.facts_asked[evidence.id]


def _option(asked: Indicator | Fact, words: Words, name: str) -> str:
    titles = {option.id: words.text(option.title) for option in options_of(asked.answer)}
    return titles[name]


def outcome_sentence(assessment: Assessment, words: Words) -> str:
    """Word the outcome with the number of requirements that it rests on."""
    label = words.text(assessment.ruleset.label.capitalize())
    count = len(assessment.decisive)
    match assessment.outcome:
        case LabelOutcome.AWARDED:
            return words("Every requirement of {label} is met: the label is awarded.", label=label)
        case LabelOutcome.NOT_AWARDED:
            return words.of(
                count,
                "{count} requirement of {label} is not met, so the label is not awarded.",
                "{count} requirements of {label} are not met, so the label is not awarded.",
                label=label,
            )
        case LabelOutcome.UNDETERMINED:
            return words.of(
                count,
                "Not decided yet: {count} requirement of {label} still lacks an answer.",
                "Not decided yet: {count} requirements of {label} still lack an answer.",
                label=label,
            )
        case unreachable:
            assert_never(unreachable)


def basis_sentence(assessment: Assessment, words: Words) -> str:
    """Word the evidence for the rules that decided the label, or leave it open."""
    settled = assessment.outcome is not LabelOutcome.UNDETERMINED
    match assessment.basis:
        case Basis.ILLUSTRATIVE if settled:
            return words(
                "Illustrative values of this project decided this, not values of the scheme's"
                " owner."
            )
        case Basis.ILLUSTRATIVE:
            return words(
                "Illustrative values of this project leave this open, not values of the scheme's"
                " owner."
            )
        case Basis.INFERRED if settled:
            return words("The rules that decided this follow from documented cases.")
        case Basis.INFERRED:
            return words("The rules that leave this open follow from documented cases.")
        case Basis.DOCUMENTED if assessment.one_page and settled:
            return words(
                "One page alone, which is not the operator's, states a rule that decided this."
            )
        case Basis.DOCUMENTED if assessment.one_page:
            return words(
                "One page alone, which is not the operator's, states a rule that leaves this open."
            )
        case Basis.DOCUMENTED if settled:
            return words("Published sources state the rules that decided this.")
        case Basis.DOCUMENTED:
            return words("Published sources state the rules that leave this open.")
        case unreachable:
            assert_never(unreachable)


def road_sentence(assessment: Assessment, road: NextLabel, words: Words) -> str:
    """Name the label that the road leads to."""
    here = words.text(assessment.ruleset.label.capitalize())
    there = words.text(road.ruleset.label.capitalize())
    if road.ruleset.label != assessment.ruleset.label:
        return words("After {here}, the next label is {there}.", here=here, there=there)
    if road.keeps:
        return words("{here} is earned. This section shows how safe it is.", here=here)
    return words("This section shows the way to {here}.", here=here)


def groups_sentence(benchmark: Benchmark, words: Words) -> str:
    """Word the number of interviews that the groups of a benchmark are made from."""
    return words.of(
        benchmark.interviews,
        "The groups are made from {count} interview, one for each organisation; labels are those"
        " held on {day}.",
        "The groups are made from {count} interviews, one for each organisation; labels are those"
        " held on {day}.",
        day=words.day(benchmark.on),
    )
