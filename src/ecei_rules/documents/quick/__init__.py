"""Quick ways to read documents that have no problems."""
