"""
docs/architecture.md: the map of the packages is true.

The list of places that handle each closed family is made from the source. After a `match`
was added or moved, write it anew and read the difference:

    python tests/test_architecture.py --write
"""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

import ecei_rules
from ecei_rules.evaluation.grounds import Grounds
from ecei_rules.interviews.catalogue import AnswerKind
from ecei_rules.rulesets.conditions import Condition
from ecei_rules.rulesets.criteria import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = Path(ecei_rules.__file__).parent
PAGE = ROOT / "docs" / "architecture.md"
SEMANTICS = ROOT / "docs" / "semantics.md"
FAMILIES = {
    "Answer kinds": AnswerKind,
    "Conditions": Condition,
    "Requirements": Requirement,
    "Evidence": Grounds,
}
BEGIN, END = "<!-- families: begin -->", "<!-- families: end -->"
#: Clauses that no line enforces, each with the reason.
NOT_IN_CODE: dict[str, str] = {}


@cache
def trees() -> dict[str, ast.Module]:
    """The syntax tree of each module, by its path below the package, without `.py`."""
    return {
        path.relative_to(PACKAGE).with_suffix("").as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def handlers(members: set[str]) -> dict[str, list[str]]:
    """The functions of each module that tell at least two members of a family apart."""
    by_module: dict[str, list[str]] = {}
    for module, tree in trees().items():
        for name, function in functions(tree):
            tested = {kind for node in ast.walk(function) for kind in classes_tested(node)}
            if len(tested & members) > 1:
                by_module.setdefault(module.replace("/", "."), []).append(name)
    return by_module


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and methods of a module, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            methods = (each for each in node.body if isinstance(each, ast.FunctionDef))
            yield from ((f"{node.name}.{method.name}", method) for method in methods)


def classes_tested(node: ast.AST) -> Iterator[str]:
    """The classes that a pattern or a call of `isinstance` tests for."""
    tested: list[ast.AST] = []
    if isinstance(node, ast.MatchClass):
        tested = [node.cls]
    elif isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
        tested = [part for part in ast.walk(node.args[1]) if isinstance(part, ast.Name)]
    for part in tested:
        yield ast.unparse(part)


def generated() -> str:
    """The part of the page that is made from the source."""
    sections = []
    for title, family in FAMILIES.items():
        members = {member.__name__ for member in get_args(family)}
        names = ", ".join(f"`{member.__name__}`" for member in get_args(family))
        places = [
            f"- `{module}`: {', '.join(f'`{name}`' for name in found)}\n"
            for module, found in handlers(members).items()
        ]
        sections.append(f"**{title}**: {names}.\n\n{''.join(places)}")
    return f"{BEGIN}\n\n" + "\n".join(sections) + f"\n{END}"


def shown() -> str:
    """The same part as it is on the page."""
    page = PAGE.read_text("utf-8")
    return page[page.index(BEGIN) : page.index(END) + len(END)]


def write() -> None:
    """Write the part that is made from the source anew."""
    page = PAGE.read_text("utf-8")
    PAGE.write_text(page.replace(shown(), generated()), encoding="utf-8", newline="\n")


def test_the_page_lists_every_place_that_handles_a_family() -> None:
    """
    Whoever adds a member of a family finds on the page what has to know it.
    """
    assert shown() == generated()


@pytest.mark.parametrize(
    "name",
    sorted(set(re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`", PAGE.read_text("utf-8")))),
)
def test_every_name_on_the_page_exists(name: str) -> None:
    """
    A module, a function, a class or one of its attributes, named from the package down; or
    a file of the repository.
    """
    assert (ROOT / name).exists() or (PACKAGE / name).exists() or resolves(name)


def resolves(name: str) -> bool:
    """Whether a dotted name leads to something in the package."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            value: object = import_module(".".join(["ecei_rules", *parts[:length]]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            value = getattr(value, part, None)
        return value is not None
    return False


def test_every_package_has_a_sentence() -> None:
    """
    The page gives each package the sentence that its docstring is.
    """
    page = " ".join(PAGE.read_text("utf-8").split())
    for folder in sorted(PACKAGE.iterdir()):
        init = folder / "__init__.py"
        if init.exists():
            sentence = ast.get_docstring(ast.parse(init.read_text("utf-8")))
            assert sentence is not None
            assert sentence in page, folder.name


def test_every_clause_is_named_where_it_is_enforced() -> None:
    """
    Who reads a clause of docs/semantics.md finds its code by searching for the number.
    """
    clauses = re.findall(r"^\*\*(\d+\.\d+)\*\*", SEMANTICS.read_text("utf-8"), re.MULTILINE)
    named: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        text = " ".join(path.read_text("utf-8").replace("#", " ").split())
        for cited in re.findall(
            r"docs/semantics\.md, (\d+\.\d+(?:(?:,| and| to) \d+\.\d+)*)", text
        ):
            named |= set(re.findall(r"\d+\.\d+", cited))

    assert [each for each in clauses if each not in named and each not in NOT_IN_CODE] == []
    assert [each for each in NOT_IN_CODE if each in named] == []
    assert named <= set(clauses)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    write()
