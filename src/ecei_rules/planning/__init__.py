"""Finds what an interview still needs for a label, at the least cost."""
