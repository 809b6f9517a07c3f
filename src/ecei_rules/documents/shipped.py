"""The catalogues and rulesets in the package."""

from __future__ import annotations

from datetime import date
from functools import cache

from attrs import evolve

from ecei_rules.documents.codec import CODEC
from ecei_rules.documents.quick.known_values import KnownValues
from ecei_rules.documents.resources import RULESETS
from ecei_rules.documents.stages import MAX_SIZE, open_document
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.rulesets.editions import Edition
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.stages import Opened

#: The SHA-256 of each edition's digest. Published editions never change, and taking the digest
#: of one takes longer than to assess an interview.
DIGESTS = {
    "benchmarking@2010-11": "a18fd52138d5547cb3d3c8c6ac8230226ee100a112c6abe3241378466c2dcf7a",
    "benchmarking@2019-11": "38d7371fc93982fb1da944e66fa96ff23fba290d88a73bef334731d77f5800e5",
    "quality@2012-04": "c1b45b7636bdd0a496a6a10387e86e73b3ef7d1b509867ac6f98997fc5a772a9",
    "quality@2019-11": "3a35067b57181cad5fd35607ff328c8b430aa5a1c2f0a67baa9cd30daab810ba",
    "bronze@2010-11": "ed31328dc90ee1682cb10d541acd598c59ba050ddc0e5a344772cb102fcca5d3",
    "bronze@2019-11": "a4ab38b3581c654bb92d1a7cce688468b913251b5538bcff89e5934802ca8687",
    "silver@2014-10": "2b897bc3346217d549ea86ef4de5e0b2e61bceff054aa165fbb9f42104a6d317",
    "silver@2017-01": "3e607aed57efcf68d0393fe60de94bded6c0911c46dfe830b21d05c208d376ea",
    "silver@2019-11": "bb11fe25506d4cf486c8335f77da9b678149d7addcc3715f787b2ad613c04ac6",
    "gold@2012-04": "06c4e6f61a6e15efd4801870dc2d8f466fc8398eba1a90155a072ea23dd0ddef",
    "gold@2019-11": "4b35294a91bfda175c73050487f1bb440d190716541acfc725a9e7fe1aba20e1",
}
#: The rulesets of each label, with their catalogues and first days: enough to tell which one to
#: read.
RULESETS_OF = {
    "bronze": {
        "2010-11": ("benchmarking", date(2010, 11, 1)),
        "2019-11": ("benchmarking", date(2019, 11, 15)),
    },
    "silver": {
        "2014-10": ("quality", date(2014, 10, 1)),
        "2017-01": ("quality", date(2017, 1, 1)),
        "2019-11": ("quality", date(2019, 11, 15)),
    },
    "gold": {
        "2012-04": ("quality", date(2012, 4, 1)),
        "2019-11": ("quality", date(2019, 11, 15)),
    },
}


@cache
def shipped() -> Edition:
    """
    Return the catalogues and rulesets in the package, read once.

    Published editions never change, so results under them do not either. Source:
    docs/semantics.md, 7.2.

    >>> shipped().ruleset("bronze", version="2019-11").reference
    'bronze@2019-11'
    """
    rulesets = [
        _ruleset(label, version) for label, versions in RULESETS_OF.items() for version in versions
    ]
    return Edition(shipped_catalogues().catalogues, rulesets=rulesets)


@cache
def shipped_catalogues() -> Edition:
    """Return the catalogues in the package, enough to explain a problem of an interview."""
    references = (each.split("@") for each in DIGESTS)
    return Edition([_catalogue(*each) for each in references if each[0] not in RULESETS_OF])


def shipped_catalogue(name: str, version: str) -> Catalogue | None:
    """Return the catalogue in the package with this id and version, or `None`; read no other."""
    known = name not in RULESETS_OF and f"{name}@{version}" in DIGESTS
    return _catalogue(name, version) if known else None


def shipped_ruleset(label: str, version: str) -> Ruleset | None:
    """Return the ruleset in the package with this label and version, or `None`; read no other."""
    return _ruleset(label, version) if version in RULESETS_OF.get(label, ()) else None


def shipped_labels(catalogue: str) -> tuple[str, ...]:
    """
    Return the labels that interviews of a catalogue, of any edition, are judged for.

    >>> shipped_labels("quality")
    ('silver', 'gold')
    """
    return tuple(
        label
        for label, versions in RULESETS_OF.items()
        if any(judged == catalogue for judged, _ in versions.values())
    )


def shipped_ruleset_in_force(label: str, on: date) -> Ruleset:
    """
    Return the ruleset that `shipped` has in force on a day; read no other.

    Raises:
        NoRulesetInForce: no ruleset of the label is in force on that day.
    """
    begun = [version for version, (_, first) in RULESETS_OF[label].items() if first <= on]
    if begun:
        # none of them ends before the next begins
        return _ruleset(label, begun[-1])
    return shipped().ruleset(label, on=on)


def shipped_digest(value: Catalogue | Ruleset) -> str | None:
    """Return the digest of a value that is in the package, and `None` for an equal one."""
    if isinstance(value, Catalogue):
        own: object = shipped_catalogue(value.id, value.version)
    else:
        own = shipped_ruleset(value.label, value.version)
    return f"sha256:{DIGESTS[value.reference]}" if value is own else None


@cache
def _catalogue(name: str, version: str) -> Catalogue:
    opened = _opened("catalogue", "catalogues", f"{name}-{version}")
    # a catalogue is shown with the note on all of it
    return evolve(_values().build(opened.members, Catalogue), extensions=opened.extensions)


@cache
def _ruleset(label: str, version: str) -> Ruleset:
    members = _opened("ruleset", label, version).members
    reference = members["catalogue"]
    catalogue = _catalogue(reference["id"], reference["version"])
    return _values().build({**members, "catalogue": catalogue}, Ruleset)


@cache
def _values() -> KnownValues:
    return KnownValues(CODEC)


def _opened(kind: str, folder: str, name: str) -> Opened:
    text = (RULESETS / folder / f"{name}.json").read_bytes()
    return open_document(text, kind, name=name, max_size=MAX_SIZE)
