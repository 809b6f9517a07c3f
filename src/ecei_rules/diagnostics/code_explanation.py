"""What a problem code says."""

from __future__ import annotations

from attrs import frozen


@frozen
class Explanation:
    """
    What a problem code means, and how such a problem is mended.

    Of what is only a *warning* nothing is refused or left out.
    """

    title: str
    meaning: str
    mend: str
    warning: bool = False
