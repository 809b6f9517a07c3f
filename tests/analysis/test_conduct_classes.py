"""The experts and the mode of interviews, in the classes that requirements distinguish."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_rulesets import ON

from ecei_rules.analysis.classes import conduct_classes as module
from ecei_rules.analysis.classes.conduct_classes import completions, conduct_classes
from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.interview import MODES, Conducted, Expert, count_experts
from ecei_rules.rulesets.conditions import Truth
from ecei_rules.rulesets.criteria import ConductedBy

ROLES = ("expert", "guest")
requirements = st.builds(
    ConductedBy,
    st.sampled_from(ROLES),
    st.integers(1, 2),
    impartial=st.booleans(),
    modes=st.lists(st.sampled_from(MODES), unique=True),
)
experts = st.builds(
    Expert, st.sampled_from((*ROLES, "observer")), impartial=st.sampled_from((True, False, None))
)
conducted = st.builds(
    Conducted,
    st.just(ON),
    mode=st.none() | st.sampled_from(MODES),
    experts=st.none() | st.lists(experts, max_size=4),
)


def every_conduct() -> list[Conducted]:
    """Return every mode with up to two impartial and two other experts of each role."""
    of_role = [
        [Expert(role, impartial=True)] * impartial + [Expert(role, impartial=False)] * others
        for role in ROLES
        for impartial, others in product(range(3), repeat=2)
    ]
    half = len(of_role) // 2
    return [
        Conducted(ON, mode=mode, experts=[*first, *second])
        for mode in MODES
        for first, second in product(of_role[:half], of_role[half:])
    ]


EVERY = every_conduct()


def truths(asked: list[ConductedBy], conducted: Conducted) -> tuple[bool, ...]:
    """Return whether each requirement holds."""
    return tuple(each.truth(conducted) is Truth.HOLDS for each in asked)


def agrees(complete: Conducted, partial: Conducted) -> bool:
    """Whether a complete statement says what a partial one says, for the roles that are tried."""
    if partial.mode not in (None, complete.mode):
        return False
    if partial.experts is None:
        return True
    assert complete.experts is not None
    for role in ROLES:
        stated, whole = (count_experts(each, role) for each in (partial.experts, complete.experts))
        if stated.total != whole.total:
            return False
        if not stated.impartial <= whole.impartial <= stated.impartial + stated.not_stated:
            return False
    return True


class TestTruth:
    """docs/semantics.md, 2.14."""

    @given(requirements, conducted)
    def test_unknown_means_that_both_are_possible(
        self, requirement: ConductedBy, partial: Conducted
    ) -> None:
        """Every way to state the rest is tried."""
        if partial.experts is not None and any(
            count_experts(partial.experts, role).total > 2 for role in ROLES
        ):
            return  # more experts than are tried
        possible = {requirement.truth(complete) for complete in EVERY if agrees(complete, partial)}
        certain = possible.pop() if len(possible) == 1 else Truth.UNKNOWN

        assert requirement.truth(partial) is certain

    @pytest.mark.parametrize(
        ("stated", "truth"),
        [
            (Conducted(ON), Truth.UNKNOWN),
            (Conducted(ON, mode="on_site"), Truth.UNKNOWN),
            (Conducted(ON, mode="video"), Truth.FAILS),
            (Conducted(ON, experts=[]), Truth.FAILS),
            (Conducted(ON, experts=[Expert("expert", impartial=True)]), Truth.UNKNOWN),
            (Conducted(ON, mode="on_site", experts=[Expert("expert")]), Truth.UNKNOWN),
            (Conducted(ON, mode="on_site", experts=[Expert("guest", impartial=True)]), Truth.FAILS),
            (
                Conducted(ON, mode="on_site", experts=[Expert("expert", impartial=True)]),
                Truth.HOLDS,
            ),
            (
                Conducted(ON, mode="on_site", experts=[Expert("expert", impartial=False)]),
                Truth.FAILS,
            ),
        ],
    )
    def test_one_impartial_expert_on_site(self, stated: Conducted, truth: Truth) -> None:
        """Both conditions combine as in 2.3."""
        requirement = ConductedBy("expert", 1, impartial=True, modes=["on_site"])

        assert requirement.truth(stated) is truth

    def test_interview_has_at_most_twenty_experts(self) -> None:
        """Twenty are allowed, and one more is refused."""
        assert len(Conducted(ON, experts=[Expert("expert")] * 20).experts or ()) == 20
        with pytest.raises(ValueError, match="'experts' must be <= 20: 21"):
            Conducted(ON, experts=[Expert("expert")] * 21)


class TestClasses:
    """docs/semantics.md, 9.2: the experts and the mode are one question."""

    @given(st.lists(requirements, min_size=1, max_size=4))
    def test_classes_are_those_of_all_interviews(self, asked: list[ConductedBy]) -> None:
        """There is an example for each vector of truths that occurs, and for no other."""
        found = conduct_classes(asked, ON)

        assert set(found) == {truths(asked, each) for each in EVERY}
        for vector, example in found.items():
            assert truths(asked, example) == vector
            assert example.experts is not None
            assert all(expert.impartial is not None for expert in example.experts)

    @given(st.lists(requirements, min_size=1, max_size=4), conducted)
    def test_completions_keep_what_is_stated(
        self, asked: list[ConductedBy], partial: Conducted
    ) -> None:
        """They have the truths of every way to state the rest."""
        if partial.experts is not None and any(
            count_experts(partial.experts, role).total > 2 for role in ROLES
        ):
            return  # more experts than are tried
        found = completions(asked, partial, known_roles=ROLES)

        possible = [each for each in EVERY if agrees(each, partial)]
        assert set(found) == {truths(asked, each) for each in possible}
        for vector, example in found.items():
            assert truths(asked, example) == vector
            assert agrees(example, partial) or partial.experts is None
            assert partial.mode in (None, example.mode)

    def test_roles_of_another_catalogue_are_open(self) -> None:
        """An interview says nothing of roles that its catalogue does not have."""
        asked = [ConductedBy("expert", 1), ConductedBy("guest", 1)]
        stated = Conducted(ON, mode="video", experts=[Expert("expert", impartial=True)])

        found = completions(asked, stated, known_roles=["expert"])

        assert set(found) == {(True, True), (True, False)}

    @pytest.mark.parametrize(("experts", "attained"), [(10, True), (11, False)])
    def test_no_interview_has_more_than_twenty_experts(
        self, experts: int, *, attained: bool
    ) -> None:
        """Ten experts and ten guests are allowed, eleven experts and ten guests are too many."""
        asked = [ConductedBy("expert", experts), ConductedBy("guest", 10)]

        assert ((True, True) in conduct_classes(asked, ON)) is attained

    def test_most_requirements_are_met_first(self) -> None:
        """The example has as few experts as are enough, on site."""
        asked = [
            ConductedBy("expert", 2, impartial=True),
            ConductedBy("expert", 3, modes=["on_site", "video"]),
        ]

        vector, example = next(iter(conduct_classes(asked, ON).items()))

        assert vector == (True, True)
        assert example == Conducted(
            ON,
            mode="on_site",
            experts=[
                *[Expert("expert", impartial=True)] * 2,
                Expert("expert", impartial=False),
            ],
        )

    def test_too_many_combinations_are_beyond_the_method(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """docs/semantics.md, 9.12: nothing is estimated."""
        asked = [ConductedBy("expert", 1), ConductedBy("guest", 1)]
        monkeypatch.setattr(module, "MAX_COMBINATIONS", 3)

        with pytest.raises(BeyondMethod, match="so many requirements on its experts"):
            conduct_classes(asked, ON)
