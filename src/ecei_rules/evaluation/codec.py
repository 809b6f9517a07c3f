"""The codec of assessments."""

from __future__ import annotations

from ecei_rules.documents.codec import CODEC as DOCUMENTS
from ecei_rules.documents.converter import Adapter, Codec, converter
from ecei_rules.evaluation.assessment import Assessment
from ecei_rules.evaluation.grounds import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    ConductedHeld,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    Score,
    ScoreHeld,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.converter import Members


def build_assessment(members: Members) -> Assessment:
    """Build an assessment from members that its schema accepts."""
    return converter(DOCUMENTS, CODEC).structure(members, Assessment)


def _read_interval(members: Members) -> Members:
    """The percentages of a score are for people; refuse those that do not follow."""
    score = {**members["points"], "maximum": members["maximum"]}
    if members != _write_interval(dict(score)):
        msg = "the percentages do not follow from the points"
        raise ValueError(msg)
    return score


def _write_interval(members: Members) -> Members:
    low, high = Score(**members).percent
    maximum = members.pop("maximum")
    return {"points": members, "maximum": maximum, "percent": {"low": low, "high": high}}


CODEC = Codec(
    families=(
        {
            "completeness": Completeness,
            "answer": AnswerHeld,
            "grades": GradesHeld,
            "score": ScoreHeld,
            "history": HistoryHeld,
            "improvements": ImprovementsHeld,
            "conducted": ConductedHeld,
            "combination": CombinationHeld,
        },
    ),
    formats={Assessment: "ecei-assessment/1"},
    adapters={Score: Adapter(_read_interval, _write_interval)},
)
