"""Build a benchmark of many interviews, and compare an interview with it."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from ecei_rules._files import read_interview, write_benchmark
from ecei_rules.benchmark.build import build_benchmark, with_minimum
from ecei_rules.benchmark.codec import benchmark_digest
from ecei_rules.benchmark.disclosure.rounding import MINIMUM
from ecei_rules.benchmark.estimates import Attainment, percents
from ecei_rules.benchmark.ranking import Agreement, PartRanks, Rank, place
from ecei_rules.cli.arguments import (
    add_action,
    add_format,
    add_ruleset_options,
    day,
    whole_number,
)
from ecei_rules.cli.corpus import read_corpus, read_saved_benchmark
from ecei_rules.cli.editions import content, ruleset_at
from ecei_rules.cli.exit_codes import DONE, FOUND
from ecei_rules.cli.files import format_to_write
from ecei_rules.cli.json_lines import LINES
from ecei_rules.cli.output import WrongUsage
from ecei_rules.cli.progress import with_progress
from ecei_rules.diagnostics.errors import DigestMismatch, WrongCatalogue
from ecei_rules.diagnostics.phrasing import joined, number_of
from ecei_rules.documents.codec import CODEC
from ecei_rules.documents.converter import converter
from ecei_rules.documents.shipped import shipped
from ecei_rules.report.text.benchmark import (
    explain_benchmark,
    explain_placings,
    left_out_of,
    notice,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.benchmark.ranking import Placing, Position
    from ecei_rules.cli.output import Output
    from ecei_rules.rulesets.ruleset import Ruleset


def add_arguments(command: ArgumentParser) -> None:
    """Add the actions of `benchmark`."""
    add_format(command)
    actions = command.add_subparsers(metavar="ACTION", required=True)
    build = add_action(
        actions, "build", "build a benchmark of interviews", _build, formats=("json",)
    )
    build.add_argument("corpus", metavar="CORPUS", help="a folder, or a file of interviews")
    written = "where to write it; - is standard output"
    build.add_argument("-o", "--output", metavar="FILE", required=True, help=written)
    show = add_action(
        actions, "show", "show a benchmark, or the ranks of an interview in it", _show
    )
    show.add_argument("corpus", metavar="FILE|CORPUS", help="a benchmark, or interviews")
    show.add_argument("--interview", metavar="FILE", help="show the ranks of this interview")
    for action in (build, show):
        add_ruleset_options(action, label="default: bronze", day="the day of --on")
        on = "the day on which organisations hold labels; interviews need it"
        action.add_argument("--on", metavar="DATE", type=day, help=on)
        action.add_argument(
            "--minimum",
            metavar="N",
            type=whole_number(MINIMUM, 99999, "number of organisations"),
            help=(
                "withhold figures of groups whose rounded counts do not guarantee so many; 10"
                f" lists only groups shown as 15 or more; least, and default: {MINIMUM}"
            ),
        )


def _build(arguments: Namespace, output: Output) -> int:
    format_to_write(arguments, {".json": "json"})
    benchmark = _benchmark_of(arguments, output)
    if not benchmark.interviews:
        return _nothing_counted(benchmark, arguments, output)
    organisations = number_of(benchmark.interviews, "organisation")
    groups = number_of(len(benchmark.groups), "group")
    description = f"a benchmark of {organisations} in {groups}"
    output.save(write_benchmark(benchmark), arguments.output, description=description)
    left_out = left_out_of(benchmark)
    if left_out:
        output.message(left_out)
    return _code_of(benchmark, output)


def _show(arguments: Namespace, output: Output) -> int:
    code, ruleset = DONE, None
    if Path(arguments.corpus).suffix.lower() in LINES or Path(arguments.corpus).is_dir():
        benchmark = _benchmark_of(arguments, output)
        if not benchmark.interviews:
            return _nothing_counted(benchmark, arguments, output)
        code, ruleset = _code_of(benchmark, output), _ruleset(arguments)
    else:
        benchmark = _saved_benchmark(arguments)
        ruleset = ruleset_at(arguments.ruleset) if arguments.ruleset else None
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
        output.json(
            {
                "benchmark": _reference(benchmark),
                "placings": [_members(each) for each in placings],
            }
        )
    else:
        output.text(explain_placings(benchmark, placings))
    return code


def _nothing_counted(benchmark: Benchmark, arguments: Namespace, output: Output) -> int:
    """Say that there is nothing to build a benchmark of."""
    left_out = left_out_of(benchmark)
    reason = f"; {left_out}" if left_out else ""
    output.message(f"{arguments.corpus}: no interview was counted{reason}")
    return FOUND


def _code_of(benchmark: Benchmark, output: Output) -> int:
    """Return the exit code of building a benchmark; warn if it shows nothing."""
    if not any(group.figures for group in benchmark.groups):
        output.message(
            "the benchmark shows no figures: every group is too small, or its figures are withheld"
            " so that nobody is singled out"
        )
    return FOUND if benchmark.unreadable else DONE


def _saved_benchmark(arguments: Namespace) -> Benchmark:
    """Read a benchmark, with a higher minimum if that is asked for."""
    name, minimum = arguments.corpus, arguments.minimum
    benchmark = read_saved_benchmark(
        name, "give it with --interview, or give a folder of interviews with --on"
    )
    unfit = {"--on": arguments.on, "--label": arguments.label}
    if arguments.interview is None:
        unfit["--ruleset"] = arguments.ruleset
    given = [option for option, value in unfit.items() if value is not None]
    if given:
        msg = f"{name} is a benchmark already, which {joined(given)} cannot change"
        raise WrongUsage(msg)
    if minimum is None:
        return benchmark
    if minimum < benchmark.minimum:
        msg = f"{name} has the minimum {benchmark.minimum}, and --minimum {minimum} is lower"
        raise WrongUsage(msg)
    return with_minimum(benchmark, minimum)


def _ruleset(arguments: Namespace) -> Ruleset:
    if arguments.ruleset:
        return ruleset_at(arguments.ruleset)
    return shipped().ruleset(arguments.label or "bronze", on=arguments.on)


def _benchmark_of(arguments: Namespace, output: Output) -> Benchmark:
    """Build the benchmark of a folder or file of interviews."""
    if arguments.on is None:
        msg = "a benchmark of interviews needs a day; give it with --on"
        raise WrongUsage(msg)
    corpus = with_progress(read_corpus(arguments.corpus, output), printed=False)
    return build_benchmark(
        (interview for _, interview in corpus),
        _ruleset(arguments),
        on=arguments.on,
        minimum=arguments.minimum or MINIMUM,
    )


def _reference(benchmark: Benchmark) -> dict[str, object]:
    """Return for programs what a benchmark is, and the notice that its text begins with."""
    members = converter(CODEC).unstructure
    return {
        "digest": benchmark_digest(benchmark),
        "ruleset": members(benchmark.ruleset),
        "catalogue": members(benchmark.catalogue),
        "on": benchmark.on.isoformat(),
        "minimum": benchmark.minimum,
        "interviews": benchmark.interviews,
        "made_up": benchmark.made_up,
        "notice": notice(benchmark),
    }


def _members(placing: Placing) -> dict[str, object]:
    """Return a placing for programs; its figures are those of the benchmark."""
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
        case Attainment(share=share, indicators=indicators, graded=graded):
            return {"attained": percents(share), "indicators": indicators, "graded": graded}
        case Rank():
            return _rank(position)
        case Agreement(shares=shares):
            return {"same": {name: each and percents(each) for name, each in shares.items()}}
        case PartRanks(ranks=ranks):
            return {"parts": {name: _rank(each) for name, each in ranks.items()}}
        case unreachable:
            assert_never(unreachable)


def _rank(rank: Rank) -> dict[str, object]:
    members = {
        "class": rank.number,
        "percentile": percents(rank.percentile),
        "quarter": rank.percentile.quarter,
        "median": (rank.median.first, rank.median.last),
        "middle_half": (rank.middle_half.first, rank.middle_half.last),
    }
    return {name: value for name, value in members.items() if value is not None}
