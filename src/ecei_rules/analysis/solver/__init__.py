"""A solver for formulas over finite choices; it knows no labels."""
