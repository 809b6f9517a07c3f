"""One thing that differs between two rulesets, and where it stands."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from ecei_rules.diagnostics.phrasing import visible

Document = Literal["ruleset", "catalogue"]


@frozen
class Place:
    """
    Where a part stands in a ruleset or its catalogue.

    *pointer* is a JSON Pointer (RFC 6901) to the value, or to the object that lacks it
    because it holds the default; the empty pointer is the whole document. `in_files`
    adds the *file* and the *line* in it, counted from 1.
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
    One thing that differs between two rulesets or their catalogues.

    `ecei_rules.diagnostics.codes` says more about each *code*. *subject* is the id of the
    indicator, fact, dimension or criterion that it is about, or a word for the part of
    the ruleset, such as `validity`. What is *editorial* is wording alone. *old* is
    `None` for what was added, *new* for what was removed. The *fingerprint* follows from
    what differs and from nothing else, so that a change keeps it when lines move.
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
