"""An HTML page becomes a `Document`: its visible text in reading order, one block a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import lxml.html
from lxml import etree

from burdenshare import edtf
from burdenshare.case.model import Case
from burdenshare.errors import RefusedError, SourceError
from burdenshare.sources.bounds import NAMES, NESTING
from burdenshare.sources.dating import published_of
from burdenshare.sources.document import Document, Published, Stretch, StretchKind
from burdenshare.sources.language import language_of
from burdenshare.sources.stretches import Layout, layout
from burdenshare.sources.text import byline_of, given_date, outlet_of

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea", "canvas"}
)
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "label", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "ins", "del", "strike", "big", "tt",
})  # fmt: skip
_OPEN = re.compile(
    r"<(/?)(div|span|section|article|table|ul|ol|blockquote|b|i|em|strong|font|a|main|aside|center)\b", re.I
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_DAY = re.compile(r"((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)")
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.published",
    "publish_date", "publish-date", "published_date", "publication_date", "pubdate", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "citation_publication_date", "date", "release_date", "article_date_original",
    "originalpublicationdate",
)  # fmt: skip
# Characters from which a visible line may be found inside a longer kept passage.
INSIDE = 25
# Words from which a picture's caption says something.
WORDS = 4


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page's head says of itself; "" where it says nothing."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    published: str = ""  # EDTF day
    how: str = ""


def is_page(data: bytes) -> bool:
    """True where the bytes read as HTML."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower().replace(b"\x00", b"")
    return (
        head.startswith((b"<!doctype html", b"<html", b"<?xml"))
        and b"<html" in data[:65536].lower().replace(b"\x00", b"")
    ) or any(tag in head for tag in (b"<head", b"<body", b"<div", b"<p>", b"<article"))


def declared_encoding(data: bytes) -> str:
    """The encoding the page names in its head, or ""."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def _check_nesting(html: str) -> None:
    depth = deepest = 0
    for match in _OPEN.finditer(html):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
        if deepest > NESTING:
            raise RefusedError(f"its markup is nested deeper than the bound of {NAMES['NESTING']}")


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    caption: bool  # stands in a picture's caption


def _blocks(root: Any) -> Iterator[_Block]:
    """The visible text of the tree, one block at a time, whitespace made single; walks without recursion."""
    pieces: list[str] = []
    captions = 0

    def flush() -> Iterator[_Block]:
        text = " ".join("".join(pieces).split())
        pieces.clear()
        if text:
            yield _Block(text, captions > 0)

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event in ("comment", "pi"):
            pieces.append(element.tail or "")
            continue
        if event == "start":
            if tag in _SKIPPED or element.get("hidden") is not None:
                # iterwalk offers skip_subtree only on its own object, so the subtree is cut out instead.
                for child in list(element):
                    element.remove(child)
                element.text = None
            if tag not in _INLINE:
                yield from flush()
            captions += tag == "figcaption"
            pieces.append(element.text or "")
        else:
            if tag not in _INLINE:
                yield from flush()
            captions -= tag == "figcaption"
            pieces.append(element.tail or "")
    yield from flush()


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > 200_000:
            continue
        try:
            found = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        queue = [found]
        while queue and len(queue) < 500:
            item = queue.pop()
            if isinstance(item, list):
                queue += item
            elif isinstance(item, dict):
                yield item
                queue += [v for k, v in item.items() if k == "@graph"]


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(v) for v in value[:5])))
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _day(text: str) -> str:
    match = _DAY.match(text.strip())
    if match is None:
        return ""
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return ""


def _date_of(root: Any, metas: dict[str, str], linked: list[dict[str, Any]]) -> tuple[str, str]:
    for name in _DATE_NAMES:
        if day := _day(metas.get(name, "")):
            return day, f"The page's {name} field gives {day}."
    for item in linked:
        if day := _day(str(item.get("datePublished", ""))):
            return day, f"The page's linked data gives {day} as the day of publication."
    for stamp in root.iter("time"):
        within = {a.tag for a in stamp.iterancestors()}
        if within & {"aside", "footer", "nav"} or not (
            within & {"article", "main"} or stamp.get("pubdate") is not None
        ):
            continue
        if day := _day(stamp.get("datetime") or ""):
            return day, f"The report's time tag gives {day}."
    return "", ""


def facts_of(root: Any, html: str) -> PageFacts:
    """What the page says of itself in its head, its linked data and its time tags; never a date from a sidebar."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and meta.get("content"):
            metas.setdefault(name, meta.get("content").strip())
    linked = list(_linked_data(root))
    article = next((i for i in linked if i.get("headline")), {})
    heading = next((h for h in root.iter("h1")), None)
    title = metas.get("og:title") or _name(article.get("headline"))
    if not title and heading is not None:
        title = " ".join(heading.text_content().split())
    if not title:
        title = " ".join((root.findtext(".//title") or "").split())
    canonical = next((x.get("href") for x in root.iter("link") if x.get("rel") == "canonical"), None)
    saved = _SAVED_FROM.search(html[:4096])
    day, how = _date_of(root, metas, linked)
    return PageFacts(
        title=title,
        outlet=metas.get("og:site_name") or _name(article.get("publisher")) or metas.get("application-name", ""),
        byline=metas.get("author") or _name(article.get("author")),
        url=(saved[1] if saved else "") or canonical or metas.get("og:url", ""),
        published=day,
        how=how,
    )


