"""What in a ruleset or an interview cannot be meant, or is suspicious."""
