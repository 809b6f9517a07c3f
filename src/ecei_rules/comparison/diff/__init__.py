"""What differs between two rulesets part by part."""
