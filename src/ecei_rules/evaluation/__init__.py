"""Assessing one interview under one ruleset."""
