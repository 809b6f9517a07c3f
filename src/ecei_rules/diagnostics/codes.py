"""What each problem code means."""

from __future__ import annotations

from ecei_rules.diagnostics.code_explanation import Explanation
from ecei_rules.diagnostics.codes_of_advice import OF_ADVICE
from ecei_rules.diagnostics.codes_of_benchmarks import OF_BENCHMARKS
from ecei_rules.diagnostics.codes_of_contents import OF_CONTENTS
from ecei_rules.diagnostics.codes_of_formats import OF_FORMATS
from ecei_rules.diagnostics.codes_of_registers import OF_REGISTERS
from ecei_rules.diagnostics.codes_of_rulesets import OF_RULESETS
from ecei_rules.diagnostics.codes_of_tables import OF_TABLES
from ecei_rules.diagnostics.codes_of_text import OF_TEXT

__all__ = ["CODES", "Explanation"]

CODES: dict[str, Explanation] = dict(
    sorted(
        {
            **OF_TEXT,
            **OF_FORMATS,
            **OF_CONTENTS,
            **OF_ADVICE,
            **OF_RULESETS,
            **OF_REGISTERS,
            **OF_TABLES,
            **OF_BENCHMARKS,
        }.items()
    )
)
