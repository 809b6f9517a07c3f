"""The register of labels as a page that people use."""

from __future__ import annotations

from ecei_rules._version import VERSION
from ecei_rules.diagnostics.errors import NoRulesetInForce
from ecei_rules.interviews.history import LABELS
from ecei_rules.report.pages.register_figures import STATUSES, plain, register_figures
from ecei_rules.report.pages.templates import rendered
from ecei_rules.rulesets.validity import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from ecei_rules.interviews.history import Label
    from ecei_rules.register.register import Register
    from ecei_rules.report.pages.localisation import Words
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset


def register_page(register: Register, on: date, edition: Edition, words: Words) -> str:
    """
    A page (HTML) that stands alone: what each label is worth on a day, counts, deadlines.

    It is whole without scripts; with them its table is sorted and searched. What was
    odd in the register is said on it. Equal arguments give equal text.

    Raises:
        ModuleNotFoundError: Jinja2 or Babel is missing, which come with the extra `report`.
    """
    figures = register_figures(register, on, edition)
    records = register.records
    return rendered(
        "register.html",
        words=words,
        title=words("Register of cluster excellence labels"),
        figures=figures,
        statuses=STATUSES,
        status_words=_status_words(words),
        label_words=_label_words(words),
        labels=[each for each in LABELS if any(record.label == each for record in records)],
        country_names=sorted(
            (words.country(each.value) for each in figures.countries if each.value), key=plain
        ),
        problems=register.problems,
        rules={each: _in_force(each, on, edition) for each in LABELS},
        basis_words=_basis_words(words),
        version=VERSION,
    )


def _in_force(label: Label, on: date, edition: Edition) -> Ruleset | None:
    """By which ruleset it is said whether a label that has run out can be renewed."""
    try:
        return edition.ruleset(label, on=on)
    except NoRulesetInForce:
        return None


def _status_words(words: Words) -> dict[str, str]:
    return {
        Status.VALID.value: words("Valid"),
        Status.RENEWABLE.value: words("Renewable"),
        Status.LAPSED.value: words("Lapsed"),
    }


def _label_words(words: Words) -> dict[str, str]:
    return {"bronze": words("Bronze"), "silver": words("Silver"), "gold": words("Gold")}


def _basis_words(words: Words) -> dict[str, str]:
    return {
        "documented": words("documented: a published source states it"),
        "inferred": words("inferred: it follows from documented cases"),
        "illustrative": words("illustrative: this project's own value, not official"),
    }
