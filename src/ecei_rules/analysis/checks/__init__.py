"""Checks that find mistakes in rulesets and suspicious answers in interviews."""
