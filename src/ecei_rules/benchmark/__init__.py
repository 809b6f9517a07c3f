"""Benchmarks: the answers of many organisations, with nobody singled out."""
