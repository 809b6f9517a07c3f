"""Interviews as workbooks and tables, there and back."""
