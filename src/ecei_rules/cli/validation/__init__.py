"""The results of validating documents, in the formats of people and of other tools."""
