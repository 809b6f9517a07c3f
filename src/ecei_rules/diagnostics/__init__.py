"""Text with places in it, and what is wrong there: strict JSON, problems, their codes."""
