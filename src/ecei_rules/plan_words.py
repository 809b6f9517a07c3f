"""A plan in words."""

from __future__ import annotations

from textwrap import fill

from attrs import frozen

from ecei_rules.answers import shown
from ecei_rules.assessment import LabelOutcome
from ecei_rules.problems import number_of, visible
from ecei_rules.texts import Basis

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.answers import Answer
    from ecei_rules.plan import AnswerChange, Blocked, Obstacle, Plan

WIDTH = 100
_OUTCOMES = {
    LabelOutcome.AWARDED: "awarded",
    LabelOutcome.NOT_AWARDED: "not awarded",
    LabelOutcome.UNDETERMINED: "undetermined",
}
_OBSTACLES: dict[Obstacle, str] = {
    "fact": "a fact about the organisation",
    "history": "what happened before",
    "improvements": "the improvements that were confirmed",
    "locked": "an indicator that is to stay as it is",
    "not_applicable": "an indicator that does not apply",
    "indicator": "an answer that no better one replaces",
}
_NOT_OFFICIAL = (
    "NOT OFFICIAL: illustrative values of this project are among the rules, not the scheme owner's."
)


@frozen
class _Section:
    """A heading, what is said under it, and whether that is an order."""

    heading: str
    items: tuple[str, ...]
    numbered: bool = False


def explain_plan(plan: Plan) -> str:
    """
    Say a plan in words: what is settled and open, what to do, how safe an award is.

    No line is longer than 100 columns.
    """
    parts = ["\n".join(_wrapped(each, "") for each in _heading(plan))]
    for section in _sections(plan):
        lines = [
            _wrapped(item, f"  {place}. " if section.numbered else "  - ")
            for place, item in enumerate(section.items, 1)
        ]
        parts.append("\n".join([_wrapped(section.heading, ""), *lines]))
    return "\n\n".join(parts) + "\n"


def markdown_plan(plan: Plan) -> str:
    """The same in Markdown."""
    first, *others = (_escaped(each) for each in _heading(plan))
    parts = [f"# {first}", *others]
    for section in _sections(plan):
        marks = [f"{at}." if section.numbered else "-" for at in range(1, len(section.items) + 1)]
        parts.append(f"## {_escaped(section.heading)}")
        parts.append(
            "\n".join(f"{m} {_escaped(each)}" for m, each in zip(marks, section.items, strict=True))
        )
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(plan: Plan) -> Iterator[str]:
    label, ruleset = plan.ruleset.label.capitalize(), plan.ruleset
    held = f"{plan.interview.name} ({plan.interview.country}), interview of {plan.interview.on}"
    if plan.basis is Basis.ILLUSTRATIVE:
        yield _NOT_OFFICIAL
    yield f"{label} {_OUTCOMES[plan.outcome]}: {held}"
    yield f"under {ruleset.label}@{ruleset.version} ({ruleset.title})"


def _sections(plan: Plan) -> Iterator[_Section]:
    made = (_settled(plan), _open(plan), *_ways(plan), _blocked(plan), _loss(plan), _beyond(plan))
    yield from (each for each in made if each is not None)


def _settled(plan: Plan) -> _Section | None:
    """What is settled; nothing is said of it where everything is answered."""
    if not plan.unanswered:
        return None
    items = []
    for of, noun in (
        ("label", "the label"),
        ("dimension", "dimension"),
        ("criterion", "criterion"),
    ):
        by_outcome: dict[str, list[str]] = {}
        for each in plan.settled:
            if each.of == of:
                by_outcome.setdefault(each.outcome.value.replace("_", " "), []).append(each.id)
        for outcome, ids in by_outcome.items():
            listed = noun if of == "label" else f"{number_of(len(ids), noun)}: {', '.join(ids)}"
            items.append(f"{outcome}: {listed}".replace("criterions", "criteria"))
    missing = number_of(plan.unanswered, "missing answer")
    return _Section(f"Settled, whatever the {missing} may be", tuple(items or ["nothing"]))


def _open(plan: Plan) -> _Section | None:
    if not plan.decides:
        return None
    count = number_of(len(plan.decides), "answer")
    return _Section(
        f"The label is settled by {count}, and by no fewer",
        tuple(f"{each.title} [{each.id}]" for each in plan.decides),
    )


def _ways(plan: Plan) -> Iterator[_Section]:
    if plan.outcome is LabelOutcome.AWARDED or plan.beyond:
        return
    if not plan.ways:
        nothing = "no improvement, and none together, does it"
        yield _Section("What would earn the label", (nothing,))
        return
    rest = " the rest of" if plan.blocked else ""
    for place, way in enumerate(plan.ways):
        heading = f"The cheapest way to{rest} the label" if place == 0 else "The next best way"
        steps = number_of(sum(each.steps for each in way.changes), "step")
        cost = "" if way.cost == sum(each.steps for each in way.changes) else f", effort {way.cost}"
        items = tuple(_change(each) for each in way.changes) or ("nothing more is needed",)
        yield _Section(f"{heading}: {steps}{cost}", items, numbered=bool(way.changes))


def _blocked(plan: Plan) -> _Section | None:
    if not plan.blocked:
        return None
    heading = "What no improvement can meet, and the label needs as well"
    return _Section(heading, tuple(map(_obstacle, plan.blocked)))


def _obstacle(blocked: Blocked) -> str:
    name = f"{blocked.title} [{blocked.criterion}]" if blocked.title else blocked.criterion
    return f"{name}: {' and '.join(_OBSTACLES[each] for each in blocked.obstacles)}"


def _loss(plan: Plan) -> _Section | None:
    if plan.outcome is not LabelOutcome.AWARDED or plan.beyond:
        return None
    if plan.loses is None:
        return _Section("How safe the award is", ("no worse answers would lose it",))
    steps = number_of(sum(each.steps for each in plan.loses.changes), "step")
    items = tuple(_change(each) for each in plan.loses.changes)
    return _Section(f"How safe the award is: {steps} down would lose it", items)


def _beyond(plan: Plan) -> _Section | None:
    return _Section("Not said here", plan.beyond) if plan.beyond else None


def _change(change: AnswerChange) -> str:
    name, such = f"{change.title} [{change.indicator}]", f"such as {_said(change.answer)}"
    if change.before is None:
        grade = f", {change.target} or better" if change.target else ""
        return f"{name}: to be answered{grade} ({such})"
    now = f"now {_said(change.before)}"
    if change.target is None:
        return f"{name}: another answer ({now}; {such})"
    return f"{name}: {change.grade} to {change.target} ({now}; {such})"


def _said(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return shown(answer)


def _wrapped(text: str, mark: str) -> str:
    return fill(
        visible(text),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
    )


def _escaped(text: str) -> str:
    """A text that Markdown shows as it stands."""
    said = visible(text).replace("\\", "\\\\")
    for mark in "`*_[]|#":
        said = said.replace(mark, f"\\{mark}")
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
