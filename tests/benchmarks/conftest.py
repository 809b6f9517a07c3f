"""The benchmarks are a package at the top of the repository."""

from __future__ import annotations

import sys

from paths import ROOT

sys.path.append(str(ROOT))
