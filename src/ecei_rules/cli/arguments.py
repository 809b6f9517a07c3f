"""What the values of arguments may be."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from ecei_rules.interviews.history import Label

_DIGITS = 5
_FEWEST = 5


def day(text: str) -> date:
    """A day."""
    from ecei_rules.interviews.dates import calendar_day

    found = calendar_day(text)
    if found is None:
        msg = f"expected a day such as 2024-03-31 of the years 1900 to 2999, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return found


def effort(text: str) -> tuple[str, Decimal]:
    """An indicator and what one step of it takes."""
    from decimal import Decimal

    name, _, number = text.partition("=")
    whole, _, decimals = number.partition(".")
    digits = f"{whole}{decimals}"
    possible = digits.isascii() and digits.isdecimal() and len(decimals) <= len("000000")
    if not (name and possible and len(whole) <= len("999999") and Decimal(number) > 0):
        msg = (
            f"expected an indicator and a number above 0 such as communication=2.5, found {text!r}"
        )
        raise argparse.ArgumentTypeError(msg)
    return name, Decimal(number)


def count(text: str) -> int:
    """A number of ways."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len("99")):
        msg = f"expected a number from 0 to 99, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def days(text: str) -> int:
    """A number of days."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        msg = f"expected a number of days from 0 to 99999, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def country(text: str) -> str:
    """The code of a country."""
    if not (len(text) == len("IT") and text.isascii() and text.isupper() and text.isalpha()):
        msg = f"expected two capital letters such as IT, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return text


def language(text: str) -> str:
    """The tag of a language."""
    from ecei_rules.interviews.texts import LANGUAGE

    if not LANGUAGE.fullmatch(text):
        msg = f"expected a language tag such as de or de-AT, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return text


def at_least_one(text: str) -> int:
    """A number of interviews."""
    number = _short_number(text)
    if not number:
        msg = f"expected a number from 1 to 999999999, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return number


def seed(text: str) -> int:
    """A number that chances follow from."""
    number = _short_number(text)
    if number is None:
        msg = f"expected a number from 0 to 999999999, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return number


def _short_number(text: str) -> int | None:
    short = text.isascii() and text.isdecimal() and len(text) <= len("999999999")
    return int(text) if short else None


def labels(text: str) -> tuple[Label, ...]:
    """Labels, with commas between them."""
    from ecei_rules.interviews.history import LABELS

    named = text.split(",")
    if not set(named) <= set(LABELS):
        msg = f"expected some of {','.join(LABELS)}, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return tuple(each for each in LABELS if each in named)


def minimum(text: str) -> int:
    """The fewest organisations that figures are of."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text) >= _FEWEST):
        msg = f"expected a number of organisations from 5 to 99999, found {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)
