"""A comparison of two rulesets on given interviews, as a section of a report."""

from __future__ import annotations

from ecei_rules.comparison.impact.corpus_outcomes import CriterionChange, OldOrNew
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.report.text.blocks import Grid, Item, Items, Paragraph, Section
from ecei_rules.report.text.wording import outcome_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.comparison.impact.corpus_outcomes import Cause, ChangedOutcome, CorpusComparison

_HOW = {
    CriterionChange.ADDED: "added",
    CriterionChange.REMOVED: "removed",
    CriterionChange.REQUIREMENT: "another requirement",
    CriterionChange.SEVERITY: "another severity",
    CriterionChange.SCOPE: "another dimension",
    CriterionChange.GRADINGS: "by the gradings",
    CriterionChange.QUESTIONS: "by the questions",
}


def corpus_section(comparison: CorpusComparison) -> Section:
    """
    Return the section on the interviews that two rulesets were compared on.

    It has the table of outcomes, old ones down and new ones across; for each kind of move
    the criteria that caused it and the interviews that move; and the interviews that were
    carried over, left out or not read.
    """
    old, new, count = comparison.old, comparison.new, _interviews(comparison.interviews)
    title = f"Outcomes of {count} under {old} (down) and {new} (across)"
    items = [*_moved(comparison), *_carried(comparison), *_not_compared(comparison)]
    return Section("On the interviews given", [Paragraph(title), _grid(comparison), Items(items)])


def _grid(comparison: CorpusComparison) -> Grid:
    counts = {(cell.old, cell.new): cell.interviews for cell in comparison.table}
    rows = [[counts[old, new] for new in LabelOutcome] for old in LabelOutcome]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    names = [*map(outcome_text, LabelOutcome), "total"]
    return Grid(
        ["", *names],
        [
            (name, *(f"{number:,}" for number in (*row, sum(row))))
            for name, row in zip(names, rows, strict=True)
        ],
    )


def _moved(comparison: CorpusComparison) -> Iterator[Item]:
    if not comparison.moved:
        yield Item("The outcome of no label changes.")
    for cell in comparison.table:
        if cell.interviews and cell.old is not cell.new:
            both = cell.old, cell.new
            before, after = map(outcome_text, both)
            causes = [each for each in comparison.causes if (each.old, each.new) == both]
            yield Item(
                f"From {before} to {after}: {_interviews(cell.interviews)}, due to",
                [Item(_cause(comparison, cause)) for cause in causes],
            )
            moves = [each for each in comparison.moves if (each.old, each.new) == both]
            rest = _rest(cell.interviews - len(moves))
            yield Item(
                f"Interviews that move from {before} to {after}", [*map(_move, moves), *rest]
            )


def _cause(comparison: CorpusComparison, cause: Cause) -> str:
    changed = {each.id: each for each in comparison.changed}[cause.criterion]
    how = ", ".join(_HOW[each] for each in changed.how)
    counts = [
        f"{words} in {count:,}"
        for words, count in (("alone", cause.alone), ("together with others", cause.together))
        if count
    ]
    return f"{changed.id} ({how}; {changed.basis.value}): {', '.join(counts)}"


def _move(move: ChangedOutcome) -> Item:
    who = f"{move.name} ({move.country}), interview of {move.on}, {move.where}"
    sets = ", or to ".join(map(_together, move.blame))
    return Item(f"{who}: due to {sets}")


def _together(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last} together" if others else last


def _carried(comparison: CorpusComparison) -> Iterator[Item]:
    references = {OldOrNew.OLD: comparison.old, OldOrNew.NEW: comparison.new}
    for group in comparison.held:
        if group.carried:
            under = " and ".join(references[side] for side in group.carried)
            yield Item(
                f"{_interviews(group.interviews)} held with {group.catalogue}: under {under} an"
                " answer counts if it fits the catalogue of the ruleset"
            )


def _not_compared(comparison: CorpusComparison) -> Iterator[Item]:
    for group in comparison.left_out:
        left = f"Left out, since neither ruleset judges {group.catalogue}: "
        yield Item(f"{left}{_interviews(group.interviews)}, the first in {group.first}")
    if comparison.unread:
        unread = "1 document" if comparison.unread == 1 else f"{comparison.unread:,} documents"
        broken = [
            Item(f"{documents.place}: {documents.first}{_further(documents.count - 1)}")
            for documents in comparison.broken
        ]
        rest = _rest(comparison.unread - len(broken))
        yield Item(f"Not read: {unread}", [*broken, *rest])


def _further(problems: int) -> str:
    return f" (and {number_of(problems, 'further problem')})" if problems else ""


def _rest(count: int) -> list[Item]:
    return [Item(f"{count:,} more, not listed")] if count else []


def _interviews(count: int) -> str:
    return "1 interview" if count == 1 else f"{count:,} interviews"
