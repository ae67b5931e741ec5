"""English lexers: one module a type of mention."""
