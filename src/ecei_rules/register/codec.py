"""The JSON form of a register."""

from __future__ import annotations

from ecei_rules.documents.converter import Codec, converter
from ecei_rules.register.register import Register

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.converter import Members

CODEC = Codec(formats={Register: "ecei-register/1"})


def build_register(members: Members) -> Register:
    """Build a register from members that fit the schema."""
    return converter(CODEC).structure(members, Register)
