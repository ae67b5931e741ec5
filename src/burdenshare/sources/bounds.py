"""The bounds a report is read within. A refusal names the bound it met.

They were set well above what reports need: a long printed report is under 1 MB of text, a news page with
its scripts under 3 MB, and real pages nest their markup under 60 levels deep.
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024

PAGE_BYTES = 10 * MEGABYTE  # a text, page, message or line of JSON
FILE_BYTES = 50 * MEGABYTE  # a PDF or DOCX file
UNPACKED_BYTES = 100 * MEGABYTE  # what a DOCX file may unpack to
UNPACK_RATIO = 200  # unpacked size over packed size of a DOCX file
NESTING = 400  # levels of markup
PDF_PAGES = 500
REDIRECTS = 5
SECONDS = 20.0  # for fetching one address, redirects and all
NAMES = {
    "PAGE_BYTES": f"{PAGE_BYTES // MEGABYTE} MB for a page",
    "FILE_BYTES": f"{FILE_BYTES // MEGABYTE} MB for a file",
    "UNPACKED_BYTES": f"{UNPACKED_BYTES // MEGABYTE} MB when unpacked",
    "UNPACK_RATIO": f"unpacking to {UNPACK_RATIO} times its size",
    "NESTING": f"{NESTING} levels of markup",
    "PDF_PAGES": f"{PDF_PAGES} pages",
    "REDIRECTS": f"{REDIRECTS} redirects",
    "SECONDS": f"{SECONDS:.0f} seconds",
}
