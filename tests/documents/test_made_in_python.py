"""Values made in Python convert and check what they are made of (docs/python.md, "Values")."""

from __future__ import annotations

import pickle
import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.evaluation.assess import judge
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import Conducted, Expert, Improvement

if TYPE_CHECKING:
    from collections.abc import Callable

INTERVIEW = er.load_interview(EXAMPLES / "awarded.json")
TYPES = (
    "a bool, an int, a finite Decimal, a str, a list of str, a mapping from str to int, or"
    " NotApplicable"
)
STRATEGIES = (
    'one of "none", "unwritten", "documented", "documented-with-participants" or'
    ' "documented-and-reviewed"'
)
TIME = datetime(2024, 3, 18, 9, 30)  # noqa: DTZ001 - a value that is refused
DAY = date(2024, 3, 18)
RECORD = er.LabelRecord("Example", "gold", DAY)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Cluster(3, "IT"), "name is a text, got 3"),
        (lambda: Cluster("Example", 39), "country is a text, got 39"),
        (lambda: evolve(INTERVIEW, answers={1: 1}), "the id of a question is a text, got 1"),
        (
            lambda: Cluster("Example", "IT", comparative_portfolio=3),
            ("comparative_portfolio is a text, got 3"),
        ),
        (lambda: er.LabelRecord(b"Example", "gold", DAY), "name is a text, got b'Example'"),
        (
            lambda: Conducted(TIME),
            (
                "on is a day without a time, got datetime.datetime(2024, 3, 18, 9, 30);"
                " use its date()"
            ),
        ),
        (
            lambda: Conducted("2024-03-18"),
            ("on is a day such as date(2024, 3, 18), got '2024-03-18'"),
        ),
        (lambda: Conducted(None), "on is a day such as date(2024, 3, 18), got None"),
        (
            lambda: Conducted(DAY, experts=["auditor"]),
            ("experts has values of the type Expert, got 'auditor'"),
        ),
        (lambda: Expert("auditor", impartial="yes"), "impartial is of the type bool, got 'yes'"),
        (
            lambda: Improvement("strategy", "more", confirmed=1),
            ("confirmed is of the type bool, got 1"),
        ),
        (lambda: Improvement(3, "more"), "indicator is a text, got 3"),
        (
            lambda: LabelEvent("gold", "awarded", DAY, valid_until=TIME),
            (
                "valid_until is a day without a time, got datetime.datetime(2024, 3, 18, 9, 30);"
                " use its date()"
            ),
        ),
        (
            lambda: er.LabelHistory([DAY]),
            ("events has values of the type LabelEvent, got datetime.date(2024, 3, 18)"),
        ),
        (
            lambda: er.LabelHistory([], cluster="Example"),
            ("cluster is of the type Cluster, got 'Example'"),
        ),
        (
            lambda: er.Register(["Example"]),
            "records has values of the type LabelRecord, got 'Example'",
        ),
        (
            lambda: er.Register([RECORD], published=TIME),
            (
                "published is a day without a time, got datetime.datetime(2024, 3, 18, 9, 30);"
                " use its date()"
            ),
        ),
        (
            lambda: er.Period(TIME),
            (
                "first is a day without a time, got datetime.datetime(2024, 3, 18, 9, 30);"
                " use its date()"
            ),
        ),
        (
            lambda: er.Period(DAY, TIME),
            (
                "last is a day without a time, got datetime.datetime(2024, 3, 18, 9, 30);"
                " use its date()"
            ),
        ),
        (lambda: er.Text({"en": 3}), "a text is a str for each language tag, got 'en': 3"),
        (lambda: er.Text({"en": "a", 3: "b"}), "a text is a str for each language tag, got 3: 'b'"),
        (
            lambda: evolve(INTERVIEW, catalogue="benchmarking"),
            ("catalogue is of the type Catalogue, got 'benchmarking'"),
        ),
        (
            lambda: evolve(INTERVIEW, cluster="Example"),
            ("cluster is of the type Cluster, got 'Example'"),
        ),
        (
            lambda: evolve(INTERVIEW, conducted=DAY),
            ("conducted is of the type Conducted, got datetime.date(2024, 3, 18)"),
        ),
        (
            lambda: evolve(INTERVIEW, improvements=["strategy"]),
            ("improvements has values of the type Improvement, got 'strategy'"),
        ),
        (
            lambda: evolve(INTERVIEW, history=[RECORD.label]),
            ("history has values of the type LabelEvent, got 'gold'"),
        ),
        (
            lambda: evolve(INTERVIEW, remarks={"strategy": 3}),
            ("remarks has texts by their names, got 'strategy': 3"),
        ),
        (
            lambda: evolve(INTERVIEW, remarks={3: "a"}),
            ("remarks has texts by their names, got 3: 'a'"),
        ),
        (
            lambda: evolve(INTERVIEW, answers={"strategy": 1.5}),
            (
                f'the answer to "strategy" is {TYPES}, got 1.5; write a number that is not whole'
                " as a Decimal"
            ),
        ),
        *(
            (
                partial(evolve, INTERVIEW, **{member: {"strategy": answer}}),
                (f'the answer to "strategy" is {TYPES}, got {answer!r}'),
            )
            for member in ("answers", "facts")
            for answer in (
                None,
                DAY,
                Decimal("NaN"),
                Decimal("Infinity"),
                [1],
                ("sme", 1),
                {"sme": 1.5},
                {"sme": True},
                {"sme": Decimal(1)},
                {1: 1},
                er.FrozenMap({"sme": "1"}),
                {"sme"},
            )
        ),
    ],
)
def test_value_of_another_type_is_refused(make: Callable[[], object], message: str) -> None:
    """
    docs/python.md: "they raise `TypeError` for a value of another type".
    """
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Cluster("Example", "it"),
            "country is two capital letters such as IT, got 'it'",
        ),
        (
            lambda: er.LabelRecord("Example", "gold", DAY, website="www.example.org"),
            "website is an address that begins with http:// or https://, got 'www.example.org'",
        ),
        (
            lambda: Conducted(DAY, mode="phone"),
            ('mode is "on_site", "at_expert" or "video", got \'phone\''),
        ),
        (
            lambda: er.LabelRecord("Example", "platinum", DAY),
            ('label is "bronze", "silver" or "gold", got \'platinum\''),
        ),
        (
            lambda: LabelEvent("Gold", "awarded", DAY, valid_until=DAY),
            ('label is "bronze", "silver" or "gold", got \'Gold\''),
        ),
        (
            lambda: LabelEvent("gold", "refused", DAY),
            ('event is "benchmarked" or "awarded", got \'refused\''),
        ),
    ],
)
def test_value_that_is_not_listed_is_refused(make: Callable[[], object], message: str) -> None:
    """
    The library knows them all, as in a document.
    """
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()


