"""The JSON form of a comparison of rulesets."""

from __future__ import annotations

from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.comparison import Comparison, ScopeComparison, Shares, Witness
from ecei_rules.comparison.diff.change import Change
from ecei_rules.comparison.impact.corpus_outcomes import ChangedCriterion, CriterionOutcomes
from ecei_rules.comparison.validity import Example
from ecei_rules.documents.converter import OMIT_NONE, Adapter, Codec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.converter import Members


def _read_shares(members: Members) -> Members:
    """Drop the percentages, which are for readers, after checking them."""
    classes: Members = members["classes"]
    if members != _write_shares(dict(classes)):
        msg = "the percentages do not follow from the classes"
        raise ValueError(msg)
    return classes


def _write_shares(members: Members) -> Members:
    """Add percentages, for readers of numbers of twenty digits."""
    shares = Shares(**members)
    percent = {name: shares.percent(number) for name, number in members.items()}
    return {"classes": members, "total": shares.total, "percent": percent}


CODEC = Codec(
    families=({"witness": Witness, "certificate": Certificate},),
    names={Comparison: {"change_class": "class"}},
    formats={Comparison: "ecei-comparison/1"},
    adapters={
        Certificate: OMIT_NONE,
        Change: OMIT_NONE,
        ChangedCriterion: OMIT_NONE,
        Example: OMIT_NONE,
        ScopeComparison: OMIT_NONE,
        Shares: Adapter(_read_shares, _write_shares),
        CriterionOutcomes: OMIT_NONE,
    },
)
