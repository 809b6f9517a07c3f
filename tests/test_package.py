"""The package: public names, imports, shipped editions, schemas, docstrings."""

from __future__ import annotations

import ast
import doctest
import hashlib
import json
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, ClassVar

import pytest
from jsonschema import Draft202012Validator
from paths import CASES, EXAMPLES, ROOT

import ecei_rules as er
from ecei_rules import _modules, _public
from ecei_rules.diagnostics.phrasing import near
from ecei_rules.documents.resources import RULESETS, SCHEMAS

MODULES = sorted(
    each.name
    for each in pkgutil.walk_packages(er.__path__, "ecei_rules.")
    if "__main__" not in each.name
)
DOCUMENT_SCHEMAS = sorted(SCHEMAS.glob("*.json"))
INTERVIEW_SCHEMAS = sorted(SCHEMAS.glob("interviews/*.json"))


def run(code: str) -> str:
    """Return the output of a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout.strip()


class TestPublicNames:
    """docs/python.md: the public names are those that the package lists."""

    def test_every_public_name_exists(self) -> None:
        """
        The package has each name in the list, and the list is sorted.
        """
        assert all(hasattr(er, name) for name in er.__all__)
        assert sorted(er.__all__, key=lambda n: (not n.isupper(), not n[0].isupper(), n)) == list(
            er.__all__
        )
        assert set(er.__all__) <= set(dir(er))

    def test_no_public_name_is_a_module_too(self) -> None:
        """
        An imported module of the same name would replace the name.
        """
        assert not {f"ecei_rules.{name}" for name in er.__all__} & set(MODULES)

    def test_unknown_name_is_an_attribute_error(self) -> None:
        """
        A mistyped name fails as in any module.
        """
        with pytest.raises(AttributeError, match=r"^module 'ecei_rules' has no attribute 'asess'$"):
            _ = er.asess

    def test_star_import_has_the_public_names(self) -> None:
        """
        The names are loaded with their first use, by any form of import.
        """
        assert (
            run("from ecei_rules import *; print(assess.__module__)")
            == "ecei_rules.evaluation.assess"
        )

    def test_names_are_loaded_from_where_type_checkers_find_them(self) -> None:
        """
        The module of each name is the one that the list imports it from.
        """
        tree = ast.parse(Path(_public.__file__).read_text(encoding="utf-8"))
        imported = {
            alias.name: f"{node.module}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

        assert imported == {name: f"ecei_rules.{at}" for name, at in _modules.MODULES.items()}
        assert list(_public.__all__) == er.__all__
        assert set(er.__all__) == set(imported)

    def test_name_is_looked_up_once(self) -> None:
        """
        Using a name again costs no more than that of any module.
        """
        shown = run(
            "import ecei_rules as er\n"
            "before = 'assess' in vars(er)\n"
            "er.assess\n"
            "print(before, 'assess' in vars(er), 'explain' in vars(er))"
        )

        assert shown == "False True False"

    def test_docs_page_has_every_public_name(self) -> None:
        """
        docs/python.md lists every public name.
        """
        page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")

        assert [name for name in er.__all__ if not re.search(rf"`{name}\b", page)] == []


class TestImports:
    """Importing is quick: heavy modules are imported with their first use."""

    @pytest.mark.parametrize("code", ["import ecei_rules", "import ecei_rules as er; er.assess"])
    def test_neither_jsonschema_nor_cattrs_is_imported(self, code: str) -> None:
        """
        Importing the library, or a name from it, imports neither.
        """
        shown = run(f"{code}; import sys; print({{'jsonschema', 'cattrs'}} & set(sys.modules))")

        assert shown == "set()"

    def test_help_imports_no_more_than_argparse(self) -> None:
        """
        `--help` starts without the values and the rules.
        """
        shown = run(
            "import sys\n"
            "before = set(sys.modules)\n"
            "from ecei_rules.cli.main import main\n"
            "try: main(['--help'])\n"
            "except SystemExit: pass\n"
            "heavy = {'attrs', 'attr', 'typing', 'json', 'ecei_rules.interviews.catalogue'}\n"
            "print(heavy & (set(sys.modules) - before))"
        )

        assert shown.endswith("set()")

    def test_reading_a_valid_interview_needs_neither(self) -> None:
        """
        The schema and the converter only explain the problems of a refused document.
        """
        path = str(EXAMPLES / "awarded.json")
        shown = run(
            f"import sys, ecei_rules as er; er.load_interview({path!r});"
            "print({'jsonschema', 'cattrs'} & set(sys.modules))"
        )

        assert shown == "set()"

    @pytest.mark.parametrize("command", ["assess", "validate"])
    def test_command_reads_no_more_than_it_needs(self, command: str) -> None:
        """
        No ruleset of another label is read, and nothing of the analysis of rulesets.
        """
        path = str(EXAMPLES / "awarded.json")
        shown = run(
            "import sys\n"
            "from ecei_rules.cli.main import main\n"
            f"main([{command!r}, {path!r}])\n"
            "from ecei_rules.documents import shipped\n"
            "review = 'ecei_rules.analysis.checks.interview_review'\n"
            "print(shipped._ruleset.cache_info().currsize)\n"
            "analysis = {m for m in sys.modules if m.startswith('ecei_rules.analysis.')}\n"
            "print(analysis - {'ecei_rules.analysis.checks', review})"
        )

        assert shown.splitlines()[-2:] == ["1", "set()"]


class TestShippedEditions:
    """Published editions never change, and their descriptions are true."""

    #: The digest of each edition, and the SHA-256 of the bytes that were published.
    PUBLISHED: dict[str, dict[str, str]] = json.loads(
        (CASES / "editions.json").read_text(encoding="utf-8")
    )
    #: The editions whose texts have changed since.
    REWORDED: ClassVar[set[str]] = set()

    def test_content_of_every_edition_is_unchanged(self) -> None:
        """
        docs/semantics.md, 7.2: nothing of a shipped edition changes but its texts.
        """
        editions = [*er.shipped().catalogues, *er.shipped().rulesets]

        assert {each.reference: er.digest(each) for each in editions} == {
            reference: published["digest"] for reference, published in self.PUBLISHED.items()
        }

    def test_texts_of_other_editions_are_unchanged(self) -> None:
        """
        An edition whose texts change is listed.
        """
        changed = {
            f"{path.parent.name}@{path.stem}"
            if path.parent.name != "catalogues"
            else "@".join(path.stem.split("-", 1))
            for path in RULESETS.rglob("*.json")
            if hashlib.sha256(path.read_bytes()).hexdigest()
            not in {published["bytes"] for published in self.PUBLISHED.values()}
        }

        assert changed == self.REWORDED

    @pytest.mark.parametrize("path", sorted((ROOT / "rulesets").rglob("*.json")), ids=str)
    def test_every_edition_has_no_problems(self, path: Path) -> None:
        """
        Each edition passes all stages of reading.
        """
        from ecei_rules._files import read_document
        from ecei_rules.documents.shape import shape_problems

        text = path.read_bytes()
        kind = "catalogue" if path.parent.name == "catalogues" else "ruleset"

        read_document(text)

        assert list(shape_problems(kind, json.loads(text))) == []

    @pytest.mark.parametrize("version", ["2010-11", "2019-11"])
    def test_a_catalogue_has_36_indicators_in_six_dimensions(self, version: str) -> None:
        """
        "The interview covers 36 indicators" (https://www.cluster-analysis.org/benchmarked-clusters).
        """
        catalogue = er.shipped().catalogue("benchmarking", version)

        assert len(catalogue.asked) == len(catalogue.indicators) == 36
        assert [each.id for each in catalogue.dimensions] == [
            "structure",
            "governance",
            "financing",
            "services",
            "contacts",
            "achievements",
        ]
        assert all(catalogue.within(each.id) for each in catalogue.dimensions)

    @pytest.mark.parametrize("version", ["2010-11", "2019-11"])
    def test_ruleset_grades_and_advises_on_every_indicator(self, version: str) -> None:
        """
        All 36 have the three grades of the reports, and a recommendation.
        """
        ruleset = er.shipped().ruleset("bronze", version=version)

        assert ruleset.scale == ("improvable", "reasonable", "excellent")
        assert list(ruleset.grading) == list(ruleset.catalogue.asked)
        for name in ruleset.catalogue.asked:
            grades = [each.grade for each in ruleset.grading[name].grades]
            assert grades == ["excellent", "reasonable", "improvable"]
        assert set(ruleset.recommendations) == {
            *ruleset.catalogue.asked,
            *ruleset.catalogue.facts_asked,
        }

    @pytest.mark.parametrize("version", ["2010-11", "2019-11"])
    def test_no_threshold_is_presented_as_official(self, version: str) -> None:
        """
        Gradings have no source and are marked so; documented and inferred rules name
        their source.
        """
        ruleset = er.shipped().ruleset("bronze", version=version)
        validity = ruleset.validity
        stated = [each.provenance for each in ruleset.criteria]
        stated += [each.provenance for each in (validity.first, validity.renewal) if each]

        assert {g.provenance.status for g in ruleset.grading.values()} == {er.Basis.ILLUSTRATIVE}
        for each in stated:
            assert each.status is er.Basis.ILLUSTRATIVE or each.sources

    def test_recommendations_point_to_the_31_quality_indicators(self) -> None:
        """
        The ids that recommendations are aligned with are in the table of all 31.
        """
        page = (ROOT / "docs" / "alignment.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (\d(?:\.\d)+) \|.*?`([a-z-]+)`", page, re.MULTILINE)
        aligned = {
            each
            for ruleset in er.shipped().rulesets
            for advice in ruleset.recommendations.values()
            for each in advice.aligned_with
        }

        assert len(rows) == len({number for number, _ in rows}) == 31
        assert aligned <= {f"quality:{name}" for _, name in rows}


class TestSchemas:
    """docs/formats.md: the form of a published schema."""

    @pytest.mark.parametrize("path", [*DOCUMENT_SCHEMAS, *INTERVIEW_SCHEMAS], ids=str)
    def test_schema_leads_to_exact_places(self, path: Path) -> None:
        """
        It has no `oneOf`, nothing remote, no unknown members, and no patterns that some
        regular expressions lack.
        """
        schema = json.loads(path.read_text(encoding="utf-8"))

        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        for each in _schemas(schema):
            assert "oneOf" not in each
            assert each.get("$ref", "#/").startswith("#/")
            assert "(?" not in each.get("pattern", "")
            if each.get("type") == "object" and "properties" in each and "allOf" not in each:
                assert each["additionalProperties"] is False
                assert each["patternProperties"] == {"^x-": True}

    def test_interview_schemas_are_up_to_date(self) -> None:
        """
        The written schemas are those of the shipped catalogues.
        """
        written = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in INTERVIEW_SCHEMAS}

        assert written == {
            f"{each.id}-{each.version}": er.interview_schema(each)
            for each in er.shipped().catalogues
        }

    def test_documents_name_existing_schemas(self) -> None:
        """
        An editor can follow `$schema` of a shipped document to a file.
        """
        for path in [*(ROOT / "rulesets").rglob("*.json"), *EXAMPLES.glob("*.json")]:
            named = json.loads(path.read_text(encoding="utf-8"))["$schema"]
            assert (path.parent / named).is_file(), path


def _schemas(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, dict):
        return [schema, *(one for each in schema.values() for one in _schemas(each))]
    if isinstance(schema, list):
        return [one for each in schema for one in _schemas(each)]
    return []


class TestCodes:
    """Every problem and every change has a code, and every code an explanation."""

    def test_no_code_lacks_an_explanation_and_none_is_unused(self) -> None:
        """
        The codes in the source are those with an explanation.
        """
        from ecei_rules.diagnostics.codes import CHANGE_CODES, PROBLEM_CODES

        used = set()
        for name in MODULES:
            if name != "ecei_rules.diagnostics.codes":
                source = Path(str(import_module(name).__file__)).read_text(encoding="utf-8")
                used |= set(re.findall(r'"(ECEI\d{3})"', source))

        assert used == {*PROBLEM_CODES, *CHANGE_CODES}


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    """
    The output of an example is the printed one.
    """
    failed, _ = doctest.testmod(import_module(name))

    assert failed == 0


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_examples_in_the_docs_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The output of an example is the printed one, in the folder of the repository.
    """
    monkeypatch.chdir(ROOT)

    failed, _ = doctest.testfile(str(page), module_relative=False, encoding="utf-8")

    assert failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_public_names_have_docstrings(name: str) -> None:
    """
    Every module, and every public class and function in it, has a docstring.
    """
    tree = ast.parse(Path(str(import_module(name).__file__)).read_text(encoding="utf-8"))

    bare = [
        each.name
        for each in tree.body
        if isinstance(each, ast.ClassDef | ast.FunctionDef)
        and not each.name.startswith("_")
        and not ast.get_docstring(each)
    ]

    assert ast.get_docstring(tree)
    assert bare == []


class TestLayout:
    """A file is one subject, and a folder can be taken in at a glance."""

    PACKAGE = Path(er.__file__).parent
    #: The one folder that may hold more modules: each of them is a command.
    COMMANDS = PACKAGE / "cli" / "commands"

    def test_a_file_is_one_subject(self) -> None:
        """
        No module has more than 400 lines.
        """
        lengths = {path: lines_of(path) for path in self.PACKAGE.rglob("*.py")}

        assert {path: length for path, length in lengths.items() if length > 400} == {}

    def test_a_file_of_tests_is_one_subject_too(self) -> None:
        """
        No file of tests has more than 600 lines.
        """
        lengths = {path: lines_of(path) for path in (ROOT / "tests").rglob("*.py")}

        assert {path: length for path, length in lengths.items() if length > 600} == {}

    def test_a_folder_has_few_modules(self) -> None:
        """
        No folder has more than twelve modules beside its `__init__`.
        """
        modules = [path for path in self.PACKAGE.rglob("*.py") if path.name != "__init__.py"]
        counts = Counter(path.parent for path in modules)
        del counts[self.COMMANDS]

        assert {folder: count for folder, count in counts.items() if count > 12} == {}

    def test_the_top_holds_packages(self) -> None:
        """
        Beside them there is only what belongs to none of them.
        """
        names = {path.name for path in self.PACKAGE.iterdir()} - {"__pycache__"}

        assert {name for name in names if "." not in name} == {
            "analysis",
            "benchmark",
            "cli",
            "comparison",
            "diagnostics",
            "documents",
            "evaluation",
            "interviews",
            "planning",
            "register",
            "report",
            "rulesets",
            "spreadsheets",
        }
        assert {name for name in names if "." in name} == {
            "__init__.py",
            "__main__.py",
            "_files.py",
            "_modules.py",
            "_public.py",
            "_readers.py",
            "_version.py",
            "py.typed",
        }

    def test_every_name_and_path_of_the_package_leads_somewhere(self) -> None:
        """
        No text names a module, an attribute or a file that was moved or renamed.
        """
        dangling = {
            (path.relative_to(ROOT).as_posix(), named)
            for path in texts_of_the_repository()
            for named in re.findall(
                r"\becei_rules(?:(?:\.[A-Za-z_]\w*)+|(?:/\w+)+\b(?:\.\w+)?)",
                path.read_text(encoding="utf-8"),
            )
            if not (
                there(named)
                if "." in named.partition("/")[0]
                else (self.PACKAGE.parent / named).exists()
            )
        }

        assert dangling == set()


def lines_of(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def texts_of_the_repository() -> list[Path]:
    """Return the files that people write, of those in which the package may be named."""
    folders = (
        *(".ci", "benchmarks", "docs", "examples", "fuzz", "mutation", "schemas", "src", "tests"),
    )
    names = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    kinds = {".md", ".py", ".toml", ".yaml"}
    return [
        path
        for path in (*ROOT.glob("*"), *ROOT.glob(".*.yaml"), *names)
        if path.is_file() and (path.suffix in kinds or path.parent.name == ".ci")
    ]


@cache
def there(name: str) -> bool:
    """Return whether a dotted name is that of a module, or of an attribute in one."""
    try:
        resolve_name(name)
    except (AttributeError, ImportError):
        return False
    return True


def test_version_is_that_of_the_distribution() -> None:
    """
    An assessment records the installed version.
    """
    from importlib.metadata import version

    assert version("ecei-rules") == er.VERSION


def test_near_names_are_offered_only_when_near() -> None:
    """
    No hint is better than a far-fetched one.
    """
    assert near("committed-participant", ["committed-participants"]) is not None
    assert near("turnover", ["committed-participants", "composition"]) is None
