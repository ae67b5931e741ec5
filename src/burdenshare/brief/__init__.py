"""The briefing, with the words behind every line one click away. Computes no figure."""

from burdenshare.brief.language import LANGUAGES, tongue
from burdenshare.brief.render import compose, html, markdown, write

__all__ = ["LANGUAGES", "compose", "html", "markdown", "tongue", "write"]
