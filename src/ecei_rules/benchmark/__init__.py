"""Distributions of many organisations' answers, with disclosure control."""
