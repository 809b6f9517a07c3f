"""The canonical text of an interview, written without its members between."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import canonical, json_string, plain
from ecei_rules.interviews.answers import NotApplicable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.history import Cluster, LabelEvent
    from ecei_rules.interviews.interview import Conducted, Expert, Improvement, Interview


_IMPARTIAL = {None: "", True: '"impartial":true,', False: '"impartial":false,'}


def interview_text(interview: Interview, answers: str, facts: str) -> str:
    """
    Return the canonical text of an interview without `$schema` and `x-` members.

    *answers* and *facts* are its members of these names, without the braces around them;
    whoever has texts of them need not write them again. It is the text that `canonical`
    makes of the members that the converter writes.
    """
    catalogue, history, improvements = (
        interview.catalogue,
        interview.history,
        interview.improvements,
    )
    text = (
        f'{{"answers":{{{answers}}},'
        f'"catalogue":{{"id":"{catalogue.id}","version":"{catalogue.version}"}},'
        f'"cluster":{_cluster(interview.cluster)},"conducted":{_conducted(interview.conducted)}'
    )
    if facts:
        text += f',"facts":{{{facts}}}'
    text += ',"format":"ecei-interview/1"'
    if history:
        text += f',"history":[{",".join([_event(each) for each in history])}]'
    if improvements:
        text += f',"improvements":[{",".join([_improvement(each) for each in improvements])}]'
    if interview.remarks:
        text += f',"remarks":{canonical(interview.remarks)}'
    return text + "}"


def answer_members(answers: Mapping[str, Answer]) -> str:
    """Return the canonical text of answers by name, without the braces around them."""
    return ",".join([answer_member(name, answers[name]) for name in sorted(answers)])


def answer_member(name: str, answer: Answer) -> str:
    """Return the canonical text of one answer with its name."""
    return f"{json_string(name)}:{answer_text(answer)}"


def answer_text(answer: Answer) -> str:
    """
    Return the canonical text of an answer.

    >>> answer_text(FrozenMap({"sme": 40, "research": 6})), answer_text(NotApplicable("too young"))
    ('{"research":6,"sme":40}', '{"not_applicable":"too young"}')
    """
    match answer:
        case str():
            return json_string(answer)
        case bool():
            return "true" if answer else "false"
        case int() | Decimal():
            return plain(answer)
        case tuple():
            return f"[{','.join(map(json_string, answer))}]"
        case FrozenMap():
            counts = [f"{json_string(name)}:{count}" for name, count in sorted(answer.items())]
            return f"{{{','.join(counts)}}}"
        case NotApplicable(reason=reason):
            return f'{{"not_applicable":{json_string(reason)}}}'
        case unreachable:
            assert_never(unreachable)


def _cluster(cluster: Cluster) -> str:
    portfolio, website = cluster.comparative_portfolio, cluster.website
    first = f'"comparative_portfolio":{json_string(portfolio)},' if portfolio else ""
    last = f',"website":{json_string(website)}' if website else ""
    return f'{{{first}"country":"{cluster.country}","name":{json_string(cluster.name)}{last}}}'


def _conducted(conducted: Conducted) -> str:
    experts, mode = conducted.experts, conducted.mode
    first = "" if experts is None else f'"experts":[{",".join([_expert(e) for e in experts])}],'
    second = f'"mode":"{mode}",' if mode else ""
    return f'{{{first}{second}"on":"{conducted.on.isoformat()}"}}'


def _expert(expert: Expert) -> str:
    impartial = _IMPARTIAL[expert.impartial]
    name = f'"name":{json_string(expert.name)},' if expert.name else ""
    return f'{{{impartial}{name}"role":{json_string(expert.role)}}}'


def _event(event: LabelEvent) -> str:
    last = f',"valid_until":"{event.valid_until.isoformat()}"' if event.valid_until else ""
    return (
        f'{{"event":"{event.event}","label":"{event.label}","on":"{event.on.isoformat()}"{last}}}'
    )


def _improvement(improvement: Improvement) -> str:
    first = '"confirmed":true,' if improvement.confirmed else ""
    effect = f'"effect":{json_string(improvement.effect)},' if improvement.effect else ""
    return (
        f'{{{first}"description":{json_string(improvement.description)},{effect}'
        f'"indicator":{json_string(improvement.indicator)}}}'
    )
