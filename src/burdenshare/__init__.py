"""The record, the check, the cost and the outlook of talks on who pays for troops stationed abroad."""

__version__ = "0.1.0"
