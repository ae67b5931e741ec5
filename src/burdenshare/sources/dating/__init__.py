"""When a report came out and how that is known, worked out by constraints where nothing states it."""

from burdenshare.sources.dating.weigh import published_of

__all__ = ["published_of"]
