"""Equal results, checked before anything is timed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import ecei_rules as er
from benchmarks.measures.documents import documents, ruleset
from benchmarks.peers.by_hand import bronze, gold
from benchmarks.peers.obvious import assess as obvious

if TYPE_CHECKING:
    from collections.abc import Iterator

INVENTED = 500
LABELS = {"bronze": bronze, "gold": gold}
OUTCOMES = {"awarded", "not_awarded", "undetermined"}


class Different(Exception):
    """A peer gives another result than the library."""


def check_equal_bytes() -> Iterator[str]:
    """
    Check that both peers write the bytes of the library, for both labels.

    Yield a line for each label.

    Raises:
        Different: one gives other bytes, or an outcome does not occur.
    """
    for label, by_hand in LABELS.items():
        outcomes: Counter[str] = Counter()
        found = documents(label, INVENTED)
        for number, data in enumerate(found, 1):
            assessment = er.assess(er.read_interview(data), ruleset(label))
            expected = er.write_assessment(assessment)
            for name, text in (
                ("hand-written", by_hand.whole(data)),
                ("obvious", obvious.whole(data)),
            ):
                if text != expected:
                    msg = f"{name} gives other bytes for document {number} of {label}"
                    raise Different(msg)
            outcomes[assessment.outcome.value] += 1
        if set(outcomes) != OUTCOMES:
            msg = f"{label} has no documents of some outcome: {dict(outcomes)}"
            raise Different(msg)
        counts = ", ".join(f"{outcomes[name]} {name}" for name in sorted(OUTCOMES))
        yield f"{label}: equal bytes for {len(found)} documents ({counts})"
