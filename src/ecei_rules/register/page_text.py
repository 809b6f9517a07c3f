"""What a page of the listing names in its own text: its label and its portfolio."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from ecei_rules.interviews.history import LABELS, Label
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.portfolios import PORTFOLIOS, portfolio_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: A line with an address, as a saved page may begin with one.
ADDRESS = re.compile(r"URL: ?(https?://\S+)")
#: The path of the operator's pages of the Bronze label (docs/sources.md).
_BRONZE_PAGES = "benchmarked-clusters"
_LABEL_WORD = re.compile(r"(?ai)\blabels?\b")
_LABELS = re.compile(rf"(?ai)\b(?:{'|'.join(LABELS)})\b")
_HIGHER_LABEL = re.compile(r"(?ai)\b(gold|silver)(?:labels?)?\b")
_PORTFOLIO = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, PORTFOLIOS))})(?!\w)")


def named_labels(lines: Mapping[int, str]) -> dict[Label, int]:
    """
    Return the labels that lines of a page name, each with the number of its first line.

    A line with the word *label* names each of Bronze, Silver and Gold that it has, in any
    capitals. Source: docs/formats.md, "The label of a page".

    >>> named_labels({3: "Holders of the Gold Label", 5: "A golden autumn; silver label"})
    {'gold': 3, 'silver': 5}
    """
    named: dict[Label, int] = {}
    for number, line in lines.items():
        if _LABEL_WORD.search(line):
            words = {word.lower() for word in _LABELS.findall(line)}
            for label in LABELS:
                if label in words:
                    named.setdefault(label, number)
        elif ADDRESS.fullmatch(line) and _BRONZE_PAGES in line:
            named.setdefault("bronze", number)
    return named


def higher_label_in(lines: Mapping[int, str]) -> tuple[int, str] | None:
    """
    Return the first line with the word Gold or Silver, as written, if there is one.

    Such a page may be one of that label, and cannot be taken for one of Bronze.

    >>> higher_label_in({2: "Clusters", 4: "Awarded in GOLD"})
    (4, 'GOLD')
    """
    for number, line in lines.items():
        match = _HIGHER_LABEL.search(line)
        if match:
            return number, match[1]
    return None


def named_portfolios(lines: Iterable[str]) -> tuple[str, ...]:
    """
    Return the comparative portfolios that lines of a page name, in their order.

    Capitals do not matter, and in an address neither do signs.

    >>> named_portfolios(["URL: https://example.org/?industry=food-industry", "Clusters: ICT"])
    ('Food industry', 'ICT')
    """
    named: dict[str, None] = {}
    for line in lines:
        address = ADDRESS.fullmatch(line)
        if address is None:
            found = map(portfolio_of, _PORTFOLIO.findall(line))
            named |= {name: None for name in found if name is not None}
        else:
            words = f" {_words(unquote_plus(address[1]))} "
            named |= {name: None for name in PORTFOLIOS if f" {_words(name)} " in words}
    return tuple(named)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", comparable_name(text)))
