"""Histories in which events have to follow an award, by brute force and with z3."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from smt_histories import classes
from tiny_rulesets import ON, catalogue, interview, ruleset

import ecei_rules as er
from ecei_rules.analysis.classes import history_classes as module
from ecei_rules.analysis.classes.history_classes import history_classes
from ecei_rules.analysis.classes.joined_events import joined_requirements
from ecei_rules.comparison.certificate import Certificate, CertifiedQuestion, Proof
from ecei_rules.comparison.checking.certificate_check import check_certificate
from ecei_rules.comparison.checking.history_probes import histories, question_names
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import Witness
from ecei_rules.evaluation.grounds import HistoryHeld
from ecei_rules.evaluation.outcomes import Outcome
from ecei_rules.interviews.history import LabelEvent, contradictions
from ecei_rules.rulesets.criteria import Earlier, EveryRequirement, SomeRequirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.interviews.history import Label
    from ecei_rules.rulesets.criteria import Requirement

    Kind = tuple[Label, Any]
    History = tuple[LabelEvent, ...]

BENCHMARKED: Kind = ("bronze", "benchmarked")
SILVER: Kind = ("silver", "awarded")
BRONZE: Kind = ("bronze", "awarded")
#: Days on, and one beside, a bound of 6, 12, 18 or 24 months from the interview or another.
DAYS = [
    day
    for months in (0, 6, 12, 18, 24, 36, 48)
    for day in (
        ON - relativedelta(months=months, days=1),
        ON - relativedelta(months=months),
        ON - relativedelta(months=months) + relativedelta(days=1),
    )
    if day < ON
]
months = st.sampled_from((None, None, 0, 6, 12, 18, 24))


def earlier(kind: Kind, **more: Any) -> Earlier:
    """Return a requirement of an event of a kind."""
    return Earlier(*kind, **more)


def required(*kinds: Kind, since: Sequence[str]) -> st.SearchStrategy[Earlier]:
    """Draw requirements of one event or two, many of them since an award."""
    one_or_two = (
        st.builds(
            Earlier,
            st.just(label),
            st.just(event),
            repeated=st.just(repeated),
            at_least_months=months,
            at_most_months=months,
            later_at_most_months=months if repeated else st.none(),
            since_award_of=st.sampled_from((None, *since)),
        )
        for label, event in kinds
        for repeated in (False, True)
    )
    return st.one_of(*one_or_two)


of_silver = required(BENCHMARKED, SILVER, since=["silver", "silver"])
of_two_labels = required(BENCHMARKED, SILVER, BRONZE, since=["silver", "bronze"])


def event(kind: Kind, on: date) -> LabelEvent:
    """Return an event; an award is valid for two years."""
    until = on + relativedelta(years=2) if kind[1] == "awarded" else None
    return LabelEvent(*kind, on, valid_until=until)


def met(asked: Earlier, history: Iterable[LabelEvent]) -> bool:
    """Evaluate a requirement as docs/semantics.md, 2.12, words it."""
    past = [each for each in history if each.on < ON]
    days = {each.on for each in past if (each.label, each.event) == (asked.label, asked.event)}
    awards = [e.on for e in past if (e.label, e.event) == (asked.since_award_of, "awarded")]

    def apart(one: date, other: date) -> bool:
        least, most = asked.at_least_months, asked.at_most_months
        return (
            one < other
            and (least is None or one + relativedelta(months=least) <= other)
            and (most is None or other <= one + relativedelta(months=most))
        )

    def recent(day: date) -> bool:
        most = asked.later_at_most_months
        return most is None or day + relativedelta(months=most) >= ON

    def since(day: date) -> bool:
        return not awards or day > max(awards)

    if asked.repeated:
        return any(
            apart(*pair) and recent(pair[1]) and since(pair[1]) for pair in product(days, days)
        )
    return any(apart(day, ON) and since(day) for day in days)


def truths(asked: Sequence[Earlier], history: Iterable[LabelEvent]) -> tuple[bool, ...]:
    """Return the truth of each requirement."""
    history = tuple(history)
    return tuple(met(each, history) for each in asked)


def small_histories(kinds: Iterable[Kind], days: Iterable[date], most: int) -> Iterator[History]:
    """Yield all histories of a few events of some kinds on some days."""
    possible = [event(*each) for each in product(kinds, days)]
    for size in range(most + 1):
        yield from combinations(possible, size)


six_days = st.lists(st.sampled_from(DAYS), min_size=6, max_size=6, unique=True)


class TestClasses:
    """docs/semantics.md, 9.2: joined kinds of events are one question."""

    @given(st.lists(of_silver, min_size=1, max_size=4, unique=True), six_days)
    def test_every_history_of_four_events_on_six_days_has_a_class(
        self, asked: list[Earlier], days: list[date]
    ) -> None:
        """
        And each class has a history without contradictions.
        """
        for together in joined_requirements(asked).values():
            known = {each.truths for each in history_classes(together, ON)}
            kinds = {(e.label, e.event) for e in together}
            for history in small_histories({*kinds, SILVER}, days, 4):
                assert truths(together, history) in known

    @given(st.lists(of_two_labels, min_size=1, max_size=3, unique=True))
    def test_each_class_has_a_history_of_its_question(self, asked: list[Earlier]) -> None:
        """
        It has the truths of the class, by another reading of the clause.
        """
        for kinds, together in joined_requirements(asked).items():
            found = history_classes(together, ON)
            assert len({each.truths for each in found}) == len(found)
            for each in found:
                assert truths(together, each.events) == each.truths
                assert {f"{e.label} {e.event}" for e in each.events} <= {*kinds}
                assert not [*contradictions(each.events)]

    @given(st.lists(of_two_labels, min_size=1, max_size=3, unique=True))
    def test_histories_that_the_checker_tries_have_a_class(self, asked: list[Earlier]) -> None:
        """
        The checker joins the same kinds by itself.
        """
        for kinds, together in joined_requirements(asked).items():
            known = {each.truths for each in history_classes(together, ON)}
            assert question_names(together) == dict.fromkeys(kinds, " and ".join(kinds))
            assert {truths(together, each) for each in histories(together, ON)} <= known

    def test_kinds_join_through_a_common_one(self) -> None:
        """
        Two questions become one when a third requirement looks at events of both, in the
        order of the labels; a fourth has a question of its own.
        """
        silver = earlier(BENCHMARKED, since_award_of="silver")
        gold = Earlier("silver", "benchmarked", since_award_of="gold")
        both = Earlier("gold", "awarded", since_award_of="silver")
        other = earlier(BRONZE)

        assert joined_requirements([silver, gold, other, both]) == {
            ("bronze benchmarked", "silver benchmarked", "silver awarded", "gold awarded"): (
                silver,
                gold,
                both,
            ),
            ("bronze awarded",): (other,),
        }

    def test_awards_cannot_follow_each_other(self) -> None:
        """
        The latest Silver after the latest Bronze, and the latest Bronze after that Silver.
        """
        silver = earlier(SILVER, since_award_of="bronze")
        bronze = earlier(BRONZE, since_award_of="silver")
        own = earlier(SILVER, since_award_of="silver")

        found = {each.truths for each in history_classes([silver, bronze], ON)}
        assert found == {(True, False), (False, True), (False, False)}
        assert {each.truths for each in history_classes([own], ON)} == {(False,)}

    def test_pair_before_the_award_is_not_since_it(self) -> None:
        """
        The award is more than 12 months old, and both events are no later.
        """
        silver, recent = earlier(SILVER), earlier(SILVER, at_most_months=12)
        pair = earlier(BENCHMARKED, repeated=True, at_most_months=6)
        asked = [silver, recent, pair, evolve(pair, since_award_of="silver")]

        found = {each.truths: each for each in history_classes(asked, ON)}

        assert [(each.label, str(each.on)) for each in found[True, False, True, False].events] == [
            ("bronze", "2023-03-16"),
            ("bronze", "2023-03-17"),
            ("silver", "2023-03-17"),
        ]

    def test_event_since_the_award_can_be_too_old_for_another_requirement(self) -> None:
        """
        An event within 6 months would have to be no later than the award; an older one not.
        """
        anew = earlier(BENCHMARKED, since_award_of="silver")
        asked = [anew, evolve(anew, at_most_months=6), earlier(SILVER)]

        found = {each.truths: each for each in history_classes(asked, ON)}

        assert [(each.label, str(each.on)) for each in found[True, False, True].events] == [
            ("silver", "2023-09-16"),
            ("bronze", "2023-09-17"),
        ]

    @pytest.mark.parametrize(
        "asked",
        [
            pytest.param(
                [
                    each.requirement
                    for each in er.shipped().ruleset("silver", version="2019-11").criteria
                    if isinstance(each.requirement, Earlier)
                ],
                id="shipped",
            ),
            pytest.param(
                [
                    earlier(SILVER, since_award_of="bronze"),
                    earlier(BRONZE, since_award_of="silver"),
                ],
                id="awards that follow each other",
            ),
            pytest.param(
                [
                    earlier(BENCHMARKED, since_award_of="silver"),
                    earlier(BENCHMARKED, repeated=True, since_award_of="silver"),
                ],
                id="pair whose later event is one since the award",
            ),
            pytest.param(
                [
                    earlier(BENCHMARKED, repeated=True, at_least_months=6, at_most_months=12),
                    earlier(BENCHMARKED, repeated=True, at_most_months=12, since_award_of="silver"),
                ],
                id="pair that is never too far apart",
            ),
            pytest.param(
                [
                    earlier(BENCHMARKED, repeated=True, at_least_months=12, at_most_months=18),
                    earlier(
                        BENCHMARKED, repeated=True, at_least_months=12, since_award_of="silver"
                    ),
                ],
                id="pair that is never too close",
            ),
        ],
    )
    def test_contradictions_are_seen_at_once(
        self, asked: list[Earlier], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        No event is moved back day by day until the years run out.
        """
        monkeypatch.setattr(module, "MAX_ROUNDS", 100)

        assert history_classes(asked, ON)

    @pytest.mark.oracle
    @given(st.lists(of_two_labels, min_size=1, max_size=2, unique=True))
    def test_z3_finds_the_same_classes(self, asked: list[Earlier]) -> None:
        """
        Over all days since 1900.
        """
        for together in joined_requirements(asked).values():
            found = {
                tuple(one in met_by_one for one in together)
                for met_by_one, _ in classes(together, ON)
            }
            assert found == {each.truths for each in history_classes(together, ON)}


