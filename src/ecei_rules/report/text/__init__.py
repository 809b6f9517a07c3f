"""Renders results in English as plain text and Markdown."""
