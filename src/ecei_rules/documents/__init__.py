"""Documents: the stages of reading, the converter, schemas, digests, shipped editions."""