ASKED = catalogue()
requirement = st.one_of(
    of_silver,
    of_silver,
    st.builds(EveryRequirement, st.lists(of_silver, min_size=2, max_size=2)),
    st.builds(SomeRequirement, st.lists(of_silver, min_size=2, max_size=2)),
)
requirements = st.lists(requirement, min_size=1, max_size=2)


def awards(asked: Sequence[Requirement], history: History) -> bool:
    """Whether each requirement is met."""

    def fits(one: Requirement) -> bool:
        match one:
            case EveryRequirement(parts=parts):
                return all(map(fits, parts))
            case SomeRequirement(parts=parts):
                return any(map(fits, parts))
            case Earlier():
                return met(one, history)
            case _:
                raise NotImplementedError

    return all(map(fits, asked))


class TestComparison:
    """docs/semantics.md, 9.5 to 9.7, over histories."""

    @given(requirements, requirements, six_days)
    def test_brute_force_agrees(
        self, before: list[Requirement], after: list[Requirement], days: list[date]
    ) -> None:
        """
        Whatever some history of up to four events on six days shows is found, a witness is
        one, and every certificate is accepted.
        """
        old = ruleset(ASKED, *before)
        new = ruleset(ASKED, *after, version="2")

        label = compare_rulesets(old, new, on=ON).label

        found = {
            (awards(before, history), awards(after, history))
            for history in small_histories([BENCHMARKED, SILVER], days, 4)
        }
        for proof, pair in ((label.lost, (True, False)), (label.gained, (False, True))):
            assert isinstance(proof, Witness) or pair not in found
            if isinstance(proof, Witness):
                outcomes = [er.assess(proof.old, old).outcome, er.assess(proof.new, new).outcome]
                assert [each is er.LabelOutcome.AWARDED for each in outcomes] == [*pair]
                assert awards(before, proof.old.history) is pair[0]
                assert er.check_interview(proof.old) == ()
            else:
                assert isinstance(proof, Certificate)
                assert check_certificate(proof, old, new) == ()

    OLD = ruleset(ASKED, earlier(BENCHMARKED))
    NEW = ruleset(ASKED, earlier(BENCHMARKED, since_award_of="silver"), version="2")
    KEY = "history/bronze benchmarked and silver awarded"

    def test_witness_replaces_the_events_of_all_joined_kinds(self) -> None:
        """
        The award of Bronze stays. A benchmarking with a later Silver loses the label.
        """
        bronze = event(BRONZE, date(2020, 3, 18))
        silver = event(SILVER, date(2021, 3, 18))
        base = interview(ASKED, history=[bronze, silver, event(BENCHMARKED, date(2023, 3, 18))])

        lost = compare_rulesets(self.OLD, self.NEW, base=base).label.lost

        assert isinstance(lost, Witness)
        assert lost.changed == ("bronze benchmarked and silver awarded",)
        assert lost.new.history[0] == bronze
        kinds = [(each.label, each.event) for each in lost.new.history[1:]]
        assert kinds == [BENCHMARKED, SILVER]

    def test_award_that_makes_no_difference_stays(self) -> None:
        """
        Whoever is benchmarked after Silver meets both, and keeps the history.
        """
        history = [event(SILVER, date(2022, 3, 18)), event(BENCHMARKED, date(2023, 3, 18))]
        base = interview(ASKED, history=history)
        looser = ruleset(ASKED, version="3")

        gained = compare_rulesets(self.NEW, looser, base=base).label.gained

        assert isinstance(gained, Witness)
        assert gained.changed == ("bronze benchmarked and silver awarded",)
        assert not awards([earlier(BENCHMARKED, since_award_of="silver")], gained.new.history)

    def claim(self, *answers: History) -> Certificate:
        """Return the certificate that nobody gains the label, with classes by one answer each."""
        gained = compare_rulesets(self.OLD, self.NEW, on=ON).label.gained
        assert isinstance(gained, Certificate)
        return evolve(gained, questions=[CertifiedQuestion(self.KEY, (0, 1), answers)])

    def test_missing_class_is_found(self) -> None:
        """
        Histories with an award around the events are tried.
        """
        benchmarked = event(BENCHMARKED, date(2022, 3, 18))
        silver = event(SILVER, date(2022, 3, 18))
        answers = [(), (benchmarked,), (benchmarked, silver)]

        assert check_certificate(self.claim(*answers), self.OLD, self.NEW) == ()
        shown = ["none", "bronze benchmarked on 2024-03-16"]
        shown.append(f"{shown[1]}, silver awarded on 2024-03-16")
        for missing, example in zip(answers, shown, strict=True):
            fewer = self.claim(*(each for each in answers if each != missing))
            fault = f"{self.KEY} has no class for the answer {example}"
            assert check_certificate(fewer, self.OLD, self.NEW) == (fault,)

    def test_missing_class_of_two_events_and_an_award_is_found(self) -> None:
        """
        A pair is tried with an award between its events, and after them.
        """
        twice = earlier(BENCHMARKED, repeated=True)
        old = ruleset(ASKED, twice)
        new = ruleset(ASKED, evolve(twice, since_award_of="silver"), version="2")
        first, second = (event(BENCHMARKED, date(year, 3, 18)) for year in (2020, 2022))
        answers = [(), (first, second), (first, second, event(SILVER, date(2022, 3, 18)))]
        proof = Proof("criterion-0", ["criterion-0"], [])

        def claim(*answers: History) -> Certificate:
            question = CertifiedQuestion(self.KEY, (0, 1), answers)
            return Certificate(None, new.reference, old.reference, ON, [question], [proof])

        assert check_certificate(claim(*answers), old, new) == ()
        (fault,) = check_certificate(claim(*answers[:2]), old, new)
        assert fault.startswith(f"{self.KEY} has no class for the answer ")
        assert fault.count("silver awarded on ") == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            (event(BRONZE, date(2022, 3, 18)),),
            (event(SILVER, ON),),
            (event(SILVER, date(2022, 3, 18)),) * 2,
        ],
    )
    def test_events_of_other_kinds_are_no_answer(self, wrong: History) -> None:
        """
        Only the joined kinds are, each event before the interview and without contradictions.
        """
        (fault,) = check_certificate(self.claim(wrong), self.OLD, self.NEW)

        assert fault.startswith(f"{self.KEY} cannot be answered with ")


