"""A plan in words."""

from __future__ import annotations

from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.interviews.provenance import Basis
from ecei_rules.report.text.blocks import Item, Items, Report, Section, as_markdown, as_text
from ecei_rules.report.text.wording import answer_text, outcome_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.planning.plan import AnswerChange, Blocked, Obstacle, Plan

_OBSTACLES: dict[Obstacle, str] = {
    "fact": "a fact about the organisation",
    "history": "the history of labels",
    "improvements": "the confirmed improvements",
    "conducted": "the experts and the mode",
    "locked": "a locked indicator",
    "not_improvable": "an indicator that nobody can improve",
    "not_applicable": "an indicator that does not apply",
    "indicator": "an indicator that has no better answer",
}
_NOT_OFFICIAL = (
    "NOT OFFICIAL: illustrative values of this project are among the rules, not the scheme owner's."
)
_SETTLED = (
    ("label", "the label", ""),
    ("dimension", "dimension", "dimensions"),
    ("criterion", "criterion", "criteria"),
)
_SURE = "The rules behind this are {}."


def explain_plan(plan: Plan) -> str:
    """
    Explain a plan: what is settled and open, what to do, and how safe an award is.

    No line has more than 100 columns. Source: docs/semantics.md, section 10.

    >>> import ecei_rules as er
    >>> (interview,) = er.example_corpus(1)
    >>> ruleset = er.shipped().ruleset("bronze", on=interview.conducted.on)
    >>> plan = er.plan(interview, ruleset)
    >>> [each for each in er.explain_plan(plan).splitlines() if "requirements" in each]
    ['The other requirements']
    """
    return as_text(_report(plan))


def markdown_plan(plan: Plan) -> str:
    """Explain a plan as `explain_plan` does, in Markdown."""
    return as_markdown(_report(plan))


def _report(plan: Plan) -> Report:
    label, ruleset = plan.ruleset.label.capitalize(), plan.ruleset
    subject = f"{plan.interview.name} ({plan.interview.country}), interview of {plan.interview.on}"
    return Report(
        f"{label} {outcome_text(plan.outcome)}: {subject}",
        _NOT_OFFICIAL if plan.basis is Basis.ILLUSTRATIVE else _SURE.format(plan.basis.value),
        [f"under {ruleset.label}@{ruleset.version} ({ruleset.title})"],
        _sections(plan),
    )


def _sections(plan: Plan) -> Iterator[Section]:
    yield from _settled(plan)
    yield from _open(plan)
    yield from _blocked(plan)
    yield from _ways(plan)
    yield from _loss(plan)
    if plan.beyond:
        yield _section("Not analysed", plan.beyond)


def _settled(plan: Plan) -> Iterator[Section]:
    """List what is settled while answers are missing."""
    if not plan.unanswered:
        return
    items = []
    for of, singular, plural in _SETTLED:
        by_outcome: dict[str, list[str]] = {}
        for settled in plan.settled:
            if settled.of == of:
                by_outcome.setdefault(outcome_text(settled.outcome), []).append(settled.id)
        for outcome, ids in by_outcome.items():
            listed = f"{len(ids)} {singular if len(ids) == 1 else plural}: {', '.join(ids)}"
            items.append(f"{outcome}: {listed if plural else singular}")
    one = plan.unanswered == 1
    missing = "missing answer is" if one else f"{plan.unanswered} missing answers are"
    yield _section(f"Settled, whatever the {missing}", items or ["nothing"])


def _open(plan: Plan) -> Iterator[Section]:
    if plan.decides:
        count = number_of(len(plan.decides), "missing answer")
        yield _section(
            f"The label depends on {count}; no smaller set settles it in every case",
            [f"{each.title} [{each.id}]" for each in plan.decides],
        )


def _ways(plan: Plan) -> Iterator[Section]:
    if plan.outcome is LabelOutcome.AWARDED or plan.beyond:
        return
    if not plan.ways:
        yield _section("The way to the label", ["no improvements earn it, not even all together"])
        return
    goal = "meet the other requirements" if plan.blocked else "the label"
    if plan.blocked and not any(way.changes for way in plan.ways):
        yield _section("The other requirements", ["all of them are met"])
        return
    for place, way in enumerate(plan.ways):
        heading = f"The cheapest way to {goal}" if place == 0 else "The next best way"
        steps = sum(change.steps for change in way.changes)
        cost = "" if way.cost == steps else f", effort {way.cost}"
        items = [*map(_change, way.changes)] or ["nothing more is needed"]
        yield _section(f"{heading}: {number_of(steps, 'step')}{cost}", items)


def _blocked(plan: Plan) -> Iterator[Section]:
    if plan.blocked:
        heading = "Requirements that no improvement of an indicator meets"
        yield _section(heading, map(_obstacle, plan.blocked))


def _obstacle(blocked: Blocked) -> str:
    name = f"{blocked.title} [{blocked.criterion}]" if blocked.title else blocked.criterion
    return f"{name}: {' and '.join(_OBSTACLES[each] for each in blocked.obstacles)}"


def _loss(plan: Plan) -> Iterator[Section]:
    if plan.outcome is not LabelOutcome.AWARDED or plan.beyond:
        return
    heading = "The smallest change after which the label is no longer awarded"
    if plan.loses is None:
        yield _section(heading, ["worse answers alone would not change it"])
        return
    steps = number_of(sum(change.steps for change in plan.loses.changes), "step")
    yield _section(f"{heading}: {steps} down", map(_change, plan.loses.changes))


def _section(title: str, items: Iterable[str]) -> Section:
    return Section(title, [Items([Item(each) for each in items])])


def _change(change: AnswerChange) -> str:
    name = f"{change.title} [{change.indicator}]"
    example = f"for example {answer_text(change.answer)}"
    if change.before is None:
        grade = f", {change.target}" if change.target else ""
        return f"{name}: to be answered{grade} ({example})"
    now = f"now {answer_text(change.before)}"
    if change.target is None:
        return f"{name}: another answer ({now}; {example})"
    return f"{name}: {change.grade} → {change.target} ({now}; {example})"
