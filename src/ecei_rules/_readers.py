"""Reading documents that are open: each kind with the functions that build and check it."""

from __future__ import annotations

from functools import partial

from ecei_rules.documents.shipped import shipped, shipped_catalogues
from ecei_rules.documents.stages import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.diagnostics.problem import Problem
    from ecei_rules.documents.stages import Opened
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.catalogue import Catalogue
    from ecei_rules.interviews.history import LabelHistory
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.register.register import Register
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset


def catalogue(opened: Opened) -> Catalogue:
    """Read a catalogue."""
    from ecei_rules.documents.build import build_catalogue
    from ecei_rules.interviews.catalogue import catalogue_problems

    return read(opened, build_catalogue, catalogue_problems)


def ruleset(opened: Opened, edition: Edition | None) -> Ruleset:
    """Read a ruleset, with its catalogue and siblings from an edition or the shipped one."""
    from ecei_rules.analysis.checks.ruleset import ruleset_problems
    from ecei_rules.documents.build import build_ruleset

    known = edition or shipped()

    def check(ruleset: Ruleset) -> Iterator[Problem]:
        siblings = [each for each in known.rulesets if each.label == ruleset.label]
        return ruleset_problems(ruleset, siblings)

    return read(opened, partial(build_ruleset, edition=known), check)


def interview(opened: Opened, edition: Edition | None) -> Interview:
    """Read an interview, with its catalogue from an edition or the shipped one."""
    from ecei_rules.documents.build import build_interview
    from ecei_rules.interviews.interview import interview_problems

    known = edition or shipped_catalogues()
    return read(opened, partial(build_interview, edition=known), interview_problems)


def assessment(opened: Opened) -> Assessment:
    """Read an assessment."""
    from ecei_rules.evaluation.codec import build_assessment

    return read(opened, build_assessment, lambda _: ())


def history(opened: Opened) -> LabelHistory:
    """Read a label history."""
    from ecei_rules.documents.build import build_history
    from ecei_rules.interviews.history import check_history

    return read(opened, build_history, check_history)


def register(opened: Opened) -> Register:
    """Read a register in JSON."""
    from ecei_rules.register.codec import build_register
    from ecei_rules.register.register import check_register

    return read(opened, build_register, check_register)


def benchmark(opened: Opened) -> Benchmark:
    """Read a benchmark."""
    from ecei_rules.benchmark.check import benchmark_problems
    from ecei_rules.benchmark.codec import restore_benchmark

    return read(opened, restore_benchmark, benchmark_problems)
