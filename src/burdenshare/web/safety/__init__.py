"""Who gets in, and what a page may do."""
