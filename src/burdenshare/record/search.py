"""Full text search over reports and claims.

In SQLite two FTS5 tables hold the index alone, no second copy of the words, and triggers keep it as rows are added. A
report is indexed by its sightings (`rowid` is the sighting's id), a claim by its words and who said them (`rowid` is
made of its reading and its position). In PostgreSQL the words are indexed where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import DDL, Connection, event, text

from burdenshare.record import schema

_POSITIONS = 1 << 20  # more claims than a reading can have
_WORD = re.compile(r"[^\W_]+")
_PHRASE = re.compile(r'"([^"]*)"')
_JOINED = re.compile(r"[가-힣ぁ-ヿ一-鿿]")  # scripts whose words take endings without a space
MOST = 500  # hits that are told apart
COMMON = 2_000  # reports with all the words, from which on the words tell nothing apart and the last met come first
MOST_WORDS = 12  # words of a query that are looked for

_TOLD = """coalesce(json_extract(new.data, '$.quote'), '') || ' ' || coalesce(json_extract(new.data, '$.speaker'), '')
    || ' ' || coalesce(json_extract(new.data, '$.person'), '') || ' ' ||
    coalesce(json_extract(new.data, '$.holder'), '') || ' ' || coalesce(json_extract(new.data, '$.said_by'), '')"""
SQLITE = (
    "CREATE VIRTUAL TABLE report_search USING fts5(title, text, content='', tokenize='unicode61', prefix='2 3')",
    "CREATE VIRTUAL TABLE claim_search USING fts5(words, content='', tokenize='unicode61', prefix='2 3')",
    """CREATE TRIGGER sightings_search AFTER INSERT ON sightings BEGIN
    INSERT INTO report_search(rowid, title, text)
    SELECT new.id, new.title || ' ' || new.outlet, text FROM documents WHERE id = new.document; END""",
    f"""CREATE TRIGGER claims_search AFTER INSERT ON claims BEGIN
    INSERT INTO claim_search(rowid, words) VALUES (new.reading * {_POSITIONS} + new.position, {_TOLD}); END""",
)
SQLITE_FILL = (  # for a record that has rows already
    """INSERT INTO report_search(rowid, title, text)
    SELECT s.id, s.title || ' ' || s.outlet, d.text FROM sightings s JOIN documents d ON d.id = s.document""",
    f"""INSERT INTO claim_search(rowid, words)
    SELECT new.reading * {_POSITIONS} + new.position, {_TOLD} FROM claims new""",
)
POSTGRESQL = (
    "CREATE INDEX ix_documents_search ON documents USING gin (to_tsvector('simple', left(text, 200000)))",
    "CREATE INDEX ix_claims_search ON claims USING gin (to_tsvector('simple', data->>'quote'))",
)


def _on_create(statements: tuple[str, ...], dialect: str) -> None:
    for statement in statements:
        ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(schema.metadata, "after_create", ddl)


_on_create(SQLITE, "sqlite")
_on_create(POSTGRESQL, "postgresql")


def install(connection: Connection) -> None:
    """Makes the index of a record that had none, and fills it."""
    statements = POSTGRESQL if connection.dialect.name == "postgresql" else (*SQLITE, *SQLITE_FILL)
    for statement in statements:
        connection.exec_driver_sql(statement)


def _terms(query: str) -> list[tuple[str, bool]]:
    """The words and phrases of a query, each with whether a word may go on after it."""
    found: list[tuple[str, bool]] = []
    for phrase in _PHRASE.findall(query):
        words = _WORD.findall(phrase)
        if words:
            found.append((" ".join(words), False))
    for part in _PHRASE.sub(" ", query).split():
        words = _WORD.findall(part)
        found += [(w, (part.endswith("*") and w == words[-1]) or bool(_JOINED.search(w))) for w in words]
    return found[:MOST_WORDS]


def _fts5(query: str) -> str:
    """The query in FTS5's language, everything quoted, so that nothing a person types is an operator."""
    return " ".join(f'"{words}"{" *" if open_ else ""}' for words, open_ in _terms(query))


def _tsquery(query: str) -> str:
    """The query in PostgreSQL's language."""
    parts = []
    for words, open_ in _terms(query):
        each = [f"'{w}'" for w in words.split()]
        parts.append(" <-> ".join(each) + (":*" if open_ else ""))
    return " & ".join(parts)


def reports(connection: Connection, query: str) -> Iterator[str]:
    """Ids of the reports with all words of the query, best first; `"two words"` is a phrase, `word*` a beginning.

    In SQLite words that stand in very many reports order nothing: the reports met last come first.
    """
    if not _terms(query):
        return
    if connection.dialect.name == "postgresql":
        statement = """SELECT id FROM documents, to_tsquery('simple', :q) q
            WHERE to_tsvector('simple', left(text, 200000)) @@ q
            ORDER BY ts_rank(to_tsvector('simple', left(text, 200000)), q) DESC, id LIMIT :most"""
        rows = connection.execute(text(statement), {"q": _tsquery(query), "most": MOST})
    else:
        query_ = _fts5(query)
        found = "SELECT count(*) FROM (SELECT 1 FROM report_search WHERE report_search MATCH :q LIMIT :common)"
        many = connection.execute(text(found), {"q": query_, "common": COMMON}).scalar_one() >= COMMON
        by = "rowid DESC" if many else "rank"
        statement = f"""SELECT s.document FROM report_search f JOIN sightings s ON s.id = f.rowid
            WHERE report_search MATCH :q ORDER BY f.{by} LIMIT :most"""
        rows = connection.execute(text(statement), {"q": query_, "most": MOST})
    seen: set[str] = set()
    for row in rows:
        if row[0] not in seen:
            seen.add(row[0])
            yield row[0]


def claims(connection: Connection, query: str) -> Iterator[tuple[int, str, str]]:
    """Reading, document and id of the claims with all words of the query, the last read first."""
    if not _terms(query):
        return
    if connection.dialect.name == "postgresql":
        statement = """SELECT c.reading, r.document, c.id FROM claims c JOIN readings r ON r.id = c.reading
            WHERE to_tsvector('simple', c.data->>'quote') @@ to_tsquery('simple', :q)
            ORDER BY c.reading DESC, c.position LIMIT :most"""
        rows = connection.execute(text(statement), {"q": _tsquery(query), "most": MOST})
    else:
        statement = f"""SELECT c.reading, r.document, c.id FROM
            (SELECT rowid AS id FROM claim_search WHERE claim_search MATCH :q ORDER BY rowid DESC LIMIT :most) f
            JOIN claims c ON c.reading = f.id / {_POSITIONS} AND c.position = f.id % {_POSITIONS}
            JOIN readings r ON r.id = c.reading ORDER BY f.id DESC"""
        rows = connection.execute(text(statement), {"q": _fts5(query), "most": MOST})
    for row in rows:
        yield row[0], row[1], row[2]
