"""A plan in words."""

from __future__ import annotations

from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.interviews.answers import answer_text
from ecei_rules.interviews.provenance import Basis
from ecei_rules.report.text.blocks import Item, Items, Report, Section, as_markdown, as_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.planning.plan import AnswerChange, Blocked, Obstacle, Plan

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


_SETTLED = (
    ("label", "the label", ""),
    ("dimension", "dimension", "dimensions"),
    ("criterion", "criterion", "criteria"),
)
_SURE = "The rules that this rests on are {}."


def explain_plan(plan: Plan) -> str:
    """
    Say a plan in words: what is settled and open, what to do, how safe an award is.

    No line is longer than 100 columns.
    """
    return as_text(_report(plan))


def markdown_plan(plan: Plan) -> str:
    """The same in Markdown."""
    return as_markdown(_report(plan))


def _report(plan: Plan) -> Report:
    label, ruleset = plan.ruleset.label.capitalize(), plan.ruleset
    held = f"{plan.interview.name} ({plan.interview.country}), interview of {plan.interview.on}"
    return Report(
        f"{label} {_OUTCOMES[plan.outcome]}: {held}",
        _NOT_OFFICIAL if plan.basis is Basis.ILLUSTRATIVE else _SURE.format(plan.basis.value),
        f"under {ruleset.label}@{ruleset.version} ({ruleset.title})",
        _sections(plan),
    )


def _sections(plan: Plan) -> Iterator[Section]:
    made = (_settled(plan), _open(plan), *_ways(plan), _blocked(plan), _loss(plan), _beyond(plan))
    yield from (each for each in made if each is not None)


def _settled(plan: Plan) -> Section | None:
    """What is settled; nothing is said of it where everything is answered."""
    if not plan.unanswered:
        return None
    items = []
    for of, one, many in _SETTLED:
        by_outcome: dict[str, list[str]] = {}
        for each in plan.settled:
            if each.of == of:
                by_outcome.setdefault(each.outcome.value.replace("_", " "), []).append(each.id)
        for outcome, ids in by_outcome.items():
            listed = f"{len(ids)} {one if len(ids) == 1 else many}: {', '.join(ids)}"
            items.append(f"{outcome}: {listed if many else one}")
    missing = number_of(plan.unanswered, "missing answer")
    return _section(f"Settled, whatever the {missing} may be", items or ["nothing"])


def _open(plan: Plan) -> Section | None:
    if not plan.decides:
        return None
    count = number_of(len(plan.decides), "answer")
    return _section(
        f"The label is settled by {count}, and by no fewer",
        [f"{each.title} [{each.id}]" for each in plan.decides],
    )


def _ways(plan: Plan) -> Iterator[Section]:
    if plan.outcome is LabelOutcome.AWARDED or plan.beyond:
        return
    if not plan.ways:
        yield _section("What would earn the label", ["no improvements do, nor all together"])
        return
    rest = " the rest of" if plan.blocked else ""
    for place, way in enumerate(plan.ways):
        heading = f"The cheapest way to{rest} the label" if place == 0 else "The next best way"
        steps = number_of(sum(each.steps for each in way.changes), "step")
        cost = "" if way.cost == sum(each.steps for each in way.changes) else f", effort {way.cost}"
        items = [_change(each) for each in way.changes] or ["nothing more is needed"]
        yield _section(f"{heading}: {steps}{cost}", items)


def _blocked(plan: Plan) -> Section | None:
    if not plan.blocked:
        return None
    heading = "What no improvement can meet, and the label needs as well"
    return _section(heading, map(_obstacle, plan.blocked))


def _obstacle(blocked: Blocked) -> str:
    name = f"{blocked.title} [{blocked.criterion}]" if blocked.title else blocked.criterion
    return f"{name}: {' and '.join(_OBSTACLES[each] for each in blocked.obstacles)}"


def _loss(plan: Plan) -> Section | None:
    if plan.outcome is not LabelOutcome.AWARDED or plan.beyond:
        return None
    if plan.loses is None:
        return _section("How safe the award is", ["no worse answers would lose it"])
    steps = number_of(sum(each.steps for each in plan.loses.changes), "step")
    return _section(
        f"How safe the award is: {steps} down would lose it", map(_change, plan.loses.changes)
    )


def _beyond(plan: Plan) -> Section | None:
    return _section("Not said here", plan.beyond) if plan.beyond else None


def _section(title: str, items: Iterable[str]) -> Section:
    return Section(title, [Items([Item(each) for each in items])])


def _change(change: AnswerChange) -> str:
    name, such = f"{change.title} [{change.indicator}]", f"such as {_said(change.answer)}"
    if change.before is None:
        grade = f", {change.target}" if change.target else ""
        return f"{name}: to be answered{grade} ({such})"
    now = f"now {_said(change.before)}"
    if change.target is None:
        return f"{name}: another answer ({now}; {such})"
    return f"{name}: {change.grade} to {change.target} ({now}; {such})"


def _said(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer_text(answer)
