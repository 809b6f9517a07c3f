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
    """Load a public name, and the modules that it needs, with its first use."""
    from importlib import import_module

    if name == "__all__":
        return import_module("ecei_rules._public").__all__
    from ecei_rules._modules import MODULES

    if name not in MODULES:
        msg = f"module 'ecei_rules' has no attribute {name!r}"
        raise AttributeError(msg)
    value: object = getattr(import_module(f"ecei_rules.{MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, and those that any module has."""
    from ecei_rules._modules import MODULES

    return sorted({*globals(), *MODULES})
