"""A corpus of made-up interviews, to try things with."""

from __future__ import annotations

from datetime import date, timedelta

from ecei_rules.benchmark.synthetic.answer_model import POPULATIONS
from ecei_rules.benchmark.synthetic.answers import character, made_up_answers
from ecei_rules.benchmark.synthetic.history import made_up_history, rules_of, weekday
from ecei_rules.benchmark.synthetic.random_draws import Chances, Weights
from ecei_rules.benchmark.synthetic.register_shares import BY_COUNTRY, BY_PORTFOLIO
from ecei_rules.diagnostics.errors import UnknownEdition
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.shipped import shipped
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import LABELS, Cluster, Label
from ecei_rules.interviews.interview import MADE_UP, Conducted, Expert, Improvement, Interview
from ecei_rules.rulesets.editions import in_force

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ecei_rules.benchmark.synthetic.answers import Character
    from ecei_rules.benchmark.synthetic.history import Rules
    from ecei_rules.interviews.catalogue import Catalogue

#: The member of every interview that says what it is, and what it says.
MARK = FrozenMap({MADE_UP: "this organisation and its answers are invented"})
#: The last day of interviews of an edition that is still in use.
LAST_DAY = date(2025, 12, 31)

#: What a cluster is named after, by its portfolio.
_FIELDS = {
    "Aviation and space": "Aerospace",
    "Biotechnology": "Biotechnology",
    "Construction": "Construction",
    "Creative industries": "Creative",
    "Energy and environment": "Energy",
    "Food industry": "Food",
    "Health and medical science": "Health",
    "ICT": "Software",
    "Maritime technologies, water resources": "Maritime",
    "Micro, nano and optical technologies": "Photonics",
    "New materials and chemistry": "Materials",
    "Production and engineering": "Engineering",
    "Sports, Leisure and Tourism": "Tourism",
    "Textile industries": "Textile",
    "Transportation and mobility": "Mobility",
}
#: Of so many clusters in a row, those whose names try what shows them, by their place.
_IN_A_ROW = 40
_USUAL_NAME = "Example {field} Cluster {number}"
_ODD_NAMES = {
    3: "Example Clúster Größe Façade Żółw {field} {number}",
    9: "Example {field} & Friends <R&D> Cluster {number}",
    15: "אשכול לדוגמה, Example {field} Cluster {number}",
    21: "عنقود مثال, Example {field} Cluster {number}",
    27: "Example {field} Cluster \U0001f331 {number}",
    33: (
        "Example Association for the Promotion of Cooperation, Learning and Innovation in"
        " {field} and Its Markets {number}"
    ),
}
_PORTFOLIOS, _BY_PORTFOLIO = tuple(BY_PORTFOLIO), Weights(BY_PORTFOLIO.values())
_COUNTRIES, _BY_COUNTRY = tuple(BY_COUNTRY), Weights(BY_COUNTRY.values())
_WITH_WEBSITE = 0.8
#: Interviews by video have been possible since the rules of this day.
_VIDEO = date(2019, 11, 15)
_BY_VIDEO = 0.6
#: How many areas a cluster that is audited says it has improved in, from none up.
_IMPROVEMENTS = Weights([3, 3, 6, 50, 26, 12])
_CONFIRMED = 0.97
#: How often an audit is for Silver where Gold could be sought too.
_NOT_FOR_HIGHEST = 0.5
_AUDITOR = Expert("auditor", impartial=True)
_EXPERTS: dict[Label, tuple[Expert, ...]] = {
    "bronze": (Expert("benchmarking-expert", impartial=True),),
    "silver": (_AUDITOR,),
    "gold": (_AUDITOR, _AUDITOR),
}


