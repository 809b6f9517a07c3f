"""The three forms of a register: JSON, a table (CSV), a page of the public listing."""

from __future__ import annotations

import re

from attrs import evolve

from ecei_rules.diagnostics.csv_rows import csv_problem
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.phrasing import quoted
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, TOO_MANY, Problem
from ecei_rules.documents.stages import decoded, open_document, read
from ecei_rules.interviews.history import LABELS
from ecei_rules.interviews.portfolios import portfolio_of
from ecei_rules.register.codec import build_register
from ecei_rules.register.countries import country_of
from ecei_rules.register.csv_table import is_table, read_table, unlisted_portfolio
from ecei_rules.register.listing import read_listing
from ecei_rules.register.register import RecordDefaults, check_register

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.interviews.history import Label
    from ecei_rules.register.register import Register

_BYTE_ORDER_MARK = "\ufeff"
#: A row of a listing may begin with a bracket too, but hardly as JSON goes on after one.
_LIKE_JSON = re.compile(r"\s*(\{|\[\s*[\[\]{\"])")

_NO_ROW = Problem("ECEI400", "", "the text has no row of a register", line=1, column=1)
_HTML = re.compile(r"(?i)\s*<(?:!doctype|html|head|body|table|\?xml)\b")


def record_defaults(
    country: str | None, label: Label | None, portfolio: str | None
) -> RecordDefaults:
    """
    Check the details that a caller states for all records.

    >>> record_defaults("EL", "gold", "food industry")
    RecordDefaults(country='GR', label='gold', comparative_portfolio='Food industry')

    Raises:
        ValueError: one of them is none.
    """
    code = None if country is None else country_of(country)
    if country is not None and (code is None or not re.fullmatch("[A-Z]{2}", country)):
        msg = f"there is no country with the code {country!r}; expected one such as IT"
        raise ValueError(msg)
    if label is not None and label not in LABELS:
        msg = f"a label is {quoted(LABELS)}, got {label!r}"
        raise ValueError(msg)
    if portfolio is not None and not portfolio.strip():
        msg = "a portfolio is not empty"
        raise ValueError(msg)
    known = None if portfolio is None else portfolio_of(portfolio)
    return RecordDefaults(code, label, known or portfolio)


def read_any(text: str | bytes, defaults: RecordDefaults, *, name: str, max_size: int) -> Register:
    """
    Read a register of any form, which the beginning of the text decides.

    Raises:
        InvalidDocument: a JSON register has a problem, or no record can be read from a table
            or a page.
    """
    plain = decoded(text, name, max_size).removeprefix(_BYTE_ORDER_MARK)
    if _LIKE_JSON.match(plain):
        opened = open_document(text, "register", name=name, max_size=max_size)
        return read(opened, build_register, check_register)
    return _read_rows(plain, defaults, name)


def _read_rows(text: str, defaults: RecordDefaults, name: str) -> Register:
    """Read a table, if the first line names columns, or else a page; an empty table is read."""
    if _HTML.match(text):
        message = "the page was saved as HTML, and is read as text only"
        hint = "open it in a browser and save it as text"
        raise InvalidDocument(name, [Problem("ECEI400", "", message, hint, line=1, column=1)])
    table = is_table(text)
    register = (read_table if table else read_listing)(text, defaults)
    portfolio = defaults.comparative_portfolio
    if portfolio is not None and portfolio_of(portfolio) is None:
        told = csv_problem("ECEI415", "line", 1, *unlisted_portfolio(portfolio))
        register = evolve(register, problems=[told, *register.problems])
    refused = any(each.severity == "problem" for each in register.problems)
    if not register.records and (refused or not table):
        problems = register.problems if refused else (_NO_ROW,)
        more = (TOO_MANY,) if len(problems) > MAX_PROBLEMS else ()
        raise InvalidDocument(name, [*more, *problems[:MAX_PROBLEMS]])
    return register
