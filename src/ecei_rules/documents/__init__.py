"""Reading and writing documents: stages, converter, schemas, digests, shipped editions."""
