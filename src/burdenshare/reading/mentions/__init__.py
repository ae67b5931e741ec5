"""Mentions: what a sentence names (sums, dates, counts, parties, people, cues), with spans; no claim kinds."""

from burdenshare.reading.mentions.mention import Cue, DateValue, Mention, Number

__all__ = ["Cue", "DateValue", "Mention", "Number"]
