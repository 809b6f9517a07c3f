"""One difference between two rulesets, with its places."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from ecei_rules.diagnostics.phrasing import visible

Document = Literal["ruleset", "catalogue"]


@frozen
class Place:
    """
    The place of a part in a ruleset or its catalogue.

    *pointer* is a JSON Pointer (RFC 6901) to the value, or to the object that leaves it
    out because it is the default; the empty pointer is the whole document. The command
    `compare` adds the *file* and the *line* in it, counted from 1. As text it is
    `file:line`, or else the document and the pointer.

    >>> str(Place("ruleset", "/criteria/0")), str(Place("catalogue", ""))
    ('ruleset /criteria/0', 'catalogue (whole document)')
    >>> str(Place("ruleset", "/criteria/0", file="bronze.json", line=12))
    'bronze.json:12'
    """

    document: Document
    pointer: str
    file: str | None = field(default=None, kw_only=True)
    line: int | None = field(default=None, kw_only=True)

    def __str__(self) -> str:
        if self.file is not None:
            return f"{self.file}:{self.line}"
        return f"{self.document} {self.pointer or '(whole document)'}"


@frozen
class Change:
    """
    One difference between two rulesets or their catalogues.

    docs/codes.md explains each *code*, from ECEI501 to ECEI599. *subject* is the id of an
    indicator, fact, dimension or criterion, or a word for a part of the ruleset, such as
    `validity`. An *editorial* change concerns wording alone. *old* is `None` for an added
    part, *new* for a removed one. The *fingerprint*, 16 hexadecimal digits, follows from
    the difference alone, so that a change keeps it when lines move.
    """

    code: str
    subject: str
    message: str
    editorial: bool
    old: Place | None
    new: Place | None
    fingerprint: str

    def __str__(self) -> str:
        return visible(f"{self.code} {self.subject}: {self.message}")
