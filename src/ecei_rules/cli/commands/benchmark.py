"""Build a benchmark of many interviews, and look at one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import assert_never

from ecei_rules._files import read_benchmark, read_interview, write_benchmark
from ecei_rules.benchmark.build import build_benchmark
from ecei_rules.benchmark.ranking import Agreement, PartRanks, Rank, place
from ecei_rules.cli.corpus import interviews_from, interviews_in
from ecei_rules.cli.editions import content, ruleset_at
from ecei_rules.cli.json_lines import LINES
from ecei_rules.cli.main import DONE, FOUND, MISUSED
from ecei_rules.cli.output import Unreadable, write_file
from ecei_rules.cli.progress import counted
from ecei_rules.diagnostics.errors import (
    DigestMismatch,
    InvalidDocument,
    NoRulesetInForce,
    WrongCatalogue,
)
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.documents.codec import CODEC
from ecei_rules.documents.converter import converter
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assessment import rounded_down
from ecei_rules.report.text.benchmark import explain_benchmark, explain_placings, left_out_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.benchmark.ranking import Placing, Position
    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


def run(arguments: Namespace, output: Output) -> int:
    """Do one of the actions; documents that could not be read are said, and end with 1."""
    try:
        if arguments.action == "build":
            return _build(arguments, output)
        return _show(arguments, output)
    except NoRulesetInForce as error:
        output.message(str(error))
        return FOUND


def _build(arguments: Namespace, output: Output) -> int:
    benchmark = _built(arguments.corpus, arguments, output)
    text = write_benchmark(benchmark)
    if arguments.output == "-":
        output.text(text)
    else:
        write_file(arguments.output, text)
        of = number_of(benchmark.interviews, "organisation")
        groups = number_of(len(benchmark.groups), "group")
        output.message(f"a benchmark of {of} in {groups} written to {arguments.output}")
    left_out = left_out_of(benchmark)
    if left_out:
        output.message(left_out)
    return FOUND if benchmark.unreadable else DONE


def _show(arguments: Namespace, output: Output) -> int:
    ruleset: Ruleset | None = None
    if _is_corpus(arguments.file):
        if arguments.on is None:
            output.message("interviews make a benchmark of a day; say which with --on")
            return MISUSED
        ruleset = _ruleset(arguments)
        benchmark = _built(arguments.file, arguments, output)
    else:
        benchmark = read_benchmark(content(arguments.file), name=arguments.file)
        ruleset = ruleset_at(arguments.ruleset) if arguments.ruleset else None
    code = FOUND if benchmark.unreadable and _is_corpus(arguments.file) else DONE
    if arguments.interview is None:
        text = write_benchmark if output.as_json else explain_benchmark
        output.text(text(benchmark))
        return code
    interview = read_interview(content(arguments.interview), name=arguments.interview)
    try:
        placings = place(benchmark, interview, ruleset=ruleset)
    except (DigestMismatch, WrongCatalogue) as error:
        output.message(f"{arguments.interview}: {error}")
        return FOUND
    if output.as_json:
        output.json({"placings": [_members(each) for each in placings]})
    else:
        output.text(explain_placings(benchmark, placings))
    return code


def _is_corpus(path: str) -> bool:
    return Path(path).suffix.lower() in LINES or Path(path).is_dir()


def _ruleset(arguments: Namespace) -> Ruleset:
    if arguments.ruleset:
        return ruleset_at(arguments.ruleset)
    return shipped().ruleset(arguments.label or "bronze", on=arguments.on)


def _built(path: str, arguments: Namespace, output: Output) -> Benchmark:
    """The benchmark of a folder or file of interviews; says what cannot be read."""
    ruleset = _ruleset(arguments)
    found = interviews_from(sys.stdin.buffer, "-") if path == "-" else interviews_in(path)

    def told() -> Iterator[Interview | InvalidDocument]:
        for _, each in counted(found, printed=False):
            if isinstance(each, InvalidDocument):
                output.problems(each.name, each.problems, result=False)
            yield each

    try:
        return build_benchmark(told(), ruleset, on=arguments.on, minimum=arguments.minimum)
    except OSError as error:
        raise Unreadable(path, error.strerror or str(error)) from error


def _members(placing: Placing) -> dict[str, object]:
    """A placing for programs; its figures stand in the benchmark."""
    members: dict[str, object] = {
        "family": placing.family,
        "group": placing.group,
        "level": placing.level,
        "id": placing.id,
        "answer": converter(CODEC).unstructure(placing.answer),
        "grade": placing.grade,
        "withheld": placing.withheld,
    }
    if placing.position is not None:
        members |= _position(placing.position)
    if placing.figures is not None:
        members["answered"] = placing.figures.answered
    return {name: value for name, value in members.items() if value is not None}


def _position(position: Position) -> dict[str, object]:
    match position:
        case Rank():
            return _rank(position)
        case Agreement(shares=shares):
            return {"same": {name: rounded_down(100 * each) for name, each in shares.items()}}
        case PartRanks(ranks=ranks):
            return {"parts": {name: _rank(each) for name, each in ranks.items()}}
        case unreachable:
            assert_never(unreachable)


def _rank(rank: Rank) -> dict[str, object]:
    return {
        "value": rank.value,
        "percentile": rounded_down(100 * rank.percentile),
        "quarter": rank.quarter,
    }
