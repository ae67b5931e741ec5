"""Which names of a case never turn up in sample texts: spellings to mend, or that the case does not need."""

from __future__ import annotations

from collections.abc import Iterable

from burdenshare.case.model import Case, Name


def _stands_in(form: str, text: str) -> bool:
    """True where the form is in the text, and not inside a longer Latin word or number."""
    at = text.find(form)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(form) : at + len(form) + 1]
        if not (_latin(before) and _latin(form[0])) and not (_latin(after) and _latin(form[-1])):
            return True
        at = text.find(form, at + 1)
    return False


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def coverage(case: Case, texts: Iterable[str]) -> tuple[Name, ...]:
    """The names of the case that none of the texts holds, spelled and capitalised as given, in the case's order."""
    missing = {name.text for name in case.names()}
    for text in texts:
        missing = {form for form in missing if not _stands_in(form, text)}
    return tuple(name for name in case.names() if name.text in missing)
