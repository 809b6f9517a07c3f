"""Exact analysis of rulesets over all possible interviews."""
