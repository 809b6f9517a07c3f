"""Other ways to read interviews and to assess them, to measure the library against."""
