"""Say where an interview stands, and what would earn a label."""

from __future__ import annotations

from ecei_rules._files import read_interview, write_plan
from ecei_rules.cli.editions import content, ruleset_at
from ecei_rules.cli.main import DONE, FOUND
from ecei_rules.diagnostics.errors import NoRulesetInForce, UnknownIndicator, WrongCatalogue
from ecei_rules.documents.shipped import shipped
from ecei_rules.interviews.history import LABELS
from ecei_rules.planning.planner import plan
from ecei_rules.report.text.plan import explain_plan, markdown_plan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output


def run(arguments: Namespace, output: Output) -> int:
    """Plan for one interview; what is asked of it may be a label or a ruleset."""
    interview = read_interview(content(arguments.file), name=arguments.file)
    try:
        if arguments.to in LABELS:
            ruleset = shipped().ruleset(arguments.to, on=interview.conducted.on)
        else:
            ruleset = ruleset_at(arguments.to)
        made = plan(
            interview,
            ruleset,
            effort=dict(arguments.effort),
            locked=arguments.lock,
            alternatives=arguments.alternatives,
        )
    except (NoRulesetInForce, UnknownIndicator, WrongCatalogue) as error:
        output.message(f"{arguments.file}: {error}")
        return FOUND
    write = {"json": write_plan, "markdown": markdown_plan, "text": explain_plan}
    output.text(write[arguments.format](made))
    return DONE
