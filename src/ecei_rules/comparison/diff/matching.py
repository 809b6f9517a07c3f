"""What differs between two parts of documents, and where the two stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from attrs import evolve, frozen

from ecei_rules.comparison.diff.change import Document
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import quoted
from ecei_rules.diagnostics.problem import step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    from ecei_rules.diagnostics.frozen_map import FrozenMap
    from ecei_rules.interviews.provenance import Attestation, Provenance, Source
    from ecei_rules.interviews.texts import Text

    class _Named(Protocol):
        @property
        def id(self) -> str: ...

    N = TypeVar("N", bound=_Named)

T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")


@frozen
class Part(Generic[T_co]):
    """
    A value in one of the documents, and the JSON Pointer to it.

    The pointer leads to where the value would be written; where it is left out because
    it is the default, nothing stands there.
    """

    value: T_co
    document: Document
    pointer: str = ""

    def to(self, value: U, *steps: str | int) -> Part[U]:
        """A value some steps further in."""
        return Part(value, self.document, self.pointer + "".join(map(step, steps)))


@frozen
class Difference:
    """
    One thing that differs, with what it was and what it is.

    *names* lead from the subject to the value. There are no positions among them: they
    tell two differences of one subject from each other wherever its parts stand.
    """

    code: str
    subject: str
    message: str
    names: tuple[str, ...]
    old: Part[object] | None
    new: Part[object] | None


@frozen
class Pair(Generic[T_co]):
    """The same part in the old and in the new document."""

    subject: str
    old: Part[T_co]
    new: Part[T_co]
    names: tuple[str, ...] = ()

    def member(self, name: str, take: Callable[[T_co], U]) -> Pair[U]:
        """The member of a name in both."""
        old, new = self.old, self.new
        both = old.to(take(old.value), name), new.to(take(new.value), name)
        return Pair(self.subject, *both, (*self.names, name))

    def seen(self, take: Callable[[T_co], U]) -> Pair[U]:
        """What both have in them that a document does not write as a member."""
        old, new = self.old.to(take(self.old.value)), self.new.to(take(self.new.value))
        return Pair(self.subject, old, new, self.names)

    def about(self, subject: str) -> Pair[T_co]:
        """The same two, as what is said of a subject."""
        return evolve(self, subject=subject)

    def differing(self, code: str, message: str) -> Difference:
        """That the two differ."""
        return Difference(code, self.subject, message, self.names, self.old, self.new)

    def changed(
        self, code: str, what: str, words: Callable[[T_co], str] = str
    ) -> Iterator[Difference]:
        """The difference between the two, if there is one, with both in words."""
        if self.old.value != self.new.value:
            old, new = words(self.old.value), words(self.new.value)
            yield self.differing(code, f"{what} changed from {old} to {new}")


def by_id(part: Part[tuple[N, ...]]) -> dict[str, Part[N]]:
    """The items of a list by their ids."""
    return {each.id: part.to(each, index) for index, each in enumerate(part.value)}


def by_name(part: Part[FrozenMap[str, U]]) -> dict[str, Part[U]]:
    """The entries of a mapping."""
    return {name: part.to(each, name) for name, each in part.value.items()}


@frozen
class Kind(Generic[U]):
    """
    What is said of things of a kind that have names.

    *added* and *removed* are codes; *said* is one of these in words, and is given the
    verb too; *compared* is what differs between two of one name.
    """

    added: str
    removed: str
    said: Callable[[U, str], str]
    compared: Callable[[Pair[U]], Iterable[Difference]]


def matched(
    pair: Pair[T_co],
    parts: Callable[[Part[T_co]], Mapping[str, Part[U]]],
    kind: Kind[U],
    *,
    subjects: bool = True,
) -> Iterator[Difference]:
    """
    The differences between things of a kind, matched by name.

    Those of the new document come first, in its order, then those that are gone. With
    *subjects* each thing is a subject of its own.
    """
    old, new = parts(pair.old), parts(pair.new)
    for name in (*new, *(each for each in old if each not in new)):
        subject = name if subjects else pair.subject
        names = pair.names if subjects else (*pair.names, name)
        before, after = old.get(name), new.get(name)
        if before and after:
            yield from kind.compared(Pair(subject, before, after, names))
            continue
        if after:
            code, message = kind.added, kind.said(after.value, "added")
        else:
            assert before, "a name is that of something in one of the documents"
            code, message = kind.removed, kind.said(before.value, "removed")
        yield Difference(code, subject, message, names, before, after)


def paired(
    pair: Pair[tuple[U, ...]], keys: Iterable[Callable[[U], object]]
) -> tuple[list[Pair[U]], list[Part[U]], list[Part[U]]]:
    """
    Which of some things without names belong together, whatever their order.

    First those that are equal, then those that agree in the first of *keys*, and so on;
    among several that agree, in the order of their texts. The result is the pairs in
    the order of the new document, and what is left over of the old and of the new one.
    """
    left, right = _by_text(pair.old), _by_text(pair.new)
    found: list[Pair[U]] = []
    for key in (text, *keys):
        kept = []
        for each in left:
            sought = key(each.value)
            other = next((one for one in right if key(one.value) == sought), None)
            if other is None:
                kept.append(each)
            else:
                found.append(Pair(pair.subject, each, other, pair.names))
                right.remove(other)
        left = kept
    positions = {each.pointer: index for index, each in enumerate(_items(pair.new))}
    found.sort(key=lambda each: positions[each.new.pointer])
    return (
        found,
        [each for each in _items(pair.old) if each in left],
        [each for each in _items(pair.new) if each in right],
    )


def reworded(pair: Pair[Text | None], code: str, what: str) -> Iterator[Difference]:
    """That a text differs, in some of its languages."""
    old, new = pair.old.value, pair.new.value
    if old is None or new is None:
        if old is not new:
            yield pair.differing(code, f"{what} was {'added' if old is None else 'removed'}")
        return
    before, after = old.translations, new.translations
    tags = sorted({*before, *after})
    differing = [tag for tag in tags if before.get(tag) != after.get(tag)]
    if differing:
        yield pair.differing(code, f"{what} was reworded ({', '.join(differing)})")


def provenance(
    pair: Pair[Provenance | Attestation | None], codes: tuple[str, str], of: str
) -> Iterator[Difference]:
    """That something is more or less sure than it was, or rests on other sources."""
    yield from pair.member("status", _status).changed(codes[0], f"how sure {of} is")
    old, new = _cited(pair.old.value), _cited(pair.new.value)
    changed = [name for name in old if old[name] != new[name]]
    if len(changed) == 1:
        (name,) = changed
        one = pair.member(name, lambda each: _cited(each)[name])
        yield one.differing(codes[1], f"the {name} behind {of} changed")
    elif changed:
        yield pair.seen(_cited).differing(codes[1], f"the sources and the note behind {of} changed")


def cited(pair: Pair[tuple[Source, ...]], code: str) -> Iterator[Difference]:
    """That a list of sources differs."""
    old, new = ({each.id: each for each in part.value} for part in (pair.old, pair.new))
    said = [
        f"{verb} {quoted(names, 'and')}"
        for verb, names in (
            ("gained", [name for name in new if name not in old]),
            ("lost", [name for name in old if name not in new]),
            ("reworded", [name for name in new if name in old and new[name] != old[name]]),
        )
        if names
    ]
    if said:
        yield pair.differing(code, f"the list {', '.join(said)}")


def text(value: object) -> str:
    """The canonical text of a value, the same in whatever order its lists stand."""
    return canonical(ordered(value))


def ordered(value: object) -> Any:
    """The JSON of a value, its lists sorted: their order says nothing."""
    from ecei_rules.documents.codec import CODEC
    from ecei_rules.documents.converter import converter

    return _sorted(converter(CODEC).unstructure(value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return sorted(map(_sorted, value), key=canonical)
    return value


def _items(part: Part[tuple[U, ...]]) -> list[Part[U]]:
    return [part.to(each, index) for index, each in enumerate(part.value)]


def _by_text(part: Part[tuple[U, ...]]) -> list[Part[U]]:
    return sorted(_items(part), key=lambda each: text(each.value))


def _status(of: Provenance | Attestation | None) -> str:
    if of is None:
        return "unstated"
    return of.status if isinstance(of.status, str) else of.status.value


def _cited(of: Provenance | Attestation | None) -> dict[str, object]:
    if of is None:
        return {"sources": [], "note": None}
    return {"sources": sorted(of.sources), "note": of.note}
