"""The register of labels, and the standing of an organisation on a day."""
