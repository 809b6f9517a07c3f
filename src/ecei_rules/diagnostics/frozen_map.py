"""An immutable, hashable mapping."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import TypeVar

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


class FrozenMap(Mapping[K, V_co]):
    """
    A read-only mapping that keeps its order and can be hashed.

    The values of this library hold these in place of `dict`, which anybody could
    change and nobody can hash. Equal pairs make equal maps, whatever their order.
    `FrozenMap(pairs)` takes a mapping or an iterable of pairs.

    >>> FrozenMap({"sme": 40}) == FrozenMap([("sme", 40)]) == {"sme": 40}
    True
    """

    __slots__ = ("_pairs",)

    _pairs: dict[K, V_co]

    def __init__(self, pairs: Mapping[K, V_co] | Iterable[tuple[K, V_co]] = ()) -> None:
        object.__setattr__(self, "_pairs", dict(pairs))

    def __getitem__(self, key: K) -> V_co:
        return self._pairs[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __contains__(self, key: object) -> bool:
        return key in self._pairs

    def items(self) -> ItemsView[K, V_co]:
        """Return the pairs, several times faster than the method of every mapping."""
        return self._pairs.items()

    def values(self) -> ValuesView[V_co]:
        """Return the values, several times faster than the method of every mapping."""
        return self._pairs.values()

    def as_dict(self) -> dict[K, V_co]:
        """Return a new `dict` of the pairs, many times faster than `dict` does."""
        return self._pairs.copy()

    def __hash__(self) -> int:
        return hash(frozenset(self._pairs.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._pairs!r})"

    def __setattr__(self, name: str, value: object) -> None:
        msg = f"a FrozenMap does not change: cannot set {name!r}"
        raise AttributeError(msg)

    def __reduce__(self) -> tuple[type, tuple[dict[K, V_co]]]:
        return FrozenMap, (self._pairs,)
