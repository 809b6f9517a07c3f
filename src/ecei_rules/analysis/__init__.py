"""Exact analysis: proofs about rulesets over all interviews."""
