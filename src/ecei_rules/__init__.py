"""
The rules of the cluster excellence labels, and assessments of interviews under them.

>>> import ecei_rules as er
>>> er.shipped().ruleset("bronze", version="2019-11").in_force.first.isoformat()
'2019-11-15'
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    # type checkers alone read the list of names in `_public`
    from ecei_rules._public import *  # noqa: F403


def __getattr__(name: str) -> object:
    """Load the public names with the first use of one, so that `--help` need not."""
    import ecei_rules._public as public

    if name == "__all__" or name in public.__all__:
        return getattr(public, name)
    msg = f"module 'ecei_rules' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    """Return the public names, and those that any module has."""
    import ecei_rules._public as public

    return sorted({*globals(), *public.__all__})
