"""The differences between two criteria, and between two conditions."""

from __future__ import annotations

from typing import Any, assert_never

from ecei_rules.comparison.diff.matching import (
    Counterparts,
    PartDifference,
    PartDifferences,
    matched,
    paired,
    provenance_differences,
    text_differences,
    with_sorted_lists,
)
from ecei_rules.diagnostics.phrasing import joined
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
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
from ecei_rules.rulesets.wording import (
    bounded,
    condition,
    mode_text,
    named,
    requirement,
    score,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.interviews.interview import Mode

SURE = ("ECEI594", "ECEI595")


def criterion_differences(pair: Counterparts[Criterion]) -> Iterator[PartDifference]:
    """Yield the differences between two criteria with the same id."""
    yield from pair.attribute("dimension").changed(
        "ECEI562", "the scope", lambda each: "everything" if each is None else f'"{each}"'
    )
    yield from pair.attribute("severity").changed("ECEI563", "the severity")
    yield from _requirement(pair.converted(lambda each: each.requirement), f'"{pair.subject}"')
    yield from text_differences(pair.attribute("title"), "ECEI576", "the title")
    yield from provenance_differences(pair.attribute("provenance"), SURE, "the criterion")


def condition_differences(
    pair: Counterparts[Condition | None], of: str
) -> Iterator[PartDifference]:
    """Yield the differences between two conditions; *of* is their owner in messages."""
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
        case _:  # of two shapes, or one of them is missing
            yield _reshaped(pair, of)


def _reshaped(pair: Counterparts[Condition | None], of: str) -> PartDifference:
    old, new = condition(pair.old.value), condition(pair.new.value)
    return pair.difference("ECEI549", f"the condition of {of} changed from {old} to {new}")


def _bound(
    pair: Counterparts[Any], old: Threshold, new: Threshold, of: str
) -> Iterator[PartDifference]:
    if (old.comparison, old.bound) != (new.comparison, new.bound):
        before = pair.old.child({old.comparison: old.bound}, old.comparison)
        after = pair.new.child({new.comparison: new.bound}, new.comparison)
        moved = Counterparts(pair.subject, before, after, pair.names)
        message = f"the bound of {of} moved from {bounded(old)} to {bounded(new)}"
        yield moved.difference("ECEI547", message)


def _named(pair: Counterparts[Any], name: str, of: str) -> Iterator[PartDifference]:
    both = pair.attribute(name)
    old, new = both.old.value, both.new.value
    if with_sorted_lists(old) != with_sorted_lists(new):
        message = f"the {name} of {of} changed from {named(old)} to {named(new)}"
        yield both.difference("ECEI548", message)


def _parts(pair: Counterparts[Any], of: str) -> Iterator[PartDifference]:
    parts: Counterparts[tuple[Condition, ...]] = pair.attribute("parts")
    pairs, removed, added = paired(parts, (_comparison, _measure, _shape))
    if removed or added:
        yield _reshaped(pair, of)
        return
    for part in pairs:
        yield from condition_differences(part, of)


# conditions other than thresholds have one shape for each type


def _comparison(of: Condition) -> object:
    return (_measure(of), of.comparison) if isinstance(of, Threshold) else _shape(of)


def _measure(of: Condition) -> object:
    return (of.measure, sorted(of.options)) if isinstance(of, Threshold) else _shape(of)


def _shape(of: Condition) -> object:
    return of.measure if isinstance(of, Threshold) else type(of)


def _requirement(pair: Counterparts[Requirement], of: str) -> Iterator[PartDifference]:
    match pair.old.value, pair.new.value:
        case Complete(), Complete():
            return
        case AnswerMeets() as old, AnswerMeets() as new:
            yield from _looked_at(pair, old, new)
            yield from condition_differences(pair.attribute("when"), of)
        case Floor(), Floor():
            yield from pair.attribute("grade").changed("ECEI566", f"the grade of {of}", _quoted)
            yield from _indicators(pair.attribute("indicators"), of)
        case ScoreReaches() as old, ScoreReaches() as new:
            yield from _score(pair, old, new, of)
        case CountGraded(), CountGraded():
            yield from pair.attribute("at_least").changed(
                "ECEI570", f"the number of indicators of {of}"
            )
            yield from pair.attribute("grade").changed("ECEI571", f"the grade of {of}", _quoted)
        case Earlier(), Earlier():
            yield from _earlier(pair, of)
        case Improvements(), Improvements():
            yield from pair.attribute("at_least").changed(
                "ECEI574", f"the number of improvements of {of}"
            )
        case ConductedBy(), ConductedBy():
            yield from _conducted(pair, of)
        case (
            EveryRequirement() | SomeRequirement() as old,
            EveryRequirement() | SomeRequirement() as new,
        ):
            if type(old) is type(new):
                yield from _combined(pair.attribute("parts"), of)
            else:
                yield pair.difference("ECEI575", _replaced(pair, of))
        case _:  # of two shapes
            yield pair.difference("ECEI564", _replaced(pair, of))


def _replaced(pair: Counterparts[Requirement], of: str) -> str:
    old, new = requirement(pair.old.value), requirement(pair.new.value)
    return f"the requirement of {of} changed from {old} to {new}"


def _looked_at(
    pair: Counterparts[Any], old: AnswerMeets, new: AnswerMeets
) -> Iterator[PartDifference]:
    if (old.subject, old.id) != (new.subject, new.id):
        before = pair.old.child({old.subject: old.id}, old.subject)
        after = pair.new.child({new.subject: new.id}, new.subject)
        looked_at = Counterparts(pair.subject, before, after, pair.names)
        change = f'the {old.subject} "{old.id}" to the {new.subject} "{new.id}"'
        yield looked_at.difference("ECEI565", f"the question changed from {change}")


def _indicators(pair: Counterparts[tuple[str, ...]], of: str) -> Iterator[PartDifference]:
    yield from matched(
        pair,
        lambda part: {name: part.child(name, index) for index, name in enumerate(part.value)},
        PartDifferences(
            "ECEI567",
            "ECEI568",
            lambda name, verb: f'"{name}" was {verb} {"to" if verb == "added" else "from"} {of}',
            lambda _: (),
        ),
        subjects=False,
    )


def _score(
    pair: Counterparts[Any], old: ScoreReaches, new: ScoreReaches, of: str
) -> Iterator[PartDifference]:
    if old != new:
        before = pair.old.child(old, f"at_least_{old.unit}")
        after = pair.new.child(new, f"at_least_{new.unit}")
        message = f"the bound of {of} moved from {score(old)} to {score(new)}"
        yield Counterparts(pair.subject, before, after, pair.names).difference("ECEI569", message)


def _earlier(pair: Counterparts[Any], of: str) -> Iterator[PartDifference]:
    for name in ("label", "event"):
        yield from pair.attribute(name).changed("ECEI572", f"the {name} of {of}")
    yield from pair.attribute("repeated").changed(
        "ECEI572", f"the number of events of {of}", lambda each: "two" if each else "one"
    )
    for name, what in (("at_least_months", "least"), ("at_most_months", "greatest")):
        yield from pair.attribute(name).changed(
            "ECEI573", f"the {what} number of months of {of}", _number
        )
    yield from pair.attribute("later_at_most_months").changed(
        "ECEI573", f"the greatest age in months of the later event of {of}", _number
    )
    yield from pair.attribute("since_award_of").changed(
        "ECEI572", f"the award that the event of {of} must follow", lambda each: each or "none"
    )


def _conducted(pair: Counterparts[Any], of: str) -> Iterator[PartDifference]:
    yield from pair.attribute("role").changed("ECEI579", f"the role of {of}", _quoted)
    yield from pair.attribute("at_least").changed("ECEI579", f"the number of experts of {of}")
    yield from pair.attribute("impartial").changed(
        "ECEI579", f"the experts of {of}", lambda each: "impartial ones" if each else "any"
    )
    modes = pair.attribute("modes")
    if set(modes.old.value) != set(modes.new.value):
        yield from modes.changed("ECEI579", f"the modes of {of}", _modes)


def _modes(modes: tuple[Mode, ...]) -> str:
    return joined([mode_text(each) for each in modes]) if modes else "any"


def _number(count: int | None) -> str:
    return "none" if count is None else str(count)


def _combined(parts: Counterparts[tuple[Requirement, ...]], of: str) -> Iterator[PartDifference]:
    pairs, removed, added = paired(parts, (_target, type))
    for pair in pairs:
        yield from _requirement(pair, of)
    for part in added:
        message = f"{of} gained a part: {requirement(part.value)}"
        yield PartDifference("ECEI577", parts.subject, message, parts.names, None, part)
    for part in removed:
        message = f"{of} lost a part: {requirement(part.value)}"
        yield PartDifference("ECEI578", parts.subject, message, parts.names, part, None)


def _target(of: Requirement) -> object:
    """Return a key that two requirements share if they look at the same thing."""
    match of:
        case AnswerMeets(subject=subject, id=name):
            return subject, name
        case Floor(indicators=indicators):
            return sorted(indicators)
        case CountGraded(grade=grade):
            return "count", grade
        case Earlier(label=label, event=event, repeated=repeated):
            return label, event, repeated
        case ConductedBy(role=role):
            return "conducted", role
        case Complete() | ScoreReaches() | Improvements() | EveryRequirement() | SomeRequirement():
            return type(of)
        case unreachable:
            assert_never(unreachable)


def _quoted(name: str) -> str:
    return f'"{name}"'
