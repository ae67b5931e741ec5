"""Bytes become text: by their mark, as UTF-8, as the Korean and UTF-16 encodings, else by statistics; or a refusal."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from burdenshare.errors import SourceError
from burdenshare.sources.bounds import NAMES, PAGE_BYTES

# Bytes the statistics look at, and the share of strange characters beyond which a text is taken for garbled.
SAMPLE, STRANGE = 40_000, 0.02
# Share of a Korean text's letters beyond ASCII that are Korean syllables or signs used with them.
KOREAN = 0.85
# Share of broken characters among a Korean text's syllables up to which it is read all the same.
BROKEN = 0.01

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_BINARY = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive", b"PK\x03\x04": "a zip archive",
    b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive", b"\xfd7zXZ": "an xz archive", b"\x7fELF": "a program", b"MZ\x90": "a program",
    b"SQLite format 3": "a database", b"OggS": "a sound file",
    b"\xd0\xcf\x11\xe0": "an old Office file (save it as DOCX)",
    b"ID3": "a sound file", b"RIFF": "a sound or video file",
}  # fmt: skip
_CONTROLS = bytes([*range(9), *range(14, 27), 127])
_ONE_BYTE = re.compile(r"(?:iso-?8859|windows-125|cp125|latin|us-ascii|ascii)", re.IGNORECASE)
_HIGH = re.compile(r"[^\x00-\x7f]")
_KOREAN = re.compile(r"[\uac00-\ud7a3\u2010-\u203b\u00b7\u3000-\u303f\uff00-\uffef\u25a0-\u25ff\u4e00-\u9fff]")
_PLAIN = re.compile(r"[\n\r\t -~\uac00-\ud7a3\u4e00-\u9fff\u3000-\u30ff\u2010-\u2026]")
_SYLLABLE = re.compile(r"[\uac00-\ud7a3]")


def is_binary(data: bytes) -> str:
    """What kind of binary the bytes are, or "" where they may be text."""
    for magic, name in _BINARY.items():
        if data.startswith(magic):
            return name
    head = data[:8192]
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return ""
    zeros = head.count(0)
    if zeros and not _looks_utf16(head):
        return "a binary file"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "a binary file" if controls > len(head) * 0.05 and not zeros else ""


def _looks_utf16(head: bytes) -> str:
    """The UTF-16 order where every other byte of the head is mostly zero, else ""."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    # Korean or Chinese in UTF-16 has few zero bytes; read the right way round it is letters and plain signs.
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = head[: len(head) // 2 * 2].decode(name)
        except UnicodeDecodeError:
            continue
        if len(_PLAIN.findall(text)) >= KOREAN * len(text):
            return name
    return ""


def _is_strange(c: str) -> bool:
    return c == "\ufffd" or (c not in "\n\r\t\f\v" and unicodedata.category(c) in ("Cc", "Co", "Cn"))


def _garbled(text: str) -> bool:
    sample = text[:SAMPLE]
    strange = sum(sample.count(c) for c in set(sample) if _is_strange(c))  # a text has few characters that differ
    return strange > len(sample) * STRANGE


def _korean(data: bytes) -> str | None:
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return None
    high = len(_HIGH.findall(text[:SAMPLE]))
    if (
        high
        and len(_KOREAN.findall(text[:SAMPLE])) >= KOREAN * high
        and len(_SYLLABLE.findall(text[:SAMPLE])) * 2 > high
    ):
        return text
    return None


def _line_by_line(data: bytes) -> str | None:
    """A Korean text with lines of both encodings, or with a few broken bytes, which become U+FFFD; else None."""
    lines = []
    for line in data.split(b"\n"):
        for name in ("utf-8", "cp949"):
            try:
                lines.append(line.decode(name))
                break
            except UnicodeDecodeError:
                continue
        else:
            tries = [line.decode(name, errors="replace") for name in ("utf-8", "cp949")]
            lines.append(min(tries, key=lambda t: t.count("\ufffd")))
    text = "\n".join(lines)
    high = len(_HIGH.findall(text))
    syllables = len(_SYLLABLE.findall(text))
    if syllables * 2 <= high or text.count("\ufffd") > syllables * BROKEN or _garbled(text):
        return None
    return text


def _guesses(data: bytes, declared: str) -> Iterator[str]:
    """Encodings to try, most likely first; UTF-16 is looked for only where the others fail, for it takes longest."""
    yield "utf-8"
    yield declared
    yield _looks_utf16(data[:8192])


def decode(data: bytes, *, declared: str = "") -> str:
    """The bytes as text; line ends stay as they are, a byte order mark is left out.

    `declared` is the encoding the page or message names for itself; it is believed after UTF-8 only.
    Raises SourceError for binaries and for bytes that no encoding makes sense of.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise SourceError("the file is empty; there is nothing to read")
    if len(data) > PAGE_BYTES:
        raise SourceError(f"it is larger than the bound of {NAMES['PAGE_BYTES']}")
    kind = is_binary(data)
    if kind:
        raise SourceError(f"it is {kind}, not a report; give its text, or a page, PDF, DOCX or mail file")
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                raise SourceError(f"it is marked as {name} but is not; save it as UTF-8") from error
    for name in filter(None, _guesses(data, declared)):
        if _ONE_BYTE.match(name) and (korean := _korean(data)) is not None and not _garbled(korean):
            return korean  # a server's default named for a Korean page: any bytes are text in a one-byte encoding
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _garbled(text):
            return text
    korean = _korean(data)
    if korean is not None and not _garbled(korean):
        return korean
    patched = _line_by_line(data)
    if patched is not None:
        return patched
    from charset_normalizer import from_bytes  # slow to load, rarely needed

    best = from_bytes(data[:SAMPLE]).best()
    if best is not None and best.encoding:
        text = data.decode(best.encoding, errors="replace")
        if not _garbled(text) and best.percent_chaos < 15 and "\ufffd" not in text:
            return text
    raise SourceError("its encoding cannot be told; save it as UTF-8")
