"""Match the parts of two documents and find their differences, with the places of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
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
class Located(Generic[T_co]):
    """
    A value in one of the documents, with the JSON Pointer to it.

    A document may leave out a value that is the default; the pointer then leads to where
    it would be written.
    """

    value: T_co
    document: Document
    pointer: str = ""

    def child(self, value: U, *steps: str | int) -> Located[U]:
        """Locate a value some steps further in."""
        return Located(value, self.document, self.pointer + "".join(map(step, steps)))


@frozen
class PartDifference:
    """
    One difference, with the old and the new value.

    *names* lead from the subject to the value. They include no positions, so that they
    distinguish the differences of one subject wherever its parts are in the documents.
    """

    code: str
    subject: str
    message: str
    names: tuple[str, ...]
    old: Located[object] | None
    new: Located[object] | None


@frozen
class Counterparts(Generic[T_co]):
    """The same part in the old and in the new document."""

    subject: str
    old: Located[T_co]
    new: Located[T_co]
    names: tuple[str, ...] = ()

    def member(self, name: str, take: Callable[[T_co], U]) -> Counterparts[U]:
        """Return the members of a name."""
        old, new = self.old, self.new
        both = old.child(take(old.value), name), new.child(take(new.value), name)
        return Counterparts(self.subject, *both, (*self.names, name))

    def attribute(self, name: str) -> Counterparts[Any]:
        """Return the members that have the name of their attribute."""
        return self.member(name, attrgetter(name))

    def converted(self, take: Callable[[T_co], U]) -> Counterparts[U]:
        """Return values derived from both, at the same places."""
        old, new = self.old.child(take(self.old.value)), self.new.child(take(self.new.value))
        return Counterparts(self.subject, old, new, self.names)

    def about(self, subject: str) -> Counterparts[T_co]:
        """Return the same two values under another subject."""
        return evolve(self, subject=subject)

    def difference(self, code: str, message: str) -> PartDifference:
        """Return the difference of the two."""
        return PartDifference(code, self.subject, message, self.names, self.old, self.new)

    def changed(
        self, code: str, what: str, words: Callable[[T_co], str] = str
    ) -> Iterator[PartDifference]:
        """Yield the difference of the two, if there is one, with both in words."""
        if self.old.value != self.new.value:
            old, new = words(self.old.value), words(self.new.value)
            yield self.difference(code, f"{what} changed from {old} to {new}")


def by_id(part: Located[tuple[N, ...]]) -> dict[str, Located[N]]:
    """Return the items of a list by their ids."""
    return {item.id: part.child(item, index) for index, item in enumerate(part.value)}


def by_name(part: Located[FrozenMap[str, U]]) -> dict[str, Located[U]]:
    """Return the entries of a mapping by their names."""
    return {name: part.child(value, name) for name, value in part.value.items()}


@frozen
class PartDifferences(Generic[U]):
    """
    The way to report the differences of named parts of one kind.

    *added* and *removed* are codes. *describe* gives the message for an added or removed
    part, with the verb. *compare* gives the differences of two parts with one name.
    """

    added: str
    removed: str
    describe: Callable[[U, str], str]
    compare: Callable[[Counterparts[U]], Iterable[PartDifference]]


def matched(
    pair: Counterparts[T_co],
    parts: Callable[[Located[T_co]], Mapping[str, Located[U]]],
    kind: PartDifferences[U],
    *,
    subjects: bool = True,
) -> Iterator[PartDifference]:
    """
    Yield the differences of the parts of one kind, matched by name.

    The parts of the new document come first, in its order, then the removed ones. With
    *subjects* each part is a subject of its own.
    """
    old, new = parts(pair.old), parts(pair.new)
    for name in (*new, *(removed for removed in old if removed not in new)):
        subject = name if subjects else pair.subject
        names = pair.names if subjects else (*pair.names, name)
        before, after = old.get(name), new.get(name)
        if before and after:
            yield from kind.compare(Counterparts(subject, before, after, names))
            continue
        if after:
            code, message = kind.added, kind.describe(after.value, "added")
        else:
            assert before, "a name is from one of the documents"
            code, message = kind.removed, kind.describe(before.value, "removed")
        yield PartDifference(code, subject, message, names, before, after)


def paired(
    pair: Counterparts[tuple[U, ...]], keys: Iterable[Callable[[U], object]]
) -> tuple[list[Counterparts[U]], list[Located[U]], list[Located[U]]]:
    """
    Pair the items of two lists that have no names, whatever their order.

    First the equal ones are paired, then those that agree in the first of *keys*, and so
    on; of several that agree, in the order of their texts. Return the pairs in the order
    of the new document, and the items left over of the old and of the new one.
    """
    left, right = _by_text(pair.old), _by_text(pair.new)
    pairs: list[Counterparts[U]] = []
    for key in (canonical_text, *keys):
        unpaired = []
        for old in left:
            sought = key(old.value)
            new = next((item for item in right if key(item.value) == sought), None)
            if new is None:
                unpaired.append(old)
            else:
                pairs.append(Counterparts(pair.subject, old, new, pair.names))
                right.remove(new)
        left = unpaired
    positions = {item.pointer: index for index, item in enumerate(_items(pair.new))}
    pairs.sort(key=lambda each: positions[each.new.pointer])
    return (
        pairs,
        [item for item in _items(pair.old) if item in left],
        [item for item in _items(pair.new) if item in right],
    )


def text_differences(
    pair: Counterparts[Text | None], code: str, what: str
) -> Iterator[PartDifference]:
    """Yield a difference if a text differs in some of its languages."""
    old, new = pair.old.value, pair.new.value
    if old is None or new is None:
        if old is not new:
            yield pair.difference(code, f"{what} was {'added' if old is None else 'removed'}")
        return
    before, after = old.translations, new.translations
    tags = sorted({*before, *after})
    differing = [tag for tag in tags if before.get(tag) != after.get(tag)]
    if differing:
        yield pair.difference(code, f"{what} was reworded ({', '.join(differing)})")


def provenance_differences(
    pair: Counterparts[Provenance | Attestation | None], codes: tuple[str, str], of: str
) -> Iterator[PartDifference]:
    """Yield the differences in how sure something is, and in its sources and note."""
    status = pair.member("status", _status)
    yield from status.changed(codes[0], f"the basis of {of}")
    if status.old.value == status.new.value:
        yield from pair.member("one_page", _on_one_page).changed(
            codes[0],
            f"the basis of {of}",
            lambda alone: "documented, one page" if alone else "documented",
        )
    old, new = _cited(pair.old.value), _cited(pair.new.value)
    changed = [name for name in old if old[name] != new[name]]
    if len(changed) == 1:
        (name,) = changed
        member = pair.member(name, lambda each: _cited(each)[name])
        yield member.difference(codes[1], f"the {name} behind {of} changed")
    elif changed:
        message = f"the sources and the note behind {of} changed"
        yield pair.converted(_cited).difference(codes[1], message)


def source_differences(
    pair: Counterparts[tuple[Source, ...]], code: str
) -> Iterator[PartDifference]:
    """Yield a difference if a list of sources differs."""
    old, new = ({source.id: source for source in part.value} for part in (pair.old, pair.new))
    changes = [
        f"{verb} {quoted(names, 'and')}"
        for verb, names in (
            ("gained", [name for name in new if name not in old]),
            ("lost", [name for name in old if name not in new]),
            ("reworded", [name for name in new if name in old and new[name] != old[name]]),
        )
        if names
    ]
    if changes:
        yield pair.difference(code, f"the list {', '.join(changes)}")


def canonical_text(value: object) -> str:
    """Return the canonical text of a value, independent of the order of its lists."""
    return canonical(with_sorted_lists(value))


def with_sorted_lists(value: object) -> Any:
    """Return the JSON of a value with its lists sorted, as their order has no meaning."""
    from ecei_rules.documents.codec import CODEC
    from ecei_rules.documents.converter import converter

    return _sorted(converter(CODEC).unstructure(value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return sorted(map(_sorted, value), key=canonical)
    return value


def _items(part: Located[tuple[U, ...]]) -> list[Located[U]]:
    return [part.child(item, index) for index, item in enumerate(part.value)]


def _by_text(part: Located[tuple[U, ...]]) -> list[Located[U]]:
    return sorted(_items(part), key=lambda each: canonical_text(each.value))


def _status(of: Provenance | Attestation | None) -> str:
    if of is None:
        return "unstated"
    return of.status if isinstance(of.status, str) else of.status.value


def _on_one_page(of: Provenance | Attestation | None) -> bool:
    return getattr(of, "one_page", False)


def _cited(of: Provenance | Attestation | None) -> dict[str, object]:
    if of is None:
        return {"sources": [], "note": None}
    return {"sources": sorted(of.sources), "note": of.note}
