"""Comparisons where the rulesets require experts and modes (docs/semantics.md, 2.14)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, ClassVar

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tiny_rulesets import (
    ON,
    WORDS,
    YES,
    catalogue,
    criteria,
    grades,
    indicator,
    interview,
    meets,
    ruleset,
)

import ecei_rules as er
from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.checking.certificate_check import check_certificate
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import ChangeClass, Comparison, Verdict, Witness
from ecei_rules.comparison.impact.answer_changes import ChangedConduct
from ecei_rules.comparison.impact.attribution import Factor, compare_assessments
from ecei_rules.interviews.catalogue import Catalogue, Option, YesNo
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import MODES, Conducted, Expert, ExpertCount, Interview
from ecei_rules.report.text.attribution import explain_change
from ecei_rules.report.text.comparison import explain_comparison
from ecei_rules.rulesets.criteria import (
    ConductedBy,
    EveryRequirement,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.editions import Edition

if TYPE_CHECKING:
    from ecei_rules.rulesets.criteria import Requirement
    from ecei_rules.rulesets.ruleset import Ruleset

IMPARTIAL, PARTIAL = Expert("expert", impartial=True), Expert("expert", impartial=False)
GUEST = Expert("guest", impartial=False)


def asked(*roles: str, version: str = "1") -> Catalogue:
    """Return a catalogue of one question, with roles of experts."""
    plan = catalogue(indicator("plan", YesNo()), version=version)
    return evolve(plan, roles=[Option(role, WORDS) for role in roles])


def judging(questions: Catalogue, *requirements: Requirement, version: str = "1") -> Ruleset:
    """Return a ruleset that requires a plan and these."""
    return ruleset(
        questions,
        meets("plan", YES),
        *requirements,
        version=version,
        in_force=Period(date(2010 + int(version), 1, 1)),
    )


def held(questions: Catalogue, conducted: Conducted) -> Interview:
    """Return an interview with a plan."""
    return evolve(interview(questions, plan=True), conducted=conducted)


def every_conduct(roles: tuple[str, ...]) -> list[Conducted]:
    """Return every mode with up to two impartial and two other experts of each role."""
    of_role = [
        [
            [Expert(role, impartial=True)] * impartial + [Expert(role, impartial=False)] * others
            for impartial, others in product(range(3), repeat=2)
        ]
        for role in roles
    ]
    return [
        Conducted(ON, mode=mode, experts=[expert for group in chosen for expert in group])
        for mode in MODES
        for chosen in product(*of_role)
    ]


def with_roles(conducted: Conducted, questions: Catalogue) -> Conducted:
    """Return the experts with the roles of a catalogue alone."""
    roles = {role.id for role in questions.roles}
    return evolve(conducted, experts=[e for e in conducted.experts or () if e.role in roles])


def verdict_by_trying(old: Ruleset, new: Ruleset) -> Verdict:
    """Assess every pair of interviews that agree on the plan, the mode and the common roles."""
    roles = tuple(dict.fromkeys(role.id for each in (old, new) for role in each.catalogue.roles))
    outcomes = set()
    for conducted in every_conduct(roles):
        pair = tuple(
            er.assess(held(each.catalogue, with_roles(conducted, each.catalogue)), each).outcome
            is er.LabelOutcome.AWARDED
            for each in (old, new)
        )
        outcomes.add(pair)
    lost, gained = (True, False) in outcomes, (False, True) in outcomes
    if lost and gained:
        return Verdict.INCOMPARABLE
    if lost:
        return Verdict.STRICTER
    return Verdict.LOOSER if gained else Verdict.EQUIVALENT


def requirements_on(*roles: str) -> st.SearchStrategy[Requirement]:
    """Draw requirements of one or two experts with some of the roles."""
    simple = st.builds(
        ConductedBy,
        st.sampled_from(roles),
        st.integers(1, 2),
        impartial=st.booleans(),
        modes=st.lists(st.sampled_from(MODES), unique=True, max_size=2),
    )
    pairs = st.lists(simple, min_size=2, max_size=2)
    return simple | st.builds(EveryRequirement, pairs) | st.builds(SomeRequirement, pairs)


@st.composite
def pairs_of_rulesets(draw: st.DrawFn) -> tuple[Ruleset, Ruleset]:
    """Draw two rulesets, over one catalogue or over two with other roles."""
    roles = draw(
        st.sampled_from(
            [
                (("expert", "guest"),) * 2,
                (("expert", "guest"), ("expert",)),
                (("expert",), ("guest",)),
            ]
        )
    )
    versions = ("1", "1") if roles[0] == roles[1] else ("1", "2")
    return tuple(
        judging(
            asked(*own, version=version),
            *draw(st.lists(requirements_on(*own), min_size=1, max_size=2)),
            version=number,
        )
        for own, version, number in zip(roles, versions, ("1", "2"), strict=True)
    )


def accepted(comparison: Comparison, old: Ruleset, new: Ruleset) -> None:
    """Check what shows the verdict: each witness by assessing it, each certificate by its check."""
    label = comparison.label
    for shown, awarding in ((label.lost, old), (label.gained, new)):
        if isinstance(shown, Certificate):
            assert check_certificate(shown, old, new) == ()
        else:
            assert isinstance(shown, Witness)
            for rules, own in ((old, shown.old), (new, shown.new)):
                outcome = er.assess(own, rules).outcome
                assert (outcome is er.LabelOutcome.AWARDED) is (rules is awarding)
                assert er.check_interview(own) == ()


class TestVerdicts:
    """docs/semantics.md, 9.2 and 9.5: the experts and the mode are one question."""

    @pytest.mark.oracle
    @given(pairs_of_rulesets())
    def test_verdict_is_that_of_all_pairs_of_interviews(
        self, pair: tuple[Ruleset, Ruleset]
    ) -> None:
        """Roles of one catalogue alone are free in the other interview of a pair."""
        old, new = pair
        if old.catalogue == new.catalogue:
            new = evolve(new, catalogue=old.catalogue)

        comparison = compare_rulesets(old, new, on=ON)

        assert comparison.label.verdict is verdict_by_trying(old, new)
        accepted(comparison, old, new)

    def test_more_experts_are_stricter(self) -> None:
        """The witness has one expert."""
        questions = asked("expert")
        old, new = (
            judging(questions, ConductedBy("expert", number), version=str(number))
            for number in (1, 2)
        )

        label = compare_rulesets(old, new, on=ON).label

        assert label.verdict is Verdict.STRICTER
        assert isinstance(label.lost, Witness)
        assert label.lost.changed == ("conducted",)
        assert label.lost.new.conducted.experts == (IMPARTIAL,)
        assert isinstance(label.gained, Certificate)

    def test_certificates_have_no_more_experts_than_an_interview(self) -> None:
        """
        Nobody can meet two requirements of eleven experts each, of different roles.
        """
        questions = asked("expert", "guest")
        eleven = ConductedBy("expert", 11)
        old, new = (
            judging(questions, eleven, ConductedBy("guest", 11)),
            judging(questions, eleven, ConductedBy("guest", 10), version="2"),
        )

        comparison = compare_rulesets(old, new, on=ON)

        assert comparison.label.verdict is Verdict.EQUIVALENT
        accepted(comparison, old, new)

    def test_newly_required_experts_break_data(self) -> None:
        """docs/semantics.md, 9.9: an interview that was sufficient may lack them."""
        questions = asked("expert")
        old, new = judging(questions), judging(questions, ConductedBy("expert", 1), version="2")

        comparison = compare_rulesets(old, new, on=ON)

        assert comparison.missing == ("conducted",)
        assert comparison.change_class is ChangeClass.DATA_BREAKING
        text = " ".join(explain_comparison(comparison).split())
        assert (
            "that the new ruleset requires: Experts and mode of the interview [conducted]." in text
        )

    def test_a_role_that_is_gone_breaks_data(self) -> None:
        """An earlier interview may name it."""
        required = ConductedBy("expert", 1)
        old = judging(asked("expert", "guest"), required)
        new = judging(asked("expert", version="2"), required, version="2")

        assert compare_rulesets(old, new, on=ON).missing == ("conducted",)
        assert compare_rulesets(new, old, on=ON).missing == ()


class TestBase:
    """docs/semantics.md, 9.6: what the base states is kept."""

    OLD = judging(asked("expert"), ConductedBy("expert", 1, impartial=True))
    NEW = judging(OLD.catalogue, ConductedBy("expert", 2), version="2")

    @pytest.mark.parametrize(
        ("stated", "experts"),
        [
            (Conducted(ON, mode="video", experts=[IMPARTIAL]), (IMPARTIAL,)),
            (Conducted(ON, mode="video", experts=[Expert("expert", name="A")]), None),
            (Conducted(ON, mode="video"), None),
        ],
    )
    def test_witness_has_the_mode_of_the_base(
        self, stated: Conducted, experts: tuple[Expert, ...] | None
    ) -> None:
        """One impartial expert is too few for the new ruleset."""
        base = held(self.OLD.catalogue, stated)

        lost = compare_rulesets(self.OLD, self.NEW, base=base).label.lost

        assert isinstance(lost, Witness)
        assert lost.new.conducted.mode == "video"
        assert len(lost.new.conducted.experts or ()) == 1
        if experts is not None:
            assert lost.new.conducted.experts == experts
            assert lost.changed == ()

    def test_words_of_a_witness(self) -> None:
        """The experts are counted, with the titles of their roles."""
        text = explain_comparison(compare_rulesets(self.OLD, self.NEW, on=ON))

        one, two = "1 a text (impartial), on site", "1 a text (impartial), 1 a text (not impartial)"
        assert f"Conducted by: {one} instead of {two}, on site" in " ".join(text.split())


class TestCertificates:
    """The check refuses experts that no complete interview has."""

    POINT = ScoreReaches(Decimal(1), "points")
    GRADING: ClassVar = {"plan": grades(YES)}
    OLD = ruleset(
        asked("expert"), SomeRequirement([ConductedBy("expert", 2), POINT]), grading=GRADING
    )
    NEW = evolve(
        OLD,
        version="2",
        criteria=criteria([SomeRequirement([ConductedBy("expert", 1), POINT])]),
    )

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (Conducted(ON, mode="on_site"), "on_site"),
            (Conducted(ON, experts=[]), "no mode"),
            (Conducted(ON, mode="video", experts=[Expert("expert")]), "expert (not stated), video"),
            (Conducted(ON, mode="video", experts=[GUEST]), "guest (not impartial), video"),
            (evolve(Conducted(ON, mode="video", experts=[]), on=ON.replace(year=2020)), "video"),
            ("video", "video"),
        ],
    )
    def test_incomplete_experts_are_no_answer(self, wrong: Conducted | str, words: str) -> None:
        """Everything has to be stated, with roles of the catalogues, on the day."""
        certificate = compare_rulesets(self.OLD, self.NEW, on=ON).label.lost
        assert isinstance(certificate, Certificate)
        plan, experts = certificate.questions
        assert (plan.key, experts.key) == ("indicator/plan", "conducted/conducted")
        altered = evolve(
            certificate,
            questions=[plan, evolve(experts, answers=[*experts.answers[:-1], wrong])],
        )

        assert check_certificate(altered, self.OLD, self.NEW) == (
            f"conducted/conducted cannot be answered with {words}",
        )

    def test_experts_are_no_answer_to_another_question(self) -> None:
        """A question of the catalogue has an answer of its kind."""
        certificate = compare_rulesets(self.OLD, self.NEW, on=ON).label.lost
        assert isinstance(certificate, Certificate)
        plan, experts = certificate.questions
        answers = [*plan.answers[:-1], Conducted(ON, mode="video", experts=[])]
        altered = evolve(certificate, questions=[evolve(plan, answers=answers), experts])

        assert check_certificate(altered, self.OLD, self.NEW) == (
            "indicator/plan cannot be answered with video",
        )


class TestAttribution:
    """docs/semantics.md, 11.1: the experts and the mode are answers."""

    RULES = judging(asked("expert", "guest"), ConductedBy("expert", 1, impartial=True))
    EDITION = Edition([RULES.catalogue], rulesets=[RULES])

    def changes(
        self, before: Conducted, after: Conducted, *, whole: bool = False
    ) -> er.AssessmentComparison:
        """Compare the assessments of two interviews, with the interviews or without."""
        interviews = [held(self.RULES.catalogue, each) for each in (before, after)]
        first, second = (er.assess(each, self.RULES) for each in interviews)
        return compare_assessments(
            first,
            second,
            edition=self.EDITION,
            interviews=(interviews[0], interviews[1]) if whole else None,
        )

    @pytest.mark.parametrize("whole", [True, False])
    def test_lost_expert_is_the_cause(self, *, whole: bool) -> None:
        """The change is listed, and the label is lost by the answers."""
        partial = Conducted(ON, mode="video", experts=[PARTIAL, Expert("expert")])

        found = self.changes(
            Conducted(ON, mode="on_site", experts=[IMPARTIAL]), partial, whole=whole
        )

        assert found.conduct == (
            ChangedConduct(None, "on_site", "video"),
            ChangedConduct("expert", ExpertCount(1, 0, 0), ExpertCount(0, 1, 1)),
        )
        assert {factors for each in found.differences for factors in each.due_to} == {
            (Factor.ANSWERS,)
        }
        text = " ".join(explain_change(found).split())
        assert "- mode: on site, then by video - experts" in text
        assert (
            'with the role "expert": 1, 1 of them impartial, then 2, 0 of them impartial,'
            " 1 without a statement"
        ) in text

    def test_unstated_experts_are_recorded_for_every_role(self) -> None:
        """Where no experts are stated, there are none of any role to miss."""
        found = self.changes(Conducted(ON), Conducted(ON, experts=[IMPARTIAL]))

        assert found.conduct == (ChangedConduct("expert", None, ExpertCount(1, 0, 0)),)
        assert '"expert": not stated, then 1, 1 of them impartial' in explain_change(found)

    def test_other_names_are_no_change(self) -> None:
        """Only the numbers of experts matter."""
        named = Conducted(ON, experts=[evolve(IMPARTIAL, name="A")])

        found = self.changes(named, Conducted(ON, experts=[IMPARTIAL]), whole=True)

        assert (found.changed, found.conduct) == ((), ())

    def test_roles_that_no_criterion_counted_are_not_known(self) -> None:
        """An assessment records the experts of the roles that its ruleset requires."""
        other = judging(self.RULES.catalogue, ConductedBy("guest", 1), version="2")
        edition = Edition([self.RULES.catalogue], rulesets=[self.RULES, other])
        stated = held(self.RULES.catalogue, Conducted(ON, experts=[IMPARTIAL]))
        moved = evolve(stated, answers={"plan": False})

        found = compare_assessments(
            er.assess(stated, self.RULES), er.assess(moved, other), edition=edition
        )

        label = next(each for each in found.differences if each.aspect == "label")
        # the plan alone refuses; under the new rules alone the guests are not known
        assert label.due_to == ((Factor.ANSWERS,),)
        assert label.not_known == ((Factor.RULES,),)

    def test_experts_of_another_catalogue_are_left_out(self) -> None:
        """A role that the other catalogue does not have does not count there."""
        new = judging(asked("guest", version="2"), ConductedBy("guest", 1), version="2")
        edition = Edition([self.RULES.catalogue, new.catalogue], rulesets=[self.RULES, new])
        before = held(self.RULES.catalogue, Conducted(ON, experts=[IMPARTIAL]))
        after = held(new.catalogue, Conducted(ON, experts=[GUEST]))

        found = compare_assessments(
            er.assess(before, self.RULES),
            er.assess(after, new),
            edition=edition,
            interviews=(before, after),
        )

        assert found.conduct == (
            ChangedConduct("expert", ExpertCount(1, 0, 0), ExpertCount(0, 0, 0)),
            ChangedConduct("guest", ExpertCount(0, 0, 0), ExpertCount(0, 1, 0)),
        )


def test_unknown_role_is_named_in_the_finding() -> None:
    """A ruleset built in code need not fit its catalogue; the role is its own title."""
    rules = judging(asked("expert"), ConductedBy("nobody", 1))
    stated = Interview(
        rules.catalogue,
        Cluster("Example", "IT"),
        Conducted(ON, experts=[IMPARTIAL]),
        {"plan": True},
    )

    assessment = er.assess(stated, rules)

    assert assessment.outcome is er.LabelOutcome.NOT_AWARDED
    assert "nobody: none (required: at least 1)" in er.explain(assessment)
