"""Pages in five languages that stand alone (HTML, PDF, Markdown)."""
