"""Arguments that several commands share, and the types of their values."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from ecei_rules.cli.output import Output

    #: Runs a command or an action and returns the exit code.
    Run = Callable[[argparse.Namespace, Output], int]

_WIDTH = 80
_STAGES = """\
Problems are found stage by stage (text, JSON, shape, types, sense). Those of a later
stage are found only after those of the earlier ones are corrected; then validate again.
"""


def formatter(prog: str) -> argparse.HelpFormatter:
    """Format help at a fixed width: asking the terminal takes a tenth of the start-up."""
    return argparse.RawDescriptionHelpFormatter(prog, width=_WIDTH)


def add_parser(subparsers: Any, name: str, purpose: str) -> argparse.ArgumentParser:
    """Add the parser of a command or an action."""
    added: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        formatter_class=formatter,
    )
    return added


def add_action(
    actions: Any, name: str, purpose: str, run: Run, *, formats: tuple[str, ...] = ("text", "json")
) -> argparse.ArgumentParser:
    """Add an action of a command; without `--format` that of the command applies."""
    action = add_parser(actions, name, purpose)
    action.add_argument("--format", choices=formats, default=argparse.SUPPRESS)
    action.set_defaults(run=run)
    return action


def add_format(
    command: argparse.ArgumentParser, *formats: str, default: str | None = "text"
) -> None:
    """Add `--format`; without names of formats it takes text and JSON."""
    command.add_argument("--format", choices=formats or ("text", "json"), default=default)


def add_output(command: argparse.ArgumentParser, text: str = "default: standard output") -> None:
    """Add `--output`."""
    command.add_argument("-o", "--output", metavar="FILE", help=text)


def add_force(command: argparse.ArgumentParser) -> None:
    """Add `--force`: what people go on editing is not replaced without it."""
    text = "replace the file of -o if it is there already"
    command.add_argument("--force", action="store_true", help=text)


def add_ruleset_options(
    command: argparse.ArgumentParser, *, label: str | None = None, day: str = "the interview's day"
) -> None:
    """Add `--label` and `--ruleset`, of which at most one may be given."""
    from ecei_rules.interviews.history import LABELS

    group = command.add_mutually_exclusive_group()
    group.add_argument("--label", choices=LABELS, help=label)
    group.add_argument(
        "--ruleset",
        metavar="REF|PATH",
        help=f"for example bronze@2019-11, or a file; default: the one in force on {day}",
    )


def add_language(command: argparse.ArgumentParser) -> None:
    """Add `--lang`."""
    text = "for example en or de-AT; the nearest available language is used; default: en"
    command.add_argument("--lang", metavar="TAG", type=language, default="en", help=text)


def add_validation(command: argparse.ArgumentParser) -> None:
    """Add the options of `validate` and `ruleset check`."""
    command.add_argument("--strict", action="store_true", help="count warnings as problems")
    quiet = "print neither documents without problems nor a summary"
    command.add_argument("--quiet", action="store_true", help=quiet)
    command.add_argument(
        "--color",
        choices=["auto", "always", "never"],
        default="auto",
        help="default: on a terminal, unless NO_COLOR is set",
    )
    command.epilog = _STAGES
    command.set_defaults(gives_verdict=True)


def day(text: str) -> date:
    """Parse a day."""
    from ecei_rules.interviews.dates import calendar_day

    parsed = calendar_day(text)
    if parsed is None:
        msg = f"expected a day such as 2024-03-31 of the years 1900 to 2999, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return parsed


def language(text: str) -> str:
    """Check the tag of a language."""
    from ecei_rules.interviews.texts import LANGUAGE

    if not LANGUAGE.fullmatch(text):
        msg = f"expected a language tag such as de or de-AT, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return text


def available_language(tag: str, output: Output) -> str:
    """Return the tag that was asked for, and tell the user where there is no translation."""
    from ecei_rules.report.pages.translations import LANGUAGES, nearest_language

    if nearest_language(tag) == "en" and tag.lower().partition("-")[0] != "en":
        there = ", ".join(each for each in LANGUAGES if each != "en")
        output.message(f"no translation into {tag}; written in English (there are {there})")
    return tag


def whole_number(lowest: int, highest: int, noun: str = "number") -> Callable[[str], int]:
    """
    Return the type of a whole number between two bounds, both included.

    >>> whole_number(0, 99)("7")
    7
    """

    def parse(text: str) -> int:
        digits = text.isascii() and text.isdecimal() and len(text) <= len(str(highest))
        if not (digits and lowest <= int(text) <= highest):
            msg = f"expected a {noun} from {lowest} to {highest}, found {text!r}"
            raise argparse.ArgumentTypeError(msg)
        return int(text)

    return parse
