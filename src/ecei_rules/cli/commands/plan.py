"""Find the cheapest way to a label."""

from __future__ import annotations

from argparse import ArgumentTypeError
from decimal import Decimal

from ecei_rules._files import read_interview, write_plan
from ecei_rules.cli.arguments import add_format, whole_number
from ecei_rules.cli.editions import content, ruleset_at
from ecei_rules.cli.exit_codes import DONE, FOUND
from ecei_rules.diagnostics.errors import NoRulesetInForce, UnknownIndicator, WrongCatalogue
from ecei_rules.documents.shipped import shipped
from ecei_rules.interviews.history import LABELS
from ecei_rules.planning.planner import plan
from ecei_rules.report.text.plan import explain_plan, markdown_plan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.cli.output import Output


_WRITERS = {"text": explain_plan, "json": write_plan, "markdown": markdown_plan}


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `plan`."""
    add_format(command, *_WRITERS)
    command.add_argument("file", metavar="FILE", help="an interview")
    to = "a label, under the rules in force on the interview's day, or gold@2019-11, or a file"
    command.add_argument("--to", metavar="LABEL|REF|PATH", required=True, help=to)
    effort = "the effort of one step of an indicator, 1 by default; may be repeated"
    command.add_argument(
        "--effort", metavar="ID=NUMBER", type=_effort, action="append", default=[], help=effort
    )
    lock = "an indicator that keeps its answer; may be repeated"
    command.add_argument("--lock", metavar="ID", action="append", default=[], help=lock)
    others = "the number of next best ways to show; default: 2"
    command.add_argument(
        "--alternatives", metavar="N", type=whole_number(0, 99), default=2, help=others
    )
    command.set_defaults(run=run)


def _effort(text: str) -> tuple[str, Decimal]:
    """Parse an indicator and the effort of one step of it."""
    name, _, number = text.partition("=")
    whole, _, decimals = number.partition(".")
    digits = f"{whole}{decimals}"
    possible = digits.isascii() and digits.isdecimal() and len(decimals) <= len("000000")
    if not (name and possible and len(whole) <= len("999999") and Decimal(number) > 0):
        msg = (
            f"expected an indicator and a number above 0 such as communication=2.5, found {text!r}"
        )
        raise ArgumentTypeError(msg)
    return name, Decimal(number)


def run(arguments: Namespace, output: Output) -> int:
    """Plan for one interview, towards a label or under a ruleset."""
    interview = read_interview(content(arguments.file), name=arguments.file)
    try:
        if arguments.to in LABELS:
            ruleset = shipped().ruleset(arguments.to, on=interview.conducted.on)
        else:
            ruleset = ruleset_at(arguments.to)
        planned = plan(
            interview,
            ruleset,
            effort=dict(arguments.effort),
            locked=arguments.lock,
            alternatives=arguments.alternatives,
        )
    except (NoRulesetInForce, UnknownIndicator, WrongCatalogue) as error:
        output.message(f"{arguments.file}: {error}")
        return FOUND
    output.text(_WRITERS[arguments.format](planned))
    return DONE
