"""The experts and the modes of interviews that requirements on them can distinguish."""

from __future__ import annotations

from itertools import chain, product
from math import prod

from attrs import evolve

from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.interview import MAX_EXPERTS, MODES, Conducted, Expert
from ecei_rules.rulesets.conditions import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from ecei_rules.rulesets.criteria import ConductedBy

#: The most combinations of experts and modes that are tried.
MAX_COMBINATIONS = 20_000


def conduct_classes(
    requirements: Sequence[ConductedBy], on: date
) -> Mapping[tuple[bool, ...], Conducted]:
    """
    Return a mode and experts for each vector of truths that some complete interview has.

    An interview has at most `MAX_EXPERTS`. The vector with most requirements met comes
    first. An example has as few experts as possible. Source: docs/semantics.md, 2.14 and
    9.2.

    Raises:
        BeyondMethod: there are more than `MAX_COMBINATIONS` of numbers of experts.
    """
    return _by_truths(requirements, Conducted(on), known_roles=())


def completions(
    requirements: Sequence[ConductedBy], conducted: Conducted, *, known_roles: Collection[str]
) -> Mapping[tuple[bool, ...], Conducted]:
    """
    Return each vector of truths that can follow once everything is stated.

    The mode and the experts that *conducted* states stay as they are. Its experts are
    complete for *known_roles*, those of the catalogue of the interview.
    """
    return _by_truths(requirements, conducted, known_roles=known_roles)


def _by_truths(
    requirements: Sequence[ConductedBy], conducted: Conducted, *, known_roles: Collection[str]
) -> Mapping[tuple[bool, ...], Conducted]:
    tested = dict.fromkeys(each.role for each in requirements)
    given = conducted.experts
    others = tuple(each for each in given or () if each.role not in tested)
    choices = [
        _free_experts([each for each in requirements if each.role == role])
        if given is None or role not in known_roles
        else _stated_experts([each for each in given if each.role == role])
        for role in tested
    ]
    modes = MODES if conducted.mode is None else (conducted.mode,)
    if prod(map(len, choices)) > MAX_COMBINATIONS:
        what = "an interview with so many requirements on its experts"
        raise BeyondMethod(what)
    examples: dict[tuple[bool, ...], Conducted] = {}
    for mode, experts in product(modes, product(*choices)):
        present = (*others, *chain.from_iterable(experts))
        if len(present) > MAX_EXPERTS:
            continue
        example = evolve(conducted, mode=mode, experts=present)
        truths = tuple(each.truth(example) is Truth.HOLDS for each in requirements)
        if truths not in examples or len(present) < len(examples[truths].experts or ()):
            examples[truths] = example
    return dict(sorted(examples.items(), key=lambda entry: (-sum(entry[0]), _reversed(entry[0]))))


def _reversed(truths: tuple[bool, ...]) -> tuple[bool, ...]:
    return tuple(not each for each in truths)


def _free_experts(requirements: Sequence[ConductedBy]) -> Sequence[tuple[Expert, ...]]:
    """Return experts of one role for each side of every required number."""
    role = requirements[0].role
    impartial = sorted({0, *(each.at_least for each in requirements if each.impartial)})
    total = sorted({0, *(each.at_least for each in requirements if not each.impartial)})
    counts = dict.fromkeys(
        (of_these, max(of_these, of_all)) for of_these in impartial for of_all in total
    )
    return [
        (
            *[Expert(role, impartial=True)] * of_these,
            # where no requirement asks, experts are impartial as they should be
            *[Expert(role, impartial=len(impartial) == 1)] * (of_all - of_these),
        )
        for of_these, of_all in counts
    ]


def _stated_experts(experts: Sequence[Expert]) -> Sequence[tuple[Expert, ...]]:
    """Return the experts of one role with each number of impartial ones among the unstated."""
    unstated = sum(each.impartial is None for each in experts)
    return [tuple(_declared(experts, impartial)) for impartial in range(unstated + 1)]


def _declared(experts: Sequence[Expert], impartial: int) -> Iterator[Expert]:
    """Yield experts, of whom so many that state nothing are impartial and the others are not."""
    for expert in experts:
        if expert.impartial is None:
            yield evolve(expert, impartial=impartial > 0)
            impartial -= 1
        else:
            yield expert
