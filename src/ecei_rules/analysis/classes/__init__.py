"""The equivalence classes of the answers to one question."""
