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
    Row,
    Section,
    Table,
    as_markdown,
    as_text,
)
from ecei_rules.report.text.changes import change_sections
from ecei_rules.report.text.corpus import corpus_lines, corpus_markdown
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

#: The largest whole that a fraction is said of beside the numbers themselves.
_GRASPED = 9999
_NOT_OFFICIAL = (
    "NOT OFFICIAL: illustrative values of this project decide here, not the scheme owner's."
)
_CLASSES = {
    ChangeClass.EDITORIAL: "the wording alone differs, or how sure a rule is; no outcome does,"
    " and no day.",
    ChangeClass.HOLDER_SAFE: "nobody who has the label can lose it, or hold it for a shorter time.",
    ChangeClass.INCOMPARABLE: "each ruleset awards interviews that the other one refuses.",
}
_NOT_KNOWN = "it cannot be said which interviews gain the label or lose it."
_VERDICTS = {
    Verdict.EQUIVALENT: "Both rulesets award the same interviews.",
    Verdict.STRICTER: "The new ruleset refuses interviews that the old one awards, and awards"
    " none that the old one refuses.",
    Verdict.LOOSER: "The new ruleset awards interviews that the old one refuses, and refuses"
    " none that the old one awards.",
    Verdict.INCOMPARABLE: "Each ruleset awards interviews that the other one refuses.",
}
_SIZES = (
    "These are sizes and no likelihoods: nothing is said of how many organisations answer in"
    " one way or another."
)


_ON_INTERVIEWS = "On the interviews given"


def explain_comparison(comparison: Comparison) -> str:
    """
    Say a comparison in words, for those who must obey the new ruleset and did not write it.

    What kind of change it is; who loses the label and who gains it, with an example or
    with what excludes it; the dimensions; the days; and what differs part by part. No
    line has more than 100 columns.
    """
    said = as_text(_report(comparison))
    if comparison.corpus is None:
        return said
    return "\n".join([said, _ON_INTERVIEWS, *corpus_lines(comparison.corpus), ""])


def markdown_comparison(comparison: Comparison) -> str:
    """Say the same as `explain_comparison`, as Markdown with headings and tables."""
    said = as_markdown(_report(comparison))
    if comparison.corpus is None:
        return said
    return f"{said}\n## {_ON_INTERVIEWS}\n\n{corpus_markdown(comparison.corpus)}"


def _report(comparison: Comparison) -> Report:
    old, new = comparison.old.reference, comparison.new.reference
    return Report(
        f"{old} (old) compared with {new} (new): {comparison.change_class.value}",
        _notice(comparison),
        _introduction(comparison),
        _sections(comparison),
    )


def _notice(comparison: Comparison) -> str:
    sides = comparison.old, comparison.new
    basis = weakest(each.basis for each in sides)
    if basis is Basis.ILLUSTRATIVE:
        return _NOT_OFFICIAL
    others = weakest(each.weakest for each in sides) is Basis.ILLUSTRATIVE
    said = f"The rules that decide are {basis.value}"
    return f"{said}; other values are illustrative, not official." if others else f"{said}."


def _introduction(comparison: Comparison) -> str:
    titles = dict.fromkeys(str(each.title) for each in (comparison.old, comparison.new))
    held = f"{'; '.join(titles)}. Outcomes are those of complete interviews held on {comparison.on}"
    origin = comparison.origin
    if origin is None:
        return f"{held}."
    if not origin.given:
        return f"{held}; examples differ from the best interview in as few answers as possible."
    name = origin.new.cluster.name
    return (
        f"{held}; examples differ from the interview of {name} in as few answers as possible,"
        " and what it leaves open is answered in the best way."
    )


def _sections(comparison: Comparison) -> Iterator[Section]:
    sentences = " ".join(f"{said[0].upper()}{said[1:]}" for said in _class_words(comparison))
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
        yield Section("Beyond the method, and so not said", [Items(beyond)])


def _class_words(comparison: Comparison) -> Iterator[str]:
    """The reason for the class first, then what else weighs on those who have the label."""
    found = comparison.change_class
    match found:
        case ChangeClass.EDITORIAL if not comparison.changes:
            yield "nothing differs."
        case ChangeClass.EDITORIAL | ChangeClass.HOLDER_SAFE:
            yield _CLASSES[found]
        case ChangeClass.INCOMPARABLE:
            yield _CLASSES[found] if comparison.label.verdict else _NOT_KNOWN
        case ChangeClass.HOLDER_AFFECTING | ChangeClass.DATA_BREAKING:
            pass
        case unreachable:
            assert_never(unreachable)
    if comparison.missing:
        names = _named(comparison.new, comparison.missing)
        yield f"interviews that were enough lack answers that the new ruleset needs: {names}."
    if comparison.label.verdict is Verdict.STRICTER:
        yield "somebody who has the label can lose it."
    if comparison.validity.shortens:
        yield "a label can end earlier, or be renewable for a shorter time."


def _label(comparison: Comparison) -> Section:
    label = comparison.label
    said = label.verdict.value if label.verdict else "not known"
    blocks: list[Paragraph | Items] = []
    if label.verdict:
        blocks.append(Paragraph(_VERDICTS[label.verdict]))
    found = (
        ("Who loses it", label.lost, comparison.new),
        ("Who gains it", label.gained, comparison.old),
    )
    items = (
        item for who, each, refusing in found for item in _who(who, each, refusing, comparison)
    )
    blocks.append(Items(items))
    return Section(f"The label: {said}", blocks)


