"""The portfolios and countries of clusters, as far as the public register is known."""

from __future__ import annotations

from ecei_rules.diagnostics.frozen_map import FrozenMap

#: Records by comparative portfolio. Source: the pages of the operator's register that the
#: project has, captured in 2016 and 2017: all of Italy (41 records) and the first rows of
#: Norway (11) and Spain (8). The numbers are counted, but from only 60 records of three
#: countries. "Micro, nano and optical technologies" is in the register but on none of
#: these pages; its 1 is a guess.
BY_PORTFOLIO = FrozenMap(
    {
        "Aviation and space": 4,
        "Biotechnology": 3,
        "Construction": 3,
        "Creative industries": 2,
        "Energy and environment": 7,
        "Food industry": 9,
        "Health and medical science": 6,
        "ICT": 4,
        "Maritime technologies, water resources": 1,
        "Micro, nano and optical technologies": 1,
        "New materials and chemistry": 6,
        "Production and engineering": 5,
        "Sports, Leisure and Tourism": 6,
        "Textile industries": 1,
        "Transportation and mobility": 3,
    }
)

#: Organisations by country, 689 together. One page speaks of 689 Bronze labels in Germany
#: (ibbnetzwerk-gmbh.com, 2015), read here as the total of Europe; the register's page of
#: Italy lists 39. All other counts are guesses, greater for the countries with more publicly
#: known labels, so that there are large groups, small groups and single clusters.
BY_COUNTRY = FrozenMap(
    {
        "DE": 139,
        "ES": 75,
        "PL": 60,
        "NO": 50,
        "DK": 45,
        "AT": 40,
        "IT": 39,
        "FR": 34,
        "SE": 30,
        "FI": 25,
        "PT": 18,
        "RO": 16,
        "CZ": 12,
        "HU": 12,
        "SK": 12,
        "TR": 10,
        "BG": 9,
        "LT": 9,
        "BE": 6,
        "HR": 6,
        "MX": 6,
        "LV": 5,
        "NL": 5,
        "CH": 4,
        "EE": 4,
        "GR": 4,
        "RS": 4,
        "SI": 4,
        "IS": 2,
        "LB": 2,
        "LU": 1,
        "UA": 1,
    }
)
