"""What an analyst does at the workbench: review, take claims by hand, add reports, search."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import CASE, EXAMPLES, Bench

from burdenshare.reading.claim import KINDS, from_json, to_json
from burdenshare.sources import Document, Stretch
from burdenshare.web import editing
from burdenshare.web.adding import file_name
from burdenshare.web.language import preferred
from burdenshare.web.marking import WINDOW, pieces


def rounds(bench: Bench) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = bench.get(f"/api/v1/{CASE}/dossier/rounds").json()["items"]
    return found


# -- review --------------------------------------------------------------------------------------------------------


def test_a_correction_changes_the_dossier_and_undoing_brings_it_back(bench: Bench) -> None:
    claim = bench.claim("headcount", group="troops")
    before = bench.get(f"/api/v1/{CASE}/claims/{claim}").json()
    known = bench.get(f"/api/v1/{CASE}/dossier/headcounts").json()
    form = {"decision": "correct", "f.number": "31,500", "f.low": "", "f.high": "", "why": "See the table."}
    assert bench.post(f"/claims/{claim}", form).status_code == 303
    after = bench.get(f"/api/v1/{CASE}/claims/{claim}").json()
    assert (after["number"], after["quote"]) == (31_500, before["quote"])
    assert after["history"][0]["decision"] == "correct"
    assert after["history"][0]["fields"] == {"number": 31_500}
    assert bench.get(f"/api/v1/{CASE}/dossier/headcounts").json() != known
    assert "31,500" in bench.get("/figures").text
    assert "See the table." in bench.get(f"/claims/{claim}").text
    assert bench.post(f"/claims/{claim}", {"decision": "undo"}).status_code == 303
    again = bench.get(f"/api/v1/{CASE}/claims/{claim}").json()
    assert again["number"] == before["number"]
    assert [r["decision"] for r in again["history"]] == ["correct", "undo"]  # nothing is overwritten
    assert bench.get(f"/api/v1/{CASE}/dossier/headcounts").json() == known
    assert bench.post(f"/claims/{claim}", {"decision": "undo"}).status_code == 400  # nothing is left to undo


def test_a_rejected_claim_leaves_the_dossier_and_stays_on_its_page(bench: Bench) -> None:
    third = next(r for r in rounds(bench) if r["number"] == 3)
    for claim in third["support"]:
        assert bench.post(f"/claims/{claim}", {"decision": "reject"}).status_code == 303
    assert all(r["number"] != 3 or not r["support"] for r in rounds(bench))
    assert bench.get(f"/claims/{third['support'][0]}").status_code == 200
    bench.post(f"/claims/{third['support'][0]}", {"decision": "accept"})
    assert any(r["number"] == 3 and r["support"] for r in rounds(bench))


def test_the_queue_passes_over_what_was_decided(bench: Bench) -> None:
    first = bench.get(f"/api/v1/{CASE}/queue").json()
    claim = first["items"][0]["claim"]
    assert f'id="c-{claim}"' in bench.get("/review").text
    bench.post(f"/claims/{claim}", {"decision": "accept"})
    assert f'id="c-{claim}"' not in bench.get("/review").text
    worth = [w["worth"] for w in first["items"]]
    assert worth == sorted(worth, reverse=True)


def test_words_selected_become_a_claim_that_a_new_reading_keeps(bench: Bench) -> None:
    report = next(r for r in bench.record.reports() if "walkout-peninsula" in r.origin)
    text = bench.record.document(report.id).text
    start = text.index(" ", 300) + 1
    end = text.index(" ", start + 30)
    form = {"kind": "headcount", "start": str(start), "end": str(end), "f.group": "troops", "f.number": "1234"}
    assert bench.post(f"/reports/{report.id}/claims", form).status_code == 303
    claim = bench.claim("headcount", number=1234)
    told = bench.get(f"/api/v1/{CASE}/claims/{claim}").json()
    assert told["quote"] == text[start:end]
    assert told["history"][0]["decision"] == "add"
    assert claim in bench.get(f"/reports/{report.id}").text
    assert bench.post(f"/reports/{report.id}/claims", form).status_code == 400  # it is there already
    bench.post(f"/claims/{claim}", {"decision": "undo"})
    with pytest.raises(LookupError):
        bench.claim("headcount", number=1234)


@pytest.mark.parametrize(
    "form",
    [
        {"decision": "correct"}, {"decision": "wish"}, {"decision": "correct", "f.outcome": "won"},
        {"decision": "correct", "f.number": "1e999"}, {"decision": "correct", "f.number": "nan"},
        {"decision": "correct", "f.number": "9" * 400}, {"decision": "correct", "f.when": "the day after"},
        {"decision": "correct", "f.agreement": "{"}, {"decision": "correct", "f.count": "{" * 900},
    ],
)  # fmt: skip
def test_a_wrong_decision_is_refused_in_a_sentence(bench: Bench, form: dict[str, str]) -> None:
    before = bench.record.state()
    answer = bench.post(f"/claims/{bench.claim()}", form, headers={"accept": "application/json"})
    assert answer.status_code == 400, answer.text
    assert set(answer.json()["error"]) == {"code", "message", "what_to_do"}
    assert bench.record.state() == before


def test_the_api_decides_too(bench: Bench) -> None:
    session = bench.get("/api/v1/session").json()
    claim = bench.claim()
    where = f"/api/v1/{CASE}/claims/{claim}/reviews"
    body = {"decision": "correct", "fields": {"number": 9}}
    made = bench.http.post(where, json=body, headers={"x-csrf-token": session["csrf"]})
    assert made.status_code == 201
    assert bench.get(f"/api/v1/{CASE}/claims/{claim}").json()["number"] == 9
    assert bench.http.post(where, json=body).status_code == 403


def test_a_form_holds_a_claim_and_gives_it_back(looking: Bench) -> None:
    for entry in looking.record.entries(case=CASE):
        data = to_json(entry.claim)
        form = {e.name: e.value for e in editing.editable(entry.claim.kind, data)}
        assert editing.differing(data, editing.parsed(entry.claim.kind, form)) == {}


@given(
    st.sampled_from(sorted(KINDS)), st.dictionaries(st.text(max_size=12), st.text(max_size=30), max_size=5), st.data()
)
def test_whatever_is_typed_is_read_or_refused(kind: str, given_: dict[str, str], data: st.DataObject) -> None:
    from burdenshare.errors import ClaimError, ReviewError

    names = [e.name for e in editing.editable(kind, {})]
    typed = given_ | {
        n: data.draw(st.text(max_size=30)) for n in data.draw(st.lists(st.sampled_from(names), max_size=4))
    }
    try:
        fields = editing.parsed(kind, typed)
        from_json({"kind": kind, "case": CASE, "source": "0", "start": 0, "end": 1, "quote": "x", **fields})
    except (ReviewError, ClaimError):
        return  # any other error is a fault


# -- adding --------------------------------------------------------------------------------------------------------


def finished(bench: Bench, answer: Any) -> dict[str, Any]:
    """What a job came to."""
    assert answer.status_code in (202, 303), answer.text
    where = answer.json()["href"] if answer.status_code == 202 else answer.headers["location"]
    for _ in range(200):
        told: dict[str, Any] = bench.http.get(where, headers={"accept": "application/json"}).json()
        if told["done"]:
            return told
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def test_an_empty_record_is_filled_by_dropping_files(empty: Bench) -> None:
    assert empty.get("").status_code == 200
    for path in (
        "/reports",
        "/review",
        "/rounds",
        "/positions",
        "/terms",
        "/figures",
        "/brief",
        "/downloads",
        "/search?q=x",
    ):
        assert empty.get(path).status_code == 200, path
    paths = sorted(EXAMPLES.iterdir())
    sent = [("files", (f"C:\\reports\\{p.name}", p.read_bytes())) for p in paths]
    told = finished(empty, empty.post("/reports/add", files=sent))
    assert told["total"] == len(paths)
    assert all(line["status"] == "read" for line in told["lines"])
    assert {r.origin for r in empty.record.reports()} >= {p.name for p in paths}
    third = next(r for r in rounds(empty) if r["number"] == 3)
    assert (third["outcome"], third["sources"] >= 2) == ("broke-off", True)
    again = finished(empty, empty.post("/reports/add", files=sent[:1], headers={"accept": "application/json"}))
    assert again["lines"][0]["status"] == "known"


def test_a_pasted_text_is_read_and_what_cannot_be_says_so(empty: Bench) -> None:
    text = (
        "SEOUL, Dec. 18 (Han River Daily) -- South Korea and the United States ended the fifth round of defense "
        "cost-sharing talks."
    )
    told = finished(empty, empty.post("/reports/add", {"text": text, "published": "2019-12-18", "only": "case"}))
    assert told["lines"][0]["claims"] >= 1
    told = finished(empty, empty.post("/reports/add", files=[("files", ("broken.pdf", b"nothing"))]))
    assert told["lines"][0]["status"] == "refused"
    told = finished(empty, empty.post("/reports/add", {"urls": "http://127.0.0.1:1/x http://169.254.169.254/latest"}))
    assert [line["status"] for line in told["lines"]] == ["refused", "refused"]
    assert all("private network" in line["why"] for line in told["lines"])
    for wrong in ({"urls": "file:///etc/passwd"}, {"urls": "/etc/passwd"}, {"published": "soon", "text": "x"}, {}):
        answer = empty.post("/reports/add", wrong)
        if answer.status_code == 303:
            line = finished(empty, answer)["lines"][0]
            assert line["status"] == "refused"
            assert "root:" not in json.dumps(line)
        else:
            assert answer.status_code == 400


def test_a_files_name_never_leads_to_a_file_here(empty: Bench, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The talks broke off. " * 20)
    name = str(tmp_path / "secret.txt")
    told = finished(empty, empty.post("/reports/add", files=[("files", (name, b"Something else entirely happened."))]))
    assert told["lines"][0]["origin"] == "secret.txt"
    assert "broke off" not in empty.record.document(empty.record.reports()[0].id).text


@given(st.text(max_size=300))
def test_a_file_name_is_one_part(given_: str) -> None:
    name = file_name(given_)
    assert name
    assert len(name) <= 200
    assert not re.search(r"[/\\\0]", name)


# -- search and text -----------------------------------------------------------------------------------------------


def test_search_finds_what_stands_and_what_the_day_allows(bench: Bench) -> None:
    found = bench.get(f"/api/v1/{CASE}/search?q=furlough").json()
    assert found["claims"]["total"] > 0
    assert all("furlough" in json.dumps(c).lower() for c in found["claims"]["items"])
    early = bench.get(f"/api/v1/{CASE}/search?q=furlough&as_of=2019-10-01").json()
    assert early["reports"]["total"] < found["reports"]["total"]
    phrase = bench.get(f'/api/v1/{CASE}/search?q="broke off"').json()
    both = bench.get(f"/api/v1/{CASE}/search?q=off broke").json()
    assert phrase["reports"]["total"] <= both["reports"]["total"]
    claim = found["claims"]["items"][0]["id"]
    bench.post(f"/claims/{claim}", {"decision": "reject"})
    after = bench.get(f"/api/v1/{CASE}/search?q=furlough&limit=500").json()
    standing = {c["id"] for c in after["claims"]["items"] if not c["review"] or c["review"]["decision"] != "reject"}
    assert claim not in standing


@pytest.mark.parametrize(
    "q",
    [
        '"',
        "'",
        "*",
        "a OR b",
        "NEAR(a b)",
        "title:x",
        "a*b",
        "-",
        "(",
        "^x",
        "{a}",
        "\\",
        "방위비*",
        "; DROP TABLE claims",
        "a" * 200,
    ],
)
def test_nothing_typed_is_an_operator(looking: Bench, q: str) -> None:
    assert looking.http.get(f"/{CASE}/search", params={"q": q}).status_code == 200
    assert looking.http.get(f"/{CASE}/reports", params={"find": q}).status_code == 200


@given(st.data())
def test_the_pieces_of_a_text_are_the_text(data: st.DataObject) -> None:
    from burdenshare.reading.claim import Cost
    from burdenshare.record import Entry, Report
    from burdenshare.sources import Published

    text = data.draw(st.text(min_size=1, max_size=60))
    cut = data.draw(st.integers(0, len(text)))
    stretches = tuple(s for s in (Stretch(0, cut, "body"), Stretch(cut, len(text), "furniture")) if s.start < s.end)
    report = Report("0", "a", "", "", "", "", "en", Published(None, "unknown"), "0")
    entries = []
    for i in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        entries.append(Entry(str(i), Cost(case=CASE, source="0", start=start, end=end, quote=text[start:end]), report))
    found = pieces(Document(text, stretches, "a"), entries)
    assert "".join(p.text for p in found) == text
    for p in found:
        assert set(p.claims) == {e.id for e in entries if e.claim.start <= p.start and p.end <= e.claim.end}
        assert p.kind == next(s.kind for s in stretches if s.start <= p.start < s.end)
    assert WINDOW > 1000


@given(st.text(max_size=60))
def test_any_wish_for_a_language_is_met(accepted: str) -> None:
    assert preferred(None, None, accepted) in ("en", "ko")
    assert preferred("ko", "en", accepted) == "ko"
    assert preferred(None, None, "de;q=0.9, ko;q=0.8, en;q=0.7") == "ko"
