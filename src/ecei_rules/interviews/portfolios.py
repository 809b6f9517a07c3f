"""The comparative portfolios of the public listing."""

from __future__ import annotations

from ecei_rules.interviews.names import comparable_name

#: In alphabetical order. Source: the operator's register, so there may be more.
PORTFOLIOS = (
    "Aviation and space",
    "Biotechnology",
    "Construction",
    "Creative industries",
    "Energy and environment",
    "Food industry",
    "Health and medical science",
    "ICT",
    "Maritime technologies, water resources",
    "Micro, nano and optical technologies",
    "New materials and chemistry",
    "Production and engineering",
    "Sports, Leisure and Tourism",
    "Textile industries",
    "Transportation and mobility",
)

_BY_NAME = {comparable_name(name): name for name in PORTFOLIOS}


def portfolio_of(text: str) -> str | None:
    """
    Return the portfolio of the public listing that a text names, or `None`.

    Source: docs/semantics.md, 8.9.

    >>> portfolio_of("food  INDUSTRY"), portfolio_of("Food")
    ('Food industry', None)
    """
    return _BY_NAME.get(comparable_name(text))
