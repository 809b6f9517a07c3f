"""Renders stand-alone pages in five languages (HTML, Markdown, PDF)."""
