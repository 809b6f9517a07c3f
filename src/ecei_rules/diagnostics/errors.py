"""The errors this library raises on purpose."""

from __future__ import annotations

from ecei_rules.diagnostics.phrasing import near, number_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ecei_rules.diagnostics.problem import Problem


class EceiRulesError(Exception):
    """Base of every error this library raises on purpose."""


class InvalidDocument(EceiRulesError):
    """
    A document is not what it should be.

    *problems* are all that were found, in the order of the document. Nothing of
    the document was used.
    """

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        super().__init__(name, tuple(problems))
        self.name = name
        self.problems = tuple(problems)

    def __str__(self) -> str:
        count = number_of(len(self.problems), "problem")
        return "\n".join([f"{self.name} has {count}", *map(str, self.problems)])


class UnsupportedFormat(InvalidDocument):
    """
    A document names a major version of its format that this library does not know.

    Either the document is newer than the library or its `format` is mistyped; what
    another major version means cannot be guessed.
    """


class NoRulesetInForce(EceiRulesError):
    """
    No ruleset of a label is in force on a day.

    *known* describes the periods there are, one text each.
    """

    def __init__(self, label: str, day: date, known: Sequence[str]) -> None:
        super().__init__(label, day, tuple(known))
        self.label = label
        self.day = day
        self.known = tuple(known)

    def __str__(self) -> str:
        there = "; ".join(self.known) if self.known else "there is none at all"
        return f"no ruleset of {self.label} is in force on {self.day} ({there})"


class UnknownEdition(EceiRulesError):
    """
    A reference such as `bronze@2019-11` names nothing that is there.

    *known* are the references that would have been understood.
    """

    def __init__(self, reference: str, known: Sequence[str]) -> None:
        super().__init__(reference, tuple(known))
        self.reference = reference
        self.known = tuple(known)

    def __str__(self) -> str:
        there = ", ".join(self.known) if self.known else "none"
        return f'there is no edition "{self.reference}" (known: {there})'


class WrongCatalogue(EceiRulesError):
    """
    An interview was held with another catalogue than a ruleset judges.

    An answer means what the question of its own edition asked, so it is not read
    against another one.
    """

    def __init__(self, interview: str, ruleset: str, judged: str) -> None:
        super().__init__(interview, ruleset, judged)
        self.interview = interview
        self.ruleset = ruleset
        self.judged = judged

    def __str__(self) -> str:
        other = "another one of that name" if self.interview == self.judged else self.judged
        return f"the interview was held with {self.interview}, but {self.ruleset} judges {other}"


class WrongBenchmark(EceiRulesError):
    """A benchmark was made under another ruleset than the one that a report is about."""

    def __init__(self, benchmark: str, ruleset: str) -> None:
        super().__init__(benchmark, ruleset)
        self.benchmark = benchmark
        self.ruleset = ruleset

    def __str__(self) -> str:
        return (
            f"the benchmark was made under {self.benchmark}, and the report is about {self.ruleset}"
        )


class ConflictingEditions(EceiRulesError):
    """
    Catalogues or rulesets cannot stand in one place together.

    Two have the same name, or two rulesets of one label would be in force on one day,
    or leave an undeclared gap. *conflicts* says which and when, one text each.
    """

    def __init__(self, conflicts: Sequence[str]) -> None:
        super().__init__(tuple(conflicts))
        self.conflicts = tuple(conflicts)

    def __str__(self) -> str:
        return "; ".join(self.conflicts)


class BeyondMethod(EceiRulesError):
    """
    A question is beyond the method that would answer it exactly.

    *what* says which question. Nothing is wrong with what it is asked about, and
    nothing is guessed in place of the answer.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"{self.what} is beyond the method"


class UnknownIndicator(EceiRulesError):
    """A call names an indicator that the catalogue does not ask."""

    def __init__(self, name: str, catalogue: str, known: Sequence[str]) -> None:
        super().__init__(name, catalogue, tuple(known))
        self.name = name
        self.catalogue = catalogue
        self.known = tuple(known)

    def __str__(self) -> str:
        hint = near(self.name, self.known)
        said = f'the catalogue {self.catalogue} asks no indicator "{self.name}"'
        return f"{said}; {hint}" if hint else said


class DifferentOrganisations(EceiRulesError):
    """
    Two assessments that are compared are not of one organisation.

    *before* and *after* are their names with the country, as `Example Cluster (IT)`.
    """

    def __init__(self, before: str, after: str) -> None:
        super().__init__(before, after)
        self.before = before
        self.after = after

    def __str__(self) -> str:
        return f"the assessments are of two organisations: {self.before}, and {self.after}"


class DigestMismatch(EceiRulesError):
    """
    A document is not the one that an assessment was made of.

    *document* says which, *assessed* is the digest in the assessment, *found* that of
    the document.
    """

    def __init__(self, document: str, assessed: str, found: str) -> None:
        super().__init__(document, assessed, found)
        self.document = document
        self.assessed = assessed
        self.found = found

    def __str__(self) -> str:
        differ = f"its digest is {self.found}, not {self.assessed}"
        return f"{self.document} is not the one that was assessed: {differ}"
