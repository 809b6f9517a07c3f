"""Between texts and values: the stages of reading, the converter, schemas, digests."""
