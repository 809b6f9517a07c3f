"""The impact of a change on interviews that exist, and its causes."""
