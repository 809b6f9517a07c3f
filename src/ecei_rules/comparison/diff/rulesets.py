"""The differences between two rulesets, without those of their catalogues."""

from __future__ import annotations

from ecei_rules.comparison.diff.criteria import SURE, condition_differences, criterion_differences
from ecei_rules.comparison.diff.matching import (
    Counterparts,
    PartDifference,
    PartDifferences,
    by_id,
    by_name,
    matched,
    provenance_differences,
    source_differences,
    text_differences,
)
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.rulesets.wording import condition, named, requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ecei_rules.comparison.diff.matching import Located
    from ecei_rules.interviews.dates import ENDS
    from ecei_rules.rulesets.criteria import Criterion
    from ecei_rules.rulesets.ruleset import Advice, Grade, Grading, Ruleset
    from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules

_ENDS: dict[ENDS, str] = {"same_day": "the same day", "end_of_month": "the end of the month"}


def ruleset_differences(pair: Counterparts[Ruleset]) -> Iterator[PartDifference]:
    """
    Yield the differences, in the order of the members of a ruleset's document.

    Another version, which names a ruleset, is no difference; another label is one.
    """
    yield from pair.about("label").attribute("label").changed("ECEI530", "the label")
    yield from _in_force(pair.about("in force"))
    judged = pair.about("catalogue").member("catalogue", lambda each: each.catalogue.reference)
    yield from judged.changed("ECEI531", "the catalogue")
    scale = pair.about("scale").member("scale", lambda each: " < ".join(each.scale))
    yield from scale.changed("ECEI535", "the scale")
    kind = PartDifferences("ECEI540", "ECEI541", _describe_grading, _grading)
    yield from matched(pair.attribute("grading"), by_name, kind)
    yield from matched(
        pair.attribute("criteria"),
        by_id,
        PartDifferences("ECEI560", "ECEI561", _describe_criterion, criterion_differences),
    )
    yield from _validity(pair.about("validity").attribute("validity"))
    yield from matched(
        pair.attribute("recommendations"),
        by_name,
        PartDifferences(
            "ECEI587", "ECEI588", lambda _, verb: f"the recommendation was {verb}", _advice
        ),
    )
    yield from text_differences(
        pair.about("title").attribute("title"), "ECEI592", "the title of the ruleset"
    )
    yield from source_differences(pair.about("sources").attribute("sources"), "ECEI593")


def _in_force(pair: Counterparts[Ruleset]) -> Iterator[PartDifference]:
    period = pair.member("in_force", lambda each: each)
    first = period.member("from", lambda each: each.in_force.first)
    yield from first.changed("ECEI532", "the first day")
    last = period.member("to", lambda each: each.in_force.last)
    yield from last.changed("ECEI533", "the last day", _day)
    yield from period.attribute("after_gap").changed(
        "ECEI534", "the gap before the first day", _declared
    )


def _day(day: date | None) -> str:
    return "none stated" if day is None else str(day)


def _declared(after_gap: object) -> str:
    return "declared" if after_gap else "none"


def _describe_grading(grading: Grading, verb: str) -> str:
    return f"the grading was {verb}, of weight {grading.weight}"


def _grading(pair: Counterparts[Grading]) -> Iterator[PartDifference]:
    yield from pair.attribute("weight").changed("ECEI542", "the weight")
    yield from matched(
        pair.attribute("grades"),
        lambda part: {each.grade: part.child(each, index) for index, each in enumerate(part.value)},
        PartDifferences("ECEI543", "ECEI544", _describe_grade, _grade),
        subjects=False,
    )
    yield from pair.attribute("not_applicable_points").changed(
        "ECEI546", 'the points of "not applicable"'
    )
    yield from provenance_differences(pair.attribute("provenance"), SURE, "the grading")


def _describe_grade(grade: Grade, verb: str) -> str:
    asked = f": {condition(grade.when)}" if grade.when else ""
    return f'the grade "{grade.grade}" of {number_of(grade.points, "point")} was {verb}{asked}'


def _grade(pair: Counterparts[Grade]) -> Iterator[PartDifference]:
    of = f'"{pair.new.value.grade}"'
    yield from pair.attribute("points").changed("ECEI545", f"the points of {of}")
    yield from condition_differences(pair.attribute("when"), of)


def _describe_criterion(criterion: Criterion, verb: str) -> str:
    asked = requirement(criterion.requirement)
    return f"the {criterion.severity} criterion was {verb}: {asked}"


def _validity(pair: Counterparts[ValidityRules]) -> Iterator[PartDifference]:
    first = pair.attribute("first")
    yield from _lasting(first, ("ECEI580", "ECEI581"), "a first award")
    kind = PartDifferences("ECEI582", "ECEI583", _describe_renewal, _renewal)
    yield from matched(pair, _renewal_by_name, kind, subjects=False)


def _renewal_by_name(part: Located[ValidityRules]) -> dict[str, Located[Renewal]]:
    rule = part.value.renewal
    return {"renewal": part.child(rule, "renewal")} if rule else {}


def _describe_renewal(renewal: Renewal, verb: str) -> str:
    return (
        f"the renewal was {verb}: {number_of(renewal.years, 'year')} from the previous end,"
        f" to {_ENDS[renewal.ends]}, if held at most"
        f" {number_of(renewal.until_years_after_end, 'year')} after it"
    )


def _renewal(pair: Counterparts[Renewal]) -> Iterator[PartDifference]:
    yield from _lasting(pair, ("ECEI584", "ECEI585"), "a renewal")
    yield from pair.attribute("until_years_after_end").changed(
        "ECEI586", "the window for a renewal", _years
    )


def _lasting(
    pair: Counterparts[FirstAward] | Counterparts[Renewal], codes: tuple[str, str], what: str
) -> Iterator[PartDifference]:
    yield from pair.attribute("years").changed(codes[0], f"the length of {what}", _years)
    yield from pair.attribute("ends").changed(codes[1], f"the end of {what}", _ENDS.__getitem__)
    yield from provenance_differences(pair.attribute("provenance"), SURE, f"the rule for {what}")


def _years(count: int) -> str:
    return number_of(count, "year")


def _advice(pair: Counterparts[Advice]) -> Iterator[PartDifference]:
    yield from pair.attribute("below").changed(
        "ECEI589", "the grade aimed at", lambda each: f'"{each}"' if each else "the best"
    )
    aligned = pair.member("aligned_with", lambda each: tuple(sorted(each.aligned_with)))
    yield from aligned.changed("ECEI590", "the alignment", named)
    yield from text_differences(pair.attribute("text"), "ECEI591", "the text")
