"""Compares two rulesets exactly, with witnesses and certificates."""
