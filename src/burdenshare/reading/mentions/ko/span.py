"""What a Korean lexer finds: a stretch of characters with its type and value, before tokens are cut to fit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from burdenshare.reading.mentions.mention import MentionType


@dataclass(eq=False, slots=True)  # not frozen: made by the thousand, like Mention
class Span:
    """Characters `start` to `end` of a sentence, and what they say; `value` is as in Mention."""

    type: MentionType
    start: int
    end: int
    value: Any
