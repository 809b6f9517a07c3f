"""A register in rows: a table (CSV), or a page of the public listing."""

from __future__ import annotations

from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, TOO_MANY, Problem
from ecei_rules.register.csv_table import is_table, read_table
from ecei_rules.register.listing import read_listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.register.register import Register

_NO_ROW = "the text has no row of a register"


def read_rows(text: str, *, name: str, country: str | None) -> Register:
    """
    Read a register from a table, if the first line names columns, or else from a page.

    Raises:
        InvalidDocument: no record could be read, unless the table is empty.
    """
    table = is_table(text)
    register = (read_table if table else read_listing)(text, country=country)
    refused = any(each.severity == "problem" for each in register.problems)
    if not register.records and (refused or not table):
        problems = register.problems or (Problem("ECEI400", "", _NO_ROW, line=1, column=1),)
        more = (TOO_MANY,) if len(problems) > MAX_PROBLEMS else ()
        raise InvalidDocument(name, [*more, *problems[:MAX_PROBLEMS]])
    return register
