"""All Korean lexers of a report, sentence by sentence: what they find, as mentions over tokens cut to fit them."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.case.model import Case
from burdenshare.edtf import When
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.text import Line, Token, tokens


@dataclass(frozen=True, slots=True)
class Lexed:
    """A sentence's tokens, cut at the edges of its mentions, and its mentions in order of place (no cues)."""

    tokens: list[Token]
    mentions: list[Mention]


class Lexers:
    """The lexers of one report. They remember who was named and the last day told, so read its sentences in order."""

    def __init__(self, case: Case, ref: When | None) -> None:
        self.case = case
        self.ref = ref
        self.people: dict[str, str] = {}  # surname as written -> the person's id, or the full name met

    def read(self, text: str, line: Line) -> Lexed:
        """The mentions of text[line.start:line.end], in time linear in its length. Offsets are into `text`."""
        return Lexed(tokens(text, line.start, line.end, acronyms=frozenset()), [])
