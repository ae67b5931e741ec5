"""A module a page; `registry` lists them."""
