"""PDF and DOCX files become plain text."""

from __future__ import annotations

import io
import zipfile

from burdenshare.errors import RefusedError, SourceError
from burdenshare.sources.bounds import FILE_BYTES, NAMES, PAGE_BYTES, PDF_PAGES, UNPACK_RATIO, UNPACKED_BYTES

# A small file may pack well without being a bomb (bytes unpacked).
SMALL = 1024 * 1024


def _bounded(data: bytes) -> None:
    if len(data) > FILE_BYTES:
        raise RefusedError(f"it is larger than the bound of {NAMES['FILE_BYTES']}")


def pdf_text(data: bytes) -> str:
    """The text of a PDF, page after page. Raises SourceError where it is broken, locked, or a scan without text."""
    import pypdfium2  # slow to load, needed for PDF only

    _bounded(data)
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError("the PDF is locked with a password; unlock it first") from error
        raise SourceError("the PDF is broken and cannot be opened; fetch it again") from error
    try:
        if len(pdf) > PDF_PAGES:
            raise RefusedError(f"the PDF is longer than the bound of {NAMES['PDF_PAGES']}")
        pages: list[str] = []
        size = 0
        for number in range(len(pdf)):
            try:
                page = pdf[number]
                words = page.get_textpage()
                content = words.get_text_range().replace("\r\n", "\n").replace("\ufffe", "-")
                words.close()
                page.close()
            except pypdfium2.PdfiumError as error:
                raise SourceError(f"page {number + 1} of the PDF is broken; fetch it again") from error
            size += len(content)
            if size > PAGE_BYTES:
                raise RefusedError(f"the PDF's text is larger than the bound of {NAMES['PAGE_BYTES']}")
            pages.append(content)
    finally:
        pdf.close()
    text = "\n".join(pages)
    if not text.strip():
        raise SourceError("the PDF has no text in it (a scan?); run it through text recognition first")
    return text


def is_docx(data: bytes) -> bool:
    """True where the bytes are a zip archive that holds a Word document."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def docx_text(data: bytes) -> str:
    """The text of a DOCX file, a paragraph or table row a line. Raises SourceError with the reason."""
    import docx  # slow to load, needed for DOCX only
    from docx.table import Table

    _bounded(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > UNPACKED_BYTES:
                raise RefusedError(f"it is larger than the bound of {NAMES['UNPACKED_BYTES']}")
            if unpacked > SMALL and unpacked > UNPACK_RATIO * len(data):
                raise RefusedError(f"it is past the bound of {NAMES['UNPACK_RATIO']}")
        document = docx.Document(io.BytesIO(data))
        lines = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
            else:
                lines.append(block.text)
    except RefusedError:
        raise
    except Exception as error:  # python-docx lets the errors of zipfile, lxml and its own parts through
        raise SourceError("the DOCX file is broken and cannot be opened; save it again") from error
    text = "\n".join(lines)
    if not text.strip():
        raise SourceError("the DOCX file has no text in it")
    return text
