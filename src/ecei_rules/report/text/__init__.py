"""Results in English, as text and as Markdown."""
