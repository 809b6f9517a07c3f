"""What differs between two criteria, and between two conditions."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from ecei_rules.comparison.diff.matching import (
    Difference,
    Kind,
    Pair,
    matched,
    ordered,
    paired,
    provenance,
    reworded,
)
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.wording import bounded, condition, named, requirement, score

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SURE = ("ECEI594", "ECEI595")


def criterion_differences(pair: Pair[Criterion]) -> Iterator[Difference]:
    """The differences between two criteria of one id."""
    scope = pair.member("dimension", lambda each: each.dimension)
    yield from scope.changed(
        "ECEI562", "the scope", lambda each: "everything" if each is None else f'"{each}"'
    )
    yield from pair.member("severity", lambda each: each.severity).changed(
        "ECEI563", "the severity"
    )
    yield from _requirement(pair.seen(lambda each: each.requirement), f'"{pair.subject}"')
    yield from reworded(pair.member("title", lambda each: each.title), "ECEI576", "the title")
    sure = pair.member("provenance", lambda each: each.provenance)
    yield from provenance(sure, SURE, "the criterion")


def condition_differences(pair: Pair[Condition | None], of: str) -> Iterator[Difference]:
    """The differences between two conditions *of* something, which messages name."""
    match pair.old.value, pair.new.value:
        case Threshold() as old, Threshold() as new if old.measure == new.measure:
            yield from _bound(pair, old, new, of)
            yield from _named(pair, "options", of)
        case (OneOf(), OneOf()):
            yield from _named(pair, "values", of)
        case (Includes(), Includes()):
            yield from _named(pair, "options", of)
        case (AllOf() | AnyOf() as old, AllOf() | AnyOf() as new) if type(old) is type(new):
            yield from _parts(pair, of)
        case None, None:
            return
        case _:
            yield _reshaped(pair, of)


def _reshaped(pair: Pair[Condition | None], of: str) -> Difference:
    old, new = condition(pair.old.value), condition(pair.new.value)
    return pair.differing("ECEI549", f"the condition of {of} changed from {old} to {new}")


def _bound(pair: Pair[Any], old: Threshold, new: Threshold, of: str) -> Iterator[Difference]:
    if (old.comparison, old.bound) != (new.comparison, new.bound):
        before = pair.old.to({old.comparison: old.bound}, old.comparison)
        after = pair.new.to({new.comparison: new.bound}, new.comparison)
        moved = Pair(pair.subject, before, after, pair.names)
        message = f"the bound of {of} moved from {bounded(old)} to {bounded(new)}"
        yield moved.differing("ECEI547", message)


def _named(pair: Pair[Any], name: str, of: str) -> Iterator[Difference]:
    both = pair.member(name, attrgetter(name))
    old, new = both.old.value, both.new.value
    if ordered(old) != ordered(new):
        message = f"the {name} of {of} changed from {named(old)} to {named(new)}"
        yield both.differing("ECEI548", message)


def _parts(pair: Pair[Any], of: str) -> Iterator[Difference]:
    parts: Pair[tuple[Condition, ...]] = pair.member("parts", attrgetter("parts"))
    found, left, right = paired(parts, (_compared, _measured, _shape))
    if left or right:
        yield _reshaped(pair, of)
        return
    for each in found:
        yield from condition_differences(each, of)


def _compared(of: Condition) -> object:
    return (_measured(of), of.comparison) if isinstance(of, Threshold) else _shape(of)


def _measured(of: Condition) -> object:
    return (of.measure, sorted(of.options)) if isinstance(of, Threshold) else _shape(of)


def _shape(of: Condition) -> object:
    return of.measure if isinstance(of, Threshold) else type(of)


def _requirement(pair: Pair[Requirement], of: str) -> Iterator[Difference]:
    match pair.old.value, pair.new.value:
        case Complete(), Complete():
            return
        case AnswerMeets() as old, AnswerMeets() as new:
            yield from _looked_at(pair, old, new)
            yield from condition_differences(pair.member("when", attrgetter("when")), of)
        case Floor(), Floor():
            grade = pair.member("grade", attrgetter("grade"))
            yield from grade.changed("ECEI566", f"the grade of {of}", _quoted)
            yield from _indicators(pair.member("indicators", attrgetter("indicators")), of)
        case ScoreReaches() as old, ScoreReaches() as new:
            yield from _score(pair, old, new, of)
        case CountGraded(), CountGraded():
            least = pair.member("at_least", attrgetter("at_least"))
            yield from least.changed("ECEI570", f"the number of indicators of {of}")
            grade = pair.member("grade", attrgetter("grade"))
            yield from grade.changed("ECEI571", f"the grade of {of}", _quoted)
        case Earlier(), Earlier():
            yield from _earlier(pair, of)
        case Improvements(), Improvements():
            least = pair.member("at_least", attrgetter("at_least"))
            yield from least.changed("ECEI574", f"the number of improvements of {of}")
        case (
            EveryRequirement() | SomeRequirement() as old,
            EveryRequirement() | SomeRequirement() as new,
        ):
            if type(old) is type(new):
                yield from _combined(pair.member("parts", attrgetter("parts")), of)
            else:
                yield pair.differing("ECEI575", _replaced(pair, of))
        case _:
            yield pair.differing("ECEI564", _replaced(pair, of))


def _replaced(pair: Pair[Requirement], of: str) -> str:
    old, new = requirement(pair.old.value), requirement(pair.new.value)
    return f"what {of} asks for changed from {old} to {new}"


def _looked_at(pair: Pair[Any], old: AnswerMeets, new: AnswerMeets) -> Iterator[Difference]:
    if (old.subject, old.id) != (new.subject, new.id):
        before = pair.old.to({old.subject: old.id}, old.subject)
        after = pair.new.to({new.subject: new.id}, new.subject)
        looked_at = Pair(pair.subject, before, after, pair.names)
        said = f'the {old.subject} "{old.id}" to the {new.subject} "{new.id}"'
        yield looked_at.differing("ECEI565", f"what is looked at changed from {said}")


def _indicators(pair: Pair[tuple[str, ...]], of: str) -> Iterator[Difference]:
    yield from matched(
        pair,
        lambda part: {name: part.to(name, index) for index, name in enumerate(part.value)},
        Kind(
            "ECEI567",
            "ECEI568",
            lambda name, verb: f'"{name}" was {verb} {"to" if verb == "added" else "from"} {of}',
            lambda _: (),
        ),
        subjects=False,
    )


def _score(pair: Pair[Any], old: ScoreReaches, new: ScoreReaches, of: str) -> Iterator[Difference]:
    if old != new:
        before = pair.old.to(old, f"at_least_{old.unit}")
        after = pair.new.to(new, f"at_least_{new.unit}")
        message = f"the bound of {of} moved from {score(old)} to {score(new)}"
        yield Pair(pair.subject, before, after, pair.names).differing("ECEI569", message)


def _earlier(pair: Pair[Any], of: str) -> Iterator[Difference]:
    for name in ("label", "event"):
        asked = pair.member(name, attrgetter(name))
        yield from asked.changed("ECEI572", f"the {name} of {of}")
    repeated = pair.member("repeated", attrgetter("repeated"))
    yield from repeated.changed(
        "ECEI572", f"the number of events of {of}", lambda each: "two" if each else "one"
    )
    for name, what in (("at_least_months", "least"), ("at_most_months", "greatest")):
        months = pair.member(name, attrgetter(name))
        yield from months.changed("ECEI573", f"the {what} number of months of {of}", _number)


def _number(count: int | None) -> str:
    return "none" if count is None else str(count)


def _combined(parts: Pair[tuple[Requirement, ...]], of: str) -> Iterator[Difference]:
    found, left, right = paired(parts, (_target, type))
    for each in found:
        yield from _requirement(each, of)
    for part in right:
        message = f"{of} gained a part: {requirement(part.value)}"
        yield Difference("ECEI577", parts.subject, message, parts.names, None, part)
    for part in left:
        message = f"{of} lost a part: {requirement(part.value)}"
        yield Difference("ECEI578", parts.subject, message, parts.names, part, None)


def _target(of: Requirement) -> object:
    """What two requirements have in common that look at the same thing."""
    match of:
        case AnswerMeets(subject=subject, id=name):
            return subject, name
        case Floor(indicators=indicators):
            return sorted(indicators)
        case CountGraded(grade=grade):
            return "count", grade
        case Earlier(label=label, event=event, repeated=repeated):
            return label, event, repeated
        case _:
            return type(of)


def _quoted(name: str) -> str:
    return f'"{name}"'
