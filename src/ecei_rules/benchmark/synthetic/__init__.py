"""Invented interviews for trials."""
