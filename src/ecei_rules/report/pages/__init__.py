"""Pages in five languages (HTML, PDF, Markdown) that load nothing."""
