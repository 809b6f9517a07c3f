"""Comparisons of two rulesets, with witnesses and proofs, and of two assessments."""
