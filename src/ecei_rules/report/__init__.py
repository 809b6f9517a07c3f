"""Renders results for people."""
