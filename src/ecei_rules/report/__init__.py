"""Reports for people: text in English, and pages in five languages."""
