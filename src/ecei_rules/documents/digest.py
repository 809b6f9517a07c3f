"""Digests, which identify the content of documents."""

from __future__ import annotations

from functools import cache

from ecei_rules.diagnostics.identity_cache import cached_by_identity
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.documents.interview_text import answer_members, interview_text
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from hashlib import _Hash as HASH

    from ecei_rules.documents.converter import Members
    from ecei_rules.interviews.interview import Interview


def digest(value: Interview | Catalogue | Ruleset) -> str:
    """
    Return the digest of a document, which `ecei_rules.digest` describes.

    The catalogue that an assessment needs is found by it. Source:
    docs/semantics.md, 5.6 and 7.3.
    """
    if isinstance(value, Catalogue | Ruleset):
        return _of_rules(value)
    return interview_digest(value, answer_members(value.answers), answer_members(value.facts))


def interview_digest(interview: Interview, answers: str, facts: str) -> str:
    """Return the digest of an interview with known texts of its answers, see `interview_text`."""
    return _of_text(interview_text(interview, answers, facts))


@cached_by_identity
def _of_rules(value: Catalogue | Ruleset) -> str:
    from ecei_rules.documents.shipped import shipped_digest

    known = shipped_digest(value)
    if known is not None:
        return known
    from ecei_rules.documents.codec import CODEC
    from ecei_rules.documents.converter import document

    return digest_of(document(value, CODEC, wording=False))


def digest_of(members: Members) -> str:
    """Return the digest of the members of a document, which `$schema` is not part of."""
    content = {name: value for name, value in members.items() if name != "$schema"}
    return _of_text(canonical(content))


def _of_text(text: str) -> str:
    return "sha256:" + _hash_function()(text.encode()).hexdigest()


@cache
def _hash_function() -> Callable[[bytes], HASH]:
    from hashlib import sha256

    return sha256
