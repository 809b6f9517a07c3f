"""The JSON form of a plan."""

from __future__ import annotations

from ecei_rules.documents.converter import OMIT_NONE, Codec
from ecei_rules.planning.plan import AnswerChange, Blocked, Plan

CODEC = Codec(
    formats={Plan: "ecei-plan/1"},
    adapters={AnswerChange: OMIT_NONE, Blocked: OMIT_NONE},
)
