"""Assess interviews."""

from __future__ import annotations

from ecei_rules._files import read_interview
from ecei_rules.cli.arguments import add_format, add_ruleset_options
from ecei_rules.cli.editions import content, ruleset_at, ruleset_in_force
from ecei_rules.cli.exit_codes import DONE, FOUND, MISUSED
from ecei_rules.cli.output import WrongUsage
from ecei_rules.diagnostics.errors import EceiRulesError, InvalidDocument
from ecei_rules.evaluation.assess import assess
from ecei_rules.evaluation.assessment import LabelOutcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.cli.output import Output
    from ecei_rules.evaluation.assessment import Assessment


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `assess`."""
    add_format(command)
    command.add_argument("files", metavar="FILE", nargs="+")
    add_ruleset_options(command)
    require = "exit with 1 if an interview does not earn the label"
    command.add_argument("--require", choices=["awarded"], help=require)
    command.set_defaults(run=run)


def run(arguments: Namespace, output: Output) -> int:
    """Assess each file; as JSON one assessment a line."""
    ruleset = ruleset_at(arguments.ruleset) if arguments.ruleset else None
    code, several = DONE, len(arguments.files) > 1
    for name in arguments.files:
        try:
            interview = read_interview(content(name), name=name)
            assessment = assess(
                interview, ruleset or ruleset_in_force(interview, arguments.label, name)
            )
        except WrongUsage as error:
            output.message(str(error))
            code = MISUSED
        except InvalidDocument as error:
            output.problems(name, error.problems)
            code = max(code, FOUND)
        except EceiRulesError as error:
            output.message(f"{name}: {error}")
            code = max(code, FOUND)
        else:
            _print(assessment, name if several else None, output)
            if arguments.require and assessment.outcome is not LabelOutcome.AWARDED:
                output.message(f"{name}: {assessment.outcome.value}, required: awarded")
                code = max(code, FOUND)
    return code


def _print(assessment: Assessment, name: str | None, output: Output) -> None:
    if output.as_json:
        from ecei_rules._files import write_assessment

        output.text(write_assessment(assessment))
        return
    from ecei_rules.report.text.assessment import explain

    if name is None:
        output.text(explain(assessment))
    else:
        output.text(f"== {name}\n{explain(assessment)}\n")
