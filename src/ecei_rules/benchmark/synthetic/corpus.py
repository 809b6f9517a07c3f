"""A corpus of invented interviews for trials."""

from __future__ import annotations

from datetime import date, timedelta

from ecei_rules.benchmark.synthetic.answer_model import populations
from ecei_rules.benchmark.synthetic.answers import draw_answers, draw_traits
from ecei_rules.benchmark.synthetic.history import draw_history, validity_rules, weekday
from ecei_rules.benchmark.synthetic.random_draws import DiscreteDistribution, RandomDraws
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

    from ecei_rules.benchmark.synthetic.answers import Traits
    from ecei_rules.benchmark.synthetic.history import ValidityRulesByLabel
    from ecei_rules.interviews.catalogue import Catalogue

#: The extension that marks every interview as invented.
MARK = FrozenMap({MADE_UP: "this organisation and its answers are invented"})
#: The last day of interviews with an edition that is still in use.
LAST_DAY = date(2025, 12, 31)

#: The field in the name of a cluster, by its portfolio.
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
#: The odd names in a row of clusters, by place; they test whatever displays them.
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
_PORTFOLIOS, _BY_PORTFOLIO = tuple(BY_PORTFOLIO), DiscreteDistribution(BY_PORTFOLIO.values())
_COUNTRIES, _BY_COUNTRY = tuple(BY_COUNTRY), DiscreteDistribution(BY_COUNTRY.values())
_WITH_WEBSITE = 0.8
#: Interviews by video have been possible since the rules of this day.
_VIDEO = date(2019, 11, 15)
_BY_VIDEO = 0.6
#: The number of areas in which an audited cluster states an improvement, from none up.
_IMPROVEMENTS = DiscreteDistribution([3, 3, 6, 50, 26, 12])
_CONFIRMED = 0.97
#: The share of audits for Silver on days when Gold could be sought too.
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
    Return *count* invented interviews, made one by one.

    Use them to try a program, a page or a benchmark without real interviews. Their
    clusters differ in size and in the quality of their management, and the answers follow
    from these. Every interview says that it is invented, in the member `x-made-up`.
    Portfolios and countries are distributed as in the public register, as far as it is
    known. *catalogue* is a shipped one, by default the latest catalogue `benchmarking`.
    The same arguments give the same interviews on every Python, and a smaller *count*
    gives the first of them. Source: docs/command-line.md, "example corpus".

    >>> for each in example_corpus(2):
    ...     print(each.cluster.name, each.conducted.on)
    Example Tourism Cluster 0001 2024-12-30
    Example Textile Cluster 0002 2023-06-08

    Raises:
        ValueError: *count* is less than 1, or *seed* is less than 0.
        UnknownEdition: *catalogue* is not a shipped one.
    """
    if count < 1 or seed < 0:
        msg = f"expected a count of at least 1 and a seed of at least 0, found {count} and {seed}"
        raise ValueError(msg)
    known = shipped().catalogues
    if catalogue is None:
        catalogue = shipped().ruleset("bronze", on=LAST_DAY).catalogue
    elif catalogue not in known:
        raise UnknownEdition(catalogue.reference, [each.reference for each in known])
    periods, rules = _periods_of_use(catalogue), validity_rules(shipped())
    return (
        _interview(RandomDraws(seed, number), number, catalogue, periods, rules)
        for number in range(1, count + 1)
    )


def _periods_of_use(catalogue: Catalogue) -> dict[Label, Period]:
    """Return the days of interviews with a catalogue for each label, the highest first."""
    in_use: dict[Label, Period] = {}
    for label in reversed(LABELS):
        rulesets = [each for each in shipped().rulesets if each.label == label]
        periods = [when for each, when in in_force(rulesets) if each.catalogue == catalogue]
        if periods:
            in_use[label] = Period(periods[0].first, periods[-1].last or LAST_DAY)
    return in_use


def _interview(
    draws: RandomDraws,
    number: int,
    catalogue: Catalogue,
    periods: Mapping[Label, Period],
    rules: ValidityRulesByLabel,
) -> Interview:
    population = populations()[catalogue.id]
    cluster, traits = _cluster(draws, number), draw_traits(draws, population)
    on = _day(draws, periods.values())
    labels = [label for label, period in periods.items() if on in period]
    label = labels[0] if draws.near(traits.quality, 0.7) >= _NOT_FOR_HIGHEST else labels[-1]
    answers, facts = draw_answers(draws, population, catalogue, traits, on.year)
    return Interview(
        catalogue,
        cluster,
        _conducted(draws, label, on),
        answers,
        facts=facts,
        improvements=() if label == "bronze" else _improvements(draws, catalogue, traits),
        history=draw_history(draws, rules, label, on, traits),
        extensions=MARK,
    )


def _cluster(draws: RandomDraws, number: int) -> Cluster:
    country = _COUNTRIES[_BY_COUNTRY.at(draws.rank())]
    portfolio = _PORTFOLIOS[_BY_PORTFOLIO.at(draws.rank())]
    name = _ODD_NAMES.get(number % _IN_A_ROW, _USUAL_NAME)
    website = f"https://cluster-{number:04}.example.org"
    return Cluster(
        name.format(field=_FIELDS[portfolio], number=f"{number:04}"),
        country,
        website=website if draws.rank() < _WITH_WEBSITE else None,
        comparative_portfolio=portfolio,
    )


def _day(draws: RandomDraws, periods: Iterable[Period]) -> date:
    """Draw a working day within some periods; the last day of them all is a working day."""
    first = min(each.first for each in periods)
    last = max(each.last for each in periods if each.last)
    return weekday(first + timedelta(days=draws.below((last - first).days + 1)))


def _conducted(draws: RandomDraws, label: Label, on: date) -> Conducted:
    by_video = draws.rank() < _BY_VIDEO and on >= _VIDEO and label == "bronze"
    return Conducted(on, mode="video" if by_video else "on_site", experts=_EXPERTS[label])


def _improvements(
    draws: RandomDraws, catalogue: Catalogue, traits: Traits
) -> Iterator[Improvement]:
    indicators = list(catalogue.asked.values())
    for _ in range(_IMPROVEMENTS.at(draws.near(traits.quality, 0.5))):
        indicator = indicators.pop(draws.below(len(indicators)))
        yield Improvement(
            indicator.id,
            f"Invented: better than two years before in {indicator.title}.",
            effect="Invented: the participants make more use of the management.",
            confirmed=draws.rank() < _CONFIRMED,
        )
