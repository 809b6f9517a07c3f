"""Rulesets that remember what they found, to assess many interviews fast."""
