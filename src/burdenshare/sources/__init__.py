"""A file, page, message or archive becomes a `Document`. Takes no claims."""

from burdenshare.sources.copies import group_copies, overlap, signature
from burdenshare.sources.document import DateBasis, Document, Published, Stretch, StretchKind
from burdenshare.sources.origin import Given, read_bytes, read_origin, read_path
from burdenshare.sources.page import read_page
from burdenshare.sources.refusal import Refusal, Result
from burdenshare.sources.text import dated, read_text

__all__ = [
    "DateBasis",
    "Document",
    "Given",
    "Published",
    "Refusal",
    "Result",
    "Stretch",
    "StretchKind",
    "dated",
    "group_copies",
    "overlap",
    "read_bytes",
    "read_origin",
    "read_page",
    "read_path",
    "read_text",
    "signature",
]
