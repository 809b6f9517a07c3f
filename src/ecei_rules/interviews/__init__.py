"""Catalogues of questions, and the answers of one organisation on one day."""
