"""A comparison of two rulesets in words."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from ecei_rules.comparison.comparison import ChangeClass, Verdict, Witness
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.report.text.blocks import (
    Item,
    Items,
    Lines,
    Paragraph,
    Report,
    Section,
    Table,
    TableRow,
    as_markdown,
    as_text,
)
from ecei_rules.report.text.changes import change_sections
from ecei_rules.report.text.corpus import corpus_section
from ecei_rules.report.text.percentages import rounded_percentage
from ecei_rules.report.text.validity import lines
from ecei_rules.report.text.witnesses import differing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.comparison.certificate import Certificate
    from ecei_rules.comparison.comparison import (
        ComparedRuleset,
        Comparison,
        Origin,
        ScopeComparison,
        Shares,
    )

#: The largest denominator of a fraction that is shown beside the percentage.
_MOST_PARTS = 9999
_NOT_OFFICIAL = (
    "NOT OFFICIAL: illustrative values of this project decide here, not the scheme owner's."
)
_CLASSES = {
    ChangeClass.EDITORIAL: "only wording or the evidence for a rule differs; no outcome and no"
    " day does.",
    ChangeClass.HOLDER_SAFE: "nobody who has the label can lose it, or hold it for a shorter time.",
    ChangeClass.INCOMPARABLE: "each ruleset awards interviews that the other one refuses.",
}
_NOT_KNOWN = "it is not known which interviews gain the label or lose it."
_VERDICTS = {
    Verdict.EQUIVALENT: "Both rulesets award the same interviews.",
    Verdict.STRICTER: "The new ruleset refuses interviews that the old one awards, and awards"
    " none that the old one refuses.",
    Verdict.LOOSER: "The new ruleset awards interviews that the old one refuses, and refuses"
    " none that the old one awards.",
    Verdict.INCOMPARABLE: "Each ruleset awards interviews that the other one refuses.",
}
_SIZES = (
    "These are numbers of possible answers and not likelihoods: they do not show how many"
    " organisations answer in one way or another."
)

#: The name of the only question that is no indicator or fact and that an interview may lack.
_CONDUCTED = "Experts and mode of the interview"


def explain_comparison(comparison: Comparison) -> str:
    """
    Explain a comparison to those who must obey the new ruleset and did not write it.

    The text gives the class of change; who loses and who gains the label, with an example
    or a proof that nobody does; the dimensions; the days; the differences part by part;
    and the outcomes of the interviews given, if there are any. No line has more than 100
    columns. Source: docs/comparing.md.

    >>> import ecei_rules as er
    >>> ruleset = er.shipped().ruleset("bronze", version="2019-11")
    >>> er.explain_comparison(er.compare_rulesets(ruleset, ruleset)).splitlines()[-2:]
    ['Class of change: editorial', '  Nothing differs.']
    """
    return as_text(_report(comparison))


def markdown_comparison(comparison: Comparison) -> str:
    """Explain a comparison as `explain_comparison` does, in Markdown with headings and tables."""
    return as_markdown(_report(comparison))


def _report(comparison: Comparison) -> Report:
    old, new = comparison.old.reference, comparison.new.reference
    return Report(
        f"{old} (old) compared with {new} (new): {comparison.change_class.value}",
        _notice(comparison),
        [_introduction(comparison)],
        _sections(comparison),
    )


def _notice(comparison: Comparison) -> str:
    sides = comparison.old, comparison.new
    basis = weakest(each.basis for each in sides)
    if basis is Basis.ILLUSTRATIVE:
        return _NOT_OFFICIAL
    others = weakest(each.weakest for each in sides) is Basis.ILLUSTRATIVE
    sure = f"The rules that decide are {basis.value}"
    return f"{sure}; other values are illustrative, not official." if others else f"{sure}."


def _introduction(comparison: Comparison) -> str:
    titles = dict.fromkeys(str(each.title) for each in (comparison.old, comparison.new))
    sentence = (
        f"{'; '.join(titles)}. Outcomes are those of complete interviews held on {comparison.on}"
    )
    origin = comparison.origin
    if origin is None:
        return f"{sentence}."
    if not origin.given:
        return f"{sentence}; examples differ from the best interview in as few answers as possible."
    name = origin.new.cluster.name
    return (
        f"{sentence}; examples differ from the interview of {name} in as few answers as possible,"
        " and what it leaves open is answered in the best way."
    )


def _sections(comparison: Comparison) -> Iterator[Section]:
    sentences = " ".join(f"{text[0].upper()}{text[1:]}" for text in _class_words(comparison))
    yield Section(f"Class of change: {comparison.change_class.value}", [Paragraph(sentences)])
    if comparison.change_class is ChangeClass.EDITORIAL and not comparison.changes:
        return
    yield _label(comparison)
    if comparison.label.shares:
        yield _shares(comparison.label.shares)
    if comparison.dimensions:
        yield _dimensions(comparison)
    yield Section("Days", [Lines(lines(comparison.validity))])
    yield from change_sections(comparison.changes)
    if comparison.only_old or comparison.only_new:
        yield _not_shared(comparison)
    beyond = tuple(_beyond(comparison))
    if beyond:
        yield Section("Not analysed: beyond the method", [Items(beyond)])
    if comparison.corpus is not None:
        yield corpus_section(comparison.corpus)


def _class_words(comparison: Comparison) -> Iterator[str]:
    """Yield the reason for the class, then other disadvantages for those who have the label."""
    match comparison.change_class:
        case ChangeClass.EDITORIAL if not comparison.changes:
            yield "nothing differs."
        case ChangeClass.EDITORIAL | ChangeClass.HOLDER_SAFE as safe:
            yield _CLASSES[safe]
        case ChangeClass.INCOMPARABLE as either:
            yield _CLASSES[either] if comparison.label.verdict else _NOT_KNOWN
        case ChangeClass.HOLDER_AFFECTING | ChangeClass.DATA_BREAKING:
            pass
        case unreachable:
            assert_never(unreachable)
    if comparison.missing:
        names = _named(comparison.new, comparison.missing)
        yield f"interviews that were complete lack answers that the new ruleset requires: {names}."
    if comparison.label.verdict is Verdict.STRICTER:
        yield "somebody who has the label can lose it."
    if comparison.validity.shortens:
        yield "a label can end earlier, or be renewable for a shorter time."


def _label(comparison: Comparison) -> Section:
    label = comparison.label
    verdict = label.verdict.value if label.verdict else "not known"
    blocks: list[Paragraph | Items] = []
    if label.verdict:
        blocks.append(Paragraph(_VERDICTS[label.verdict]))
    loses = _who("Who loses it", label.lost, comparison.new, comparison)
    gains = _who("Who gains it", label.gained, comparison.old, comparison)
    blocks.append(Items([*loses, *gains]))
    return Section(f"The label: {verdict}", blocks)


def _who(
    who: str,
    proof: Witness | Certificate | None,
    refusing: ComparedRuleset,
    comparison: Comparison,
) -> Iterator[Item]:
    if proof is None:
        yield Item(f"{who}: not known")
    elif isinstance(proof, Witness):
        assert comparison.origin is not None, "a witness is made from an interview"
        answers = [Item(str(each)) for each in differing(proof, comparison.origin)]
        like = _like(comparison.origin)
        if answers:
            yield Item(f"{who}: for example {like} with", answers)
        else:
            yield Item(f"{who}: for example {like} as it is")
        missed = (each for each in refusing.criteria if each.id in proof.fails)
        yield Item(
            f"It does not meet these requirements of {refusing.reference}",
            [Item(f"{each.title} [{each.id}]") for each in missed],
        )
    elif proof.proofs:
        awarded, required = proof.awarded_by, proof.not_refused_by
        met = f"every interview that {awarded} awards meets all requirements of {required}"
        yield Item(f"{who}: nobody; {met}", _proved(proof))
    else:
        yield Item(f"{who}: nobody; {proof.not_refused_by} requires nothing")


def _like(origin: Origin) -> str:
    return f"the interview of {origin.new.cluster.name}" if origin.given else "the best interview"


def _proved(certificate: Certificate) -> Iterator[Item]:
    """Give the reason for each criterion, with those that share one together."""
    free = [each.criterion for each in certificate.proofs if not each.by]
    same = [each.criterion for each in certificate.proofs if each.by == (each.criterion,)]
    if free:
        yield Item(f"every complete interview meets {', '.join(free)}")
    if same:
        as_much = f"{certificate.awarded_by} requires as much under the same name"
        yield Item(f"{as_much}: {', '.join(same)}")
    for proof in certificate.proofs:
        if proof.criterion not in (*free, *same):
            by = f"{', '.join(proof.by)} of {certificate.awarded_by}"
            yield Item(f"{proof.criterion} follows from {by}")


def _shares(shares: Shares) -> Section:
    named = (
        ("awarded by both", shares.both),
        ("awarded by the old ruleset alone", shares.old_only),
        ("awarded by the new ruleset alone", shares.new_only),
        ("awarded by neither", shares.neither),
    )
    rows = [
        TableRow(f"{who}: {_share(number, shares)}", (who, f"{number:,}", _portion(number, shares)))
        for who, number in named
    ]
    ways = f"The two rulesets distinguish {shares.total:,} ways to answer."
    table = Table(("Interviews", "Ways to answer", "Share"), rows)
    return Section("Numbers of ways to answer", [Paragraph(ways), table, Paragraph(_SIZES)])


def _share(number: int, shares: Shares) -> str:
    portion = _portion(number, shares)
    return f"{number:,} ({portion})" if number else portion


def _portion(number: int, shares: Shares) -> str:
    """
    Word a number of classes as a part of all, never rounded to none or all.

    The fraction is exact; one with a large denominator is left out.
    """
    if number in (0, shares.total):
        return "all" if number else "none"
    exact = Fraction(number, shares.total)
    percent = _percent(number, shares)
    return f"{exact}, {percent}" if exact.denominator <= _MOST_PARTS else percent


def _percent(number: int, shares: Shares) -> str:
    exact = Fraction(100 * number, shares.total)
    if exact < Fraction(1, 10):
        return "less than 0.1 %"
    if exact > Fraction(999, 10):
        return "more than 99.9 %"
    return f"{rounded_percentage(exact)} %"


def _dimensions(comparison: Comparison) -> Section:
    rows = [_dimension(each, comparison) for each in comparison.dimensions]
    return Section("Dimensions", [Table(("Dimension", "Verdict", "Examples"), rows)])


def _dimension(scope: ScopeComparison, comparison: Comparison) -> TableRow:
    verdict = scope.verdict.value if scope.verdict else "not known"
    examples = "; ".join(_examples(scope, comparison))
    text = f"{scope.title}: {verdict}"
    return TableRow(
        f"{text}; {examples}" if examples else text, (str(scope.title), verdict, examples)
    )


def _examples(scope: ScopeComparison, comparison: Comparison) -> Iterator[str]:
    for verb, proof in (("lost", scope.lost), ("gained", scope.gained)):
        if isinstance(proof, Witness):
            assert comparison.origin is not None, "a witness is made from an interview"
            titles = ", ".join(each.title for each in differing(proof, comparison.origin))
            like = _like(comparison.origin)
            yield f"{verb} with another answer to {titles}" if titles else f"{verb} by {like}"


def _not_shared(comparison: Comparison) -> Section:
    sides = (
        ("old", comparison.old, comparison.only_old),
        ("new", comparison.new, comparison.only_new),
    )
    items = [
        Item(f"only {ruleset.catalogue.reference} ({side}): {_named(ruleset, names)}")
        for side, ruleset, names in sides
        if names
    ]
    free = "An answer in only one of the catalogues is independent of all others."
    return Section("Questions in only one of the catalogues", [Items(items), Paragraph(free)])


def _named(ruleset: ComparedRuleset, names: Iterable[str]) -> str:
    titles = {name: each.title for name, each in ruleset.catalogue.asked.items()}
    titles |= {name: each.title for name, each in ruleset.catalogue.facts_asked.items()}
    return ", ".join(f"{titles.get(name, _CONDUCTED)} [{name}]" for name in names)


def _beyond(comparison: Comparison) -> Iterator[Item]:
    """Give each reason why something is beyond the method, with all that it concerns."""
    by_reason: dict[str, list[str]] = {}
    for compared in (comparison.label, *comparison.dimensions):
        for reason in dict.fromkeys(compared.beyond):
            scope = "the label" if compared.scope is None else str(compared.title)
            by_reason.setdefault(reason, []).append(scope)
    for reason, scopes in by_reason.items():
        yield Item(f"{', '.join(scopes)}: {reason}")
