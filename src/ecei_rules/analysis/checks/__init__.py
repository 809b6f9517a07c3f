"""Checks of rulesets and interviews: contradictions, and suspicious contents."""
