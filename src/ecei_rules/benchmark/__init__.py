"""Benchmarks: the answers of many organisations, with disclosure control."""