def _who(
    who: str,
    found: Witness | Certificate | None,
    refusing: ComparedRuleset,
    comparison: Comparison,
) -> Iterator[Item]:
    if found is None:
        yield Item(f"{who}: not known")
    elif isinstance(found, Witness):
        assert comparison.origin is not None, "a witness is made from an interview"
        answers = [Item(str(each)) for each in differing(found, comparison.origin)]
        like = _like(comparison.origin)
        if answers:
            yield Item(f"{who}: for example {like} with", answers)
        else:
            yield Item(f"{who}: for example {like} as it is")
        missed = (each for each in refusing.criteria if each.id in found.fails)
        yield Item(
            f"It misses what {refusing.reference} requires",
            [Item(f"{each.title} [{each.id}]") for each in missed],
        )
    elif found.proofs:
        met = f"whatever {found.awarded_by} awards meets all that {found.not_refused_by} requires"
        yield Item(f"{who}: nobody; {met}", _proved(found))
    else:
        yield Item(f"{who}: nobody; {found.not_refused_by} requires nothing")


def _like(origin: Origin) -> str:
    return f"the interview of {origin.new.cluster.name}" if origin.given else "the best interview"


def _proved(certificate: Certificate) -> Iterator[Item]:
    """Why each criterion holds, those with the same reason together."""
    free = [each.criterion for each in certificate.proofs if not each.by]
    same = [each.criterion for each in certificate.proofs if each.by == (each.criterion,)]
    if free:
        yield Item(f"every complete interview meets {', '.join(free)}")
    if same:
        asked = f"{certificate.awarded_by} requires as much under the same name"
        yield Item(f"{asked}: {', '.join(same)}")
    for each in certificate.proofs:
        if each.criterion not in (*free, *same):
            by = f"{', '.join(each.by)} of {certificate.awarded_by}"
            yield Item(f"{each.criterion} follows from {by}")


def _shares(shares: Shares) -> Section:
    named = (
        ("awarded by both", shares.both),
        ("awarded by the old ruleset alone", shares.old_only),
        ("awarded by the new ruleset alone", shares.new_only),
        ("awarded by neither", shares.neither),
    )
    rows = [
        Row(f"{who}: {_share(number, shares)}", (who, f"{number:,}", _portion(number, shares)))
        for who, number in named
    ]
    ways = f"There are {shares.total:,} ways to answer that the two rulesets can tell apart."
    table = Table(("Interviews", "Ways to answer", "Share"), rows)
    return Section("How many", [Paragraph(ways), table, Paragraph(_SIZES)])


def _share(number: int, shares: Shares) -> str:
    portion = _portion(number, shares)
    return f"{number:,} ({portion})" if number else portion


def _portion(number: int, shares: Shares) -> str:
    """
    A number of classes as a part of all, never rounded up to it.

    The fraction is exact; where it is hard to grasp it is left out.
    """
    if number in (0, shares.total):
        return "all" if number else "none"
    exact = Fraction(number, shares.total)
    percent = _percent(number, shares)
    return f"{exact}, {percent}" if exact.denominator <= _GRASPED else percent


def _percent(number: int, shares: Shares) -> str:
    if 0 < 1000 * number < shares.total:
        return "less than 0.1 %"
    return f"{shares.percent(number)} %"


def _dimensions(comparison: Comparison) -> Section:
    rows = [_dimension(each, comparison) for each in comparison.dimensions]
    return Section("Dimensions", [Table(("Dimension", "Verdict", "Examples"), rows)])


def _dimension(scope: ScopeComparison, comparison: Comparison) -> Row:
    verdict = scope.verdict.value if scope.verdict else "not known"
    examples = "; ".join(_examples(scope, comparison))
    text = f"{scope.title}: {verdict}"
    return Row(f"{text}; {examples}" if examples else text, (str(scope.title), verdict, examples))


def _examples(scope: ScopeComparison, comparison: Comparison) -> Iterator[str]:
    for verb, found in (("lost", scope.lost), ("gained", scope.gained)):
        if isinstance(found, Witness):
            assert comparison.origin is not None, "a witness is made from an interview"
            titles = ", ".join(each.title for each in differing(found, comparison.origin))
            like = _like(comparison.origin)
            yield f"{verb} with another answer to {titles}" if titles else f"{verb} by {like}"


def _not_shared(comparison: Comparison) -> Section:
    sides = (
        ("old", comparison.old, comparison.only_old),
        ("new", comparison.new, comparison.only_new),
    )
    items = [
        Item(f"only {one.catalogue.reference} ({side}): {_named(one, names)}")
        for side, one, names in sides
        if names
    ]
    free = "An answer that only one of the two asks for can be any, whatever the others are."
    return Section("What only one of the catalogues asks", [Items(items), Paragraph(free)])


def _named(ruleset: ComparedRuleset, names: Iterable[str]) -> str:
    titles = {name: each.title for name, each in ruleset.catalogue.asked.items()}
    titles |= {name: each.title for name, each in ruleset.catalogue.facts_asked.items()}
    return ", ".join(f"{titles[name]} [{name}]" for name in names)


def _beyond(comparison: Comparison) -> Iterator[Item]:
    """What is beyond the method, and why, each reason once."""
    why: dict[str, list[str]] = {}
    for each in (comparison.label, *comparison.dimensions):
        for reason in dict.fromkeys(each.beyond):
            scope = "the label" if each.scope is None else str(each.title)
            why.setdefault(reason, []).append(scope)
    for reason, scopes in why.items():
        yield Item(f"{', '.join(scopes)}: {reason}")
