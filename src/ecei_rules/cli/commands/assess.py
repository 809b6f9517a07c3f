"""Assess interviews."""

from __future__ import annotations

from ecei_rules._files import read_interview, write_assessment
from ecei_rules.cli.editions import content, ruleset_at
from ecei_rules.cli.main import DONE, FOUND, MISUSED
from ecei_rules.cli.output import Unreadable
from ecei_rules.diagnostics.errors import EceiRulesError, InvalidDocument
from ecei_rules.diagnostics.phrasing import joined
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assess import assess
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.report.text.assessment import explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from ecei_rules.cli.output import Output
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


class SeveralLabels(EceiRulesError):
    """A catalogue serves several labels, so that one has to be named."""

    def __init__(self, catalogue: str, labels: Iterable[str]) -> None:
        super().__init__(catalogue, tuple(labels))
        self.catalogue = catalogue
        self.labels = tuple(labels)

    def __str__(self) -> str:
        return (
            f"the catalogue {self.catalogue} serves {joined(self.labels)}; say which with --label"
        )


def run(arguments: Namespace, output: Output) -> int:
    """Assess each file; as JSON one assessment a line."""
    named = ruleset_at(arguments.ruleset) if arguments.ruleset else None
    code, several = DONE, len(arguments.files) > 1
    for name in arguments.files:
        try:
            interview = read_interview(content(name), name=name)
            ruleset = named or in_force(interview, arguments.label)
            assessment = assess(interview, ruleset)
        except Unreadable as error:
            output.message(str(error))
            code = MISUSED
        except SeveralLabels as error:
            output.message(f"{name}: {error}")
            code = MISUSED
        except InvalidDocument as error:
            output.problems(name, error.problems, result=False)
            code = max(code, FOUND)
        except EceiRulesError as error:
            output.message(f"{name}: {error}")
            code = max(code, FOUND)
        else:
            _print(assessment, name if several else None, output)
            missed = assessment.outcome is not LabelOutcome.AWARDED
            if arguments.require and missed:
                output.message(f"{name}: {assessment.outcome.value}, required: awarded")
                code = max(code, FOUND)
    return code


def _print(assessment: Assessment, name: str | None, output: Output) -> None:
    if output.as_json:
        output.text(write_assessment(assessment))
    elif name is None:
        output.text(explain(assessment))
    else:
        output.text(f"== {name}\n{explain(assessment)}\n")


def in_force(interview: Interview, label: str | None) -> Ruleset:
    """The ruleset of a label on the interview's day; by default the only one of its catalogue."""
    edition = shipped()
    if label is None:
        asked = interview.catalogue.id
        labels = dict.fromkeys(r.label for r in edition.rulesets if r.catalogue.id == asked)
        if len(labels) > 1:
            raise SeveralLabels(asked, labels)
        label = next(iter(labels), "bronze")
    return edition.ruleset(label, on=interview.conducted.on)
