"""
docs/formats.md, "Countries": their codes, and their names.

The names are those that Babel knows. They are written into a file of the package, so that
reading a register needs no Babel:

    python tests/register/test_countries.py --write
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import babel
import pytest
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

import ecei_rules
from ecei_rules.register.countries import country_of

FILE = Path(ecei_rules.__file__).parent / "register" / "countries.json"
ENGLISH = Locale("en").territories
#: What has two letters in CLDR and is no country: groups of countries and parts of them, and
#: codes for tests. XK is that of Kosovo.
NO_COUNTRY = {
    *("AC", "CP", "CQ", "DG", "EA", "IC", "TA"),
    *("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"),
}
CODES = sorted(code for code in ENGLISH if len(code) == 2 and code not in NO_COUNTRY)


def names_in_babel(code: str) -> list[str]:
    """The English name of a country, and its names in its official languages."""
    names = [ENGLISH[code], ENGLISH[code].replace(" & ", " and ")]
    for language in sorted(get_official_languages(code, de_facto=True)):
        try:
            names.append(Locale.parse(language).territories[code])
        except (UnknownLocaleError, KeyError):
            continue
    return list(dict.fromkeys(names))


def write() -> None:
    """Add the names that Babel knows to the file, which keeps those of an earlier Babel."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    kept = content["names"]
    names = {c: list(dict.fromkeys([*names_in_babel(c), *kept.get(c, [])])) for c in CODES}
    source = f"Unicode CLDR, as Babel has it, from 2.16.0 to {babel.__version__}"
    content |= {"source": source, "names": {}}
    lines = (json.dumps({code: names[code]}, ensure_ascii=False)[1:-1] for code in CODES)
    head = json.dumps(content, ensure_ascii=False, indent=1).removesuffix("{}\n}")
    text = head + "{\n  " + ",\n  ".join(lines) + "\n }\n}\n"
    FILE.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("code", CODES)
def test_names_that_babel_knows_are_known(code: str) -> None:
    """
    In English and in each official language; in English in any capitals.
    """
    names = names_in_babel(code)

    assert [country_of(each) for each in (code, names[0].upper(), *names)] == [
        code for _ in range(2 + len(names))
    ]


def test_no_name_is_that_of_two_countries() -> None:
    """
    Otherwise the file would decide by its order.
    """
    content = json.loads(FILE.read_text(encoding="utf-8"))
    named = [(name, code) for code, names in content["names"].items() for name in names]
    named += list(content["other_names"].items())

    assert {
        name: (code, country_of(name)) for name, code in named if country_of(name) != code
    } == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EL", "GR"),
        ("UK", "GB"),
        ("Czech Republic", "CZ"),
        ("The Netherlands", "NL"),
        ("Slovak Republic", "SK"),
        ("Turkey", "TR"),
        ("Bosnia and Herzegovina", "BA"),
        ("C\u00f4te d\u2019Ivoire", "CI"),
        ("C\u00d4TE  D'IVOIRE", "CI"),
        ("\u0395\u03bb\u03bb\u03ac\u03b4\u03b1", "GR"),
        ("\u00d6sterreich", "AT"),
        ("O\u0308sterreich", "AT"),
    ],
)
def test_other_spellings(text: str, code: str) -> None:
    """
    Codes of the European institutions, other English names, and names as they are compared.
    """
    assert country_of(text) == code


@pytest.mark.parametrize("text", ["", "XX", "EU", "ZZ", "it", "ITA", "Atlantis", "Osterreich", " "])
def test_what_names_no_country(text: str) -> None:
    """
    A code is two capital letters; accents count.
    """
    assert country_of(text) is None


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    write()
