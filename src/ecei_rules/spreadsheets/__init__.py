"""Interviews as workbooks and tables, in both directions."""
