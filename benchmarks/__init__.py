"""Measures the library against other ways to do the same; nothing here is a test."""