def test_answers_are_frozen() -> None:
    """
    docs/python.md: "convert lists to tuples and a `dict` to a `FrozenMap`, also where it is an
    answer".
    """
    parts, options = {"sme": 40, "research": 6}, ["a", "b"]
    interview = evolve(
        INTERVIEW,
        answers={"composition": parts, "options": options, "number": Decimal("1.5"), "whole": 3},
        facts=[("composition", parts)],
    )
    parts["sme"] = 0
    options.clear()

    frozen = er.FrozenMap({"sme": 40, "research": 6})
    expected = {"composition": frozen, "options": ("a", "b"), "number": Decimal("1.5"), "whole": 3}
    assert interview.answers == expected
    assert interview.facts == {"composition": frozen}
    assert type(interview.answers["composition"]) is type(interview.facts["composition"])
    assert isinstance(interview.facts["composition"], er.FrozenMap)
    assert hash(interview) == hash(evolve(interview))
    assert pickle.loads(pickle.dumps(interview)) == interview


class TestUnfitAnswers:
    """docs/python.md: `assess` raises `InvalidAnswers` with all the problems."""

    BRONZE = er.shipped().ruleset("bronze", version="2019-11")
    HEADING = 'the answers of "Example Food Cluster" do not fit benchmarking@2019-11'

    def test_dict_as_a_breakdown_is_assessed(self) -> None:
        """
        It gives the assessment of the interview that was read.
        """
        answers = {
            name: dict(answer) if isinstance(answer, er.FrozenMap) else answer
            for name, answer in INTERVIEW.answers.items()
        }
        assert any(type(each) is dict for each in answers.values())

        made = evolve(INTERVIEW, answers=answers)

        assert er.assess(made, self.BRONZE) == er.assess(INTERVIEW, self.BRONZE)

    @pytest.mark.parametrize(
        ("answers", "facts", "problems"),
        [
            ({"strategy": -7}, {}, [f"ECEI304 /answers/strategy: expected {STRATEGIES}, found -7"]),
            (
                {"working-groups": Decimal("1.5"), "committed-participants": True},
                {"nothing": 1},
                [
                    'ECEI302 /facts/nothing: the catalogue has no fact "nothing"',
                    (
                        "ECEI304 /answers/committed-participants: expected a whole number of"
                        " organisations, 0 to 100000, found true"
                    ),
                    (
                        "ECEI304 /answers/working-groups: expected a whole number of working"
                        " groups, 0 to 1000, found 1.5"
                    ),
                ],
            ),
            (
                {"composition": {"sme": -1, "smes": 3}},
                {},
                [
                    'ECEI306 /answers/composition/smes: there is no option "smes"',
                    '  hint: did you mean "sme"?',
                    (
                        "ECEI305 /answers/composition/sme: expected a whole number of"
                        " organisations, 0 to 100000, found -1"
                    ),
                ],
            ),
            (
                {"strategy": er.NotApplicable("none")},
                {},
                [
                    'ECEI307 /answers/strategy: "strategy" cannot be marked as not applicable',
                    f"  hint: expected {STRATEGIES}; leave it out if there is no answer",
                ],
            ),
        ],
    )
    def test_answers_that_do_not_fit_are_refused(
        self, answers: dict[str, Any], facts: dict[str, Any], problems: list[str]
    ) -> None:
        """
        The error has the problems that `check_interview` finds in the answers.
        """
        interview = evolve(
            INTERVIEW,
            answers={**INTERVIEW.answers, **answers},
            facts={**INTERVIEW.facts, **facts},
        )
        criterion = self.BRONZE.criteria[0]

        for refuse in (
            lambda: er.assess(interview, self.BRONZE),
            lambda: er.evaluate(criterion, interview, self.BRONZE),
            lambda: judge(interview, self.BRONZE),
        ):
            with pytest.raises(er.InvalidAnswers) as caught:
                refuse()
            error = caught.value
            assert str(error) == "\n".join([self.HEADING, *problems])
            assert error.problems == er.check_interview(interview)
            assert (error.cluster, error.catalogue) == (
                "Example Food Cluster",
                "benchmarking@2019-11",
            )
            again = pickle.loads(pickle.dumps(error))
            assert (again.cluster, again.catalogue, again.problems) == error.args


def test_answers_that_are_right_alone_are_checked_against_their_questions() -> None:
    """
    docs/semantics.md, 3.1: a share that is no whole number fits, and a text of an enumeration,
    an option chosen twice does not.
    """
    answers = {
        "legal-form": StrEnum("Form", {"OWN": "own-legal-form"}).OWN,
        "specialisation": Decimal("74.6"),
        "management-competences": ["sector", "sector"],
    }

    problems = er.check_interview(evolve(INTERVIEW, answers=answers))

    assert [str(each) for each in problems] == [
        'ECEI211 /answers/management-competences/1: "sector" is listed twice'
    ]
