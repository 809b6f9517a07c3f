"""How deep the properties are tried: ECEI_RULES_PROFILE is dev, few, quick, ci or thorough."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent / "support"))

settings.register_profile("dev", max_examples=25, deadline=None)
# the same examples in every run, so that a commit is green or not, and not by chance
settings.register_profile(
    "ci",
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("quick", parent=settings.get_profile("ci"), max_examples=25)
# enough to reach every branch, since counting branches takes long
settings.register_profile("few", parent=settings.get_profile("ci"), max_examples=10)
# other examples in every run, and many
settings.register_profile(
    "thorough", parent=settings.get_profile("ci"), max_examples=1000, derandomize=False
)
settings.load_profile(os.environ.get("ECEI_RULES_PROFILE", "ci"))
