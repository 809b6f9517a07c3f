"""Problems of requirements of experts and modes, as reading a document finds them."""

from __future__ import annotations

from ecei_rules.diagnostics.phrasing import near, quoted, value_text
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.catalogue import unknown_role
from ecei_rules.interviews.interview import MAX_EXPERTS, MODES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.interviews.catalogue import Catalogue
    from ecei_rules.rulesets.criteria import ConductedBy


def conduct_problems(required: ConductedBy, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """
    Yield the problems of required experts and modes that were built in Python.

    They have the codes and the words of the schema, which a document is checked against
    first: a ruleset with them could be written, and not be read again.
    """
    least = required.at_least
    yield from unknown_role(required.role, catalogue, f"{where}/role")
    if not isinstance(least, int) or isinstance(least, bool):
        message = f"expected a whole number, found {value_text(least)}"
        yield Problem("ECEI204", f"{where}/at_least", message)
    elif least not in range(1, MAX_EXPERTS + 1):
        bound = "at least 1" if least < 1 else f"at most {MAX_EXPERTS}"
        message = f"expected {bound}, found {value_text(least)}"
        yield Problem("ECEI209", f"{where}/at_least", message)
    for index, mode in enumerate(required.modes):
        here = f"{where}/modes/{index}"
        if mode not in MODES:
            message = f"expected {quoted(MODES)}, found {value_text(mode)}"
            hint = near(mode, MODES) if isinstance(mode, str) else None
            yield Problem("ECEI207", here, message, hint)
        elif mode in required.modes[:index]:
            yield Problem("ECEI211", here, f"{value_text(mode)} is listed twice")
