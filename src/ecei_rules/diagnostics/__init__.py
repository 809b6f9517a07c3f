"""Strict JSON and CSV with places, problems, their codes, and errors."""
