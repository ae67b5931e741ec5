"""The workbench: the record in the browser."""
