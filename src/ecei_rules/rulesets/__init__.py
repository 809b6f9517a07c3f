"""What a label requires, how long it holds, and which ruleset is in force."""
