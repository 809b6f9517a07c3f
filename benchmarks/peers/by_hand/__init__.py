"""
Bronze 2019-11 and Gold 2019-11, written by hand for these rulesets alone.

It gives the same bytes as the library for valid interviews, imports nothing of it, and only
raises for bad ones. Rules, bounds, options and digests are written out; the texts and the
version of the library are loaded once, on import. Numbers are floats, so those with more than
15 digits are refused.
"""
