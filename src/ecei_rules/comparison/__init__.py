"""What two rulesets award and refuse differently, with witnesses and proofs."""
