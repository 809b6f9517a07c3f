"""Lists the differences between two rulesets, part by part."""
