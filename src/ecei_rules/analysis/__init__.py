"""What can be proved of rulesets over all interviews."""
