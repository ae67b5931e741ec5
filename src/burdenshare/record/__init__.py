"""Documents, claims and reviews, append-only. Interprets nothing."""

from burdenshare.record.model import Decision, Entry, Report

__all__ = ["Decision", "Entry", "Report"]
