"""The errors that this library raises on purpose."""

from __future__ import annotations

from ecei_rules.diagnostics.phrasing import near, number_of, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ecei_rules.diagnostics.problem import Problem


class EceiRulesError(Exception):
    """
    Base of every error that this library raises on purpose.

    Every error keeps its data in attributes, so it can be pickled and examined.
    """


class InvalidDocument(EceiRulesError):
    """
    A document has problems, and was not read.

    *name* is that of the document; *problems* are those of the first stage of reading
    that found any, in the order of the document. Source: docs/formats.md, "Reading, in
    five stages".
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

    Either the document is newer than the library or its `format` is mistyped.
    """


class NoRulesetInForce(EceiRulesError):
    """
    No ruleset of a label is in force on a day (docs/semantics.md, 5.5).

    *known* describes the rulesets of the label and their periods, one text each.
    """

    def __init__(self, label: str, day: date, known: Sequence[str]) -> None:
        super().__init__(label, day, tuple(known))
        self.label = label
        self.day = day
        self.known = tuple(known)

    def __str__(self) -> str:
        periods = "; ".join(self.known) if self.known else "the label has no ruleset"
        return f"no ruleset of {self.label} is in force on {self.day} ({periods})"


class UnknownEdition(EceiRulesError):
    """
    No catalogue or ruleset has the reference, such as `bronze@2019-11`.

    *known* are the references that would have been accepted.
    """

    def __init__(self, reference: str, known: Sequence[str]) -> None:
        super().__init__(reference, tuple(known))
        self.reference = reference
        self.known = tuple(known)

    def __str__(self) -> str:
        known = ", ".join(self.known) if self.known else "none"
        return f'there is no edition "{self.reference}" (known: {known})'


class WrongCatalogue(EceiRulesError):
    """
    An interview was held with another catalogue than the ruleset judges.

    An answer belongs to the question of its own edition, so it is not assessed as an
    answer to another one. The arguments are references such as `benchmarking@2019-11`;
    *judged* is the catalogue of the ruleset. Source: docs/semantics.md, 5.6.
    """

    def __init__(self, interview: str, ruleset: str, judged: str) -> None:
        super().__init__(interview, ruleset, judged)
        self.interview = interview
        self.ruleset = ruleset
        self.judged = judged

    def __str__(self) -> str:
        same = self.interview == self.judged
        judged = "a different catalogue of that name" if same else self.judged
        return f"the interview was held with {self.interview}, but {self.ruleset} judges {judged}"


class InvalidAnswers(EceiRulesError):
    """
    Answers of an interview do not fit the questions of its catalogue.

    Only an interview made in Python can have such answers, since a document with them is
    not read. *cluster* is the name of the organisation, *catalogue* a reference such as
    `benchmarking@2019-11`; *problems* are those that `check_interview` returns for answers.
    """

    def __init__(self, cluster: str, catalogue: str, problems: Sequence[Problem]) -> None:
        super().__init__(cluster, catalogue, tuple(problems))
        self.cluster = cluster
        self.catalogue = catalogue
        self.problems = tuple(problems)

    def __str__(self) -> str:
        heading = f"the answers of {quoted([self.cluster])} do not fit {self.catalogue}"
        return "\n".join([heading, *map(str, self.problems)])


class WrongBenchmark(EceiRulesError):
    """A benchmark was built under another ruleset than that of a report."""

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
    Catalogues or rulesets do not fit into one edition.

    Two have the same name, or two rulesets of one label are in force on one day, or
    leave an undeclared gap. *conflicts* describes each conflict. Source:
    docs/semantics.md, 5.4.
    """

    def __init__(self, conflicts: Sequence[str]) -> None:
        super().__init__(tuple(conflicts))
        self.conflicts = tuple(conflicts)

    def __str__(self) -> str:
        return "; ".join(self.conflicts)


class BeyondMethod(EceiRulesError):
    """
    An exact answer would take more work than the method allows.

    *what* names the question. The documents have no problem, and the answer is not
    estimated instead.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"{self.what} is beyond the method"


class UnknownIndicator(EceiRulesError):
    """An argument names an indicator that the catalogue does not ask."""

    def __init__(self, name: str, catalogue: str, known: Sequence[str]) -> None:
        super().__init__(name, catalogue, tuple(known))
        self.name = name
        self.catalogue = catalogue
        self.known = tuple(known)

    def __str__(self) -> str:
        hint = near(self.name, self.known)
        message = f'the catalogue {self.catalogue} asks no indicator "{self.name}"'
        return f"{message}; {hint}" if hint else message


class InvalidEffort(EceiRulesError):
    """
    The effort of an improvement is not an `int` or `Decimal` in its range.

    A `float` is refused since it is seldom the number that was written. *effort* is the
    value in the form of Python code.
    """

    def __init__(self, indicator: str, effort: str) -> None:
        super().__init__(indicator, effort)
        self.indicator = indicator
        self.effort = effort

    def __str__(self) -> str:
        return (
            f'the effort of "{self.indicator}" is an int or a Decimal above 0, at most a million'
            f" and of at most six decimals, such as Decimal('2.5'), not {self.effort}"
        )


class DifferentOrganisations(EceiRulesError):
    """
    Two assessments to compare are of different organisations.

    *before* and *after* are their names with the country, such as
    `Example Cluster (IT)`.
    """

    def __init__(self, before: str, after: str) -> None:
        super().__init__(before, after)
        self.before = before
        self.after = after

    def __str__(self) -> str:
        return f"the assessments are of two organisations: {self.before}, and {self.after}"


class DigestMismatch(EceiRulesError):
    """
    A document is not the one that was assessed.

    *document* describes it, *assessed* is the digest in the assessment, *found* that
    of the document. Source: docs/semantics.md, 7.3.
    """

    def __init__(self, document: str, assessed: str, found: str) -> None:
        super().__init__(document, assessed, found)
        self.document = document
        self.assessed = assessed
        self.found = found

    def __str__(self) -> str:
        digests = f"its digest is {self.found}, not {self.assessed}"
        return f"{self.document} is not the one that was assessed: {digests}"


# a traceback names an error by its public name, wherever it is defined
for _error in (
    EceiRulesError,
    InvalidDocument,
    UnsupportedFormat,
    NoRulesetInForce,
    UnknownEdition,
    WrongCatalogue,
    InvalidAnswers,
    WrongBenchmark,
    ConflictingEditions,
    BeyondMethod,
    UnknownIndicator,
    InvalidEffort,
    DifferentOrganisations,
    DigestMismatch,
):
    _error.__module__ = "ecei_rules"
