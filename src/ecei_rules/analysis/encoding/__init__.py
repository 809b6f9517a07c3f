"""Rulesets as formulas over classes of answers."""