def _squeeze(text: str) -> str:
    return "".join(text.split()).casefold()


def _kept(lines: list[str], html: str, title: str) -> list[bool]:
    """Which visible lines belong to the report, as trafilatura judges the page."""
    import trafilatura  # slow to load, needed for pages only

    main = trafilatura.extract(html, include_comments=False, include_tables=True, include_formatting=False) or ""
    whole = {_squeeze(line.lstrip("-|# ")) for line in main.splitlines()}
    whole.discard("")
    if not whole:
        return [False] * len(lines)
    joined = _squeeze(main)
    kept = []
    for line in lines:
        squeezed = _squeeze(line)
        kept.append(squeezed in whole or (len(squeezed) >= INSIDE and squeezed in joined))
    wanted = _squeeze(title)
    first = next((i for i, k in enumerate(kept) if k), 0)
    # The headline stands outside what is kept on many pages; lines between it and the body give author and date.
    head = [i for i in range(first) if _squeeze(lines[i]) and wanted and _squeeze(lines[i]) in (wanted, wanted[:200])]
    if head:
        for i in range(head[-1], first):
            kept[i] = True
    return kept


def _captions(blocks: list[_Block], kept: list[bool], title: str) -> frozenset[int]:
    """Captions of the report's own pictures: those that stand between its headline and its end."""
    wanted = _squeeze(title)
    inside = [i for i, k in enumerate(kept) if k]
    head = [i for i, b in enumerate(blocks) if wanted and _squeeze(b.text) == wanted]
    if not inside:
        return frozenset()
    first = min(head[0] if head else inside[0], inside[0])
    return frozenset(
        i for i, b in enumerate(blocks) if b.caption and first <= i <= inside[-1] + 1 and len(b.text.split()) >= WORDS
    )


def _layout_of(lines: list[str], kept: list[bool]) -> tuple[list[StretchKind], Layout]:
    """Kinds of all lines: what is not kept is furniture, what is kept is judged as plain text is."""
    mine = [line for line, k in zip(lines, kept, strict=True) if k]
    found = layout("\n".join(mine))
    starts = []
    at = 0
    for line in mine:
        starts.append(at)
        at += len(line) + 1
    judged: list[StretchKind] = ["furniture"] * len(mine)
    i = 0
    for block, kind in zip(found.lines, found.kinds, strict=True):
        while i < len(mine) and starts[i] < block.end:
            if starts[i] + len(mine[i]) > block.start:
                judged[i] = kind
            i += 1
    following = iter(judged)
    return [next(following) if k else "furniture" for k in kept], found


def _stretches(lines: list[str], kinds: list[StretchKind]) -> tuple[Stretch, ...]:
    out: list[Stretch] = []
    at = 0
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        end = at + len(line) + (i + 1 < len(lines))
        if out and out[-1].kind == kind and kind not in ("headline", "caption"):
            out[-1] = Stretch(out[-1].start, end, kind)
        else:
            out.append(Stretch(at, end, kind))
        at = end
    return tuple(out)


def read_page(
    html: str,
    *,
    origin: str,
    case: Case | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    received: date | None = None,
) -> Document:
    """A page as a document; its text is the visible text, one block a line. Markup in it is never kept or run.

    Raises RefusedError where the markup is nested too deep, SourceError where the page holds no report.
    """
    _check_nesting(html)
    try:
        root = lxml.html.document_fromstring(
            html.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, ValueError) as error:
        raise SourceError("the page holds no markup that can be read") from error
    facts = facts_of(root, html)
    blocks = list(_blocks(root))
    lines = [b.text for b in blocks]
    if not lines:
        raise SourceError("the page shows no text; it may need a browser to fill it")
    kept = _kept(lines, html, title or facts.title)
    captions = _captions(blocks, kept, title or facts.title)
    kept = [k and i not in captions for i, k in enumerate(kept)]
    if not any(kept):
        kept = [True] * len(lines)
    kinds, found = _layout_of(lines, kept)
    if not any(k == "body" for k in kinds) or not any(line.is_paragraph for line in found.lines):
        raise SourceError("the page is all furniture (menus, lists, adverts); no report was found on it")
    address = url or facts.url
    if published:
        known = given_date(published)
    elif facts.published:
        known = Published(edtf.parse(facts.published), "metadata", (facts.how,))
    else:
        known = published_of(found, url=address, case=case, received=received)
    text = "\n".join(lines)
    words = [w for line in found.lines for w in line.words]
    return Document(
        text=text,
        stretches=_stretches(lines, ["caption" if i in captions else k for i, k in enumerate(kinds)]),
        origin=origin,
        title=title or facts.title,
        outlet=outlet or facts.outlet or outlet_of(found, address),
        byline=facts.byline or byline_of(found),
        url=address,
        lang=language_of("\n".join(line.text for line in found.lines), words),
        published=known,
        media_type="text/html",
    )
