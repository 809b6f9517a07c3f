"""The assessment of one interview under one ruleset."""
