"""Results in English, as plain text and Markdown."""
