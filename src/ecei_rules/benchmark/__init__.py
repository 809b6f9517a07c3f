"""How the answers of many organisations are distributed, with nobody singled out."""