def example_corpus(
    count: int, *, seed: int = 0, catalogue: Catalogue | None = None
) -> Iterator[Interview]:
    """
    Make up so many interviews, one by one, so that things can be tried with them.

    The clusters differ in how well they are managed and how large they are, and their
    answers follow from that. They are invented and say so in the member `x-made-up`;
    portfolios and countries are spread as in the public register, as far as it is known.
    *catalogue* is a shipped one, by default the latest of the benchmarking. The same
    arguments give the same interviews on every Python, and a smaller *count* gives the
    first of them. Source: docs/command-line.md, "example corpus".

    >>> for each in example_corpus(2):
    ...     print(each.cluster.name, each.conducted.on)
    Example Tourism Cluster 0001 2024-12-30
    Example Textile Cluster 0002 2023-06-08

    Raises:
        ValueError: *count* is less than 1, or *seed* less than 0.
        UnknownEdition: *catalogue* is not one of those in the package.
    """
    if count < 1 or seed < 0:
        msg = f"expected a count of at least 1 and a seed of at least 0, found {count} and {seed}"
        raise ValueError(msg)
    known = shipped().catalogues
    if catalogue is None:
        catalogue = shipped().ruleset("bronze", on=LAST_DAY).catalogue
    elif catalogue not in known:
        raise UnknownEdition(catalogue.reference, [each.reference for each in known])
    asked, rules = _asked(catalogue), rules_of(shipped())
    numbers = range(1, count + 1)
    return (_interview(Chances(seed, each), each, catalogue, asked, rules) for each in numbers)


def _asked(catalogue: Catalogue) -> dict[Label, Period]:
    """For which labels, the highest first, and on which days interviews of it are held."""
    asked: dict[Label, Period] = {}
    for label in reversed(LABELS):
        rulesets = [each for each in shipped().rulesets if each.label == label]
        periods = [when for each, when in in_force(rulesets) if each.catalogue == catalogue]
        if periods:
            asked[label] = Period(periods[0].first, periods[-1].last or LAST_DAY)
    return asked


def _interview(
    chances: Chances,
    number: int,
    catalogue: Catalogue,
    asked: Mapping[Label, Period],
    rules: Rules,
) -> Interview:
    population = POPULATIONS[catalogue.id]
    cluster, one = _cluster(chances, number), character(chances, population)
    on = _day(chances, asked.values())
    sought = [label for label, period in asked.items() if on in period]
    label = sought[0] if chances.near(one.quality, 0.7) >= _NOT_FOR_HIGHEST else sought[-1]
    answers, facts = made_up_answers(chances, population, catalogue, one, on.year)
    return Interview(
        catalogue,
        cluster,
        _conducted(chances, label, on),
        answers,
        facts=facts,
        improvements=() if label == "bronze" else _improvements(chances, catalogue, one),
        history=made_up_history(chances, rules, label, on, one),
        extensions=MARK,
    )


def _cluster(chances: Chances, number: int) -> Cluster:
    country = _COUNTRIES[_BY_COUNTRY.at(chances.rank())]
    portfolio = _PORTFOLIOS[_BY_PORTFOLIO.at(chances.rank())]
    name = _ODD_NAMES.get(number % _IN_A_ROW, _USUAL_NAME)
    website = f"https://cluster-{number:04}.example.org"
    return Cluster(
        name.format(field=_FIELDS[portfolio], number=f"{number:04}"),
        country,
        website=website if chances.rank() < _WITH_WEBSITE else None,
        comparative_portfolio=portfolio,
    )


def _day(chances: Chances, periods: Iterable[Period]) -> date:
    """A working day on which a catalogue is asked; the last of them all is one too."""
    first = min(each.first for each in periods)
    last = max(each.last for each in periods if each.last)
    return weekday(first + timedelta(days=chances.some((last - first).days + 1)))


def _conducted(chances: Chances, label: Label, on: date) -> Conducted:
    by_video = chances.rank() < _BY_VIDEO and on >= _VIDEO and label == "bronze"
    return Conducted(on, mode="video" if by_video else "on_site", experts=_EXPERTS[label])


def _improvements(chances: Chances, catalogue: Catalogue, one: Character) -> Iterator[Improvement]:
    asked = list(catalogue.asked.values())
    for _ in range(_IMPROVEMENTS.at(chances.near(one.quality, 0.5))):
        indicator = asked.pop(chances.some(len(asked)))
        yield Improvement(
            indicator.id,
            f"Invented: better than two years before in {indicator.title}.",
            effect="Invented: the participants make more use of the management.",
            confirmed=chances.rank() < _CONFIRMED,
        )
