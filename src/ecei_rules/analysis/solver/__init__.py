"""Formulas over finite choices: search, counting and integer programs."""
