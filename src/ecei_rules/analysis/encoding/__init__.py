"""Rulesets and interviews as formulas over classes of answers."""
