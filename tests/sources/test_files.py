"""Files of every sort, good and bad: a document or a refusal that says why, never an exception."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.sources import Document, Given, Refusal, Result, read_bytes, read_origin, read_page, read_path

BODY = [
    "Delegates of the two allies met in the capital on Tuesday to settle who pays for the bases next year.",
    "The hosts offered four percent more than they paid last year, an official who took part in the meeting said.",
    "Another meeting of the delegates is planned for next month, the foreign ministry said in a short statement.",
]
TEXT = "Allies meet on who pays for the bases\n\n" + "\n\n".join(BODY)
KOREAN = (
    "한미 방위비 협상 재개\n\n한국과 미국이 서울에서 방위비 분담금 협상을 다시 열었다고 외교부가 밝혔다.\n"
    "양측은 다음 달에 다시 만나기로 했다고 당국자가 말했다."
)


def only(results: object) -> Result:
    """The one result."""
    (result,) = list(results)  # type: ignore[call-overload]
    return result  # type: ignore[no-any-return]


def refused(data: bytes, name: str) -> str:
    result = only(read_bytes(data, origin=name))
    assert isinstance(result, Refusal)
    assert result.origin == name
    return result.reason


def read(data: bytes, name: str) -> Document:
    result = only(read_bytes(data, origin=name))
    assert isinstance(result, Document), result
    return result


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF written by hand."""
    show = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 11 Tf 40 760 Td {show} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(out),
    )


def word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(article: str, *, head: str = "", around: str = "") -> bytes:
    return f"<!doctype html><html><head><title>T</title>{head}</head><body>{around}{article}</body></html>".encode()


ARTICLE = (
    "<article><h1>Allies meet on who pays for the bases</h1>" + "".join(f"<p>{b}</p>" for b in BODY) + "</article>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp949", "euc-kr", "utf-8-sig"])
def test_korean_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    document = read(KOREAN.encode(encoding), "a.txt")
    assert (document.text, document.lang) == (KOREAN, "ko")


def test_western_text_is_read_in_its_old_encoding() -> None:
    text = "Die Verbündeten trafen sich in der Hauptstadt, um über die Kosten zu verhandeln, hieß es gestern. " * 5
    document = read(text.encode("cp1252"), "a.txt")
    assert (document.text, document.lang) == (text, "de")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\n ", "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a.txt", "PNG picture"),
        (bytes(range(256)) * 40, "a.bin", "binary"),
        (b"\x1f\x8b\x08" + bytes(500), "a.gz", "gzip archive"),
        (b"%PDF-1.7\nthis is no PDF", "a.pdf", "broken"),
        (b"PK\x03\x04 broken", "a.docx", "broken"),
        ("\ufeffabc".encode("utf-16-le") + b"\x00", "a.txt", "utf-16"),
        (b"a" * (10 * 1024 * 1024 + 1), "a.txt", "10 MB"),
        (b"<html><body>" + b"x" * (50 * 1024 * 1024) + b"</body></html>", "a.html", "10 MB"),
        (b"<html><body>" + b"<div>" * 50_000 + b"x" + b"</div>" * 50_000 + b"</body></html>", "a.html", "400 levels"),
        (b"<html><body><script>render()</script></body></html>", "a.html", "shows no text"),
    ],
    ids=lambda v: str(v)[:20],
)
def test_bad_files_are_refused_with_the_reason(data: bytes, name: str, reason: str) -> None:
    assert reason in refused(data, name)


def test_a_hopeless_encoding_is_refused() -> None:
    data = bytes((7 * i * i + 131 * i) % 128 + 128 for i in range(3000))
    assert "encoding" in refused(data, "a.txt") or "binary" in refused(data, "a.txt")


def test_a_page_that_is_all_furniture_is_refused() -> None:
    menu = "<nav>" + "".join(f"<a href='/{w}'>{w}</a> " for w in ("Home", "World", "Sport", "Business")) + "</nav>"
    links = "<ul>" + "".join(f"<li><a href='/{i}'>Harbour news number {i}</a></li>" for i in range(20)) + "</ul>"
    assert "furniture" in refused(page(links, around=menu), "a.html")


def test_a_compressed_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (120 * 1024 * 1024))
    assert "100 MB when unpacked" in refused(out.getvalue(), "a.docx")


def test_pdf_and_docx_are_read() -> None:
    assert BODY[0] in read(pdf(BODY), "a.pdf").text
    document = read(word([*TEXT.split("\n\n"), "Most viewed", "Harbour reopens"]), "a.docx")
    assert BODY[1] in document.text
    assert document.stretches[-1].kind == "furniture"
    assert "no text" in refused(pdf([]), "scan.pdf")


def test_a_page_gives_body_furniture_and_its_own_date() -> None:
    head = '<meta property="article:published_time" content="2019-12-05T09:00:00+09:00">'
    head += '<meta property="og:site_name" content="The Harbour Herald">'
    aside = "<aside><h3>Most read</h3><ul><li>Port buys cranes for $9 million</li></ul>"
    aside += '<time datetime="2020-01-01"></time></aside>'
    document = read(page(ARTICLE, head=head, around=aside), "a.html")
    assert (str(document.published.when), document.published.basis) == ("2019-12-05", "metadata")
    assert (document.title, document.outlet) == ("Allies meet on who pays for the bases", "The Harbour Herald")
    kinds = {document.text[s.start : s.end].strip(): s.kind for s in document.stretches}
    assert kinds["\n".join(BODY)] == "body"
    assert all(kind == "furniture" for words, kind in kinds.items() if "cranes" in words)
    assert "".join(kinds) != ""


