"""How a comparison of rulesets is written in a document."""

from __future__ import annotations

from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.comparison import Comparison, ScopeComparison, Shares, Witness
from ecei_rules.comparison.diff.change import Change
from ecei_rules.comparison.impact.corpus_outcomes import ChangedCriterion, Turn
from ecei_rules.comparison.validity import Example
from ecei_rules.documents.converter import OMIT_NONE, Adapter, Codec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.converter import Members


def _read_shares(members: Members) -> Members:
    """The percentages are there for the reader; they must be right."""
    read: Members = members["classes"]
    if members != _write_shares(dict(read)):
        msg = "the percentages do not follow from the classes"
        raise ValueError(msg)
    return read


def _write_shares(members: Members) -> Members:
    """Percentages stand beside the numbers, for whoever cannot read numbers of such length."""
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
        Turn: OMIT_NONE,
    },
)
