"""Catalogues of questions, and interviews with the answers of one organisation."""