def test_captions_of_the_reports_own_pictures_are_kept() -> None:
    own = "Ann Lee, left, meets her counterpart in the capital on Tuesday. (Handout)"
    other = "Ferries wait in the harbour after the storm of last week"
    figure = "<figure><img src=x><figcaption>{}</figcaption></figure>"
    article = ARTICLE.replace("</h1>", "</h1>" + figure.format(own))
    document = read(page(article, around=f"<nav>{figure.format(other)}</nav>"), "p.html")
    kinds = {document.quote(s.start, s.end).strip(): s.kind for s in document.stretches}
    assert kinds[own] == "caption"
    assert kinds[next(k for k in kinds if other in k)] == "furniture"


def test_a_sidebars_date_is_not_the_pages() -> None:
    aside = '<aside><time datetime="2020-01-01">1 January 2020</time><p>Port buys cranes</p></aside>'
    assert read(page(ARTICLE, around=aside), "a.html").published.basis == "unknown"


def test_script_and_markup_stay_text() -> None:
    marked = ARTICLE.replace(
        "who pays for the bases next", "&lt;script&gt;alert(1)&lt;/script&gt; who pays for the bases next"
    )
    document = read(page(marked + "<script>steal()</script><style>p{}</style>"), "a.html")
    assert "<script>alert(1)</script>" in document.text
    assert "steal" not in document.text
    plain = read(f"<b>{BODY[0]}</b>\n\n{BODY[1]} <script>alert(1)</script>\n".encode(), "a.txt")
    assert "<script>alert(1)</script>" in plain.text


def test_messages_and_mailboxes_are_read() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Desk <desk@example.org>", "a@example.org", "Allies meet"
    message["Date"] = "Thu, 05 Dec 2019 10:00:00 +0900"
    message.set_content(TEXT)
    document = read(message.as_bytes(), "a.eml")
    assert (document.title, str(document.published.when), document.published.basis) == (
        "Allies meet",
        "2019-12-05",
        "metadata",
    )
    box = b"".join(b"From a@example.org Thu Dec  5 10:00:00 2019\n" + message.as_bytes() + b"\n\n" for _ in range(3))
    results = list(read_bytes(box, origin="a.mbox"))
    assert [r.origin for r in results] == ["a.mbox#1", "a.mbox#2", "a.mbox#3"]
    assert all(isinstance(r, Document) for r in results)


def test_json_lines_give_a_document_a_line_and_name_the_bad_ones() -> None:
    good = {
        "text": TEXT,
        "title": "A",
        "published": "2019-12-05T10:00:00Z",
        "outlet": "Desk",
        "url": "https://example.org/a",
    }
    lines = [
        json.dumps(good),
        "{not json",
        json.dumps({"title": "no words"}),
        json.dumps({"text": TEXT, "published": "soon"}),
        "[1]",
    ]
    first, *rest = read_bytes("\n".join(lines).encode(), origin="a.jsonl")
    assert isinstance(first, Document)
    assert (first.text, first.title, first.outlet, str(first.published.when)) == (TEXT, "A", "Desk", "2019-12-05")
    assert [(r.origin, type(r)) for r in rest] == [(f"a.jsonl#{n}", Refusal) for n in (2, 3, 4, 5)]


def test_a_folder_goes_on_past_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text(TEXT)
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "c.html").write_bytes(page(ARTICLE))
    (tmp_path / ".hidden").write_text("x")
    results = list(read_path(tmp_path))
    assert [Path(r.origin).name for r in results] == ["a.txt", "two.txt", "c.html"]
    assert [type(r) for r in results] == [Refusal, Document, Document]
    missing = only(read_origin(str(tmp_path / "nowhere")))
    assert isinstance(missing, Refusal)


def test_standard_input_and_what_is_given() -> None:
    document = only(read_origin("-", stdin=TEXT.encode(), given=Given(outlet="Desk", published="2019-12")))
    assert isinstance(document, Document)
    assert (document.origin, document.outlet, str(document.published.when)) == ("-", "Desk", "2019-12")


def test_other_languages_are_kept() -> None:
    text = (
        "Οι σύμμαχοι συναντήθηκαν στην πρωτεύουσα για να συζητήσουν το κόστος των βάσεων, είπε χθες ένας αξιωματούχος."
    )
    document = read(text.encode(), "a.txt")
    assert (document.lang, document.stretches[0].kind) == ("el", "body")


def test_line_ends_of_a_plain_file_are_kept() -> None:
    assert read(TEXT.replace("\n", "\r\n").encode(), "a.txt").text == TEXT.replace("\n", "\r\n")


@given(
    st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.eml", "a.mbox", "a.jsonl", "a"])
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_documents_or_refusals(data: bytes, name: str) -> None:
    for result in read_bytes(data, origin=name):
        assert isinstance(result, (Document, Refusal))


@given(st.text(alphabet="<>/abdivp script=\"'&;! \n가", max_size=300))
@settings(max_examples=150, deadline=None)
def test_stretches_partition_any_page(markup: str) -> None:
    for result in read_bytes(page(ARTICLE + markup), origin="a.html"):
        if isinstance(result, Document):
            assert "".join(result.text[s.start : s.end] for s in result.stretches) == result.text


def test_read_page_is_public() -> None:
    assert read_page(page(ARTICLE).decode(), origin="x").media_type == "text/html"
