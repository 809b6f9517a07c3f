"""The solver: search, counting and integer programs over formulas of finite choices."""
