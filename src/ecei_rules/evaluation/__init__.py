"""Evaluates one interview under one ruleset."""
