"""Problems of documents: strict JSON, places in texts, codes, errors."""
