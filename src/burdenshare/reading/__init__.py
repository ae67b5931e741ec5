"""From a report and a case to claims: a pure function. Writes nothing."""

from burdenshare.reading.reader import read, unread
from burdenshare.reading.relevance import RELEVANT, about
from burdenshare.reading.result import Reading

__all__ = ["RELEVANT", "Reading", "about", "read", "unread"]
