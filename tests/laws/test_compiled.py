"""What is remembered between assessments changes nothing: the plain interpreter is the meaning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES
from small_worlds import small_interviews, worlds
from strategies import catalogues, interviews, rulesets, some_words, texts

import ecei_rules as er
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.documents.codec import CODEC as DOCUMENTS
from ecei_rules.documents.converter import document
from ecei_rules.documents.digest import digest_of
from ecei_rules.evaluation.assess import Evaluation, assess_plainly, judge
from ecei_rules.evaluation.codec import CODEC
from ecei_rules.evaluation.compiled.answers import MOST_REMEMBERED, CompiledQuestion, remember
from ecei_rules.evaluation.compiled.levels import condition_test
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import Conducted
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, Threshold, holds
from ecei_rules.rulesets.criteria import AnswerMeets, Criterion, Improvements, SomeRequirement

if TYPE_CHECKING:
    from ecei_rules import Assessment, Interview, Ruleset
    from ecei_rules.rulesets.conditions import Condition

BRONZE = er.shipped().ruleset("bronze", version="2019-11")
INTERVIEW = er.load_interview(EXAMPLES / "awarded.json")
ON = date(2024, 3, 18)
MANY = AnswerMeets(
    "indicator", "committed-participants", Threshold("value", "at_least", Decimal(20))
)


@st.composite
def judged_together(draw: st.DrawFn) -> tuple[Ruleset, list[Interview]]:
    """A ruleset, and interviews that can share results; the last is the first once more."""
    catalogue = draw(catalogues())
    several = draw(st.lists(interviews(catalogue), min_size=1, max_size=4))
    return draw(rulesets(catalogue)), [*several, several[0]]


@st.composite
def judged_in_a_small_world(draw: st.DrawFn) -> tuple[Ruleset, list[Interview]]:
    """A ruleset of a small world, and some of its interviews, mostly incomplete."""
    world = draw(worlds())
    complete = draw(st.booleans())
    several = st.lists(small_interviews(world, complete=complete), min_size=1, max_size=4)
    return world.new, draw(several)


def by_the_converter(assessment: Assessment) -> str:
    """The canonical text of an assessment, made of the members that the converter writes."""
    return canonical(document(assessment, DOCUMENTS, CODEC))


@given(judged_together() | judged_in_a_small_world())
def test_assessing_equals_the_plain_interpreter(case: tuple[Ruleset, list[Interview]]) -> None:
    """
    Whatever was assessed before, an assessment is that of the plain interpreter, byte for byte.
    """
    ruleset, several = case

    for interview in several:
        plain, assessment = assess_plainly(interview, ruleset), er.assess(interview, ruleset)

        assert assessment == plain
        assert repr(assessment) == repr(plain)
        assert er.write_assessment(assessment) == by_the_converter(plain)


@given(judged_together() | judged_in_a_small_world())
def test_judgement_is_the_part_of_an_assessment(case: tuple[Ruleset, list[Interview]]) -> None:
    """
    Whoever needs the outcome alone gets the same one.
    """
    ruleset, several = case

    for interview in several:
        plain, judgement = assess_plainly(interview, ruleset), judge(interview, ruleset)

        graded = {each.indicator: each for d in plain.dimensions for each in d.indicators}
        assert judgement.graded == graded
        assert tuple(judgement.findings) == plain.all_findings
        assert judgement.outcome is plain.outcome
        assert judgement.scores == [*(each.score for each in plain.dimensions), plain.score]
        assert judgement.validity() == plain.validity


@given(judged_together() | judged_in_a_small_world())
def test_text_of_a_read_assessment_is_that_of_the_converter(
    case: tuple[Ruleset, list[Interview]],
) -> None:
    """
    An assessment that was read shares nothing with others, and is written alike.
    """
    ruleset, (interview, *_) = case
    text = er.write_assessment(assess_plainly(interview, ruleset))

    assert er.write_assessment(er.read_assessment(text)) == text


@given(judged_together(), texts, some_words, st.data())
def test_text_follows_a_change(
    case: tuple[Ruleset, list[Interview]], title: er.Text, schema: str | None, data: st.DataObject
) -> None:
    """
    Parts keep their texts, and a changed copy of a part has one of its own.
    """
    ruleset, (interview, *_) = case
    assessment = er.assess(interview, ruleset)
    er.write_assessment(assessment)
    place = data.draw(st.integers(0, len(assessment.dimensions) - 1))
    dimension = assessment.dimensions[place]
    changed = evolve(
        dimension,
        findings=[evolve(each, title=title) for each in dimension.findings],
        indicators=[evolve(each, title=title, answer=None) for each in dimension.indicators],
    )
    dimensions = (*assessment.dimensions[:place], changed, *assessment.dimensions[place + 1 :])
    advice = [evolve(each, text=title, gain=7) for each in assessment.recommendations]
    other = evolve(assessment, dimensions=dimensions, recommendations=advice, schema=schema)

    assert er.write_assessment(other) == by_the_converter(other)


@given(catalogues().flatmap(interviews), some_words)
def test_digest_is_that_of_the_members(interview: Interview, schema: str | None) -> None:
    """
    docs/formats.md, "Digests": the digest is that of the canonical JSON without `$schema`.
    """
    interview = evolve(interview, schema=schema, extensions={"/x-note": "a note"})

    assert er.digest(interview) == digest_of(document(interview, DOCUMENTS))


def test_digest_of_answers_that_do_not_fit() -> None:
    """
    An interview made in Python can have answers under any names.
    """
    interview = evolve(
        INTERVIEW, answers={'"quoted"': True, "é": Decimal("1.50"), "a": er.NotApplicable("\n")}
    )

    assert er.digest(interview) == digest_of(document(interview, DOCUMENTS))


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("specialisation", Decimal("18.5"), Decimal("18.50")),
        ("specialisation", 18, Decimal(18)),
        ("management-fte", 1, Decimal(1)),
        ("composition", FrozenMap({"sme": 9, "other": 1}), FrozenMap({"other": 1, "sme": 9})),
        ("service-spectrum", ("third-party-funding",), ["third-party-funding"]),
    ],
)
def test_equal_answers_are_each_kept_as_they_were_given(name: str, one: Any, other: Any) -> None:
    """
    An assessment does not show that an equal answer was written in another way before.
    """
    for answer in (one, other):
        member = "facts" if name in BRONZE.catalogue.facts_asked else "answers"
        given = {**getattr(INTERVIEW, member), name: answer}
        interview = evolve(INTERVIEW, **{member: given})

        shown = repr(er.assess(interview, BRONZE))

        assert shown == repr(assess_plainly(interview, BRONZE))


def in_dimension(name: str, count: int) -> Ruleset:
    """Bronze with the first indicators of its catalogue in one dimension, whatever its name."""
    catalogue = BRONZE.catalogue
    first, others = catalogue.indicators[:count], catalogue.indicators[count:]
    indicators = [*(evolve(each, dimension=name) for each in first), *others]
    return evolve(BRONZE, catalogue=evolve(catalogue, indicators=indicators))


@pytest.mark.parametrize(
    "ruleset",
    [
        pytest.param(in_dimension("structure", 20), id="more indicators than are remembered"),
        pytest.param(in_dimension("elsewhere", 1), id="a dimension that the catalogue lacks"),
        pytest.param(
            evolve(
                BRONZE,
                criteria=[
                    *BRONZE.criteria,
                    Criterion("improved", "required", Improvements(at_least=1)),
                    Criterion("many", "advisory", SomeRequirement([MANY, Improvements(2)])),
                ],
            ),
            id="criteria that are interpreted anew",
        ),
    ],
)
def test_unusual_rulesets_are_assessed_as_the_interpreter_does(ruleset: Ruleset) -> None:
    """
    Where little can be remembered, the result is the same.
    """
    one = evolve(INTERVIEW, catalogue=ruleset.catalogue)
    other = evolve(one, answers={**one.answers, "legal-form": "hosted-unit"})

    for interview in (one, other, one):
        assessment = er.assess(interview, ruleset)

        assert assessment == assess_plainly(interview, ruleset)
        assert er.write_assessment(assessment) == by_the_converter(assessment)


@pytest.mark.parametrize("count", [0, 2, 6])
def test_conditions_hold_as_the_interpreter_says(count: int) -> None:
    """
    docs/semantics.md, 2.3 and 2.4: a compiled condition holds for the same answers.
    """
    answer = FrozenMap({"sme": count, "research": 2, "other": 0})
    bound = Decimal("50.5")
    several: list[Condition] = [
        Threshold("share_of", "more_than", bound, options=["sme"]),
        Threshold("sum_of", "at_least", Decimal("2.5"), options=["sme", "other"]),
        Threshold("types", "at_most", Decimal(1)),
        Threshold("types", "less_than", Decimal(1), options=["sme", "other"]),
        Includes(["sme", "research"]),
    ]
    conditions = [*several, AllOf(several[:2]), AnyOf(several[:2]), AllOf([]), AnyOf([])]

    for condition in conditions:
        assert condition_test(condition)(answer, ON) is holds(condition, answer, ON)


def test_share_of_nothing_is_nothing() -> None:
    """
    docs/semantics.md, 2.5: a total of 0 gives a share of 0 %.
    """
    some = Threshold("share_of", "at_least", Decimal(1), options=["sme"])

    assert not condition_test(some)(FrozenMap({"sme": 0}), ON)
    assert condition_test(evolve(some, comparison="less_than"))(FrozenMap({}), ON)


def test_interview_without_questions_is_assessed() -> None:
    """
    A catalogue can have no question, and then nothing is graded.
    """
    catalogue = evolve(BRONZE.catalogue, indicators=[], facts=[])
    ruleset = evolve(BRONZE, catalogue=catalogue, criteria=[], grading={}, recommendations={})
    interview = er.Interview(catalogue, Cluster("Example", "IT"), Conducted(ON), {})

    assert er.assess(interview, ruleset) == assess_plainly(interview, ruleset)


def test_age_is_counted_from_the_year_of_each_interview() -> None:
    """
    docs/semantics.md, 2.6: one year of establishment is another age in another interview.
    """
    cluster = Cluster("Example", "IT")
    grades = []
    for year in (2020, 2030, 2020):
        conducted = Conducted(date(year, 3, 18))
        interview = er.Interview(BRONZE.catalogue, cluster, conducted, {"year-established": 2019})
        grades.append(judge(interview, BRONZE).graded["year-established"].grade)

    assert grades == ["improvable", "excellent", "improvable"]


def test_no_table_remembers_more_than_a_fixed_number() -> None:
    """
    A stream of interviews that all differ takes no more memory with its length.
    """
    table: dict[object, int] = {}

    for number in range(3 * MOST_REMEMBERED + 1):
        assert remember(table, number, -number) == -number
        assert len(table) <= MOST_REMEMBERED
        assert table[number] == -number


def test_no_two_marks_are_one_number_if_threads_meet() -> None:
    """
    Another thread may take a mark between the steps of this one.
    """
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    question = CompiledQuestion(ruleset, ruleset.catalogue.asked["strategy"], Evaluation)
    taken = []

    class Interrupted:
        def __hash__(self) -> int:
            if not taken:
                taken.append(question.mark_of("another"))
            return 0

    assert question.mark_of(Interrupted()) not in taken
