"""What two rulesets make of the same interviews, in words."""

from __future__ import annotations

import re
from textwrap import wrap

from ecei_rules.comparison.impact.corpus_outcomes import CriterionChange, OldOrNew
from ecei_rules.diagnostics.phrasing import number_of, visible
from ecei_rules.evaluation.assessment import LabelOutcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.comparison.impact.corpus_outcomes import Cause, ChangedOutcome, CorpusComparison

    #: A sentence, and what is listed below it.
    Part = tuple[str, list[str]]

WIDTH = 100
_OUTCOMES = {each: each.value.replace("_", " ") for each in LabelOutcome}
_HOW = {
    CriterionChange.ADDED: "added",
    CriterionChange.REMOVED: "removed",
    CriterionChange.REQUIREMENT: "asks for something else",
    CriterionChange.SEVERITY: "not of the same severity",
    CriterionChange.SCOPE: "about another dimension",
    CriterionChange.GRADINGS: "by the gradings",
    CriterionChange.QUESTIONS: "by the questions",
}
_MARKED = re.compile(r"([\\`*_\[\]<>|#~&!$])")


def corpus_lines(comparison: CorpusComparison) -> tuple[str, ...]:
    """
    A comparison on interviews for a terminal: no line has more than 100 columns.

    The table of outcomes, the old ones down and the new ones across; for each kind of
    move the criteria that are to blame and the interviews that move; what was carried
    over, left out, or could not be read.
    """
    heading, *rows = _table(comparison)
    widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
    lines = [*_wrapped(_title(comparison)), ""]
    for row in (heading, *rows):
        first, *numbers = map(str.rjust, row, widths)
        lines.append(f"  {first.strip().ljust(widths[0])}  {'  '.join(numbers)}")
    for sentence, items in _parts(comparison):
        lines += ["", *_wrapped(sentence)]
        lines += [line for each in items for line in _wrapped(each, "  - ")]
    return tuple(lines)


def corpus_markdown(comparison: CorpusComparison) -> str:
    """
    The same as `corpus_lines` in Markdown, without a heading.

    What documents say is escaped, so that no name in them becomes a link or a tag.
    """
    heading, *rows = _table(comparison)
    table = [heading, ["---", *("---:" for _ in heading[1:])], *rows]
    parts = [
        [_escaped(_title(comparison))],
        [f"| {' | '.join(row)} |" for row in table],
    ]
    for sentence, items in _parts(comparison):
        parts.append([_escaped(sentence)])
        parts += [[f"- {_escaped(each)}" for each in items]] if items else []
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _title(comparison: CorpusComparison) -> str:
    old, new, count = comparison.old, comparison.new, _interviews(comparison.interviews)
    return f"Outcomes of {count} under {old} (down) and {new} (across)"


def _table(comparison: CorpusComparison) -> list[list[str]]:
    counts = {(each.old, each.new): each.interviews for each in comparison.table}
    rows = [[counts[old, new] for new in LabelOutcome] for old in LabelOutcome]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    names = [*_OUTCOMES.values(), "total"]
    numbers = [[f"{each:,}" for each in (*row, sum(row))] for row in rows]
    return [
        ["", *names],
        *([name, *row] for name, row in zip(names, numbers, strict=True)),
    ]


def _parts(comparison: CorpusComparison) -> Iterator[Part]:
    if not comparison.moved:
        yield "No label comes out otherwise.", []
    for cell in comparison.table:
        if cell.interviews and cell.old is not cell.new:
            both = cell.old, cell.new
            before, after = (_OUTCOMES[each] for each in both)
            causes = [each for each in comparison.causes if (each.old, each.new) == both]
            changed = f"From {before} to {after}: {_interviews(cell.interviews)}, due to"
            yield changed, [_cause(comparison, each) for each in causes]
            moves = [each for each in comparison.moves if (each.old, each.new) == both]
            items = [*map(_move, moves), *_rest(cell.interviews - len(moves))]
            yield f"Who moves from {before} to {after}", items
    yield from _carried(comparison)
    for each in comparison.left_out:
        left = f"Left out, since neither ruleset judges {each.catalogue}: "
        yield f"{left}{_interviews(each.interviews)}, the first in {each.first}", []
    if comparison.unread:
        unread = "1 document" if comparison.unread == 1 else f"{comparison.unread:,} documents"
        broken = [f"{e.place}: {e.first}{_further(e.count - 1)}" for e in comparison.broken]
        rest = _rest(comparison.unread - len(broken))
        yield f"Not read: {unread}", [*broken, *rest]


def _further(problems: int) -> str:
    return f" (and {number_of(problems, 'further problem')})" if problems else ""


def _rest(count: int) -> list[str]:
    return [f"{count:,} more, not listed"] if count else []


def _cause(comparison: CorpusComparison, cause: Cause) -> str:
    changed = {each.id: each for each in comparison.changed}[cause.criterion]
    how = ", ".join(_HOW[each] for each in changed.how)
    counts = [
        f"{words} in {count:,}"
        for words, count in (("alone", cause.alone), ("together with others", cause.together))
        if count
    ]
    return f"{changed.id} ({how}; {changed.basis.value}): {', '.join(counts)}"


def _move(move: ChangedOutcome) -> str:
    who = f"{move.name} ({move.country}), interview of {move.on}, {move.where}"
    sets = ", or to ".join(map(_together, move.blame))
    return f"{who}: due to {sets}"


def _together(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last} together" if others else last


def _carried(comparison: CorpusComparison) -> Iterator[Part]:
    references = {OldOrNew.OLD: comparison.old, OldOrNew.NEW: comparison.new}
    for each in comparison.held:
        if each.carried:
            under = " and ".join(references[side] for side in each.carried)
            held = f"{_interviews(each.interviews)} held with {each.catalogue}"
            judged = "the catalogue that is judged there"
            yield f"{held}: under {under} answers count as far as they fit {judged}", []


def _interviews(count: int) -> str:
    return "1 interview" if count == 1 else f"{count:,} interviews"


def _wrapped(text: str, mark: str = "") -> list[str]:
    margin = " " * len(mark)
    return wrap(
        visible(text),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )


def _escaped(text: str) -> str:
    return _MARKED.sub(r"\\\1", visible(text))
