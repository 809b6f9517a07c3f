"""The differences of two assessments, with their causes."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from attribution_samples import (
    ANSWERS,
    ASKED,
    BENCHMARKED,
    DAY,
    FOUNDED,
    MEMBERS,
    POOR,
    RICH,
    RULES,
    answered,
    asked,
    at_least,
    by_aspect,
    catalogue,
    causes,
    compared,
    edition_of,
    floor,
    graded,
    rules,
)
from attrs import evolve

import ecei_rules as er
from ecei_rules.comparison.impact.answer_changes import ChangedEvent
from ecei_rules.comparison.impact.attribution import compare_assessments
from ecei_rules.comparison.impact.counterfactuals import NoGrade
from ecei_rules.comparison.impact.partial_interview import NotKnown
from ecei_rules.diagnostics.errors import DifferentOrganisations, DigestMismatch
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Count,
    YesNo,
)
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.report.text.attribution import explain_change
from ecei_rules.rulesets.conditions import OneOf
from ecei_rules.rulesets.criteria import AnswerMeets, Complete, Earlier


class TestDueTo:
    """The effect of one factor alone, of several, and of several only together."""

    def test_same_number_of_another_unit_is_another_answer(self) -> None:
        """
        20 people cannot replace 20 companies, so the later rules alone have no answer to grade.
        """
        sides = []
        for version, unit, bound in (("2024-01", "companies", 30), ("2024-02", "people", 10)):
            judges = catalogue(asked("members", Count(unit=unit)), version=version)
            held = evolve(answered(members=20), catalogue=judges)
            graded_by = {"members": graded(at_least(bound))}
            sides.append(
                (held, rules(Complete(), version=version, judges=judges, grading=graded_by))
            )

        comparison = compared(sides[0], sides[1], known=True)

        assert causes(comparison, "score") == (((ANSWERS, RULES),), ())

    def test_only_together(self) -> None:
        """
        20 members are too few for the new rules, and 40 would be enough for both: only
        fewer members and stricter rules together refuse the label.
        """
        before = answered(members=40), rules(floor(15))
        after = answered(members=20), rules(floor(30), version="2024-02")

        comparison = compared(before, after, known=False)

        assert comparison.changed == (ANSWERS, RULES)
        assert causes(comparison, "label") == (((ANSWERS, RULES),), ())
        assert causes(comparison, "validity") == (((ANSWERS, RULES),), ())

    def test_each_alone(self) -> None:
        """
        10 members are too few for the old rules, and 40 for the new: either is enough.
        """
        before = answered(members=40), rules(floor(15))
        after = answered(members=10), rules(floor(50), version="2024-02")

        comparison = compared(before, after, known=False)

        assert causes(comparison, "criterion", "one") == (((ANSWERS,), (RULES,)), ())

    def test_passed_time_is_due_to_the_day(self) -> None:
        """
        An organisation of 2020 is four years old in 2024: the day alone is the cause.
        """
        old = rules(AnswerMeets("indicator", FOUNDED, at_least(4, "years_ago")))
        before = answered(date(2023, 12, 31), year_founded=2020), old
        after = answered(date(2024, 1, 1), year_founded=2020), old

        comparison = compared(before, after, known=True)

        assert comparison.changed == (DAY,)
        assert causes(comparison, "label") == (((DAY,),), ())
        assert comparison.answers == ()

    def test_added_event_is_an_answer(self) -> None:
        """
        A benchmarking counts from the day after it, so a new one needs the later day too.
        """
        old = rules(Earlier("bronze", "benchmarked"))
        event = LabelEvent("bronze", "benchmarked", date(2022, 3, 18))
        before = answered(date(2022, 3, 18)), old
        after = evolve(answered(date(2024, 3, 18)), history=[event]), old

        comparison = compared(before, after, known=True)

        assert causes(comparison, "label") == (((ANSWERS, DAY),), ())
        assert comparison.events == (
            ChangedEvent("bronze", "benchmarked", date(2022, 3, 18), counts=True),
        )

    def test_aspect_of_one_ruleset_alone_is_due_to_the_rules(self) -> None:
        """
        The rules are the cause of an added criterion, and of a grade that is dropped.
        """
        before = answered(members=40), rules(floor(15), grading={MEMBERS: graded(at_least(15))})
        after = answered(members=5), rules(floor(15), floor(3), version="2024-02")

        comparison = compared(before, after, known=False)

        assert causes(comparison, "criterion", "two") == (((RULES,),), ())
        assert by_aspect(comparison)["criterion", "two"].before is None
        assert causes(comparison, "grade", MEMBERS) == (((RULES,),), ())
        assert by_aspect(comparison)["grade", MEMBERS].after is None

    def test_another_label_is_another_ruleset(self) -> None:
        """
        Silver requires more than bronze, and that is due to the rules.
        """
        interview = answered(members=20)
        silver = rules(floor(30), label="silver")

        comparison = compared((interview, rules(floor(15))), (interview, silver), known=False)

        assert comparison.changed == (RULES,)
        assert causes(comparison, "label") == (((RULES,),), ())

    def test_an_indicator_without_a_grade_says_why(self) -> None:
        """
        No answer, "not applicable" and a grade are three different results.
        """
        one = rules(grading={"plan": graded(OneOf([True]))})

        first = compared((answered(), one), (answered(plan=NotApplicable("new")), one), known=False)
        second = compared((answered(), one), (answered(plan=True), one), known=False)

        assert by_aspect(first)["grade", "plan"].before is NoGrade.UNANSWERED
        assert by_aspect(first)["grade", "plan"].after is NoGrade.NOT_APPLICABLE
        assert by_aspect(second)["grade", "plan"].after == "good"

    def test_another_library_is_none_of_the_factors(self) -> None:
        """
        If the same interview has another outcome under the same rules, no factor is the cause.
        """
        assessment = er.assess(answered(members=20), rules(floor(15)))
        other = evolve(assessment, library="0", outcome=er.LabelOutcome.UNDETERMINED)

        comparison = compare_assessments(assessment, other, edition=edition_of(rules(floor(15))))

        assert causes(comparison, "label") == ((), ())
        assert "Due neither to the answers nor to the rules nor to the day" in explain_change(
            comparison
        )


class TestChangedAnswers:
    """Answers, events and improvements that changed."""

    def test_answers_with_the_same_meaning_are_no_change(self) -> None:
        """
        An option counted 0 and one left out, or another reason, are the same answer.
        """
        one = rules()
        before = answered(partners=FrozenMap({"sme": 2, "research": 0}), plan=NotApplicable("new"))
        after = answered(partners=FrozenMap({"sme": 2}), plan=NotApplicable("too new"))

        assert compared((before, one), (after, one), known=True).answers == ()

    def test_changes_of_all_kinds_are_listed(self) -> None:
        """
        Answers, facts, events and improvements have the values of the interviews.
        """
        award = LabelEvent("bronze", "awarded", date(2022, 1, 10), valid_until=date(2024, 1, 31))
        after = evolve(POOR, history=[award]), rules()

        comparison = compared((RICH, rules()), after, known=True)

        assert [(e.subject, e.id, e.before, e.after) for e in comparison.answers] == [
            ("indicator", "members", 40, 20),
            ("indicator", "partners", {"sme": 3}, {}),
            ("fact", "staff", 2, 0),
        ]
        assert comparison.events == (
            ChangedEvent("bronze", "awarded", award.on, valid_until=award.valid_until, counts=True),
            ChangedEvent("bronze", "benchmarked", BENCHMARKED.on, counts=False),
        )
        assert [(e.indicator, str(e.title), e.confirmed) for e in comparison.improvements] == [
            ("plan", "Plan", False)
        ]

    def test_unrecorded_answers_are_listed_separately(self) -> None:
        """
        An answer of both that one does not record is not known; an answer of one is a change.
        """
        looks = rules(floor(15), version="2024-02")
        fewer = evolve(POOR, answers={"members": 20}, facts={})

        comparison = compared((RICH, rules()), (fewer, looks), known=False)

        unknown = NotKnown.NOT_KNOWN
        assert [(e.id, e.before, e.after) for e in comparison.not_held] == [
            ("members", unknown, 20)
        ]
        assert [(e.id, e.before, e.after) for e in comparison.answers] == [
            ("year-founded", unknown, None),
            ("plan", unknown, None),
            ("partners", unknown, None),
            ("staff", unknown, None),
        ]
        assert comparison.events == comparison.improvements == ()

    def test_yes_is_not_the_number_one(self) -> None:
        """
        If the other catalogue asks for a number in place of yes or no, the answers differ.
        """
        asks = catalogue(asked("plan", Count()), version="2024-02")
        after = evolve(answered(plan=1), catalogue=asks), rules(version="2024-02", judges=asks)

        comparison = compared((answered(plan=True), rules()), after, known=True)

        assert comparison.changed == (ANSWERS, RULES)
        assert [(e.before, e.after) for e in comparison.answers] == [(True, 1)]

    def test_only_events_before_an_interview_count(self) -> None:
        """
        An event of the interview's own day counts for neither.
        """
        event = LabelEvent("bronze", "benchmarked", date(2024, 3, 18))
        after = evolve(answered(members=3), history=[event]), rules()

        assert compared((answered(), rules()), after, known=True).events == ()

    def test_events_are_compared_if_both_assessments_record_them(self) -> None:
        """
        An event that only one ruleset looked at may have been in both histories.
        """
        looks = rules(Earlier("bronze", "benchmarked"), version="2024-02")

        for known, count in ((False, 0), (True, 1)):
            comparison = compared((POOR, rules()), (RICH, looks), known=known)
            assert len(comparison.events) == count


class TestErrors:
    """Calls that raise an error."""

    def test_two_organisations(self) -> None:
        """
        Assessments of two organisations are not compared.
        """
        one = er.assess(answered(), rules())
        other = er.assess(evolve(answered(), cluster=Cluster("Example Cluster", "NO")), rules())

        with pytest.raises(DifferentOrganisations) as caught:
            compare_assessments(one, other, edition=edition_of(rules()))

        assert str(caught.value) == (
            "the assessments are of two organisations: Example Cluster (IT),"
            " and Example Cluster (NO)"
        )
        assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args

    def test_spellings_of_one_name_are_one_organisation(self) -> None:
        """
        docs/semantics.md, 8.9: capitals and zero-width characters do not matter.
        """
        one = er.assess(answered(), rules())
        cluster = Cluster("EXAMPLE\u200b Cluster", "IT")
        other = er.assess(evolve(answered(), cluster=cluster), rules())

        assert compare_assessments(one, other, edition=edition_of(rules())).differences == ()

    def test_unknown_ruleset(self) -> None:
        """
        The rulesets are looked up by their names, by default among the shipped ones.
        """
        one = er.assess(answered(), rules())

        with pytest.raises(er.UnknownEdition):
            compare_assessments(one, one)

    def test_another_ruleset_of_the_same_name(self) -> None:
        """
        The ruleset that is comparison must be the one of the assessment.
        """
        one = er.assess(answered(), rules())
        other = rules(floor(15))

        with pytest.raises(DigestMismatch) as caught:
            compare_assessments(one, one, edition=edition_of(other))

        assert str(caught.value) == (
            "the ruleset bronze@2024-01 is not the one that was assessed: its digest is"
            f" {er.digest(other)}, not {er.digest(rules())}"
        )
        assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args

    def test_another_catalogue_of_the_same_name(self) -> None:
        """
        The catalogue of the ruleset, and that of an interview, must be that of the assessment.
        """
        asks = catalogue(*ASKED.indicators, asked("more", YesNo()))
        one = er.assess(answered(), rules())
        changed = evolve(answered(), catalogue=asks)

        with pytest.raises(DigestMismatch, match="the catalogue sample@2024-01 is not"):
            compare_assessments(one, one, edition=edition_of(rules(judges=asks)))
        with pytest.raises(DigestMismatch, match="the catalogue sample@2024-01 is not"):
            compare_assessments(
                one, one, edition=edition_of(rules()), interviews=(answered(), changed)
            )

    def test_another_interview(self) -> None:
        """
        The interviews must be those of the assessments, in the same order.
        """
        one, other = er.assess(answered(), rules()), er.assess(answered(members=3), rules())

        with pytest.raises(
            DigestMismatch, match="the interview of Example Cluster on 2024-03-18 is not"
        ):
            compare_assessments(
                one,
                other,
                edition=edition_of(rules()),
                interviews=(answered(members=3), answered()),
            )
