"""The differences between two rulesets, part by part."""
