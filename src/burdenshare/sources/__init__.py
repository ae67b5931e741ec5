"""A file, page, message or archive becomes a `Document`. Takes no claims."""

from burdenshare.sources.document import DateBasis, Document, Published, Stretch, StretchKind
from burdenshare.sources.text import read_text

__all__ = ["DateBasis", "Document", "Published", "Stretch", "StretchKind", "read_text"]
