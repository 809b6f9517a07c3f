"""The requirements and validity rules of a label, and which ruleset is in force."""