class TestReview:
    """Reviews and plans know events since an award."""

    def test_requirement_since_an_award_implies_the_plain_one(self) -> None:
        """
        ECEI363 names it, on every day; with a bound on the age the day is named.
        """
        anew = earlier(BENCHMARKED, since_award_of="silver")
        twice = earlier(BENCHMARKED, repeated=True)
        recent = earlier(BENCHMARKED, repeated=True, later_at_most_months=24)

        def reviewed(*asked: Earlier) -> list[str]:
            return [each.message for each in er.review_ruleset(ruleset(ASKED, *asked))]

        implied = 'the criterion "criterion-0" is implied by "criterion-1"'
        assert reviewed(earlier(BENCHMARKED), anew) == [implied]
        assert reviewed(twice, recent) == [f"{implied} in interviews held on 2010-11-01"]
        assert reviewed(twice, anew) == []

    @pytest.mark.parametrize(
        "never",
        [
            earlier(SILVER, since_award_of="silver"),
            earlier(SILVER, repeated=True, since_award_of="silver"),
            earlier(BENCHMARKED, repeated=True, later_at_most_months=0),
        ],
    )
    def test_requirement_that_is_never_met_is_a_problem(self, never: Earlier) -> None:
        """
        The latest award follows no award, and no event is of the interview's own day.
        """
        (problem,) = er.check_ruleset(ruleset(ASKED, never))

        assert problem.code == "ECEI327"
        assert {each.truths for each in history_classes([never], ON)} == {(False,)}

    @pytest.mark.parametrize(
        "possible",
        [
            earlier(SILVER, since_award_of="bronze"),
            Earlier("silver", "benchmarked", since_award_of="silver"),
            earlier(BENCHMARKED, repeated=True, later_at_most_months=1),
        ],
    )
    def test_requirement_beside_it_is_none(self, possible: Earlier) -> None:
        """
        A benchmarking of the label, an award of another one and an age of a month.
        """
        assert er.check_ruleset(ruleset(ASKED, possible)) == ()

    def test_plan_is_blocked_by_the_history(self) -> None:
        """
        Events are no improvements: a plan names the history as the obstacle.
        """
        rules = ruleset(ASKED, earlier(BENCHMARKED, since_award_of="silver"))
        history = [event(BENCHMARKED, date(2022, 3, 18)), event(SILVER, date(2022, 6, 18))]

        planned = er.plan(interview(ASKED, history=history), rules)

        assert [each.obstacles for each in planned.blocked] == [("history",)]
        assert er.plan(interview(ASKED, history=history[:1]), rules).blocked == ()


def test_later_event_needs_two() -> None:
    """
    An age of the later event is refused where only one is required.
    """
    with pytest.raises(ValueError, match="there is a later event only where two are required"):
        Earlier("bronze", "benchmarked", later_at_most_months=24)
    with pytest.raises(ValueError, match="there is a later event only where two are required"):
        HistoryHeld(Outcome.NOT_MET, "bronze", "benchmarked", (), later_at_most_months=24)
