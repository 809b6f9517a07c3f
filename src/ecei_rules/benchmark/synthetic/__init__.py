"""Generates plausible invented interviews."""
