"""
The obvious design: json, jsonschema, cattrs, and a small interpreter of the ruleset.

It has the conditions and the kinds of criteria that Bronze 2019-11 and Gold 2019-11 use, gives
the same bytes as the library for valid interviews, and imports nothing of it. Numbers are
floats, so those with more than 15 digits are refused.
"""
