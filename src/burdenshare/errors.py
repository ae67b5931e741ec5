"""Every error the program raises on purpose: one tree, one page.

A message is one plain sentence that says what is wrong and what to do.
"""

from __future__ import annotations


class BurdenshareError(Exception):
    """Root of the tree; the command line prints it as one sentence and exits with 1."""


class MoneyError(BurdenshareError):
    """A rate, an index or a rule of growth is missing or contradicts itself: says what may be used instead."""


class CaseError(BurdenshareError):
    """A case file is wrong: names the file, the line, the key and what was expected."""


class SourceError(BurdenshareError):
    """A report could not be read: names the origin and the reason."""


class RefusedError(SourceError):
    """A report was refused by a bound or a rule (size, nesting, address), which the message names."""


class ClaimError(BurdenshareError):
    """A claim breaks the vocabulary: an unknown kind or field, or words that are not in the text."""


class RecordError(BurdenshareError):
    """The record could not be opened, written or migrated; says what was not kept."""


class ReviewError(BurdenshareError):
    """A review names an unknown claim, or a correction that the vocabulary does not allow."""


class BargainingError(BurdenshareError):
    """A scenario, utility or protocol is wrong: names the cause and the bound."""
