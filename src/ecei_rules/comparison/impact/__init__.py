"""Measures what a change does to existing interviews, and attributes it to causes."""
