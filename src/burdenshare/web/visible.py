"""Characters that could make a page show something else than what a report says, made visible.

Overrides of the writing direction, control characters and characters without width are written as their number: a
reader sees that they are there, and they do nothing. All else is left as it is; markup is escaped where a page is set.
"""

from __future__ import annotations

import re
from typing import Any

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffb]"
)


def visible(text: str) -> str:
    """The text with what cannot be seen written out: `⟦U+202E⟧`."""
    return _HIDDEN.sub(lambda m: f"⟦U+{ord(m[0]):04X}⟧", text) if _HIDDEN.search(text) else text


def shown(value: Any) -> Any:
    """What a template puts on the page: text made visible; None as nothing; markup of our own as it is."""
    if value is None:
        return ""
    if type(value) is str:
        return visible(value)
    return value
