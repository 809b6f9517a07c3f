"""What a ruleset says of one interview."""
