"""Statistical disclosure control of a benchmark: rounding, and the audit of what it reveals."""
